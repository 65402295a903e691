//! Syllables of a Dutch word, counted by its spelling.
//!
//! Dutch spelling does most of the work: where two vowels could be read as one sound but are not, it
//! writes a trema (`geïnd`) or a hyphen (`zee-egel`). What is left are sounds of two or three letters
//! and loan words. The outcome is for averages over a page, not for dividing words.

/// `word` is folded; see [`super::folded`]. At least one.
pub fn count(word: &[u8]) -> usize {
    let mut syllables = 0;
    let mut previous = b'-';
    let mut rest = word;
    while let [first, tail @ ..] = rest {
        let length = if is_vowel(*first) { sound(previous, *first, tail) } else { 0 };
        syllables += usize::from(length > 0);
        previous = *first;
        rest = tail.get(length.saturating_sub(1)..).unwrap_or_default();
    }
    if syllables > 1 && ends_silently(word) {
        syllables -= 1;
    }
    if syllables == 0 { spelled_out(word) } else { syllables }
}

/// How many letters the sound has that starts with the vowel `first`; 0 if it is none after all.
fn sound(previous: u8, first: u8, tail: &[u8]) -> usize {
    match (first.to_ascii_lowercase(), tail) {
        // kwaliteit has its own w, qu has it in the u.
        (b'u', _) if previous == b'q' => 0,
        (b'y', [next, ..]) if previous == b'-' && is_vowel(*next) => 0,
        // draai, mooi, groei.
        (b'a', [b'a', b'i', ..]) | (b'o', [b'o' | b'e', b'i', ..]) => 3,
        // eeuw, nieuw. Elsewhere these are two: mi-li-eu, se-ri-eus.
        (b'e' | b'i', [b'e', b'u', b'w', ..]) => 3,
        // bureau, manoeuvre.
        (b'e', [b'a', b'u', ..]) | (b'o', [b'e', b'u', ..]) => 3,
        // mu-se-um.
        (b'e', [b'u', b'm', ..]) => 1,
        // team, which is everywhere, and not the-a-ter.
        (b'e', [b'a', b'm', ..]) if previous == b't' => 2,
        (b'a', [b'a' | b'u' | b'i' | b'y', ..])
        | (b'e', [b'e' | b'u' | b'i' | b'y', ..])
        | (b'i', [b'e' | b'j', ..])
        | (b'o', [b'o' | b'e' | b'u' | b'i' | b'y', ..])
        | (b'u', [b'u' | b'i' | b'y', ..]) => 2,
        _ => 1,
    }
}

/// By byte: this runs for each letter of each page.
const VOWEL: [bool; 256] = {
    let mut vowel = [false; 256];
    let letters = b"aeiouyAEIOU";
    let mut index = 0;
    while index < letters.len() {
        vowel[letters[index] as usize] = true;
        index += 1;
    }
    vowel
};

fn is_vowel(letter: u8) -> bool {
    VOWEL[usize::from(letter)]
}

/// Loan words whose last `e` is not heard: website, online, updates.
fn ends_silently(word: &[u8]) -> bool {
    let stem = word.strip_suffix(b"s").unwrap_or(word);
    matches!(
        stem,
        [.., b's', b'i', b't', b'e']
            | [.., b'o', b'n', b'l', b'i', b'n', b'e']
            | [.., b'o', b'f', b'f', b'l', b'i', b'n', b'e']
            | [.., b'u', b'p', b'd', b'a', b't', b'e']
    )
}

/// `tv` and `pdf` are read letter by letter; `'t` and a word of another script count as one.
fn spelled_out(word: &[u8]) -> usize {
    if word.is_ascii() { word.iter().filter(|b| b.is_ascii_alphabetic()).count().max(1) } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::super::folded::folded;
    use super::count;

    /// Written with a dot between syllables, so that the answer can be checked by reading.
    const DIVIDED: &str = "
        huis stra.ten buurt straat nieuw nieu.we leeuw eeu.wen sneeuw.de duw u.we
        draai draai.en mooi mooi.e groei groei.en moei.lijk koei.en bloei.de fraai.e
        huis.num.mer bui.ten fruit kui.len leu.ke neus heup goud.en hou.den pauw au.to
        ei.gen klein.ste tijd bij bij.zon.der rij.en vrij.heid ij.zer ge.lijk.waar.dig
        ver.gun.ning.hou.der ge.meen.te vluch.te.lin.gen.werk po.li.tie or.ga.ni.sa.tie
        si.tu.a.tie ja.nu.a.ri fe.bru.a.ri ra.di.o sta.ti.on so.ci.aal i.de.aal the.a.ter
        of.fi.ci.eel fi.nan.ci.eel se.ri.eus mi.li.eu in.ge.ni.eur pen.si.oen di.eet
        mu.se.um mu.se.um.kaart bu.reau ni.veau ca.deau.tje ma.noeu.vre
        be.ïn.vloe.den ge.ïn.te.res.seerd co.ör.di.na.tor re.ü.nie i.dee.ën zee.ën
        bel.gi.ë fi.nan.ci.ë.le knie.ën na.ïef ge.ëist ge.ëerd vac.ci.ne ef.fi.ci.ënt
        va.cu.üm po.ë.zie e.go.ïs.me in.di.vi.du.en ac.tu.eel con.ti.nu.ï.teit cli.ën.ten
        één vóór ca.fé pri.vé en.quê.te hé
        kwa.li.teit e.quiv.a.lent yo.ga roy.aal ba.by sys.teem hob.by loy.a.li.teit hy.e.na
        team kern.team web.site on.line be.an.twoor.den ge.o.pend be.oor.de.len be.ëin.digd
        trai.ner toi.let e-.mail zee-.e.gel zo'n fo.to's cen.trum–.krin.kel.hoek
        ver.ant.woor.de.lijk toe.gan.ke.lijk.heids.ver.kla.ring werk.zaam.he.den
        in.bur.ge.ren vrij.wil.li.ger wel.zijn wo.ning.cor.po.ra.tie maat.je taal.maat.je
    ";

    #[test]
    fn syllables_are_counted_as_they_are_spoken() {
        let words: Vec<&str> = DIVIDED.split_whitespace().collect();
        assert!(words.len() >= 120, "{}", words.len());
        let wrong: Vec<String> = words
            .iter()
            .map(|divided| (divided, count(&folded(&divided.replace('.', "")))))
            .filter(|(divided, counted)| divided.split('.').count() != *counted)
            .map(|(divided, counted)| format!("{divided}: {counted}"))
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn words_without_a_vowel_count_too() {
        let of = |word: &str| count(&folded(word));
        assert_eq!([of("tv"), of("PDF"), of("t"), of("сусід"), of("")], [2, 3, 1, 1, 1]);
    }
}

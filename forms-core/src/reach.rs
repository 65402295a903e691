//! How a resident can be reached: which addresses and numbers pass, and how a number is dialled.

/// Accepts what a mail server plausibly accepts; the confirmation mail is the real test.
/// Stricter than RFC 5321 where leniency would let a second address or a header through, and plain
/// ASCII, because the mail service refuses the rest: better said at the field than found out later.
pub(crate) fn is_email(value: &str) -> bool {
    let Some((local, domain)) = value.rsplit_once('@') else { return false };
    let plain = |c: char| c.is_ascii_graphic() && !"()<>[],;:\\\"@".contains(c);
    let label = |l: &str| {
        !l.is_empty()
            && !l.starts_with('-')
            && !l.ends_with('-')
            && l.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    !local.is_empty()
        && local.len() <= 64
        && local.chars().all(plain)
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && domain.contains('.')
        && domain.split('.').all(label)
}

/// Any number that can be dialled, Dutch or foreign, with or without spaces: 6 to 15 digits
/// (15 is the longest international number, ITU-T E.164). Arabic and Persian digits count.
pub(crate) fn is_phone(value: &str) -> bool {
    let digits = value.chars().filter(|c| digit(*c).is_some()).count();
    (6..=15).contains(&digits)
        && value.chars().enumerate().all(|(at, c)| {
            digit(c).is_some() || " -().\u{a0}\u{200e}/".contains(c) || (c == '+' && at == 0)
        })
}

/// The value of a decimal digit in the scripts that a telephone number is written in here.
fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(c as u32 - '0' as u32),
        '\u{660}'..='\u{669}' => Some(c as u32 - 0x660),
        '\u{6f0}'..='\u{6f9}' => Some(c as u32 - 0x6f0),
        _ => None,
    }
}

/// A telephone number as a `tel:` link wants it: ASCII digits and at most a plus sign in front.
pub fn dial(phone: &str) -> String {
    let plus = if phone.trim_start().starts_with('+') { "+" } else { "" };
    let digits = phone.chars().filter_map(digit).filter_map(|d| char::from_digit(d, 10));
    plus.chars().chain(digits).collect()
}

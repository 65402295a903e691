//! A colleague in the bare bundle: templates that print all they are given, and hands that sign in, open
//! and press.

use axum::body::Body;
use axum::http::Request;

use super::{Answer, World, encode};

pub const FILES: [(&str, &str); 14] = [
    (
        "templates/forms/signin.html",
        "<sign-in {{ action }}><hidden naar={{ goal }}>{% if error %}<error email>{% endif %}",
    ),
    (
        "templates/forms/signin-sent.html",
        "<sent {{ action }}>{% if error %}<error code>{% endif %}",
    ),
    (
        "templates/forms/signin-link.html",
        "{% if code %}<code {{ code }}>{% else %}<button {{ action }}>{% endif %}",
    ),
    (
        "templates/forms/shut-out.html",
        "<h1>{{ title }}</h1>{% for text in typed %}<typed>{{ text }}</typed>{% endfor %}",
    ),
    (
        "templates/forms/inbox.html",
        "<me {{ desk.me }}>{% for b in banners %}<banner {{ b.url }}>{% endfor %}\
         {% for f in filters %}<filter {{ f.name }}{% for o in f.options %} {{ o.value }}{% if o.chosen %}*{% endif %}{% endfor %}>{% endfor %}\
         {% for g in groups %}<group {{ g.title }}>{% for e in g.entries %}<entry {{ e.reference }} {{ e.action }} {{ e.state }} {{ e.day_text }} {{ e.topic }} {{ e.area }} {{ e.owner }} {{ e.roles | join(sep=\"+\") }}>{% endfor %}{% endfor %}\
         {% if next %}<next {{ next }}>{% endif %}{% if not_found is string %}<not found {{ not_found }}>{% endif %}",
    ),
    (
        "templates/forms/inbox-case.html",
        "<case {{ reference }}><state {{ state }}><owner {{ owner }}><due {{ due_text }}><version {{ version }}>\
         {% if taken %}<taken {{ taken.by }}{% if taken.mine %} mine{% endif %}>{% endif %}{% if opened %}<opened>\
         {% if error %}<error {{ error.field }}>{{ error.message }}</error>{% endif %}{% if done %}<done>{{ done }}</done>{% endif %}\
         {% for m in messages %}<message {{ m.kind }} {{ m.by }}>{{ m.text }}</message>{% endfor %}\
         {% if contact %}{% for c in contact %}<contact {{ c.label }} {{ c.value }} {{ c.href }}>{% endfor %}{% endif %}\
         {% for f in forwards %}<forward {{ f.organisation }} {{ f.standing }} {{ f.original }} {{ f.contact }}>{{ f.summary }}</forward>{% endfor %}\
         {% for e in trail %}<event {{ e.what }} by {{ e.by }}>{% endfor %}\
         {% for name, able in can %}{% if able %}<can {{ name }}>{% endif %}{% endfor %}\
         {% for r in replies %}<reply {{ r.id }} {{ r.title }}>{% endfor %}<answer>{{ answer_text }}</answer><note>{{ note_text }}</note><ask>{{ ask_text }}</ask><reason>{{ reason_text }}</reason><summary>{{ summary_text }}</summary>\
         {% for p in partners %}<partner {{ p.id }}{% if p.suggested %} suggested{% endif %}>{% endfor %}{% if may_share %}<may share>{% endif %}{% if not_mailed %}<not mailed>{% endif %}{% else %}{% for text in typed %}<typed>{{ text }}</typed>{% endfor %}{% endif %}",
    ),
    (
        "templates/forms/inbox-forward.html",
        "<preview {{ organisation }}><summary>{{ view.summary }}</summary>{% if view.question %}<question>{{ view.question }}</question>{% endif %}\
         {% if view.contact %}<with contact>{% endif %}<hidden versie={{ version }}><hidden zicht={{ sight }}>",
    ),
    (
        "templates/forms/inbox-mails.html",
        "{% for l in lost %}<lost {{ l.id }} {{ l.reference }} {{ l.to }} {{ l.action }}>{% endfor %}",
    ),
    (
        "templates/forms/inbox-trail.html",
        "<whose {{ whose }}>{% for d in deeds %}<deed {{ d.what }} {{ d.url }}>{% endfor %}",
    ),
    (
        "templates/forms/inbox-figures.html",
        "<quarter {{ quarter_text }}>{% for r in questions.rows %}<row {{ r.label }}:{% for c in r.cells %} {{ c }}{% endfor %} = {{ r.total }}>{% endfor %}<total {{ questions.total }}>\
         {% for r in offers.rows %}<offers {{ r.label }}: {{ r.total }}>{% endfor %}",
    ),
    (
        "templates/forms/inbox-signup.html",
        "<offer {{ reference }}><state {{ state }}><due {{ due_text }}><version {{ version }}>{% if opened %}<opened>\
         {% for r in roles %}<role {{ r }}>{% endfor %}{% for p in day_parts %}<part {{ p }}>{% endfor %}<area {{ area }}>\
         {% for p in personal %}<personal {{ p.label }} {{ p.value }} {{ p.href }}>{% endfor %}<consent {{ consent_to }} {{ consent }}>\
         {% for n in next %}<next {{ n.value }}>{% endfor %}{% if seen %}<seen {{ seen.on_text }} {{ seen.by }} {{ seen.role }}>{% endif %}\
         {% for e in trail %}<event {{ e.what }} by {{ e.by }}>{% endfor %}{% if error %}<error staat>{{ error }}</error>{% endif %}{% if over %}<over>{% endif %}{% endif %}",
    ),
    (
        "templates/forms/partner-door.html",
        "<door {{ reference }}>{% if expired %}<expired>{% endif %}{% if open %}<open>{% endif %}{% if late %}<late>{% endif %}<standing {{ standing }}>{% if error %}<error keuze>{% endif %}{% if typed %}<typed>{{ typed }}</typed>{% endif %}",
    ),
    (
        "templates/forms/partner.html",
        "<hidden gelezen={{ read }}><partner {{ view.organisation }} {{ view.reference }}><due {{ view.due_text }}><summary>{{ view.summary }}</summary>{% if view.question %}<question>{{ view.question }}</question>{% endif %}\
         {% for a in view.additions %}<addition>{{ a.text }}</addition>{% endfor %}{% for o in view.own %}<own {{ o.label }}>{{ o.text }}</own>{% endfor %}\
         {% if open %}<open>{% endif %}{% if late %}<late>{% endif %}{% if may_promise %}<may promise>{% for d in days %}<day {{ d.value }}>{% endfor %}{% endif %}\
         {% if asked %}<hidden aanvraag={{ asked }}>{% endif %}{% if error %}<error {{ error.field }}>{{ error.message }}</error>{% endif %}\
         <typed>{{ texts.antwoord }}|{{ texts.reden }}|{{ texts.vraag }}</typed>",
    ),
    (
        "templates/forms/partner-contact.html",
        "<revealed {{ reference }}>{% for c in contact %}<contact {{ c.label }} {{ c.value }} {{ c.href }}>{% endfor %}",
    ),
];

/// Words of which a test looks.
pub const MESSAGES: [(&str, &str); 12] = [
    ("inbox.contact.name", "NAAM"),
    ("inbox.contact.email", "EMAIL"),
    ("inbox.contact.phone", "TELEFOON"),
    ("inbox.group.late", "late"),
    ("inbox.group.today", "today"),
    ("inbox.group.week", "week"),
    ("inbox.group.later", "later"),
    ("inbox.group.none", "none"),
    ("inbox.group.all", "all"),
    ("figures.quarter", "{first} {last} {year}"),
    ("figures.not_told", "none"),
    ("partner.done.title", "Dank u wel"),
];

/// A colleague who is signed in.
pub struct Staff<'w> {
    world: &'w World,
    pub cookie: String,
}

pub const JAN: &str = "jan@vwn.example";
pub const PIET: &str = "piet@vwn.example";

/// Value of a cookie that an answer sets.
pub fn cookie(answer: &Answer, name: &str) -> Option<String> {
    let all = answer.headers.get_all("set-cookie").iter();
    let start = format!("{name}=");
    all.filter_map(|value| value.to_str().unwrap().strip_prefix(&start))
        .map(|rest| rest.split(';').next().unwrap().to_owned())
        .next()
}

/// What stands between two words of a page.
pub fn between<'a>(html: &'a str, start: &str, end: &str) -> Option<&'a str> {
    Some(html.split_once(start)?.1.split_once(end)?.0)
}

impl World {
    pub async fn with_cookie(&self, method: &str, path: &str, cookie: &str, body: &str) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("cookie", cookie)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin");
        self.send(request.body(Body::from(body.to_owned())).unwrap()).await
    }

    /// The last mail to an address: the path of its link.
    pub fn last_link(&self, to: &str) -> String {
        let mails = self.mailer.to(to);
        let text = &mails.last().unwrap_or_else(|| panic!("no mail to {to}")).text;
        let rest = text.split_once("https://oss.example").expect("a link").1;
        rest.split_whitespace().next().unwrap().to_owned()
    }

    /// Asks for a link, opens it in the same browser and presses the button.
    pub async fn staff(&self, address: &str) -> Staff<'_> {
        let asked = self.post("/inloggen", &[("email", address)]).await;
        assert_eq!(asked.status, 303, "{}", asked.html);
        let attempt = cookie(&asked, "__Host-aanmelding").expect("a cookie");
        self.sweep().await;
        let link = self.last_link(address);
        let held = format!("__Host-aanmelding={attempt}");
        let entered = self.with_cookie("POST", &link, &held, "").await;
        assert_eq!(entered.status, 303, "{}", entered.html);
        let session = cookie(&entered, "__Host-inbox").expect("a session");
        let cookie = format!("__Host-inbox={session}");
        Staff { world: self, cookie }
    }
}

impl Staff<'_> {
    pub async fn get(&self, path: &str) -> Answer {
        self.world.with_cookie("GET", path, &self.cookie, "").await
    }

    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.world.with_cookie("POST", path, &self.cookie, &encode(fields)).await
    }

    /// Opens a question or an offer: its address with the mark of this session, and its page.
    pub async fn open(&self, path: &str) -> (String, Answer) {
        let opened = self.post(path, &[("doe", "openen")]).await;
        assert_eq!(opened.status, 303, "{}", opened.html);
        let place = opened.location.unwrap();
        let page = self.get(&place).await;
        assert_eq!(page.status, 200, "{}", page.html);
        (place, page)
    }

    /// The same with how to reach whoever it is from.
    pub async fn reveal(&self, path: &str) -> Answer {
        let (place, _) = self.open(path).await;
        let (_, marks) = place.split_once("zicht=").unwrap();
        let shown = self.post(path, &[("doe", "contact"), ("zicht", marks)]).await;
        assert_eq!(shown.status, 303, "{}", shown.html);
        self.get(&shown.location.unwrap()).await
    }

    /// Opens it, and presses a button of its page with these fields.
    pub async fn act(&self, path: &str, deed: &str, fields: &[(&str, &str)]) -> Answer {
        let (place, page) = self.open(path).await;
        let version = between(&page.html, "<version ", ">").unwrap().to_owned();
        let mark = place.split_once("zicht=").unwrap().1.to_owned();
        let mut all = vec![("doe", deed), ("versie", &version), ("zicht", &mark)];
        all.extend(fields);
        self.post(path, &all).await
    }

    /// The addresses of the questions in a list, in its order.
    pub async fn list(&self, path: &str) -> Vec<String> {
        let page = self.get(path).await;
        assert_eq!(page.status, 200, "{}", page.html);
        let entries = page.html.split("<entry ").skip(1);
        entries.map(|entry| entry.split(' ').nth(1).unwrap().to_owned()).collect()
    }
}

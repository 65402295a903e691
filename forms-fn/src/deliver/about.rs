//! What a mail is about, whom it goes to, and how it reads.

use forms_core::Kind;
use serde_json::json;

use super::Fault;
use crate::digest::{self, KERNTEAM, Morning, Report};
use crate::figures::Quarter;
use crate::outbox::{Audience, MailKind, Out};
use crate::page::{self, MailParts};
use crate::signup::{SignUp, access};
use crate::store::StoreError;
use crate::submission::Case;
use crate::{Service, dates, partner, session, timers};

/// A question, an offer, or something about no single one of them; as it is now.
pub(super) enum About {
    Case(Box<Case>),
    SignUp(Box<SignUp>),
    /// Somebody who wants to sign in.
    Colleague {
        address: String,
    },
    Morning(Box<Morning>),
    Quarter(Box<Report>),
}

fn passing(error: StoreError) -> Fault {
    Fault::passing(error.cause())
}

impl About {
    pub(super) async fn read(service: &Service, out: &Out) -> Result<Self, Fault> {
        match out.kind {
            MailKind::SignIn => {
                let id = out.detail.as_deref().unwrap_or_default();
                let login = service.store.login(id, service.now()).await.map_err(passing)?;
                let login = login.ok_or(Fault::gone("nobody waits to sign in"))?;
                return Ok(Self::Colleague { address: login.whom });
            }
            MailKind::Daily => {
                let morning = digest::morning(service).await.map_err(passing)?;
                if morning.is_empty() {
                    return Err(Fault::gone("nothing waits any more"));
                }
                return Ok(Self::Morning(Box::new(morning)));
            }
            MailKind::Quarterly => {
                let quarter = out.detail.as_deref().and_then(Quarter::parse);
                let quarter = quarter.ok_or(Fault::hopeless("no quarter"))?;
                let report = digest::report(service, quarter).await.map_err(passing)?;
                return Ok(Self::Quarter(Box::new(report)));
            }
            _ => {}
        }
        // A code that waited longer than it lasts would only puzzle its reader.
        if out.kind == MailKind::PartnerCode {
            let id = out.detail.as_deref().unwrap_or_default();
            let login = service.store.login(id, service.now()).await.map_err(passing)?;
            login.ok_or(Fault::gone("the code is too old"))?;
        }
        // A mail that says that another one did not arrive may be about either.
        if !out.kind.is_of_sign_up()
            && let Some(case) = service.store.case(&out.case).await.map_err(passing)?
        {
            return Ok(Self::Case(Box::new(case)));
        }
        let sign_up = service.store.sign_up(&out.case).await.map_err(passing)?;
        sign_up.map(|sign_up| Self::SignUp(Box::new(sign_up))).ok_or(Fault::gone("case is gone"))
    }

    pub(super) fn recipient<'a>(
        &'a self,
        service: &'a Service,
        out: &'a Out,
    ) -> Result<&'a str, Fault> {
        let first_contact = &service.bundle.manifest.site.first_contact;
        match out.kind.audience() {
            Audience::Resident => {
                let address = match self {
                    Self::Case(case) => case.contact(Kind::Email),
                    Self::SignUp(sign_up) => sign_up.personal(Kind::Email),
                    _ => None,
                };
                address.ok_or(Fault::gone("no address"))
            }
            Audience::Colleague => match self {
                Self::Colleague { address } if service.config.staff.contains(address) => {
                    Ok(address)
                }
                _ => Err(Fault::gone("not on the list")),
            },
            Audience::Partner => mailbox(service, out.organisation.as_deref().unwrap_or_default()),
            Audience::FirstContact if out.fallback => {
                let fallback = service.config.fallback.as_deref();
                fallback.ok_or(Fault::passing("no fallback mailbox"))
            }
            Audience::FirstContact => match self {
                Self::SignUp(sign_up) => mailbox(service, organisation(out, sign_up)),
                Self::Quarter(_) => {
                    mailbox(service, KERNTEAM).or_else(|_| mailbox(service, first_contact))
                }
                _ => mailbox(service, first_contact),
            },
        }
    }

    /// The mailbox that reads every reply.
    pub(super) fn reply_to<'a>(&'a self, service: &'a Service) -> Result<&'a str, Fault> {
        let first_contact = &service.bundle.manifest.site.first_contact;
        match self {
            Self::SignUp(sign_up) => {
                mailbox(service, &sign_up.owner).or_else(|_| mailbox(service, first_contact))
            }
            _ => mailbox(service, first_contact),
        }
    }

    /// The words. A link for a partner is minted here, at the last moment, so that no token rests
    /// anywhere but in the mail itself.
    pub(super) async fn words(&self, service: &Service, out: &Out) -> Result<MailParts, Fault> {
        let own = service.bundle.language("").code.as_str();
        let inbox = |path: &str| format!("{}/inbox{path}", service.config.base_url);
        let made = match self {
            Self::Case(case) => {
                let (lang, link) = match out.kind.audience() {
                    Audience::Resident => (case.lang.as_str(), service.status_link(case)),
                    Audience::Partner => (own, partner_link(service, out, case).await?),
                    _ => (own, inbox(&format!("/vraag/{}", case.id))),
                };
                let more = self.more(service, out, case)?;
                page::mail(service, out, lang, case, &link, &more)
            }
            Self::SignUp(sign_up) => {
                let organisation = organisation(out, sign_up);
                let first_contact = &service.bundle.manifest.site.first_contact;
                let (lang, link) = match out.kind.audience() {
                    Audience::Resident => (sign_up.lang.as_str(), service.sign_up_link(sign_up)),
                    _ if organisation == first_contact => {
                        (own, inbox(&format!("/aanmelding/{}", sign_up.id)))
                    }
                    _ => (own, access::owner_link(service, sign_up).await.map_err(passing)?),
                };
                page::sign_up_mail(service, out, lang, sign_up, organisation, &link)
            }
            Self::Colleague { .. } => {
                let id = out.detail.as_deref().unwrap_or_default();
                let token = session::link_token(&service.keys, id);
                let link = format!("{}/inloggen/{token}", service.config.base_url);
                page::general_mail(service, out, &json!({ "link": link }))
            }
            Self::Morning(morning) => {
                page::general_mail(service, out, &page::morning(service, morning, &inbox("")))
            }
            Self::Quarter(report) => {
                let link = inbox(&format!("/cijfers?kwartaal={}", report.quarter));
                page::general_mail(service, out, &page::quarter_mail(service, report, &link))
            }
        };
        made.map_err(|_| Fault::passing("mail template failed"))
    }

    /// What some kinds of mail tell besides. A mail that came too late to be true is not sent.
    fn more(&self, service: &Service, out: &Out, case: &Case) -> Result<serde_json::Value, Fault> {
        let words = service.bundle.manifest.dates.get(&service.bundle.language("").code);
        let name =
            out.organisation.as_deref().or(case.forwards.last().map(|f| f.organisation.as_str()));
        let name = name.map(|id| service.organisation_name(id));
        let mut more = json!({ "organisation": name });
        match out.kind {
            MailKind::PartnerReminder => {
                more["last"] = (case.reminders > 1).into();
                let back = timers::hand_back_day(case.due);
                more["handback_text"] = dates::in_words(back, words).into();
            }
            MailKind::PartnerCode => {
                let id = out.detail.as_deref().unwrap_or_default();
                more["code"] = partner::code(&service.keys, id).into();
            }
            MailKind::PartnerReplied => more["what"] = out.detail.clone().into(),
            MailKind::Overdue => {
                more["promised_text"] = dates::in_words(case.due, words).into();
                more["escalated"] = (out.detail.as_deref() == Some("escalated")).into();
            }
            MailKind::Closed => {
                let words = service.bundle.manifest.dates.get(&case.lang);
                let day = case.erased_on.ok_or(Fault::gone("open again"))?;
                more["erased_text"] = dates::in_words(day, words).into();
            }
            _ => {}
        }
        Ok(more)
    }
}

/// The organisation that an offer is told to.
fn organisation<'a>(out: &'a Out, sign_up: &'a SignUp) -> &'a str {
    out.organisation.as_deref().unwrap_or(&sign_up.owner)
}

/// A fresh link to the forwarding that the mail is about, while the partner still has it.
async fn partner_link(service: &Service, out: &Out, case: &Case) -> Result<String, Fault> {
    if matches!(out.kind, MailKind::PartnerTakenBack | MailKind::PartnerCode) {
        return Ok(String::new());
    }
    let number = out.detail.as_deref().and_then(|number| number.parse().ok());
    let forward = case.forwarded().filter(|forward| Some(forward.number) == number);
    let forward = forward.ok_or(Fault::gone("not with the partner any more"))?;
    partner::link(service, case, forward.number).await.map_err(passing)
}

fn mailbox<'a>(service: &'a Service, organisation: &str) -> Result<&'a str, Fault> {
    let mailbox = service.config.mailboxes.get(organisation);
    mailbox.map(String::as_str).ok_or(Fault::passing("organisation has no mailbox"))
}

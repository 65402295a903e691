//! What a mail is about, whom it goes to, and how it reads.

use forms_core::Kind;

use super::Fault;
use crate::outbox::{Audience, MailKind, Out};
use crate::page::MailParts;
use crate::signup::{SignUp, access};
use crate::submission::Case;
use crate::{Service, page, suspects};

/// A question or an offer, as it is now.
pub(super) enum About {
    Case(Box<Case>),
    SignUp(Box<SignUp>),
}

impl About {
    /// A mail that says that another one did not arrive may be about either.
    pub(super) async fn read(service: &Service, out: &Out) -> Result<Self, Fault> {
        let passing = |error: crate::store::StoreError| Fault::passing(error.cause());
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
        match out.kind.audience() {
            Audience::Resident => {
                let address = match self {
                    Self::Case(case) => case.contact(Kind::Email),
                    Self::SignUp(sign_up) => sign_up.personal(Kind::Email),
                };
                address.ok_or(Fault::gone("no address"))
            }
            Audience::FirstContact if out.fallback => {
                let fallback = service.config.fallback.as_deref();
                fallback.ok_or(Fault::passing("no fallback mailbox"))
            }
            Audience::FirstContact => mailbox(service, self.organisation(service, out)),
        }
    }

    /// The mailbox that reads every reply.
    pub(super) fn reply_to<'a>(&'a self, service: &'a Service) -> Result<&'a str, Fault> {
        let first_contact = &service.bundle.manifest.site.first_contact;
        match self {
            Self::Case(_) => mailbox(service, first_contact),
            Self::SignUp(sign_up) => {
                mailbox(service, &sign_up.owner).or_else(|_| mailbox(service, first_contact))
            }
        }
    }

    /// Who answers: the first contact for every question, an owner of the role for an offer.
    fn organisation<'a>(&'a self, service: &'a Service, out: &'a Out) -> &'a str {
        match self {
            Self::Case(_) => &service.bundle.manifest.site.first_contact,
            Self::SignUp(sign_up) => out.organisation.as_deref().unwrap_or(&sign_up.owner),
        }
    }

    /// The words. A link for staff is minted here, at the last moment, so that no token rests
    /// anywhere but in the mail itself.
    pub(super) async fn words(&self, service: &Service, out: &Out) -> Result<MailParts, Fault> {
        let staff = out.kind.audience() == Audience::FirstContact;
        let own = service.bundle.language("").code.as_str();
        let made = match self {
            Self::Case(_) if out.kind == MailKind::Suspects => {
                let passing = |error: crate::store::StoreError| Fault::passing(error.cause());
                let mut all = Vec::new();
                for case in suspects::waiting(service).await.map_err(passing)? {
                    let link = super::staff_link(service, &case).await?;
                    all.push((case, link));
                }
                if all.is_empty() {
                    return Err(Fault::gone("nothing stands apart any more"));
                }
                page::suspects_mail(service, out, own, &all)
            }
            Self::Case(case) => {
                let (lang, link) = match staff {
                    true => (own, super::staff_link(service, case).await?),
                    false => (case.lang.as_str(), service.status_link(case)),
                };
                page::mail(service, out, lang, case, &link)
            }
            Self::SignUp(sign_up) => {
                let (lang, link) = match staff {
                    true => {
                        let link = access::owner_link(service, sign_up).await;
                        (own, link.map_err(|error| Fault::passing(error.cause()))?)
                    }
                    false => (sign_up.lang.as_str(), service.sign_up_link(sign_up)),
                };
                let organisation = self.organisation(service, out);
                page::sign_up_mail(service, out, lang, sign_up, organisation, &link)
            }
        };
        made.map_err(|_| Fault::passing("mail template failed"))
    }
}

fn mailbox<'a>(service: &'a Service, organisation: &str) -> Result<&'a str, Fault> {
    let mailbox = service.config.mailboxes.get(organisation);
    mailbox.map(String::as_str).ok_or(Fault::passing("organisation has no mailbox"))
}

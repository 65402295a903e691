//! The service as the Lambda functions run it: real clock, SES or a mail server, DynamoDB of the
//! account.

use std::path::Path;
use std::sync::Arc;

use aws_config::BehaviorVersion;
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use jiff::Timestamp;

use crate::bundle::Bundle;
use crate::config::Environment;
use crate::mail::Mailer;
use crate::mail::ses::Ses;
use crate::mail::smtp::Smtp;
use crate::store::{Store, cloud_client};
use crate::{Clock, Service};

/// Everything read and connected, or a sentence that says why not.
pub async fn service(environment: &Environment) -> Result<Service, String> {
    let bundle = Bundle::open(Path::new(&environment.bundle))?;
    let first_contact = &bundle.manifest.site.first_contact;
    if !environment.config.mailboxes.contains_key(first_contact) {
        return Err(format!("FORMS_MAILBOXES has no mailbox for {first_contact}"));
    }
    let http = aws_smithy_http_client::Builder::new()
        .tls_provider(Provider::Rustls(CryptoMode::Ring))
        .build_https();
    let shared = aws_config::defaults(BehaviorVersion::latest()).http_client(http).load().await;
    let store = Store::new(cloud_client(&shared), &environment.table);
    let sender = &environment.config.sender;
    let clock: Clock = Arc::new(Timestamp::now);
    let mailer: Arc<dyn Mailer> = match &environment.smtp {
        Some(url) => Arc::new(Smtp::open(url, sender, Arc::clone(&clock))?),
        None => Arc::new(Ses::new(&shared, sender, environment.configuration_set.as_deref())),
    };
    // The table's stream wakes `deliver`; nothing to do here.
    let wake = Arc::new(|| ());
    let config = environment.config.clone();
    Ok(Service::new(bundle, store, mailer, config, clock, wake))
}

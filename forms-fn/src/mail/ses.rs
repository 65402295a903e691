//! Mail through Amazon SES. Headers, subject and addresses are separate fields of the request, so
//! nothing is put together that could be taken apart wrongly.

use std::time::Duration;

use aws_sdk_sesv2::Client;
use aws_sdk_sesv2::config::Builder;
use aws_sdk_sesv2::config::timeout::TimeoutConfig;
use aws_sdk_sesv2::error::{BuildError, ProvideErrorMetadata, SdkError};
use aws_sdk_sesv2::types::{
    Body, Content, Destination, EmailContent, Message, MessageHeader, MessageTag,
};

use super::{Mail, Mailer, NotSent, Sending};

pub struct Ses {
    client: Client,
    sender: String,
    configuration_set: Option<String>,
}

impl Ses {
    pub fn new(
        config: &aws_config::SdkConfig,
        sender: &str,
        configuration_set: Option<&str>,
    ) -> Self {
        let config = Builder::from(config).timeout_config(timeouts()).build();
        Self {
            client: Client::from_conf(config),
            sender: sender.to_owned(),
            configuration_set: configuration_set.map(str::to_owned),
        }
    }

    async fn hand_over(&self, mail: &Mail) -> Result<(), NotSent> {
        let incomplete = |_| NotSent::mail("mail incomplete");
        let message = message(mail).map_err(incomplete)?;
        let tag = MessageTag::builder().name("outbox").value(&mail.tag).build();
        let mut send = self
            .client
            .send_email()
            .from_email_address(&self.sender)
            .destination(Destination::builder().to_addresses(&mail.to).build())
            .content(EmailContent::builder().simple(message).build())
            .email_tags(tag.map_err(incomplete)?)
            .set_configuration_set_name(self.configuration_set.clone());
        for (_, address) in mail.headers.iter().filter(|(name, _)| is_reply_to(name)) {
            send = send.reply_to_addresses(address);
        }
        send.send().await.map_err(|error| cause(&error))?;
        Ok(())
    }
}

impl Mailer for Ses {
    fn send<'a>(&'a self, mail: &'a Mail) -> Sending<'a> {
        Box::pin(self.hand_over(mail))
    }
}

/// A sweep has more to do than to wait for one mail.
fn timeouts() -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(Duration::from_secs(3))
        .operation_attempt_timeout(Duration::from_secs(8))
        .operation_timeout(Duration::from_secs(20))
        .build()
}

/// SES sets this header itself, from its own field.
fn is_reply_to(name: &str) -> bool {
    name.eq_ignore_ascii_case("reply-to")
}

fn message(mail: &Mail) -> Result<Message, BuildError> {
    let content = |data: &str| Content::builder().data(data).charset("UTF-8").build();
    let mut message = Message::builder()
        .subject(content(&mail.subject)?)
        .body(Body::builder().text(content(&mail.text)?).html(content(&mail.html)?).build());
    for (name, value) in mail.headers.iter().filter(|(name, _)| !is_reply_to(name)) {
        message = message.headers(MessageHeader::builder().name(name).value(value).build()?);
    }
    Ok(message.build())
}

/// The error's own text may quote the address: only its kind goes on.
fn cause<E: ProvideErrorMetadata, R>(error: &SdkError<E, R>) -> NotSent {
    match error {
        SdkError::ServiceError(service) => match service.err().code().unwrap_or_default() {
            "MessageRejected" => NotSent::mail("mail rejected"),
            "TooManyRequestsException" | "LimitExceededException" => NotSent::service("mail limit"),
            "SendingPausedException" | "AccountSuspendedException" => {
                NotSent::service("mail sending paused")
            }
            "MailFromDomainNotVerifiedException" => NotSent::service("sender not verified"),
            "InternalFailure" | "InternalServerError" | "ServiceUnavailable" => {
                NotSent::service("mail service failed")
            }
            _ => NotSent::mail("mail refused"),
        },
        // It may have left all the same: an attempt, or it would go out every ten minutes for days.
        SdkError::TimeoutError(_) => NotSent::mail("mail service timed out"),
        SdkError::DispatchFailure(_) => NotSent::service("mail service not reached"),
        _ => NotSent::mail("mail service answer unreadable"),
    }
}

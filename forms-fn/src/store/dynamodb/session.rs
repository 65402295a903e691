//! Signing in: the attempt, bound to the browser that asked, and the session that comes of it; and the
//! code by which a partner sees how to reach a resident. All of it vanishes by itself.

use aws_sdk_dynamodb::types::{TransactWriteItem, Update};
use jiff::Timestamp;

use super::item::{self, META, New, number, text};
use super::outbox::{refused, write};
use super::{Store, failure};
use crate::store::{Result, StoreError, table};

/// How often a code may be mistyped.
const TRIES: i64 = 5;

/// Something that a code from a mail opens once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Login {
    /// Random; says nothing about anybody.
    pub id: String,
    /// Digest of what only the browser knows that asked.
    pub browser: String,
    /// Whom it is for: the address of a colleague, or case and forwarding. Empty for an address that
    /// is on no list: then it opens nothing, and nobody can tell.
    pub whom: String,
    pub until: Timestamp,
}

fn key(id: &str) -> String {
    format!("LOGIN#{id}")
}

fn session_key(digest: &str) -> String {
    format!("SES#{digest}")
}

impl Store {
    pub async fn begin_login(&self, login: &Login) -> Result<()> {
        let put = New::at(key(&login.id), META)
            .with("browser", text(&login.browser))
            .with("by", text(&login.whom))
            .with("tries", number(0))
            .with("until", number(login.until.as_second()))
            .with(table::TTL, number(login.until.as_second()))
            .put(&self.table);
        self.client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(put.item))
            .set_condition_expression(put.condition_expression)
            .send()
            .await
            .map_err(|error| failure(&error))?;
        Ok(())
    }

    /// The attempt while it can still succeed.
    pub async fn login(&self, id: &str, now: Timestamp) -> Result<Option<Login>> {
        let Some(found) = self.item(key(id), META).await? else { return Ok(None) };
        let until = item::get_number(&found, "until")?;
        let over = until <= now.as_second()
            || found.contains_key("used")
            || item::get_number(&found, "tries")? >= TRIES;
        let until = Timestamp::from_second(until).map_err(|_| StoreError::Unreadable("until"))?;
        Ok((!over).then_some(Login {
            id: id.to_owned(),
            browser: item::get(&found, "browser")?.to_owned(),
            whom: item::get(&found, "by").unwrap_or_default().to_owned(),
            until,
        }))
    }

    /// One wrong code more.
    pub async fn mistyped(&self, id: &str) -> Result<()> {
        let counted = self
            .client
            .update_item()
            .table_name(&self.table)
            .key(table::PARTITION, text(key(id)))
            .key(table::SORT, text(META))
            .update_expression("ADD tries :one")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_values(":one", number(1))
            .send()
            .await;
        match counted {
            Err(error) if !refused(&error) => Err(failure(&error)),
            _ => Ok(()),
        }
    }

    /// Uses an attempt up; `false` when somebody was first, or it was mistyped too often. With
    /// `session`, the session that it opens begins in the same moment.
    pub async fn finish_login(
        &self,
        login: &Login,
        session: Option<(&str, Timestamp)>,
    ) -> Result<bool> {
        let used = Update::builder()
            .table_name(&self.table)
            .key(table::PARTITION, text(key(&login.id)))
            .key(table::SORT, text(META))
            .update_expression("SET used = :yes")
            .condition_expression("attribute_not_exists(used) AND tries < :most")
            .expression_attribute_values(":yes", item::flag(true))
            .expression_attribute_values(":most", number(TRIES));
        let mut writes = vec![write(used)?];
        writes.extend(session.map(|(digest, until)| {
            let put = New::at(session_key(digest), META)
                .with("by", text(&login.whom))
                .with("until", number(until.as_second()))
                .with(table::TTL, number(until.as_second()));
            TransactWriteItem::builder().put(put.put(&self.table)).build()
        }));
        self.together(writes).await
    }

    /// Whose session this is.
    pub async fn session(&self, digest: &str, now: Timestamp) -> Result<Option<String>> {
        let Some(found) = self.item(session_key(digest), META).await? else { return Ok(None) };
        let over = item::get_number(&found, "until")? <= now.as_second();
        (!over).then(|| item::get(&found, "by").map(str::to_owned)).transpose()
    }

    pub async fn end_session(&self, digest: &str, now: Timestamp) -> Result<()> {
        let ended = self
            .client
            .update_item()
            .table_name(&self.table)
            .key(table::PARTITION, text(session_key(digest)))
            .key(table::SORT, text(META))
            .update_expression("SET #until = :now")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_names("#until", "until")
            .expression_attribute_values(":now", number(now.as_second()))
            .send()
            .await;
        match ended {
            Err(error) if !refused(&error) => Err(failure(&error)),
            _ => Ok(()),
        }
    }
}

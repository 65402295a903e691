//! Counters that hold mail back: of a day, and of an address within an hour or a day. They hold no
//! address, and vanish by themselves.

use aws_sdk_dynamodb::types::AttributeValue;
use jiff::Timestamp;
use jiff::civil::Date;

use super::item::{META, number, text};
use super::outbox::refused;
use super::{Store, failure};
use crate::ids::Id;
use crate::store::{Result, table};

impl Store {
    /// Takes one of the mails of this day, unless `limit` of them are taken.
    pub async fn spend(&self, day: Date, limit: u32, until: Timestamp) -> Result<bool> {
        if limit == 0 {
            return Ok(false);
        }
        let spent = self
            .client
            .update_item()
            .table_name(&self.table)
            .key(table::PARTITION, text(budget_key(day)))
            .key(table::SORT, text(META))
            .update_expression("SET #ttl = :until ADD used :one")
            .condition_expression("attribute_not_exists(used) OR used < :limit")
            .expression_attribute_names("#ttl", table::TTL)
            .expression_attribute_values(":until", number(until.as_second()))
            .expression_attribute_values(":one", number(1))
            .expression_attribute_values(":limit", number(limit))
            .send()
            .await;
        match spent {
            Ok(_) => Ok(true),
            Err(error) if refused(&error) => Ok(false),
            Err(error) => Err(failure(&error)),
        }
    }

    /// Gives back what [`Store::spend`] took, for a mail that did not leave.
    pub async fn give_back(&self, day: Date) -> Result<()> {
        let given = self
            .client
            .update_item()
            .table_name(&self.table)
            .key(table::PARTITION, text(budget_key(day)))
            .key(table::SORT, text(META))
            .update_expression("ADD used :less")
            .condition_expression("used > :none")
            .expression_attribute_values(":less", number(-1))
            .expression_attribute_values(":none", number(0))
            .send()
            .await;
        match given {
            Err(error) if !refused(&error) => Err(failure(&error)),
            _ => Ok(()),
        }
    }

    /// A place for this mail among the `most` of a counter. The same mail has the same place, also
    /// when it is tried again.
    pub async fn place(&self, counter: &str, id: &Id, most: u32, until: Timestamp) -> Result<bool> {
        let placed = self
            .client
            .update_item()
            .table_name(&self.table)
            .key(table::PARTITION, text(format!("RATE#{counter}")))
            .key(table::SORT, text(META))
            .update_expression("SET #ttl = :until ADD mails :this")
            .condition_expression(
                "attribute_not_exists(mails) OR size(mails) < :most OR contains(mails, :id)",
            )
            .expression_attribute_names("#ttl", table::TTL)
            .expression_attribute_values(":until", number(until.as_second()))
            .expression_attribute_values(":this", AttributeValue::Ss(vec![id.to_string()]))
            .expression_attribute_values(":id", text(id.as_str()))
            .expression_attribute_values(":most", number(most))
            .send()
            .await;
        match placed {
            Ok(_) => Ok(true),
            Err(error) if refused(&error) => Ok(false),
            Err(error) => Err(failure(&error)),
        }
    }
}

fn budget_key(day: Date) -> String {
    format!("BUDGET#{day}")
}

//! What was told of mails: events are written down here, and who looks at a case reads them.

use jiff::Timestamp;

use super::item::{self, META, text};
use super::outbox::{ATTEMPTS, lasting, write};
use super::{Store, failure};
use crate::dates;
use crate::ids::Id;
use crate::outbox::{Mark, Marks, Out, Status};
use crate::store::{Noted, Result, StoreError, table};

impl Store {
    /// Writes down what happened to a mail, on its own item and on the case's. If it reached nobody,
    /// the mail that `rescue` makes is owed from the same moment on, once however often this is
    /// told. `None` when this was known already, or the mail is not.
    pub async fn note(
        &self,
        id: &Id,
        mark: Mark,
        at: Timestamp,
        now: Timestamp,
        rescue: impl Fn(&Out) -> Option<Out>,
    ) -> Result<Option<Noted>> {
        for attempt in 1..=ATTEMPTS {
            let Some(item) = self.out_item(id).await? else { return Ok(None) };
            let out = item::read_out(id, &item)?;
            let mut marks = item::read_marks(&item);
            if !marks.note(mark, at) {
                return Ok(None);
            }
            let status = marks.status();
            let lost = status == Status::Failed && !item.contains_key("rescue");
            let noted = Noted { rescue: lost.then(|| rescue(&out)).flatten(), out, status };
            match self.write_note(&noted, mark, &marks, now).await {
                Ok(true) => return Ok(Some(noted)),
                // Somebody else was told something at the same moment: look again.
                Ok(false) | Err(StoreError::Busy) => self.pause(attempt).await,
                Err(error) => return Err(error),
            }
        }
        Err(StoreError::Busy)
    }

    async fn write_note(
        &self,
        noted: &Noted,
        mark: Mark,
        marks: &Marks,
        now: Timestamp,
    ) -> Result<bool> {
        let Noted { out, status, rescue } = noted;
        let at = marks.at(mark).unwrap_or(now);
        let stamp = dates::stamp(at);
        // Whatever was told, the mail service had it: it is not tried again. What did not arrive
        // stays in sight among the dead.
        let mut set = "SET #mark = :at, #ttl = :ttl".to_owned();
        let mut condition =
            "attribute_exists(pk) AND (attribute_not_exists(#mark) OR #mark > :at)".to_owned();
        let mut update = lasting(self.out(&out.id), now)
            .expression_attribute_names("#mark", mark.attribute())
            .expression_attribute_values(":at", text(&stamp));
        if let Some(rescue) = rescue {
            set += ", rescue = :rescue";
            condition += " AND attribute_not_exists(rescue)";
            update = update.expression_attribute_values(":rescue", text(rescue.id.as_str()));
        }
        set += match status {
            Status::Failed => ", gsi2pk = :dead, gsi2sk = :at",
            _ => " REMOVE gsi2pk, gsi2sk",
        };
        if *status == Status::Failed {
            update = update.expression_attribute_values(":dead", text(table::DEAD_OUT));
        }
        let update = update.update_expression(set).condition_expression(condition);
        let mut writes = vec![write(update)?];
        writes.extend(self.shown(out, mark, at, now)?);
        writes.extend(rescue.as_ref().map(|rescue| self.owed(rescue, now)));
        self.together(writes).await
    }

    async fn out_item(&self, id: &Id) -> Result<Option<item::Item>> {
        let found = self
            .client
            .get_item()
            .table_name(&self.table)
            .consistent_read(true)
            .key(table::PARTITION, text(item::out_key(id)))
            .key(table::SORT, text(META))
            .send()
            .await
            .map_err(|error| failure(&error))?;
        Ok(found.item().cloned())
    }
}

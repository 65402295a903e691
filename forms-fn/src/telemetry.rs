//! What may be logged, as a closed list of types: there is no way to put text of a resident, an
//! address, a token or a path with a token into a line.

use std::io::Write;
use std::sync::Arc;

use crate::ids::Id;

/// One field of a log line. A word is written in our source, never taken from a request.
#[derive(Debug, Clone, Copy)]
pub enum Field<'a> {
    /// Which door was used: a name of ours, not the address that was asked for.
    Route(&'static str),
    Method(&'static str),
    Status(u16),
    Millis(u64),
    /// Which kind of mail.
    Mail(&'static str),
    /// An outbox item: random, and says nothing about anybody.
    Outbox(&'a Id),
    Attempt(u32),
    /// Why something did not work.
    Cause(&'static str),
    Count(&'static str, usize),
}

/// Where the lines go.
#[derive(Clone)]
pub struct Log(Arc<dyn Fn(&str) + Send + Sync>);

impl Log {
    /// JSON lines on standard error. A closed stream is no reason to fail a resident.
    pub fn stderr() -> Self {
        Self::to(|line| {
            let _ = writeln!(std::io::stderr().lock(), "{line}");
        })
    }

    pub fn to(sink: impl Fn(&str) + Send + Sync + 'static) -> Self {
        Self(Arc::new(sink))
    }

    pub fn event(&self, name: &'static str, fields: &[Field<'_>]) {
        let mut line = serde_json::Map::new();
        line.insert("event".to_owned(), name.into());
        for field in fields {
            let (key, value) = match *field {
                Field::Route(word) => ("route", word.into()),
                Field::Method(word) => ("method", word.into()),
                Field::Status(number) => ("status", number.into()),
                Field::Millis(number) => ("ms", number.into()),
                Field::Mail(word) => ("mail", word.into()),
                Field::Outbox(id) => ("outbox", id.as_str().into()),
                Field::Attempt(number) => ("attempt", number.into()),
                Field::Cause(word) => ("cause", word.into()),
                Field::Count(name, number) => (name, number.into()),
            };
            line.insert(key.to_owned(), value);
        }
        (self.0)(&serde_json::Value::Object(line).to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;

    #[test]
    fn a_line_is_json() {
        let lines = Arc::new(Mutex::new(Vec::new()));
        let sink = Arc::clone(&lines);
        let log = Log::to(move |line| sink.lock().unwrap().push(line.to_owned()));
        log.event("answered", &[Field::Route("send"), Field::Status(303)]);
        assert_eq!(*lines.lock().unwrap(), [r#"{"event":"answered","route":"send","status":303}"#]);
    }
}

//! The one table, as code. The cloud template must say the same; a test compares them.

/// One index of the table.
pub struct Index {
    pub name: &'static str,
    pub partition: &'static str,
    pub sort: &'static str,
    /// Attributes copied into the index beside the keys. Nothing personal: no text, no contact
    /// data, nothing that a link follows from.
    pub projected: &'static [&'static str],
}

/// Partition key and sort key; both are strings.
pub const PARTITION: &str = "pk";
pub const SORT: &str = "sk";
/// Seconds since 1970 after which an item may vanish. Only a net: every read filters on it too.
pub const TTL: &str = "ttl";

/// Lists, by due date: open questions, those set apart, closed ones, sign-ups, and what a partner has.
pub const LISTS: Index = Index {
    name: "gsi1",
    partition: "gsi1pk",
    sort: "gsi1sk",
    projected: &[
        "reference",
        "topic",
        "area",
        "lang",
        "state",
        "owner",
        "roles",
        "day_parts",
        "readers",
    ],
};

/// Due work. Sparse: an item is in it for as long as something must still happen to it.
pub const WORK: Index = Index { name: "gsi2", partition: "gsi2pk", sort: "gsi2sk", projected: &[] };

pub const INDEXES: [&Index; 2] = [&LISTS, &WORK];

/// Partitions of [`WORK`].
pub const DUE_OUT: &str = "DUE#OUT";
pub const DUE_TIMER: &str = "DUE#TIMER";
/// Closed cases, by the day on which they are erased.
pub const DUE_ERASE: &str = "DUE#ERASE";
/// Mails that nobody took after all attempts: out of the sweep, never out of sight.
pub const DEAD_OUT: &str = "DEAD#OUT";

/// Attributes that hold what somebody typed, or that say who somebody is.
pub const PERSONAL: [&str; 8] =
    ["text", "name", "email", "phone", "languages", "summary", "by", "taken_by"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_index_holds_anything_personal_or_secret() {
        for attribute in INDEXES.iter().flat_map(|index| index.projected) {
            assert!(!PERSONAL.contains(attribute), "{attribute}");
            assert!(!["nonce", "lease", "case"].contains(attribute), "{attribute}");
        }
    }
}

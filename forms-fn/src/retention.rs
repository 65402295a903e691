//! How long what is kept. The privacy page of the site says the same.

use jiff::ToSpan;
use jiff::civil::Date;

/// From the day a question is closed until everything personal in it is erased.
const CLOSED_DAYS: i64 = 30;

/// The day on which a question that is closed today is erased.
pub fn erase_on(closed: Date) -> Date {
    closed.saturating_add(CLOSED_DAYS.days())
}

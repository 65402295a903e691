//! The language that the generator and the function both speak about forms.
//!
//! Editors describe forms in `content/forms`, the generator shows them, the function checks what
//! comes back. This crate holds what must be equal on both sides and nothing else: no I/O, no
//! clock, no HTTP, no HTML.

pub mod form;
pub mod headers;
pub mod lang;
pub mod manifest;
pub mod posted;
pub mod privacy;
mod reach;
pub mod role;
pub mod validate;
pub mod view;

pub use form::{Field, FieldTexts, Form, FormKind, FormTexts, Kind, Reply, Topic};
pub use lang::{Dir, Language};
pub use manifest::Manifest;
pub use posted::Posted;
pub use reach::dial;
pub use role::{Role, RoleState};
pub use validate::{Answers, Mistake, MistakeKind, Offered, free_text, mail_address, validate};
pub use view::{FormView, Words};

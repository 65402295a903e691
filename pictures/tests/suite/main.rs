//! What the crate promises of a picture, and what it refuses.

mod fixtures;
mod promises;
mod refusals;

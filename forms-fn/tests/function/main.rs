//! The function from its doors to its table: what residents and readers do, what goes wrong, and
//! what must never happen.

mod journey;
mod mistakes;
mod retention;
mod safety;
mod spam;
mod status;
mod world;

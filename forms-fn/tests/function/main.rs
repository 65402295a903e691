//! The function from its doors to its table: what residents and readers do, what goes wrong, and
//! what must never happen.

mod clock;
mod corpora;
mod cost;
mod crashes;
mod delivery;
mod desk;
mod journey;
mod mails;
mod mistakes;
mod partner;
mod retention;
mod safety;
mod schedules;
mod signup;
mod smtp;
mod spam;
mod status;
mod store;
mod walk;
mod world;

//! What must be true of the whole: each module is a topic, each test a sentence.

mod accessibility;
mod architecture;
mod bad_input;
mod build;
mod contract;
mod described;
mod hostile;
mod infra;
mod init;
mod journey;
mod kill;
mod lambda;
mod languages;
mod leaflets;
mod markup;
mod mistakes;
mod pictures;
mod preview;
mod print_shop;
mod privacy;
mod published;
mod schedule;
mod schema;
mod sign_up;
mod strangers;
mod translations;

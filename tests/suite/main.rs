//! What must be true of the whole: each module is a topic, each test a sentence.

mod accessibility;
mod architecture;
mod bad_input;
mod build;
mod contract;
mod infra;
mod journey;
mod lambda;
mod leaflets;
mod mistakes;
mod preview;
mod privacy;

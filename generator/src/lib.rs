//! From an editor's Markdown to a public site, printable folders and the function's bundle.
//!
//! [`site`] knows the order of the work; read that first.

mod arguments;
mod check;
pub mod cli;
pub mod content;
pub mod diagnostics;
pub mod english;
mod files;
mod locale;
mod manual;
pub mod markdown;
pub mod output;
pub mod render;
pub mod report;
mod schema;
mod serve;
pub mod site;
mod starter;
pub mod theme;
mod translations;

//! From an editor's Markdown to a public site, printable folders and the function's bundle.
//!
//! [`site`] knows the order of the work; read that first.

mod arguments;
mod check;
pub mod cli;
pub mod content;
pub mod diagnostics;
mod files;
pub mod markdown;
pub mod output;
pub mod render;
pub mod report;
mod serve;
pub mod site;
pub mod theme;

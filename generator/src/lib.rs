//! From an editor's Markdown to a public site, printable folders and the function's bundle.
//!
//! `site` knows the order of the work; read that first.

pub mod content;
pub mod diagnostics;
mod files;
pub mod markdown;

//! Components that stand around text: `::notice::`, the text, `::end::`.

use std::sync::Arc;

use super::{Block, BlockKind};
use crate::diagnostics::{Diagnostic, Diagnostics, Place, Source};

/// Components that end at an `::end::`.
pub const CONTAINERS: [&str; 1] = ["notice"];

const END: &str = "end";

/// Gathers what stands between a container and its end. Containers do not stand in each other, in
/// lists or in quotes.
pub fn fold(blocks: Vec<Block>, source: &Arc<Source>, faults: &mut Diagnostics) -> Vec<Block> {
    let mut all = Vec::with_capacity(blocks.len());
    let mut open: Option<Block> = None;
    for block in blocks {
        match name(&block) {
            Some(END) => match open.take() {
                Some(container) => all.push(container),
                None => faults.push(
                    Diagnostic::error(
                        Place::line(source, block.line),
                        "Hier eindigt met `::end::` iets dat niet begon.",
                    )
                    .hint("Haal de regel weg, of zet ervoor waar het begint: ::notice::."),
                ),
            },
            Some(name) if CONTAINERS.contains(&name) => {
                faults.extend(open.as_ref().map(|container| unclosed(container, source)));
                all.extend(open.replace(container(block)));
            }
            _ => match open.as_mut().map(|container| &mut container.kind) {
                Some(BlockKind::Container { blocks, .. }) => blocks.push(block),
                _ => all.push(block),
            },
        }
    }
    faults.extend(open.as_ref().map(|container| unclosed(container, source)));
    all.extend(open);
    all
}

fn name(block: &Block) -> Option<&str> {
    match &block.kind {
        BlockKind::Directive { name, .. } => Some(name),
        _ => None,
    }
}

fn container(block: Block) -> Block {
    let kind = match block.kind {
        BlockKind::Directive { name, argument } => {
            BlockKind::Container { name, argument, blocks: Vec::new() }
        }
        other => other,
    };
    Block { line: block.line, kind }
}

fn unclosed(block: &Block, source: &Arc<Source>) -> Diagnostic {
    let name = match &block.kind {
        BlockKind::Container { name, .. } => name,
        _ => END,
    };
    Diagnostic::error(Place::line(source, block.line), format!("`::{name}::` houdt niet op."))
        .hint("Zet onder de tekst een eigen regel: ::end::.")
}

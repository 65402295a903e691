//! Each text of the site compressed beside itself, for hosts that send what is there.

use std::collections::HashMap;
use std::io::Write;
use std::sync::Arc;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::{Artefact, SITE};

/// What is text; pictures, fonts and folders are compressed already.
const TEXTS: [&str; 8] = [".html", ".css", ".js", ".svg", ".xml", ".txt", ".json", ".webmanifest"];

/// Below this many bytes the head of an archive eats what it wins.
const SMALLEST: usize = 256;

/// Nearly as small as the highest, in a tenth of the time.
const BROTLI_QUALITY: i32 = 6;
/// The largest window that every browser has.
const BROTLI_WINDOW: i32 = 22;
const BUFFER: usize = 4096;

/// Compressed files by the path of the plain one, with the very bytes they were made from.
#[derive(Default)]
pub struct Memory(HashMap<Arc<str>, (Bytes, [Artefact; 2])>);

/// `.br` and `.gz` for every text of the site.
pub fn compressed(artefacts: &[Artefact], memory: &mut Memory) -> Vec<Artefact> {
    let fits = |artefact: &&Artefact| {
        artefact.path.starts_with(SITE)
            && artefact.bytes.len() >= SMALLEST
            && TEXTS.iter().any(|end| artefact.path.ends_with(end))
    };
    let made: Vec<_> = artefacts
        .par_iter()
        .filter(fits)
        .map(|artefact| match memory.0.get(&artefact.path) {
            Some((of, made)) if artefact.is_same(of) => (artefact, made.clone()),
            _ => (artefact, [brotli(artefact), gzip(artefact)]),
        })
        .collect();
    let all = made.iter().flat_map(|(_, made)| made.clone()).collect();
    memory.0 = made
        .into_iter()
        .map(|(plain, made)| (Arc::clone(&plain.path), (plain.bytes.clone(), made)))
        .collect();
    all
}

fn brotli(artefact: &Artefact) -> Artefact {
    let mut out = Vec::with_capacity(artefact.bytes.len() / 3);
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: BROTLI_QUALITY,
        lgwin: BROTLI_WINDOW,
        size_hint: artefact.bytes.len(),
        ..Default::default()
    };
    let mut writer = brotli::CompressorWriter::with_params(&mut out, BUFFER, &parameters);
    // Writing to memory does not fail.
    let _ = writer.write_all(&artefact.bytes);
    drop(writer);
    Artefact::new(format!("{}.br", artefact.path), out)
}

/// Without a time, so that the same text has the same bytes.
fn gzip(artefact: &Artefact) -> Artefact {
    let mut writer = GzEncoder::new(Vec::new(), Compression::best());
    let _ = writer.write_all(&artefact.bytes);
    let out = writer.finish().unwrap_or_default();
    Artefact::new(format!("{}.gz", artefact.path), out)
}

//! Where everything stands.

use std::path::{Path, PathBuf};

use crate::tools::Kind;

/// The target folder that this program was built into.
pub fn home() -> PathBuf {
    let this = std::env::current_exe().ok();
    let target = this.as_deref().and_then(Path::parent).and_then(Path::parent);
    target.map_or_else(|| PathBuf::from("target"), Path::to_owned)
}

/// The folder of one size of the corpus.
pub struct Place {
    pub root: PathBuf,
}

impl Place {
    pub fn new(work: &Path, pages: usize) -> Self {
        Self { root: work.join(pages.to_string()) }
    }

    /// The site as the tool reads it.
    pub fn source(&self, kind: Kind) -> PathBuf {
        let kind = if kind == Kind::Floor { Kind::Ours } else { kind };
        self.root.join(kind.name())
    }

    /// What the tool makes of it.
    pub fn out(&self, kind: Kind) -> PathBuf {
        self.root.join(format!("{}-out", kind.name()))
    }

    /// The public part of that.
    pub fn site(&self, kind: Kind) -> PathBuf {
        let out = self.out(kind);
        if kind == Kind::Ours { out.join("site") } else { out }
    }

    /// What the tool says while it works.
    pub fn log(&self, kind: Kind, what: &str) -> PathBuf {
        self.root.join(format!("{}-{what}.log", kind.name()))
    }
}

//! The public site as a build left it, in memory.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use crate::project::{Project, files};

pub struct Site {
    /// By path, with a slash before it: `/en/index.html`.
    pub files: BTreeMap<String, Vec<u8>>,
}

static OSS: LazyLock<Site> = LazyLock::new(|| Site::of(&Project::of_oss()));

impl Site {
    /// Builds, which must succeed.
    pub fn of(project: &Project) -> Self {
        Self::below(&project.build().join("site"))
    }

    /// That of Oss, built once for all tests of a run that only look.
    pub fn of_oss() -> &'static Self {
        &OSS
    }

    fn below(folder: &Path) -> Self {
        let read = |file: &std::path::PathBuf| {
            let name = format!("/{}", file.to_string_lossy().replace('\\', "/"));
            (name, std::fs::read(folder.join(file)).expect("a built file"))
        };
        Self { files: files(folder).iter().map(read).collect() }
    }

    /// A file that is text.
    pub fn text(&self, path: &str) -> &str {
        let bytes = self.files.get(path).unwrap_or_else(|| panic!("{path} was not made"));
        std::str::from_utf8(bytes).expect("UTF-8")
    }

    /// The page at an address such as `/en/questions/`.
    pub fn page(&self, address: &str) -> &str {
        self.text(&format!("{address}index.html"))
    }

    pub fn has_page(&self, address: &str) -> bool {
        self.files.contains_key(&format!("{address}index.html"))
    }

    /// Every page with its address.
    pub fn pages(&self) -> impl Iterator<Item = (&str, &str)> {
        let addresses = self.files.keys().filter_map(|path| path.strip_suffix("index.html"));
        addresses.map(|address| (address, self.page(address)))
    }
}

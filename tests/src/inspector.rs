//! Looks at pages with axe, on a desk in light colours and on a phone in dark ones, and sees that
//! nobody must scroll sideways at 320 pixels.
//!
//! With `NB_PICTURES=folder` in the environment it leaves a picture of every page there, for people to
//! look at.

use std::path::PathBuf;

use serde_json::Value;

use crate::browser::Browser;
use crate::root;

const SCREENS: [(u32, &str); 2] = [(1280, "light"), (320, "dark")];

pub struct Inspector {
    pub browser: Browser,
    axe: String,
    found: Vec<String>,
    /// Whether pages may run JavaScript of their own.
    scripts: bool,
    pictures: Option<PathBuf>,
}

impl Inspector {
    pub async fn new() -> Self {
        let path = root().join("tests/.tools/node_modules/axe-core/axe.min.js");
        let axe = std::fs::read_to_string(&path)
            .unwrap_or_else(|_| panic!("axe-core is not there: run tests/run, which fetches it"));
        let pictures = std::env::var_os("NB_PICTURES").map(PathBuf::from);
        Self { browser: Browser::open().await, axe, found: Vec::new(), scripts: true, pictures }
    }

    /// No page runs JavaScript; only axe does.
    pub async fn without_javascript() -> Self {
        let inspector = Self::new().await;
        inspector.browser.scripts(false).await;
        Self { scripts: false, ..inspector }
    }

    /// Looks at the page that is open now.
    pub async fn look(&mut self, name: &str) {
        self.browser.scripts(true).await;
        self.browser.run(&self.axe).await;
        for (width, scheme) in SCREENS {
            self.browser.screen(width, scheme).await;
            let violations = self.browser.run_async(RUN_AXE).await;
            for violation in violations.as_array().expect("axe gives a list") {
                self.found.push(format!("{name}, {width} px, {scheme}: {}", describe(violation)));
            }
            let wide = self.browser.run("return document.documentElement.scrollWidth").await;
            if wide.as_u64().is_none_or(|wide| wide > u64::from(width)) {
                self.found.push(format!("{name}: {wide} px wide on a screen of {width}"));
            }
        }
        self.keep_pictures(name).await;
        self.browser.screen(1280, "light").await;
        self.browser.scripts(self.scripts).await;
    }

    async fn keep_pictures(&self, name: &str) {
        let Some(folder) = &self.pictures else { return };
        std::fs::create_dir_all(folder).expect("a folder for pictures");
        for (width, scheme) in [(1280, "light"), (1280, "dark"), (320, "light"), (320, "dark")] {
            let picture = self.browser.picture(width, scheme).await;
            let name = name.replace(|c: char| !c.is_ascii_alphanumeric(), "_");
            let file = format!("{name}-{width}-{scheme}.png");
            std::fs::write(folder.join(file), picture).expect("a picture");
        }
    }

    /// Ends the browser, and the test if anything was found.
    pub async fn close(self) {
        self.browser.close().await;
        assert!(self.found.is_empty(), "{}", self.found.join("\n"));
    }
}

const RUN_AXE: &str = "const done = arguments[arguments.length - 1];
axe.run({ resultTypes: ['violations'] }).then(result => done(result.violations), error => done([{ id: String(error), nodes: [] }]));";

fn describe(violation: &Value) -> String {
    let nodes = violation["nodes"].as_array().map_or(&[][..], Vec::as_slice);
    let first = nodes.first().map_or("", |node| node["html"].as_str().unwrap_or_default());
    format!("{} ({}) {first}", violation["id"], nodes.len())
}

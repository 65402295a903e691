//! What may stand behind the program's name.

use std::ffi::OsString;
use std::path::PathBuf;

pub const HELP: &str = "\
Measures the generator beside a floor and its peers, on one made-up corpus.

cargo run --release -p benches -- [PART] [OPTIONS]

Parts:
  all                 builds and preview (the default)
  corpus              only write the corpus, to look at or to try a tool on
  build               only the builds
  serve               only the preview
  forms               the function: cold starts, and questions kept per second
  folders             folders on paper, beside WeasyPrint and Chromium

Options:
  --pages 1000,10000  sizes: pages in all four languages together
  --runs 5            measured builds of every tool, after one that is not counted
  --saves 40          changes saved while the preview runs
  --posts 400         questions sent with each number of clients
  --tools LIST        of floor, ours, hugo and zola, and for folders of ours, weasyprint and
                      chromium; the default is all
  --ours FILE         a built nieuwe-buren; otherwise this workspace's is built first
  --work FOLDER       where the sites go; otherwise benches/ in the target folder
";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    All,
    Corpus,
    Build,
    Serve,
    Forms,
    Folders,
}

#[derive(Debug)]
pub struct Options {
    pub part: Part,
    pub pages: Vec<usize>,
    pub runs: usize,
    pub saves: usize,
    /// Questions that are sent with each number of clients.
    pub posts: usize,
    /// Names of tools; all when empty.
    pub tools: Vec<String>,
    pub ours: Option<PathBuf>,
    pub work: Option<PathBuf>,
}

impl Options {
    /// An error is what to say instead.
    pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, String> {
        let mut options = Self {
            part: Part::All,
            pages: vec![1_000, 10_000],
            runs: 5,
            saves: 40,
            posts: 400,
            tools: Vec::new(),
            ours: None,
            work: None,
        };
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            let name = argument.to_string_lossy().into_owned();
            let part = match name.as_str() {
                "all" => Some(Part::All),
                "corpus" => Some(Part::Corpus),
                "build" => Some(Part::Build),
                "serve" => Some(Part::Serve),
                "forms" => Some(Part::Forms),
                "folders" => Some(Part::Folders),
                _ => None,
            };
            if let Some(part) = part {
                options.part = part;
                continue;
            }
            if !name.starts_with("--") || name == "--help" {
                return Err(HELP.to_owned());
            }
            let value =
                arguments.next().ok_or_else(|| format!("{name} needs a value\n\n{HELP}"))?;
            options.set(&name, value)?;
        }
        Ok(options)
    }

    fn set(&mut self, name: &str, value: OsString) -> Result<(), String> {
        let text = value.to_string_lossy().into_owned();
        let number = |text: &str| {
            let number = text.trim().replace('_', "").parse::<usize>().ok();
            number
                .filter(|number| *number > 0)
                .ok_or_else(|| format!("{name}: {text} is no number"))
        };
        match name {
            "--pages" => self.pages = text.split(',').map(number).collect::<Result<_, _>>()?,
            "--runs" => self.runs = number(&text)?,
            "--saves" => self.saves = number(&text)?,
            "--posts" => self.posts = number(&text)?,
            "--tools" => self.tools = text.split(',').map(str::to_owned).collect(),
            "--ours" => self.ours = Some(value.into()),
            "--work" => self.work = Some(value.into()),
            _ => return Err(format!("{name} does not exist\n\n{HELP}")),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Options, String> {
        Options::parse(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn the_documented_command_is_understood() {
        let options = parse("--pages 1000,10_000 --runs 3").unwrap();
        assert_eq!((options.pages, options.runs), (vec![1_000, 10_000], 3));
        assert_eq!(options.part, Part::All);
        assert_eq!(parse("serve --saves 9 --tools ours,hugo").unwrap().tools, ["ours", "hugo"]);
        assert_eq!(parse("folders --runs 5").unwrap().part, Part::Folders);
    }

    #[test]
    fn anything_else_is_explained() {
        for line in ["--help", "bild", "--pages", "--pages many", "--runs 0", "--speed 3"] {
            assert!(parse(line).is_err(), "{line}");
        }
    }
}

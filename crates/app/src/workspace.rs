//! A workspace: a folder with `rapporteur.toml`, `snapshots/`, `tables/` and `reviews.jsonl`. It can be copied and archived.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use fact::{Fact, Fault, Remedy};
use jiff::Timestamp;
use ledger::Ledger;
use serde::Deserialize;

/// The settings file of a workspace.
pub const CONFIG: &str = "rapporteur.toml";

/// The folder of a workspace that keeps column mappings.
pub const MAPPINGS: &str = "mappings";

const TEMPLATE: &str = r#"# A Rapporteur workspace. Everything here can be read by a person; paths are relative to this file.
name = "My workspace"

# Whom servers can write to; needed only for sources on the web.
#
# [web]
# contact = "you@example.org"

# A language model that may propose what the rules miss. It is asked only by `rapporteur read --propose`; the text of the
# document then leaves this machine, unless the model runs on it. What it proposes waits for review.
#
# [proposer]
# url = "http://127.0.0.1:11434/v1/chat/completions" # any endpoint that speaks the chat protocol of OpenAI
# model = "name-of-the-model"
# key_env = "MODEL_KEY"        # the environment variable that holds the key, where one is needed
# seconds = 60                 # longest wait for the answer
# most_characters = 20000      # most text that is sent

# Who decides on readings and names that are not sure (`rapporteur review`, `resolve`, page Review), and below which confidence they wait.
#
# [review]
# name = "A. Example"
# accept = 0.8
# is_named = true              # the page Corrections tells who decided

# Declare what `rapporteur sync` reads. Each source is a file, a folder, a Git repository or an address.
#
# [[source]]
# name = "sa2"
# path = "../lists/3gpp-sa2"
# # or: address = "npm:web-features"
# licence = "(c) 3GPP partners"
# ignore = ["*.png", "drafts/**"] # what holds no acts
# allow_problems = "2%"        # a run with more problems than this ends with exit code 3; default 0%
# persons = "hidden"           # no page shows its words, and nothing of it is sent anywhere
"#;

/// What `rapporteur.toml` says.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Name of the workspace, shown on its pages.
    pub name: String,
    /// Declared sources, read by `sync`.
    #[serde(default, rename = "source")]
    pub sources: Vec<Source>,
    /// How addresses are fetched.
    #[serde(default)]
    pub web: Web,
    /// A language model that may propose what the rules miss; nothing is asked without it.
    #[serde(default)]
    pub proposer: Option<Model>,
    /// Who reviews, and what waits for review.
    #[serde(default)]
    pub review: Reviewing,
}

/// A language model behind an endpoint that speaks the chat protocol of OpenAI.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// The whole address of its endpoint.
    pub url: String,
    /// Its name.
    pub model: String,
    /// Name of the environment variable that holds the key; absent where none is needed.
    #[serde(default)]
    pub key_env: Option<String>,
    /// Longest wait for its answer.
    #[serde(default = "default_seconds")]
    pub seconds: u64,
    /// Most text that is sent to it.
    #[serde(default = "default_characters")]
    pub most_characters: usize,
}

fn default_seconds() -> u64 {
    60
}

fn default_characters() -> usize {
    20_000
}

/// Who reviews, and what waits for review.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reviewing {
    /// Name of the reviewer, kept with every decision.
    pub name: Option<String>,
    /// The accept threshold: what is read with less confidence waits; default 0.8.
    pub accept: Option<f64>,
    /// True where the page Corrections tells who decided; otherwise it says `a reviewer`.
    #[serde(default)]
    pub is_named: bool,
    /// True where decisions are taken from other machines too, behind something that knows who asks.
    #[serde(default)]
    pub is_open: bool,
}

/// How addresses are fetched.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Web {
    /// An e-mail address or page, told to every server, so that its keeper can complain.
    pub contact: Option<String>,
    /// Most requests in a second to one host; default 1.
    pub per_second: Option<f64>,
    /// A proxy to go through.
    pub proxy: Option<String>,
    /// Mirrors in place of what presets fetch from, e.g. `npm = "https://npm.example"`.
    #[serde(default)]
    pub bases: BTreeMap<String, String>,
}

/// A declared source.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Short name.
    pub name: String,
    /// File or folder, relative to the workspace.
    #[serde(default)]
    pub path: Option<PathBuf>,
    /// In place of a path: an address, or a preset such as `npm:web-features`.
    #[serde(default)]
    pub address: Option<String>,
    /// Licence of what is there.
    pub licence: Option<String>,
    /// Patterns of files that hold no acts and are left out, such as `*.png`.
    #[serde(default)]
    pub ignore: Vec<String>,
    /// Share of problems that is tolerated, such as `2%`.
    pub allow_problems: Option<String>,
    /// Whether the words of the source, with the names of persons, may be shown.
    #[serde(default)]
    pub persons: Persons,
}

/// Whether the words of a source, with the names of persons, may be shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Persons {
    /// They may.
    #[default]
    Shown,
    /// They may not: numbers only.
    Hidden,
}

impl Config {
    /// True when the persons of this source are hidden.
    #[must_use]
    pub fn hides_persons(&self, source: &str) -> bool {
        self.sources.iter().any(|one| one.name == source && one.persons == Persons::Hidden)
    }
}

impl Source {
    /// Returns the path or address of the source, as it was written.
    ///
    /// # Errors
    /// When it has neither, or both.
    pub fn named(&self) -> Result<&str, Fault> {
        match (self.path.as_ref().map(|path| path.to_str()), &self.address) {
            (Some(Some(path)), None) => Ok(path),
            (None, Some(address)) => Ok(address),
            _ => {
                let what = "expected either `path` or `address`";
                let place = format!("source `{}`", self.name);
                Err(Fault::new(
                    Remedy::Setup,
                    place,
                    what,
                    "name a folder with `path`, or what is fetched with `address`",
                ))
            }
        }
    }
}

/// An open workspace.
#[derive(Clone, Debug)]
pub struct Workspace {
    /// Its folder, absolute.
    pub folder: PathBuf,
    /// Its settings.
    pub config: Config,
}

impl Workspace {
    /// Makes a workspace in `folder`, which may exist but must not be one already.
    ///
    /// # Errors
    /// When there is a workspace already, or the folder cannot be written.
    pub async fn create(folder: &Path) -> Result<Self, Fault> {
        let path = folder.join(CONFIG);
        if path.exists() {
            let what = "expected a folder without a workspace, found one with `rapporteur.toml`";
            return Err(Fault::new(
                Remedy::Ask,
                folder.display().to_string(),
                what,
                "choose another folder, or use this one as it is",
            ));
        }
        std::fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))?;
        std::fs::write(&path, TEMPLATE).map_err(|error| unwritable(&path, &error))?;
        let workspace = Self::open(folder)?;
        workspace.ledger().await?.create_derived().await?;
        Ok(workspace)
    }

    /// Opens the workspace in `folder`.
    ///
    /// # Errors
    /// When there is none, or its settings cannot be read.
    pub fn open(folder: &Path) -> Result<Self, Fault> {
        let folder = folder.canonicalize().map_err(|error| missing(folder, &error))?;
        let path = folder.join(CONFIG);
        let text = std::fs::read_to_string(&path).map_err(|error| missing(&folder, &error))?;
        let config: Config = toml::from_str(&text).map_err(|error| {
            let line = error.span().map_or(1, |span| text[..span.start].lines().count().max(1));
            let place = format!("{}, line {line}", path.display());
            Fault::new(Remedy::Setup, place, error.message(), "see the comments of a new workspace's `rapporteur.toml`")
        })?;
        Ok(Self { folder, config })
    }

    /// Opens the workspace in `start` or in the nearest folder above it.
    ///
    /// # Errors
    /// When there is none.
    pub fn find(start: &Path) -> Result<Self, Fault> {
        match start.ancestors().find(|folder| folder.join(CONFIG).exists()) {
            Some(folder) => Self::open(folder),
            None => Err(missing(start, &"no `rapporteur.toml` here or in a folder above")),
        }
    }

    /// Returns the column mappings that the workspace keeps, as TOML, in the order of their names.
    #[must_use]
    pub fn mappings(&self) -> Vec<String> {
        let files = std::fs::read_dir(self.folder.join(MAPPINGS)).into_iter().flatten().flatten();
        let mut files: Vec<PathBuf> = files.map(|file| file.path()).collect();
        files.retain(|file| file.extension().is_some_and(|ending| ending == "toml"));
        files.sort();
        files.iter().filter_map(|file| std::fs::read_to_string(file).ok()).collect()
    }

    /// Returns the source with hidden persons below whose path a file stands, if there is one.
    #[must_use]
    pub fn hidden_source_of(&self, file: &Path) -> Option<String> {
        let file = file.canonicalize().ok()?;
        let is_hidden = |source: &&Source| self.config.hides_persons(&source.name);
        let holds = |source: &&Source| {
            let path = source.path.as_ref().and_then(|path| self.folder.join(path).canonicalize().ok());
            path.is_some_and(|path| file.starts_with(path))
        };
        self.config.sources.iter().filter(is_hidden).find(holds).map(|source| source.name.clone())
    }

    /// Opens the ledger.
    ///
    /// # Errors
    /// When its tables cannot be opened.
    pub async fn ledger(&self) -> Result<Ledger, Fault> {
        let accept = self.config.review.accept.unwrap_or(Fact::ACCEPT);
        let mut ledger = Ledger::open(&self.folder).await?.accepting(accept);
        crate::identity::carry_over(&self.folder, &mut ledger).await?;
        Ok(ledger)
    }
}

/// Returns the present moment: the one place where the program looks at the clock.
#[must_use]
pub fn now() -> Timestamp {
    Timestamp::now()
}

fn missing(folder: &Path, error: &dyn std::fmt::Display) -> Fault {
    let hint = "make one with `rapporteur init DIR`, or name one with `--workspace DIR`";
    Fault::new(Remedy::Setup, folder.display().to_string(), format!("expected a workspace: {error}"), hint)
}

fn unwritable(path: &Path, error: &dyn std::fmt::Display) -> Fault {
    Fault::new(Remedy::Setup, path.display().to_string(), error, "choose a folder that you may write to")
}

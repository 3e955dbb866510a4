//! Which messages does the project write itself? Templates with slots, read from a folder and expanded by seed.
//!
//! The format is described for writers in `rules/corpus/README.md`.

mod expand;
mod near;
mod text;

pub(crate) use expand::{Expanded, hash};
pub(crate) use near::near;

use crate::outcome::{Failure, Result};
use serde::{Deserialize, Serialize};
use smsfilter::Subcategory;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};
use text::Template;

/// The name of the lists that all topics share, in the corpus's folder.
const COMMON: &str = "slots.toml";

/// All intents of a folder, in order of topic and place.
pub(crate) struct Corpus {
    lists: BTreeMap<String, Vec<Entry>>,
    pub(crate) intents: Vec<Intent>,
}

/// One reason to write a message.
pub(crate) struct Intent {
    /// The file, such as `spam/loan`: the folder is what the messages are for.
    pub(crate) topic: String,
    pub(crate) id: String,
    pub(crate) category: Subcategory,
    pub(crate) era: Option<Era>,
    sender: Template,
    /// At least one; the first is what makes the intent.
    wordings: Vec<Template>,
    /// The lists of its file.
    lists: std::rc::Rc<BTreeMap<String, Vec<Entry>>>,
}

impl Intent {
    /// As messages name it.
    pub(crate) fn name(&self) -> String {
        format!("{}.{}", self.topic, self.id)
    }

    /// How many ways it has to say the same: the messages take them in turn.
    pub(crate) fn wordings(&self) -> usize {
        self.wordings.len()
    }

    /// Whether rules may be tuned on it; the other half judges them. Drawn by name, so that it stays when others join.
    pub(crate) fn is_tuned_on(&self) -> bool {
        hash(&[b"half", self.name().as_bytes()]) & 1 == 0
    }
}

/// When spam reads like that.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) enum Era {
    #[serde(rename = "2013")]
    Early,
    #[serde(rename = "today")]
    Today,
}

/// An entry of a list: its text, and what else belongs to it by field.
type Entry = BTreeMap<String, Template>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TopicFile {
    #[serde(default)]
    category: Option<String>,
    #[serde(default)]
    sender: String,
    #[serde(default)]
    era: Option<Era>,
    #[serde(default)]
    slots: BTreeMap<String, Vec<EntryText>>,
    #[serde(default)]
    intent: Vec<IntentText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IntentText {
    id: String,
    category: Option<String>,
    sender: Option<String>,
    era: Option<Era>,
    text: String,
    #[serde(default)]
    also: Vec<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum EntryText {
    Plain(String),
    Fields(BTreeMap<String, String>),
}

impl Corpus {
    /// Reads all topics below a folder. Every mistake is told, one a line.
    pub(crate) fn read(dir: &Path) -> Result<Corpus> {
        let mut paths = Vec::new();
        find(dir, &mut paths)?;
        paths.sort();
        let mut corpus = Corpus { lists: BTreeMap::new(), intents: Vec::new() };
        let mut mistakes = Vec::new();
        if let Some(file) = parse(&dir.join(COMMON), &mut mistakes)? {
            corpus.lists = lists(file.slots, COMMON, &mut mistakes);
        }
        for path in paths.iter().filter(|path| **path != dir.join(COMMON)) {
            let topic = path.strip_prefix(dir).unwrap_or(path).with_extension("");
            let topic = topic.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
            if let Some(file) = parse(path, &mut mistakes)? {
                corpus.topic(&topic, file, &mut mistakes);
            }
        }
        for intent in &corpus.intents {
            let unknown = intent.unknown(&corpus.lists);
            mistakes.extend(unknown.map(|mistake| format!("{}: {mistake}", intent.name())));
        }
        if mistakes.is_empty() && corpus.intents.is_empty() {
            mistakes.push(format!("expected *.toml files with [[intent]] entries in {}", dir.display()));
        }
        if mistakes.is_empty() { Ok(corpus) } else { Err(Failure::Refused(mistakes.join("\n"))) }
    }

    fn topic(&mut self, topic: &str, file: TopicFile, mistakes: &mut Vec<String>) {
        let lists = std::rc::Rc::new(lists(file.slots, topic, mistakes));
        let mut ids = BTreeSet::new();
        for intent in file.intent {
            let name = format!("{topic}.{}", intent.id);
            let mut mistake = |what: String| mistakes.push(format!("{name}: {what}"));
            if intent.id.is_empty() || !intent.id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
                mistake("expected an id of a–z, 0–9 and -".into());
            }
            if !ids.insert(intent.id.clone()) {
                mistake("this id stands twice in the file".into());
            }
            let category = intent.category.or_else(|| file.category.clone()).unwrap_or_default();
            let Some(category) = Subcategory::parse(&category) else {
                mistake(format!("unknown category \"{category}\": the table is in rules/README.md"));
                continue;
            };
            let sender = intent.sender.unwrap_or_else(|| file.sender.clone());
            let templates = [sender].into_iter().chain([intent.text]).chain(intent.also);
            let parsed: std::result::Result<Vec<Template>, String> =
                templates.map(|text| Template::parse(&text)).collect();
            match parsed {
                Ok(mut wordings) => self.intents.push(Intent {
                    topic: topic.to_owned(),
                    id: intent.id,
                    category,
                    era: intent.era.or(file.era),
                    sender: wordings.remove(0),
                    wordings,
                    lists: lists.clone(),
                }),
                Err(what) => mistake(what),
            }
        }
    }
}

fn find(dir: &Path, into: &mut Vec<PathBuf>) -> Result<()> {
    let fail = |error| Failure::Misuse(format!("cannot read {}: {error}", dir.display()));
    for entry in fs::read_dir(dir).map_err(fail)? {
        let path = entry.map_err(fail)?.path();
        if path.is_dir() {
            find(&path, into)?;
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            into.push(path);
        }
    }
    Ok(())
}

fn parse(path: &Path, mistakes: &mut Vec<String>) -> Result<Option<TopicFile>> {
    let fail = |error| Failure::Misuse(format!("cannot read {}: {error}", path.display()));
    if path.file_name().is_some_and(|name| name == COMMON) && !path.exists() {
        return Ok(None);
    }
    let text = fs::read_to_string(path).map_err(fail)?;
    match toml::from_str(&text) {
        Ok(file) => Ok(Some(file)),
        Err(error) => {
            mistakes.push(format!("{}: {error}", path.display()));
            Ok(None)
        }
    }
}

fn lists(
    texts: BTreeMap<String, Vec<EntryText>>,
    file: &str,
    mistakes: &mut Vec<String>,
) -> BTreeMap<String, Vec<Entry>> {
    let mut lists = BTreeMap::new();
    for (name, entries) in texts {
        let mut list = Vec::new();
        for entry in entries {
            let fields = match entry {
                EntryText::Plain(text) => BTreeMap::from([(text::ITSELF.to_owned(), text)]),
                EntryText::Fields(fields) => fields,
            };
            let parsed = fields.into_iter().map(|(field, text)| Ok((field, Template::parse(&text)?)));
            match parsed.collect::<std::result::Result<Entry, String>>() {
                Ok(entry) => list.push(entry),
                Err(what) => mistakes.push(format!("{file}, list {name}: {what}")),
            }
        }
        if list.is_empty() {
            mistakes.push(format!("{file}, list {name}: expected at least one entry"));
        }
        lists.insert(name, list);
    }
    lists
}

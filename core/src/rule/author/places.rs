//! Where in its files does a layer say what it says?

use super::{SourceFile, file::TopicFile};
use std::{collections::BTreeMap, ops::Range};

/// A place in a file of a layer's folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file's name.
    pub file: String,
    /// Byte range in its text.
    pub range: Range<usize>,
}

/// The places of names, words and points, as the parser saw them; of what stands twice, the first.
#[derive(Debug, Default)]
pub struct Places {
    names: BTreeMap<(String, String), Place>,
    points: BTreeMap<String, Place>,
}

impl Places {
    /// Reads the topics among these files; what does not read has no places.
    #[must_use]
    pub fn read(files: &[SourceFile]) -> Places {
        let mut places = Places::default();
        for source in files {
            let topic = source.name.strip_suffix(".toml").filter(|topic| *topic != "layer" && !topic.contains('.'));
            if let (Some(topic), Ok(file)) = (topic, toml::from_str(&source.text)) {
                places.topic(source, topic, file);
            }
        }
        places
    }

    /// Where a rule, list or pattern `topic.name` is defined; with a word, where that stands in the list, or the example
    /// in the rule. Without a name, where the word stands as an alias or in a registry.
    #[must_use]
    pub fn of(&self, name: &str, word: &str) -> Option<&Place> {
        self.names.get(&(name.to_owned(), word.to_owned()))
    }

    /// The number that a rule `topic.name` gives as its points.
    #[must_use]
    pub fn points(&self, rule: &str) -> Option<&Place> {
        self.points.get(rule)
    }

    fn topic(&mut self, source: &SourceFile, topic: &str, file: TopicFile) {
        let place = |range| Place { file: source.name.clone(), range };
        let full = |name: &toml::Spanned<String>| format!("{topic}.{}", name.get_ref());
        let mut add = |name: String, word: &str, range: Range<usize>| {
            self.names.entry((name, word.to_owned())).or_insert_with(|| place(range));
        };
        for (name, words) in &file.keywords {
            add(full(name), "", name.span());
            words.iter().for_each(|word| add(full(name), word.get_ref(), word.span()));
        }
        file.patterns.keys().for_each(|name| add(full(name), "", name.span()));
        for rule in &file.rule {
            add(full(&rule.id), "", rule.id.span());
            let examples = rule.matches.iter().chain(&rule.nomatch).chain(&rule.gap);
            examples.for_each(|example| add(full(&rule.id), example.get_ref().text(), example.span()));
        }
        let aliases = file.aliases.iter().flat_map(|(word, forms)| [word].into_iter().chain(forms));
        let signatures = file.signature.iter().flat_map(|entry| [&entry.name].into_iter().chain(&entry.also));
        let hosts = file.domain.iter().map(|entry| &entry.host);
        let numbers = file.sender.iter().map(|entry| &entry.number);
        for word in aliases.chain(signatures).chain(hosts).chain(numbers) {
            add(String::new(), word.get_ref(), word.span());
        }
        for rule in &file.rule {
            if let Some(points) = &rule.points {
                self.points.entry(full(&rule.id)).or_insert_with(|| place(points.span()));
            }
        }
    }
}

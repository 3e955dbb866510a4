//! Rule files as an author sees them: mistakes shown in the source.

use crate::{
    folder::{self, Folder},
    outcome::{Failure, Result},
};
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use smsfilter::rule::{
    Layer,
    author::{self, AuthorError, SourceFile},
};
use std::{
    ops::Range,
    path::{Path, PathBuf},
};

/// A layer's folder, read.
pub(crate) struct Source {
    pub(crate) dir: PathBuf,
    pub(crate) folder: Folder,
}

impl Source {
    pub(crate) fn read(dir: &Path) -> Result<Source> {
        let folder = folder::read(dir).map_err(Failure::Misuse)?;
        Ok(Source { dir: dir.to_owned(), folder })
    }

    /// The layer; mistakes are printed in their source and end in a refusal.
    pub(crate) fn layer(&self) -> Result<Layer> {
        author::read(&self.folder.files).map_err(|errors| {
            for AuthorError { file, range, message, .. } in &errors {
                self.show("error", file, range.clone(), message, None);
            }
            let noun = if errors.len() == 1 { "mistake" } else { "mistakes" };
            Failure::Refused(format!("{}: {} {noun} in the rules, see above", self.dir.display(), errors.len()))
        })
    }

    fn file(&self, name: &str) -> Option<&SourceFile> {
        self.folder.files.iter().find(|file| file.name == name)
    }

    /// The file and place where a rule, list or pattern `topic.name` is defined.
    pub(crate) fn place(&self, full: &str) -> (String, Range<usize>) {
        let (topic, name) = full.split_once('.').unwrap_or((full, ""));
        let file = format!("{topic}.toml");
        let text = self.file(&file).map_or("", |file| file.text.as_str());
        let (mut offset, mut in_rules) = (0, false);
        for line in text.split_inclusive('\n') {
            let trimmed = line.trim_start();
            let is_rule = trimmed
                .strip_prefix("id")
                .is_some_and(|rest| rest.trim_start_matches([' ', '=']).trim_end().split('"').nth(1) == Some(name));
            in_rules = if trimmed.starts_with('[') { trimmed.starts_with("[[rule]]") } else { in_rules };
            let key = trimmed.split_once('=').map(|pair| pair.0.trim());
            let is_entry = !in_rules && key == Some(name);
            if is_rule || is_entry {
                let start = offset + line.len() - trimmed.len();
                return (file, start..start + trimmed.trim_end().len());
            }
            offset += line.len();
        }
        (file, 0..0)
    }

    /// The same, narrowed to a text in quotation marks that stands there or, for a list of several lines, behind it. Without
    /// a name, the first entry of any topic with this text: an alias or a registered name.
    pub(crate) fn quoted(&self, full: &str, quoted: Option<&str>) -> (String, Range<usize>) {
        let Some(quoted) = quoted.map(|text| format!("\"{text}\"")) else { return self.place(full) };
        if full.is_empty() {
            let topics =
                self.folder.files.iter().filter(|file| file.name.ends_with(".toml") && file.name != "layer.toml");
            let entry = |line: &str| {
                let line = line.trim_start();
                line.starts_with(&quoted) || ["name", "host", "also", "{"].iter().any(|key| line.starts_with(key))
            };
            for file in topics {
                let mut offset = 0;
                for line in file.text.split_inclusive('\n') {
                    if let Some(at) = line.find(&quoted).filter(|_| entry(line)) {
                        return (file.name.clone(), offset + at..offset + at + quoted.len());
                    }
                    offset += line.len();
                }
            }
        }
        let (file, place) = self.place(full);
        let text = self.file(&file).map_or("", |file| file.text.as_str());
        let at = text.get(place.start..).and_then(|rest| rest.find(&quoted)).map(|at| place.start + at);
        let place = at.map_or(place, |at| at..at + quoted.len());
        (file, place)
    }

    /// The file and place of the number that a rule `topic.name` gives as its points.
    pub(crate) fn points(&self, full: &str) -> Option<(String, Range<usize>)> {
        let (file, id) = self.place(full);
        let text = &self.file(&file)?.text;
        let mut offset = text[..id.start].rfind("[[rule]]")?;
        // From the rule's own head: points may stand before the id.
        for (at, line) in text[offset..].split_inclusive('\n').enumerate() {
            if at > 0 && line.trim_start().starts_with('[') {
                return None;
            }
            if let Some((key, value)) = line.split_once('=').filter(|pair| pair.0.trim() == "points") {
                let start = offset + key.len() + 1 + (value.len() - value.trim_start().len());
                let number = value.trim_start();
                let length = number.find(|c: char| !matches!(c, '+' | '-' | '_' | '0'..='9')).unwrap_or(number.len());
                return Some((file, start..start + length));
            }
            offset += line.len();
        }
        None
    }

    /// 1-based line of a place.
    pub(crate) fn line(&self, file: &str, range: &Range<usize>) -> usize {
        let text = self.file(file).map_or("", |file| file.text.as_str());
        text.get(..range.start).unwrap_or(text).matches('\n').count() + 1
    }

    /// Prints a finding under its source line.
    pub(crate) fn show(&self, level: &str, file: &str, range: Range<usize>, message: &str, id: Option<&str>) {
        let path = self.dir.join(file).display().to_string();
        let text = self.file(file).map_or("", |file| file.text.as_str());
        let range = range.start.min(text.len())..range.end.min(text.len());
        let level = if level == "error" { Level::ERROR } else { Level::WARNING };
        let title = match id {
            Some(id) => level.primary_title(message).id(id),
            None => level.primary_title(message),
        };
        let report = if text.is_empty() {
            title.element(annotate_snippets::Origin::path(path.as_str()))
        } else {
            title.element(Snippet::source(text).path(path.as_str()).annotation(AnnotationKind::Primary.span(range)))
        };
        anstream::eprintln!("{}\n", Renderer::styled().render(&[report]));
    }
}

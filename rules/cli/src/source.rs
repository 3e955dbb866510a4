//! Rule files as an author sees them: mistakes shown in the source.

use crate::{
    folder::{self, Folder},
    outcome::{Failure, Result},
};
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use smsfilter::rule::{
    Layer,
    author::{self, AuthorError, Places, SourceFile},
};
use std::{
    ops::Range,
    path::{Path, PathBuf},
};

/// A layer's folder, read.
pub(crate) struct Source {
    pub(crate) dir: PathBuf,
    pub(crate) folder: Folder,
    places: Places,
}

impl Source {
    pub(crate) fn read(dir: &Path) -> Result<Source> {
        let folder = folder::read(dir).map_err(Failure::Misuse)?;
        let places = Places::read(&folder.files);
        Ok(Source { dir: dir.to_owned(), folder, places })
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

    /// The file and place where a rule, list or pattern `topic.name` is defined, narrowed to a word of the list or an
    /// example of the rule. Without a name, the first entry of any topic with this text: an alias or a registered name.
    pub(crate) fn place(&self, full: &str, word: Option<&str>) -> (String, Range<usize>) {
        let place = self.places.of(full, word.unwrap_or_default()).or_else(|| self.places.of(full, ""));
        let topic = || format!("{}.toml", full.split('.').next().unwrap_or_default());
        place.map_or_else(|| (topic(), 0..0), |place| (place.file.clone(), place.range.clone()))
    }

    /// The file and place of the number that a rule `topic.name` gives as its points.
    pub(crate) fn points(&self, full: &str) -> Option<(String, Range<usize>)> {
        self.places.points(full).map(|place| (place.file.clone(), place.range.clone()))
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

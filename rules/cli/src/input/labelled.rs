//! A corpus: messages with what they are.

use super::{Entry, Record, open};
use crate::outcome::{Failure, Result};
use serde_json::Value;
use smsfilter::{Category, model::train::Label};
use std::path::Path;

/// A message of a corpus.
#[derive(Clone)]
pub(crate) struct Row {
    /// Number of its line.
    pub(crate) number: u64,
    pub(crate) record: Record,
    /// What it is, if the corpus says it in a known form.
    pub(crate) label: Option<Label>,
}

impl Row {
    /// Whether it is spam; none where the corpus does not say.
    pub(crate) fn is_spam(&self) -> Option<bool> {
        self.label.map(|label| match label {
            Label::Ham => false,
            Label::Spam => true,
            Label::Category(category) => category.is_spam(),
        })
    }
}

/// Bad lines that are told before reading ends.
const MOST_TOLD: usize = 5;

/// Whether every row must say what it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Labels {
    Needed,
    Welcome,
}

/// Gives every row to `take`, and counts them. Bad lines end it, after some of them were told: what is made of half a corpus
/// would look like what is made of the whole.
pub(crate) fn read(path: &Path, labels: Labels, mut take: impl FnMut(Row)) -> Result<usize> {
    let (mut rows, mut bad) = (0, 0);
    for entry in open(Some(path), None)?.records() {
        let Entry { number, record } = entry?;
        let row = record.and_then(|record| match (label(record.label.as_ref()), labels) {
            (None, Labels::Needed) => {
                Err("the label is not as expected: give 0, 1 or the name of a category other than unknown".to_owned())
            }
            (label, _) => Ok(Row { number, label, record }),
        });
        match row {
            Ok(row) if bad == 0 => {
                rows += 1;
                take(row);
            }
            Ok(_) => {}
            Err(error) => {
                bad += 1;
                anstream::eprintln!("smsfilter: {}: line {number}: {error}", path.display());
            }
        }
        if bad == MOST_TOLD {
            break;
        }
    }
    match bad {
        0 => Ok(rows),
        _ => Err(Failure::Refused(format!(
            "{}: 有错误行（最多列出 {MOST_TOLD} 行），未继续 / bad lines, of which up to {MOST_TOLD} are told above: mend or \
             remove them; nothing was made of the others",
            path.display()
        ))),
    }
}

/// All rows of a corpus.
pub(crate) fn all(path: &Path, labels: Labels) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    read(path, labels, |row| rows.push(row))?;
    if rows.is_empty() {
        return Err(Failure::refused(path, "没有短信 / expected at least one message"));
    }
    Ok(rows)
}

fn label(value: Option<&Value>) -> Option<Label> {
    let text = match value? {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    };
    match (text.as_str(), Category::parse(&text)) {
        ("0", _) => Some(Label::Ham),
        ("1", _) => Some(Label::Spam),
        (_, Some(category)) if category != Category::Unknown => Some(Label::Category(category)),
        _ => None,
    }
}

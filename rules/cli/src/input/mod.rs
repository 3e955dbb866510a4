//! Messages in any shape → batches of records, in bounded memory. One bad record never stops the others.
//!
//! Shapes of one message a line go to the workers as blocks of lines. Histories are read by one thread, since what was sent
//! bears on what is received after it, and go to them as records.

mod backup;
mod csv;
mod error;
mod history;
mod json;
pub(crate) mod labelled;
mod lines;
mod open;
mod surrogates;
mod tags;
mod tape;
#[cfg(test)]
mod tests;

use backup::Backup;
use csv::Csv;
use error::not_utf8;
use history::{Batches, Entries};
pub(crate) use lines::Line;
use lines::{Block, Blocks, Parse};
use serde_json::Value;
use smsfilter::Message;
use std::io::Read;
use tape::Reader;

pub(crate) use error::InputError;
pub(crate) use open::{Input, InputArgs, open, progress};

/// Longest line, tag or row that is read; a longer one is skipped and told.
const MAX_LINE: usize = 32 << 20;
const TOO_LONG: &str = "the message is longer than 32 MiB: split it";

/// Bytes asked for at once: some hundred messages.
const BLOCK: usize = 64 << 10;

/// The shape of the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Shape {
    /// `{"id","sender","body","received_at","utc_offset_min","sim","known"}` a line, only `body` required.
    Jsonl,
    /// `label<TAB>source<TAB>text` a line.
    Tsv,
    /// XML of the Android app "SMS Backup & Restore": received messages; sent ones tell whom the user knows from then on.
    BackupXml,
    /// A header row with `body` and perhaps `date`, `address`, `type`, commas between; sent messages as in a backup.
    Csv,
}

/// A message and what stands beside it.
#[derive(Clone, Default)]
pub(crate) struct Record {
    pub(crate) id: Value,
    pub(crate) label: Option<Value>,
    pub(crate) source: Option<Value>,
    pub(crate) message: Message,
}

/// What was read of one message.
pub(crate) struct Entry {
    /// Number of its line, of a backup that of its message; from 1.
    pub(crate) number: u64,
    /// The message, or what is wrong in a sentence without any of its text.
    pub(crate) record: Result<Record, String>,
}

/// Messages that came together.
pub(crate) enum Batch {
    Lines(Block, Parse),
    Entries(Entries),
}

impl Batch {
    /// How much input it was.
    pub(crate) fn size(&self) -> u64 {
        match self {
            Batch::Lines(block, _) => block.size() as u64,
            Batch::Entries(entries) => entries.size,
        }
    }

    /// Multimedia messages without text that were passed over.
    pub(crate) fn skipped(&self) -> u64 {
        match self {
            Batch::Lines(..) => 0,
            Batch::Entries(entries) => entries.skipped,
        }
    }

    fn into_entries(self) -> Vec<Entry> {
        if let Batch::Entries(entries) = self {
            return entries.list;
        }
        let mut list = Vec::new();
        self.each(&mut Record::default(), |number, record| {
            list.push(Entry { number, record: record.cloned().map_err(str::to_owned) });
        });
        list
    }

    /// Gives each message, or what is wrong with it, to `take`; lines are read into the memory of `record`.
    pub(crate) fn each(&self, record: &mut Record, mut take: impl FnMut(u64, Result<&Record, &str>)) {
        match self {
            Batch::Lines(block, parse) => block.lines().for_each(|line| match record.read(&line, *parse) {
                Ok(()) => take(line.number, Ok(record)),
                Err(error) => take(line.number, Err(&error)),
            }),
            Batch::Entries(entries) => {
                entries.list.iter().for_each(|entry| take(entry.number, entry.record.as_ref().map_err(String::as_str)));
            }
        }
    }
}

/// Where batches come from: the one place that knows every shape.
pub(crate) struct Source {
    shape: Shape,
    kind: Kind,
}

enum Kind {
    Lines(Blocks, Parse),
    History(Batches),
}

impl Source {
    /// Without a shape the first line tells it.
    pub(crate) fn new(reader: impl Read + Send + 'static, shape: Option<Shape>) -> Result<Source, InputError> {
        let reader = Reader::new(reader).text()?;
        let lines = |blocks, shape, parse| Source { shape, kind: Kind::Lines(blocks, parse) };
        let history = |batches, shape| Source { shape, kind: Kind::History(batches) };
        Ok(match shape {
            Some(Shape::BackupXml) => history(Batches::new(Backup::new(reader)?), Shape::BackupXml),
            Some(Shape::Csv) => history(Batches::new(Csv::new(reader)?), Shape::Csv),
            Some(Shape::Jsonl) => lines(Blocks::new(reader), Shape::Jsonl, Record::json),
            Some(Shape::Tsv) => lines(Blocks::new(reader), Shape::Tsv, Record::tsv),
            None => {
                let mut blocks = Blocks::new(reader);
                match blocks.are_json()? {
                    true => lines(blocks, Shape::Jsonl, Record::json),
                    false => lines(blocks, Shape::Tsv, Record::tsv),
                }
            }
        })
    }

    /// The shape that was named or told.
    pub(crate) fn shape(&self) -> Shape {
        self.shape
    }

    pub(crate) fn next(&mut self) -> Result<Option<Batch>, InputError> {
        Ok(match &mut self.kind {
            Kind::Lines(blocks, parse) => blocks.next()?.map(|block| Batch::Lines(block, *parse)),
            Kind::History(batches) => batches.next()?.map(Batch::Entries),
        })
    }
}

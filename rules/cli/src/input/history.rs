//! Whole histories, received and sent: read by one thread, as what was sent bears on what is received after it.

use super::{BLOCK, Entry, InputError, Record, tape::Tape};
use smsfilter::{Known, Message, Sender, consent::is_refusal};
use std::collections::HashSet;

/// The offset from UTC in China: backups do not say any.
pub(super) const UTC_OFFSET_MIN: i16 = 480;

/// Numbers that are remembered, and bytes of the longest: the memory of a hostile file is bounded too.
const MAX_REPLIED: usize = 1 << 16;
const MAX_NUMBER: usize = 64;

/// A file of messages of both directions.
pub(super) trait History: Send {
    /// The next received message; none at the end.
    fn next(&mut self) -> Result<Option<Entry>, InputError>;
    fn tape(&self) -> &Tape;
    /// How many messages without text have been passed over.
    fn skipped(&self) -> u64 {
        0
    }
}

/// Received messages as they came together.
pub(crate) struct Entries {
    pub(super) list: Vec<Entry>,
    /// How much input it was.
    pub(super) size: u64,
    /// Messages without text that were passed over.
    pub(super) skipped: u64,
}

/// A history in batches.
pub(super) struct Batches {
    history: Box<dyn History>,
    /// The file ended so after what the last batch holds.
    failed: Option<InputError>,
}

impl Batches {
    pub(super) fn new(history: impl History + 'static) -> Batches {
        Batches { history: Box::new(history), failed: None }
    }

    /// What was read together, or enough of it; whoever writes slowly gets each answer at once.
    pub(super) fn next(&mut self) -> Result<Option<Entries>, InputError> {
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        let (taken, skipped) = (self.history.tape().taken, self.history.skipped());
        let mut entries = Entries { list: Vec::new(), size: 0, skipped: 0 };
        let mut ended = false;
        while !ended {
            match self.history.next() {
                Ok(Some(entry)) => entries.list.push(entry),
                Ok(None) => ended = true,
                Err(error) => {
                    self.failed = Some(error);
                    ended = true;
                }
            }
            entries.size = self.history.tape().taken - taken;
            ended |= entries.size >= BLOCK as u64 || self.history.tape().is_drained();
        }
        entries.skipped = self.history.skipped() - skipped;
        match (&entries, self.failed.take()) {
            (Entries { list, skipped: 0, .. }, failed) if list.is_empty() => failed.map_or(Ok(None), Err),
            (_, failed) => {
                self.failed = failed;
                Ok(Some(entries))
            }
        }
    }
}

/// Which way a message went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Received,
    Sent,
    /// Drafts and what did not go out.
    Neither,
}

impl Direction {
    /// As Android numbers it, or its name.
    pub(super) fn parse(text: &str) -> Option<Direction> {
        match text.to_ascii_lowercase().as_str() {
            "1" | "inbox" | "received" => Some(Direction::Received),
            "2" | "sent" => Some(Direction::Sent),
            "3" | "4" | "5" | "6" | "draft" | "outbox" | "failed" | "queued" => Some(Direction::Neither),
            _ => None,
        }
    }
}

/// Whom the user has written to so far in the file.
#[derive(Default)]
pub(super) struct Replied(HashSet<String>);

impl Replied {
    /// Remembers to whom a message was sent, unless all it says is to send no more.
    pub(super) fn insert(&mut self, address: &str, body: &str) {
        let sender = Sender::parse(address);
        if is_refusal(body) {
            return;
        }
        if self.0.len() < MAX_REPLIED && (1..=MAX_NUMBER).contains(&sender.number().len()) {
            self.0.insert(sender.number().to_owned());
        }
    }

    /// A received message without its text.
    pub(super) fn received(&self, number: u64, address: &str, is_contact: bool) -> Record {
        let mut message = Message { utc_offset_min: UTC_OFFSET_MIN, ..Message::default() };
        self.name_sender(&mut message, address, is_contact);
        Record { id: number.into(), message, ..Record::default() }
    }

    /// Says who sent it. A contact is one even where the user has written, too.
    pub(super) fn name_sender(&self, message: &mut Message, address: &str, is_contact: bool) {
        message.sender = Sender::parse(address);
        message.known = match (is_contact, self.0.contains(message.sender.number())) {
            (true, _) => Known::Contact,
            (false, true) => Known::Replied,
            (false, false) => Known::None,
        };
    }
}

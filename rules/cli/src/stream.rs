//! Batches of messages → blocks of output lines, in order, on all cores, in bounded memory.
//!
//! One thread reads, some classify, the caller writes. Each batch takes its place in the order before a worker gets it, so
//! that the caller finds the answers in order; both queues are short, so that whoever is slow holds up the reader.

use crate::{
    Format,
    input::{Batch, InputError, Record, Source},
    outcome::Count,
    report::Classified,
};
use smsfilter::{Filter, Policy, decide, filter::Scratch};
use std::{
    io::{self, Write},
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread,
};

/// What is done with every message.
pub(crate) struct Job {
    pub(crate) filter: Filter,
    pub(crate) policy: Policy,
    pub(crate) format: Format,
}

/// Memory that a worker reuses from message to message.
#[derive(Default)]
pub(crate) struct Worker {
    record: Record,
    scratch: Scratch,
}

/// What came of a batch.
pub(crate) struct Answer {
    /// An output line for each message.
    pub(crate) lines: Vec<u8>,
    /// Bytes of input.
    pub(crate) read: u64,
    /// Messages, and those that could not be read.
    pub(crate) count: Count,
    /// Multimedia messages without text that were passed over.
    pub(crate) skipped: u64,
}

impl Job {
    /// Answers every message of a batch.
    pub(crate) fn answer(&self, batch: &Batch, worker: &mut Worker) -> Answer {
        let mut lines = Vec::with_capacity(batch.size().min(1 << 20) as usize); // most of it may be films
        let mut count = Count::default();
        let Worker { record, scratch } = worker;
        batch.each(record, |number, record| {
            count.add(record.is_ok());
            let line = match record {
                Ok(record) => self.verdict(record, scratch, &mut lines),
                Err(error) if self.format == Format::Text => write!(lines, "{number}\terror\t{error}"),
                Err(error) => write!(lines, "{{\"line\":{number},\"error\":{}}}", serde_json::Value::from(error)),
            };
            line.unwrap_or_else(|_| unreachable!("memory takes every byte"));
            lines.push(b'\n');
        });
        Answer { lines, read: batch.size(), count, skipped: batch.skipped() }
    }

    fn verdict(&self, record: &Record, scratch: &mut Scratch, out: &mut Vec<u8>) -> io::Result<()> {
        let verdict = self.filter.classify_with(&record.message, scratch);
        let decision = decide(&verdict, &record.message, &self.policy);
        match self.format {
            Format::Json => {
                let mut wire = Classified::new(&record.id, &verdict, &decision);
                (wire.label, wire.source) = (record.label.as_ref(), record.source.as_ref());
                serde_json::to_writer(out, &wire)?;
            }
            Format::Text => {
                let (score, action) = (verdict.score, decision.action.name());
                write!(out, "{}\t{}\t{score}\t{action}\t{}", record.id, verdict.subcategory, decision.row)?;
            }
        }
        Ok(())
    }
}

/// As many workers as keep the machine busy.
pub(crate) fn cores() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// Answers batches on `workers` threads; an error is that of reading, and the last. The threads end with the input, or when
/// the caller no longer listens and the next input comes.
pub(crate) fn start(
    mut source: Source,
    job: &Arc<Job>,
    workers: usize,
) -> impl Iterator<Item = Result<Answer, InputError>> + use<> {
    let (promise, promised) = sync_channel::<Result<Receiver<Answer>, InputError>>(2 * workers);
    let (give, given) = sync_channel::<(Batch, SyncSender<Answer>)>(workers);
    let given = Arc::new(Mutex::new(given));
    for _ in 0..workers {
        let (job, given) = (Arc::clone(job), Arc::clone(&given));
        thread::spawn(move || {
            let mut worker = Worker::default();
            let next = || given.lock().unwrap_or_else(PoisonError::into_inner).recv();
            while let Ok((batch, answer)) = next() {
                // Nobody listens any more when the output was closed.
                drop(answer.send(job.answer(&batch, &mut worker)));
            }
        });
    }
    thread::spawn(move || {
        loop {
            let batch = match source.next() {
                Ok(Some(batch)) => batch,
                Ok(None) => return,
                Err(error) => return drop(promise.send(Err(error))),
            };
            let (answer, place) = sync_channel(1);
            if promise.send(Ok(place)).is_err() || give.send((batch, answer)).is_err() {
                return;
            }
        }
    });
    // A worker keeps every promise unless it panicked, which it has said.
    promised.into_iter().map(|place| place.map(|answer| answer.recv().unwrap_or_else(|_| panic!("a worker stopped"))))
}

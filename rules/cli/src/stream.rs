//! Blocks of input lines → blocks of output lines, in order, on all cores, in bounded memory.
//!
//! One thread reads, some classify, the caller writes. Each block takes its place in the order before a worker gets it, so
//! that the caller finds the answers in order; both queues are short, so that whoever is slow holds up the reader.

use crate::{
    Format,
    input::{Block, Blocks, Line, Record, Shape},
    report::Classified,
};
use smsfilter::{Filter, Policy, decide, filter::Scratch};
use std::{
    io::{self, Read, Write},
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread,
};

/// What is done with every line.
pub(crate) struct Job {
    pub(crate) filter: Filter,
    pub(crate) policy: Policy,
    pub(crate) shape: Shape,
    pub(crate) format: Format,
}

/// Memory that a worker reuses from line to line.
#[derive(Default)]
pub(crate) struct Worker {
    record: Record,
    scratch: Scratch,
}

/// What came of a block.
pub(crate) struct Answer {
    /// An output line for each input line.
    pub(crate) lines: Vec<u8>,
    /// Bytes of input.
    pub(crate) read: u64,
    /// Whether every line could be read.
    pub(crate) good: bool,
}

impl Job {
    /// Answers every line of a block.
    pub(crate) fn answer(&self, block: &Block, worker: &mut Worker) -> Answer {
        let mut out = Vec::with_capacity(block.size());
        let mut good = true;
        for line in block.lines() {
            good &= self.line(&line, worker, &mut out).unwrap_or_else(|_| unreachable!("memory takes every byte"));
            out.push(b'\n');
        }
        Answer { lines: out, read: block.size() as u64, good }
    }

    fn line(&self, line: &Line<'_>, worker: &mut Worker, out: &mut Vec<u8>) -> io::Result<bool> {
        let Worker { record, scratch } = worker;
        if let Err(error) = record.read(line, self.shape) {
            let error = serde_json::Value::from(error);
            write!(out, "{{\"line\":{},\"error\":{error}}}", line.number)?;
            return Ok(false);
        }
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
        Ok(true)
    }
}

/// As many workers as keep the machine busy.
pub(crate) fn cores() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// Answers blocks on `workers` threads; an error is that of reading, and the last. The threads end with the input, or when
/// the caller no longer listens and the next input comes.
pub(crate) fn start<R: Read + Send + 'static>(
    mut blocks: Blocks<R>,
    job: &Arc<Job>,
    workers: usize,
) -> impl Iterator<Item = io::Result<Answer>> + use<R> {
    let (promise, promised) = sync_channel::<io::Result<Receiver<Answer>>>(2 * workers);
    let (give, given) = sync_channel::<(Block, SyncSender<Answer>)>(workers);
    let given = Arc::new(Mutex::new(given));
    for _ in 0..workers {
        let (job, given) = (Arc::clone(job), Arc::clone(&given));
        thread::spawn(move || {
            let mut worker = Worker::default();
            let next = || given.lock().unwrap_or_else(PoisonError::into_inner).recv();
            while let Ok((block, answer)) = next() {
                // Nobody listens any more when the output was closed.
                drop(answer.send(job.answer(&block, &mut worker)));
            }
        });
    }
    thread::spawn(move || {
        loop {
            let block = match blocks.next() {
                Ok(Some(block)) => block,
                Ok(None) => return,
                Err(error) => return drop(promise.send(Err(error))),
            };
            let (answer, place) = sync_channel(1);
            if promise.send(Ok(place)).is_err() || give.send((block, answer)).is_err() {
                return;
            }
        }
    });
    // A worker keeps every promise unless it panicked, which it has said.
    promised.into_iter().map(|place| place.map(|answer| answer.recv().unwrap_or_else(|_| panic!("a worker stopped"))))
}

//! How fast, how small, against what? The engine and the best automaton libraries on the same keywords and messages, in
//! one run, with the same hits.
//!
//! `cargo bench -p smsfilter --bench matching [-- [PART…] [--rounds N] [--model FILE] [--json FILE]]`
//!
//! Parts: `scan`, `nested`, `whole`, `compile`, `open`; all if none is named. Half of the messages are made up here, half come from the
//! development corpus; without it all are made up, and the run says so. Times are ratios of medians over interleaved rounds:
//! each round runs every engine once, so that noise of the machine meets all alike.

#![allow(missing_docs)]

mod image;
mod measure;
mod scan;
mod texts;
mod whole;

use measure::Results;

/// Counts the heap for the figures that bound it.
#[global_allocator]
pub(crate) static HEAP: peak_alloc::PeakAlloc = peak_alloc::PeakAlloc;

type Part = (&'static str, fn(&Options, &mut Results));
const PARTS: [Part; 5] = [
    ("scan", scan::against_peers),
    ("nested", scan::nested),
    ("whole", whole::run),
    ("compile", image::compile),
    ("open", image::open),
];

/// What was asked for.
pub(crate) struct Options {
    pub(crate) rounds: usize,
    /// A trained model; without one the whole job runs without scores, and says so.
    pub(crate) model: Option<String>,
}

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let (mut options, mut json, mut parts) = (Options { rounds: 15, model: None }, None, Vec::new());
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().unwrap_or_else(|| panic!("{argument} wants a value"));
        match argument.as_str() {
            "--rounds" => options.rounds = value().parse().expect("a number of rounds"),
            "--model" => options.model = Some(value()),
            "--json" => json = Some(value()),
            part => {
                let known = PARTS.iter().find(|known| known.0 == part);
                parts.push(
                    known.unwrap_or_else(|| {
                        panic!("no part is named {part:?}; there are: scan nested whole compile open")
                    }),
                );
            }
        }
    }
    let mut results = Results::default();
    for (name, run) in if parts.is_empty() { PARTS.iter().collect() } else { parts } {
        println!("{name}");
        run(&options, &mut results);
    }
    if let Some(path) = json {
        std::fs::write(&path, results.json()).unwrap_or_else(|error| panic!("{path}: {error}"));
    }
}

//! Do policies hold what they promise, on many at random, and is a preview quick?

use super::command::smsfilter;
use crate::corpus::unpacked;
use crate::shell::{self, Outcome};
use std::{fs, time::Instant};

/// Properties of `policy::tests` with a policy and a message at random, and cases of each that make a million.
const PROPERTIES: u32 = 3;
const CASES: u32 = 334_000;

/// Policies and messages at random that every property held of; the run fails with the first that does not.
pub(super) fn random() -> Outcome<Option<f64>> {
    // Descriptions are of policies alone.
    let mut tests = shell::command("cargo test --quiet --release -p smsfilter --lib policy::tests -- --skip describe");
    tests.env("PROPTEST_CASES", CASES.to_string());
    // A verdict drawn outside the table of categories is drawn again.
    tests.env("PROPTEST_MAX_LOCAL_REJECTS", u32::MAX.to_string());
    shell::run(&mut tests)?;
    Ok(Some(f64::from(PROPERTIES * CASES)))
}

/// Seconds of `policy preview` over 50,000 messages, from start to end of the command.
pub(super) fn preview() -> Outcome<Option<f64>> {
    let Some(corpus) = unpacked("zh_dev")? else { return Ok(None) };
    let text = fs::read_to_string(&corpus).map_err(|e| format!("{}: {e}", corpus.display()))?;
    let history = shell::target().join("history.tsv");
    let lines: String = text.split_inclusive('\n').cycle().take(50_000).collect();
    fs::write(&history, lines).map_err(|e| format!("{}: {e}", history.display()))?;
    let preview = || smsfilter(&["policy", "preview", &history.to_string_lossy(), "--to", "strict"]);
    preview()?; // the command is built, the file read once
    let start = Instant::now();
    preview()?;
    Ok(Some(start.elapsed().as_secs_f64()))
}

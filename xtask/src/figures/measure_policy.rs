//! Do policies hold what they promise, on many at random, and is a preview quick?

use super::command::smsfilter;
use crate::corpus::unpacked;
use crate::shell::{self, Outcome};
use std::{fs, time::Instant};

/// Properties of `policy::tests` with a policy and a message at random, and cases of each that make a million.
const PROPERTIES: [&str; 3] = [
    "nothing_but_a_users_rule_or_a_marked_exception_passes_the_floor",
    "an_exception_added_at_the_end_never_decides_what_an_earlier_one_decided",
    "an_overlay_never_does_less_and_touches_nothing_outside_its_days",
];
const CASES: u32 = 334_000;

/// Policies and messages at random of which every property held; the run fails with the first of which one does not.
pub(super) fn random() -> Outcome<Option<f64>> {
    let mut tests = shell::command("cargo test --release -p smsfilter --lib");
    tests.args(["--", "--exact"]).args(PROPERTIES.map(|name| format!("policy::tests::{name}")));
    tests.env("PROPTEST_CASES", CASES.to_string());
    // A verdict drawn outside the table of categories is drawn again.
    tests.env("PROPTEST_MAX_LOCAL_REJECTS", u32::MAX.to_string());
    let (lines, succeeded) = shell::run_and_read(&mut tests)?;
    let held = PROPERTIES.iter().filter(|name| lines.contains(&format!("test policy::tests::{name} ... ok"))).count();
    match succeeded {
        true => Ok(Some(held as f64 * f64::from(CASES))),
        false => Err("a property of the policies does not hold".into()),
    }
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

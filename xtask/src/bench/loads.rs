//! Do all say the same of 100,000 messages, and do millions of calls hold while rules come and go? Tests of `jvm-test`, with
//! more of everything.

use super::{Row, Stage, figures};
use crate::jvm;
use crate::shell::{self, Outcome};

/// What the bar asks for; one of them has 10 MB.
const MESSAGES: usize = 100_000;
/// Of each of the eight threads.
const CALLS: u32 = 1_000_000;
const SWAPS: u32 = 1_000;

pub(super) fn differential(stage: &Stage) -> Outcome<Vec<Row>> {
    let messages = stage.messages("crossing", MESSAGES, "messages.bin")?;
    let path = format!("-Dsmsfilter.messages={}", messages.display());
    let rows = test(stage, "DifferentialTest", &[&path, "-Xmx2g"])?;
    Ok(rows.into_iter().map(|Row(name, value, _)| Row(format!("differential, {name}"), value, "messages")).collect())
}

pub(super) fn concurrency(stage: &Stage) -> Outcome<Vec<Row>> {
    let (calls, swaps) = (format!("-Dsmsfilter.calls={CALLS}"), format!("-Dsmsfilter.swaps={SWAPS}"));
    let rows = test(stage, "ConcurrencyTest", &[&calls, &swaps, "-Dsmsfilter.heap=true"])?;
    let unit = |name: &str| if name.ends_with("heap growth") { "bytes" } else { "" };
    Ok(rows.into_iter().map(|Row(name, value, _)| Row(name.clone(), value, unit(&name))).collect())
}

/// Runs a test; the figures that it prints. A failed test whose figures are there is a figure too.
fn test(stage: &Stage, class: &str, options: &[&str]) -> Outcome<Vec<Row>> {
    let mut java = jvm::java(&stage.tests, &stage.library);
    java.args(options).arg(format!("-Dsmsfilter.target={}", stage.files.display()));
    let (lines, passed) =
        shell::run_and_read(java.arg("org.junit.runner.JUnitCore").arg(format!("org.smsfilter.{class}")))?;
    let rows = figures(&lines, "");
    match passed || rows.iter().any(|Row(name, value, _)| name.ends_with("mismatches") && *value > 0.0) {
        true => Ok(rows),
        false => Err(format!("{class} failed")),
    }
}

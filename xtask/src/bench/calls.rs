//! What does a call cost on each road, and what would it cost without Java? The comparison is in processor time and in turns;
//! JMH measures the roads by the clock, in rounds of which the median counts.

use std::path::Path;

use serde_json::Value;

use super::{Row, Stage, figures, median};
use crate::jvm;
use crate::shell::{self, Outcome};

const ROUNDS: usize = 3;
/// Several messages, so that none is learnt by heart; `Calls.java` takes the first of them.
const MESSAGES: usize = 10_000;
const JMH: &str = "-f 1 -wi 3 -w 1s -i 5 -r 1s -foe true -v SILENT -rf json -rff";

pub(super) fn calls(stage: &Stage) -> Outcome<Vec<Row>> {
    stage.messages("cut", MESSAGES, "messages.txt")?;
    let mut java = java(stage);
    let (lines, passed) = shell::run_and_read(java.arg("org.smsfilter.bench.Overhead"))?;
    let mut rows = figures(&lines, "µs");
    if !passed {
        return Err("the comparison with the native loop failed".into());
    }
    let rounds = (0..ROUNDS).map(|_| Ok((jmh(stage, "Calls", 1)?, jmh(stage, "Calls.receive$", 2)?)));
    let rounds: Vec<(Times, Times)> = rounds.collect::<Outcome<_>>()?;
    for name in ["receive", "nativeLoop", "classify", "decide"] {
        let time = median(rounds.iter().filter_map(|(alone, _)| of(alone, name)));
        rows.push(Row(format!("JMH, {name}"), time, "µs"));
    }
    let speedup = rounds.iter().filter_map(|(alone, two)| Some(2.0 * of(alone, "receive")? / of(two, "receive")?));
    rows.push(Row("JMH, receive on two threads against one: throughput".into(), median(speedup), "×"));
    Ok(rows)
}

fn java(stage: &Stage) -> std::process::Command {
    let mut java = jvm::java(&stage.benchmarks, &stage.library);
    java.arg(format!("-Dsmsfilter.target={}", stage.files.display()));
    java
}

/// Median microseconds a message, by benchmark.
type Times = Vec<(String, f64)>;

fn of(times: &Times, benchmark: &str) -> Option<f64> {
    times.iter().find(|(name, _)| name == benchmark).map(|row| row.1)
}

fn jmh(stage: &Stage, pattern: &str, threads: usize) -> Outcome<Times> {
    let json = stage.files.join("jmh.json");
    let mut java = java(stage);
    java.args(["org.openjdk.jmh.Main", pattern]).args(JMH.split(' ')).arg(&json).args(["-t", &threads.to_string()]);
    shell::run(&mut java)?;
    read(&json)
}

fn read(json: &Path) -> Outcome<Times> {
    let failed = |e: &dyn std::fmt::Display| format!("{}: {e}", json.display());
    let text = std::fs::read_to_string(json).map_err(|e| failed(&e))?;
    let rows: Vec<Value> = serde_json::from_str(&text).map_err(|e| failed(&e))?;
    let time = |row: &Value| {
        let name = row["benchmark"].as_str()?.rsplit('.').next()?.to_owned();
        let forks = row["primaryMetric"]["rawData"].as_array()?.iter();
        let iterations = forks.filter_map(Value::as_array).flatten().filter_map(Value::as_f64);
        Some((name, median(iterations) / 1000.0)) // JMH was asked for nanoseconds
    };
    Ok(rows.iter().filter_map(time).collect())
}

//! What does the first verdict of a process cost on each road? A JVM for each sample, in turns.

use super::{Row, Stage, median};
use crate::jvm;
use crate::shell::Outcome;

/// Of each road; the first of all are left out, as they read files from the disk.
const SAMPLES: usize = 20;

pub(super) fn start(stage: &Stage) -> Outcome<Vec<Row>> {
    let roads = ["jni", "jna"];
    let mut samples = [Vec::new(), Vec::new()];
    for round in 0..=SAMPLES {
        for (road, samples) in roads.iter().zip(&mut samples) {
            let sample = sample(stage, road)?;
            if round > 0 {
                samples.push(sample);
            }
        }
    }
    let [jni, jna] = samples.map(median);
    Ok(vec![
        Row("cold start over JNI".into(), jni, "ms"),
        Row("cold start over JNA".into(), jna, "ms"),
        Row("cold start, JNA against JNI".into(), jna / jni, "×"),
    ])
}

/// Milliseconds.
fn sample(stage: &Stage, road: &str) -> Outcome<f64> {
    let mut java = jvm::java(&stage.benchmarks, &stage.library);
    let image = stage.files.join("national.smsi");
    let output = java.args(["org.smsfilter.bench.ColdStart", road]).arg(image).output();
    let output = output.map_err(|e| format!("cannot start java: {e}"))?;
    let said = String::from_utf8_lossy(&output.stdout);
    let nanoseconds = said.trim().strip_prefix("cold start: ").and_then(|n| n.parse::<f64>().ok());
    nanoseconds.map(|n| n / 1e6).ok_or_else(|| String::from_utf8_lossy(&output.stderr).into_owned())
}

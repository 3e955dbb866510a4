//! What do the benchmarks of the core and of the tests say, and the planted messages? Each runs once, with a model trained
//! for it where the development corpus is beside the project.

use super::command::smsfilter;
use crate::corpus::unpacked;
use crate::shell::{self, Outcome};
use serde_json::Value;
use std::{collections::BTreeMap, fs, path::Path, sync::OnceLock};

/// A figure of `cargo bench -p smsfilter --bench matching`, by its name there; none if the run had no use for it.
pub(super) fn matching(name: &str) -> Outcome<Option<f64>> {
    static SAID: OnceLock<Outcome<BTreeMap<String, f64>>> = OnceLock::new();
    let said = SAID.get_or_init(|| {
        let json = shell::target().join("matching.json");
        let mut bench = shell::command("cargo bench -p smsfilter --bench matching --");
        if let Some(corpus) = unpacked("zh_train")? {
            let model = shell::target().join("figures.smm");
            smsfilter(&["train", &corpus.to_string_lossy(), "--out", &model.to_string_lossy()])?;
            bench.arg("--model").arg(model);
        }
        shell::run(bench.arg("--json").arg(&json))?;
        read(&json)
    });
    Ok(said.as_ref().map_err(Clone::clone)?.get(name).copied())
}

/// The worse of the two halves of the messages.
pub(super) fn worse(prefix: &str, suffix: &str) -> Outcome<Option<f64>> {
    let halves = [matching(&format!("{prefix}, made up: {suffix}"))?, matching(&format!("{prefix}, real: {suffix}"))?];
    Ok(halves.into_iter().flatten().reduce(f64::max))
}

/// Both halves together.
pub(super) fn sum(prefix: &str, suffix: &str) -> Outcome<Option<f64>> {
    let halves = [matching(&format!("{prefix}, made up: {suffix}"))?, matching(&format!("{prefix}, real: {suffix}"))?];
    Ok(halves.into_iter().flatten().reduce(|a, b| a + b))
}

/// The slowest character of any message against the median of ordinary ones.
pub(super) fn slowest() -> Outcome<Option<f64>> {
    let json = shell::target().join("pathological.json");
    let mut bench = shell::command("cargo bench -p smsfilter-tests --bench pathological -- --json");
    shell::run(bench.arg(&json))?;
    Ok(read(&json)?.get("slowest character").copied())
}

/// A share of what was planted in 100,000 messages, or of what was not, that masking masks.
pub(super) fn masking(name: &str) -> Outcome<Option<f64>> {
    static SAID: OnceLock<Outcome<BTreeMap<String, f64>>> = OnceLock::new();
    let said = SAID.get_or_init(|| {
        let json = shell::target().join("masking.json");
        let mut run = shell::command("cargo run --release -p smsfilter-tests --bin masking -- 100000 --json");
        shell::run(run.arg(&json))?;
        read(&json)
    });
    Ok(said.as_ref().map_err(Clone::clone)?.get(name).copied())
}

fn read(json: &Path) -> Outcome<BTreeMap<String, f64>> {
    let text = fs::read_to_string(json).map_err(|e| format!("{}: {e}", json.display()))?;
    let rows: Vec<Value> = serde_json::from_str(&text).map_err(|e| e.to_string())?;
    let row = |row: &Value| Some((row["name"].as_str()?.to_owned(), row["value"].as_f64()?));
    Ok(rows.iter().filter_map(row).collect())
}

//! What does `classify` make of the development corpus? The corpus is not part of the project: without it its figures are
//! left out, with the reason printed.

use super::command::release;
use crate::corpus::unpacked;
use crate::shell::{self, Outcome};
use serde_json::Value;
use std::{
    collections::BTreeMap,
    fs,
    io::Read as _,
    path::PathBuf,
    process::{Command, Stdio},
    sync::OnceLock,
    time::Duration,
};

pub(super) fn is_spam(category: &str) -> bool {
    is_blocked(category) || category == "promotion"
}

pub(super) fn is_blocked(category: &str) -> bool {
    matches!(category, "phishing" | "fraud" | "illegal")
}

/// Share of the rows of zh_dev of a source (all if empty) with this label whose category fits, in percent.
pub(super) fn dev(source: &str, label: &str, fits: fn(&str) -> bool) -> Outcome<Option<f64>> {
    static VERDICTS: OnceLock<Outcome<Option<Counts>>> = OnceLock::new();
    share(&VERDICTS, "zh_dev", source, label, fits)
}

/// The same of the English corpus.
pub(super) fn english(label: &str, fits: fn(&str) -> bool) -> Outcome<Option<f64>> {
    static VERDICTS: OnceLock<Outcome<Option<Counts>>> = OnceLock::new();
    share(&VERDICTS, "en_uci", "", label, fits)
}

fn share(
    verdicts: &'static OnceLock<Outcome<Option<Counts>>>,
    corpus: &str,
    source: &str,
    label: &str,
    fits: fn(&str) -> bool,
) -> Outcome<Option<f64>> {
    let verdicts = verdicts.get_or_init(|| count(corpus));
    let Some(rows) = verdicts.as_ref().map_err(Clone::clone)? else { return Ok(None) };
    let mut counts = (0.0, 0.0);
    for ((row_source, row_label, category), count) in rows {
        if row_label == label && (source.is_empty() || row_source == source) {
            counts = (counts.0 + if fits(category) { *count as f64 } else { 0.0 }, counts.1 + *count as f64);
        }
    }
    Ok(Some(counts.0 * 100.0 / counts.1))
}

type Counts = BTreeMap<(String, String, String), u64>;

/// How often each (source, label, category) occurs.
fn count(corpus: &str) -> Outcome<Option<Counts>> {
    let Some(corpus) = unpacked(corpus)? else { return Ok(None) };
    let mut counts = Counts::new();
    for line in run(&[&corpus.to_string_lossy()])?.0.lines() {
        let row: Value = serde_json::from_str(line).map_err(|e| e.to_string())?;
        let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
        *counts.entry((text("source"), text("label"), text("category"))).or_default() += 1;
    }
    Ok(Some(counts))
}

fn corpus() -> Outcome<Option<PathBuf>> {
    unpacked("zh_dev")
}

/// Runs `classify` on a file; its output and its peak memory in KiB. Lines that do not read end it with 1; anything else is no
/// measurement.
pub(super) fn run(arguments: &[&str]) -> Outcome<(String, u64)> {
    let mut child = Command::new(release()?)
        .args(["classify", "--no-model"])
        .args(arguments)
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|e| format!("smsfilter: {e}"))?;
    let status = format!("/proc/{}/status", child.id());
    let watch = std::thread::spawn(move || {
        let mut peak = 0;
        while let Ok(text) = fs::read_to_string(&status) {
            let Some(line) = text.lines().find_map(|line| line.strip_prefix("VmHWM:")) else { break };
            peak = line.trim_end_matches("kB").trim().parse().unwrap_or(peak);
            std::thread::sleep(Duration::from_millis(5));
        }
        peak
    });
    let mut output = String::new();
    let read = child.stdout.take().map(|mut out| out.read_to_string(&mut output));
    read.transpose().map_err(|e| format!("smsfilter: {e}"))?;
    let status = child.wait().map_err(|e| format!("smsfilter: {e}"))?;
    if !matches!(status.code(), Some(0 | 1)) {
        return Err(format!("smsfilter classify: {status}"));
    }
    Ok((output, watch.join().unwrap_or_default()))
}

/// Error lines over both forms of the corpus, plus lines on which the two disagree.
pub(super) fn errors() -> Outcome<Option<f64>> {
    let Some(corpus) = corpus()? else { return Ok(None) };
    let text = fs::read_to_string(&corpus).map_err(|e| e.to_string())?;
    let json = shell::target().join("zh_dev.jsonl");
    let lines: String = text
        .lines()
        .map(|line| line.splitn(3, '\t').collect::<Vec<_>>())
        .map(|row| serde_json::json!({"label": row[0], "source": row[1], "body": row[2]}).to_string() + "\n")
        .collect();
    fs::write(&json, lines).map_err(|e| e.to_string())?;
    let (tsv, json) = (run(&[&corpus.to_string_lossy()])?.0, run(&[&json.to_string_lossy()])?.0);
    let bad = tsv.lines().zip(json.lines()).filter(|(a, b)| a != b || a.contains("\"error\":")).count();
    Ok(Some((bad + tsv.lines().count().abs_diff(text.lines().count())) as f64))
}

pub(super) fn memory() -> Outcome<Option<f64>> {
    let Some(corpus) = corpus()? else { return Ok(None) };
    let text = fs::read(&corpus).map_err(|e| e.to_string())?;
    let eight = shell::target().join("zh_dev_8.tsv");
    fs::write(&eight, text.repeat(8)).map_err(|e| e.to_string())?;
    let (once, many) = (run(&[&corpus.to_string_lossy()])?.1, run(&[&eight.to_string_lossy()])?.1);
    fs::remove_file(&eight).map_err(|e| e.to_string())?;
    Ok(Some(many as f64 / once.max(1) as f64))
}

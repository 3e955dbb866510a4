//! The figures and how each is measured. The development corpus is not part of the project: without it those figures are
//! left out, with the reason printed.

use super::{Bound, Figure, Measure};
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

const CLASSIFY: &str = "cargo xtask figures (runs classify --no-model on ../shared/corpus/zh_dev.tsv.gz)";
const BUILD: &str = "cargo run --release -- build rules/national --key K --out B";

pub(super) const FIGURES: &[Figure] = &[
    Figure {
        name: "fresh clone, both README commands",
        unit: "",
        bound: Bound::Recorded,
        command: "cargo run --release -- demo; cargo xtask test",
        measure: Measure::Read("succeed"),
    },
    share("zh_dev spam in a spam category, rules alone", Bound::AtLeast(40.0), || dev("", "1", is_spam)),
    share("zh_dev spam in a spam category, sms80w", Bound::Recorded, || dev("sms80w", "1", is_spam)),
    share("zh_dev spam in a spam category, antispam_msglog", Bound::Recorded, || dev("antispam_msglog", "1", is_spam)),
    share("zh_dev spam in a spam category, mudou", Bound::Recorded, || dev("mudou", "1", is_spam)),
    share("zh_dev ham blocked, rules alone", Bound::AtMost(0.3), || dev("", "0", is_blocked)),
    share("zh_dev ham blocked, sms80w", Bound::Recorded, || dev("sms80w", "0", is_blocked)),
    share("zh_dev ham blocked, antispam_msglog", Bound::Recorded, || dev("antispam_msglog", "0", is_blocked)),
    share("zh_dev ham blocked, mudou", Bound::Recorded, || dev("mudou", "0", is_blocked)),
    share("zh_dev ham blocked, nus_zh", Bound::Recorded, || dev("nus_zh", "0", is_blocked)),
    Figure {
        name: "zh_dev lines with an error, as TSV and as JSON lines",
        unit: "lines",
        bound: Bound::AtMost(0.0),
        command: CLASSIFY,
        measure: Measure::Run(errors),
    },
    Figure {
        name: "peak memory of classify, zh_dev eight times over against once",
        unit: "×",
        bound: Bound::AtMost(1.25),
        command: CLASSIFY,
        measure: Measure::Run(memory),
    },
    Figure {
        name: "differing bytes of two builds from two paths",
        unit: "bytes",
        bound: Bound::AtMost(0.0),
        command: BUILD,
        measure: Measure::Run(differing_builds),
    },
    Figure {
        name: "golden bundle",
        unit: "bytes",
        bound: Bound::AtMost(16384.0),
        command: "wc -c tests/golden/mini.smsb",
        measure: Measure::Run(|| Ok(Some(shell::size(&shell::root().join("tests/golden/mini.smsb"))?))),
    },
    Figure {
        name: "national bundle",
        unit: "bytes",
        bound: Bound::Recorded,
        command: BUILD,
        measure: Measure::Run(|| national().map(|(bundle, _)| Some(bundle.len() as f64))),
    },
    Figure {
        name: "national image",
        unit: "bytes",
        bound: Bound::AtMost(700_000.0),
        command: "cargo run --release -- compile B --out I",
        measure: Measure::Run(|| national().map(|(_, image)| Some(image.len() as f64))),
    },
    Figure {
        name: "native library of this machine, as shipped, not stripped",
        unit: "bytes",
        bound: Bound::Recorded,
        command: "cargo build -p smsfilter-ffi --profile dist",
        measure: Measure::Run(|| {
            shell::run(&mut shell::command("cargo build -p smsfilter-ffi --profile dist"))?;
            let name = format!("{}smsfilter_ffi{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
            Ok(Some(shell::size(&shell::target().join("dist").join(name))?))
        }),
    },
];

const fn share(name: &'static str, bound: Bound, measure: fn() -> Outcome<Option<f64>>) -> Figure {
    Figure { name, unit: "%", bound, command: CLASSIFY, measure: Measure::Run(measure) }
}

fn is_spam(category: &str) -> bool {
    is_blocked(category) || category == "promotion"
}

fn is_blocked(category: &str) -> bool {
    matches!(category, "phishing" | "fraud" | "illegal")
}

/// Share of the rows of a source (all if empty) with this label whose category fits, in percent.
fn dev(source: &str, label: &str, fits: fn(&str) -> bool) -> Outcome<Option<f64>> {
    let Some(rows) = verdicts()? else { return Ok(None) };
    let mut counts = (0.0, 0.0);
    for ((row_source, row_label, category), count) in rows {
        if row_label == label && (source.is_empty() || row_source == source) {
            counts = (counts.0 + if fits(category) { *count as f64 } else { 0.0 }, counts.1 + *count as f64);
        }
    }
    Ok(Some(counts.0 * 100.0 / counts.1))
}

type Counts = BTreeMap<(String, String, String), u64>;

/// How often each (source, label, category) occurs in zh_dev.
fn verdicts() -> Outcome<Option<&'static Counts>> {
    static VERDICTS: OnceLock<Outcome<Option<Counts>>> = OnceLock::new();
    let counted = VERDICTS.get_or_init(|| {
        let Some(corpus) = corpus()? else { return Ok(None) };
        let mut counts = Counts::new();
        for line in run(&[corpus.to_str().unwrap_or_default()])?.0.lines() {
            let row: Value = serde_json::from_str(line).map_err(|e| e.to_string())?;
            let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
            *counts.entry((text("source"), text("label"), text("category"))).or_default() += 1;
        }
        Ok(Some(counts))
    });
    counted.as_ref().map(Option::as_ref).map_err(Clone::clone)
}

/// The unpacked development corpus; `None` with a printed reason if it is not beside the project.
fn corpus() -> Outcome<Option<PathBuf>> {
    let packed = shell::root().join("../shared/corpus/zh_dev.tsv.gz");
    if !packed.exists() {
        println!("no development corpus beside the project: its figures are left out");
        return Ok(None);
    }
    let out = shell::target().join("zh_dev.tsv");
    let file = fs::File::create(&out).map_err(|e| format!("{}: {e}", out.display()))?;
    let status =
        Command::new("gzip").arg("-dc").arg(&packed).stdout(file).status().map_err(|e| format!("gzip: {e}"))?;
    if status.success() { Ok(Some(out)) } else { Err("gzip cannot unpack the corpus".into()) }
}

/// Runs `classify` on a file; its output and its peak memory in KiB.
fn run(arguments: &[&str]) -> Outcome<(String, u64)> {
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
    child.wait().map_err(|e| format!("smsfilter: {e}"))?;
    Ok((output, watch.join().unwrap_or_default()))
}

fn release() -> Outcome<PathBuf> {
    static BUILT: OnceLock<Outcome> = OnceLock::new();
    BUILT.get_or_init(|| shell::run(&mut shell::command("cargo build --release -p smsfilter-cli"))).clone()?;
    Ok(shell::target().join("release/smsfilter"))
}

/// Error lines over both forms of the corpus, plus lines on which the two disagree.
fn errors() -> Outcome<Option<f64>> {
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

fn memory() -> Outcome<Option<f64>> {
    let Some(corpus) = corpus()? else { return Ok(None) };
    let text = fs::read(&corpus).map_err(|e| e.to_string())?;
    let eight = shell::target().join("zh_dev_8.tsv");
    fs::write(&eight, text.repeat(8)).map_err(|e| e.to_string())?;
    let (once, many) = (run(&[&corpus.to_string_lossy()])?.1, run(&[&eight.to_string_lossy()])?.1);
    fs::remove_file(&eight).map_err(|e| e.to_string())?;
    Ok(Some(many as f64 / once.max(1) as f64))
}

/// The national bundle as `build` makes it, and its image.
fn national() -> Outcome<(Vec<u8>, Vec<u8>)> {
    let dir = scratch("national")?;
    build(&shell::root().join("rules/national"), &dir)?;
    smsfilter(&["compile", &path(&dir, "b.smsb"), "--out", &path(&dir, "i.smsi"), "--trust", &path(&dir, "k.pub")])?;
    let read = |name: &str| fs::read(dir.join(name)).map_err(|e| e.to_string());
    Ok((read("b.smsb")?, read("i.smsi")?))
}

fn differing_builds() -> Outcome<Option<f64>> {
    let (first, second) = (scratch("first")?, scratch("second")?);
    let copy = scratch("copy/of/the/rules")?;
    let national = shell::root().join("rules/national");
    for entry in fs::read_dir(&national).map_err(|e| e.to_string())?.flatten() {
        fs::copy(entry.path(), copy.join(entry.file_name())).map_err(|e| e.to_string())?;
    }
    build(&national, &first)?;
    for name in ["k", "k.pub"] {
        fs::copy(first.join(name), second.join(name)).map_err(|e| e.to_string())?;
    }
    build(&copy, &second)?;
    let read = |dir: &PathBuf| fs::read(dir.join("b.smsb")).map_err(|e| e.to_string());
    let (first, second) = (read(&first)?, read(&second)?);
    let differ = first.iter().zip(&second).filter(|(a, b)| a != b).count();
    Ok(Some((differ + first.len().abs_diff(second.len())) as f64))
}

fn build(rules: &std::path::Path, dir: &std::path::Path) -> Outcome {
    if !dir.join("k").exists() {
        smsfilter(&["key", "new", "--out", &path(dir, "k")])?;
    }
    smsfilter(&["build", &rules.to_string_lossy(), "--key", &path(dir, "k"), "--out", &path(dir, "b.smsb")])
}

fn smsfilter(arguments: &[&str]) -> Outcome {
    let run = Command::new(release()?).args(arguments).stdin(Stdio::null()).output();
    let run = run.map_err(|e| format!("smsfilter: {e}"))?;
    if run.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&run.stderr).into_owned()) }
}

/// An empty folder under `target/figures`.
fn scratch(name: &str) -> Outcome<PathBuf> {
    let dir = shell::target().join("figures").join(name);
    if dir.exists() {
        fs::remove_dir_all(&dir).map_err(|e| format!("{}: {e}", dir.display()))?;
    }
    fs::create_dir_all(&dir).map_err(|e| format!("{}: {e}", dir.display()))?;
    Ok(dir)
}

fn path(dir: &std::path::Path, name: &str) -> String {
    dir.join(name).to_string_lossy().into_owned()
}

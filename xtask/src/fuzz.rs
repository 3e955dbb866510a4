//! Does any input break what must hold? Runs the targets of `core/fuzz` under libFuzzer and says how far they came.
//!
//! The stable compiler builds them: the flags below are what cargo-fuzz gives a nightly, less the sanitizer. Without
//! `--runs` and `--seconds` it is a short run from the files of this repository, the same every time. With either the
//! inputs found are kept in `target/fuzz/corpus` and the next run goes on from them, until nothing new is found; how far
//! it came is kept in `target/fuzz/long` for the figures.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::setup;
use crate::shell::{self, Outcome};

/// Targets with the executions of a short run: some two seconds each.
const SHORT: [(&str, u64); 5] =
    [("fold", 15_000), ("toml", 1_500), ("bundle", 3_000), ("image", 1_500), ("classify", 1_000)];

/// How many there are.
pub(crate) const TARGETS: usize = SHORT.len();

/// An explicit `--target` keeps these from build scripts and macros.
const FLAGS: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Ccodegen-units=1 -Cdebug-assertions=y";

/// A fixed seed, so that equal programs find equal inputs; bounds on memory (MB), time (s) and length of an input.
const LIMITS: [&str; 6] =
    ["-seed=1", "-rss_limit_mb=1024", "-timeout=10", "-max_len=8192", "-len_control=0", "-print_final_stats=1"];

/// Lines shown of a run that failed.
const SHOWN: usize = 60;

/// How a run of one target ended.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Ran {
    target: String,
    executions: u64,
    edges: u64,
    per_second: u64,
    /// The execution that saw an edge for the first time, the last of all.
    last_edge: u64,
    pub(crate) failures: u64,
}

/// How long to run.
#[derive(Clone, Copy)]
enum Length {
    Short,
    Runs(u64),
    Seconds(u64),
}

pub(crate) fn run(args: &[String]) -> Outcome {
    let usage = || "takes [TARGET] [--runs N | --seconds S] [--json]".to_owned();
    let (mut length, mut json, mut only) = (Length::Short, false, None);
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let mut number = || args.next().and_then(|n| n.parse().ok()).ok_or_else(usage);
        match arg.as_str() {
            "--json" => json = true,
            "--runs" => length = Length::Runs(number()?),
            "--seconds" => length = Length::Seconds(number()?),
            name if only.is_none() && SHORT.iter().any(|row| row.0 == name) => only = Some(name),
            _ => return Err(usage()),
        }
    }
    setup::for_fuzz()?;
    let programs = build()?;
    let mut failures = 0;
    for (target, _) in SHORT.iter().filter(|row| only.is_none_or(|only| only == row.0)) {
        let ran = fuzz(&programs, target, length)?;
        failures += ran.failures;
        if !matches!(length, Length::Short) {
            ran.keep()?;
        }
        println!("{}", if json { ran.json() } else { format!("fuzz: {}", ran.line()) });
        if !json && !matches!(length, Length::Short) {
            println!("  {} executions a second; no new edge {}", ran.per_second, ran.saturation());
        }
    }
    if failures == 0 { Ok(()) } else { Err(format!("{failures} inputs break their target")) }
}

/// What the last long run of every target says under this name, targets without one left out.
pub(crate) fn long(name: &str) -> Outcome<Vec<f64>> {
    let said = |target: &str| {
        let text = std::fs::read_to_string(folder("long").join(target)).ok()?;
        Some(serde_json::from_str::<serde_json::Value>(&text).map_err(|e| format!("target/fuzz/long/{target}: {e}")))
    };
    let rows = SHORT.iter().filter_map(|row| said(row.0)).collect::<Outcome<Vec<_>>>()?;
    rows.iter().map(|row| row[name].as_f64().ok_or_else(|| format!("target/fuzz/long tells no \"{name}\""))).collect()
}

/// A short run of every target.
pub(crate) fn short() -> Outcome<Vec<Ran>> {
    let programs = build()?;
    SHORT.iter().map(|(target, _)| fuzz(&programs, target, Length::Short)).collect()
}

/// Style and lints of the targets, which are no members of the workspace.
pub(crate) fn check() -> Outcome {
    shell::run(&mut shell::command("cargo fmt --all --check --manifest-path core/fuzz/Cargo.toml"))?;
    let mut clippy = cargo("clippy")?;
    shell::run(clippy.args(["--", "-D", "warnings"]))
}

/// Builds all targets, and says where they are.
fn build() -> Outcome<PathBuf> {
    // Not to stdout, which may be JSON lines.
    eprintln!("building the targets of core/fuzz; the first time takes two minutes");
    let status = cargo("build")?.status().map_err(|e| format!("cannot start cargo: {e}"))?;
    if !status.success() {
        return Err("the targets of core/fuzz do not build".into());
    }
    Ok(folder("").join(host()?).join("release"))
}

fn cargo(what: &str) -> Outcome<Command> {
    let line =
        format!("cargo {what} --quiet --locked --release --manifest-path core/fuzz/Cargo.toml --target {}", host()?);
    let mut command = shell::command(&line);
    command.arg("--target-dir").arg(folder("")).env("RUSTFLAGS", FLAGS).env_remove("CARGO_ENCODED_RUSTFLAGS");
    Ok(command)
}

/// The triple of this machine.
fn host() -> Outcome<String> {
    let output = shell::command("rustc -vV").output().map_err(|e| format!("cannot start rustc: {e}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| "rustc -vV names no host".to_owned())
}

fn folder(name: &str) -> PathBuf {
    shell::target().join("fuzz").join(name)
}

fn fuzz(programs: &Path, target: &str, length: Length) -> Outcome<Ran> {
    let seeds = fresh(&folder("seeds").join(target))?;
    for (n, seed) in smsfilter_tests::fuzz::seeds(target).iter().enumerate() {
        let path = seeds.join(format!("{n:03}"));
        std::fs::write(&path, seed).map_err(|e| format!("{}: {e}", path.display()))?;
    }
    let artifacts = folder("artifacts").join(target);
    std::fs::create_dir_all(&artifacts).map_err(|e| format!("{}: {e}", artifacts.display()))?;
    let command = || {
        let mut command = Command::new(programs.join(target));
        command.current_dir(shell::root()).stdin(Stdio::null()).args(LIMITS);
        command.arg(format!("-artifact_prefix={}/", artifacts.display()));
        command
    };
    let (corpus, limit) = match length {
        Length::Short => (fresh(&folder("short").join(target))?, format!("-runs={}", executions(target))),
        Length::Runs(n) => (merged(command(), target, &seeds)?, format!("-runs={n}")),
        Length::Seconds(n) => (merged(command(), target, &seeds)?, format!("-max_total_time={n}")),
    };
    listen(command().arg(limit).arg(corpus).arg(&seeds), target)
}

fn executions(target: &str) -> u64 {
    SHORT.iter().find(|row| row.0 == target).map_or(0, |row| row.1)
}

/// The kept inputs of a target, less those that others and the seeds make superfluous.
fn merged(mut command: Command, target: &str, seeds: &Path) -> Outcome<PathBuf> {
    let kept = folder("corpus").join(target);
    let next = fresh(&folder("merged").join(target))?;
    std::fs::create_dir_all(&kept).map_err(|e| format!("{}: {e}", kept.display()))?;
    let ran = listen(command.arg("-merge=1").arg(&next).arg(&kept).arg(seeds), target)?;
    if ran.failures > 0 {
        return Err(format!("a kept input of {target} breaks it"));
    }
    std::fs::remove_dir_all(&kept).and_then(|()| std::fs::rename(&next, &kept)).map_err(|e| e.to_string())?;
    Ok(kept)
}

/// An empty folder.
fn fresh(path: &Path) -> Outcome<PathBuf> {
    let emptied = if path.exists() { std::fs::remove_dir_all(path) } else { Ok(()) };
    emptied.and_then(|()| std::fs::create_dir_all(path)).map_err(|e| format!("{}: {e}", path.display()))?;
    Ok(path.to_owned())
}

/// Runs libFuzzer and reads what it tells. What it tells of a failure is shown.
fn listen(command: &mut Command, target: &str) -> Outcome<Ran> {
    let failed = |e| format!("cannot run the target {target}: {e}");
    let mut child = command.stderr(Stdio::piped()).stdout(Stdio::null()).spawn().map_err(failed)?;
    let output = child.stderr.take().expect("stderr is a pipe");
    let started = Instant::now();
    let mut ran = Ran { target: target.to_owned(), ..Ran::default() };
    let mut last = VecDeque::new();
    for line in BufReader::new(output).split(b'\n') {
        let line = String::from_utf8_lossy(&line.map_err(failed)?).into_owned();
        ran.hear(&line);
        if !line.starts_with(['#', '\t']) {
            last.truncate(SHOWN - 1);
            last.push_front(line);
        }
    }
    let status = child.wait().map_err(failed)?;
    ran.per_second = (ran.executions as f64 / started.elapsed().as_secs_f64()) as u64;
    if !status.success() {
        // libFuzzer ends with the first input that breaks a target.
        ran.failures = 1;
        last.iter().rev().for_each(|line| eprintln!("{line}"));
        eprintln!("once this is mended, keep the input in tests/regressions/{target}");
    }
    Ok(ran)
}

impl Ran {
    /// Reads a line such as `#4190  NEW    cov: 4181 ft: 5950 …` or `stat::number_of_executed_units: 4190`.
    fn hear(&mut self, line: &str) {
        let number = |text: &str| text.split_whitespace().next().and_then(|word| word.parse::<u64>().ok());
        let after = |name: &str| line.split_once(name).and_then(|(_, rest)| number(rest));
        if let Some(at) = line.strip_prefix('#').and_then(number)
            && let Some(edges) = after("cov: ")
        {
            self.executions = at;
            if edges > self.edges {
                (self.edges, self.last_edge) = (edges, at);
            }
        }
        if let Some(executions) = after("stat::number_of_executed_units:") {
            self.executions = executions;
        }
    }

    /// `classify 20000 executions, 2301 edges, 0 failures`.
    pub(crate) fn line(&self) -> String {
        format!("{} {} executions, {} edges, {} failures", self.target, self.executions, self.edges, self.failures)
    }

    /// Percent of the executions that came after the last new edge.
    fn after_last_edge(&self) -> u64 {
        (self.executions - self.last_edge.min(self.executions)) * 100 / self.executions.max(1)
    }

    fn saturation(&self) -> String {
        format!("after execution {}, for the last {} % of them", self.last_edge, self.after_last_edge())
    }

    /// Writes down a long run, in place of the last.
    fn keep(&self) -> Outcome {
        let path = folder("long");
        std::fs::create_dir_all(&path)
            .and_then(|()| std::fs::write(path.join(&self.target), self.json()))
            .map_err(|e| format!("{}: {e}", path.display()))
    }

    fn json(&self) -> String {
        serde_json::json!({
            "target": self.target,
            "executions": self.executions,
            "edges": self.edges,
            "executions_per_second": self.per_second,
            "last_new_edge_at": self.last_edge,
            "percent_after_last_new_edge": self.after_last_edge(),
            "failures": self.failures,
        })
        .to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_libfuzzer_tells_is_read() {
        let mut ran = Ran { target: "fold".into(), ..Ran::default() };
        for line in [
            "INFO: Seed: 1",
            "#3\tINITED cov: 400 ft: 410 corp: 2/9b exec/s: 0 rss: 35Mb",
            "#100\tNEW    cov: 418 ft: 595 corp: 18/80b lim: 6 exec/s: 46 rss: 35Mb L: 4/6 MS: 1 CopyPart-",
            "#150\tREDUCE cov: 418 ft: 596 corp: 18/79b lim: 6 exec/s: 46 rss: 35Mb L: 3/6 MS: 1 EraseBytes-",
            "#400\tDONE   cov: 418 ft: 596 corp: 18/79b lim: 6 exec/s: 46 rss: 35Mb",
            "stat::number_of_executed_units: 400",
        ] {
            ran.hear(line);
        }
        assert_eq!(ran.line(), "fold 400 executions, 418 edges, 0 failures");
        assert_eq!((ran.last_edge, ran.after_last_edge()), (100, 75));
    }

    #[test]
    fn every_target_has_a_short_run() {
        assert_eq!(SHORT.map(|row| row.0), smsfilter_tests::fuzz::TARGETS.map(|row| row.0));
    }
}

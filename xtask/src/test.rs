//! Does everything hold? Style, lints, the Rust tests, a short run of the fuzzer, then the Kotlin library over the native
//! one.

use std::path::PathBuf;

use crate::shell::{self, Outcome};
use crate::{bindings, fuzz, jvm, setup};

/// What one runner counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Count {
    passed: u64,
    failed: u64,
}

/// How a part of the tests ended.
struct Part {
    name: &'static str,
    closing: Vec<String>,
    count: Count,
    /// The steps that did not succeed.
    broken: Vec<String>,
}

pub(crate) fn run(args: &[String]) -> Outcome {
    let (with_rust, with_jvm) = match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => (true, true),
        ["--rust"] => (true, false),
        ["--jvm"] => (false, true),
        _ => return Err("takes --rust, --jvm or nothing".into()),
    };
    if with_rust {
        setup::for_rust()?;
    }
    if with_jvm {
        setup::for_jvm()?;
    }
    let mut ended = Vec::new();
    std::thread::scope(|scope| {
        // The longest step of a first run goes beside the others.
        let tool = with_jvm.then(|| scope.spawn(bindings::tool));
        if with_rust {
            ended.push(rust());
            ended.push(fuzzed());
        }
        if let Some(tool) = tool {
            ended.push(on_jvm(tool.join().expect("a failed build is an Err")));
        }
    });

    println!();
    for half in &ended {
        for line in half.closing.iter().chain(&half.broken) {
            println!("{}: {line}", half.name);
        }
    }
    let passed: u64 = ended.iter().map(|half| half.count.passed).sum();
    let failed: u64 = ended.iter().map(|half| half.count.failed).sum();
    println!("{passed} passed, {failed} failed");
    let whole = ended.iter().all(|half| half.broken.is_empty() && half.count.failed == 0 && half.count.passed > 0);
    // The total stays the last line, so a failure is told by the exit code alone.
    if whole { Ok(()) } else { std::process::exit(1) }
}

fn rust() -> Part {
    let mut broken = Vec::new();
    let mut step = |outcome: Outcome| broken.extend(outcome.err());
    step(shell::run(&mut shell::command("cargo fmt --all --check")));
    step(shell::run(&mut shell::command("cargo clippy --workspace --all-targets -- -D warnings")));
    let tests = "cargo test --workspace --no-fail-fast";
    let lines = read(tests, &mut broken);
    ended("rust", lines, cargo_count, broken)
}

/// Every target of the fuzzer is a test that passes if no input broke it.
fn fuzzed() -> Part {
    let mut broken = Vec::from_iter(fuzz::check().err());
    let ran = fuzz::short().unwrap_or_else(|message| {
        broken.push(message);
        Vec::new()
    });
    let failed = ran.iter().filter(|ran| ran.failures > 0).count() as u64;
    let count = Count { passed: ran.len() as u64 - failed, failed };
    Part { name: "fuzz", closing: ran.iter().map(fuzz::Ran::line).collect(), count, broken }
}

fn on_jvm(tool: Outcome<PathBuf>) -> Part {
    let ready = tool.and_then(|tool| bindings::write(&tool)).and_then(|()| jvm::write_files()).and_then(|()| fresh());
    let mut broken = Vec::from_iter(ready.err());
    let mut lines = Vec::new();
    if broken.is_empty() {
        let target = shell::target();
        lines = read(
            &format!(
                "mvn --batch-mode --no-transfer-progress -Dstyle.color=never --file bindings/pom.xml -Dcargo.target={} test",
                target.display()
            ),
            &mut broken,
        );
    }
    ended("jvm", lines, surefire_count, broken)
}

/// Removes what Maven built before: it would run test classes whose source is gone.
fn fresh() -> Outcome {
    for module in ["bindings/android", "bindings/jvm-test", "bindings/android-test", "android-demo"] {
        let target = shell::root().join(module).join("target");
        if target.exists() {
            std::fs::remove_dir_all(&target).map_err(|e| format!("{}: {e}", target.display()))?;
        }
    }
    Ok(())
}

fn read(line: &str, broken: &mut Vec<String>) -> Vec<String> {
    match shell::run_and_read(&mut shell::command(line)) {
        Ok((lines, true)) => lines,
        Ok((lines, false)) => {
            broken.push(format!("{line} failed"));
            lines
        }
        Err(message) => {
            broken.push(message);
            Vec::new()
        }
    }
}

fn ended(name: &'static str, lines: Vec<String>, count: fn(&str) -> Option<Count>, mut broken: Vec<String>) -> Part {
    let mut total = Count::default();
    let mut closing = Vec::new();
    for line in lines {
        if let Some(count) = count(&line) {
            total.passed += count.passed;
            total.failed += count.failed;
            if count != Count::default() {
                closing.push(line);
            }
        }
    }
    if total.passed == 0 {
        broken.push("no test passed".into());
    }
    Part { name, closing, count: total, broken }
}

/// Reads `test result: ok. 12 passed; 0 failed; …`.
fn cargo_count(line: &str) -> Option<Count> {
    let (_, counts) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let number = |what: &str| counts.split("; ").find_map(|part| part.strip_suffix(what)?.trim().parse().ok());
    Some(Count { passed: number("passed")?, failed: number("failed")? })
}

/// Reads the sum of a module, `[INFO] Tests run: 12, Failures: 0, Errors: 0, Skipped: 0`; lines of one class go on with
/// the time.
fn surefire_count(line: &str) -> Option<Count> {
    let counts = line.split_once("] ")?.1;
    let parts: Vec<(&str, u64)> = counts
        .split(", ")
        .map(|part| part.split_once(": ").and_then(|(what, n)| Some((what, n.parse().ok()?))))
        .collect::<Option<_>>()?;
    match parts[..] {
        [("Tests run", run), ("Failures", failures), ("Errors", errors), ("Skipped", skipped)] => {
            Some(Count { passed: run.saturating_sub(failures + errors + skipped), failed: failures + errors })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closing_line_of_cargo_is_counted() {
        let line = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s";
        assert_eq!(cargo_count(line), Some(Count { passed: 12, failed: 3 }));
        assert_eq!(cargo_count("running 15 tests"), None);
    }

    #[test]
    fn the_closing_line_of_surefire_is_counted_and_that_of_a_class_is_not() {
        let sum = "[ERROR] Tests run: 12, Failures: 1, Errors: 2, Skipped: 3";
        assert_eq!(surefire_count(sum), Some(Count { passed: 6, failed: 3 }));
        let class = "[INFO] Tests run: 12, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 1.2 s -- in CasesTest";
        assert_eq!(surefire_count(class), None);
    }
}

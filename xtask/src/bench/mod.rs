//! What does the binding cost on a JVM, and does it hold under load? Five parts, over the library as it ships and a loop that
//! only `bindings/bench` calls; what they find is kept in `target/bench.json`.

mod calls;
mod cold;
mod history;
mod loads;

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::jvm;
use crate::shell::{self, Outcome};

/// A part: its name, and what it finds.
type Part = (&'static str, fn(&Stage) -> Outcome<Vec<Row>>);

const PARTS: [Part; 5] = [
    ("differential", loads::differential),
    ("concurrency", loads::concurrency),
    ("cold", cold::start),
    ("calls", calls::calls),
    ("history", history::history),
];

/// A figure: its name, its value and unit.
#[derive(Clone, Debug, PartialEq)]
struct Row(String, f64, &'static str);

/// What the parts run on.
struct Stage {
    /// Class path of the tests over the library.
    tests: String,
    /// Class path of the benchmarks.
    benchmarks: String,
    /// Where the native library is.
    library: PathBuf,
    /// Where rules and messages are.
    files: PathBuf,
}

pub(crate) fn run(args: &[String]) -> Outcome {
    let known = PARTS.map(|part| part.0);
    if args.iter().any(|arg| !known.contains(&arg.as_str())) {
        return Err(format!("takes nothing or some of {}", known.join(", ")));
    }
    measure(args).map(|_| ())
}

/// Runs the parts that are named, or all; every figure by its name.
pub(crate) fn measure(names: &[String]) -> Outcome<BTreeMap<String, f64>> {
    let stage = Stage::set()?;
    let mut rows = Vec::new();
    for (name, part) in PARTS {
        if names.is_empty() || names.iter().any(|chosen| chosen == name) {
            rows.extend(part(&stage)?);
        }
    }
    println!();
    rows.iter().for_each(|Row(name, value, unit)| println!("{value:>14.3} {unit:<9} {name}"));
    let json =
        rows.iter().map(|Row(name, value, unit)| serde_json::json!({"name": name, "value": value, "unit": unit}));
    let path = shell::target().join("bench.json");
    let json = serde_json::Value::Array(json.collect());
    std::fs::write(&path, format!("{json:#}\n")).map_err(|e| format!("{}: {e}", path.display()))?;
    Ok(rows.into_iter().map(|Row(name, value, _)| (name, value)).collect())
}

impl Stage {
    /// Builds everything.
    fn set() -> Outcome<Stage> {
        // A folder of its own: the loop must never lie where a library to ship is taken from.
        let files = shell::target().join("bench");
        let build = "cargo build -p smsfilter-ffi --profile dist --features bench --target-dir";
        shell::run(shell::command(build).arg(&files))?;
        let dump = "cargo run --release -p smsfilter-tests --bin dump-cases --";
        shell::run(shell::command(dump).arg(&files))?;
        let mut paths = jvm::class_paths(&["jvm-test", "bench"])?.into_iter();
        let mut path = || paths.next().expect("a class path for each module");
        Ok(Stage { tests: path(), benchmarks: path(), library: files.join("dist"), files })
    }

    /// Writes messages of the development corpus, if it is there, and made ones; where they are.
    fn messages(&self, what: &str, count: usize, name: &str) -> Outcome<PathBuf> {
        let path = self.files.join(name);
        let mut dump = shell::command("cargo run --release -p smsfilter-tests --bin dump-messages --");
        dump.arg(what).arg(&path).arg(count.to_string());
        for part in ["zh_dev", "en_uci"] {
            dump.args(crate::corpus::unpacked(part)?);
        }
        shell::run(&mut dump)?;
        Ok(path)
    }
}

/// Of an even number the upper of the two in the middle.
fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// What Java printed as `figure: NAME: VALUE`; JUnit writes a dot of its own before it.
fn figures(lines: &[String], unit: &'static str) -> Vec<Row> {
    let figure = |line: &String| {
        let (name, value) = line.split_once("figure: ")?.1.rsplit_once(": ")?;
        Some(Row(name.to_owned(), value.parse().ok()?, unit))
    };
    lines.iter().filter_map(figure).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_java_prints_is_read() {
        let lines = [".figure: swaps, heap growth: -17".to_owned(), "OK (2 tests)".to_owned()];
        assert_eq!(figures(&lines, "bytes"), [Row("swaps, heap growth".into(), -17.0, "bytes")]);
    }

    #[test]
    fn one_slow_sample_does_not_move_the_median() {
        assert_eq!(median([3.0, 1.0, 900.0]), 3.0);
    }
}

//! Did a library grow? Its bytes against the record, `bindings/android/sizes.txt`, and against the budget.

use std::path::{Path, PathBuf};

use super::abi::ABIS;
use super::{library, made};
use crate::shell::{self, Outcome};

/// Growth over the record that passes without a word, in percent.
const GROWTH: u64 = 2;

/// The budget of the library of most phones, in bytes.
const BUDGET: (&str, u64) = ("arm64-v8a", 1_000_000);

const HEAD: &str = "# Bytes of libsmsfilter_ffi.so, stripped, by ABI. Written by `cargo xtask native --record`.\n";

type Sizes = Vec<(String, u64)>;

/// Shows the sizes of the libraries in `libraries` and compares them with the record, or writes it.
pub(crate) fn check(libraries: &Path, record: bool) -> Outcome {
    let mut found = Sizes::new();
    for abi in &ABIS {
        let path = libraries.join(abi.name).join(library::NAME);
        let bytes = std::fs::metadata(&path).map_err(|e| made::failed(&path, &e))?.len();
        println!("{:<12} {bytes:>9} bytes", abi.name);
        found.push((abi.name.to_owned(), bytes));
    }
    let path = path();
    if record {
        made::write(&path, write(&found))?;
    }
    let recorded = made::read(&path).and_then(|text| parse(&text).map_err(|e| format!("{}: {e}", path.display())))?;
    let faults = faults(&found, &recorded);
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n  ")) }
}

fn path() -> PathBuf {
    shell::root().join("bindings/android/sizes.txt")
}

fn write(sizes: &Sizes) -> String {
    let line = |(abi, bytes): &(String, u64)| format!("{abi} {bytes}\n");
    HEAD.to_owned() + &sizes.iter().map(line).collect::<String>()
}

fn parse(text: &str) -> Outcome<Sizes> {
    let line = |(number, line): (usize, &str)| {
        let pair = line.split_once(' ').and_then(|(abi, bytes)| Some((abi.to_owned(), bytes.parse().ok()?)));
        pair.ok_or_else(|| {
            format!("line {}: expected `ABI BYTES`, found `{line}`; run `cargo xtask native --record`", number + 1)
        })
    };
    text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')).map(line).collect()
}

fn faults(found: &Sizes, recorded: &Sizes) -> Vec<String> {
    let mut faults = Vec::new();
    for (abi, bytes) in found {
        match recorded.iter().find(|(name, _)| name == abi) {
            None => faults.push(format!("{abi}: expected a recorded size, found none; run with --record")),
            Some((_, before)) if *bytes > before + before * GROWTH / 100 => faults.push(format!(
                "{abi}: expected at most {GROWTH} % more than the recorded {before} bytes, found {bytes}; \
                 look at what was added, and if it is worth that run with --record"
            )),
            Some(_) => {}
        }
        if abi == BUDGET.0 && *bytes > BUDGET.1 {
            faults.push(format!("{abi}: expected at most {} bytes, found {bytes}; make it smaller", BUDGET.1));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(all: &[(&str, u64)]) -> Sizes {
        all.iter().map(|(abi, bytes)| ((*abi).to_owned(), *bytes)).collect()
    }

    #[test]
    fn what_is_written_reads_back() {
        let all = sizes(&[("arm64-v8a", 760_328), ("x86", 946_144)]);
        assert_eq!(parse(&write(&all)), Ok(all));
    }

    #[test]
    fn a_line_that_is_no_size_is_refused_with_its_number() {
        for line in ["x86", "x86 many", "x86  1", ""] {
            let error = parse(&format!("# head\n{line}\n")).unwrap_err();
            assert!(error.starts_with("line 2: expected `ABI BYTES`"), "{error}");
        }
    }

    #[test]
    fn growth_passes_up_to_its_bound_and_the_budget_holds_with_any_record() {
        let cases = [
            (("x86", 1020), ("x86", 1000), 0),
            (("x86", 1021), ("x86", 1000), 1),
            (("x86", 900), ("x86", 1000), 0),
            (("x86", 900), ("x86_64", 1000), 1),
            (("arm64-v8a", 1_000_000), ("arm64-v8a", 1_000_000), 0),
            (("arm64-v8a", 1_000_001), ("arm64-v8a", 1_000_001), 1),
            (("arm64-v8a", 1_000_001), ("arm64-v8a", 900_000), 2),
            (("x86", 2_000_000), ("x86", 2_000_000), 0),
        ];
        for (found, recorded, count) in cases {
            assert_eq!(faults(&sizes(&[found]), &sizes(&[recorded])).len(), count, "{found:?} {recorded:?}");
        }
    }

    #[test]
    fn the_record_of_the_project_names_every_abi_once() {
        let recorded = parse(&made::read(&path()).unwrap()).unwrap();
        let names: Vec<&str> = recorded.iter().map(|(abi, _)| abi.as_str()).collect();
        assert_eq!(names, ABIS.map(|abi| abi.name));
    }
}

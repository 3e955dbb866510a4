//! Did the AAR grow? What each of its files takes in it is written down, and more than that is a question to the reviewer.

use std::collections::BTreeMap;
use std::path::Path;

use super::archive;
use crate::shell::{self, Outcome};

const RECORD: &str = "bindings/android/sizes.txt";
/// The AAR without the assets: those are the rules, and an application may bring its own.
pub(crate) const BARE: &str = "the AAR without assets";
/// The library of most phones as it lies on them.
pub(crate) const MOST: &str = "jni/arm64-v8a/libsmsfilter_ffi.so, unpacked";
/// The bars of the design.
const BARS: [(&str, u64); 2] = [(BARE, 2_400_000), (MOST, 1_000_000)];
/// Growth in percent that needs no `--record`.
const GROWTH: u64 = 2;

/// Bytes by what they are for.
pub(crate) type Sizes = BTreeMap<String, u64>;

/// Compares an AAR with the record, or writes the record; either way the bar holds.
pub(crate) fn gate(aar: &[u8], record: bool) -> Outcome {
    let sizes = measured(aar)?;
    println!("AAR: {} bytes, {} without assets", aar.len(), sizes[BARE]);
    let path = shell::root().join(RECORD);
    if record {
        std::fs::write(&path, written(&sizes)).map_err(|e| format!("{RECORD}: {e}"))?;
    }
    let mut wrong = grown(&recorded()?, &sizes);
    if !wrong.is_empty() {
        wrong.push("if that is worth it: cargo xtask aar --record".into());
    }
    for (name, bar) in BARS {
        let size = sizes.get(name).copied().unwrap_or_default();
        if size > bar {
            wrong.push(format!("{name} has {size} bytes, over the bar of {bar}"));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("; ")) }
}

/// What the record says.
pub(crate) fn recorded() -> Outcome<Sizes> {
    let path = shell::root().join(RECORD);
    read(&std::fs::read_to_string(&path).map_err(|e| format!("{RECORD}: {e}"))?)
}

fn measured(aar: &[u8]) -> Outcome<Sizes> {
    let mut sizes = Sizes::new();
    let mut assets = 0;
    for (name, (packed, whole)) in archive::sizes(aar)? {
        match Path::new(&name).extension().and_then(|it| it.to_str()) {
            Some("so") => drop(sizes.insert(format!("{name}, unpacked"), whole)),
            Some("jar" | "smsb" | "smsi") => {}
            _ => continue,
        }
        assets += if name.starts_with("assets/") { packed } else { 0 };
        sizes.insert(name, packed);
    }
    sizes.insert("the AAR".into(), aar.len() as u64);
    sizes.insert(BARE.into(), aar.len() as u64 - assets);
    Ok(sizes)
}

fn written(sizes: &Sizes) -> String {
    let lines = sizes.iter().map(|(name, size)| format!("{size:>9} {name}\n"));
    format!(
        "# Bytes, deflated as in the AAR unless it says unpacked. `cargo xtask aar --record` writes this; {GROWTH} % more fails\n# without it.\n"
    ) + &lines.collect::<String>()
}

fn read(record: &str) -> Outcome<Sizes> {
    let lines = record.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let (size, name) = line.trim_start().split_once(' ').ok_or("")?;
            Ok((name.to_owned(), size.parse().map_err(|_| "")?))
        })
        .collect::<Result<_, &str>>()
        .map_err(|_| format!("{RECORD}: expected lines of bytes and a name"))
}

/// A sentence for each thing that grew or is new.
fn grown(recorded: &Sizes, now: &Sizes) -> Vec<String> {
    let over = |name: &String, size: u64| match recorded.get(name) {
        None => Some(format!("{name} is new with {size} bytes")),
        Some(before) if size * 100 > before * (100 + GROWTH) => {
            Some(format!("{name} grew from {before} to {size} bytes"))
        }
        Some(_) => None,
    };
    now.iter().filter_map(|(name, size)| over(name, *size)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(of: &[(&str, u64)]) -> Sizes {
        of.iter().map(|(name, size)| (name.to_string(), *size)).collect()
    }

    #[test]
    fn a_record_is_read_as_it_was_written() {
        let sizes = sizes(&[("the AAR", 1_234_567), ("classes.jar", 8)]);
        assert_eq!(read(&written(&sizes)), Ok(sizes));
        assert!(read("classes.jar 8\n").is_err());
    }

    #[test]
    fn two_percent_may_be_added_and_no_more() {
        let recorded = sizes(&[("classes.jar", 1000)]);
        assert_eq!(grown(&recorded, &sizes(&[("classes.jar", 1020)])), Vec::<String>::new());
        assert_eq!(grown(&recorded, &sizes(&[("classes.jar", 1021)])), ["classes.jar grew from 1000 to 1021 bytes"]);
        assert_eq!(grown(&recorded, &sizes(&[("x.so", 1)])), ["x.so is new with 1 bytes"]);
    }

    #[test]
    fn the_assets_are_told_apart() {
        let files = [("classes.jar", 10), ("assets/smsfilter/national.smsi", 10_000), ("R.txt", 0)];
        let files = files.map(|(name, size)| (name.to_owned(), (0..size).map(|at| (at * at) as u8).collect()));
        let sizes = measured(&archive::pack(&files.into()).unwrap()).unwrap();
        assert_eq!(sizes.len(), 4);
        let assets = sizes["assets/smsfilter/national.smsi"];
        assert_eq!(sizes["the AAR"], sizes["the AAR without assets"] + assets);
    }
}

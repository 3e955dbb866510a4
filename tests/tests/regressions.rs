//! What once broke a target of the fuzzer, or nearly would, breaks it no more: every file of `regressions/TARGET`.

use smsfilter_tests::{fuzz, root};
use std::{fs, path::Path};

/// Runs a target on every file of a folder. Returns how many there were.
fn replay(folder: &Path, target: impl Fn(&[u8])) -> usize {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for file in &files {
        // The name of the one that panics is the last to be printed.
        println!("{}", file.display());
        target(&fs::read(file).unwrap());
    }
    files.len()
}

#[test]
fn every_kept_input_of_every_target_passes() {
    for (name, target) in fuzz::TARGETS {
        let count = replay(&root().join("regressions").join(name), target);
        assert!(count > 0, "{name} has no kept input");
    }
}

#[test]
#[should_panic(expected = "an input that breaks")]
fn an_input_that_breaks_its_target_fails_the_replay() {
    replay(&root().join("regressions/fold"), |_| panic!("an input that breaks"));
}

#[test]
fn every_first_input_of_every_target_passes() {
    for (name, target) in fuzz::TARGETS {
        let seeds = fuzz::seeds(name);
        assert!(!seeds.is_empty(), "{name}");
        seeds.iter().for_each(|seed| target(seed));
    }
}

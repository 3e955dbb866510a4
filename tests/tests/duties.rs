//! Does `tests/DUTIES.md` tell the truth? Every duty once, and every command, function and test that it names is there.

use std::{fs, path::Path};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// The rows of the table: number of the duty, what answers it, tests.
fn rows(page: &str) -> Vec<[String; 3]> {
    let row = |line: &str| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let number = cells[0].strip_prefix('R')?.split(' ').next()?;
        Some([number.to_owned(), cells[1].to_owned(), cells[2].to_owned()])
    };
    page.lines().filter(|line| line.starts_with("| R")).filter_map(row).collect()
}

/// What stands in backticks.
fn code(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

/// What is wrong with a named command, function or test.
fn wrong(name: &str, is_test: bool) -> Option<String> {
    if let Some(words) = name.strip_prefix("smsfilter ") {
        let command = words.split(' ').next().unwrap_or_default();
        let file = root().join(format!("rules/cli/src/cmd/{command}.rs"));
        return (is_test || !file.exists()).then(|| format!("{name}: no such command"));
    }
    let Some((path, item)) = name.split_once('#') else {
        // Tests in Kotlin are named by their file: their names are sentences.
        let is_named = !is_test || name.ends_with("Test.kt");
        return (!is_named || !root().join(name).exists()).then(|| format!("{name}: no such file"));
    };
    let Ok(text) = fs::read_to_string(root().join(path)) else { return Some(format!("{path}: no such file")) };
    let found = text.find(&format!("fn {item}("));
    let Some(at) = found else { return Some(format!("{name}: no such function")) };
    let before = text[..at].trim_end().rsplit('\n').next().unwrap_or_default();
    (is_test && before.trim() != "#[test]").then(|| format!("{name}: no test"))
}

#[test]
fn every_duty_stands_once_and_all_that_it_names_is_there() {
    let page = fs::read_to_string(root().join("tests/DUTIES.md")).unwrap();
    let rows = rows(&page);
    assert_eq!(
        rows.iter().map(|row| row[0].clone()).collect::<Vec<_>>(),
        (1..=18).map(|n| n.to_string()).collect::<Vec<_>>()
    );
    let mut mistakes = Vec::new();
    for [number, answer, tests] in &rows {
        mistakes.extend(code(answer).filter_map(|name| wrong(name, false)));
        mistakes.extend(code(tests).filter_map(|name| wrong(name, true)));
        let open = answer.contains("not yet") && answer.contains("尚无");
        if !open && (code(answer).next().is_none() || code(tests).next().is_none()) {
            mistakes.push(format!("R{number}: neither answered with a test nor \"尚无 not yet\""));
        }
    }
    assert!(mistakes.is_empty(), "tests/DUTIES.md:\n{}", mistakes.join("\n"));
}

#[test]
fn what_is_not_there_is_told() {
    assert!(wrong("smsfilter fly", false).is_some());
    assert!(wrong("core/src/nowhere.rs#f", false).is_some());
    assert!(wrong("core/src/filter.rs#fly", false).is_some());
    assert!(wrong("core/src/filter.rs#classify", false).is_none());
    assert!(wrong("core/src/filter.rs#classify", true).is_some(), "a function is no test");
    assert!(wrong("tests/tests/duties.rs#what_is_not_there_is_told", true).is_none());
}

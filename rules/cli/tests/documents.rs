//! What the documents print works as printed.

mod command;

use command::{arg, run};
use std::{fs, path::Path};

fn document(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(name)).unwrap()
}

/// The TOML blocks of a document, in order.
fn blocks(name: &str) -> Vec<String> {
    let text = document(name);
    let blocks = text.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap().to_owned());
    blocks.collect()
}

#[test]
fn the_rule_in_ten_lines_passes_its_examples_and_lint_in_every_document() {
    for name in ["README.md", "README.zh-CN.md", "rules/README.md"] {
        let dir = tempfile::tempdir().unwrap();
        for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../national")).unwrap().flatten() {
            fs::copy(entry.path(), dir.path().join(entry.file_name())).unwrap();
        }
        let rule = &blocks(name)[0];
        assert!(rule.starts_with("# rules/national/my-loan.toml"), "{name}");
        fs::write(dir.path().join("my-loan.toml"), rule).unwrap();
        for check in ["test", "lint"] {
            let ran = run(&[check, arg(dir.path())]);
            assert_eq!(ran.code, 0, "{name}: {check}: {}{}", ran.stdout, ran.stderr);
        }
    }
}

#[test]
fn the_policy_in_the_readme_reads_and_decides() {
    let dir = tempfile::tempdir().unwrap();
    let policy = dir.path().join("evenings.toml");
    fs::write(&policy, blocks("README.md").last().unwrap()).unwrap();
    let ran = run(&[
        "explain",
        "--policy",
        arg(&policy),
        "--format",
        "json",
        "【云上书店】会员日全场五折，满300减50，退订回T",
    ]);
    assert_eq!(ran.succeeds().json()[0]["row"], "exception:1");
}

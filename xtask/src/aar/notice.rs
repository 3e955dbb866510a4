//! Whose code is in the native libraries, and under which licences? cargo knows the crates, their sources bring the texts. Of MIT or
//! Apache-2.0 the first is taken: it has the notices, and its text is short.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use crate::shell::{self, Outcome};

const CRATE: &str = "smsfilter-ffi";
/// The dependencies of all four do not differ in whose they are.
const PLATFORM: &str = "aarch64-linux-android";

/// The crates of the native libraries with their licences, then each text once with the crates that bring it.
pub(crate) fn text() -> Outcome<String> {
    let mut metadata = shell::command("cargo metadata --locked --format-version 1 --filter-platform");
    let output = metadata.arg(PLATFORM).output().map_err(|e| format!("cannot start cargo: {e}"))?;
    if !output.status.success() {
        return Err(format!("cargo metadata failed: {}", String::from_utf8_lossy(&output.stderr)));
    }
    let metadata: Value = serde_json::from_slice(&output.stdout).map_err(|e| format!("cargo metadata: {e}"))?;
    let mut notice = String::from("The native libraries of smsfilter are made of these crates.\n\n");
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in used(&metadata)? {
        let field = |name: &str| package[name].as_str().unwrap_or_default();
        let name = format!("{} {}", field("name"), field("version"));
        notice += &format!("{name}: {}\n", field("license"));
        for text in licences(Path::new(field("manifest_path")).parent().unwrap_or(Path::new(".")))? {
            texts.entry(text).or_default().push(name.clone());
        }
    }
    for (text, crates) in texts {
        notice += &format!("\n{}\n{}\n\n{text}\n", "=".repeat(72), crates.join(", "));
    }
    Ok(notice)
}

/// The packages that are linked into the library, by name, with the features that it asks for; not ours, and not what only builds.
fn used(metadata: &Value) -> Outcome<Vec<&Value>> {
    let mut tree = shell::command("cargo tree --locked --edges normal,no-proc-macro --prefix none --package");
    let (lines, _) = shell::run_and_read(tree.args([CRATE, "--target", PLATFORM]))?;
    let linked: BTreeSet<&str> = lines.iter().map(|line| line.trim_end_matches(" (*)")).collect();
    let packages = metadata["packages"].as_array().ok_or("cargo metadata: expected packages")?;
    let named = |package: &&Value| {
        let field = |name: &str| package[name].as_str().unwrap_or_default();
        linked.contains(format!("{} v{}", field("name"), field("version")).as_str())
    };
    let mut used: Vec<&Value> = packages.iter().filter(named).collect();
    used.sort_by_key(|package| (package["name"].as_str(), package["version"].as_str()));
    Ok(used)
}

/// The licence texts that lie beside a manifest.
fn licences(folder: &Path) -> Outcome<Vec<String>> {
    let failed = |e: std::io::Error| format!("{}: {e}", folder.display());
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_uppercase();
        if path.is_file() && ["LICENSE", "LICENCE", "COPYING", "NOTICE"].iter().any(|start| name.starts_with(start)) {
            files.insert(name, String::from_utf8_lossy(&std::fs::read(&path).map_err(failed)?).trim().to_owned());
        }
    }
    if files.keys().any(|name| name.contains("MIT")) {
        files.retain(|name, _| !name.contains("APACHE"));
    }
    Ok(files.into_values().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_linked_is_named_with_its_licence_and_what_only_builds_is_not() {
        let notice = text().unwrap();
        let (list, texts) = notice.split_once("====").unwrap();
        for crates in ["fst 0.4.7: ", "bincode 1.3.3: MIT", "ed25519-dalek 3.0.0: BSD-3-Clause"] {
            assert!(list.contains(crates), "{crates} in {list}");
        }
        for other in ["serde_derive ", "clap ", "proptest ", "smsfilter", "aes ", "pkcs8 "] {
            assert!(!list.lines().skip(1).any(|line| line.starts_with(other)), "{other}");
        }
        assert!(texts.contains("Permission is hereby granted") && texts.contains("Redistributions in binary form"));
        assert!(list.lines().filter(|line| line.contains(": ")).all(|line| !line.ends_with(": ")), "{list}");
    }
}

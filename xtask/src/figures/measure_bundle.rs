//! What do `build` and `compile` make of the national rules?

use super::command::smsfilter;
use crate::shell::{self, Outcome};
use std::{fs, path::PathBuf};

/// The national bundle as `build` makes it, and its image.
pub(super) fn national() -> Outcome<(Vec<u8>, Vec<u8>)> {
    let dir = scratch("national")?;
    build(&shell::root().join("rules/national"), &dir)?;
    smsfilter(&["compile", &path(&dir, "b.smsb"), "--out", &path(&dir, "i.smsi"), "--trust", &path(&dir, "k.pub")])?;
    let read = |name: &str| fs::read(dir.join(name)).map_err(|e| e.to_string());
    Ok((read("b.smsb")?, read("i.smsi")?))
}

pub(super) fn differing_builds() -> Outcome<Option<f64>> {
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
    smsfilter(&["build", &rules.to_string_lossy(), "--key", &path(dir, "k"), "--out", &path(dir, "b.smsb")]).map(drop)
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

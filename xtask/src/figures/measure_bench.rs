//! What does `smsfilter bench` say of the national rules?

use super::command::smsfilter;
use crate::corpus::unpacked;
use crate::shell::Outcome;
use serde_json::Value;
use std::{collections::BTreeMap, sync::OnceLock};

type Said = Outcome<BTreeMap<String, f64>>;

/// A figure of the command, by its name there, measured with the rules' own examples; those with parts are not among them.
pub(super) fn speed(figure: &str) -> Outcome<Option<f64>> {
    static SAID: OnceLock<Said> = OnceLock::new();
    find(SAID.get_or_init(|| bench(&[])), figure)
}

/// The same measured with 72 characters of the development corpus each, if that is beside the project.
pub(super) fn speed_real(figure: &str) -> Outcome<Option<f64>> {
    static SAID: OnceLock<Outcome<Option<Said>>> = OnceLock::new();
    let said = SAID.get_or_init(|| {
        let corpus = unpacked("zh_dev")?;
        Ok(corpus.map(|corpus| bench(&["--messages", &corpus.to_string_lossy(), "--characters", "72"])))
    });
    said.as_ref().map_err(Clone::clone)?.as_ref().map_or(Ok(None), |said| find(said, figure))
}

fn bench(of: &[&str]) -> Said {
    let mut figures = BTreeMap::new();
    for line in smsfilter(&[&["bench", "--seconds", "5", "--format", "json"], of].concat())?.lines() {
        let row: Value = serde_json::from_str(line).map_err(|e| e.to_string())?;
        if let (Some(name), Some(value), None) = (row["figure"].as_str(), row["value"].as_f64(), row.get("of")) {
            figures.insert(name.to_owned(), value);
        }
    }
    Ok(figures)
}

fn find(said: &Said, figure: &str) -> Outcome<Option<f64>> {
    let value = said.as_ref().map_err(Clone::clone)?.get(figure);
    value.map(|value| Some(*value)).ok_or_else(|| format!("`smsfilter bench` tells no \"{figure}\""))
}

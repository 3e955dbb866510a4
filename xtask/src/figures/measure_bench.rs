//! What does `smsfilter bench` say of the national rules?

use super::command::smsfilter;
use crate::shell::Outcome;
use serde_json::Value;
use std::{collections::BTreeMap, sync::OnceLock};

/// A figure of the command, by its name there; those with parts are not among them. Runs once.
pub(super) fn speed(figure: &str) -> Outcome<Option<f64>> {
    static SAID: OnceLock<Outcome<BTreeMap<String, f64>>> = OnceLock::new();
    let said = SAID.get_or_init(|| {
        let mut figures = BTreeMap::new();
        for line in smsfilter(&["bench", "--seconds", "3", "--format", "json"])?.lines() {
            let row: Value = serde_json::from_str(line).map_err(|e| e.to_string())?;
            if let (Some(name), Some(value), None) = (row["figure"].as_str(), row["value"].as_f64(), row.get("of")) {
                figures.insert(name.to_owned(), value);
            }
        }
        Ok(figures)
    });
    let value = said.as_ref().map_err(Clone::clone)?.get(figure);
    value.map(|value| Some(*value)).ok_or_else(|| format!("`smsfilter bench` tells no \"{figure}\""))
}

//! What do the tests of the opt-outs say? They run once.

use crate::shell::{self, Outcome};
use std::sync::OnceLock;

/// A figure that the tests print as `figure: NAME: N of ALL`.
pub(super) fn opt_out(name: &str) -> Outcome<(f64, f64)> {
    static SAID: OnceLock<Outcome<Vec<String>>> = OnceLock::new();
    let said = SAID.get_or_init(|| {
        let mut test = shell::command("cargo test -p smsfilter-tests --test opt_out -- --nocapture --test-threads 1");
        // A failed bar is a figure too.
        shell::run_and_read(&mut test).map(|(lines, _)| lines)
    });
    let lines = said.as_ref().map_err(Clone::clone)?;
    let start = format!("figure: {name}: ");
    let counts = lines.iter().find_map(|line| line.split_once(&start)?.1.split_once(" of "));
    let read = |(n, all): (&str, &str)| Some((n.parse().ok()?, all.parse().ok()?));
    counts.and_then(read).ok_or_else(|| format!("the tests print no \"{name}\""))
}

/// The share of the variants of both files that are read right, in percent.
pub(super) fn right() -> Outcome<Option<f64>> {
    let (known, held) = (opt_out("variants worked on with")?, opt_out("variants held out")?);
    Ok(Some(100.0 * (known.0 + held.0) / (known.1 + held.1)))
}

/// The share of those held out alone.
pub(super) fn right_held() -> Outcome<Option<f64>> {
    opt_out("variants held out").map(|(right, all)| Some(100.0 * right / all))
}

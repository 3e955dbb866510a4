//! What does a history of ten thousand messages cost in the demo? Its `HistoryBench` runs under Robolectric, over the library
//! as it ships.

use super::{Row, Stage};
use crate::{
    bindings, jvm,
    shell::{self, Outcome},
};

pub(super) fn history(_: &Stage) -> Outcome<Vec<Row>> {
    shell::run(&mut shell::command("cargo build -p smsfilter-ffi --profile dist"))?;
    bindings::write(&bindings::tool()?)?;
    jvm::write_files()?;
    let line = "mvn --batch-mode --no-transfer-progress -Dstyle.color=never --file bindings/pom.xml --projects ../android-demo \
                --also-make test -Dtest=HistoryBench -Dsurefire.failIfNoSpecifiedTests=false -Dcargo.profile=dist";
    shell::run(shell::command(line).arg(format!("-Dcargo.target={}", shell::target().display())))?;
    let path = shell::target().join("history.json");
    let said = std::fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let said: serde_json::Value = serde_json::from_slice(&said).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut rows = Vec::new();
    for what in ["first_page", "preview", "search", "search_nothing"] {
        for (key, unit) in [("ms", "ms"), ("ratio", "×")] {
            let value = said[what][key].as_f64().ok_or_else(|| format!("{}: no {what}.{key}", path.display()))?;
            rows.push(Row(format!("history, {what}, {key}"), value, unit));
        }
    }
    Ok(rows)
}

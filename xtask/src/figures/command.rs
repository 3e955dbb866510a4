//! The command that figures are measured with: built once, as shipped.

use crate::shell::{self, Outcome};
use std::{
    path::PathBuf,
    process::{Command, Stdio},
    sync::OnceLock,
};

/// The command; built first.
pub(super) fn release() -> Outcome<PathBuf> {
    static BUILT: OnceLock<Outcome> = OnceLock::new();
    BUILT.get_or_init(|| shell::run(&mut shell::command("cargo build --release -p smsfilter-cli"))).clone()?;
    Ok(shell::target().join("release/smsfilter"))
}

/// Runs the command to its end; its output.
pub(super) fn smsfilter(arguments: &[&str]) -> Outcome<String> {
    let run = Command::new(release()?).args(arguments).stdin(Stdio::null()).output();
    let run = run.map_err(|e| format!("smsfilter: {e}"))?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if run.status.success() { Ok(text(&run.stdout)) } else { Err(text(&run.stderr)) }
}

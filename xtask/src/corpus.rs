//! Where is the development corpus? Beside the project, if at all: it is no part of it.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::shell::{self, Outcome};

/// A part of the development corpus, unpacked; `None` with a printed reason if it is not beside the project.
pub(crate) fn unpacked(name: &str) -> Outcome<Option<PathBuf>> {
    let packed = shell::root().join(format!("../shared/corpus/{name}.tsv.gz"));
    if !packed.exists() {
        println!("no development corpus beside the project: what needs it is left out");
        return Ok(None);
    }
    let out = shell::target().join(format!("{name}.tsv"));
    let file = fs::File::create(&out).map_err(|e| format!("{}: {e}", out.display()))?;
    let status =
        Command::new("gzip").arg("-dc").arg(&packed).stdout(file).status().map_err(|e| format!("gzip: {e}"))?;
    if status.success() { Ok(Some(out)) } else { Err("gzip cannot unpack the corpus".into()) }
}

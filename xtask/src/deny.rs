//! May we ship what we depend on? cargo-deny says, by `deny.toml`. The one on the path is taken; without one it is
//! installed into `target/tools`, which takes some minutes.

use std::path::PathBuf;

use crate::shell::{self, Outcome};

const VERSION: &str = "0.20.2";

pub(crate) fn run(args: &[String]) -> Outcome {
    if !args.is_empty() {
        return Err("takes no argument".into());
    }
    let check = format!("{} --all-features check licenses bans sources", program()?.display());
    shell::run(&mut shell::command(&check))
}

fn program() -> Outcome<PathBuf> {
    if shell::has("cargo-deny") {
        return Ok("cargo-deny".into());
    }
    let tools = shell::target().join("tools").join(format!("cargo-deny-{VERSION}"));
    let program = tools.join("bin/cargo-deny");
    if !program.exists() {
        let install = format!("cargo install cargo-deny --locked --version ={VERSION} --root");
        shell::run(shell::command(&install).arg(&tools))?;
    }
    Ok(program)
}

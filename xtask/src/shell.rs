//! How does a task run another program? From the root of the workspace, with the command line shown.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A result whose error is the sentence that the user reads.
pub(crate) type Outcome<T = ()> = Result<T, String>;

/// The root of the workspace.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the workspace")
}

/// Where cargo puts what it builds.
pub(crate) fn target() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
    root().join(target)
}

/// A command line at the root of the workspace, split at spaces.
pub(crate) fn command(line: &str) -> Command {
    let mut words = line.split(' ');
    let mut command = Command::new(words.next().unwrap_or_default());
    command.args(words).current_dir(root()).stdin(Stdio::null());
    command
}

/// Runs a command to its end.
pub(crate) fn run(command: &mut Command) -> Outcome {
    show(command);
    let status = command.status().map_err(|e| format!("cannot start {}: {e}", name(command)))?;
    if status.success() { Ok(()) } else { Err(format!("{} failed ({status})", name(command))) }
}

/// Runs a command to its end and shows it only if it fails.
pub(crate) fn run_quietly(command: &mut Command) -> Outcome {
    let output = command.output().map_err(|e| format!("cannot start {}: {e}", name(command)))?;
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    if output.status.success() { Ok(()) } else { Err(format!("{} failed ({})\n{said}", name(command), output.status)) }
}

/// Runs a command to its end, passes its output on line by line, and returns it with whether it succeeded.
pub(crate) fn run_and_read(command: &mut Command) -> Outcome<(Vec<String>, bool)> {
    show(command);
    let mut child =
        command.stdout(Stdio::piped()).spawn().map_err(|e| format!("cannot start {}: {e}", name(command)))?;
    let output = child.stdout.take().expect("stdout is a pipe");
    let mut lines = Vec::new();
    for line in BufReader::new(output).split(b'\n') {
        let line = line.map_err(|e| format!("cannot read from {}: {e}", name(command)))?;
        let line = String::from_utf8_lossy(&line).into_owned();
        println!("{line}");
        lines.push(line);
    }
    let status = child.wait().map_err(|e| format!("cannot wait for {}: {e}", name(command)))?;
    Ok((lines, status.success()))
}

/// Whether a program can be started.
pub(crate) fn has(program: &str) -> bool {
    std::env::var_os("PATH").is_some_and(|path| std::env::split_paths(&path).any(|dir| dir.join(program).is_file()))
}

fn name(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

fn show(command: &Command) {
    println!("$ {}", name(command));
}

/// Bytes of a file.
pub(crate) fn size(path: &Path) -> Outcome<f64> {
    Ok(std::fs::metadata(path).map_err(|e| format!("{}: {e}", path.display()))?.len() as f64)
}

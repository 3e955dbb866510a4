//! Runs the command as a shell would.

#![allow(dead_code)] // each test target uses a part

use serde_json::Value;
use std::{
    fs,
    io::Write,
    path::Path,
    process::{Command, Output, Stdio},
    thread,
};

/// The `layer.toml` of an addition.
pub(crate) const LAYER: &str = r#"publisher = "city"
layer = "scams"
kind = "addition"
issued_at = 2026-01-01T00:00:00Z
not_after = 2036-01-01T00:00:00Z
title = { zh = "某市", en = "A city" }
"#;

/// A folder of these files.
pub(crate) fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    dir
}

/// The folder of an addition with the topic `loan`.
pub(crate) fn addition(topic: &str) -> tempfile::TempDir {
    folder(&[("layer.toml", LAYER), ("loan.toml", topic)])
}

/// How a run ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ran {
    /// Stdout as JSON, one object a line.
    pub(crate) fn json(&self) -> Vec<Value> {
        let object = |line: &str| {
            let value: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
            assert!(value.is_object(), "{line}");
            value
        };
        assert!(self.stdout.is_empty() || self.stdout.ends_with('\n'));
        self.stdout.lines().map(object).collect()
    }

    /// Asserts the exit code, an empty stdout and that stderr names every part.
    #[track_caller]
    pub(crate) fn fails(&self, code: i32, parts: &[&str]) {
        assert_eq!(self.code, code, "{self:?}");
        assert_eq!(self.stdout, "");
        for part in parts {
            assert!(self.stderr.contains(part), "no {part:?} in {:?}", self.stderr);
        }
    }

    #[track_caller]
    pub(crate) fn succeeds(self) -> Ran {
        assert_eq!(self.code, 0, "{self:?}");
        self
    }
}

pub(crate) fn command<S: AsRef<std::ffi::OsStr>>(args: &[S]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_smsfilter"));
    command.args(args).stdin(Stdio::null());
    command
}

/// Runs with nothing on stdin.
pub(crate) fn run<S: AsRef<std::ffi::OsStr>>(args: &[S]) -> Ran {
    ran(command(args).output().unwrap())
}

/// Runs with `input` on stdin.
pub(crate) fn feed(args: &[&str], input: &[u8]) -> Ran {
    let mut command = command(args);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let output = thread::scope(|scope| {
        // A command that stops early closes its end: that is no failure of the feeder.
        scope.spawn(move || drop(stdin.write_all(input)));
        child.wait_with_output().unwrap()
    });
    ran(output)
}

fn ran(output: Output) -> Ran {
    let text = |bytes| String::from_utf8(bytes).expect("output is UTF-8");
    let code = output.status.code().expect("not killed by a signal");
    Ran { code, stdout: text(output.stdout), stderr: text(output.stderr) }
}

/// A path as an argument.
pub(crate) fn arg(path: &Path) -> &str {
    path.to_str().unwrap()
}

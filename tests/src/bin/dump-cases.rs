//! Writes what runners in other languages need: `dump-cases DIR` gives `cases.jsonl`, the cases over the national rules,
//! the rules they run on, `national.smsb` and `national.smsi`, with `mini.smsb` and `city.smsb` to swap in, and
//! `messages.bin`, messages that are hard to carry with the core's answers.

use smsfilter_tests::{bundle, bundle_bytes, cases, compile, crossing, layer};
use std::{io, path::Path, process::ExitCode};

/// Messages that an ordinary run of the tests carries.
const MESSAGES: usize = 1_000;

fn main() -> ExitCode {
    let Some(dir) = std::env::args_os().nth(1) else {
        eprintln!("expected the folder to write to, found nothing: dump-cases target");
        return ExitCode::from(2);
    };
    match write(Path::new(&dir)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cannot write to {}: {error}", Path::new(&dir).display());
            ExitCode::from(2)
        }
    }
}

fn write(dir: &Path) -> io::Result<()> {
    let mut lines = String::new();
    for case in cases().iter().filter(|case| case.layers == ["national"]) {
        lines += &(serde_json::to_string(case)? + "\n");
    }
    std::fs::create_dir_all(dir)?;
    std::fs::write(dir.join("cases.jsonl"), lines)?;
    std::fs::write(dir.join("national.smsb"), bundle_bytes(&layer("national")))?;
    std::fs::write(dir.join("national.smsi"), compile(&[bundle("national")]))?;
    std::fs::write(dir.join("mini.smsb"), bundle_bytes(&layer("mini")))?;
    std::fs::write(dir.join("city.smsb"), bundle_bytes(&layer("city")))?;
    let mut messages = Vec::new();
    crossing::write(MESSAGES, std::iter::empty(), false, &mut messages)?;
    std::fs::write(dir.join("messages.bin"), messages)
}

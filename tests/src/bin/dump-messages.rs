//! Writes messages for the JVM, of the corpora that are named and made ones:
//! `dump-messages crossing FILE COUNT [TSV…]` with the core's answers, one of them of 10 MB;
//! `dump-messages cut FILE COUNT [TSV…]` a line each, joined and cut to 72 characters.

use smsfilter_tests::{crossing, layer};
use std::{
    fs::File,
    io::{self, BufWriter, Write},
    process::ExitCode,
};

/// What one SMS part nearly holds.
const CHARACTERS: usize = 72;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [what, file, count, corpora @ ..] = &args[..] else { return misuse() };
    let Ok(count) = count.parse() else { return misuse() };
    let write = || -> io::Result<()> {
        let corpora = corpora.iter().map(std::fs::read_to_string).collect::<io::Result<Vec<String>>>()?;
        let bodies = corpora.iter().flat_map(|text| text.lines()).filter_map(|line| line.splitn(3, '\t').nth(2));
        let mut out = BufWriter::new(File::create(file)?);
        match what.as_str() {
            "crossing" => {
                let (given, made) = crossing::write(count, bodies.map(str::to_owned), true, &mut out)?;
                println!("{given} messages of corpora, {made} made");
            }
            _ => cut(count, bodies, &mut out)?,
        }
        out.flush()
    };
    match write() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cannot write {file}: {error}");
            ExitCode::from(2)
        }
    }
}

fn misuse() -> ExitCode {
    eprintln!("expected what to write, where, and how many: dump-messages crossing FILE 100000 [TSV…]");
    ExitCode::from(2)
}

/// The texts, or the examples of the national rules if there are none, over and over.
fn cut<'a>(count: usize, texts: impl Iterator<Item = &'a str>, out: &mut impl Write) -> io::Result<()> {
    let examples = layer("national").examples;
    let mut texts: Vec<&str> = texts.collect();
    if texts.is_empty() {
        texts = examples.iter().map(|example| example.text.as_str()).collect();
        fastrand::Rng::with_seed(1).shuffle(&mut texts);
    }
    let mut characters = texts.iter().cycle().flat_map(|text| text.chars()).filter(|c| !c.is_control());
    for _ in 0..count {
        writeln!(out, "{}", characters.by_ref().take(CHARACTERS).collect::<String>())?;
    }
    Ok(())
}

//! `obfuscate`: messages in, the same with disguised bodies out.

use crate::{
    input::{Batch, Input, InputArgs, Line, Record, Shape},
    obfuscate::{self, Trick},
    outcome::{Count, Failure, Result},
};
use serde::Deserialize;
use serde_json::{Value, value::RawValue};
use std::{
    io::{self, Write},
    ops::Range,
};

/// Disguise messages.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    input: InputArgs,
    /// How they are disguised.
    #[arg(long, value_enum)]
    trick: Trick,
    /// Share of the characters disguised, in percent, at least one: of Han characters, of digits for emoji-digits, of
    /// letters and digits for letters, of ASCII for full-width.
    #[arg(long, value_name = "PERCENT", default_value_t = 3.0, value_parser = percent)]
    rate: f64,
    /// Another seed, other characters.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

pub(crate) fn run(args: &Args) -> Result {
    let Input { mut source, name, progress } = args.input.open()?;
    let shape = source.shape();
    if !matches!(shape, Shape::Jsonl | Shape::Tsv) {
        return Err(Failure::Misuse(format!(
            "{name}: expected JSON lines or TSV, which are written back as they came"
        )));
    }
    let (mut count, mut record) = (Count::default(), Record::default());
    while let Some(batch) = source.next().map_err(|error| error.of(&name))? {
        let Batch::Lines(block, parse) = &batch else { unreachable!("histories are refused above") };
        let mut out = Vec::new();
        for line in block.lines() {
            let read = record.read(&line, *parse);
            count.add(read.is_ok());
            match read.and_then(|()| body(&line, shape)) {
                Ok((text, body)) => {
                    let disguised = obfuscate::disguise(&record.message.body, args.trick, args.rate, args.seed);
                    write!(out, "{}", &text[..body.start])?;
                    match shape {
                        Shape::Tsv => write!(out, "{disguised}")?,
                        _ => serde_json::to_writer(&mut out, &disguised).map_err(io::Error::from)?,
                    }
                    writeln!(out, "{}", &text[body.end..])?;
                }
                Err(error) => writeln!(out, "{{\"line\":{},\"error\":{}}}", line.number, Value::from(error))?,
            }
        }
        io::stdout().write_all(&out)?; // whole lines: nothing stays in a buffer
        progress.inc(batch.size());
    }
    progress.finish_and_clear();
    Ok(count.outcome())
}

/// A line that could be read, and where in it the body stands, of JSON with its quotes.
fn body<'a>(line: &Line<'a>, shape: Shape) -> std::result::Result<(&'a str, Range<usize>), String> {
    #[derive(Deserialize)]
    struct Body<'a> {
        #[serde(borrow)]
        body: &'a RawValue,
    }
    let text = line.text()?;
    if shape == Shape::Tsv {
        let start = text.match_indices('\t').nth(1).map_or(text.len(), |(at, _)| at + 1);
        return Ok((text, start..text.len()));
    }
    let raw = serde_json::from_str::<Body<'_>>(text).map_err(|error| error.to_string())?.body.get();
    let start = raw.as_ptr() as usize - text.as_ptr() as usize; // a part of the same text
    Ok((text, start..start + raw.len()))
}

fn percent(text: &str) -> std::result::Result<f64, String> {
    let fits = text.parse().ok().filter(|rate: &f64| *rate > 0.0 && *rate <= 100.0);
    fits.ok_or_else(|| "expected a share in percent, above 0, at most 100".into())
}

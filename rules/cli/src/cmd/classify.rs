//! `classify`: a stream of messages in, a verdict and a decision each out, in order, in bounded memory.

use crate::{
    Format,
    input::{Input, InputArgs},
    opened::{self, RulesArgs},
    outcome::{Count, Result},
    stream::{self, Job},
};
use std::{io, sync::Arc};

/// Classify a stream of messages.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    input: InputArgs,
    #[command(flatten)]
    rules: RulesArgs,
    /// A preset (off, mark, standard, strict) or a TOML file; overlays behind `+`, such as standard+double-eleven.
    #[arg(long, value_name = "P", default_value = "standard")]
    policy: String,
    /// JSON lines for programs, or a line of text each.
    #[arg(long, value_enum, default_value = "json")]
    format: Format,
    /// Rules alone. (The national rules have no statistical model yet.)
    #[arg(long)]
    no_model: bool,
}

pub(crate) fn run(args: &Args) -> Result {
    let filter = args.rules.open()?;
    let filter = if args.no_model { filter.without_model() } else { filter };
    let policy = opened::policy(&args.policy, &args.rules)?;
    let Input { source, name, progress } = args.input.open()?;
    let job = Arc::new(Job { filter, policy, format: args.format });
    let (mut count, mut skipped) = (Count::default(), 0);
    for answer in stream::start(source, &job, stream::cores()) {
        let answer = answer.map_err(|error| error.of(&name))?;
        io::Write::write_all(&mut io::stdout(), &answer.lines)?; // whole lines: nothing stays in a buffer
        count.all += answer.count.all;
        count.bad += answer.count.bad;
        skipped += answer.skipped;
        progress.inc(answer.read);
    }
    progress.finish_and_clear();
    if skipped > 0 {
        anstream::eprintln!(
            "smsfilter: 略过无文字的彩信 {skipped} 条 / passed over {skipped} multimedia messages without text"
        );
    }
    Ok(count.outcome())
}

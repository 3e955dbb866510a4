//! `corpus`: the project's own templates as messages, or their count.

use crate::{
    corpus::{self, Corpus},
    outcome::{Outcome, Result},
};
use serde_json::json;
use std::{collections::BTreeMap, path::PathBuf};

/// 展开短信模板，或清点意图 / Expand message templates, or count their intents.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The folder of templates.
    #[arg(default_value = "rules/corpus")]
    dir: PathBuf,
    /// Messages made of each intent.
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..))]
    each: u32,
    /// Another seed, other names, numbers and amounts.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Half of the intents only: that on which rules are tuned, or that which judges them.
    #[arg(long, value_enum)]
    half: Option<Half>,
    /// Count intents by topic instead, and name those that say the same.
    #[arg(long)]
    check: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Half {
    Tuned,
    Held,
}

pub(crate) fn run(args: &Args) -> Result {
    let mut corpus = Corpus::read(&args.dir)?;
    corpus.intents.retain(|intent| args.half.is_none_or(|half| (half == Half::Tuned) == intent.is_tuned_on()));
    if args.check {
        return check(&corpus);
    }
    for intent in &corpus.intents {
        let category = intent.category.to_string();
        let label = if intent.category.category.is_spam() { "1" } else { "0" };
        for count in 0..args.each {
            let message = corpus.expand(intent, count as usize, args.seed);
            let id = format!("{}#{count}", intent.name());
            println!(
                "{}",
                json!({"id": id, "label": label, "source": intent.topic, "category": category, "era": intent.era, "sender": message.sender, "body": message.body})
            );
        }
    }
    Ok(Outcome::Fine)
}

fn check(corpus: &Corpus) -> Result {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for intent in &corpus.intents {
        *counts.entry(&intent.topic).or_default() += 1;
    }
    for (topic, count) in &counts {
        println!("{count:>6}  {topic}");
    }
    let near = corpus::near(&corpus.intents);
    for (one, other) in &near {
        println!(
            "{} says what {} says: half of its three-character runs or more",
            corpus.intents[*other].name(),
            corpus.intents[*one].name()
        );
    }
    println!("{} intents, {} too near to another", corpus.intents.len(), near.len());
    Ok(if near.is_empty() { Outcome::Fine } else { Outcome::No })
}

//! `tune`: points for the rules of a layer, proposed from a corpus.

use crate::{
    Format,
    input::labelled::{self, Labels},
    opened,
    outcome::{Failure, Outcome, Result, write},
    source::Source,
    trial::Trial,
    tune::{Score, Tuned, tune},
};
use serde_json::json;
use smsfilter::rule::Effect;
use std::{collections::BTreeMap, path::PathBuf};

/// 按语料建议分值 / Propose points from a corpus.
///
/// What is printed of a proposal is of the corpus it was made from: judge it by another, as `stats` does.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The layer's folder.
    #[arg(default_value = "rules/national")]
    dir: PathBuf,
    /// 带标签的短信 / Labelled messages, TSV or JSON lines as `train` reads them.
    #[arg(long, value_name = "CORPUS")]
    on: PathBuf,
    /// Most ham errors: a message called promotion counts one, a blocked one five.
    #[arg(long, value_name = "N")]
    max_ham_errors: u32,
    /// How far points may move from today's.
    #[arg(long, value_name = "P", default_value_t = 20, value_parser = clap::value_parser!(u16).range(5..=1000))]
    within: u16,
    /// 写回规则文件，只改数字 / Edit the numbers in the files if the cap is kept; everything else in them stays.
    #[arg(long)]
    write: bool,
    /// How to print.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

pub(crate) fn run(args: &Args) -> Result {
    let source = Source::read(&args.dir)?;
    let layer = source.layer()?;
    let trial = Trial::new(opened::development(&source, &layer)?)?;
    let rows = labelled::all(&args.on, Labels::Needed)?;
    let tuned = tune(trial.layer(), &rows, &trial.run(&rows), args.within.into(), args.max_ham_errors.into());
    let mut edits: BTreeMap<String, Vec<(std::ops::Range<usize>, i32)>> = BTreeMap::new();
    for &(rule, to) in &tuned.points {
        let rule = &trial.layer().rules[rule];
        let Effect::Points { points: from, .. } = rule.effect else { continue };
        let Some((file, place)) = source.points(&rule.id) else {
            return Err(Failure::Refused(format!("{}: expected a line `points = {from}`", rule.id)));
        };
        let line = source.line(&file, &place);
        match args.format {
            Format::Json => println!(
                "{}",
                json!({"kind": "rule", "rule": rule.id, "file": file, "line": line, "from": from, "to": to})
            ),
            Format::Text => println!("{file}:{line}: {}\n- points = {from}\n+ points = {to}", rule.id),
        }
        edits.entry(file).or_default().push((place, to));
    }
    // The cap is what was asked for: where it is not kept, nothing is written.
    let keeps = tuned.after.errors() <= i64::from(args.max_ham_errors);
    let writes = args.write && keeps;
    tell(&tuned, writes, args);
    if writes {
        for (name, mut places) in edits {
            places.sort_by_key(|(place, _)| std::cmp::Reverse(place.start));
            let file = source.folder.files.iter().find(|file| file.name == name);
            let mut text = file.map(|file| file.text.clone()).unwrap_or_default();
            places.into_iter().for_each(|(place, to)| text.replace_range(place, &to.to_string()));
            write(&args.dir.join(name), text.as_bytes())?;
        }
    }
    Ok(if keeps { Outcome::Fine } else { Outcome::No })
}

fn tell(tuned: &Tuned, written: bool, args: &Args) {
    let Tuned { points, before, after } = tuned;
    if args.format == Format::Json {
        let score = |score: &Score| json!({"found": score.found, "ham_promoted": score.promoted, "ham_blocked": score.blocked, "ham_errors": score.errors()});
        println!(
            "{}",
            json!({"kind": "summary", "moved": points.len(), "before": score(before), "after": score(after), "written": written})
        );
        return;
    }
    for (name, score) in [("现在 / now", before), ("建议 / proposed", after)] {
        println!(
            "{name}: {} spam found; ham: {} called promotion, {} blocked, {} errors of at most {}",
            score.found,
            score.promoted,
            score.blocked,
            score.errors(),
            args.max_ham_errors
        );
    }
    let written = match (written, args.write) {
        (true, _) => "已写入 / written",
        (false, true) => "误判超出上限，未写入 / nothing is written: more ham errors than allowed",
        (false, false) => "未写入；加 --write 写入 / nothing is written without --write",
    };
    println!("{} 条规则改分 / rules moved; {written}", points.len());
}

//! `stats`: what each rule of a layer does on a corpus.

use crate::{
    Format,
    cmd::bench,
    input::labelled::{self, Labels, Row},
    opened::{self, TrustArgs},
    outcome::{Outcome, Result},
    trial::{Said, Trial},
};
use rayon::prelude::*;
use serde_json::json;
use smsfilter::{Filter, Message, filter::Scratch, rule::Effect};
use std::{path::PathBuf, time::Duration};

/// 逐条规则的统计 / Say what each rule does on a corpus.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A layer's folder or a bundle.
    #[arg(default_value = "rules/national")]
    layer: PathBuf,
    #[command(flatten)]
    trust: TrustArgs,
    /// 带标签的短信 / Labelled messages, TSV or JSON lines as `train` reads them.
    #[arg(long, value_name = "CORPUS")]
    on: PathBuf,
    /// 另列最耗时的主题 / Measure also which topics take most time.
    #[arg(long)]
    slowest: bool,
    /// How to print.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// Counts of messages: spam and ham by their labels.
#[derive(Clone, Copy, Default)]
struct Count {
    spam: u64,
    ham: u64,
}

impl Count {
    fn add(&mut self, row: &Row) {
        let spam = row.is_spam() == Some(true);
        self.spam += u64::from(spam);
        self.ham += u64::from(!spam);
    }

    fn all(self) -> u64 {
        self.spam + self.ham
    }

    fn precision(self) -> Option<f64> {
        (self.all() > 0).then(|| self.spam as f64 / self.all() as f64)
    }
}

/// What one rule did.
#[derive(Clone, Copy, Default)]
struct Done {
    hits: Count,
    /// Messages whose verdict would be another without the rule.
    only: Count,
}

/// How long each round of measuring takes at least.
const ROUND: Duration = Duration::from_secs(1);

pub(crate) fn run(args: &Args) -> Result {
    let trial = Trial::new(opened::layer(&args.layer, &args.trust)?)?;
    let rows = labelled::all(&args.on, Labels::Needed)?;
    let said = trial.run(&rows);
    let done = count(&trial, &rows, &said);
    let (mut all, mut found, mut blocked) = (Count::default(), Count::default(), Count::default());
    for (row, said) in rows.iter().zip(&said) {
        all.add(row);
        if said.verdict.is_spam() {
            found.add(row);
        }
        if said.verdict.is_blocked() {
            blocked.add(row);
        }
    }
    print(&trial, &done, all, args.format);
    if args.slowest {
        let messages: Vec<&Message> = rows.iter().map(|row| &row.record.message).collect();
        for (topic, seconds) in bench::topics(std::slice::from_ref(&trial.bundle), &trial.filter, &messages, ROUND)? {
            let micros = (seconds * 1e9).round() / 1e3;
            match args.format {
                Format::Json => println!("{}", json!({"kind": "topic", "topic": topic, "micros": micros})),
                Format::Text => println!("最耗时主题 / slow topic {topic}: {micros} µs a message"),
            }
        }
    }
    match args.format {
        Format::Json => println!(
            "{}",
            json!({"kind": "summary", "spam": all.spam, "ham": all.ham, "found": found.spam, "blocked": blocked.spam,
                "ham_found": found.ham, "ham_blocked": blocked.ham})
        ),
        Format::Text => println!(
            "{} spam: {} found, {} of them blocked; {} ham: {} taken for spam, {} of them blocked",
            all.spam, found.spam, blocked.spam, all.ham, found.ham, blocked.ham
        ),
    }
    Ok(Outcome::Fine)
}

/// Counts by rule; the verdict without a rule is asked of the filter itself.
fn count(trial: &Trial, rows: &[Row], said: &[Said]) -> Vec<Done> {
    let layer = trial.layer();
    let publisher = layer.meta.publisher.as_str();
    let without: Vec<Filter> =
        layer.rules.iter().map(|rule| trial.filter.without_rules(&[(publisher, &rule.id)])).collect();
    let none = || (vec![Done::default(); layer.rules.len()], Scratch::default());
    let counted = rows.par_iter().zip(said).fold(none, |(mut done, mut scratch), (row, said)| {
        for &rule in &said.rules {
            let rule = rule as usize;
            done[rule].hits.add(row);
            let other = without[rule].assess_with(&row.record.message, &mut scratch).category();
            if other != said.verdict {
                done[rule].only.add(row);
            }
        }
        (done, scratch)
    });
    counted.map(|counted| counted.0).reduce(
        || none().0,
        |mut a, b| {
            for (a, b) in a.iter_mut().zip(b) {
                for (a, b) in [(&mut a.hits, b.hits), (&mut a.only, b.only)] {
                    a.spam += b.spam;
                    a.ham += b.ham;
                }
            }
            a
        },
    )
}

/// A line a rule, those that hit most first; the dead ones are last.
fn print(trial: &Trial, done: &[Done], all: Count, format: Format) {
    let mut rows: Vec<_> = trial.layer().rules.iter().zip(done).collect();
    rows.sort_by_key(|(rule, done)| (std::cmp::Reverse(done.hits.all()), &rule.id));
    if format == Format::Text {
        println!(
            "{:>7} {:>7} {:>7} {:>9} {:>6} {:>9} {:>9}  rule",
            "hits", "spam", "ham", "precision", "lift", "only spam", "only ham"
        );
    }
    for (rule, Done { hits, only }) in rows {
        let dated = rule.from.is_some() || rule.until.is_some();
        let state = match hits.all() {
            0 if dated => "dated",
            0 => "dead",
            _ => "live",
        };
        let effect = match rule.effect {
            Effect::Points { category, points } => format!("{points:+} {category}"),
            Effect::Evidence | Effect::Act(_) => "evidence".to_owned(),
        };
        let lift = hits.precision().zip(all.precision()).filter(|row| row.1 > 0.0).map(|(own, base)| own / base);
        let round = |value: f64, digits: f64| (value * digits).round() / digits;
        if format == Format::Json {
            println!(
                "{}",
                json!({"kind": "rule", "rule": rule.id, "effect": effect, "state": state, "spam": hits.spam, "ham": hits.ham,
                    "precision": hits.precision().map(|v| round(v, 1e4)), "lift": lift.map(|v| round(v, 1e3)),
                    "only_spam": only.spam, "only_ham": only.ham})
            );
            continue;
        }
        let precision = hits.precision().map_or("–".to_owned(), |value| format!("{:.1}%", 100.0 * value));
        let lift = lift.map_or("–".to_owned(), |value| format!("{value:.2}"));
        let note = match state {
            "dead" => "  未命中 / dead",
            "dated" => "  有期限 / dated: needs a received time",
            _ => "",
        };
        println!(
            "{:>7} {:>7} {:>7} {precision:>9} {lift:>6} {:>9} {:>9}  {} {effect}{note}",
            hits.all(),
            hits.spam,
            hits.ham,
            only.spam,
            only.ham,
            rule.id
        );
    }
}

//! `diff`: what is different between two states of a layer, and what that does to the messages of a corpus.

use crate::{
    Format,
    changes::{self, Change},
    input::labelled::{self, Labels, Row},
    opened::{self, TrustArgs},
    outcome::{Outcome, Result},
    report::highlight,
};
use rayon::prelude::*;
use serde_json::json;
use smsfilter::{
    Action, Filter, Policy, Subcategory, decide,
    filter::{Explanation, Scratch},
};
use std::{collections::BTreeMap, path::PathBuf};

/// 比较两版规则 / Say what is different between two states of a layer.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// 旧：规则文件夹或规则包 / The old state: a layer's folder or a bundle.
    a: PathBuf,
    /// 新 / The new one.
    b: PathBuf,
    #[command(flatten)]
    trust: TrustArgs,
    /// 逐条比较这些短信的判定 / Messages to compare the verdicts of: TSV or JSON lines, labels welcome.
    #[arg(long, value_name = "CORPUS")]
    on: Option<PathBuf>,
    /// A preset or a TOML file, which tells what happens to a message.
    #[arg(long, value_name = "P", default_value = "standard", requires = "on")]
    policy: String,
    /// Most messages shown for each rule.
    #[arg(long, value_name = "N", default_value_t = 5, requires = "on")]
    most: usize,
    /// How to print.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// A message that is read otherwise.
struct Moved<'a> {
    row: &'a Row,
    /// Category with its subcategory, and action by the policy.
    before: [String; 2],
    after: [String; 2],
    /// `gained` as spam, `lost`, or `moved` among the rest.
    how: &'static str,
    /// The rule of which the two make the most difference.
    rule: String,
}

pub(crate) fn run(args: &Args) -> Result {
    let [a, b] = [opened::layer(&args.a, &args.trust)?, opened::layer(&args.b, &args.trust)?];
    let changes = changes::between(&a.layer, &b.layer);
    changes.iter().for_each(|change| print(change, args.format));
    if args.format == Format::Text && changes.is_empty() {
        println!(
            "{}",
            if a.layer == b.layer {
                "规则相同 / the rules are the same"
            } else {
                "内容相同，顺序不同 / the same is said in another order"
            }
        );
    }
    let Some(corpus) = &args.on else { return Ok(Outcome::Fine) };
    let rows = labelled::all(corpus, Labels::Welcome)?;
    let policy = opened::base_policy(&args.policy)?;
    let filters = [opened::filter(&[a])?, opened::filter(&[b])?];
    let moved: Vec<Moved<'_>> = rows
        .par_chunks(256)
        .map_init(Default::default, |scratch: &mut Scratch, rows| {
            rows.iter().filter_map(|row| compare(&filters, &policy, row, scratch)).collect::<Vec<_>>()
        })
        .flatten()
        .collect();
    tell(&moved, rows.len(), args);
    Ok(Outcome::Fine)
}

fn compare<'a>(filters: &[Filter; 2], policy: &Policy, row: &'a Row, scratch: &mut Scratch) -> Option<Moved<'a>> {
    let message = &row.record.message;
    let mut outcome = |filter: &Filter| {
        let verdict = filter.classify_with(message, scratch);
        (verdict.subcategory, decide(&verdict, message, policy).action)
    };
    let [before, after] = [outcome(&filters[0]), outcome(&filters[1])];
    if before == after {
        return None;
    }
    let how = match (before.0.category.is_spam(), after.0.category.is_spam()) {
        (false, true) => "gained",
        (true, false) => "lost",
        _ => "moved",
    };
    let names = |outcome: (Subcategory, Action)| [outcome.0.to_string(), outcome.1.name().to_owned()];
    let rule = cause(&filters.each_ref().map(|filter| filter.explain(message)));
    Some(Moved { row, before: names(before), after: names(after), how, rule })
}

/// The rule of which the two say the most different: of those with points for a category that either reached, the one whose
/// points differ most; the first by name if equal.
fn cause(explanations: &[Explanation; 2]) -> String {
    let reached = explanations.each_ref().map(|explanation| explanation.verdict.category());
    let mut points: BTreeMap<(&str, &str), [i32; 2]> = BTreeMap::new();
    for (side, explanation) in explanations.iter().enumerate() {
        for rule in &explanation.rules {
            if let Some((_, value)) = rule.points.filter(|row| reached.contains(&row.0.category)) {
                points.entry((&rule.rule, &rule.publisher)).or_default()[side] = value;
            }
        }
    }
    let difference = |values: &[i32; 2]| values[0].abs_diff(values[1]);
    let most = points
        .iter()
        .filter(|row| difference(row.1) > 0)
        .max_by_key(|row| (difference(row.1), std::cmp::Reverse(row.0)));
    most.map_or_else(|| "–".to_owned(), |row| row.0.0.to_owned())
}

fn print(change: &Change, format: Format) {
    let Change { kind, name, before, after, words } = change;
    if format == Format::Json {
        let [gone, new] = words;
        println!(
            "{}",
            json!({"kind": kind, "name": name, "change": change.how(), "before": before, "after": after, "removed": gone, "added": new})
        );
        return;
    }
    let sign = match change.how() {
        "added" => '+',
        "removed" => '-',
        _ => '~',
    };
    let [gone, new] = words;
    if gone.is_empty() && new.is_empty() {
        let parts: Vec<String> = match (before.is_empty(), after.is_empty()) {
            (false, false) => before.iter().map(|(part, old)| format!("{part}: {old} → {}", after[part])).collect(),
            _ => before.iter().chain(after).map(|(part, text)| format!("{part}: {text}")).collect(),
        };
        println!("{sign} {kind} {name}  {}", parts.join("; "));
    } else {
        let words = gone.iter().map(|word| format!("-{word}")).chain(new.iter().map(|word| format!("+{word}")));
        println!("{sign} {kind} {name}  {}", words.collect::<Vec<_>>().join(" "));
    }
}

/// By the rule that makes it, those that move most first: how many, and some of them.
fn tell(moved: &[Moved<'_>], all: usize, args: &Args) {
    let mut groups: BTreeMap<(&str, &str), Vec<&Moved<'_>>> = BTreeMap::new();
    moved.iter().for_each(|message| groups.entry((message.how, &message.rule)).or_default().push(message));
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(name, messages)| (name.0, std::cmp::Reverse(messages.len()), name.1));
    let spam = |messages: &[&Moved<'_>], wanted| messages.iter().filter(|m| m.row.is_spam() == Some(wanted)).count();
    for ((how, rule), messages) in &groups {
        let [spam, ham] = [spam(messages, true), spam(messages, false)];
        if args.format == Format::Json {
            println!(
                "{}",
                json!({"kind": "cause", "change": how, "rule": rule, "messages": messages.len(), "spam": spam, "ham": ham})
            );
        } else {
            let word = match *how {
                "gained" => "新判为垃圾 / gained",
                "lost" => "不再判为垃圾 / lost",
                _ => "改判 / moved",
            };
            println!("\n{word} {} by {rule} (spam {spam}, ham {ham})", messages.len());
        }
        for message in messages.iter().take(args.most) {
            let Moved { row, before, after, .. } = message;
            let body = &row.record.message.body;
            if args.format == Format::Json {
                println!(
                    "{}",
                    json!({"kind": "message", "change": how, "rule": rule, "line": row.number, "id": row.record.id, "label": row.record.label, "before": before, "after": after, "body": body})
                );
            } else {
                println!("  {}: {} → {}: {}", row.number, before.join(" "), after.join(" "), highlight(body, &[]));
            }
        }
    }
    let count = |how: &str| moved.iter().filter(|message| message.how == how).count();
    let [gained, lost, other] = [count("gained"), count("lost"), count("moved")];
    if args.format == Format::Json {
        println!("{}", json!({"kind": "summary", "messages": all, "gained": gained, "lost": lost, "moved": other}));
    } else {
        println!("\n{all} messages: {gained} gained as spam, {lost} lost, {other} moved otherwise");
    }
}

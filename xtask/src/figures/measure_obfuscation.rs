//! What do disguises cost? Recall on the same spam, plain and disguised by `smsfilter obfuscate`, rules alone.

use super::{
    Bound, Figure, Measure,
    command::smsfilter,
    measure_corpus::{is_spam, run},
};
use crate::{
    corpus::unpacked,
    shell::{self, Outcome},
};
use serde_json::Value;
use std::{collections::BTreeMap, fs, sync::Mutex};

/// Which spam.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Spam {
    /// The spam rows of the development corpus.
    Dev,
    /// What the project writes itself.
    Own,
}

/// A trick and the share of characters it is applied to, in percent.
type Disguise = (&'static str, &'static str);

/// Figures of one kind of spam at one rate: the worst trick, then each.
macro_rules! losses {
    ($spam:expr, $rate:literal, $name:literal, $bound:expr, [$($trick:literal),*]) => {
        [
            figure(concat!($name, ", ", $rate, " % disguised: recall lost, worst trick"), $bound, || {
                worst($spam, $rate, &[$($trick),*])
            }),
            $(figure(concat!($name, ", ", $rate, " % disguised: recall lost, ", $trick), Bound::Recorded, || {
                lost($spam, ($trick, $rate))
            }),)*
        ]
    };
}

macro_rules! all_losses {
    ($tricks:tt) => {
        [
            losses!(Spam::Dev, "3", "zh_dev spam", Bound::AtMost(1.0), $tricks),
            losses!(Spam::Own, "3", "own spam", Bound::AtMost(1.0), $tricks),
            losses!(Spam::Dev, "30", "zh_dev spam", Bound::Recorded, $tricks),
            losses!(Spam::Own, "30", "own spam", Bound::Recorded, $tricks),
        ]
    };
}

pub(super) const FIGURES: &[[Figure; 12]] = &all_losses!([
    "full-width",
    "traditional",
    "separators",
    "zero-width",
    "homophones",
    "look-alikes",
    "letters",
    "split-radicals",
    "emoji-digits",
    "pinyin",
    "mixed"
]);

const fn figure(name: &'static str, bound: Bound, measure: fn() -> Outcome<Option<f64>>) -> Figure {
    let command = "smsfilter obfuscate SPAM --trick TRICK --rate RATE | smsfilter classify --no-model";
    Figure { name, unit: "points", bound, command, measure: Measure::Run(measure) }
}

fn worst(spam: Spam, rate: &'static str, tricks: &[&'static str]) -> Outcome<Option<f64>> {
    let lost: Vec<Option<f64>> = tricks.iter().map(|trick| lost(spam, (trick, rate))).collect::<Outcome<_>>()?;
    Ok(lost.into_iter().flatten().reduce(f64::max))
}

fn lost(spam: Spam, disguise: Disguise) -> Outcome<Option<f64>> {
    Ok(recall(spam, None)?.zip(recall(spam, Some(disguise))?).map(|(plain, disguised)| plain - disguised))
}

/// What was measured.
type Recalls = BTreeMap<(Spam, Option<Disguise>), Option<f64>>;

/// Percent of the spam that is in a spam category.
fn recall(spam: Spam, disguise: Option<Disguise>) -> Outcome<Option<f64>> {
    static MEASURED: Mutex<Recalls> = Mutex::new(Recalls::new());
    let known = MEASURED.lock().map_err(|error| error.to_string())?.get(&(spam, disguise)).copied();
    if let Some(recall) = known {
        return Ok(recall);
    }
    let recall = match rows(spam)? {
        Some(rows) => Some(measure(&rows, disguise)?),
        None => None,
    };
    MEASURED.lock().map_err(|error| error.to_string())?.insert((spam, disguise), recall);
    Ok(recall)
}

/// The messages in a shape that the command reads; `None` where there are none, with the reason printed.
fn rows(spam: Spam) -> Outcome<Option<String>> {
    match spam {
        Spam::Dev => {
            let Some(path) = unpacked("zh_dev")? else { return Ok(None) };
            let text = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
            Ok(Some(text.split_inclusive('\n').filter(|line| line.starts_with("1\t")).collect()))
        }
        Spam::Own => {
            let folder = shell::root().join("rules/corpus");
            let text = smsfilter(&["corpus", &folder.to_string_lossy()])?;
            Ok(Some(text.split_inclusive('\n').filter(|line| label(line) == "1").collect()))
        }
    }
}

fn label(line: &str) -> String {
    let value: Value = serde_json::from_str(line).unwrap_or_default();
    value["label"].as_str().unwrap_or_default().to_owned()
}

fn measure(rows: &str, disguise: Option<Disguise>) -> Outcome<f64> {
    let file = shell::target().join("obfuscation.txt");
    let write = |text: &str| fs::write(&file, text).map_err(|e| format!("{}: {e}", file.display()));
    let path = file.to_string_lossy();
    write(rows)?;
    if let Some((trick, rate)) = disguise {
        write(&smsfilter(&["obfuscate", &path, "--trick", trick, "--rate", rate])?)?;
    }
    let (mut all, mut caught) = (0, 0);
    for line in run(&[&path])?.0.lines() {
        let verdict: Value = serde_json::from_str(line).map_err(|e| e.to_string())?;
        all += 1;
        caught += u64::from(verdict["category"].as_str().is_some_and(is_spam));
    }
    Ok(caught as f64 * 100.0 / f64::from(all))
}

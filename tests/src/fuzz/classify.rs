//! Does the engine say of any message under any rules what the oracle says?

use super::rules::{Case, case, is_written};
use crate::oracle::{Given, Judgement, Oracle, Table};
use arbitrary::Unstructured;
use bytes::Bytes;
use smsfilter::{
    Category, Filter, fold,
    image::{self, Image},
};
use std::sync::LazyLock;

/// The lines of the national table that the messages of [`case`] need, for the whole would be compiled every time. The
/// whole is compared by the target `fold`.
static TSV: LazyLock<String> = LazyLock::new(|| {
    let single = ["case", "width", "simplified", "compat", "digit", "look-alike"];
    let is_needed = |line: &str| {
        let mut columns = line.split('\t');
        let (from, kind) = (columns.next().unwrap_or_default(), columns.next().unwrap_or_default());
        let code_point =
            u32::from_str_radix(from.split(' ').next().unwrap_or_default(), 16).ok().and_then(char::from_u32);
        !single.contains(&kind) || code_point.is_none_or(is_written)
    };
    let all = super::fold::tsv("national");
    all.lines().filter(|line| is_needed(line)).map(|line| format!("{line}\n")).collect()
});
static FOLD: LazyLock<Bytes> = LazyLock::new(|| fold::encode(&TSV).expect("a fold table").bytes().clone());
static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(&TSV));

/// An input is the choices of [`case`].
pub fn classify(data: &[u8]) {
    let Ok(case) = case(&mut Unstructured::new(data)) else { return };
    _ = compare(case);
}

pub(super) fn seeds() -> Vec<Vec<u8>> {
    // Different choices from the start; which, does not matter.
    let bytes = |seed: u64| {
        let mut state = seed;
        let next = std::iter::repeat_with(move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 56) as u8
        });
        next.take(600).collect()
    };
    (1..=32).map(bytes).collect()
}

/// Judges every message with the engine and with the oracle. How many got a category; `None` if both refuse the rules.
///
/// # Panics
/// With both judgements, if they differ.
#[must_use]
pub fn compare(mut case: Case) -> Option<usize> {
    case.layers[0].fold = Some(FOLD.clone());
    let inputs: Vec<_> = case.layers.iter().map(|layer| image::Input { layer, digest: [0; 32] }).collect();
    let compiled = image::compile(&inputs);
    let oracle = Oracle::new(&TABLE, &case.layers);
    let (Ok(bytes), Some(oracle)) = (&compiled, &oracle) else {
        assert!(compiled.is_err() && oracle.is_none(), "one refuses: {:?}\n{}", compiled.err(), describe(&case));
        return None;
    };
    let image = Image::open(bytes.clone().into()).expect("what is compiled can be opened");
    let filter = Filter::new(image).expect("a base layer has fold tables");
    let mut known = 0;
    for message in &case.messages {
        let explained = filter.explain(message);
        assert_eq!(filter.classify(message), explained.verdict);
        let differences = Judgement::of(&explained).differences(&oracle.judge(message, Given::default()));
        assert!(differences.is_empty(), "{message:?}\n{}\n{}", differences.join("\n"), describe(&case));
        known += usize::from(explained.verdict.category() != Category::Unknown);
    }
    Some(known)
}

/// What a case's layers say, a line each.
fn describe(case: &Case) -> String {
    let mut lines = String::new();
    for layer in &case.layers {
        lines += &format!("layer {}\n", layer.meta.publisher);
        for list in &layer.words.lists {
            lines += &format!("  {}: {:?}\n", list.name, list.keywords);
        }
        for alias in &layer.words.aliases {
            lines += &format!("  {:?} is also {:?}\n", alias.word, alias.forms);
        }
        for pattern in &layer.words.patterns {
            lines += &format!("  {}: {}\n", pattern.name, pattern.regex);
        }
        for rule in &layer.rules {
            let days = (rule.from, rule.until);
            lines += &format!("  {}: {:?} when {:?}, {days:?}\n", rule.id, rule.effect, rule.condition.0);
        }
    }
    lines
}

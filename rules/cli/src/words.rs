//! Which lists does a rule look at, and on which side of a negation?

use smsfilter::{
    fold::FoldTable,
    image::{self, CompileError},
    rule::{Condition, Layer, Op},
};
use std::collections::BTreeSet;

/// A keyword as messages are searched for it.
pub(crate) struct Form {
    /// Its list, an index into [`smsfilter::rule::Words::lists`].
    pub(crate) list: usize,
    /// The keyword, an index into the list.
    pub(crate) keyword: usize,
    /// Folded, perhaps as an alias lets it read.
    pub(crate) text: String,
}

/// Every form of every keyword, by list and keyword.
pub(crate) fn forms(layer: &Layer, fold: &FoldTable) -> Result<Vec<Form>, CompileError> {
    let mut forms = Vec::new();
    image::forms(&layer.words, fold, |list, keyword, text| {
        forms.push(Form { list, keyword, text });
        Ok(())
    })?;
    Ok(forms)
}

/// Every shorter text within a text: few enough of a keyword to look each up.
pub(crate) fn within(text: &str) -> impl Iterator<Item = &str> {
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let pairs = (0..ends.len()).flat_map(move |from| {
        (from + 1..ends.len()).map({
            let ends = ends.clone();
            move |to| ends[from]..ends[to]
        })
    });
    pairs.filter(|range| range.len() < text.len()).map(|range| &text[range])
}

/// The tests of a condition, each with whether it stands outside negations.
pub(crate) fn tests(condition: &Condition) -> Vec<(&Op, bool)> {
    let (mut tests, mut starts) = (Vec::new(), Vec::new());
    for op in &condition.0 {
        match op {
            Op::Not => {
                let from = starts.last().copied().unwrap_or_default();
                tests[from..].iter_mut().for_each(|(_, positive): &mut (_, bool)| *positive = !*positive);
            }
            Op::And | Op::Or => {
                starts.pop();
            }
            test => {
                starts.push(tests.len());
                tests.push((test, true));
            }
        }
    }
    tests
}

/// Whether a condition is that one list has a word, however often and with whatever negations it says so.
pub(crate) fn is_one_list(condition: &Condition) -> bool {
    let tests = tests(condition);
    matches!(tests.first(), Some((Op::List(_, 0 | 1), true))) && tests.iter().all(|test| *test == tests[0])
}

/// The lists that speak for each rule of a layer, itself or through the rules it names, negations aside.
pub(crate) fn lists_of_rules(layer: &Layer) -> Vec<BTreeSet<usize>> {
    let mut all: Vec<BTreeSet<usize>> = Vec::new();
    for rule in &layer.rules {
        let mut lists = BTreeSet::new();
        for (op, _) in tests(&rule.condition).into_iter().filter(|test| test.1) {
            match op {
                Op::List(list, _) => {
                    lists.insert(*list as usize);
                }
                // A rule only names earlier ones.
                Op::Rule(earlier) => lists.extend(all.get(*earlier as usize).into_iter().flatten()),
                _ => {}
            }
        }
        all.push(lists);
    }
    all
}

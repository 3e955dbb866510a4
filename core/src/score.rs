//! Which rules hold, and what do their points say of each category? Layer by layer, in fixed order.

use crate::{
    Category, Span, Subcategory,
    fold::Folded,
    image::{Image, RuleRow, Test, cue, op},
    matcher::{Facts, Hits, Letters, bits, ones},
    model::{Dense, Model, Sums},
    rule::condition::{TRAITS, Trait},
};
use std::{
    cell::{OnceCell, RefCell},
    ops::Range,
};

/// Points of every category before any rule speaks.
pub const BIAS: i32 = -50;

/// Most rules that the evidence of one is followed through; those of more only come from rules written to waste time.
const MOST_RULES: usize = 64;

/// Probability in permille from which a category counts as reached.
pub const THRESHOLD: u16 = 500;

/// Probability in permille at −60, −50 … 60 points: a logistic curve whose odds grow by e^0.8 every ten points. Between
/// them it is linear, outside it stays at the ends. A layer with a model will bring its own table.
const CALIBRATION: [u16; 13] = [8, 18, 39, 83, 168, 310, 500, 690, 832, 917, 961, 982, 992];

/// The probability in permille that points stand for.
///
/// ```
/// assert_eq!(smsfilter::score::permille(0), 500);
/// assert_eq!(smsfilter::score::permille(smsfilter::score::BIAS), 18);
/// ```
#[must_use]
pub fn permille(points: i32) -> u16 {
    let from_first = points.clamp(-60, 60) + 60;
    let (at, rest) = ((from_first / 10) as usize, from_first % 10);
    let low = i32::from(CALIBRATION[at]);
    let high = i32::from(*CALIBRATION.get(at + 1).unwrap_or(&CALIBRATION[at]));
    (low + (high - low) * rest / 10) as u16
}

/// Whether a category with so many points counts as reached.
fn is_reached(points: i32) -> bool {
    permille(points) >= THRESHOLD
}

/// Memory of an evaluation, reused from message to message. A bit for each rule:
#[derive(Clone, Debug, Default)]
pub(crate) struct Evaluation {
    held: Vec<u64>,
    /// Rules that are worth a look.
    todo: Vec<u64>,
    /// The points of the rules that hold, of each category in each layer.
    sums: Vec<[i32; Category::ALL.len()]>,
    patterns: Ran,
}

/// The patterns that ran over a message, and where each matched.
#[derive(Clone, Debug, Default)]
struct Ran {
    /// The characters of the text, once a pattern asks for them.
    letters: OnceCell<Letters>,
    found: RefCell<Vec<(u32, Option<Range<usize>>)>>,
}

impl Ran {
    fn clear(&mut self) {
        self.letters.take();
        self.found.get_mut().clear();
    }

    /// Where a pattern matches; it runs once.
    fn find(&self, image: &Image, pattern: u32, text: &str) -> Option<Range<usize>> {
        if let Some((_, found)) = self.found.borrow().iter().find(|ran| ran.0 == pattern) {
            return found.clone();
        }
        let letters = self.letters.get_or_init(|| text.chars().collect());
        let found = image.pattern(pattern as usize).and_then(|pattern| pattern.find(text, letters));
        self.found.borrow_mut().push((pattern, found.clone()));
        found
    }
}

/// What every rule of an image says of one message.
pub(crate) struct Held<'a> {
    image: &'a Image,
    held: &'a [u64],
    /// The points of each category in each layer, the bias and the model not among them.
    sums: &'a [[i32; Category::ALL.len()]],
    patterns: &'a Ran,
    /// Categories, a bit each, that a rule of the base layer adds points to.
    backed: u16,
    /// The same of any layer.
    hinted: u16,
    /// What the model adds to the base layer's points of each category.
    model: [i32; Category::ALL.len()],
}

/// What one layer says.
#[derive(Clone, Copy, Default)]
pub(crate) struct LayerScore {
    pub(crate) layer: usize,
    /// The category reached, most severe first, or `unknown`.
    pub(crate) category: Category,
    /// Its points, or those of the highest category.
    pub(crate) points: i32,
}

impl<'a> Held<'a> {
    /// Evaluates, in their order, the rules that a keyword, a fact or another rule makes worth a look; the others cannot
    /// hold. Asks of the base layer become traits as they are found. `off`: a bit for each rule that never holds.
    pub(crate) fn evaluate(
        image: &'a Image,
        off: &[u64],
        facts: &mut Facts,
        hits: &Hits,
        folded: &Folded,
        memory: &'a mut Evaluation,
    ) -> Held<'a> {
        let Evaluation { held, todo, sums, patterns } = memory;
        for bits in [&mut *held, &mut *todo] {
            bits.clear();
            bits.resize(image.rules().len().div_ceil(64), 0);
        }
        sums.clear();
        sums.resize(image.layers().len(), [0; Category::ALL.len()]);
        patterns.clear();
        let (mut backed, mut hinted) = (0, 0);
        cues(facts, hits, |cue| image.triggered(cue).for_each(|rule| set(todo, rule)));
        let rule_cues = cue::LIST + image.lists() as u32;
        for word in 0..todo.len() {
            while todo[word] != 0 {
                let at = word * 64 + todo[word].trailing_zeros() as usize;
                todo[word] &= todo[word] - 1;
                let seen = Conditions { image, held, facts, hits, folded };
                let rule = image.rule(at);
                if is_set(off, at) || !rule.is_on(facts.day) || !seen.hold(rule, patterns) {
                    continue;
                }
                set(held, at);
                if let Some((subcategory, points)) = rule.points() {
                    let category = subcategory.category as usize;
                    if let Some(sums) = sums.get_mut(rule.layer()) {
                        sums[category] += points;
                    }
                    hinted |= u16::from(points > 0) << category;
                    backed |= u16::from(rule.layer() == 0 && points > 0) << category;
                }
                // Only what comes later can be made to hold.
                let later = |cue: u32| image.triggered(cue).filter(move |&rule| rule > at);
                later(rule_cues + at as u32).for_each(|rule| set(todo, rule));
                if let Some(ask) = rule.ask() {
                    facts.base.traits.insert(TRAITS[ask as usize].0);
                    facts.all.traits.insert(TRAITS[ask as usize].0);
                    later(cue::TRAIT + ask).for_each(|rule| set(todo, rule));
                }
            }
        }
        Held { image, held, sums, patterns, backed, hinted, model: [0; Category::ALL.len()] }
    }

    /// Lets the model speak: it adds to the base layer's points what it says beyond the bias, and never takes any. Alone it
    /// cannot make a message phishing, fraud or illegal: that takes a rule with points for the category, or an ask.
    pub(crate) fn hear(&mut self, model: &Model, sums: Sums, facts: &Facts) {
        let traits = facts.base.traits;
        let said = model.points(sums, Dense { class: facts.class, traits });
        let asks = [Trait::AskLink, Trait::AskContact, Trait::AskReply, Trait::AskTransfer];
        let asked = asks.into_iter().any(|ask| traits.contains(ask));
        for category in Category::ALL.into_iter().skip(1) {
            if !category.is_blocked() || asked || self.backed >> category as u32 & 1 == 1 {
                self.model[category as usize] = (said[category as usize] - BIAS).max(0);
            }
        }
    }

    /// What the model adds to a category in a layer.
    pub(crate) fn model_points(&self, layer: usize, category: Category) -> i32 {
        if layer == 0 { self.model[category as usize] } else { 0 }
    }

    /// Whether a rule of any layer speaks for something blocked.
    pub(crate) fn is_suspect(&self) -> bool {
        Category::ALL.into_iter().any(|category| category.is_blocked() && self.hinted >> category as u32 & 1 == 1)
    }

    /// Numbers of the rules that hold.
    pub(crate) fn rules(&self) -> impl Iterator<Item = usize> {
        ones(self.held)
    }

    /// The points of each category in a layer.
    pub(crate) fn points(&self, layer: usize) -> [i32; Category::ALL.len()] {
        let mut points = self.sums[layer];
        for (category, points) in Category::ALL.into_iter().zip(&mut points) {
            *points += BIAS + self.model_points(layer, category);
        }
        points
    }

    /// The verdict of each layer.
    pub(crate) fn layers(&self) -> impl Iterator<Item = LayerScore> {
        (0..self.sums.len()).map(|layer| {
            let points = self.points(layer);
            let reached = |category: &Category| is_reached(points[*category as usize]);
            // Of spam the most severe that is reached; of the rest the likeliest, the higher in the table if equal.
            let spam = Category::ALL.into_iter().rev().filter(|c| c.is_spam()).find(reached);
            let rest = || {
                let candidates = Category::ALL.into_iter().filter(|c| !c.is_spam() && *c != Category::Unknown);
                candidates.filter(reached).max_by_key(|c| points[*c as usize])
            };
            let category = spam.or_else(rest).unwrap_or_default();
            let points = match category {
                Category::Unknown => points[1..].iter().copied().max().unwrap_or(BIAS),
                reached => points[reached as usize],
            };
            LayerScore { layer, category, points }
        })
    }

    /// The subcategory with the most points; the first in the table if equal.
    pub(crate) fn subcategory(&self, layer: usize, category: Category) -> Subcategory {
        let mut sums = [None::<i32>; 1 + Category::MAX_SUBCATEGORIES];
        for (_, subcategory, points) in self.evidence(layer, category) {
            *sums[usize::from(subcategory.index)].get_or_insert_default() += points;
        }
        let found = sums.into_iter().enumerate().rev().filter_map(|(index, sum)| Some((index, sum?)));
        Subcategory { category, index: found.max_by_key(|row| row.1).map_or(0, |row| row.0 as u8) }
    }

    /// The rules of a layer that hold and speak of a category, in order of evaluation.
    pub(crate) fn evidence(&self, layer: usize, category: Category) -> impl Iterator<Item = (usize, Subcategory, i32)> {
        self.rules().filter_map(move |at| {
            let rule = self.image.rule(at);
            let (subcategory, points) = rule.points().filter(|row| row.0.category == category)?;
            (rule.layer() == layer).then_some((at, subcategory, points))
        })
    }

    /// Where the evidence of a rule stands in the body: what its condition names outside negations, through other rules
    /// too. Sorted, merged.
    pub(crate) fn spans(&self, rule: usize, facts: &Facts, hits: &Hits, folded: &Folded) -> Vec<Span> {
        let (mut spans, mut lists, mut seen) = (Vec::new(), Vec::new(), Vec::new());
        let mut todo = vec![rule];
        while let Some(rule) = todo.pop() {
            if seen.len() == MOST_RULES || seen.contains(&rule) {
                continue;
            }
            seen.push(rule);
            for Test { op, argument, .. } in self.image.rule(rule).tests().filter(|test| test.positive) {
                match op {
                    op::LIST | op::COUNT if hits.any(argument) => lists.push(argument),
                    op::PATTERN => {
                        let found = self.patterns.find(self.image, argument, folded.plain.text());
                        spans.extend(found.map(|found| folded.plain.span_of_bytes(found)));
                    }
                    // A rule only names earlier ones, so this ends.
                    op::RULE if is_set(self.held, argument as usize) => todo.push(argument as usize),
                    op::TRAIT => {
                        let Some((item, _)) = TRAITS.get(argument as usize) else { continue };
                        spans.extend(facts.spans(*item));
                        let asked = |row: &usize| self.image.rule(*row).ask() == Some(*item as u32);
                        todo.extend(self.rules().filter(asked).filter(|&row| row < rule));
                    }
                    op::SIGNATURE => spans.extend(facts.spans(Trait::Signature)),
                    op::DOMAIN => spans.extend(facts.spans(Trait::Url)),
                    _ => {}
                }
            }
        }
        let hits = (!lists.is_empty()).then(|| hits.of(self.image, &lists)).into_iter().flatten();
        spans.extend(hits.map(|hit| folded.skeleton.span(hit.start as usize..hit.end as usize)));
        merge(spans)
    }
}

/// What conditions are evaluated over.
struct Conditions<'a> {
    image: &'a Image,
    held: &'a [u64],
    facts: &'a Facts,
    hits: &'a Hits,
    folded: &'a Folded,
}

impl Conditions<'_> {
    /// Whether the condition of a rule holds.
    fn hold(&self, rule: RuleRow<'_>, ran: &Ran) -> bool {
        let Conditions { image, held, facts, hits, folded } = *self;
        let known = facts.of(rule.layer());
        rule.holds(|Test { op, argument, least, .. }| match op {
            op::LIST => hits.any(argument),
            op::COUNT => hits.at_least(argument, least),
            op::PATTERN => ran.find(image, argument, folded.plain.text()).is_some(),
            op::RULE => is_set(held, argument as usize),
            op::TRAIT => known.traits.bits().checked_shr(argument).is_some_and(|traits| traits & 1 == 1),
            op::FROM => facts.class as u32 == argument,
            op::SIGNATURE | op::DOMAIN | op::SENDER => {
                known.kinds[(op - op::SIGNATURE) as usize].checked_shr(argument).is_some_and(|kinds| kinds & 1 == 1)
            }
            _ => false,
        })
    }
}

/// Calls back with all that a message gives rules to hold for.
fn cues(facts: &Facts, hits: &Hits, mut each: impl FnMut(u32)) {
    each(cue::ALWAYS);
    each(cue::FROM + facts.class as u32);
    let traits = facts.base.traits.bits() | facts.all.traits.bits();
    bits(u64::from(traits)).for_each(|item| each(cue::TRAIT + item));
    for (register, (base, all)) in (0..).zip(facts.base.kinds.into_iter().zip(facts.all.kinds)) {
        bits(base | all).for_each(|kind| each(cue::KIND + register * 64 + kind));
    }
    hits.lists().for_each(|list| each(cue::LIST + list));
}

pub(crate) fn is_set(bits: &[u64], at: usize) -> bool {
    bits.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1)
}

pub(crate) fn set(bits: &mut [u64], at: usize) {
    if let Some(word) = bits.get_mut(at / 64) {
        *word |= 1 << (at % 64);
    }
}

fn merge(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort();
    let mut merged: Vec<Span> = Vec::new();
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => merged.push(span),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probability_rises_with_points_and_stays_within_bounds() {
        let values: Vec<u16> = (-2000..2000).map(permille).collect();
        assert!(values.windows(2).all(|pair| pair[0] <= pair[1]));
        assert_eq!((values[0], values[3999]), (8, 992));
    }

    #[test]
    fn spans_that_touch_become_one() {
        let span = |start, end| Span { start, end };
        assert_eq!(merge(vec![span(4, 6), span(0, 2), span(1, 4), span(8, 9)]), [span(0, 6), span(8, 9)]);
    }
}

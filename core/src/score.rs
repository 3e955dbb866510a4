//! Which rules hold, and what do their points say of each category? Layer by layer, in fixed order.

use crate::{
    Category, Span, Subcategory,
    fold::Folded,
    image::{Image, RuleRow, op},
    matcher::{Facts, Hits},
    rule::condition::{TRAITS, Trait},
};

/// Points of every category before any rule speaks.
pub const BIAS: i32 = -50;

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

/// What every rule of an image says of one message.
pub(crate) struct Held<'a> {
    image: &'a Image,
    held: Vec<bool>,
}

/// What one layer says.
pub(crate) struct LayerScore {
    pub(crate) layer: usize,
    /// The category reached, most severe first, or `unknown`.
    pub(crate) subcategory: Subcategory,
    /// Its points, or those of the highest category.
    pub(crate) points: i32,
}

impl<'a> Held<'a> {
    /// Evaluates every rule. Asks of the base layer become traits as they are found.
    pub(crate) fn evaluate(image: &'a Image, facts: &mut Facts, hits: &Hits, folded: &Folded) -> Held<'a> {
        let mut held = Held { image, held: Vec::with_capacity(image.rules().len()) };
        for rule in image.rules() {
            // Patterns run only when the rest of the condition holds.
            let holds = rule.is_on(facts.day)
                && held.condition(rule, facts, hits, None)
                && held.condition(rule, facts, hits, Some(folded));
            held.held.push(holds);
            if let Some(ask) = rule.ask().filter(|_| holds) {
                facts.base.traits.insert(TRAITS[ask as usize].0);
                facts.all.traits.insert(TRAITS[ask as usize].0);
            }
        }
        held
    }

    /// Evaluates a condition; without the text, as if every pattern matched.
    fn condition(&self, rule: RuleRow<'_>, facts: &Facts, hits: &Hits, text: Option<&Folded>) -> bool {
        let known = facts.of(rule.layer());
        // The values, the top in the lowest bit: conditions are at most 32 deep.
        let mut stack = 0u64;
        let mut code = rule.code();
        while let Some(word) = code.next() {
            let argument = word >> 8;
            let value = match word & 0xff {
                op::LIST => hits.any(argument),
                op::COUNT => hits.at_least(argument, code.next().unwrap_or(u32::MAX)),
                op::PATTERN => text.is_none_or(|text| {
                    self.image.pattern(argument as usize).is_some_and(|regex| regex.is_match(text.plain.text()))
                }),
                op::RULE => self.held.get(argument as usize).copied().unwrap_or_default(),
                op::TRAIT => TRAITS.get(argument as usize).is_some_and(|row| known.traits.contains(row.0)),
                op::FROM => facts.class as u32 == argument,
                op::SIGNATURE | op::DOMAIN | op::SENDER => {
                    known.kinds[(word & 0xff) as usize - op::SIGNATURE as usize] >> argument & 1 == 1
                }
                op::NOT => {
                    stack ^= 1;
                    continue;
                }
                op::AND => {
                    let top = stack & 1;
                    stack = stack >> 1 & (!1 | top);
                    continue;
                }
                op::OR => {
                    let top = stack & 1;
                    stack = stack >> 1 | top;
                    continue;
                }
                _ => false,
            };
            stack = stack << 1 | u64::from(value);
        }
        stack & 1 == 1
    }

    /// Numbers of the rules that hold.
    pub(crate) fn rules(&self) -> impl Iterator<Item = usize> {
        self.held.iter().enumerate().filter(|row| *row.1).map(|row| row.0)
    }

    /// The points of each category in a layer.
    pub(crate) fn points(&self, layer: usize) -> [i32; Category::ALL.len()] {
        let mut points = [BIAS; Category::ALL.len()];
        for (subcategory, value) in self.evidence(layer) {
            points[subcategory.category as usize] += value;
        }
        points
    }

    /// The verdict of each layer.
    pub(crate) fn layers(&self) -> impl Iterator<Item = LayerScore> {
        (0..self.image.layers().len()).map(|layer| {
            let points = self.points(layer);
            let reached = |category: &Category| permille(points[*category as usize]) >= THRESHOLD;
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
            LayerScore { layer, subcategory: self.subcategory(layer, category), points }
        })
    }

    /// The subcategory with the most points; the first in the table if equal.
    fn subcategory(&self, layer: usize, category: Category) -> Subcategory {
        let mut sums = std::collections::BTreeMap::<u8, i32>::new();
        for (subcategory, points) in self.evidence(layer).filter(|row| row.0.category == category) {
            *sums.entry(subcategory.index).or_default() += points;
        }
        let best = sums.into_iter().rev().max_by_key(|row| row.1);
        Subcategory { category, index: best.map_or(0, |row| row.0) }
    }

    fn evidence(&self, layer: usize) -> impl Iterator<Item = (Subcategory, i32)> {
        self.rules()
            .map(|at| self.image.rule(at))
            .filter(move |rule| rule.layer() == layer)
            .filter_map(|rule| rule.points())
    }

    /// Where the evidence of a rule stands in the body: what its condition names outside negations, through other rules
    /// too. Sorted, merged.
    pub(crate) fn spans(&self, rule: usize, facts: &Facts, hits: &Hits, folded: &Folded) -> Vec<Span> {
        let mut spans = Vec::new();
        let mut todo = vec![rule];
        let mut seen = vec![false; self.held.len()];
        while let Some(rule) = todo.pop() {
            if std::mem::replace(&mut seen[rule], true) {
                continue;
            }
            for word in positive(self.image.rule(rule).code()) {
                let argument = word >> 8;
                match word & 0xff {
                    op::LIST | op::COUNT => {
                        spans.extend(
                            hits.of(argument).map(|hit| folded.skeleton.span(hit.start as usize..hit.end as usize)),
                        );
                    }
                    op::PATTERN => {
                        let found =
                            self.image.pattern(argument as usize).and_then(|regex| regex.find(folded.plain.text()));
                        let found = found.map(|found| folded.plain.chars_of_bytes(found.range()));
                        spans.extend(found.map(|range| folded.plain.span(range)));
                    }
                    // A rule only names earlier ones, so this ends.
                    op::RULE if self.held.get(argument as usize) == Some(&true) => todo.push(argument as usize),
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
        merge(spans)
    }
}

/// The operands of a condition that stand under an even number of negations.
fn positive(mut code: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut words = Vec::new();
    while let Some(word) = code.next() {
        words.push(word);
        if word & 0xff == op::COUNT {
            code.next();
        }
    }
    let (mut polarity, mut found) = (vec![true], Vec::new());
    for word in words.into_iter().rev() {
        let Some(plus) = polarity.pop() else { break };
        match word & 0xff {
            op::NOT => polarity.push(!plus),
            op::AND | op::OR => polarity.extend([plus, plus]),
            _ if plus => found.push(word),
            _ => {}
        }
    }
    found
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

    #[test]
    fn operands_under_a_negation_are_no_evidence() {
        // a & !(b | !c)
        let code = [op::LIST, op::LIST | 1 << 8, op::LIST | 2 << 8, op::NOT, op::OR, op::NOT, op::AND];
        let found: Vec<u32> = positive(code.into_iter()).iter().map(|word| word >> 8).collect();
        assert_eq!(found, [2, 0]);
    }
}

//! Which points would find more spam under a cap of ham errors? Whole points, bounded moves from today's, always the same answer.
//!
//! Step by step, the one move of one rule that gains most is taken, until none gains. A move gains the spam that it finds less
//! the ham errors that it costs; while there are more of these than the cap allows, fewer of them is all that counts. Of equal
//! moves the shortest is taken, then the rule that stands first.

use crate::{
    input::labelled::Row,
    trial::{Said, worst},
};
use smsfilter::{
    Category,
    rule::{Effect, Layer},
};

/// A ham message that is blocked counts as so many that are called promotion.
pub(crate) const BLOCKED: i64 = 5;
/// Points are moved by multiples of this, as authors write them.
const STEP: i32 = 5;

/// What a set of points does on a corpus.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Score {
    /// Spam messages taken for spam.
    pub(crate) found: i64,
    /// Ham messages called promotion, and those that are blocked.
    pub(crate) promoted: i64,
    pub(crate) blocked: i64,
}

impl Score {
    /// Ham errors, a blocked message counting more.
    pub(crate) fn errors(self) -> i64 {
        self.promoted + BLOCKED * self.blocked
    }

    fn add(&mut self, is_spam: bool, verdict: Category, times: i64) {
        match (is_spam, verdict.is_spam(), verdict.is_blocked()) {
            (true, true, _) => self.found += times,
            (false, true, false) => self.promoted += times,
            (false, true, true) => self.blocked += times,
            _ => {}
        }
    }

    /// How much better this is than another under a cap: fewer errors above the cap, then spam less errors.
    fn gain(self, before: Score, cap: i64) -> (i64, i64) {
        let above = |score: Score| (score.errors() - cap).max(0);
        (above(before) - above(self), self.found - self.errors() - (before.found - before.errors()))
    }
}

/// A message as far as points matter.
struct Heard {
    is_spam: bool,
    points: [i32; Category::ALL.len()],
    others: Category,
}

impl Heard {
    /// The verdict if a rule gave so many points more.
    fn verdict(&self, category: Category, more: i32) -> Category {
        let mut points = self.points;
        points[category as usize] += more;
        worst(&points).max(self.others)
    }
}

/// A proposal.
pub(crate) struct Tuned {
    /// New points of the rules that move, by their number in the layer.
    pub(crate) points: Vec<(usize, i32)>,
    pub(crate) before: Score,
    pub(crate) after: Score,
}

/// The points of one rule, moved.
struct Move {
    /// Of errors above the cap, then of the rest.
    gain: (i64, i64),
    rule: usize,
    category: Category,
    more: i32,
    next: Score,
}

/// Proposes points within so many of today's.
pub(crate) fn tune(layer: &Layer, rows: &[Row], said: &[Said], within: i32, cap: i64) -> Tuned {
    let mut heard: Vec<Heard> = (rows.iter().zip(said))
        .map(|(row, said)| Heard { is_spam: row.is_spam() == Some(true), points: said.points, others: said.others })
        .collect();
    let mut messages = vec![Vec::new(); layer.rules.len()];
    for (number, said) in said.iter().enumerate() {
        said.rules.iter().for_each(|&rule| messages[rule as usize].push(number));
    }
    // Only spam is looked for: what speaks for the rest decides nothing of that. Of dated rules a corpus says too little.
    let undated = layer.rules.iter().enumerate().filter(|(_, rule)| rule.from.is_none() && rule.until.is_none());
    let today: Vec<(usize, Category, i32)> = undated
        .filter_map(|(rule, row)| match row.effect {
            Effect::Points { category, points } if category.category.is_spam() => {
                Some((rule, category.category, i32::from(points)))
            }
            _ => None,
        })
        .collect();
    let mut score = Score::default();
    heard.iter().for_each(|message| score.add(message.is_spam, message.verdict(Category::Unknown, 0), 1));
    let before = score;
    let mut moved = vec![0; layer.rules.len()];
    loop {
        let mut best: Option<Move> = None;
        for &(rule, category, points) in &today {
            for to in moves(points, within) {
                let more = to - points - moved[rule];
                let mut next = score;
                for message in messages[rule].iter().map(|&message| &heard[message]) {
                    next.add(message.is_spam, message.verdict(category, 0), -1);
                    next.add(message.is_spam, message.verdict(category, more), 1);
                }
                let gain = next.gain(score, cap);
                let allowed = gain > (0, 0) && (gain.0 > 0 || next.errors() <= cap.max(score.errors()));
                let is_better = |best: &Move| gain > best.gain || gain == best.gain && more.abs() < best.more.abs();
                if allowed && best.as_ref().is_none_or(is_better) {
                    best = Some(Move { gain, rule, category, more, next });
                }
            }
        }
        let Some(Move { rule, category, more, next, .. }) = best else { break };
        messages[rule].iter().for_each(|&message| heard[message].points[category as usize] += more);
        moved[rule] += more;
        score = next;
    }
    let points = today.iter().filter(|row| moved[row.0] != 0).map(|&(rule, _, points)| (rule, points + moved[rule]));
    Tuned { points: points.collect(), before, after: score }
}

/// Where the points of a rule may go: by whole steps, never to zero or over it.
fn moves(points: i32, within: i32) -> impl Iterator<Item = i32> {
    let steps = within / STEP;
    (-steps..=steps)
        .map(move |step| points + step * STEP)
        .filter(move |to| to.signum() == points.signum() && to.abs() <= 1000)
}

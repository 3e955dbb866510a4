//! What is compared of engine and oracle, and where do they differ?

use smsfilter::{Span, Subcategory, filter::Explanation};

/// What is compared: everything about a message that the oracle knows.
#[derive(Debug, PartialEq, Eq)]
pub struct Judgement {
    /// The text with equivalences undone.
    pub plain: String,
    /// What keywords are looked for in.
    pub skeleton: String,
    /// The verdict.
    pub subcategory: Subcategory,
    /// Permille.
    pub score: u16,
    /// Sum of the reasons.
    pub points: i32,
    /// The bias and the rules behind the verdict.
    pub reasons: Vec<Reason>,
    /// All rules that hold, in order.
    pub held: Vec<Held>,
    /// Points of each category in each layer.
    pub layers: Vec<Vec<i32>>,
}

/// A rule that speaks for the verdict.
#[derive(Debug, PartialEq, Eq)]
pub struct Reason {
    /// Its id, or `@bias`.
    pub rule: String,
    /// What it adds.
    pub points: i32,
    /// Where.
    pub spans: Vec<Span>,
}

/// A rule that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Who publishes it.
    pub publisher: String,
    /// Its id.
    pub rule: String,
    /// Where.
    pub spans: Vec<Span>,
}

impl Judgement {
    /// Where another differs, a line each.
    #[must_use]
    pub fn differences(&self, other: &Judgement) -> Vec<String> {
        let mut lines = Vec::new();
        let mut differ = |what: &str, a: &dyn std::fmt::Debug, b: &dyn std::fmt::Debug| {
            let (a, b) = (format!("{a:?}"), format!("{b:?}"));
            if a != b {
                lines.push(format!("{what}: {a}\n{:>1$}: {b}", "not", what.len()));
            }
        };
        differ("plain", &self.plain, &other.plain);
        differ("skeleton", &self.skeleton, &other.skeleton);
        differ("subcategory", &self.subcategory, &other.subcategory);
        differ("score", &(self.score, self.points), &(other.score, other.points));
        differ("points", &self.layers, &other.layers);
        let ids =
            |of: &Judgement| of.held.iter().map(|held| (held.publisher.clone(), held.rule.clone())).collect::<Vec<_>>();
        differ("rules", &ids(self), &ids(other));
        for (a, b) in self.held.iter().zip(&other.held) {
            differ("spans", a, b);
        }
        for (a, b) in self.reasons.iter().zip(&other.reasons) {
            differ("reason", a, b);
        }
        differ("reasons", &self.reasons.len(), &other.reasons.len());
        lines
    }

    /// The same of the engine.
    #[must_use]
    pub fn of(found: &Explanation) -> Judgement {
        let verdict = &found.verdict;
        let reasons = verdict.reasons.iter();
        let held = found.rules.iter();
        Judgement {
            plain: found.plain.clone(),
            skeleton: found.skeleton.clone(),
            subcategory: verdict.subcategory,
            score: verdict.score,
            points: verdict.points,
            reasons: reasons
                .map(|reason| Reason { rule: reason.rule.clone(), points: reason.points, spans: reason.spans.clone() })
                .collect(),
            held: held
                .map(|rule| Held {
                    publisher: rule.publisher.clone(),
                    rule: rule.rule.clone(),
                    spans: rule.spans.clone(),
                })
                .collect(),
            layers: found.points.iter().map(|(_, points)| points.to_vec()).collect(),
        }
    }
}

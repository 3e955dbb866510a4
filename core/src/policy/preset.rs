//! Which policies come with the product? Four, written as values: the phone reads no policy files. Publishers add more in
//! their bundles: whole policies, and overlays such as one for the weeks of a shopping festival.

use super::{Action, Parts, Place, Policy, PolicyError, Problem, Relation, Retention, Row};
use crate::{Category, Text};
use serde::{Deserialize, Serialize};

/// A policy that a publisher offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preset {
    /// `a–z 0–9 -`, such as `double-eleven`.
    pub id: String,
    /// Shown to users.
    pub title: Text,
    /// Its rows are to be added to the user's policy ([`Policy::with`]); it is no policy of its own.
    pub overlay: bool,
    /// What it says. No exception of it is `over_floor`.
    pub policy: Policy,
}

/// What one preset does with one category, for `contact replied known-service unknown-service foreign unknown-mobile`.
/// A minimum of 500 permille is an even chance; above it a message needs more evidence to be moved.
type Line = (&'static [Category], [Option<(u16, Action)>; 6]);

use Action::*;
use Category::{Fraud, Illegal, Phishing, Promotion, Unknown};

const BLOCKED: &[Category] = &[Illegal, Fraud, Phishing];

/// Labels only: nothing is moved or silenced.
const MARK: &[Line] = &[
    (BLOCKED, [Some((500, Mark)); 6]),
    (&[Promotion], [None, None, Some((600, Mark)), Some((600, Mark)), Some((600, Mark)), Some((600, Mark))]),
];

/// What is unlawful is moved; advertising makes no sound or waits for the digest.
const STANDARD: &[Line] = &[
    (
        BLOCKED,
        [
            Some((500, Mark)),
            Some((500, Mark)),
            Some((800, Quarantine)), // a registered sender: more evidence before its message is moved, a label below
            Some((500, Quarantine)),
            Some((500, Quarantine)),
            Some((500, Quarantine)),
        ],
    ),
    (BLOCKED, [None, None, Some((500, Mark)), None, None, None]),
    (&[Promotion], [None, None, Some((600, Silent)), Some((600, Digest)), Some((600, Digest)), Some((600, Digest))]),
];

/// Advertising is moved too when nobody answers for it, on less evidence; strangers from abroad make no sound.
const STRICT: &[Line] = &[
    (
        BLOCKED,
        [
            Some((500, Mark)),
            Some((500, Mark)),
            Some((500, Quarantine)),
            Some((500, Quarantine)),
            Some((500, Quarantine)),
            Some((500, Quarantine)),
        ],
    ),
    (
        &[Promotion],
        [None, None, Some((500, Digest)), Some((500, Digest)), Some((500, Quarantine)), Some((500, Quarantine))],
    ),
    (&[Unknown], [None, None, None, None, Some((0, Silent)), None]),
];

/// The preset `standard`: what is used until the user chooses.
impl Default for Policy {
    fn default() -> Policy {
        Policy::preset("standard").unwrap_or_else(|| Policy(Parts::default()))
    }
}

impl Policy {
    /// Names of the presets, mildest first.
    pub const PRESETS: [&str; 4] = ["off", "mark", "standard", "strict"];

    /// A preset by name.
    #[must_use]
    pub fn preset(name: &str) -> Option<Policy> {
        // What is unlawful is kept longer: it may have to be shown to an authority.
        let (lines, days): (&[Line], _) = match name {
            "off" => (&[], None),
            "mark" => (MARK, None),
            "standard" => (STANDARD, Some((90, 30))),
            "strict" => (STRICT, Some((30, 7))),
            _ => return None,
        };
        let mut rows = Vec::new();
        for (categories, cells) in lines {
            for &category in *categories {
                for (relation, cell) in Relation::ALL.into_iter().zip(cells) {
                    if let &Some((min_score, action)) = cell {
                        rows.push(Row { category, sub: None, relation, min_score, dates: None, action });
                    }
                }
            }
        }
        let blocked = |days| BLOCKED.iter().map(move |&category| Retention { category, days });
        let retention = days.into_iter().flat_map(|(unlawful, advertising)| {
            blocked(unlawful).chain([Retention { category: Promotion, days: advertising }])
        });
        Policy::new(Parts { name: name.to_owned(), rows, retention: retention.collect(), ..Parts::default() }).ok()
    }

    /// The policy with the rows of an overlay, where it has none for the same cell, score and days. What the policy does is
    /// never less ([`Row::dates`]).
    ///
    /// # Errors
    /// [`Problem::Overlay`] if the other is no overlay; the two together are too long.
    pub fn with(&self, overlay: &Policy) -> Result<Policy, PolicyError> {
        overlay.check_overlay()?;
        let (mut parts, more) = (self.parts().clone(), overlay.parts().clone());
        parts.name = format!("{} + {}", parts.name, more.name);
        let has_row = |row: &Row| self.parts().rows.iter().any(|own| own.cell() == row.cell());
        parts.rows.extend(more.rows.into_iter().filter(|row| !has_row(row)));
        Policy::new(parts)
    }

    /// Whether it can be laid over another: rows with dates, nothing that holds on every day.
    pub(crate) fn check_overlay(&self) -> Result<(), PolicyError> {
        let Parts { name: _, rows, exceptions, quiet, digest, retention } = self.parts();
        let undated = rows.iter().position(|row| row.dates.is_none()).map(|at| Place::Row(at + 1));
        let more = !(exceptions.is_empty() && quiet.is_empty() && digest.is_empty() && retention.is_empty());
        match undated.or(more.then_some(Place::Policy)) {
            None => Ok(()),
            Some(place) => Err(PolicyError { place, problem: Problem::Overlay }),
        }
    }
}

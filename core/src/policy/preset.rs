//! Which policies come with the product? Four, written as values: the phone reads no policy files.

use super::{Action, Parts, Policy, Relation, Row};
use crate::Category;

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

impl Policy {
    /// Names of the presets, mildest first.
    pub const PRESETS: [&str; 4] = ["off", "mark", "standard", "strict"];

    /// A preset by name.
    #[must_use]
    pub fn preset(name: &str) -> Option<Policy> {
        let lines = match name {
            "off" => &[],
            "mark" => MARK,
            "standard" => STANDARD,
            "strict" => STRICT,
            _ => return None,
        };
        let mut rows = Vec::new();
        for (categories, cells) in lines {
            for &category in *categories {
                for (relation, cell) in Relation::ALL.into_iter().zip(cells) {
                    if let &Some((min_score, action)) = cell {
                        rows.push(Row { category, sub: None, relation, min_score, action });
                    }
                }
            }
        }
        Policy::new(Parts { name: name.to_owned(), rows, exceptions: Vec::new() }).ok()
    }
}

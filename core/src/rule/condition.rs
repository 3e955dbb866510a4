//! When does a rule hold? A condition as postfix operations: no recursion to decode, evaluate or attack.

use crate::{SenderClass, fold::Tricks};
use serde::{Deserialize, Serialize};

/// A condition in postfix order. Evaluating needs a stack of at most [`Condition::MAX_DEPTH`] truth values.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition(pub Vec<Op>);

/// One step of a condition: pushes a truth value, or combines those on top of the stack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Op {
    /// At least so many different keywords of a list (index into [`super::Words::lists`]).
    List(u32, u8),
    /// A pattern matches (index into [`super::Words::patterns`]).
    Pattern(u32),
    /// An earlier rule of the layer holds (index into [`super::Layer::rules`]).
    Rule(u32),
    /// A trait of the message.
    Trait(Trait),
    /// The sender is of this class.
    From(SenderClass),
    /// The signature is registered with this kind.
    Signature(String),
    /// A link's host is registered with this kind.
    Domain(String),
    /// The number is registered with this kind.
    Sender(String),
    /// Negates the top.
    Not,
    /// Both of the top two.
    And,
    /// Either of the top two.
    Or,
}

/// Something the scanners or the base layer found out about a message. The number is its bit in a [`Traits`] set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[repr(u8)]
#[allow(missing_docs)] // the names in TRAITS say it
pub enum Trait {
    Url,
    ShortLink,
    Phone,
    Code,
    Amount,
    Signature,
    OptOut,
    AskLink,
    AskContact,
    AskReply,
    AskTransfer,
    DisguiseZeroWidth,
    DisguiseSeparator,
    DisguiseLookAlike,
    DisguiseSplit,
    SignatureKnown,
    SignatureOwnPort,
    DomainUnknown,
    AskHandoff,
}

/// Every trait with its name in rule files.
pub const TRAITS: [(Trait, &str); 19] = [
    (Trait::Url, "has.url"),
    (Trait::ShortLink, "has.short-link"),
    (Trait::Phone, "has.phone"),
    (Trait::Code, "has.code"),
    (Trait::Amount, "has.amount"),
    (Trait::Signature, "has.signature"),
    (Trait::OptOut, "has.opt-out"),
    (Trait::AskLink, "ask.link"),
    (Trait::AskContact, "ask.contact"),
    (Trait::AskReply, "ask.reply"),
    (Trait::AskTransfer, "ask.transfer"),
    (Trait::DisguiseZeroWidth, "disguise.zero-width"),
    (Trait::DisguiseSeparator, "disguise.separator"),
    (Trait::DisguiseLookAlike, "disguise.look-alike"),
    (Trait::DisguiseSplit, "disguise.split"),
    (Trait::SignatureKnown, "sign.any"),
    (Trait::SignatureOwnPort, "sign.own-port"),
    (Trait::DomainUnknown, "domain.unknown"),
    (Trait::AskHandoff, "ask.handoff"),
];

/// A set of [`Trait`]s.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traits(u32);

impl Traits {
    /// Adds a trait.
    pub fn insert(&mut self, item: Trait) {
        self.0 |= 1 << item as u32;
    }

    /// Adds a trait if `yes`.
    pub fn set(&mut self, item: Trait, yes: bool) {
        self.0 |= u32::from(yes) << item as u32;
    }

    /// The set as bits; bit n is the trait of number n.
    #[must_use]
    pub fn bits(self) -> u32 {
        self.0
    }

    /// The set of these bits; those of no trait are dropped.
    #[must_use]
    pub fn from_bits(bits: u32) -> Traits {
        Traits(TRAITS.iter().fold(0, |all, row| all | bits & 1 << row.0 as u32))
    }

    /// Adds the disguises that a keyword was reached through.
    pub fn disguises(&mut self, tricks: Tricks) {
        self.set(Trait::DisguiseZeroWidth, tricks.contains(Tricks::ZERO_WIDTH));
        self.set(Trait::DisguiseSeparator, tricks.contains(Tricks::SEPARATOR));
        self.set(Trait::DisguiseLookAlike, tricks.contains(Tricks::LOOK_ALIKE));
        self.set(Trait::DisguiseSplit, tricks.contains(Tricks::SPLIT));
    }

    /// Whether the trait is there.
    #[must_use]
    pub fn contains(self, item: Trait) -> bool {
        self.0 >> item as u32 & 1 == 1
    }

    /// Names of all that are there, in table order.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        TRAITS.iter().filter(move |row| self.contains(row.0)).map(|row| row.1)
    }
}

impl Condition {
    /// Deepest stack that a condition may need.
    pub const MAX_DEPTH: usize = 32;

    /// Whether the operations leave exactly one value and never underflow or exceed [`Condition::MAX_DEPTH`].
    #[must_use]
    pub fn is_well_formed(&self) -> bool {
        let mut depth = 0;
        for op in &self.0 {
            match op {
                Op::Not if depth >= 1 => {}
                Op::And | Op::Or if depth >= 2 => depth -= 1,
                Op::Not | Op::And | Op::Or => return false,
                _ => depth += 1,
            }
            if depth > Self::MAX_DEPTH {
                return false;
            }
        }
        depth == 1
    }

    /// Whether every pattern stands beside another condition: with all patterns true and nothing else known, the
    /// condition must not hold, and no pattern may stand under a negation. So a pattern runs only when the rest holds.
    #[must_use]
    pub fn gates_patterns(&self) -> bool {
        // (contains a pattern, may hold with patterns alone)
        let mut stack: Vec<(bool, bool)> = Vec::new();
        for op in &self.0 {
            let value = match op {
                Op::Pattern(_) => (true, true),
                Op::Not => match stack.pop() {
                    Some((false, _)) => (false, true),
                    _ => return false,
                },
                Op::And | Op::Or => {
                    let (Some(b), Some(a)) = (stack.pop(), stack.pop()) else { return false };
                    (a.0 || b.0, if matches!(op, Op::And) { a.1 && b.1 } else { a.1 || b.1 })
                }
                _ => (false, false),
            };
            stack.push(value);
        }
        stack.iter().all(|&(pattern, alone)| !(pattern && alone))
    }
}

//! What would a change of policy have moved? Told over the user's own messages before it is made.

use super::{Action, Policy, decide, is_floor};
use crate::{Category, Filter, Message, civil::Local, filter::Scratch};
use std::collections::BTreeMap;

/// Messages that a change moves from one place to another, for one reason. `Id` is what the caller knows a message by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved<Id> {
    /// What happened to them.
    pub from: Action,
    /// What would happen.
    pub to: Action,
    /// What would decide it, as [`super::Decision::row`] names it.
    pub row: String,
    /// How many.
    pub messages: u64,
    /// One-time codes among them, if they go where nobody looks at once: digest or quarantine.
    pub codes: u64,
    /// Notices of banks, cards and payments, likewise.
    pub bank: u64,
    /// Fraud, phishing and unlawful offers among them, if they leave the spam box.
    pub blocked: u64,
    /// The first of them, five at most.
    pub examples: Vec<Id>,
}

/// Examples that are kept of what moves for one reason.
const EXAMPLES: usize = 5;

/// What a change of policy would have moved, message by message, in memory that does not grow with the history. What it would
/// have silenced or deleted [`super::changes`] tells.
#[derive(Debug)]
pub struct Preview<Id> {
    messages: u64,
    on_dates: u64,
    moved: BTreeMap<(Action, Action, String), Moved<Id>>,
    scratch: Scratch,
}

impl<Id> Default for Preview<Id> {
    fn default() -> Preview<Id> {
        Preview { messages: 0, on_dates: 0, moved: BTreeMap::new(), scratch: Scratch::default() }
    }
}

impl<Id> Preview<Id> {
    /// Takes the next message of the history.
    pub fn add(&mut self, filter: &Filter, id: Id, message: &Message, old: &Policy, new: &Policy) {
        let fresh;
        let verdict = if old.needs_reasons() || new.needs_reasons() {
            fresh = filter.classify_with(message, &mut self.scratch);
            &fresh
        } else {
            filter.assess_with(message, &mut self.scratch)
        };
        self.messages += 1;
        let now = Local::of(message);
        self.on_dates += u64::from(new.dates().any(|dates| dates.hold(now)));
        let (before, after) = (decide(verdict, message, old), decide(verdict, message, new));
        if before.action == after.action {
            return;
        }
        // Of services, banks, cards and payments stand on the floor.
        let called_out = after.action >= Action::Digest && is_floor(verdict.subcategory);
        let among = |category| u64::from(called_out && verdict.category() == category);
        let (codes, bank) = (among(Category::Code), among(Category::Service));
        let is_blocked = matches!(verdict.category(), Category::Fraud | Category::Phishing | Category::Illegal);
        let blocked = u64::from(is_blocked && before.action == Action::Quarantine);
        let (from, to, row) = (before.action, after.action, after.row);
        let moved = self.moved.entry((from, to, row)).or_insert_with_key(|(from, to, row)| Moved {
            from: *from,
            to: *to,
            row: row.clone(),
            messages: 0,
            codes: 0,
            bank: 0,
            blocked: 0,
            examples: Vec::new(),
        });
        moved.messages += 1;
        moved.codes += codes;
        moved.bank += bank;
        moved.blocked += blocked;
        if moved.examples.len() < EXAMPLES {
            moved.examples.push(id);
        }
    }

    /// Messages of the history so far.
    #[must_use]
    pub fn messages(&self) -> u64 {
        self.messages
    }

    /// Those among them that came on days on which the new policy does something of its own ([`Policy::dates`]).
    #[must_use]
    pub fn on_dates(&self) -> u64 {
        self.on_dates
    }

    /// What moved, first what is called out (codes, bank notices, what leaves the spam box), then the most.
    #[must_use]
    pub fn moved(&self) -> Vec<&Moved<Id>> {
        let mut moved: Vec<&Moved<Id>> = self.moved.values().collect();
        moved.sort_by_key(|row| std::cmp::Reverse((row.codes + row.bank + row.blocked, row.messages)));
        moved
    }
}

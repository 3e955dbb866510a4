//! When does an exception hold? SIM, time of week, dates, sender, signature, rule.

use super::{Action, Problem};
use crate::{
    Message, Reason, Sender, Verdict,
    civil::{self, Local},
    fold::narrow,
};
use serde::{Deserialize, Serialize};

/// Something that goes before the matrix. Every condition that is given must hold, and at least one is given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exception {
    /// The slot of the SIM that received the message.
    pub sim: Option<u8>,
    /// Any of these times of the week, in the receiver's local time; empty: any time.
    pub week: Vec<Window>,
    /// The receiver's local day.
    pub dates: Option<Dates>,
    /// The whole sender number; with `*` at its end the digits it begins with.
    pub sender: Option<String>,
    /// The name in the signature 【…】, in simplified characters, as messages are folded.
    pub signature: Option<String>,
    /// A rule that is among the reasons: `topic.name` of any publisher, or `publisher/topic.name`.
    pub rule: Option<String>,
    /// What happens.
    pub action: Action,
    /// Whether this passes the floor.
    pub over_floor: bool,
}

/// A stretch of time on some days of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// Days on which it begins: bit 0 Monday to bit 6 Sunday.
    pub days: u8,
    /// First minute of the day, 0–1439.
    pub from: u16,
    /// First minute after it, 1–1440. Not later than `from`: it ends on the next day.
    pub to: u16,
}

/// First and last day, both included, in days since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dates {
    /// First day.
    pub from: i32,
    /// Last day.
    pub until: i32,
}

impl Window {
    /// Every day of the week.
    pub const ALL_DAYS: u8 = 0x7f;

    pub(super) fn holds(self, now: Local) -> bool {
        let begins = |day: i64| self.days >> civil::weekday(day) & 1 == 1;
        if self.from < self.to {
            return begins(now.day) && (self.from..self.to).contains(&now.minute);
        }
        begins(now.day) && now.minute >= self.from || begins(now.day - 1) && now.minute < self.to
    }
}

impl Window {
    pub(super) fn check(self) -> Result<(), Problem> {
        let Window { days, from, to } = self;
        if days == 0 || days & !Self::ALL_DAYS != 0 {
            return Err(Problem::Weekdays);
        }
        let fine = from <= 1439 && (1..=1440).contains(&to) && from != to;
        if fine { Ok(()) } else { Err(Problem::Window { from, to }) }
    }
}

impl Dates {
    pub(super) fn check(self) -> Result<(), Problem> {
        let Dates { from, until } = self;
        if from <= until { Ok(()) } else { Err(Problem::Dates { from, until }) }
    }

    /// Whether it is one of these days; not without a time.
    pub(super) fn hold(self, now: Option<Local>) -> bool {
        now.is_some_and(|now| (i64::from(self.from)..=i64::from(self.until)).contains(&now.day))
    }
}

impl Exception {
    /// Checks it, and writes sender and signature as they are compared.
    pub(super) fn check(&mut self) -> Result<(), Problem> {
        // As the folding of messages has them.
        let name = |text: String| -> String {
            text.trim().trim_start_matches('【').trim_end_matches('】').trim().chars().map(narrow).collect()
        };
        self.signature = self.signature.take().map(name);
        let texts = [
            (&self.sender, "a sender number"),
            (&self.signature, "the name of a signature"),
            (&self.rule, "a rule id such as `loan.advance-fee`"),
        ];
        for (text, expected) in texts {
            if text.as_ref().is_some_and(|text| text.trim().is_empty()) {
                return Err(Problem::Empty { expected });
            }
        }
        let given = self.sender.is_some() || self.signature.is_some() || self.rule.is_some();
        if !given && self.sim.is_none() && self.week.is_empty() && self.dates.is_none() {
            return Err(Problem::Unconditional);
        }
        self.week.iter().try_for_each(|window| window.check())?;
        self.dates.map_or(Ok(()), Dates::check)?;
        let number = |text: &str| address(&Sender::parse(text.trim())).to_owned();
        self.sender = self.sender.take().map(|sender| match sender.trim().strip_suffix('*') {
            Some(digits) => number(digits) + "*",
            None => number(&sender),
        });
        // A star in another place, or behind nothing, would hold for no message, or for every one.
        let begins = |sender: &String| sender.strip_suffix('*').unwrap_or(sender).chars().all(|c| c.is_ascii_digit());
        match self.sender.as_ref().filter(|sender| sender.contains('*')) {
            Some(sender) if sender.len() == 1 || !begins(sender) => Err(Problem::Star),
            _ => Ok(()),
        }
    }

    /// Whether it holds. Without a received time, what depends on the time does not.
    pub(super) fn holds(&self, verdict: &Verdict, message: &Message, now: Option<Local>) -> bool {
        let in_week = || now.is_some_and(|now| self.week.iter().any(|window| window.holds(now)));
        self.sim.is_none_or(|slot| message.sim.as_ref().is_some_and(|sim| sim.slot == slot))
            && (self.week.is_empty() || in_week())
            && self.dates.is_none_or(|dates| dates.hold(now))
            && self.sender.as_ref().is_none_or(|sender| match sender.strip_suffix('*') {
                Some(digits) => message.sender.number().starts_with(digits),
                None => sender == address(&message.sender),
            })
            && self.signature.as_ref().is_none_or(|name| {
                // The verdict's name is folded, hence in lower case.
                verdict.signature.as_ref().is_some_and(|found| *found == name.to_lowercase())
            })
            && self.rule.as_ref().is_none_or(|rule| {
                let (publisher, id) =
                    rule.split_once('/').map_or((None, &**rule), |(publisher, id)| (Some(publisher), id));
                let is_it = |reason: &Reason| reason.rule == id && publisher.is_none_or(|it| reason.publisher == it);
                verdict.reasons.iter().any(is_it)
            })
    }
}

/// The number where there is one, else what was given.
fn address(sender: &Sender) -> &str {
    if sender.number().is_empty() { sender.raw() } else { sender.number() }
}

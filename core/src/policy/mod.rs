//! What happens to a message? The user's receive policy, a pure function of verdict, message and policy.
//!
//! In order: the user's own rule, the exceptions, the matrix, and below all of them a floor that no preset, matrix row
//! or bundle can break: only an exception marked `over_floor` or a user's own rule passes it. Quiet hours, times of the
//! digest and retention stand beside: they change when a message is heard, summed up or forgotten, never where it is.

#[cfg(feature = "author")]
mod author;
mod describe;
mod exception;
mod matrix;
mod preset;
mod preview;
mod refusal;
#[cfg(test)]
mod tests;
mod times;

use crate::{Category, Known, Message, SenderClass, Subcategory, Verdict, civil::Local};
use serde::{Deserialize, Serialize};

pub use describe::{changes, describe};
use describe::{clock, date};
pub use exception::{Dates, Exception, Window};
pub use matrix::Row;
pub use preset::Preset;
pub use preview::{Moved, Preview};
pub use times::Retention;

/// What happens to a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum Action {
    /// As if there were no filter.
    #[default]
    Inbox,
    /// Inbox, with a label.
    Mark,
    /// Inbox, without sound.
    Silent,
    /// Held for the daily digest.
    Digest,
    /// Moved to the spam box.
    Quarantine,
}

impl Action {
    /// All actions, from least to most.
    pub const ALL: [Action; 5] = [Action::Inbox, Action::Mark, Action::Silent, Action::Digest, Action::Quarantine];

    /// The wire name.
    #[must_use]
    pub fn name(self) -> &'static str {
        ["inbox", "mark", "silent", "digest", "quarantine"][self as usize]
    }

    /// Reads a wire name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Action> {
        Action::ALL.into_iter().find(|action| action.name() == name)
    }
}

/// What the user has to do with the sender. Total: every message has exactly one, the first that fits in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// In the address book.
    Contact,
    /// The user wrote to this number.
    Replied,
    /// Carrier, emergency, government, 95xxx or 96xxx by class, or the registry knows the sender.
    KnownService,
    /// Any other 106 port, short code or alphanumeric sender.
    UnknownService,
    /// Outside China.
    Foreign,
    /// The rest, no sender included.
    UnknownMobile,
}

impl Relation {
    /// All relations, in the order in which they are tried.
    pub const ALL: [Relation; 6] = [
        Relation::Contact,
        Relation::Replied,
        Relation::KnownService,
        Relation::UnknownService,
        Relation::Foreign,
        Relation::UnknownMobile,
    ];

    /// The relation of a message.
    #[must_use]
    pub fn of(message: &Message, verdict: &Verdict) -> Relation {
        use SenderClass::*;
        match message.known {
            Known::Contact => return Relation::Contact,
            Known::Replied => return Relation::Replied,
            Known::None => {}
        }
        match message.sender.class() {
            Carrier | Emergency | Government | Enterprise => Relation::KnownService,
            _ if verdict.known_service => Relation::KnownService,
            Port | ShortCode | Alphanumeric => Relation::UnknownService,
            Foreign => Relation::Foreign,
            None | Mobile | Virtual | FourHundred | Landline => Relation::UnknownMobile,
        }
    }

    /// The wire name, such as `unknown-mobile`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Relation::Contact => "contact",
            Relation::Replied => "replied",
            Relation::KnownService => "known-service",
            Relation::UnknownService => "unknown-service",
            Relation::Foreign => "foreign",
            Relation::UnknownMobile => "unknown-mobile",
        }
    }

    /// Reads a wire name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Relation> {
        Relation::ALL.into_iter().find(|relation| relation.name() == name)
    }
}

/// What a policy is made of; [`Policy::new`] checks it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parts {
    /// Shown to the user.
    pub name: String,
    /// The matrix in any order. A cell may have several rows with different minimum scores: the highest that holds.
    pub rows: Vec<Row>,
    /// Exceptions; the first that holds decides.
    pub exceptions: Vec<Exception>,
    /// Quiet hours, in the receiver's local time.
    pub quiet: Vec<Window>,
    /// When the digest is shown: minutes of the day, 0–1439, ascending. Empty: [`Policy::DIGEST`].
    pub digest: Vec<u16>,
    /// How long moved messages are kept, at most one row a category; without one for ever.
    pub retention: Vec<Retention>,
}

/// A checked receive policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Parts", into = "Parts")]
pub struct Policy(Parts);

/// Where a policy is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The policy as a whole.
    Policy,
    /// This row, counted from 1.
    Row(usize),
    /// This exception, counted from 1.
    Exception(usize),
    /// This window of the quiet hours, counted from 1.
    Quiet(usize),
    /// This time of the digest, counted from 1.
    Digest(usize),
    /// This row of the retention, counted from 1.
    Retention(usize),
    /// A line and column of a policy file, both counted from 1, the column in characters.
    Line(usize, usize),
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Place::Policy => write!(f, "policy"),
            Place::Row(number) => write!(f, "row {number}"),
            Place::Exception(number) => write!(f, "exception {number}"),
            Place::Quiet(number) => write!(f, "quiet hours {number}"),
            Place::Digest(number) => write!(f, "digest time {number}"),
            Place::Retention(number) => write!(f, "retention {number}"),
            Place::Line(line, column) => write!(f, "line {line}, column {column}"),
        }
    }
}

/// A policy that cannot be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {problem}")]
pub struct PolicyError {
    /// Where.
    pub place: Place,
    /// What.
    pub problem: Problem,
}

/// What is wrong with a policy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs)] // the messages say it
pub enum Problem {
    #[error(
        "expected at most {} rows and {} exceptions, found {rows} and {exceptions}; remove some",
        Policy::MAX_ROWS,
        Policy::MAX_EXCEPTIONS
    )]
    TooLong { rows: usize, exceptions: usize },
    #[error("expected a minimum score of 0 to 1000 permille, found {0}; change it")]
    Score(i32),
    #[error("expected one row for `{0}`, found a second; remove one of them")]
    Duplicate(String),
    #[error("expected a subcategory of `{category}`, found `{found}`; see the table of categories")]
    Subcategory { category: &'static str, found: String },
    #[error("expected at least one condition, found none; it would hold for every message")]
    Unconditional,
    #[error("expected at least one day of the week, found none; name one, or leave days out for every day")]
    Weekdays,
    #[error(
        "expected a beginning from 00:00 to 23:59 and another end up to 24:00, found {} to {}; a whole day is 00:00 to 24:00",
        clock(*.from), clock(*.to)
    )]
    Window { from: u16, to: u16 },
    #[error("expected a last day not before the first, found {} to {}; swap them", date(*.from), date(*.until))]
    Dates { from: i32, until: i32 },
    #[error("expected {expected}, found an empty text; fill it in or leave it out")]
    Empty { expected: &'static str },
    #[error(
        "expected sender and signature as they are compared, without +86 and brackets, found another form; make it with \
         `Policy::new`"
    )]
    Sender,
    #[error("expected digits and then `*`, as in `1069*`, found `*` in another place; write the digits it begins with")]
    Star,
    #[error(
        "expected an overlay, which has rows with dates alone, found what holds on every day; only an overlay is added to a \
         policy"
    )]
    Overlay,
    #[error("expected at most {most} {what}, found {found}; remove some")]
    TooMany { what: &'static str, most: usize, found: usize },
    #[error("expected times up to 23:59, each after the one before it, found {}; sort them, each once", clock(*.0))]
    Minute(u16),
    #[error("expected 1 to 3650 days, found {0}; leave the row out to keep messages for ever")]
    Days(i32),
    #[error("{0}")]
    Syntax(String),
}

impl Policy {
    /// Most rows of a policy: every category and subcategory once for every relation fits.
    pub const MAX_ROWS: usize = 512;
    /// Most exceptions of a policy.
    pub const MAX_EXCEPTIONS: usize = 256;

    /// When the digest is shown unless a policy says otherwise: eight in the evening.
    pub const DIGEST: u16 = 20 * 60;

    /// Checks the parts, and writes senders and signatures as they are compared.
    pub fn new(mut parts: Parts) -> Result<Policy, PolicyError> {
        let (rows, exceptions) = (parts.rows.len(), parts.exceptions.len());
        if rows > Self::MAX_ROWS || exceptions > Self::MAX_EXCEPTIONS {
            return Err(PolicyError { place: Place::Policy, problem: Problem::TooLong { rows, exceptions } });
        }
        for (at, row) in parts.rows.iter().enumerate() {
            row.check(&parts.rows[..at]).map_err(|problem| PolicyError { place: Place::Row(at + 1), problem })?;
        }
        for (at, exception) in parts.exceptions.iter_mut().enumerate() {
            exception.check().map_err(|problem| PolicyError { place: Place::Exception(at + 1), problem })?;
        }
        times::check(&parts)?;
        Ok(Policy(parts))
    }

    /// Whether what it decides depends on a verdict's reasons, which [`crate::Filter::assess_with`] leaves out.
    #[must_use]
    pub fn needs_reasons(&self) -> bool {
        self.0.exceptions.iter().any(|exception| exception.rule.is_some())
    }

    /// The days that rows and exceptions name.
    pub fn dates(&self) -> impl Iterator<Item = Dates> {
        let Parts { rows, exceptions, .. } = &self.0;
        rows.iter().filter_map(|row| row.dates).chain(exceptions.iter().filter_map(|one| one.dates))
    }

    /// Shown to the user.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// What it is made of.
    #[must_use]
    pub fn parts(&self) -> &Parts {
        &self.0
    }
}

impl TryFrom<Parts> for Policy {
    type Error = PolicyError;

    /// Values are read as they were written: one policy, one form.
    fn try_from(parts: Parts) -> Result<Policy, PolicyError> {
        let read = Policy::new(parts.clone())?;
        match read.0.exceptions.iter().zip(&parts.exceptions).position(|(checked, given)| checked != given) {
            None => Ok(read),
            Some(at) => Err(PolicyError { place: Place::Exception(at + 1), problem: Problem::Sender }),
        }
    }
}

impl From<Policy> for Parts {
    fn from(policy: Policy) -> Parts {
        policy.0
    }
}

/// What happens to a message, and which row decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What happens.
    pub action: Action,
    /// `user:<rule>`, `exception:<number>`, a [`Row::name`] or `default`; after `floor:` when the floor lowered it.
    pub row: String,
    /// It would be heard but comes during quiet hours: no sound. What stands on the floor, and what an exception or the user's
    /// own rule puts into the inbox, is heard all the same.
    pub quiet: bool,
    /// Days after which the message is deleted, where the policy says so. Only what is moved to the spam box ever is.
    pub keep_days: Option<u16>,
}

/// Applies a policy.
///
/// ```
/// use smsfilter::{Action, Category, Message, Policy, Subcategory, Verdict, decide};
/// let verdict = Verdict { subcategory: Subcategory::parse("fraud/loan").unwrap(), score: 950, ..Verdict::default() };
/// let decision = decide(&verdict, &Message::default(), &Policy::preset("standard").unwrap());
/// assert_eq!((decision.action, &*decision.row), (Action::Quarantine, "fraud/unknown-mobile"));
/// assert_eq!(decision.keep_days, Some(90));
/// ```
#[must_use]
pub fn decide(verdict: &Verdict, message: &Message, policy: &Policy) -> Decision {
    let parts = &policy.0;
    let now = Local::of(message);
    let relation = Relation::of(message, verdict);
    let floored = is_floored(verdict, relation);
    let lowered = |action| match action {
        Action::Digest | Action::Quarantine if floored => Action::Mark,
        action => action,
    };
    let exception = || parts.exceptions.iter().position(|exception| exception.holds(verdict, message, now));
    let (action, row, by_hand, over_floor) = match &verdict.user_rule {
        Some(own) => (own.action, format!("user:{}", own.rule), true, true),
        None => match exception() {
            Some(at) => {
                let Exception { action, over_floor, .. } = parts.exceptions[at];
                (action, format!("exception:{}", at + 1), true, over_floor)
            }
            None => match matrix::find(&parts.rows, verdict, relation, now, lowered) {
                Some(row) => (row.action, row.name(), false, false),
                None => (Action::Inbox, "default".to_owned(), false, false),
            },
        },
    };
    let (action, row) = match lowered(action) {
        less if less < action && !over_floor => (less, format!("floor:{row}")),
        _ => (action, row),
    };
    let quiet = action <= Action::Mark && !floored && !by_hand && times::is_quiet(parts, now);
    Decision { action, row, quiet, keep_days: times::keep_days(parts, action, verdict.category()) }
}

/// Whether the message may be neither held for the digest nor moved. The floor under a category follows the verdict,
/// and only without evidence of something blocked: a word like 验证码 in a fraud is no pass.
#[must_use]
pub fn is_floored(verdict: &Verdict, relation: Relation) -> bool {
    if matches!(relation, Relation::Contact | Relation::Replied) {
        return true;
    }
    (verdict.base_floored || is_floor(verdict.subcategory)) && !verdict.blocked_evidence
}

/// Whether messages of this kind stand on the floor.
pub(crate) fn is_floor(subcategory: Subcategory) -> bool {
    match subcategory.category {
        Category::Code | Category::Public => true,
        Category::Service => matches!(subcategory.name(), "bank" | "card" | "payment"),
        _ => false,
    }
}

//! Decides what an SMS is, says why, and applies the user's receive policy: on the phone, from signed rules.
//!
//! One way through, one module a step:
//! [`message`] → [`fold`] → [`extract`] → [`matcher`] → [`score`] → [`verdict`] → [`policy`] → [`report`];
//! [`filter`] walks it; [`consent`] remembers who may go on sending. Rules come from [`rule`] files through a signed [`bundle`] into an [`image`]; [`store`] keeps
//! bundles on disk. `ARCHITECTURE.md` beside this crate holds the decisions, `DESIGN.md` teaches the matching.
//!
//! The crate has no clock, no network, no randomness and no global state; only [`store`] touches files, through a trait.

#[macro_use]
mod names;

pub mod bundle;
pub mod category;
mod civil;
pub mod consent;
pub mod dictionary;
pub mod extract;
pub mod filter;
pub mod fold;
pub mod image;
pub mod matcher;
pub mod message;
pub mod model;
pub mod policy;
pub mod report;
pub mod rule;
pub mod score;
pub mod self_test;
pub mod store;
pub mod verdict;

pub use category::{Category, Subcategory};
pub use filter::Filter;
pub use message::{Known, Message, Sender, SenderClass, Sim};
pub use policy::{Action, Decision, Policy, Relation, decide};
pub use verdict::{Reason, Verdict};

#[cfg(doctest)]
mod readme {
    //! What the READMEs print in Rust compiles.
    #![doc = include_str!("../../README.md")]
    #![doc = include_str!("../../README.zh-CN.md")]
}

/// Version of the image layout and of everything that decides a verdict. An image made by another version is rebuilt.
pub const ENGINE_VERSION: u32 = 6;

/// A text in the two languages of the product, Chinese first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Text {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// A half-open range of code points of the original body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
}

/// UTF-16 positions of a text's code points, for many spans of one text.
#[derive(Clone, Debug)]
pub struct Utf16(Vec<u32>);

impl Utf16 {
    /// Counts the units before each code point of `body`, and before its end.
    #[must_use]
    pub fn of(body: &str) -> Utf16 {
        let mut before = vec![0];
        for (at, c) in body.chars().enumerate() {
            before.push(before[at] + c.len_utf16() as u32);
        }
        Utf16(before)
    }

    /// The span in UTF-16 units; positions past the end are clamped to it.
    #[must_use]
    pub fn span(&self, span: Span) -> Span {
        let at = |n: u32| self.0.get(n as usize).or(self.0.last()).copied().unwrap_or_default();
        Span { start: at(span.start), end: at(span.end) }
    }
}

impl Span {
    /// The same range in UTF-16 units of `body`, as Java and Kotlin count. Positions past the end are clamped to it. For
    /// many spans of one text take [`Utf16`].
    ///
    /// ```
    /// let span = smsfilter::Span { start: 1, end: 3 };
    /// assert_eq!(span.to_utf16("💰加V"), smsfilter::Span { start: 2, end: 4 });
    /// ```
    #[must_use]
    pub fn to_utf16(self, body: &str) -> Span {
        Utf16::of(body).span(self)
    }
}

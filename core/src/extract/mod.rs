//! Which links, phones, codes, amounts, signature and opt-out does a text hold? Hand-written scanners over the plain view.
//!
//! Each is linear in the text: what is looked at around a find is bounded. All work on bytes: in the plain view letters and
//! digits are lower-case ASCII whatever they were written as.

mod link;
mod number;
mod opt_out;
mod signature;
#[cfg(test)]
mod tests;

use crate::{Span, fold::View};
use std::ops::Range;

/// What the scanners found, in order of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extracts {
    /// Web addresses with and without `http://`.
    pub links: Vec<Link>,
    /// Mobile, fixed-line and 400/800 numbers.
    pub phones: Vec<Span>,
    /// Lone tokens of the shape of a one-time code: 4–8 digits, or digits and letters. Only a shape.
    pub codes: Vec<Span>,
    /// Sums of money.
    pub amounts: Vec<Span>,
    /// 【name】 at the start or end.
    pub signature: Option<Signature>,
    /// How to unsubscribe.
    pub opt_out: Option<OptOut>,
}

/// A web address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Host in lower case, without port and final full stop; punycode as written.
    pub host: String,
    /// The whole address, scheme and path included.
    pub span: Span,
}

/// Who the text says it is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The folded name, without brackets.
    pub name: String,
    /// The name with its brackets.
    pub span: Span,
    /// Between 【】 or their like. Other brackets hold smileys as well: they sign only with a registered name.
    pub certain: bool,
}

/// An offer to unsubscribe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptOut {
    /// What to reply with, in upper case; without it a link is to be opened.
    pub reply: Option<String>,
    /// The words of the offer.
    pub span: Span,
}

impl Extracts {
    /// Reads the plain view of a text.
    #[must_use]
    pub fn scan(plain: &View) -> Extracts {
        let text = plain.text();
        let span = |bytes: Range<usize>| plain.span(plain.chars_of_bytes(bytes));
        let links = link::scan(text);
        let numbers = number::scan(text, &links);
        let spans = |found: Vec<Range<usize>>| found.into_iter().map(span).collect();
        Extracts {
            signature: signature::scan(text).map(|(name, at)| Signature {
                name: name.to_owned(),
                certain: signature::is_certain(text, &at),
                span: span(at),
            }),
            opt_out: opt_out::scan(text).map(|(reply, at)| OptOut { reply, span: span(at) }),
            links: links.into_iter().map(|found| Link { host: found.host, span: span(found.bytes) }).collect(),
            phones: spans(numbers.phones),
            codes: spans(numbers.codes),
            amounts: spans(numbers.amounts),
        }
    }
}

/// The byte at `at` if there is one.
fn byte(text: &str, at: usize) -> Option<u8> {
    text.as_bytes().get(at).copied()
}

/// The byte before `at` if there is one.
fn byte_before(text: &str, at: usize) -> Option<u8> {
    at.checked_sub(1).and_then(|at| byte(text, at))
}

/// End of the run from `at` of bytes for which `is` holds. They must be ASCII.
fn run(text: &str, at: usize, is: impl Fn(u8) -> bool) -> usize {
    let bytes = text.as_bytes().get(at..).unwrap_or_default();
    at + bytes.iter().position(|&b| !is(b)).unwrap_or(bytes.len())
}

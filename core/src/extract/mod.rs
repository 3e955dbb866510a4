//! Which links, phones, codes, amounts, signature and opt-out does a text hold? Hand-written scanners over the plain view.
//!
//! One walk over the bytes steps over what can begin nothing, which is most of a Chinese text, and hands each stretch of
//! ASCII to the scanners that its bytes ask for. Each is linear in the text: what is looked at around a find is bounded.
//! All work on bytes: in the plain view letters and digits are lower-case ASCII whatever they were written as.

mod link;
mod number;
mod opt_out;
mod signature;
#[cfg(test)]
mod tests;

use crate::{
    Span,
    fold::{Locator, Plain},
};
use std::ops::Range;

/// What the scanners found, in order of the text. Reusable: scanning into it keeps the buffers.
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
    /// Hosts, the signature's name and the opt-out's reply, one after the other.
    words: String,
}

/// Some of the words that were found: [`Extracts::word`] reads them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word(Range<usize>);

/// A web address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Host in lower case, without port and final full stop; punycode as written.
    pub host: Word,
    /// The whole address, scheme and path included.
    pub span: Span,
    /// The same in bytes of the plain text.
    bytes: Range<usize>,
}

/// Who the text says it is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The folded name, without brackets.
    pub name: Word,
    /// The name with its brackets.
    pub span: Span,
    /// Between 【】 or their like. Other brackets hold smileys as well: they sign only with a registered name.
    pub certain: bool,
}

/// An offer to unsubscribe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptOut {
    /// What to reply with, letters and digits alone, in upper case; without it a link is to be opened.
    pub reply: Option<Word>,
    /// The number the reply goes to, digits alone, where the text names one; otherwise it goes to the sender.
    pub number: Option<Word>,
    /// The words of the offer.
    pub span: Span,
}

impl Extracts {
    /// Reads the plain view of a text.
    #[must_use]
    pub fn scan(plain: &Plain) -> Extracts {
        let mut found = Extracts::default();
        found.scan_into(plain);
        found
    }

    /// Replaces the content by what the plain view of a text holds.
    pub fn scan_into(&mut self, plain: &Plain) {
        let text = plain.text();
        self.links.clear();
        self.phones.clear();
        self.codes.clear();
        self.amounts.clear();
        self.words.clear();
        self.opt_out = None;
        self.signature = signature::scan(text).map(|(name, at)| Signature {
            certain: signature::is_certain(text, &at),
            span: plain.span_of_bytes(at),
            name: push(&mut self.words, name),
        });
        Walk { text, locator: plain.locator(), found: self, through_link: None, replied: false }.run();
    }

    /// The name in the signature.
    #[must_use]
    pub fn signature_name(&self) -> Option<&str> {
        self.signature.as_ref().map(|signature| self.word(&signature.name))
    }

    /// The link of an opt-out without a reply: the first that begins in its words or closely behind them, or else the last
    /// that ends in them.
    #[must_use]
    pub fn opt_out_link(&self) -> Option<&Link> {
        let offer = self.opt_out.as_ref().filter(|offer| offer.reply.is_none())?.span;
        let behind = |link: &&Link| (offer.start..=offer.end + NEAR).contains(&link.span.start);
        let within = |link: &&Link| (offer.start..=offer.end).contains(&link.span.end);
        self.links.iter().find(behind).or_else(|| self.links.iter().rev().find(within))
    }

    /// A host, name or reply of this text.
    #[must_use]
    pub fn word(&self, word: &Word) -> &str {
        self.words.get(word.0.clone()).unwrap_or_default()
    }
}

/// Characters between the words of an opt-out and its link, at most.
const NEAR: u32 = 8;

fn push(words: &mut String, word: &str) -> Word {
    let start = words.len();
    words.push_str(word);
    Word(start..words.len())
}

/// One walk over a text.
struct Walk<'a> {
    text: &'a str,
    locator: Locator<'a>,
    found: &'a mut Extracts,
    /// The first opt-out through a link: it counts if there is none with a reply.
    through_link: Option<Range<usize>>,
    /// An opt-out with a reply was found.
    replied: bool,
}

/// What a byte is to the walk: bits.
const KIND: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut b = 0;
    while b < 256 {
        kinds[b] = match b as u8 {
            b'0'..=b'9' => BEGINS | DIGIT,
            b'u' | b'o' | b's' => BEGINS | WORD,
            b'a'..=b'z' | b'A'..=b'Z' | b'+' | b'(' | b'$' | b'-' => BEGINS,
            b'.' => BEGINS | DOT,
            // ¥ and £ or € may stand here.
            0xc2 | 0xe2 => BEGINS,
            0xe4 | 0xe5 | 0xe6 | 0xe8 | 0xe9 => WORD,
            _ => 0,
        };
        b += 1;
    }
    kinds
};
/// A stretch for the scanners may begin here.
const BEGINS: u8 = 1;
/// A host has one.
const DOT: u8 = 2;
/// A number has one.
const DIGIT: u8 = 4;
/// The word of an opt-out may begin here.
const WORD: u8 = 8;

impl Walk<'_> {
    fn run(mut self) {
        let bytes = self.text.as_bytes();
        let mut at = 0;
        while let Some(&lead) = bytes.get(at) {
            // Han characters first: with a fixed step the next one is looked at before this one is done with.
            if matches!(lead, 0xe3..=0xef) {
                if KIND[usize::from(lead)] & WORD != 0 && opt_out::may_begin(bytes, at) {
                    self.opt_out(at);
                }
                at += 3;
            } else if KIND[usize::from(lead)] & BEGINS != 0 {
                at = self.stretch(at);
            } else {
                at += width(lead);
            }
        }
        if let Some(range) = self.through_link.filter(|_| !self.replied) {
            self.found.opt_out = Some(OptOut { reply: None, number: None, span: self.locator.span(range) });
        }
    }

    /// Scans the stretch of ASCII that begins here; returns its end. Only the unit of a sum may stand behind it.
    fn stretch(&mut self, from: usize) -> usize {
        let (text, bytes) = (self.text, self.text.as_bytes());
        // The sign of a sum is not ASCII.
        let (mut end, mut kinds) = (from + if bytes[from].is_ascii() { 0 } else { width(bytes[from]) }, 0);
        while let Some(&b) = bytes.get(end) {
            if b.is_ascii() {
                kinds |= KIND[usize::from(b)];
                end += 1;
            } else if link::is_stop(text, end) {
                kinds |= DOT;
                end += '。'.len_utf8();
            } else {
                break;
            }
        }
        let Extracts { links, phones, codes, amounts, words, .. } = &mut *self.found;
        let locator = &mut self.locator;
        let known = links.len();
        if kinds & DOT != 0 {
            link::scan(text, from..end, words, |host, bytes| {
                links.push(Link { host: Word(host), span: locator.span(bytes.clone()), bytes });
            });
        }
        if kinds & DIGIT != 0 {
            number::scan(text, from..end, &links[known..], |kind, bytes| {
                let list = match kind {
                    number::Kind::Phone => &mut *phones,
                    number::Kind::Code => &mut *codes,
                    number::Kind::Amount => &mut *amounts,
                };
                list.push(locator.span(bytes));
            });
        }
        if kinds & WORD != 0 {
            let word = |at: &usize| KIND[usize::from(bytes[*at])] & WORD != 0 && opt_out::may_begin(bytes, *at);
            (from..end).filter(word).for_each(|at| self.opt_out(at));
        }
        end
    }

    /// Looks for an opt-out whose word begins here. The first with a reply stands.
    fn opt_out(&mut self, at: usize) {
        if self.replied {
            return;
        }
        let Some(opt_out::Found { reply, number, whole }) = opt_out::at(self.text, at) else { return };
        match reply {
            Some(reply) => {
                self.replied = true;
                let reply = self.token(reply);
                let number = number.map(|number| self.token(number));
                self.found.opt_out = Some(OptOut { reply: Some(reply), number, span: self.locator.span(whole) });
            }
            None if self.through_link.is_none() => self.through_link = Some(whole),
            None => {}
        }
    }

    /// Letters and digits of a range, in upper case.
    fn token(&mut self, range: Range<usize>) -> Word {
        let letters = self.text[range].chars().filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_uppercase());
        let start = self.found.words.len();
        self.found.words.extend(letters);
        Word(start..self.found.words.len())
    }
}

/// Bytes of the character that begins with this one.
fn width(lead: u8) -> usize {
    match lead {
        0..0x80 => 1,
        0x80..0xe0 => 2,
        0xe0..0xf0 => 3,
        0xf0.. => 4,
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

//! How a text says to unsubscribe: a word for it, with a verb and a token beside it, in either order.

mod words;

use super::byte;
use std::ops::Range;
pub(super) use words::may_begin;
use words::{
    ANSWER, DONE, FOR, Kind, LEADS, NONE, NUMBER, OBJECTS, OTHER, PURPOSE, SIGNS, SPOKEN, TO, VERBS, any, any_back,
    has_company, is_usual, skip, skip_back, word_at,
};

/// An opt-out, in bytes of the text: what to reply, which number that goes to if the text names one, and where it is said.
/// Without a reply there is a link to open.
pub(super) struct Found {
    pub(super) reply: Option<Range<usize>>,
    pub(super) number: Option<Range<usize>>,
    pub(super) whole: Range<usize>,
}

/// The opt-out whose word begins here.
pub(super) fn at(text: &str, at: usize) -> Option<Found> {
    let (name, kind, end) = word_at(text, at)?;
    let word = Word { text, name, kind, start: at, end };
    if !has_company(text, at..end) {
        return None;
    }
    if word.is_part() || any_back(text, at, &DONE).is_some() || any(text, word.end, &OTHER).is_some() {
        return None;
    }
    if word.kind != Kind::Strong && !word.is_near_token() {
        return None;
    }
    word.reply().or_else(|| (word.kind == Kind::Strong).then(|| word.link()).flatten())
}

/// Bytes on either side of a word in which its token is looked for first.
const NEAR: usize = 60;

/// A word in a text.
#[derive(Clone, Copy)]
struct Word<'a> {
    text: &'a str,
    name: &'static str,
    kind: Kind,
    start: usize,
    end: usize,
}

impl Word<'_> {
    /// Whether it is a part of another: nonstop.
    fn is_part(self) -> bool {
        let letter = |c: char| c.is_ascii_alphanumeric();
        self.name.is_ascii() && (self.text[..self.start].ends_with(letter) || self.text[self.end..].starts_with(letter))
    }

    /// Whether a letter or digit stands near: without one the words of everyday (不要, 取消) need no further look.
    fn is_near_token(self) -> bool {
        let bytes = self.text.as_bytes();
        let near = &bytes[self.start.saturating_sub(NEAR)..bytes.len().min(self.end + NEAR)];
        near.iter().fold(false, |seen, b| seen | b.is_ascii_alphanumeric()) // without a branch
    }

    /// What to reply, in the order in which the word's kind asks to look for it.
    fn reply(self) -> Option<Found> {
        match self.kind {
            // Reply UNSUB to stop: what is said behind it is no other token.
            Kind::Strong if self.name.is_ascii() => self.spoken().or_else(|| self.after()).or_else(|| self.before()),
            Kind::Strong => self.after().or_else(|| self.before()).or_else(|| self.spoken()),
            Kind::Stop => self.spoken().or_else(|| self.purpose()).or_else(|| self.after()),
            Kind::Back => {
                let starts = !self.text[..self.start].ends_with(char::is_alphanumeric);
                self.before().or_else(|| self.after().filter(|found| starts && self.ends(found.whole.end)))
            }
            Kind::Weak | Kind::Cancel => {
                let alone = |_: &Found| self.ends(skip(self.text, self.end, &OBJECTS));
                let after = self.after().filter(|found| self.ends(found.whole.end));
                after.or_else(|| self.before().filter(alone))
            }
        }
    }

    /// Whether nothing is said on from `at`.
    fn ends(self, at: usize) -> bool {
        !self.text[at..].starts_with(char::is_alphanumeric)
    }

    /// Whether a token will do: with a verb any beside a strong word, otherwise one that everybody uses.
    fn takes(self, token: &Range<usize>, verb: Option<usize>) -> bool {
        verb.is_some() && self.kind == Kind::Strong || is_usual(&self.text[token.clone()], self.kind)
    }

    /// 退订回TD, 拒收请回复R, 退订T, 退订请编辑TD发送至10690000.
    fn after(self) -> Option<Found> {
        let text = self.text;
        let start = skip(text, self.end, &OBJECTS);
        let verb = any(text, start, &VERBS);
        // 编辑发送, text send: two verbs are one.
        let at = verb.map_or(start, |end| skip(text, any(text, end, &VERBS).unwrap_or(end), &LEADS));
        let token = token_at(text, at).filter(|token| self.takes(token, verb))?;
        let number = number_behind(text, token.end);
        let end = number.as_ref().map_or(token.end, |number| number.end);
        Some(Found { number, whole: self.start..end, reply: Some(token) })
    }

    /// 回T退订, 回复N退订, TD退订, 发送TD到10690000退订.
    fn before(self) -> Option<Found> {
        let text = self.text;
        let close = skip_back(text, self.start, &OBJECTS);
        let (number, end) = match number_before(text, close) {
            Some((number, end)) => (Some(number), end),
            // 编辑TD回复本短信退订: a second verb behind the token.
            None => (None, any_back(text, close, &ANSWER).map_or(close, |start| skip_back(text, start, &NONE))),
        };
        let token = token_before(text, end)?;
        let verb = any_back(text, skip_back(text, token.start, &LEADS), &VERBS);
        let whole = verb.unwrap_or(token.start)..self.end;
        self.takes(&token, verb).then_some(Found { number, whole, reply: Some(token) })
    }

    /// 回复“退订”, Reply STOP, Txt STOP to 80000: the word is the token.
    fn spoken(self) -> Option<Found> {
        if !SPOKEN.contains(&self.name) {
            return None;
        }
        let start = any_back(self.text, skip_back(self.text, self.start, &LEADS), &VERBS)?;
        let number = number_behind(self.text, self.end);
        let end = number.as_ref().map(|number| number.end).or_else(|| self.purpose_end()).unwrap_or(self.end);
        Some(Found { reply: Some(self.start..self.end), number, whole: start..end })
    }

    /// STOP to opt out.
    fn purpose(self) -> Option<Found> {
        let end = self.purpose_end()?;
        Some(Found { reply: Some(self.start..self.end), number: None, whole: self.start..end })
    }

    fn purpose_end(self) -> Option<usize> {
        let to = any(self.text, self.end, &FOR)?;
        any(self.text, to, &PURPOSE)
    }

    /// 退订请点链接, 退订 dl.example/u; or 点击 dl.example/u 退订.
    fn link(self) -> Option<Found> {
        let whole = self.link_after().or_else(|| self.link_before())?;
        Some(Found { reply: None, number: None, whole })
    }

    fn link_after(self) -> Option<Range<usize>> {
        let start = skip(self.text, self.end, &OBJECTS);
        // 请点击 and 链接 may stand together.
        let end = (0..3).fold(start, |at, _| any(self.text, at, &SIGNS).unwrap_or(at));
        (end > start || looks_like_link(&self.text[start..])).then_some(self.start..end)
    }

    fn link_before(self) -> Option<Range<usize>> {
        let end = skip_back(self.text, self.start, &OBJECTS);
        let head = self.text.as_bytes()[..end].iter().rev().take(MOST_OF_LINK);
        let start = end - head.take_while(|b| b.is_ascii_graphic()).count();
        let sign = any_back(self.text, skip_back(self.text, start, &NONE), &SIGNS)?;
        let alone = self.ends(skip(self.text, self.end, &OBJECTS));
        (alone && looks_like_link(&self.text[start..end])).then_some(sign..self.end)
    }
}

/// A token of at most six letters or digits; two single letters may stand apart (T D). Reading on would make a text of
/// such words quadratic.
fn token_at(text: &str, at: usize) -> Option<Range<usize>> {
    let run = |at: usize| text.as_bytes()[at..].iter().take(7).take_while(|b| b.is_ascii_alphanumeric()).count();
    let length = run(at);
    if !(1..=6).contains(&length) {
        return None;
    }
    let letter = |at: usize| byte(text, at).is_some_and(|b| b.is_ascii_alphabetic());
    let apart = length == 1
        && letter(at)
        && matches!(byte(text, at + 1), Some(b' ' | b'-' | b'.'))
        && letter(at + 2)
        && run(at + 2) == 1;
    Some(at..if apart { at + 3 } else { at + length })
}

fn token_before(text: &str, end: usize) -> Option<Range<usize>> {
    let run =
        |end: usize| text.as_bytes()[..end].iter().rev().take(7).take_while(|b| b.is_ascii_alphanumeric()).count();
    let length = run(end);
    if !(1..=6).contains(&length) {
        return None;
    }
    let letter = |at: usize| byte(text, at).is_some_and(|b| b.is_ascii_alphabetic());
    let apart = length == 1
        && end >= 3
        && letter(end - 1)
        && matches!(byte(text, end - 2), Some(b' ' | b'-' | b'.'))
        && letter(end - 3)
        && run(end - 2) == 1;
    Some(if apart { end - 3 } else { end - length }..end)
}

/// Digits of a number, perhaps in groups.
fn is_number_byte(b: u8) -> bool {
    b.is_ascii_digit() || matches!(b, b' ' | b'-')
}

/// Fewest and most digits of a number that a reply goes to, and most bytes with what parts its groups.
const DIGITS: std::ops::RangeInclusive<usize> = 4..=20;
const NUMBER_BYTES: usize = 26;

fn is_number(text: &str) -> bool {
    DIGITS.contains(&text.bytes().filter(u8::is_ascii_digit).count())
}

/// ”发送至10690000, to 80000.
fn number_behind(text: &str, at: usize) -> Option<Range<usize>> {
    let at = skip(text, at, &NONE);
    let at = skip(text, any(text, at, &VERBS).unwrap_or(at), &NONE);
    let start = skip(text, any(text, at, &TO)?, &NUMBER);
    let length = text.as_bytes()[start..].iter().take(NUMBER_BYTES).take_while(|&&b| is_number_byte(b)).count();
    let number = text[start..start + length].trim_end_matches([' ', '-']);
    is_number(number).then_some(start..start + number.len())
}

/// 到10690000 before `at`, and the end of what stands before it and its verb.
fn number_before(text: &str, at: usize) -> Option<(Range<usize>, usize)> {
    let length = text.as_bytes()[..at].iter().rev().take(NUMBER_BYTES).take_while(|&&b| is_number_byte(b)).count();
    let number = text[at - length..at].trim_start_matches([' ', '-']);
    let start = at - number.len();
    if !is_number(number) {
        return None;
    }
    let to = any_back(text, skip_back(text, start, &NUMBER), &TO)?;
    let verb = any_back(text, skip_back(text, to, &NONE), &VERBS).unwrap_or(to);
    Some((start..at, skip_back(text, verb, &NONE)))
}

/// Bytes of a link that are looked at.
const MOST_OF_LINK: usize = 100;

/// Whether a full stop stands between letters, near.
fn looks_like_link(text: &str) -> bool {
    let near = &text.as_bytes()[..text.len().min(MOST_OF_LINK)];
    let run = near.iter().take_while(|b| b.is_ascii_graphic()).count();
    let letter = |b: u8| b.is_ascii_alphanumeric();
    near[..run].windows(3).any(|three| letter(three[0]) && three[1] == b'.' && letter(three[2]))
}

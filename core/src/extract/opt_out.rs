//! How a text says to unsubscribe: a word for it, with a verb and a token beside it, in either order.

use super::{byte, byte_before};
use std::ops::Range;

/// Words for unsubscribing, the longer one of two first. 退 alone counts only behind a token (回T退).
const WORDS: &[&str] = &[
    "退订",
    "退阅",
    "退",
    "拒收",
    "谢绝",
    "取消订阅",
    "不再接收",
    "屏蔽",
    "unsubscribe",
    "opt out",
    "opt-out",
    "stop",
];
/// Longer ones first.
const VERBS: &[&str] = &["回复", "发送", "编辑", "回", "发", "复", "reply", "text", "send", "txt"];
/// Tokens that need no verb: 退订T, TD退订.
const TOKENS: &[&str] = &["t", "td", "r", "n", "qx", "tt", "0000", "00000"];

/// An opt-out: what to reply with and where it is said, or where it says to open a link.
pub(super) enum Found<'a> {
    Reply(&'a str, Range<usize>),
    Link(Range<usize>),
}

/// First characters of the words, as much as tells them from nearly all others.
const STARTS: [[u8; 3]; 9] = [
    [0xe9, 0x80, 0x80], // 退
    [0xe6, 0x8b, 0x92], // 拒
    [0xe8, 0xb0, 0xa2], // 谢
    [0xe5, 0x8f, 0x96], // 取
    [0xe4, 0xb8, 0x8d], // 不
    [0xe5, 0xb1, 0x8f], // 屏
    *b"uns",
    *b"opt",
    *b"sto",
];

/// For the low half of a first byte, which second bytes may follow: bits by their low six bits.
const SECOND: [u64; 16] = {
    let (mut bits, mut n) = ([0; 16], 0);
    while n < STARTS.len() {
        bits[(STARTS[n][0] & 15) as usize] |= 1 << (STARTS[n][1] & 63);
        n += 1;
    }
    bits
};

/// Whether any of the words may stand here. Asked of nearly every Han character, so the first answer is one look.
#[inline(always)]
pub(super) fn may_begin(text: &[u8], at: usize) -> bool {
    let Some(start) = text[at..].first_chunk::<3>() else { return false };
    SECOND[usize::from(start[0] & 15)] >> (start[1] & 63) & 1 == 1 && STARTS.contains(start)
}

/// The opt-out whose word begins here.
pub(super) fn at(text: &str, at: usize) -> Option<Found<'_>> {
    let word = WORDS.iter().find(|word| text.as_bytes()[at..].starts_with(word.as_bytes()))?;
    let here = at..at + word.len();
    let reply = match *word {
        "退" => before(text, here),
        "stop" => stop(text, here),
        _ => match after(text, here.clone()).or_else(|| before(text, here.clone())) {
            None => return through_link(text, here).map(Found::Link),
            reply => reply,
        },
    };
    reply.map(|(token, range)| Found::Reply(token, range))
}

fn filler(c: char) -> bool {
    " ,:\"'“”‘’()[]【】「」请可直接至短信字母并均即以".contains(c)
}

/// End of the fillers from `at`, at most eight.
fn skip(text: &str, at: usize) -> usize {
    at + text[at..].chars().take(8).take_while(|&c| filler(c)).map(char::len_utf8).sum::<usize>()
}

/// Start of the fillers before `at`, at most eight.
fn skip_back(text: &str, at: usize) -> usize {
    at - text[..at].chars().rev().take(8).take_while(|&c| filler(c)).map(char::len_utf8).sum::<usize>()
}

/// 退订回TD, 拒收请回复R, 退订T.
fn after(text: &str, word: Range<usize>) -> Option<(&str, Range<usize>)> {
    let start = skip(text, word.end);
    let verb = VERBS.iter().find(|verb| text[start..].starts_with(**verb));
    let at = verb.map_or(start, |verb| skip(text, start + verb.len()));
    // A token has at most six characters; reading on would make a text of such words quadratic.
    let end = at + text.as_bytes()[at..].iter().take(7).take_while(|b| b.is_ascii_alphanumeric()).count();
    let token = &text[at..end];
    let fine = if verb.is_some() { (1..=6).contains(&token.len()) } else { TOKENS.contains(&token) };
    fine.then_some((token, word.start..end))
}

/// 回T退订, 回复N退订, TD退订.
fn before(text: &str, word: Range<usize>) -> Option<(&str, Range<usize>)> {
    let end = skip_back(text, word.start);
    let length = text.as_bytes()[..end].iter().rev().take(7).take_while(|b| b.is_ascii_alphanumeric()).count();
    let token = &text[end - length..end];
    if !(1..=6).contains(&length) {
        return None;
    }
    let head = skip_back(text, end - length);
    let verb = VERBS.iter().find(|verb| text[..head].ends_with(**verb));
    match verb {
        Some(verb) => Some((token, head - verb.len()..word.end)),
        None => TOKENS.contains(&token).then_some((token, end - length..word.end)),
    }
}

/// 退订请点链接.
fn through_link(text: &str, word: Range<usize>) -> Option<Range<usize>> {
    let mut end = skip(text, word.end);
    let start = end;
    // 点 and 链接 may stand together.
    for _ in 0..2 {
        let sign = ["点击", "点", "戳", "见", "链接", "访问", "http", "click"]
            .iter()
            .find(|sign| text[end..].starts_with(**sign));
        end += sign.map_or(0, |sign| sign.len());
    }
    (end > start).then_some(word.start..end)
}

/// Reply STOP; STOP to opt out.
fn stop(text: &str, word: Range<usize>) -> Option<(&str, Range<usize>)> {
    let letter = |b: Option<u8>| b.is_some_and(|b| b.is_ascii_alphanumeric());
    if letter(byte_before(text, word.start)) || letter(byte(text, word.end)) {
        return None;
    }
    let head = skip_back(text, word.start);
    let verb = VERBS.iter().find(|verb| text[..head].ends_with(**verb));
    let purpose =
        [" to opt out", " to opt-out", " to end", " to unsub", " to cancel", " to quit", " 2 end", " to stop"];
    let purpose = purpose.iter().find(|purpose| text[word.end..].starts_with(**purpose));
    if verb.is_none() && purpose.is_none() {
        return None;
    }
    let start = verb.map_or(word.start, |verb| head - verb.len());
    Some((&text[word.clone()], start..word.end + purpose.map_or(0, |purpose| purpose.len())))
}

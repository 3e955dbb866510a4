//! Web addresses.

use super::{byte, byte_before, run};
use std::ops::Range;

/// Endings of bare hosts: what Chinese SMS use, not all that exist (a file name or a missing space is no link). Sorted.
/// `example` is reserved for documentation: fixtures use it, so that no example names anybody's host.
const ENDINGS: &[&str] = &[
    "app", "art", "asia", "autos", "beauty", "bid", "biz", "boats", "bond", "buzz", "cam", "cc", "cfd", "chat",
    "click", "cloud", "club", "cn", "co", "com", "cyou", "dev", "edu", "example", "fans", "fit", "fun", "gdn", "gov",
    "gq", "group", "hk", "homes", "icu", "info", "ink", "io", "jp", "kim", "kr", "lat", "life", "link", "live", "ltd",
    "luxe", "makeup", "mo", "mobi", "monster", "net", "online", "org", "pics", "pro", "pub", "pw", "quest", "racing",
    "red", "ren", "rest", "ru", "sbs", "shop", "site", "skin", "space", "store", "tech", "tk", "today", "top", "tv",
    "tw", "uno", "vip", "wang", "website", "win", "work", "world", "xin", "xyz", "yachts", "zone",
];

/// Endings that are words as well: only with a path or `www.`.
const WORDS: &[&str] = &[
    "ai", "am", "at", "bar", "be", "cf", "date", "digital", "download", "fm", "ga", "gd", "gg", "gl", "gold", "guru",
    "hair", "host", "im", "in", "is", "it", "la", "loan", "lol", "love", "ly", "me", "men", "ml", "mom", "my", "one",
    "party", "press", "review", "run", "sale", "science", "so", "stream", "support", "to", "trade", "uk", "us", "wiki",
    "ws",
];

/// Calls back with each link of a stretch: its host as a range of `words`, and where it stands.
pub(super) fn scan(
    text: &str,
    stretch: Range<usize>,
    words: &mut String,
    mut each: impl FnMut(Range<usize>, Range<usize>),
) {
    let mut at = stretch.start;
    while at < stretch.end {
        if !is_host(text.as_bytes()[at]) {
            at += 1;
            continue;
        }
        let (end, host) = (host_end(text, at), words.len());
        match link(text, at..end, words) {
            Some(bytes) => {
                at = bytes.end.max(end);
                each(host..words.len(), bytes);
            }
            None => {
                words.truncate(host);
                at = end;
            }
        }
    }
}

fn is_host(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b == b'-' || b == b'.'
}

/// End of a run of host characters; 。 between letters is a full stop typed with the wrong keyboard.
fn host_end(text: &str, from: usize) -> usize {
    let mut end = run(text, from, is_host);
    while is_stop(text, end) {
        end = run(text, end + '。'.len_utf8(), is_host);
    }
    end
}

/// Whether 。 stands here with a letter or digit behind it.
pub(super) fn is_stop(text: &str, at: usize) -> bool {
    matches!(text.as_bytes()[at..], [0xe3, 0x80, 0x82, next, ..] if next.is_ascii_alphanumeric())
}

/// The link that a run of host characters is. What it appends to `words` is the host, if it is one.
fn link(text: &str, at: Range<usize>, words: &mut String) -> Option<Range<usize>> {
    // Most runs are numbers and words.
    let lone = |b: &u8| *b != b'.' && b.is_ascii();
    if text.as_bytes()[at.clone()].iter().all(lone) {
        return None;
    }
    let before = &text.as_bytes()[..at.start];
    // `user@host` is no address for a browser unless a scheme stands before it; then the host is what follows it.
    let user = if before.last() == Some(&b'@') {
        let is_user = |b: &&u8| b.is_ascii_alphanumeric() || b"@:.-_%".contains(b);
        before.iter().rev().take(64).take_while(is_user).count()
    } else {
        0
    };
    // The colon of the scheme never belongs to the user: two slashes stand behind it.
    let authority = &before[..before.len() - user];
    let scheme = ["https://", "http://"].into_iter().find(|scheme| authority.ends_with(scheme.as_bytes()));
    if byte(text, at.end) == Some(b'@') || (scheme.is_none() && user > 0) {
        return None;
    }
    // What follows a double full stop is a new beginning.
    let run = &text[at.clone()];
    let start = run.as_bytes().windows(2).rposition(|pair| pair == b"..").map_or(0, |dots| dots + 2);
    let start = start + run[start..].bytes().take_while(|&b| b == b'-' || b == b'.').count();
    let www = run.as_bytes()[start..].windows(5).position(|five| five == b".www.");
    let start = www.map_or(start, |www| start + www + 1);
    let written = run[start..].trim_end_matches(['-', '.']);
    let kept = words.len();
    for (n, labels) in written.split('。').enumerate() {
        words.push_str(if n > 0 { "." } else { "" });
        words.push_str(labels);
    }
    let host = &words[kept..];
    let host_start = at.start + start;
    let host_end = host_start + written.len();
    let port = byte(text, host_end) == Some(b':') && byte(text, host_end + 1).is_some_and(|b| b.is_ascii_digit());
    let end = if port { super::run(text, host_end + 1, |b| b.is_ascii_digit()) } else { host_end };
    let path = matches!(byte(text, end), Some(b'/' | b'?' | b'#'));
    let explicit = scheme.filter(|_| start == 0);
    let fine = match explicit {
        Some(_) => is_valid(host) && (is_name(host) || is_ip(host)),
        None => is_valid(host) && is_plausible(host, path),
    };
    if !fine || byte_before(text, host_start).is_some_and(|b| b == b'_') {
        return None;
    }
    let end = if path { path_end(text, end) } else { end };
    Some(host_start - explicit.map_or(0, |scheme| scheme.len() + user)..end)
}

/// End of path, query and fragment. Full-width punctuation was folded, so what a sentence goes on with ends it as well.
fn path_end(text: &str, from: usize) -> usize {
    let end = super::run(text, from, |b| b.is_ascii_graphic() && !b",;!()<>\"'[]{}|\\^`".contains(&b));
    from + text[from..end].trim_end_matches(['.', ':', '?', '*']).len()
}

fn is_valid(host: &str) -> bool {
    host.len() <= 253
        && host.contains('.')
        && host
            .split('.')
            .all(|label| (1..=63).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-'))
}

fn ending(host: &str) -> &str {
    host.rsplit('.').next().unwrap_or(host)
}

fn is_name(host: &str) -> bool {
    let ending = ending(host);
    ending.starts_with("xn--") || (ending.len() >= 2 && ending.bytes().all(|b| b.is_ascii_alphabetic()))
}

fn is_ip(host: &str) -> bool {
    host.split('.').count() == 4 && host.split('.').all(|part| part.parse::<u8>().is_ok())
}

fn is_plausible(host: &str, path: bool) -> bool {
    let ending = ending(host);
    let sure = path || host.starts_with("www.");
    ENDINGS.binary_search(&ending).is_ok()
        || ending.starts_with("xn--")
        || (sure && WORDS.binary_search(&ending).is_ok())
}

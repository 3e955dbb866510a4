//! Links, mail addresses and mixed tokens: everything written in ASCII that is no number.

use super::Claims;

pub(super) fn claim(chars: &[char], claims: &mut Claims) {
    let mut at = 0;
    while at < chars.len() {
        let end = at + chars[at..].iter().take_while(|&&c| is_url_character(c)).count();
        if end > at {
            claim_run(chars, at, end, claims);
        }
        at = end.max(at + 1);
    }
}

fn is_url_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(c)
}

/// A run of characters that a link can have. It may hold several things: `tel:1380,t.cn/x`.
fn claim_run(chars: &[char], start: usize, end: usize, claims: &mut Claims) {
    let run = &chars[start..end];
    let scheme = (0..run.len()).find(|&at| run[at..].starts_with(&[':', '/', '/'])).map(|at| start + at + 3);
    if let Some(host) = scheme {
        return claim_link(chars, host, end, claims);
    }
    let mut at = start;
    while at < end {
        let stop = at + chars[at..end].iter().take_while(|&&c| is_host_character(c)).count();
        if stop < end && chars[stop] == '@' {
            let host_end = host_end(chars, stop + 1, end);
            if stop > at && is_host(&chars[stop + 1..host_end]) {
                claims.mask(at, host_end, "‹email›");
                at = host_end;
                continue;
            }
        }
        if is_host(&chars[at..host_end(chars, at, stop)]) {
            return claim_link(chars, at, end, claims);
        }
        if stop > at {
            claim_token(chars, at, stop, claims);
        }
        at = stop.max(at) + 1;
    }
}

fn is_host_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '.' || c == '-' || c == '_'
}

/// Where a host that begins here ends, full stops after it not counted.
fn host_end(chars: &[char], start: usize, limit: usize) -> usize {
    let mut end = start + chars[start..limit].iter().take_while(|&&c| is_host_character(c)).count();
    while end > start && matches!(chars[end - 1], '.' | '-') {
        end -= 1;
    }
    end
}

/// At least two labels, the last one of two or more letters.
fn is_host(chars: &[char]) -> bool {
    let mut labels = chars.rsplit(|&c| c == '.');
    let top = labels.next().unwrap_or_default();
    top.len() >= 2 && top.iter().all(char::is_ascii_alphabetic) && labels.next().is_some_and(|label| !label.is_empty())
}

/// Keeps scheme and host and masks the rest; who is named before an `@` goes as well.
fn claim_link(chars: &[char], mut host: usize, end: usize, claims: &mut Claims) {
    let authority = host + chars[host..end].iter().take_while(|&&c| !matches!(c, '/' | '?' | '#')).count();
    if let Some(sign) = (host..authority).rev().find(|&at| chars[at] == '@') {
        claims.mask(host, sign + 1, "");
        host = sign + 1;
    }
    let stop = host_end(chars, host, authority);
    let digits = chars[host..stop].iter().filter(|c| c.is_ascii_digit()).count();
    if digits >= 7 {
        claims.mask(host, stop, "‹host›");
    } else {
        claims.keep(host, stop);
    }
    let rest = stop + usize::from(chars.get(stop) == Some(&'/') && stop < end);
    let is_telling = chars[rest..end].iter().any(char::is_ascii_alphanumeric);
    if is_telling {
        claims.mask(rest, end, "‹path›");
    }
}

/// Letters and digits mixed: an account, an order, a code. A few letters before a phone number are left to the numbers.
fn claim_token(chars: &[char], start: usize, end: usize, claims: &mut Claims) {
    let mut from = start;
    for token in chars[start..end].split(|&c| c == '.') {
        let to = from + token.len();
        if let Some(symbol) = token_kind(token) {
            claims.mask(from, to, symbol);
        }
        from = to + 1;
    }
}

fn token_kind(token: &[char]) -> Option<&'static str> {
    let digits = token.iter().filter(|c| c.is_ascii_digit()).count();
    let letters = token.iter().filter(|c| c.is_ascii_alphabetic()).count();
    let head = token.iter().take_while(|c| c.is_ascii_alphabetic()).count();
    let is_number_behind_letters = head <= 2 && letters == head && digits == 11;
    if letters == 0 || is_number_behind_letters {
        return None;
    }
    let is_identity = digits == 17 && letters == 1 && matches!(token.last(), Some('x' | 'X'));
    match digits {
        _ if is_identity => Some("‹id›"),
        1.. if digits + letters >= 10 => Some("‹tracking›"),
        3.. if digits + letters >= 6 => Some("‹code›"),
        _ => None,
    }
}

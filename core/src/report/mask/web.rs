//! Links, mail addresses, accounts and mixed tokens: everything written in ASCII that is no number.

use super::{Claims, number, precedes};

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
    let mut stop = host_end(chars, host, authority);
    let digits = chars[host..stop].iter().filter(|c| c.is_ascii_digit()).count();
    if digits >= 7 {
        claims.mask(host, stop, "‹host›");
    } else {
        let port = chars[stop..authority].iter().skip(1).take_while(|c| c.is_ascii_digit()).count();
        if chars.get(stop) == Some(&':') && stop + 1 + port == authority {
            stop = authority;
        }
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
        let named = APPS.iter().find(|app| app.len() > 1 && is_app(token, app)).map_or(0, |app| app.len());
        let is_letters = token.iter().all(char::is_ascii_alphabetic);
        if named > 0 && token.len() - named >= 5 && !is_letters || is_account(chars, from, token) {
            claims.mask(from + named, to, "‹account›");
        } else if let Some(symbol) = token_kind(token).or_else(|| code(chars, from, token)) {
            claims.mask(from, to, symbol);
        }
        from = to + 1;
    }
}

/// Where people talk, in Latin letters and in Chinese.
const APPS: &[&str] = &["qq", "vx", "wx", "wechat", "weixin", "telegram", "whatsapp", "tg", "v"];
const APPS_HAN: &[&str] =
    &["微信", "薇信", "威信", "扣扣", "企鹅", "加v", "加V", "v信", "V信", "电报", "飞机", "支付宝"];

fn is_app(token: &[char], app: &str) -> bool {
    token.len() >= app.len() && token.iter().zip(app.chars()).all(|(a, b)| a.eq_ignore_ascii_case(&b))
}

/// Whether a token stands behind the name of a place where people talk.
fn is_account(chars: &[char], start: usize, token: &[char]) -> bool {
    let fillers = chars[..start].iter().rev().take(5).take_while(|&&c| " :：号是为加群+(（\"“".contains(c)).count();
    let end = start - fillers;
    let is_named = APPS_HAN.iter().any(|app| precedes(chars, end, app))
        || APPS.iter().any(|app| {
            end >= app.len() && is_app(&chars[end - app.len()..end], app) && !is_letter_before(chars, end - app.len())
        });
    // A short word behind the name of an application is one of its parts, unless a colon says otherwise.
    let is_word = token.iter().all(char::is_ascii_alphabetic) && (token.len() < 6 || token[0].is_ascii_uppercase());
    let is_told = chars[end..start].iter().any(|c| ":：号是为".contains(*c));
    is_named && token.len() >= 5 && (!is_word || is_told)
}

fn is_letter_before(chars: &[char], at: usize) -> bool {
    at > 0 && chars[at - 1].is_ascii_alphanumeric()
}

/// A token directly behind a word for a code, with a digit in it or behind a colon.
fn code(chars: &[char], start: usize, token: &[char]) -> Option<&'static str> {
    let before = &chars[..start];
    let fillers = before.iter().rev().take(4).take_while(|&&c| " :：是为【[「“\"(（".contains(c)).count();
    let end = start - fillers;
    let is_told = before[end..].iter().any(|c| ":：是为".contains(*c));
    let is_fit = (4..=12).contains(&token.len()) && (is_told || token.iter().any(char::is_ascii_digit));
    let is_named =
        ["码", "code", "Code", "CODE", "口令", "OTP", "PIN", "code is"].iter().any(|word| precedes(chars, end, word));
    let is_mixed = token.iter().any(char::is_ascii_digit) && token.iter().any(char::is_ascii_alphabetic);
    let is_called = (5..=8).contains(&token.len()) && is_mixed && number::is_called_code(chars, start + token.len());
    (is_fit && is_named || is_called).then_some("‹code›")
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
    // RTX4090 and i7-13700H name things; A7K9Q2 names nothing, so it was given to somebody.
    let runs = token.chunk_by(|a, b| {
        a.is_ascii_digit() == b.is_ascii_digit() && a.is_ascii_alphabetic() == b.is_ascii_alphabetic()
    });
    let (mut changes, mut longest) = (0, 0);
    for run in runs {
        changes += 1;
        longest = longest.max(if run[0].is_ascii_digit() { run.len() } else { 0 });
    }
    let is_drawn = digits >= 7 || longest >= 6 || digits >= 2 && changes >= 6;
    match digits + letters {
        _ if is_identity => Some("‹id›"),
        10.. if is_drawn => Some("‹tracking›"),
        5.. if is_drawn => Some("‹code›"),
        _ => None,
    }
}

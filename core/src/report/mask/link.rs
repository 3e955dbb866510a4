//! Links: host and scheme are what rules are about and stay, the path names whoever was sent the link.

use super::{Claims, follows, is_han, precedes, web::Mix};

/// Where what is no more than two labels ends in two: `example.com.cn`.
const SECOND_LEVEL: &[&str] = &["com", "net", "org", "gov", "edu", "ac", "co"];
/// Last labels in Chinese. A host that ends in letters of another script ends before them.
const TOPS_HAN: &[&str] = &["中国", "公司", "网络", "网址", "商城", "集团", "在线", "中文网", "手机", "香港"];
/// Most Chinese characters in one part of a path.
const LONGEST_PART: usize = 16;

pub(super) fn is_host_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '.' || c == '-' || c == '_'
}

/// Where a host that begins here ends, full stops after it not counted.
pub(super) fn host_end(chars: &[char], start: usize, limit: usize) -> usize {
    let mut end = start + chars[start..limit].iter().take_while(|&&c| is_host_character(c)).count();
    while end > start && matches!(chars[end - 1], '.' | '-') {
        end -= 1;
    }
    end
}

/// Whether this is a host: at least two labels, the last one of two or more letters or in Punycode. The first may be in
/// Chinese, and then stands before.
pub(super) fn is_host(chars: &[char], start: usize, end: usize) -> bool {
    let mut labels = chars[start..end].rsplit(|&c| c == '.');
    let top = labels.next().unwrap_or_default();
    let is_top = top.len() >= 2 && top.iter().all(char::is_ascii_alphabetic) || follows(top, 0, "xn--");
    let is_behind_han = start > 0 && is_han(chars[start - 1]);
    is_top && labels.next().is_some_and(|label| !label.is_empty() || is_behind_han)
}

/// Whether a host that ends in Chinese ends here.
pub(super) fn ends_host_in_han(chars: &[char], end: usize) -> bool {
    let is_dot = |at: usize| at > 0 && matches!(chars[at - 1], '.' | '。');
    TOPS_HAN.iter().any(|top| precedes(chars, end, top) && is_dot(end - top.chars().count()))
}

/// Keeps the host and masks the path, and who is named before an `@`; returns where the link ends. `end` is where the first
/// character stands that no link can have.
pub(super) fn claim(chars: &[char], mut host: usize, end: usize, claims: &mut Claims) -> usize {
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
        claim_labels(chars, host, stop, claims);
        let port = chars[stop..authority].iter().skip(1).take_while(|c| c.is_ascii_digit()).count();
        if chars.get(stop) == Some(&':') && stop + 1 + port == authority {
            stop = authority;
        }
        claims.keep(host, stop);
    }
    claim_path(chars, stop, end, claims)
}

/// Masks a path that begins here with its slash; returns its end.
pub(super) fn claim_path(chars: &[char], start: usize, end: usize, claims: &mut Claims) -> usize {
    let end = path_end(chars, end);
    let rest = start + usize::from(start < end && chars[start] == '/');
    // Quotation marks and brackets behind a link are not its own.
    let telling = chars[rest..end].iter().rposition(char::is_ascii_alphanumeric).map_or(rest, |last| rest + last + 1);
    claims.mask(rest, telling, "‹path›");
    end
}

/// Labels that look drawn, left of what somebody registered.
fn claim_labels(chars: &[char], host: usize, stop: usize, claims: &mut Claims) {
    let labels: Vec<&[char]> = chars[host..stop].split(|&c| c == '.').collect();
    let is_second_level = |label: &[char]| SECOND_LEVEL.iter().any(|level| label.iter().copied().eq(level.chars()));
    let registered = 2 + usize::from(labels.len() > 2 && is_second_level(labels[labels.len() - 2]));
    let mut at = host;
    for label in &labels[..labels.len().saturating_sub(registered)] {
        let mix = Mix::of(label);
        if mix.digits >= 2 && mix.runs >= 4 || mix.longest >= 6 {
            claims.mask(at, at + label.len(), "‹host›");
        }
        at += label.len() + 1;
    }
}

/// Where a link ends that has its first character of another kind here: Chinese parts of a path and spaces beside a slash do
/// not end it, if it goes on behind them.
fn path_end(chars: &[char], mut end: usize) -> usize {
    let run = |at: usize| at + chars[at..].iter().take_while(|c| c.is_ascii_graphic()).count();
    let is_at = |at: usize, holds: fn(&char) -> bool| chars.get(at).is_some_and(holds);
    loop {
        let han = end + chars[end..].iter().take(LONGEST_PART).take_while(|&&c| is_han(c)).count();
        let is_joint = is_at(han, |c| "/?=&#%".contains(*c)) && is_at(han + 1, char::is_ascii_alphanumeric);
        let gap = end + chars[end..].iter().take(LONGEST_PART).take_while(|&&c| c == ' ').count();
        let is_slash = chars[end - 1] == '/' || chars.get(gap) == Some(&'/');
        let next = gap + chars[gap..].iter().take(LONGEST_PART).take_while(|c| matches!(c, '/' | ' ')).count();
        if han > end && is_joint {
            end = run(han);
        } else if gap > end && is_slash && Mix::of(&chars[next..run(next)]).is_mixed() {
            end = run(next);
        } else {
            return end;
        }
    }
}

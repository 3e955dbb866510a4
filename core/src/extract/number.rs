//! Phones, amounts and codes: what a run of digits is. Phones and amounts are taken first; a code is what is left.

use super::{Link, byte, byte_before, run};
use std::ops::Range;

/// What a number is.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Phone,
    Code,
    Amount,
}

/// What may follow a sum.
const UNITS: &[&str] =
    &["万元", "亿元", "千元", "百元", "美元", "港元", "万块", "元", "块", "rmb", "cny", "yuan", "usd"];

/// What makes a number a count, a date or a size instead of a code.
const COUNTED: &str =
    "年月日时点分秒天周岁人名位家户个件次份条台只张本米克斤公里万千百亿折倍级楼层室路吨度页期股套杯瓶箱平款%‰℃";

/// Letters after digits that measure.
const MEASURES: &[&str] = &[
    "am", "cm", "g", "gb", "gbps", "h", "hz", "k", "kb", "kg", "km", "kw", "m", "mah", "mb", "mbps", "min", "ml", "mm",
    "p", "pm", "th", "v", "w", "x", "xl",
];

/// Calls back with each number of a stretch; inside `links` there are none.
pub(super) fn scan(text: &str, stretch: Range<usize>, links: &[Link], mut each: impl FnMut(Kind, Range<usize>)) {
    let mut links = links.iter().map(|link| &link.bytes).peekable();
    let mut at = stretch.start;
    while at < stretch.end {
        while links.next_if(|link| link.end <= at).is_some() {}
        if let Some(link) = links.peek().filter(|link| link.contains(&at)) {
            at = link.end;
            continue;
        }
        let first = text.as_bytes()[at];
        // Only ASCII, ¥ £ (C2) and € (E2) can start anything.
        if !(first.is_ascii_alphanumeric() || matches!(first, b'+' | b'(' | b'$' | 0xc2 | 0xe2)) {
            at += 1;
            continue;
        }
        let limit = links.peek().map_or(text.len(), |link| link.start);
        at = match token(text, at, limit) {
            Ok((kind, range)) => {
                let end = range.end;
                each(kind, range);
                end
            }
            Err(next) => next,
        };
    }
}

/// The number that starts at `at`, or where to go on.
fn token(text: &str, at: usize, limit: usize) -> Result<(Kind, Range<usize>), usize> {
    let first = text.as_bytes()[at];
    let digit_before = byte_before(text, at).is_some_and(|b| b.is_ascii_digit());
    if matches!(first, b'0'..=b'9' | b'+' | b'(')
        && !digit_before
        && let Some(end) = phone(text, at).filter(|&end| end <= limit)
    {
        return Ok((Kind::Phone, at..end));
    }
    if let Some(range) = amount(text, at).filter(|range| range.end <= limit) {
        return Ok((Kind::Amount, range));
    }
    if !first.is_ascii_alphanumeric() {
        return Err(at + 1);
    }
    if !byte_before(text, at).is_some_and(|b| b.is_ascii_alphanumeric()) {
        let word = run(text, at, |b| b.is_ascii_alphanumeric());
        if let Some(end) = code(text, at..word).filter(|&end| end <= limit) {
            return Ok((Kind::Code, at..end));
        }
    }
    // Letters end before the first digit, which may start a phone (v13800138000); digits are read as a whole.
    let digits = first.is_ascii_digit();
    Err(run(text, at, |b| if digits { b.is_ascii_digit() } else { b.is_ascii_alphabetic() }).min(limit.max(at + 1)))
}

/// End of so many digits from `at`; one space or hyphen may stand between two.
fn digits(text: &str, mut at: usize, count: usize) -> Option<usize> {
    for n in 0..count {
        if n > 0 && matches!(byte(text, at), Some(b' ' | b'-')) {
            at += 1;
        }
        if !byte(text, at)?.is_ascii_digit() {
            return None;
        }
        at += 1;
    }
    Some(at)
}

/// End of the phone number at `at`.
fn phone(text: &str, at: usize) -> Option<usize> {
    let ends = |end: usize| !byte(text, end).is_some_and(|b| b.is_ascii_digit());
    let skip = |at: usize| at + usize::from(matches!(byte(text, at), Some(b' ' | b'-')));
    let rest = &text.as_bytes()[at..];
    let prefixed = matches!(rest.first(), Some(b'(' | b'+' | b'0' | b'8'));
    let code = ["(+86)", "+86", "0086", "86"].iter().find(|code| prefixed && rest.starts_with(code.as_bytes()));
    for start in [Some(at), code.map(|code| skip(at + code.len()))].into_iter().flatten() {
        let head = text.as_bytes().get(start..).unwrap_or_default();
        let number = match head {
            [b'1', b'3'..=b'9', ..] => digits(text, start, 11),
            [b'4' | b'8', b'0', b'0', ..] => digits(text, start, 10),
            _ => None,
        };
        if let Some(end) = number.filter(|&end| ends(end)) {
            return Some(end);
        }
    }
    // Digits behind letters are the number of a parcel sooner than that of a fixed line.
    let named = byte_before(text, at).is_some_and(|b| b.is_ascii_alphabetic());
    let parcel = |end: usize| named && text[at..end].bytes().all(|b| b.is_ascii_digit());
    fixed_line(text, at).filter(|&end| ends(end) && !parcel(end))
}

/// 010-12345678, (0755)1234567, 02112345678.
fn fixed_line(text: &str, at: usize) -> Option<usize> {
    let bracket = byte(text, at) == Some(b'(');
    let start = at + usize::from(bracket);
    let area = match text.as_bytes().get(start..)? {
        [b'0', b'1', b'0', ..] | [b'0', b'2', b'0'..=b'9', ..] => 3,
        [b'0', b'3'..=b'9', b'0'..=b'9', b'0'..=b'9', ..] => 4,
        _ => return None,
    };
    let mut rest = start + area;
    let separated = matches!(byte(text, rest), Some(b'-' | b' ' | b')'));
    if bracket && byte(text, rest) != Some(b')') {
        return None;
    }
    rest += usize::from(separated);
    let first = byte(text, rest).filter(|b| (b'2'..=b'9').contains(b));
    first?;
    let end = run(text, rest, |b| b.is_ascii_digit());
    (end - rest == 8 || (end - rest == 7 && (separated || area == 4))).then_some(end)
}

/// The amount at `at`, with its sign or unit.
fn amount(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = &text[if text.is_char_boundary(at) { at } else { return None }..];
    let signs = !rest.starts_with(|c: char| c.is_ascii_digit());
    let sign =
        ["¥", "$", "€", "£", "rmb", "cny", "hk$", "us$"].into_iter().find(|sign| signs && rest.starts_with(sign));
    let before = byte_before(text, at);
    if let Some(sign) = sign.filter(|_| !before.is_some_and(|b| b.is_ascii_alphabetic())) {
        let start = at + sign.len();
        let start = start + usize::from(byte(text, start) == Some(b' '));
        let end = quantity(text, start)?;
        // ¥100元, but $100 RMB 50 is two sums.
        return Some(at..unit(text, end).filter(|&end| !text[..end].ends_with(|c: char| c.is_ascii())).unwrap_or(end));
    }
    if !byte(text, at)?.is_ascii_digit() || before.is_some_and(|b| b.is_ascii_digit()) {
        return None;
    }
    Some(at..unit(text, quantity(text, at)?)?)
}

/// End of digits with thousands commas and decimals.
fn quantity(text: &str, at: usize) -> Option<usize> {
    let mut end = run(text, at, |b| b.is_ascii_digit());
    if end == at {
        return None;
    }
    // Bounded, so that a list of digits is not read again from each of them.
    for _ in 0..6 {
        if !matches!(byte(text, end), Some(b',' | b'.')) {
            break;
        }
        let next = run(text, end + 1, |b| b.is_ascii_digit());
        if next == end + 1 {
            break;
        }
        end = next;
    }
    Some(end)
}

/// End of the unit of money at `at`, after at most one space.
fn unit(text: &str, at: usize) -> Option<usize> {
    let space = usize::from(byte(text, at) == Some(b' '));
    let rest = &text[at + space..];
    // Most numbers are no sums: the first character tells.
    if !matches!(rest.chars().next()?, '万' | '亿' | '千' | '百' | '美' | '港' | '元' | '块' | 'r' | 'c' | 'y' | 'u')
    {
        return None;
    }
    let unit = UNITS.iter().find(|unit| rest.starts_with(**unit)).map(|unit| unit.len());
    // 5万 is a sum unless something else is counted (5万人).
    let unit = unit.or_else(|| {
        let after = rest.strip_prefix(['万', '亿'])?;
        let ends = after.chars().next().is_none_or(|c| c.is_ascii() || "额以内左的起、。".contains(c));
        ends.then_some(3)
    });
    let letters = |end: usize| rest[..end].is_ascii() && byte(rest, end).is_some_and(|b| b.is_ascii_alphanumeric());
    unit.filter(|&end| !letters(end)).map(|end| at + space + end)
}

/// End of the code that this run of letters and digits is, or that it starts (g-123456).
fn code(text: &str, at: Range<usize>) -> Option<usize> {
    let word = &text[at.clone()];
    let count = word.bytes().filter(u8::is_ascii_digit).count();
    if count == 0 {
        // A prefix of one or two letters.
        let start = at.end + 1;
        let end = run(text, start, |b| b.is_ascii_digit());
        let fine = word.len() <= 2
            && byte(text, at.end) == Some(b'-')
            && (4..=8).contains(&(end.saturating_sub(start)))
            && is_lone(text, at.start..end)
            && !byte(text, end).is_some_and(|b| b.is_ascii_alphanumeric());
        return fine.then_some(end);
    }
    if !(4..=8).contains(&word.len()) || !is_lone(text, at.clone()) {
        return None;
    }
    let fine = if count == word.len() {
        !is_tail(&text[..at.start]) && !is_date(text, at.clone())
    } else {
        // Letters before one or two digits are names (iphone15), digits before a measure are sizes (500ml), x is a mask.
        let letters = || word.trim_start_matches(|c: char| c.is_ascii_digit());
        count >= 3
            && MEASURES.binary_search(&letters()).is_err()
            && word.bytes().any(|b| b.is_ascii_alphabetic() && b != b'x')
    };
    fine.then_some(at.end)
}

/// Whether nothing beside it makes it a part of something longer, or a count.
fn is_lone(text: &str, at: Range<usize>) -> bool {
    // A comma joins nothing: in 1,234 no group has four digits, and a full-width comma ends a clause.
    let joins = |b: Option<u8>, beyond: Option<u8>| match b {
        Some(b'.' | b':' | b'/' | b'-' | b'~') => beyond.is_some_and(|b| b.is_ascii_alphanumeric()),
        Some(b'*' | b'_' | b'@') => true,
        _ => false,
    };
    let before = at.start.checked_sub(2).and_then(|n| byte(text, n));
    // A word and a colon introduce a code (code:123456); digits and a colon are a time.
    let colon = byte_before(text, at.start) == Some(b':') && !before.is_some_and(|b| b.is_ascii_digit());
    let counted = || text[at.end..].chars().next().is_some_and(|c| COUNTED.contains(c));
    (colon || !joins(byte_before(text, at.start), before))
        && !joins(byte(text, at.end), byte(text, at.end + 1))
        && !counted()
}

/// Whether what comes before says that these are the last digits of a card or phone.
fn is_tail(before: &str) -> bool {
    let before = before.trim_end_matches([' ', ':', '为', '是', '(']);
    ["尾号", "尾数", "末四位", "后四位", "卡号", "账号", "账户", "ending", "ending in"]
        .iter()
        .any(|word| before.ends_with(word))
}

/// A year or a date without separators, unless a code was announced.
fn is_date(text: &str, at: Range<usize>) -> bool {
    let word = &text[at.clone()];
    let part = |range: Range<usize>| word.get(range).and_then(|part| part.parse::<u32>().ok()).unwrap_or(0);
    let year = (1950..2050).contains(&part(0..4));
    match word.len() {
        8 => year && (1..=12).contains(&part(4..6)) && (1..=31).contains(&part(6..8)),
        4 => year && !is_announced(&text[..at.start]),
        _ => false,
    }
}

/// Whether what comes before says that a code follows.
fn is_announced(before: &str) -> bool {
    let before = before.trim_end_matches([' ', ':']);
    ["码", "为", "是", "code", "is", "口令", "pin"].iter().any(|word| before.ends_with(word))
}

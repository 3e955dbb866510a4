//! Numbers: phones, cards, identity numbers, codes, amounts. Told apart by length and first digits, and by what stands
//! beside them.

use super::{Claims, follows, shape};

pub(super) fn claim(chars: &[char], own: &[&str], claims: &mut Claims) {
    claim_spelled(chars, own, claims);
    let (mut at, mut listed) = (0, 0);
    while at < chars.len() {
        at = match chars[at] {
            _ if !claims.is_free(at, at + 1) => at + 1,
            '0'..='9' => claim_one(chars, at, own, claims, &mut listed),
            c if shape::resembled(c).is_some() => claim_cut(chars, at, own, claims).unwrap_or(at + 1),
            _ => at + 1,
        };
    }
}

/// The digit that a Chinese numeral is where numbers are read out.
fn spelled(c: char) -> Option<char> {
    Some(match c {
        '零' | '〇' | '洞' => '0',
        '一' | '幺' | '壹' => '1',
        '二' | '两' | '贰' => '2',
        '三' | '叁' => '3',
        '四' | '肆' => '4',
        '五' | '伍' => '5',
        '六' | '陆' => '6',
        '七' | '柒' => '7',
        '八' | '捌' => '8',
        '九' | '玖' => '9',
        _ => return None,
    })
}

/// Seven or more digits in a row, at least one of them spelled; four or more behind a word for a code.
fn claim_spelled(chars: &[char], own: &[&str], claims: &mut Claims) {
    let digit = |at: usize| chars.get(at).and_then(|&c| Some(c).filter(char::is_ascii_digit).or_else(|| spelled(c)));
    let mut at = 0;
    while at < chars.len() {
        let (mut end, mut number, mut is_spelled, mut kind) = (at, String::new(), false, None);
        while let Some(value) = digit(end).filter(|_| claims.is_free(end, end + 1)) {
            number.push(value);
            is_spelled |= !chars[end].is_ascii_digit();
            end += 1;
            let gap = shape::gap(chars, end, &mut kind).unwrap_or(0);
            if digit(end + gap).is_some() && !chars[end..end + gap].iter().any(|&c| ends(c)) {
                end += gap;
            }
        }
        let is_code = number.len() >= 4 && speaks_of_code(chars, at, end, claims);
        if is_spelled && (number.len() >= 7 || is_code) {
            let symbol = if is_code { "‹code›" } else { "‹phone›" };
            claims.mask(at, end, unless_own(&number, own, symbol));
        }
        at = end.max(at + 1);
    }
}

/// Decides on the number that begins here; returns where to go on. No amount begins before `listed`: a list of digits
/// (1,1,1 …) is one number to [`amount`], read once and not again from each of its digits.
fn claim_one(chars: &[char], start: usize, own: &[&str], claims: &mut Claims, listed: &mut usize) -> usize {
    if let Some(end) = date(chars, start) {
        claims.keep(start, end);
        return end;
    }
    if let Some(end) = claim_cut(chars, start, own, claims) {
        return end;
    }
    let has_plus = has_plus(chars, start, claims);
    let from = start - usize::from(has_plus);
    if start >= *listed
        && let Some(end) = amount(chars, start).map_err(|end| *listed = end).ok()
    {
        // A price has few digits that say something: 9.9, 4999, 200000.
        match significant(chars[start..end].iter().copied().filter(char::is_ascii_digit)) {
            0..=4 => claims.keep(start, end),
            _ => claims.mask(start, end, "‹amount›"),
        }
        return end;
    }
    let mut token = Token::read(chars, start, " -");
    let is_code = speaks_of_code(chars, start, token.end, claims);
    let is_spread = is_code || token.groups.iter().all(|&group| group == 1);
    if token.groups.len() > 1 && token.digits.len() < 10 && !is_spread {
        token = Token::read(chars, start, "-");
    }
    if token.groups.iter().all(|group| matches!(group, 7 | 8)) {
        token = Token::read(chars, start, ""); // two fixed lines of one place
    }
    if !is_code && is_range(chars, start, &token) {
        return token.end;
    }
    if !is_code && token.groups.len() > 1 && token.digits.len() < 5 && token.groups.iter().all(|&group| group < 4) {
        return token.end; // 10-20, 5 - 8
    }
    let is_digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    if !is_code
        && matches!(token.groups.last(), Some(3 | 4))
        && chars.get(token.end) == Some(&':')
        && is_digit(token.end + 1)
    {
        return token.end; // 11-2122:30, a day and a time
    }
    if !is_code && !has_plus && token.digits.len() < 10 && says_little(chars, start, &token) {
        return token.end;
    }
    let Some(symbol) = kind(&token.digits, has_plus) else { return token.end };
    let from = if token.digits.len() < 10 { from } else { from.min(carrier(chars, start)) };
    claims.mask(from, token.end, unless_own(&token.digits, own, symbol));
    token.end
}

/// The end of the number of a known shape that begins here.
fn claim_cut(chars: &[char], start: usize, own: &[&str], claims: &mut Claims) -> Option<usize> {
    let (end, number, symbol) = shape::cut(chars, start)?;
    let from = start - usize::from(has_plus(chars, start, claims));
    claims.mask(from.min(carrier(chars, start)), end, unless_own(&number, own, symbol));
    Some(end)
}

fn has_plus(chars: &[char], start: usize, claims: &Claims) -> bool {
    start > 0 && chars[start - 1] == '+' && claims.is_free(start - 1, start)
}

/// Where a number begins that a carrier's two letters may stand before: SF 1234 5678 9012.
fn carrier(chars: &[char], start: usize) -> usize {
    let is_capital = |at: usize| chars[at].is_ascii_uppercase();
    let is_word = |at: usize| chars[at].is_ascii_alphanumeric();
    match start.checked_sub(3) {
        Some(at) if is_capital(at) && is_capital(at + 1) && chars[at + 2] == ' ' && (at == 0 || !is_word(at - 1)) => at,
        _ => start,
    }
}

fn unless_own<'a>(digits: &str, own: &[&str], symbol: &'a str) -> &'a str {
    let number = shape::national(digits);
    if own.iter().any(|own| shape::national(own.trim_start_matches('+')) == number) { "" } else { symbol }
}

/// Whether a word for a code stands before a number, in the same sentence with no other number between; or behind it, if
/// the number is not one to be called.
fn speaks_of_code(chars: &[char], start: usize, end: usize, claims: &Claims) -> bool {
    let before = (start.saturating_sub(14)..start)
        .rev()
        .take_while(|&at| !ends(chars[at]) && chars[at] != '】' && claims.is_free(at, at + 1));
    let mut before: Vec<char> = before.map(|at| chars[at].to_ascii_lowercase()).collect();
    before.reverse();
    let says = |words: &[&str]| words.iter().any(|word| (0..before.len()).any(|at| follows(&before, at, word)));
    says(&[
        "码",
        "code",
        "尾号",
        "四位",
        "4位",
        "ending",
        "last four",
        "last 4",
        "pin",
        "otp",
        "口令",
        "凭",
        "取件",
        "货架",
        "password",
    ]) || !says(&["拨", "电", "热线", "客服", "询", "call", "dial", "line", "【"]) && is_called_code(chars, end)
}

/// Whether what ends here is called a code in the rest of its sentence, before any other number.
pub(super) fn is_called_code(chars: &[char], end: usize) -> bool {
    let after = chars[end..].iter().take(24).take_while(|&&c| !ends(c) && !c.is_ascii_digit());
    let after: Vec<char> = after.map(char::to_ascii_lowercase).collect();
    ["码", "code", "otp"].iter().any(|word| (0..after.len()).any(|at| follows(&after, at, word)))
}

/// Whether a sentence ends with a character, or something masked stands there.
pub(super) fn ends(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '；' | '!' | '?' | ';' | '\n' | '‹' | '›')
}

/// Whether a number of 4 to 9 digits is a round one, counts something, or is a year, a day, a service or part of a model.
fn says_little(chars: &[char], start: usize, token: &Token) -> bool {
    let digits = token.digits.as_str();
    let is_whole = token.groups.len() == 1;
    let is_service = digits.len() == 5 && ["95", "96", "100", "11", "12"].iter().any(|head| digits.starts_with(head));
    let is_year = digits.len() == 4 && matches!(&digits[..2], "19" | "20");
    let is_day = digits.len() == 8
        && digits.starts_with("20")
        && (1..=12).contains(&digits[4..6].parse().unwrap_or(0))
        && (1..=31).contains(&digits[6..].parse().unwrap_or(0));
    let letter = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(char::is_ascii_alphabetic);
    let is_model = digits.len() <= 6 && (letter(Some(token.end)) || letter(start.checked_sub(1)));
    let is_count = digits.len() <= 6 && counts(chars, token.end);
    is_model || is_whole && (is_service || is_year || is_day || is_count || significant(digits.chars()) <= 2)
}

/// Whether a unit stands behind a number: 500m, 3000积分; but no My, no Mon, and no extension (分机).
fn counts(chars: &[char], end: usize) -> bool {
    let units = [
        "积分", "分", "人", "名", "份", "张", "件", "个", "台", "套", "款", "家", "户", "次", "步", "米", "平", "里",
        "年", "天", "期", "度", "km", "m", "M", "G", "g", "k", "USD", "RMB", "CNY",
    ];
    let behind = end + usize::from(chars.get(end) == Some(&' '));
    let is_letter = |at: usize| chars.get(at).is_some_and(char::is_ascii_alphabetic);
    let whole = |unit: &str| !unit.is_ascii() || !is_letter(behind + unit.len());
    units.iter().any(|unit| follows(chars, behind, unit) && whole(unit)) && !follows(chars, behind, "分机")
}

/// Whether this is from how many to how many of something: 120-230平米, 50-4999元. The first is the less.
fn is_range(chars: &[char], start: usize, token: &Token) -> bool {
    let value = |digits: &str| digits.parse::<u32>().unwrap_or(0);
    let &[first, second] = &token.groups[..] else { return false };
    let is_measured = counts(chars, token.end)
        || ["㎡", "方", "元", "块", "万", "多", "余"].iter().any(|unit| follows(chars, token.end, unit));
    let (from, to) = token.digits.split_at(first);
    second <= 5 && chars[start + first] == '-' && value(from) < value(to) && is_measured
}

/// Digits without the zeros at both ends.
fn significant(digits: impl Iterator<Item = char>) -> usize {
    digits.collect::<String>().trim_matches('0').len()
}

struct Token {
    digits: String,
    /// Digits in each group between separators.
    groups: Vec<usize>,
    end: usize,
}

impl Token {
    /// Digits, with single separators between them.
    fn read(chars: &[char], start: usize, separators: &str) -> Token {
        let mut token = Token { digits: String::new(), groups: vec![0], end: start };
        let is_digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
        loop {
            if is_digit(token.end) {
                token.digits.push(chars[token.end]);
                *token.groups.last_mut().expect("begins with one group") += 1;
            } else if is_digit(token.end + 1) && separators.contains(chars[token.end]) {
                token.groups.push(0);
            } else {
                return token;
            }
            token.end += 1;
        }
    }
}

/// The slot of a number, if it is to be masked.
fn kind(digits: &str, has_plus: bool) -> Option<&'static str> {
    match digits.len() {
        _ if shape::is_phone(digits) || has_plus && digits.len() >= 7 => Some("‹phone›"),
        18 if matches!(&digits[6..8], "19" | "20") => Some("‹id›"),
        15 => Some("‹id›"),
        16..=19 => Some("‹card›"),
        4..=9 => Some("‹code›"),
        10.. => Some("‹tracking›"),
        _ => None,
    }
}

/// The end of a number with thousands separators and decimals; an error where no currency stands before or behind it.
fn amount(chars: &[char], start: usize) -> Result<usize, usize> {
    let is_digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let mut end = start;
    while is_digit(end) || is_digit(end + 1) && matches!(chars[end], ',' | '.') {
        end += 1;
    }
    let before = start > 0 && "¥￥$€".contains(chars[start - 1]);
    let behind = end + usize::from(chars.get(end) == Some(&' '));
    let units = ["元", "块", "万", "亿", "美元", "美金", "港币", "人民币", "%"];
    if before || units.iter().any(|unit| follows(chars, behind, unit)) { Ok(end) } else { Err(end) }
}

/// The end of `2026年` or `2026-11-21`: a day tells little, and rules have seasons.
pub(super) fn date(chars: &[char], start: usize) -> Option<usize> {
    let year: String = chars[start..].iter().take_while(|c| c.is_ascii_digit()).collect();
    if year.len() != 4 || !(year.starts_with("19") || year.starts_with("20")) {
        return None;
    }
    let mut end = start + 4;
    if chars.get(end) == Some(&'年') {
        return Some(end);
    }
    let separator = *chars.get(end).filter(|c| matches!(c, '-' | '/' | '.'))?;
    for _ in 0..2 {
        let mut digits = chars.get(end + 1..)?.iter().take_while(|c| c.is_ascii_digit()).count();
        if digits == 4 && chars.get(end + 5) == Some(&':') {
            digits = 2; // 2026-11-2122:30: the hour stands directly behind
        }
        if chars.get(end) != Some(&separator) || !(1..=2).contains(&digits) {
            return None;
        }
        end += 1 + digits;
    }
    Some(end)
}

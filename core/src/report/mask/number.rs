//! Numbers: phones, cards, identity numbers, codes, amounts. Told apart by length and first digits.

use super::{Claims, follows};

pub(super) fn claim(chars: &[char], own: &[&str], claims: &mut Claims) {
    claim_spelled(chars, claims);
    let (mut at, mut listed) = (0, 0);
    while at < chars.len() {
        let begins = chars[at].is_ascii_digit() && !claims.taken[at];
        at = if begins { claim_one(chars, at, own, claims, &mut listed) } else { at + 1 };
    }
}

/// Seven or more digits in a row, at least one of them spelled.
fn claim_spelled(chars: &[char], claims: &mut Claims) {
    let is_spelled = |c: char| "零〇一二三四五六七八九幺壹贰叁肆伍陆柒捌玖".contains(c);
    let mut at = 0;
    while at < chars.len() {
        let end = at + chars[at..].iter().take_while(|&&c| c.is_ascii_digit() || is_spelled(c)).count();
        if end - at >= 7 && chars[at..end].iter().any(|&c| is_spelled(c)) {
            claims.mask(at, end, "‹phone›");
        }
        at = end.max(at + 1);
    }
}

/// Decides on the number that begins here; returns where to go on. No amount begins before `listed`: a list of digits
/// (1,1,1 …) is one number to [`amount`], read once and not again from each of its digits.
fn claim_one(chars: &[char], start: usize, own: &[&str], claims: &mut Claims, listed: &mut usize) -> usize {
    let is_code = speaks_of_code(&chars[start.saturating_sub(8)..chars.len().min(start + 24)]);
    if start >= *listed
        && let Some(end) = amount(chars, start).map_err(|end| *listed = end).ok()
    {
        let digits: String = chars[start..end].iter().filter(|c| c.is_ascii_digit()).collect();
        // A price has few digits that say something: 9.9, 4999, 200000.
        match digits.trim_matches('0').len() {
            0..=4 => claims.keep(start, end),
            _ => claims.mask(start, end, "‹amount›"),
        }
        return end;
    }
    if let Some(end) = date(chars, start).filter(|_| !is_code) {
        claims.keep(start, end);
        return end;
    }
    let mut token = Token::read(chars, start, " -");
    let is_spread = is_code || token.groups.iter().all(|&group| group == 1);
    if token.groups.len() > 1 && token.digits.len() < 10 && !is_spread {
        token = Token::read(chars, start, "-");
    }
    if !is_code && token.groups.len() > 1 && token.digits.len() < 5 && token.groups.iter().all(|&group| group < 4) {
        return token.end; // 10-20, 5 - 8
    }
    let has_plus = start > 0 && chars[start - 1] == '+' && !claims.taken[start - 1];
    let Some(symbol) = kind(&token.digits, has_plus, is_code) else { return token.end };
    let number = national(&token.digits);
    let symbol = if own.iter().any(|own| national(own.trim_start_matches('+')) == number) { "" } else { symbol };
    claims.mask(start - usize::from(has_plus), token.end, symbol);
    token.end
}

/// Whether 码 or `code` stands near a number: then it is nothing that could be kept.
fn speaks_of_code(near: &[char]) -> bool {
    near.contains(&'码')
        || near.windows(4).any(|word| word.iter().zip("code".chars()).all(|(a, b)| a.eq_ignore_ascii_case(&b)))
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
fn kind(digits: &str, has_plus: bool, is_code: bool) -> Option<&'static str> {
    let is_mobile = |digits: &str| digits.len() == 11 && matches!(digits.as_bytes(), [b'1', b'3'..=b'9', ..]);
    let is_phone = is_mobile(national(digits))
        || digits.starts_with('0') && (10..=12).contains(&digits.len())
        || digits.len() == 10 && (digits.starts_with("400") || digits.starts_with("800"))
        || digits.starts_with("106") && digits.len() >= 8
        || has_plus && digits.len() >= 7;
    let is_service = digits.len() == 5 && ["95", "96", "100", "123"].iter().any(|head| digits.starts_with(head));
    match digits.len() {
        _ if is_phone => Some("‹phone›"),
        18 if matches!(&digits[6..8], "19" | "20") => Some("‹id›"),
        15 => Some("‹id›"),
        16..=19 => Some("‹card›"),
        5 if is_service && !is_code => None,
        4..=9 => Some("‹code›"),
        10.. => Some("‹tracking›"),
        _ => None,
    }
}

/// Without the prefix of China.
fn national(digits: &str) -> &str {
    let rest = digits.strip_prefix("0086").or_else(|| digits.strip_prefix("86")).unwrap_or(digits);
    if rest.len() == 11 { rest } else { digits }
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
fn date(chars: &[char], start: usize) -> Option<usize> {
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
        let digits = chars.get(end + 1..)?.iter().take_while(|c| c.is_ascii_digit()).count();
        if chars.get(end) != Some(&separator) || !(1..=2).contains(&digits) {
            return None;
        }
        end += 1 + digits;
    }
    Some(end)
}

//! Which digits are a phone, card or identity number, however they are cut? Told by first digits, length and check digit.

/// Most separators between two groups.
const GAP: usize = 4;

/// What a character is among separators: anything but letters and digits cuts numbers, spaces and brackets as hyphens do.
fn separator(c: char) -> Option<char> {
    match c {
        ' ' | '\n' | '-' | '(' | ')' | '（' | '）' | '<' | '>' => Some(' '),
        '，' => Some(','),
        '；' => Some(';'),
        '：' => Some(':'),
        '【' | '】' | '[' | ']' => None, // a signature
        c if c.is_alphanumeric() => None,
        c => Some(c),
    }
}

/// How many separators stand here, where they are of one kind; in one number all are of the same, `kind` if there was one.
pub(super) fn gap(chars: &[char], at: usize, kind: &mut Option<char>) -> Option<usize> {
    let separators = || chars[at..].iter().take(GAP + 1).map_while(|&c| separator(c));
    let first = separators().find(|&c| c != ' ').unwrap_or(' ');
    let fits = (1..=GAP).contains(&separators().count()) && separators().all(|c| c == ' ' || c == first);
    (fits && *kind.get_or_insert(first) == first).then(|| separators().count())
}

/// The digit that a letter is taken for.
pub(super) fn resembled(c: char) -> Option<char> {
    match c {
        'l' | 'I' => Some('1'),
        'O' | 'o' => Some('0'),
        _ => None,
    }
}

/// A number whose shape is known although it is cut: its end, digits and slot. The longest there is.
pub(super) fn cut(chars: &[char], start: usize) -> Option<(usize, String, &'static str)> {
    let digit = |c: char| Some(c).filter(char::is_ascii_digit);
    let plain = read(chars, start, digit);
    let disguised = disguised(chars, start, |c| digit(c).or(resembled(c)));
    plain.into_iter().chain(disguised).max_by_key(|(end, ..)| *end)
}

/// A number in which less than half of the digits are letters, and beside which there are none.
fn disguised(
    chars: &[char],
    start: usize,
    digit: impl Fn(char) -> Option<char>,
) -> Option<(usize, String, &'static str)> {
    let is_word = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(char::is_ascii_alphanumeric);
    if is_word(start.checked_sub(1)) {
        return None;
    }
    let (end, digits, symbol) = read(chars, start, digit)?;
    let letters = chars[start..end].iter().filter(|c| c.is_ascii_alphabetic()).count();
    (!is_word(Some(end)) && letters * 2 < digits.len()).then_some((end, digits, symbol))
}

fn read(chars: &[char], start: usize, digit: impl Fn(char) -> Option<char>) -> Option<(usize, String, &'static str)> {
    let mut digits = String::new();
    let mut groups: Vec<usize> = Vec::new();
    let mut best = None;
    let mut at = start;
    let mut kind = None;
    while digits.len() < 24 {
        let before = digits.len();
        digits.extend(chars[at..].iter().map_while(|&c| digit(c)));
        let group = digits.len() - before;
        // A word may begin as a digit looks (or), and an identity number end in X.
        let goes_on = |&c: &char| c.is_ascii_alphanumeric() && !matches!(c, 'x' | 'X');
        let is_word = group > 0 && chars[at + group - 1].is_ascii_alphabetic();
        if group == 0 || is_word && chars.get(at + group).is_some_and(goes_on) {
            break;
        }
        groups.push(group);
        at += group;
        let is_amount =
            matches!(kind, Some(',' | '\'')) && groups[0] <= 3 && groups[1..].iter().all(|&group| group == 3);
        if let Some((end, symbol)) = known(chars, at, &digits, &groups).filter(|_| !is_amount) {
            best = Some((end, digits.clone(), symbol));
        }
        let Some(gap) = gap(chars, at, &mut kind) else { break };
        at += gap;
    }
    best
}

/// The end and slot of a number of these digits, cut into these groups, that ends here.
fn known(chars: &[char], at: usize, digits: &str, groups: &[usize]) -> Option<(usize, &'static str)> {
    if is_american(digits, groups) && matches!(chars[at - 5], '-' | '.') {
        return Some((at, "‹phone›"));
    }
    let is_spread = groups.iter().all(|&group| group == 1);
    if !is_spread && groups.iter().rev().skip(1).any(|&group| group == 1) {
        return None; // a list, a date, a version
    }
    if digits.len() == 17 {
        let gap = gap(chars, at, &mut None).unwrap_or(0);
        let is_check = matches!(chars.get(at + gap), Some('X' | 'x' | 'Ⅹ' | 'ⅹ' | '×'));
        return (is_check && is_identity(digits, 'X')).then_some((at + gap + 1, "‹id›"));
    }
    let symbol = match digits.len() {
        18 if is_identity(&digits[..17], char::from(digits.as_bytes()[17])) => "‹id›",
        16..=19
            if !digits.starts_with('0')
                && (is_card(digits) && groups != [8, 8]
                    || is_spread
                    || groups.len() > 3 && groups[..groups.len() - 1].iter().all(|&g| g == 4) && !is_years(digits)) =>
        {
            "‹card›"
        }
        // American post.
        20..=22
            if digits.starts_with('9') && groups.len() > 4 && groups[..groups.len() - 1].iter().all(|&g| g == 4) =>
        {
            "‹tracking›"
        }
        // A fixed line is cut behind its area code; a day and a time are not, and no area code is 000.
        _ if digits.starts_with("000") => return None,
        _ if digits.starts_with('0') && !is_spread && groups.len() > 1 && !matches!(groups[0], 3 | 4) => return None,
        _ if is_phone(digits) => "‹phone›",
        _ => return None,
    };
    Some((at, symbol))
}

/// Mobile, fixed line, 400 and 106 numbers.
pub(super) fn is_phone(digits: &str) -> bool {
    let number = national(digits);
    number.len() == 11 && matches!(number.as_bytes(), [b'1', b'3'..=b'9', ..])
        || digits.starts_with('0') && (10..=12).contains(&digits.len())
        || digits.len() == 10 && (digits.starts_with("400") || digits.starts_with("800"))
        || digits.starts_with("106") && digits.len() >= 8
}

/// North American numbers, where they are cut as there: (415) 555-0132.
fn is_american(digits: &str, groups: &[usize]) -> bool {
    let number = digits.strip_prefix('1').filter(|_| groups.len() == 4).unwrap_or(digits).as_bytes();
    groups.ends_with(&[3, 3, 4]) && number.len() == 10 && number[0] > b'1' && number[3] > b'1'
}

/// Whether these are years one after the other rather than a bank card number.
fn is_years(digits: &str) -> bool {
    digits.as_bytes().chunks(4).all(|year| matches!(year, [b'1', b'9', ..] | [b'2', b'0', ..]))
}

/// Without the prefix of China.
pub(super) fn national(digits: &str) -> &str {
    let rest = digits.strip_prefix("0086").or_else(|| digits.strip_prefix("86")).unwrap_or(digits);
    if rest.len() == 11 { rest } else { digits }
}

/// Whether the last digit of a bank card number is the one that the others call for (Luhn).
fn is_card(digits: &str) -> bool {
    let sum = (0..).zip(digits.bytes().rev()).map(|(at, digit)| {
        let value = u32::from(digit - b'0') * (1 + at % 2);
        value / 10 + value % 10
    });
    sum.sum::<u32>() % 10 == 0
}

/// Whether the last character of an identity number is the one that the 17 digits call for (GB 11643).
fn is_identity(digits: &str, check: char) -> bool {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = digits.bytes().zip(weights).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    char::from(b"10X98765432"[(sum % 11) as usize]) == check
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_are_checked() {
        assert!(is_card("4111111111111111") && !is_card("4111111111111112"));
        assert!(is_identity("11010519491231002", 'X') && !is_identity("11010519491231003", 'X'));
    }

    #[test]
    fn a_cut_number_is_known_by_its_shape_and_a_list_or_date_is_none() {
        let cut = |text: &str| {
            let chars: Vec<char> = text.chars().collect();
            cut(&chars, 0).map(|(end, _, symbol)| (chars[..end].iter().collect::<String>(), symbol))
        };
        for phone in
            ["138/0013/8000", "138_0013_8000", "1·3·8·0·0·1·3·8·0·0·0", "138 - 0013 - 8000", "86) 138-0013 8000"]
        {
            assert_eq!(cut(&format!("{phone}/2026")), Some((phone.to_owned(), "‹phone›")));
        }
        assert_eq!(cut("110105/19491231/002X"), Some(("110105/19491231/002X".to_owned(), "‹id›")));
        for other in ["13/8/2026 9.9", "1、3、5、7、9、11、13、15", "13.9/15.9/17.9", "1080/60"] {
            assert_eq!(cut(other), None, "{other}");
        }
    }
}

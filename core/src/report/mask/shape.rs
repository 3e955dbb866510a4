//! Which digits are a phone, card or identity number, however they are cut? Told by first digits, length and check digit.

/// What numbers are cut with. Without the colon, which cuts times, and the comma, which cuts lists.
pub(super) const SEPARATORS: &str = " -()（）./_·*~|、+=";
/// Separators that stand in one number together.
const CLASSES: &[&str] = &[" -()（）", ".", "/", "_", "·", "*", "~", "|", "、", "+", "="];
/// Most separators between two groups.
const GAP: usize = 3;

/// A number whose shape is known although it is cut: its end, digits and slot. The longest there is.
pub(super) fn cut(chars: &[char], start: usize) -> Option<(usize, String, &'static str)> {
    let mut digits = String::new();
    let mut groups: Vec<usize> = Vec::new();
    let mut best = None;
    let mut at = start;
    let mut class = None;
    while digits.len() < 24 {
        let group = chars[at..].iter().take_while(|c| c.is_ascii_digit()).count();
        if group == 0 {
            break;
        }
        digits.extend(&chars[at..at + group]);
        groups.push(group);
        at += group;
        if let Some((end, symbol)) = known(chars, at, &digits, &groups) {
            best = Some((end, digits.clone(), symbol));
        }
        let gap = chars[at..].iter().take(GAP + 1).take_while(|&&c| SEPARATORS.contains(c)).count();
        let mut fit = CLASSES.iter().filter(|class| chars[at..at + gap].iter().all(|&c| c == ' ' || class.contains(c)));
        match fit.next() {
            Some(fit) if (1..=GAP).contains(&gap) && *class.get_or_insert(fit) == fit => at += gap,
            _ => break,
        }
    }
    best
}

/// The end and slot of a number of these digits, cut into these groups, that ends here.
fn known(chars: &[char], at: usize, digits: &str, groups: &[usize]) -> Option<(usize, &'static str)> {
    let is_spread = groups.iter().all(|&group| group == 1);
    if !is_spread && groups.iter().rev().skip(1).any(|&group| group == 1) {
        return None; // a list, a date, a version
    }
    if digits.len() == 17 {
        let gap = chars[at..].iter().take(GAP).take_while(|&&c| SEPARATORS.contains(c)).count();
        let is_check = matches!(chars.get(at + gap), Some('X' | 'x' | 'Ⅹ' | 'ⅹ' | '×'));
        return (is_check && is_identity(digits, 'X')).then_some((at + gap + 1, "‹id›"));
    }
    let symbol = match digits.len() {
        18 if is_identity(&digits[..17], char::from(digits.as_bytes()[17])) => "‹id›",
        16..=19
            if is_card(digits)
                || is_spread
                || groups.len() > 3 && groups[..groups.len() - 1].iter().all(|&g| g == 4) =>
        {
            "‹card›"
        }
        // A fixed line is cut behind its area code; a day and a time are not.
        _ if digits.starts_with('0') && !is_spread && !matches!(groups[0], 3 | 4 | 10..) => return None,
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

//! What stood where a corpus has a mask? Its own words must not teach the model what spam looks like: in one public corpus
//! four of five spam rows carry x-masks and next to no other row does.

use super::number::{Random, hash};

/// Puts plausible digits where a text has masks: `<#>`, `DIGIT`, runs of `*` from two on, and runs of `x` that stand in no
/// word of letters. Eleven masked characters become a mobile number. Equal texts get equal digits.
pub(super) fn realise(text: &str) -> String {
    let mut random = Random(hash(text.chars()));
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let width = mask(out.chars().next_back(), rest);
        if width == 0 {
            out.push(first);
            rest = &rest[first.len_utf8()..];
        } else {
            digits(if rest.starts_with(['<', 'D']) { 1 + random.below(4) } else { width }, &mut random, &mut out);
            rest = &rest[width..];
        }
    }
    out
}

/// Bytes of the mask that `rest` begins with, 0 if it begins with none.
fn mask(before: Option<char>, rest: &str) -> usize {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    let after = |width: usize| rest[width..].chars().next();
    for word in ["<#>", "DIGIT"] {
        if rest.starts_with(word) && !(word == "DIGIT" && (letter(before) || letter(after(word.len())))) {
            return word.len();
        }
    }
    let run = |set: &[char]| rest.len() - rest.trim_start_matches(set).len();
    let (stars, exes) = (run(&['*']), run(&['x', 'X']));
    match (stars, exes) {
        (2.., _) => stars,
        (_, 1..) if !letter(before) && !letter(after(exes)) => exes,
        _ => 0,
    }
}

fn digits(count: usize, random: &mut Random, out: &mut String) {
    let mobile = count == 11 && !out.ends_with(|c: char| c.is_ascii_digit());
    for at in 0..count {
        let digit = match at {
            0 if mobile => 1,
            1 if mobile => 3 + random.below(7),
            0 => 1 + random.below(9),
            _ => random.below(10),
        };
        out.push((b'0' + digit as u8) as char);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with every digit as 9.
    fn shape(text: &str) -> String {
        realise(text).chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect()
    }

    #[test]
    fn masks_become_digits_and_words_stay() {
        let cases = [
            ("xxxx年x月", "9999年9月"),
            ("电话1xxxxxxxxxx", "电话99999999999"),
            ("卡号****", "卡号9999"),
            ("a*b 四*星", "a*b 四*星"),
            ("XX市x折", "99市9折"),
            ("next taxi MAX xl", "next taxi MAX xl"),
            ("maxDIGIT", "maxDIGIT"),
            ("", ""),
        ];
        for (text, wanted) in cases {
            assert_eq!(shape(text), wanted);
        }
        for text in ["码<#>", "码DIGIT"] {
            assert!(shape(text).strip_prefix("码").is_some_and(|rest| rest.chars().all(|c| c == '9')), "{text}");
        }
        assert!(realise("咨询xxxxxxxxxxx").starts_with("咨询1"));
        assert_eq!(realise("退xx元"), realise("退xx元"));
    }
}

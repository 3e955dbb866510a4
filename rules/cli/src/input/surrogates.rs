//! A character above U+FFFF as the backup app writes it: two references, to the halves of its UTF-16. XML knows no such
//! references, so they are joined before it reads the text.

use std::borrow::Cow;

/// The text with both halves as the character that they make. A half alone stays, for XML to refuse.
pub(super) fn join_surrogates(raw: &str) -> Cow<'_, str> {
    let mut joined = String::new();
    let mut rest = raw;
    let mut seen = 0;
    while let Some(at) = rest[seen..].find("&#") {
        let at = seen + at;
        match pair(&rest[at..]) {
            Some((character, length)) => {
                joined.push_str(&rest[..at]);
                joined.push(character);
                rest = &rest[at + length..];
                seen = 0;
            }
            None => seen = at + 2,
        }
    }
    if joined.is_empty() {
        return Cow::Borrowed(raw);
    }
    joined.push_str(rest);
    Cow::Owned(joined)
}

/// The character of two references at the start, and their bytes.
fn pair(text: &str) -> Option<(char, usize)> {
    let (high, length) = reference(text)?;
    if !(0xD800..0xDC00).contains(&high) {
        return None;
    }
    let (low, more) = reference(&text[length..])?;
    let character = char::decode_utf16([high, low]).next()?.ok()?;
    Some((character, length + more))
}

/// The number of a reference at the start, and its bytes.
fn reference(text: &str) -> Option<(u16, usize)> {
    let number = text.strip_prefix("&#")?;
    let (number, radix) = number.strip_prefix('x').map_or((number, 10), |number| (number, 16));
    let digits = number.bytes().take_while(u8::is_ascii_hexdigit).count();
    number[digits..].starts_with(';').then_some(())?;
    let value = u16::from_str_radix(&number[..digits], radix).ok()?;
    Some((value, text.len() - number.len() + digits + 1))
}

#[cfg(test)]
mod tests {
    use super::join_surrogates;

    #[test]
    fn two_halves_are_one_character_and_all_else_stays() {
        for (raw, joined) in [
            ("", ""),
            ("a&amp;b", "a&amp;b"),
            ("&#55357;&#56832;", "😀"),
            ("a&#10;&#55357;&#56832;b&#xD83D;&#xde00;&#128512;", "a&#10;😀b😀&#128512;"),
            ("&#55357;", "&#55357;"),
            ("&#56832;&#55357;", "&#56832;&#55357;"),
            ("&#55357;&#55357;&#56832;", "&#55357;😀"),
            ("&#55357; &#56832;", "&#55357; &#56832;"),
            ("&#55357;&#56832", "&#55357;&#56832"),
            ("&#;&#x;&#99999999999;&#", "&#;&#x;&#99999999999;&#"),
        ] {
            assert_eq!(join_surrogates(raw), joined, "{raw}");
        }
    }
}

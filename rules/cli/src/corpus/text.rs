//! How is a text with slots read? `{name}`, `{name/2}`, `{name.field}`, `{#6}`, `{3..28}`.

use std::ops::RangeInclusive;

/// The field of an entry that `{name}` stands for.
pub(super) const ITSELF: &str = "is";

/// Most digits that a number is written with: those of the greatest.
const WIDEST: usize = 20;

/// A text with slots.
#[derive(Clone, Debug, Default)]
pub(super) struct Template(pub(super) Vec<Piece>);

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Piece {
    Text(String),
    /// So many digits.
    Digits(usize),
    /// A number, with so many digits at least.
    Number(RangeInclusive<u64>, usize),
    Slot(Slot),
}

/// An entry of a list.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Slot {
    pub(super) list: String,
    /// What stands behind the `/`: the same list and draw give the same entry within a message.
    pub(super) draw: String,
    pub(super) field: String,
}

impl Template {
    /// Reads a text; the error says what is wrong with it.
    pub(super) fn parse(text: &str) -> Result<Template, String> {
        let (mut pieces, mut rest) = (Vec::new(), text);
        while let Some((before, behind)) = rest.split_once('{') {
            let (slot, after) = behind.split_once('}').ok_or("expected } behind {, found the end of the text")?;
            if !before.is_empty() {
                pieces.push(Piece::Text(before.to_owned()));
            }
            pieces.push(piece(slot)?);
            rest = after;
        }
        if rest.contains('}') {
            return Err("found } without {: a text cannot hold braces".into());
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest.to_owned()));
        }
        Ok(Template(pieces))
    }

    pub(super) fn slots(&self) -> impl Iterator<Item = &Slot> {
        self.0.iter().filter_map(|piece| if let Piece::Slot(slot) = piece { Some(slot) } else { None })
    }
}

fn piece(slot: &str) -> Result<Piece, String> {
    let wrong = || format!("{{{slot}}} is no slot: expected {{name}}, {{name/2}}, {{name.field}}, {{#6}} or {{3..28}}");
    if let Some(count) = slot.strip_prefix('#') {
        let count = count.parse().ok().filter(|count| (1..=32).contains(count));
        return count.map(Piece::Digits).ok_or_else(wrong);
    }
    if let Some((least, most)) = slot.split_once("..") {
        let width = if least.starts_with('0') { least.len() } else { 1 };
        let range = least.parse::<u64>().ok().zip(most.parse::<u64>().ok());
        let (least, most) = range.filter(|(least, most)| least <= most && width <= WIDEST).ok_or_else(wrong)?;
        return Ok(Piece::Number(least..=most, width));
    }
    let (name, field) = slot.split_once('.').unwrap_or((slot, ITSELF));
    let (list, draw) = name.split_once('/').unwrap_or((name, ""));
    let is_word =
        |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b));
    if !is_word(list) || !is_word(field) {
        return Err(wrong());
    }
    Ok(Piece::Slot(Slot { list: list.to_owned(), draw: draw.to_owned(), field: field.to_owned() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_in_pieces() {
        let slot = |list: &str, draw: &str, field: &str| {
            Piece::Slot(Slot { list: list.into(), draw: draw.into(), field: field.into() })
        };
        let pieces = Template::parse("甲{#4}{03..28}乙{bank}{bank/2}{bank.port}").unwrap().0;
        let expected = [
            Piece::Text("甲".into()),
            Piece::Digits(4),
            Piece::Number(3..=28, 2),
            Piece::Text("乙".into()),
            slot("bank", "", "is"),
            slot("bank", "2", "is"),
            slot("bank", "", "port"),
        ];
        assert_eq!(pieces, expected);
    }

    #[test]
    fn what_is_no_slot_is_refused() {
        for wrong in [
            "{",
            "}",
            "{}",
            "{#}",
            "{#0}",
            "{#x}",
            "{9..3}",
            "{a b}",
            "{bank.}",
            "{/2}",
            "a}b{",
            "{名}",
            &format!("{{{}..9}}", "0".repeat(70_000)),
        ] {
            assert!(Template::parse(wrong).is_err(), "{wrong}");
        }
    }
}

//! The forms that people, and those who hide from filters, write a number in.

use super::{dice::Dice, values::full_width};
use std::{collections::HashMap, sync::LazyLock};

/// The digits 0 to 9 of other scripts and shapes.
const DIGITS: &[&str] = &[
    "０１２３４５６７８９",
    "٠١٢٣٤٥٦٧٨٩",
    "۰۱۲۳۴۵۶۷۸۹",
    "०१२३४५६७८९",
    "๐๑๒๓๔๕๖๗๘๙",
    "⓪①②③④⑤⑥⑦⑧⑨",
    "⓿❶❷❸❹❺❻❼❽❾",
    "⁰¹²³⁴⁵⁶⁷⁸⁹",
    "₀₁₂₃₄₅₆₇₈₉",
    "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗",
    "𝟘𝟙𝟚𝟛𝟜𝟝𝟞𝟟𝟠𝟡",
    "০১২৩৪৫৬৭৮৯",
    "🄀⒈⒉⒊⒋⒌⒍⒎⒏⒐",
    "༠༡༢༣༤༥༦༧༨༩",
    "🯰🯱🯲🯳🯴🯵🯶🯷🯸🯹",
];
const SPELLED: &[&str] =
    &["零一二三四五六七八九", "〇一二三四五六七八九", "零幺二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"];
const SEPARATORS: &[&str] = &[
    "-", " ", "-", " ", ".", "/", "_", "·", "•", "－", "—", "*", "~", " - ", "\u{a0}", "、", "|", "‧", "――", ",", "，",
    ":", "：", ";", "；", "'", "#", "\n", "\r\n", "→", "^", "----",
];

/// A number in some form; half of the time as it is.
pub(super) fn number(dice: &mut Dice, plain: &str, cuts: &[usize]) -> String {
    let cut = |separator: &str| {
        let parts =
            plain.char_indices().map(|(at, c)| if cuts.contains(&at) { format!("{separator}{c}") } else { c.into() });
        parts.collect::<String>()
    };
    match dice.below(25) {
        0..=9 => plain.to_owned(),
        10..=14 => cut(dice.pick(SEPARATORS)),
        15 => spread(plain, dice.pick(SEPARATORS)),
        16 | 17 => shaped(plain, dice.pick(DIGITS)),
        18 => cut("\u{200b}"),
        19 => spread(plain, dice.pick(&["\u{200c}", "\u{2060}", "\u{feff}", "\u{ad}"])),
        20 => full_width(&cut(dice.pick(&["", "-", " "]))),
        21 => {
            plain.chars().map(|c| if c.is_ascii_digit() { format!("{c}\u{fe0f}\u{20e3}") } else { c.into() }).collect()
        }
        22 => plain.chars().map(|c| shaped(&c.to_string(), dice.pick(DIGITS))).collect(),
        23 => {
            let cut = cut(dice.pick(&["", "", "-", " "]));
            alike(dice, &cut, plain.len())
        }
        _ => shaped(&cut(dice.pick(SEPARATORS)), dice.pick(DIGITS)),
    }
}

/// A phone number: as [`number`], with the country's prefix, or in Chinese numerals.
pub(super) fn phone(dice: &mut Dice, plain: &str, cuts: &[usize]) -> String {
    let is_mobile = plain.starts_with('1');
    let is_landline = plain.starts_with('0');
    match dice.below(12) {
        0 if is_mobile => format!("{}{plain}", dice.pick(&["+86", "+86 ", "0086", "86", "+86-", "(+86)", "（+86）"])),
        1 => shaped(plain, dice.pick(SPELLED)),
        2 => {
            let spelled = shaped(&plain[cuts[0]..], dice.pick(SPELLED));
            format!("{}{spelled}", &plain[..cuts[0]])
        }
        3 => {
            let spelled = shaped(plain, dice.pick(SPELLED));
            let head: String = spelled.chars().take(cuts[0]).collect();
            let tail: String = spelled.chars().skip(cuts[0]).collect();
            format!("{head}{}{tail}", dice.pick(&["-", " ", "·", "/"]))
        }
        4 if is_landline => format!("({}){}", &plain[..cuts[0]], &plain[cuts[0]..]),
        5 if is_landline => format!("（{}） {}", &plain[..cuts[0]], &plain[cuts[0]..]),
        _ => number(dice, plain, cuts),
    }
}

/// A number with letters for some of its digits, fewer than half.
fn alike(dice: &mut Dice, text: &str, digits: usize) -> String {
    let mut left = (digits - 1) / 2;
    let mut letter = |c: char| {
        let letters = match c {
            '0' => ['O', 'o'],
            '1' => ['l', 'I'],
            _ => return c,
        };
        let is_replaced = left > 0 && dice.below(2) == 0;
        left -= usize::from(is_replaced);
        if is_replaced { dice.pick(&letters) } else { c }
    };
    text.chars().map(&mut letter).collect()
}

fn spread(plain: &str, separator: &str) -> String {
    plain.chars().map(String::from).collect::<Vec<_>>().join(separator)
}

fn shaped(plain: &str, digits: &str) -> String {
    let digits: Vec<char> = digits.chars().collect();
    plain.chars().map(|c| c.to_digit(10).map_or(c, |digit| digits[digit as usize])).collect()
}

/// The traditional characters for each simplified one, of the bundles' fold data.
static TRADITIONAL: LazyLock<HashMap<char, Vec<char>>> = LazyLock::new(|| {
    let mut all: HashMap<char, Vec<char>> = HashMap::new();
    for line in include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../rules/national/fold.tsv")).lines() {
        let Some((code, simplified)) = line.split_once("\tsimplified\t") else { continue };
        let traditional = code.chars().next_back().expect("the row ends with the character");
        all.entry(simplified.chars().next().expect("one character")).or_default().push(traditional);
    }
    all
});

/// A text in traditional characters, one for one; where there are several, one by chance.
pub(super) fn traditional(dice: &mut Dice, text: &str) -> String {
    text.chars().map(|c| TRADITIONAL.get(&c).map_or(c, |all| dice.pick(all))).collect()
}

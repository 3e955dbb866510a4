//! `cargo xtask fold-table [--check]`: writes `rules/national/fold.tsv`, or says where it differs from what would be written.
//!
//! Sources: unicode-normalization (NFKC, Unicode data), ferrous-opencc (OpenCC's TSCharacters, traditional → simplified, one
//! character at a time), unicode-security (UTS 39 confusables), `rules/national/split.tsv` (characters written as their
//! parts) and the short lists below. What stands for what is the closure of single steps, so every target stands for itself.

use crate::shell::Outcome;
use ferrous_opencc::{OpenCC, config::BuiltinConfig};
use std::{fmt::Write, path::Path};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Invisible, or a mark on the character before it.
const DROPPED: &[(u32, u32)] = &[
    (0x00, 0x08),
    (0x0e, 0x1f),
    (0x7f, 0x84),
    (0x86, 0x9f),
    (0xad, 0xad),
    (0x300, 0x36f), // combining diacritics; the grapheme joiner among them
    (0x483, 0x489),
    (0x61c, 0x61c),
    (0x115f, 0x1160),
    (0x17b4, 0x17b5),
    (0x180b, 0x180f),
    (0x1ab0, 0x1aff),
    (0x1dc0, 0x1dff),
    (0x200b, 0x200f),
    (0x202a, 0x202e),
    (0x2060, 0x206f),
    (0x20d0, 0x20f0), // enclosing circles and keycaps
    (0x3164, 0x3164),
    (0xfe00, 0xfe0f), // variation selectors
    (0xfe20, 0xfe2f),
    (0xfeff, 0xfeff),
    (0xffa0, 0xffa0),
    (0xfff9, 0xfffb),
    (0x1d173, 0x1d17a),
    (0xe0000, 0xe01ef), // tags, variation selectors
];

/// White space that is written as another: target, sources.
const SPACES: &[(char, &str)] = &[
    (' ', "\t\r\u{a0}\u{1680}\u{2000}\u{2001}\u{2002}\u{2003}\u{2004}\u{2005}\u{2006}\u{2007}\u{2008}\u{2009}\u{200a}"),
    (' ', "\u{202f}\u{205f}\u{2800}\u{3000}"),
    ('\n', "\u{b}\u{c}\u{85}\u{2028}\u{2029}"),
];

/// The zero of each script that has decimal digits, BMP.
const ZEROS: &[u32] = &[
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20,
    0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0,
    0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0,
];

/// First of a row of symbols, what the first one stands for, how many. NFKC leaves these alone.
const ROWS: &[(u32, u32, u32)] = &[
    (0x24f5, 1, 10),           // double circled
    (0x24ff, 0, 1),            // negative circled
    (0x2776, 1, 10),           // negative circled
    (0x2780, 1, 10),           // circled sans-serif
    (0x278a, 1, 10),           // negative circled sans-serif
    (0x24eb, 11, 10),          // negative circled
    (0x1f10b, 0, 1),           // circled sans-serif
    (0x1f10c, 0, 1),           // negative circled sans-serif
    (0x1f150, 'a' as u32, 26), // negative circled
    (0x1f170, 'a' as u32, 26), // negative squared
];

/// Forms of radicals beside those that NFKC and UTS 39 know.
const RADICALS: &[(char, char)] = &[
    ('⺅', '亻'),
    ('⺉', '刂'),
    ('⺖', '忄'),
    ('⺘', '扌'),
    ('⺙', '攵'),
    ('⺡', '氵'),
    ('⺣', '灬'),
    ('⺨', '犭'),
    ('⺭', '礻'),
    ('⻂', '衤'),
    ('⻈', '讠'),
    ('⻌', '辶'),
    ('⻍', '辶'),
    ('⻎', '辶'),
    ('⻐', '钅'),
    ('⻖', '阝'),
    ('⻏', '阝'),
    ('⻠', '饣'),
];

/// Traditional characters that OpenCC leaves alone because some words keep them: a reader takes them for the simplified one
/// everywhere, and keywords are folded alike.
const KEPT: &[(char, char)] = &[('瞭', '了'), ('覆', '复'), ('著', '着'), ('藉', '借'), ('餘', '余'), ('馀', '余')];

/// What passes for another character by its shape and has no entry of its own in UTS 39.
const SHAPES: &[(char, char)] = &[
    ('丨', '|'), // a stroke, never a word
    ('Ⅰ', 'i'),  // in a number it is a digit
    ('Ч', '4'),
    ('ч', '4'),
    ('З', '3'),
    ('з', '3'),
    ('Ʒ', '3'),
    ('ʒ', '3'),
    ('Ƽ', '5'),
    ('ƽ', '5'),
    ('ϲ', 'c'),
    ('Ϲ', 'c'),
    ('є', 'e'),
    ('Є', 'e'),
];

/// What Unicode calls LATIN LETTER SMALL CAPITAL, from A on, each before its letter.
const SMALL_CAPITALS: &str = "ᴀaʙbᴄcᴅdᴇeꜰfɢgʜhɪiᴊjᴋkʟlᴍmɴnᴏoᴘpꞯqʀrꜱsᴛtᴜuᴠvᴡwʏyᴢz";

const HAN: &[(u32, u32)] = &[
    (0x2e80, 0x2fdf),
    (0x3005, 0x3007),
    (0x3021, 0x3029),
    (0x3038, 0x303b),
    (0x3400, 0x4dbf),
    (0x4e00, 0x9fff),
    (0xf900, 0xfaff),
    (0x20000, 0x323af),
];

/// Scripts that are letters as a whole, their marks too. Above the BMP nothing is: rare scripts would cost more than they tell.
const SCRIPTS: &[(u32, u32)] = &[(0x48a, 0x1fff), (0xa000, 0xabff), (0xac00, 0xd7ff)];

/// Scripts whose letters are looked at: Latin, Greek, Cyrillic, Armenian, Coptic, Cherokee, Lisu, letterlike and the rest of
/// Latin. Others do not pass for Latin in a Chinese text.
const LETTERS: &[(u32, u32)] = &[
    (0xaa, 0x588),
    (0x13a0, 0x13fd),
    (0x1c80, 0x1c8a),
    (0x1d00, 0x1dbf),
    (0x1e00, 0x1fff),
    (0x2100, 0x214f),
    (0x2c60, 0x2cff),
    (0xa4d0, 0xa4fd),
    (0xa640, 0xa69f),
    (0xa720, 0xa7ff),
    (0xab30, 0xabbf),
];

/// Greek and Cyrillic.
const CAPITALS: &[(u32, u32)] = &[(0x370, 0x52f)];

/// Blocks whose compatibility forms are undone, beside the letters.
const COMPATIBILITY: &[(u32, u32)] = &[
    (0xa0, 0xff),
    (0x2010, 0x209f),
    (0x2150, 0x218b),
    (0x2460, 0x24ff),
    (0x2e80, 0x2fdf),
    (0x3038, 0x303a),
    (0x3220, 0x325f),
    (0x3280, 0x32cf),
    (0x3358, 0x33ff),
    (0xf900, 0xfaff),
    (0xfb00, 0xfb06),
    (0xfe10, 0xfe6f),
    (0xff01, 0xff9d),
    (0xffe0, 0xffee),
    (0x1d400, 0x1d6a7), // Latin; the Greek ones behind it are left out
    (0x1d7ce, 0x1d7ff),
    (0x1f100, 0x1f251),
    (0x1fbf0, 0x1fbf9),
];

pub(crate) fn run(arguments: &[String]) -> Outcome {
    let said = match arguments {
        [] => write()?,
        [check] if check == "--check" => compare()?,
        _ => return Err("takes --check or nothing".into()),
    };
    println!("{said}");
    Ok(())
}

fn national(file: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../rules/national").join(file)
}

fn read(file: &str) -> Result<String, String> {
    let path = national(file);
    std::fs::read_to_string(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}

fn write() -> Result<String, String> {
    let text = generate(&read("split.tsv")?)?;
    let table = smsfilter::fold::encode(&text).map_err(|error| format!("the generated table is wrong: {error}"))?;
    std::fs::write(national("fold.tsv"), &text).map_err(|error| format!("cannot write fold.tsv: {error}"))?;
    Ok(format!("fold.tsv: {} lines, {} bytes; table: {} bytes", text.lines().count(), text.len(), table.bytes().len()))
}

fn compare() -> Result<String, String> {
    let (fresh, kept) = (generate(&read("split.tsv")?)?, read("fold.tsv")?);
    if fresh == kept {
        return Ok("fold.tsv is what its sources give".to_owned());
    }
    let (mut ours, mut theirs) = (fresh.lines(), kept.lines());
    for number in 1.. {
        let (a, b) = (ours.next(), theirs.next());
        if a != b || a.is_none() {
            let show = |line: Option<&str>| line.map_or_else(|| "nothing".to_owned(), |line| format!("{line:?}"));
            return Err(format!(
                "fold.tsv line {number}: expected {}, found {}; run `cargo xtask fold-table`",
                show(a),
                show(b)
            ));
        }
    }
    unreachable!("the lines of different texts differ somewhere")
}

/// The text of `fold.tsv`.
fn generate(split: &str) -> Result<String, String> {
    let steps = Steps::new()?;
    let mut out = "# Made by `cargo xtask fold-table`. Code points, kind, what they are equal to. See core/src/fold/source.rs.\n\
                   # Sources: unicode-normalization, unicode-security (Unicode licence), OpenCC TSCharacters (Apache-2.0), split.tsv.\n"
        .to_owned();
    let mut rows = Vec::new();
    let mut mapped = std::collections::HashSet::new();
    for &(from, to) in DROPPED {
        mapped.extend(from..=to);
        let _ = if from == to {
            writeln!(out, "{from:04X}\tdrop\t")
        } else {
            writeln!(out, "{from:04X}..{to:04X}\tdrop\t")
        };
    }
    for c in (1..0x20000).filter_map(char::from_u32) {
        if inside(c, DROPPED) {
            continue;
        }
        let Some((kind, target)) = steps.closure(c) else { continue };
        mapped.insert(c as u32);
        rows.push((c, kind, target));
    }
    mappings(&mut out, &rows);
    let han = |c: char| inside(c, HAN);
    ranges(&mut out, "word", |c| !han(c) && (inside(c, SCRIPTS) || (c.is_alphanumeric() && c < '\u{10000}')), &mapped);
    ranges(&mut out, "han", han, &mapped);
    splits(&mut out, split, &steps)?;
    Ok(out)
}

fn inside(c: char, ranges: &[(u32, u32)]) -> bool {
    ranges.iter().any(|&(from, to)| (from..=to).contains(&(c as u32)))
}

/// Writes what stands for what; rows of neighbours that stand for neighbours on one line.
fn mappings(out: &mut String, rows: &[(char, &str, String)]) {
    let mut at = 0;
    while at < rows.len() {
        let (c, kind, target) = &rows[at];
        let first = target.chars().next().filter(|first| first.len_utf8() == target.len());
        let follows = |n: usize| {
            first.is_some_and(|first| {
                rows.get(at + n).is_some_and(|row| {
                    row.0 as u32 == *c as u32 + n as u32
                        && row.1 == *kind
                        && char::from_u32(first as u32 + n as u32).is_some_and(|next| row.2 == next.to_string())
                })
            })
        };
        let length = (1..).take_while(|&n| follows(n)).count() + 1;
        if length >= 4 {
            let (last, _, to) = &rows[at + length - 1];
            let _ = writeln!(out, "{:04X}..{:04X} {c}..{last}\t{kind}\t{target}..{to}", *c as u32, *last as u32);
            at += length;
            continue;
        }
        let shown = if *kind == "space" { String::new() } else { format!(" {c}") };
        let target = match target.as_str() {
            " " => "U+0020",
            "\n" => "U+000A",
            other => other,
        };
        let _ = writeln!(out, "{:04X}{shown}\t{kind}\t{target}", *c as u32);
        at += 1;
    }
}

/// Writes the ranges of characters that stand for themselves. Mapped ones may stand inside a range.
fn ranges(out: &mut String, kind: &str, is: impl Fn(char) -> bool, mapped: &std::collections::HashSet<u32>) {
    let mut open: Option<(u32, u32)> = None;
    for c in 0..=0x323b0 {
        let free = mapped.contains(&c);
        if !free && char::from_u32(c).is_some_and(&is) {
            open = Some((open.map_or(c, |range| range.0), c));
        } else if let Some((from, to)) = open.filter(|_| !free) {
            let _ = writeln!(out, "{from:04X}..{to:04X}\t{kind}\t");
            open = None;
        }
    }
}

fn splits(out: &mut String, text: &str, steps: &Steps) -> Result<(), String> {
    let mut parts = std::collections::BTreeSet::new();
    let mut pairs = std::collections::BTreeMap::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
        let fail = |what: &str| format!("split.tsv line {}: {what}: {line:?}", at + 1);
        let (head, rest) = line.split_once('\t').ok_or_else(|| fail("expected a part, a tab, pairs"))?;
        let part = head.chars().find(|&c| c != '_').ok_or_else(|| fail("expected a part"))?;
        parts.insert(part);
        for pair in rest.split(' ') {
            let [other, whole] = pair.chars().collect::<Vec<_>>()[..] else { return Err(fail("expected pairs")) };
            if [part, other, whole].iter().any(|&c| steps.closure(c).is_some()) {
                return Err(fail(&format!("{part}{other}{whole} holds a character that stands for another")));
            }
            let key = if head.starts_with('_') { [other, part] } else { [part, other] };
            if pairs.insert(key, whole).is_some_and(|known| known != whole) {
                return Err(fail(&format!("{part}{other} is given twice")));
            }
        }
    }
    for part in parts {
        let _ = writeln!(out, "{part}\tpart\t");
    }
    for ([first, second], whole) in pairs {
        let _ = writeln!(out, "{first}{second}\tsplit\t{whole}");
    }
    Ok(())
}

/// The single equivalences.
struct Steps {
    opencc: OpenCC,
}

impl Steps {
    fn new() -> Result<Steps, String> {
        let opencc = OpenCC::from_config(BuiltinConfig::T2s).map_err(|error| format!("OpenCC: {error}"))?;
        Ok(Steps { opencc })
    }

    /// What a character stands for in the end, and the kind of the step that says most about it.
    fn closure(&self, c: char) -> Option<(&'static str, String)> {
        let (mut kind, mut text) = self.step(c)?;
        for _ in 0..8 {
            let mut next = String::new();
            for c in text.chars().filter(|&c| !inside(c, DROPPED)) {
                match self.step(c) {
                    Some((step, target)) => {
                        if step == "look-alike" || kind == "case" {
                            kind = step;
                        }
                        next.push_str(&target);
                    }
                    None => next.push(c),
                }
            }
            if next == text {
                break;
            }
            text = next;
        }
        // A compatibility form that is nothing but marks or a space with marks says nothing.
        (!text.trim().is_empty() || kind == "space").then_some((kind, text)).filter(|(_, text)| *text != c.to_string())
    }

    fn step(&self, c: char) -> Option<(&'static str, String)> {
        let point = c as u32;
        if let Some(row) = SPACES.iter().find(|row| row.1.contains(c)) {
            return Some(("space", row.0.to_string()));
        }
        if let Some(zero) = ZEROS.iter().find(|&&zero| (zero..zero + 10).contains(&point)) {
            return Some(("look-alike", (point - zero).to_string()));
        }
        if let Some(&(from, first, _)) = ROWS.iter().find(|row| (row.0..row.0 + row.2).contains(&point)) {
            let value = first + point - from;
            return Some(match char::from_u32(value).filter(char::is_ascii_lowercase) {
                Some(letter) => ("look-alike", letter.to_string()),
                None => ("digit", value.to_string()),
            });
        }
        if let Some(row) = RADICALS.iter().find(|row| row.0 == c) {
            return Some(("compat", row.1.to_string()));
        }
        if let Some(row) = KEPT.iter().find(|row| row.0 == c) {
            return Some(("simplified", row.1.to_string()));
        }
        if let Some(row) = SHAPES.iter().find(|row| row.0 == c) {
            return Some(("look-alike", row.1.to_string()));
        }
        if let Some(text) = fraction_slash(c).or_else(|| compatibility(c)) {
            let ascii = text.chars().all(|c| c.is_ascii_alphanumeric());
            let digits = text.chars().all(|c| c.is_ascii_digit());
            let kind = match point {
                0xff01..=0xffee => "width",
                0x1d400..=0x1d7ff | 0x1fbf0..=0x1fbf9 => "look-alike",
                _ if digits => "digit",
                0x249c..=0x24e9 | 0x1f110..=0x1f189 if ascii => "look-alike",
                _ if inside(c, LETTERS) && c.is_alphabetic() && !(0x2100..=0x214f).contains(&point) => "look-alike",
                _ => "compat",
            };
            return Some((kind, text));
        }
        if inside(c, LETTERS) || c.is_ascii_uppercase() {
            if let Some(letter) = look_alike(c) {
                return Some(("look-alike", letter.to_string()));
            }
            let lower: String = c.to_lowercase().collect();
            if lower.chars().ne([c]) {
                return Some(("case", lower));
            }
        }
        if (0x2e80..=0x2eff).contains(&point) {
            let target: Vec<char> = prototype(c);
            if let [target] = target[..]
                && inside(target, &[(0x3400, 0x9fff)])
            {
                return Some(("compat", target.to_string()));
            }
        }
        if inside(c, &[(0x3400, 0x4dbf), (0x4e00, 0x9fff)]) {
            let simple = self.opencc.convert(&c.to_string());
            // Rare simplified forms above the BMP would cost more table than they find.
            if simple.chars().ne([c]) && simple.chars().all(|c| (c as u32) < 0x1_0000) {
                return Some(("simplified", simple));
            }
        }
        None
    }
}

fn fraction_slash(c: char) -> Option<String> {
    matches!(c, '\u{2044}' | '\u{2215}').then(|| "/".to_owned())
}

/// NFKC where it matters; letters lose their accents; numbers lose their brackets and full stops.
fn compatibility(c: char) -> Option<String> {
    if inside(c, LETTERS) {
        let base: String = c.nfd().filter(|&c| !is_combining_mark(c)).collect();
        if base.chars().ne([c]) && !base.is_empty() {
            return Some(base);
        }
    }
    if !inside(c, COMPATIBILITY) && !inside(c, LETTERS) {
        return None;
    }
    let text: String = c.nfkc().collect();
    let numbered = (0x2460..=0x24e9).contains(&(c as u32)) || (0x3220..=0x3243).contains(&(c as u32));
    let text: String = match c as u32 {
        0x1f100..=0x1f12a => text.chars().filter(|c| c.is_ascii_alphanumeric()).collect(),
        _ if numbered => text.chars().filter(|c| c.is_alphanumeric()).collect(),
        _ => text,
    };
    // Spacing forms of accents; presentation forms that need kana marks.
    let odd = text.is_empty() || text.starts_with(' ') || text.chars().any(|c| matches!(c, '\u{3099}' | '\u{309a}'));
    (!odd && text.chars().ne([c]) && text.chars().count() <= 31).then_some(text)
}

fn prototype(c: char) -> Vec<char> {
    unicode_security::confusable_detection::skeleton(c.encode_utf8(&mut [0; 4]))
        .filter(|&c| !is_combining_mark(c))
        .collect()
}

/// The Latin letter that this letter of another script, or rarer Latin letter, passes for.
fn look_alike(c: char) -> Option<char> {
    if c.is_ascii() || !c.is_alphabetic() {
        return None;
    }
    if let Some((_, letter)) = SMALL_CAPITALS.split_once(c) {
        return letter.chars().next();
    }
    let letter = |c: char| match prototype(c)[..] {
        [target] if target.is_ascii_alphanumeric() => Some(target.to_ascii_lowercase()),
        _ => None,
    };
    // UTS 39 has one class for I, l and 1: the lower-case letter tells which is meant.
    let lower = c.to_lowercase().next().unwrap_or(c);
    // Small Greek and Cyrillic letters that are their capitals made small: т for Т. The one for a millionth is a unit.
    let upper = c.to_uppercase().next().filter(|_| inside(c, CAPITALS) && c != 'μ');
    match letter(c) {
        Some('l') => letter(lower).or(Some('l')),
        Some(found) => Some(found),
        None => letter(lower).or_else(|| upper.and_then(letter)),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_checked_in_table_is_what_its_sources_give() {
        super::compare().unwrap();
    }

    #[test]
    fn the_table_stays_small() {
        let text = super::read("fold.tsv").unwrap();
        assert!(text.len() <= 165_000, "{}", text.len());
        assert!(smsfilter::fold::encode(&text).unwrap().bytes().len() <= 110_000);
    }
}

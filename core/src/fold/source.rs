//! From `fold.tsv` to a table: for maintainers.
//!
//! One entry a line, three columns between tabs; `#` starts a comment line.
//! ```text
//! 4E7E 乾          simplified  干      code point (the character beside it is for the reader), kind, what it is equal to
//! FF21..FF3A Ａ..Ｚ width       a..z    a row: neighbours are equal to neighbours
//! 3000             space       U+0020  targets that cannot be seen as U+ and hexadecimal digits
//! 200B..200F       drop                a range: zero-width, nothing instead
//! 0041..005A       word                letters and digits that stand for themselves
//! 4E00..9FFF       han                 Han characters that stand for themselves
//! 亻               part                Han character that is no word by itself
//! 亻言             split       信      two parts and the character
//! ```
//! Kinds with a target: `case width simplified compat digit space look-alike`; only `look-alike` counts as a trick.

use super::{
    Class, FoldTable,
    table::{
        BMP_INDEX, FIRST_ACTION, HEADER, LOOK_ALIKE, MAGIC, MAX_SEQUENCE, OP_CHAR, OP_DROP, OP_SEQUENCE, PAGE,
        PAGE_ABOVE,
    },
};
use bytes::Bytes;
use std::collections::{BTreeMap, HashMap};

/// Why a text is no source of a fold table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct SourceError {
    /// Line, from 1; 0 when the lines together are wrong.
    pub line: usize,
    /// What was expected and found.
    pub what: String,
}

#[derive(Clone, PartialEq, Eq)]
enum Entry {
    Class(Class),
    Target(String, bool),
    Drop,
}

/// Makes the table of a text in the format of `rules/national/fold.tsv`. The same text gives the same bytes.
///
/// # Errors
/// A line that is no entry, a code point given twice, or a target that is itself mapped.
pub fn encode(text: &str) -> Result<FoldTable, SourceError> {
    let mut entries = BTreeMap::new();
    let mut splits = BTreeMap::new();
    for (at, line) in text.lines().enumerate() {
        let fail = |what: String| SourceError { line: at + 1, what };
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let columns: Vec<&str> = line.split('\t').collect();
        let [from, kind, target] = columns[..] else {
            return Err(fail(format!("expected three columns between tabs, found {}", columns.len())));
        };
        if kind == "split" {
            let mut parts = from.chars();
            let (Some(first), Some(second), None) = (parts.next(), parts.next(), parts.next()) else {
                return Err(fail(format!("expected two parts, found {from:?}")));
            };
            let whole = single(target).ok_or_else(|| fail(format!("expected one character, found {target:?}")))?;
            splits.insert((first, second), whole);
            continue;
        }
        let is_target = matches!(kind, "case" | "width" | "simplified" | "compat" | "digit" | "space" | "look-alike");
        if !is_target && !matches!(kind, "word" | "han" | "part" | "drop") {
            return Err(fail(format!("unknown kind {kind:?}")));
        }
        let range = if kind == "part" { single(from).map(|c| (c, c)) } else { range(from) };
        let row = target.split_once("..").filter(|(to, end)| single(to).is_some() && single(end).is_some());
        if let Some((to, _)) = row.filter(|_| is_target) {
            let (first, last) = range.ok_or_else(|| fail(format!("expected a range, found {from:?}")))?;
            // A row: neighbours stand for neighbours.
            let targets = to.chars().flat_map(|to| to..=char::MAX);
            for (c, to) in (first..=last).zip(targets) {
                if entries.insert(c, Entry::Target(to.to_string(), kind == "look-alike")).is_some() {
                    return Err(fail(format!("U+{:04X} is given twice", c as u32)));
                }
            }
            continue;
        }
        let (first, last) = range.ok_or_else(|| fail(format!("expected a code point or a range, found {from:?}")))?;
        let entry = match kind {
            "word" => Entry::Class(Class::Word),
            "han" => Entry::Class(Class::Han),
            "part" => Entry::Class(Class::Part),
            "drop" => Entry::Drop,
            _ => Entry::Target(visible(target).map_err(fail)?, kind == "look-alike"),
        };
        for c in first..=last {
            // Classes are ranges that other entries stand inside.
            let class = matches!(entry, Entry::Class(Class::Word | Class::Han));
            match entries.get(&c) {
                Some(Entry::Class(Class::Word | Class::Han)) | None => entries.insert(c, entry.clone()),
                Some(_) if class => None,
                Some(_) => return Err(fail(format!("U+{:04X} is given twice", c as u32))),
            };
        }
    }
    let bytes = assemble(&entries, &splits).map_err(|what| SourceError { line: 0, what })?;
    FoldTable::parse(bytes).map_err(|error| SourceError { line: 0, what: error.to_string() })
}

fn single(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}

fn code_point(hex: &str) -> Option<char> {
    u32::from_str_radix(hex, 16).ok().and_then(char::from_u32)
}

fn range(column: &str) -> Option<(char, char)> {
    let column = column.split(' ').next()?;
    let (first, last) = column.split_once("..").unwrap_or((column, column));
    Some((code_point(first)?, code_point(last)?))
}

fn visible(target: &str) -> Result<String, String> {
    let text = match target.strip_prefix("U+") {
        Some(hex) => code_point(hex).map(String::from),
        None => Some(target.to_owned()),
    };
    text.filter(|text| (1..=MAX_SEQUENCE).contains(&text.chars().count()))
        .ok_or_else(|| format!("expected a target of 1 to {MAX_SEQUENCE} characters, found {target:?}"))
}

fn assemble(entries: &BTreeMap<char, Entry>, splits: &BTreeMap<(char, char), char>) -> Result<Bytes, String> {
    let class = |c: char| match entries.get(&c) {
        Some(Entry::Class(class)) => *class,
        _ => Class::Separator,
    };
    let mut sequences: Vec<char> = Vec::new();
    // Below `FIRST_ACTION` a class, else an action, which is far above.
    let mut slots_of: BTreeMap<char, u32> = BTreeMap::new();
    for (&c, entry) in entries {
        let action = match entry {
            Entry::Class(class) => {
                slots_of.insert(c, *class as u32);
                continue;
            }
            Entry::Drop => OP_DROP << 23,
            Entry::Target(target, look_alike) => {
                let flag = if *look_alike { LOOK_ALIKE } else { 0 };
                flag | match single(target) {
                    Some(t) => OP_CHAR << 23 | (class(t) as u32) << 21 | t as u32,
                    None => {
                        let target: Vec<char> = target.chars().collect();
                        let at = sequences.windows(target.len()).position(|seen| seen == target);
                        let at = at.unwrap_or_else(|| {
                            sequences.extend(&target);
                            sequences.len() - target.len()
                        });
                        OP_SEQUENCE << 23 | (target.len() as u32) << 16 | at as u32
                    }
                }
            }
        };
        slots_of.insert(c, action);
    }
    let top = slots_of.keys().next_back().map_or(0, |&c| c as u32);
    let Pages { index, bases, pages, actions } = Pages::cut(&slots_of, top);
    if sequences.len() > 0xffff || actions.len() > 0xff00 {
        return Err("too many different targets".to_owned());
    }
    let counts = [index.len(), pages.len(), actions.len(), sequences.len(), splits.len()];
    let mut bytes = MAGIC.to_vec();
    bytes.extend(counts.iter().flat_map(|&n| (n as u32).to_le_bytes()));
    debug_assert_eq!(bytes.len(), HEADER);
    bytes.extend(index.iter().chain(&bases).flat_map(|n| n.to_le_bytes()));
    bytes.extend(pages.as_flattened());
    bytes.resize(bytes.len().next_multiple_of(4), 0);
    bytes.extend(actions.iter().flat_map(|n| n.to_le_bytes()));
    bytes.extend(sequences.iter().flat_map(|&c| (c as u32).to_le_bytes()));
    for (&(first, second), &whole) in splits {
        bytes.extend([first, second, whole].iter().flat_map(|&c| (c as u32).to_le_bytes()));
    }
    Ok(bytes.into())
}

/// The slots in pages, equal pages once; each page has its actions in a row.
#[derive(Default)]
struct Pages {
    index: Vec<u16>,
    bases: Vec<u16>,
    pages: Vec<[u8; PAGE]>,
    actions: Vec<u32>,
}

impl Pages {
    fn cut(slots_of: &BTreeMap<char, u32>, top: u32) -> Pages {
        let slot = |c: u32| char::from_u32(c).and_then(|c| slots_of.get(&c)).copied().unwrap_or(0);
        let mut cut = Pages::default();
        let mut seen: HashMap<Vec<u32>, u16> = HashMap::new();
        let mut start = 0;
        while start <= top || cut.index.len() < BMP_INDEX {
            let length = if cut.index.len() < BMP_INDEX { PAGE } else { PAGE_ABOVE } as u32;
            let slots: Vec<u32> = (start..start + length).map(slot).collect();
            start += length;
            let at = *seen.entry(slots).or_insert_with_key(|slots| {
                let at = cut.pages.len();
                slots.as_chunks().0.iter().for_each(|page| cut.append(page));
                at as u16
            });
            cut.index.push(at);
        }
        cut
    }

    fn append(&mut self, page: &[u32; PAGE]) {
        let base = self.actions.len();
        self.bases.push(base as u16);
        self.pages.push(page.map(|slot| {
            if slot < FIRST_ACTION as u32 {
                return slot as u8;
            }
            let at = self.actions[base..].iter().position(|&action| action == slot).unwrap_or_else(|| {
                self.actions.push(slot);
                self.actions.len() - 1 - base
            });
            (FIRST_ACTION + at) as u8
        }));
    }
}

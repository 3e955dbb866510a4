//! Which keywords has an image, and what belongs to each? Keywords with their aliases → dictionary and postings.

use super::CompileError;
use crate::{
    dictionary::{self, Dictionary, MAX_KEYWORD, Memory},
    fold::FoldTable,
    rule::{Alias, Words},
};
use std::collections::{BTreeMap, BTreeSet};

/// Most forms of one keyword, itself included.
pub const MAX_FORMS: usize = 64;

/// Bytes of the longest form: 32 characters of four bytes.
const LONGEST_FORM: usize = MAX_KEYWORD * 4;
/// Most keywords of an image, aliases included: above it compiling takes more memory than a phone gives.
const MAX_TOTAL_FORMS: usize = 2_000_000;
/// Most keywords that hold an alias, times aliases of their layer: each pair is looked at, some 60 ns each.
const MAX_ALIAS_WORK: usize = 1 << 26;

/// The keywords of all layers: one text, and where each stands in it. A keyword that stands in two lists has two rows.
#[derive(Default)]
pub(super) struct Keywords {
    text: String,
    rows: Vec<Row>,
    /// Number of lists so far.
    pub(super) lists: u32,
    /// Lists of which rules count the keywords.
    pub(super) counted: BTreeSet<u32>,
}

/// Lists that share a keyword, each with the keyword's number in it where keywords are counted.
type Group = Vec<(u32, Option<u32>)>;

#[derive(Clone, Copy)]
struct Row {
    start: u32,
    length: u32,
    list: u32,
    /// Number of the keyword in its list.
    number: u32,
}

impl Keywords {
    /// Adds the lists of a layer.
    pub(super) fn add(&mut self, words: &Words, fold: &FoldTable) -> Result<(), CompileError> {
        let lists = self.lists;
        forms(words, fold, |list, number, form| {
            let (start, length) = (self.text.len() as u32, form.len() as u32);
            self.rows.push(Row { start, length, list: lists + list as u32, number: number as u32 });
            self.text.push_str(&form);
            match self.rows.len() > MAX_TOTAL_FORMS {
                true => Err(CompileError::TooLarge("keywords with their aliases")),
                false => Ok(()),
            }
        })?;
        self.lists += words.lists.len() as u32;
        Ok(())
    }

    fn word(&self, row: Row) -> &str {
        &self.text[row.start as usize..][..row.length as usize]
    }

    /// The dictionary and the postings.
    ///
    /// A keyword's value is where its group of postings begins; groups that more keywords have come first, so that most values
    /// are small. A posting is a number of seven bits a byte, the lowest first, 0x80 set in all but its last: `list << 2`, with 1
    /// where the keyword's number in a counted list follows, with 2 in the last posting of a group.
    pub(super) fn finish(mut self) -> Result<(Vec<u8>, Vec<u8>), CompileError> {
        self.text.shrink_to_fit();
        let mut rows = std::mem::take(&mut self.rows);
        rows.sort_unstable_by(|&a, &b| {
            self.word(a).cmp(self.word(b)).then((a.list, a.number).cmp(&(b.list, b.number)))
        });
        // From here on one row for each keyword, its list replaced by its group.
        let (mut kept, mut at) = (0, 0);
        let mut groups = BTreeMap::<Group, u32>::new();
        let mut counts = Vec::<u32>::new();
        let mut group = Vec::new();
        while at < rows.len() {
            let same = rows[at..].iter().take_while(|&&row| self.word(row) == self.word(rows[at])).count();
            group.clear();
            let mut last = None;
            for row in &rows[at..at + same] {
                if self.counted.contains(&row.list) {
                    if last != Some((row.list, row.number)) {
                        group.push((row.list, Some(row.number)));
                    }
                } else if last.is_none_or(|last| last.0 != row.list) {
                    group.push((row.list, None));
                }
                last = Some((row.list, row.number));
            }
            let number = groups.get(&group).copied().unwrap_or_else(|| {
                groups.insert(group.clone(), counts.len() as u32);
                counts.push(0);
                counts.len() as u32 - 1
            });
            counts[number as usize] += 1;
            rows[kept] = Row { list: number, ..rows[at] };
            kept += 1;
            at += same;
        }
        rows.truncate(kept);
        rows.shrink_to_fit();
        let mut groups: Vec<(Group, u32)> = groups.into_iter().collect();
        groups.sort_by_key(|(_, number)| (std::cmp::Reverse(counts[*number as usize]), *number));
        let (mut starts, mut postings) = (counts, Vec::new());
        for (group, number) in groups {
            starts[number as usize] = postings.len() as u32;
            for (at, &(list, counted)) in group.iter().enumerate() {
                let last = u32::from(at + 1 == group.len());
                write(list << 2 | last << 1 | u32::from(counted.is_some()), &mut postings);
                if let Some(number) = counted {
                    write(number, &mut postings);
                }
            }
        }
        let keywords = rows.iter().map(|&row| (self.word(row), starts[row.list as usize]));
        Ok((dictionary::build(keywords).map_err(CompileError::Dictionary)?, postings))
    }
}

/// Writes a number of the postings.
fn write(mut number: u32, out: &mut Vec<u8>) {
    while number > 0x7F {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Gives `take` all that messages are searched for: the number of a list, that of a keyword in it, and the keyword as it reads
/// once folded, or as an alias lets it read.
///
/// # Errors
/// A keyword with no form or too many, or one too long; or what `take` says.
pub fn forms(
    words: &Words,
    fold: &FoldTable,
    mut take: impl FnMut(usize, usize, String) -> Result<(), CompileError>,
) -> Result<(), CompileError> {
    let mut aliases = Aliases::new(&words.aliases, fold)?;
    for (at, list) in words.lists.iter().enumerate() {
        for (number, keyword) in list.keywords.iter().enumerate() {
            let folded = fold.keyword(keyword);
            let forms = match aliases.forms(&folded) {
                Ok(Some(forms)) => forms,
                Ok(None) => BTreeSet::from([folded]),
                Err(Work::Forms) => return Err(CompileError::Forms { list: list.name.clone(), number }),
                Err(Work::Pairs) => return Err(CompileError::TooLarge("keywords times aliases")),
            };
            for form in forms {
                let found = form.chars().count();
                if !(1..=MAX_KEYWORD).contains(&found) {
                    return Err(CompileError::Keyword { list: list.name.clone(), number, found });
                }
                take(at, number, form)?;
            }
        }
    }
    Ok(())
}

/// Why a keyword's forms are not written out.
enum Work {
    /// Over [`MAX_FORMS`], or one far longer than [`MAX_KEYWORD`].
    Forms,
    /// Over [`MAX_ALIAS_WORK`].
    Pairs,
}

/// What sounds or looks like a word, folded.
struct Aliases<'a> {
    rows: Vec<(String, Vec<String>)>,
    /// The words, to find the keywords that hold any: most hold none.
    words: Dictionary,
    memory: Memory,
    work: usize,
    fold: &'a FoldTable,
}

impl<'a> Aliases<'a> {
    fn new(aliases: &[Alias], fold: &'a FoldTable) -> Result<Aliases<'a>, CompileError> {
        let rows: Vec<(String, Vec<String>)> = aliases
            .iter()
            .map(|alias| (fold.keyword(&alias.word), alias.forms.iter().map(|form| fold.keyword(form)).collect()))
            .filter(|row: &(String, _)| !row.0.is_empty())
            .collect();
        // A word too long for a keyword is in none.
        let words: BTreeSet<&str> =
            rows.iter().map(|row| row.0.as_str()).filter(|word| word.chars().count() <= MAX_KEYWORD).collect();
        let words = dictionary::build(words.iter().map(|&word| (word, 0))).map_err(CompileError::Dictionary)?;
        let words = Dictionary::open(words.into()).expect("just built");
        Ok(Aliases { rows, words, memory: Memory::default(), work: 0, fold })
    }

    /// A keyword and what its aliases make of it; `None` if it holds none.
    fn forms(&mut self, keyword: &str) -> Result<Option<BTreeSet<String>>, Work> {
        let mut holds = false;
        if !self.words.is_empty() {
            let characters: Vec<char> = keyword.chars().collect();
            self.words.search(&characters, &mut self.memory, |_| (), |_| holds = true);
        }
        if !holds {
            return Ok(None);
        }
        self.work += self.rows.len();
        if self.work > MAX_ALIAS_WORK {
            return Err(Work::Pairs);
        }
        let mut forms = BTreeSet::from([keyword.to_owned()]);
        for (word, others) in &self.rows {
            let with: Vec<String> = forms.iter().filter(|form| form.contains(word.as_str())).cloned().collect();
            for form in with {
                let grows = form.matches(word.as_str()).count();
                for other in others {
                    // Aliases that lengthen each other's words would fill the memory.
                    if form.len() + grows * other.len() > 4 * LONGEST_FORM {
                        return Err(Work::Forms);
                    }
                    forms.insert(form.replace(word.as_str(), other));
                }
            }
            if forms.len() > MAX_FORMS {
                return Err(Work::Forms);
            }
        }
        // What was put together may fold further.
        Ok(Some(forms.into_iter().map(|form| self.fold.keyword(&form)).collect()))
    }
}

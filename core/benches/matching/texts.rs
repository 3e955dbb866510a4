//! Which keywords, which messages? Made up from a seed, and read from the development corpus if it is beside the project.

use smsfilter::fold::{FoldTable, Folded};
use std::{
    collections::{BTreeMap, HashSet},
    io::Read as _,
    path::Path,
    process::Command,
};

/// The same numbers in every run.
pub(crate) struct Random(fastrand::Rng);

impl Random {
    pub(crate) fn new(seed: u64) -> Random {
        Random(fastrand::Rng::with_seed(seed))
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0.usize(..end)
    }

    /// A rank below `end`, low ones far more often, as words are in texts.
    fn rank(&mut self, end: usize) -> usize {
        let spread = (end as f64 / 8.0 + 1.0).ln();
        ((8.0 * ((self.0.f64() * spread).exp() - 1.0)) as usize).min(end - 1)
    }
}

/// The Han characters of the national rules, commonest first.
fn characters() -> Vec<char> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../rules/national");
    let mut counts = BTreeMap::<char, u32>::new();
    for entry in std::fs::read_dir(folder).expect("rules/national") {
        let path = entry.expect("readable").path();
        if path.extension().is_some_and(|end| end == "toml") {
            let text = std::fs::read_to_string(path).expect("UTF-8");
            text.chars().filter(is_han).for_each(|c| *counts.entry(c).or_default() += 1);
        }
    }
    let mut ranked: Vec<(char, u32)> = counts.into_iter().collect();
    ranked.sort_by_key(|row| std::cmp::Reverse(row.1));
    ranked.into_iter().map(|row| row.0).collect()
}

fn is_han(c: &char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(c)
}

/// A made-up language of real characters: 30,000 words of one to three, commonest first.
pub(crate) struct Language(Vec<String>);

impl Language {
    pub(crate) fn new(random: &mut Random) -> Language {
        let characters = characters();
        let (mut words, mut seen) = (Vec::new(), HashSet::new());
        while words.len() < 30_000 {
            let length = [1, 2, 2, 2, 2, 2, 2, 2, 2, 3][random.below(10)];
            let word: String = (0..length).map(|_| characters[random.rank(characters.len())]).collect();
            if seen.insert(word.clone()) {
                words.push(word);
            }
        }
        Language(words)
    }

    fn word(&self, random: &mut Random) -> &str {
        &self.0[random.rank(self.0.len())]
    }

    /// Keywords: a word, as rare as any, mostly with a commoner one or two beside it, from `least` to eight characters.
    pub(crate) fn keywords(
        &self,
        random: &mut Random,
        count: usize,
        least: usize,
        seen: &mut HashSet<String>,
    ) -> Vec<String> {
        let mut keywords = Vec::new();
        while keywords.len() < count {
            let mut keyword = self.0[random.below(self.0.len())].clone();
            for _ in 0..[0, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2][random.below(12)] {
                if random.below(2) == 0 {
                    keyword += self.word(random)
                } else {
                    keyword.insert_str(0, self.word(random))
                }
            }
            if (least..=8).contains(&keyword.chars().count()) && seen.insert(keyword.clone()) {
                keywords.push(keyword);
            }
        }
        keywords
    }

    /// A message of 40 to 104 characters, 72 in the middle, with up to three of the keywords.
    pub(crate) fn message(&self, random: &mut Random, keywords: &[String]) -> String {
        let (target, mut left) = (40 + random.below(65), random.below(4));
        let (mut message, mut length) = (String::new(), 0);
        while length < target {
            let piece = match random.below(24) {
                0 | 1 if left > 0 => {
                    left -= 1;
                    keywords[random.below(keywords.len())].clone()
                }
                2..=4 => "，".to_owned(),
                5 => random.below(100_000).to_string(),
                _ => self.word(random).to_owned(),
            };
            length += piece.chars().count();
            message += &piece;
        }
        message
    }
}

/// Bodies of the development corpus, in the order of the file; none, with the reason printed, if it is absent.
pub(crate) fn corpus(file: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus").join(file);
    if !path.exists() {
        println!("  no development corpus beside the project: all messages are made up");
        return Vec::new();
    }
    let mut text = String::new();
    let unpacked = Command::new("gzip").arg("-dc").arg(&path).stdout(std::process::Stdio::piped()).spawn();
    unpacked.expect("gzip runs").stdout.take().expect("piped").read_to_string(&mut text).expect("UTF-8");
    text.lines().filter_map(|line| line.splitn(3, '\t').nth(2).map(str::to_owned)).collect()
}

/// Keywords cut from texts: runs of three to eight Han characters.
pub(crate) fn cut(random: &mut Random, texts: &[String], count: usize, seen: &mut HashSet<String>) -> Vec<String> {
    let mut keywords = Vec::new();
    while keywords.len() < count {
        let text: Vec<char> = texts[random.below(texts.len())].chars().collect();
        let length = [3, 4, 4, 4, 4, 5, 5, 6, 7, 8][random.below(10)];
        if text.len() < length {
            continue;
        }
        let from = random.below(text.len() - length + 1);
        let piece = &text[from..from + length];
        let keyword: String = piece.iter().collect();
        if piece.iter().all(is_han) && seen.insert(keyword.clone()) {
            keywords.push(keyword);
        }
    }
    keywords
}

/// The skeletons of texts: what keywords are looked for in.
pub(crate) fn folded(fold: &FoldTable, texts: &[String]) -> Vec<String> {
    let mut folded = Folded::default();
    texts
        .iter()
        .map(|text| {
            fold.fold(text, &mut folded);
            folded.skeleton.text()
        })
        .collect()
}

/// The fold tables of the national rules.
pub(crate) fn fold_table() -> FoldTable {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../rules/national/fold.tsv");
    smsfilter::fold::encode(&std::fs::read_to_string(source).expect("rules/national/fold.tsv")).expect("it encodes")
}

/// The keywords and messages that are searched: half made up, half real.
pub(crate) struct Load {
    /// Distinct, folded, each with the list it stands in.
    pub(crate) keywords: Vec<(String, u32)>,
    pub(crate) made_up: Vec<String>,
    /// As they were written.
    pub(crate) real: Vec<String>,
}

/// Messages of each half.
pub(crate) const HALF: usize = 50_000;

impl Load {
    pub(crate) fn new(keywords: usize) -> Load {
        let random = &mut Random::new(20_261_122);
        let language = Language::new(random);
        let mut seen = HashSet::new();
        // Messages and keywords come from different rows.
        let (train, dev) = (corpus("zh_train.tsv.gz"), corpus("zh_dev.tsv.gz"));
        let (sources, rest) = train.split_at(train.len() / 2);
        let real: Vec<String> = dev.into_iter().chain(rest.iter().cloned()).take(HALF).collect();
        let of_real = if real.is_empty() { 0 } else { keywords / 2 };
        let made_up_keywords = language.keywords(random, keywords - of_real, 2, &mut seen);
        let messages = 2 * HALF - real.len();
        let made_up = (0..messages).map(|_| language.message(random, &made_up_keywords)).collect();
        let cut =
            if of_real == 0 { Vec::new() } else { cut(random, &folded(&fold_table(), sources), of_real, &mut seen) };
        let mut keywords: Vec<String> = made_up_keywords.into_iter().chain(cut).collect();
        keywords.sort();
        // A list is a topic: its keywords begin alike.
        let of_list = keywords.len().div_ceil(LISTS);
        let keywords = keywords.into_iter().enumerate().map(|(at, keyword)| (keyword, (at / of_list) as u32)).collect();
        Load { keywords, made_up, real }
    }
}

/// Lists that the keywords are spread over.
pub(crate) const LISTS: usize = 100;

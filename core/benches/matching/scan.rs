//! The keyword scan alone: every occurrence of every keyword, against the automaton libraries.

use crate::{
    Options,
    measure::{Results, median, ratio, rounds},
    texts::{self, HALF, Language, Load, Random},
};
use aho_corasick::{AhoCorasick, AhoCorasickKind};
use daachorse::{CharwiseDoubleArrayAhoCorasick, DoubleArrayAhoCorasick};
use smsfilter::dictionary::{Dictionary, Hit, Memory, build};
use std::{collections::HashSet, hint::black_box};

pub(crate) type Charwise = CharwiseDoubleArrayAhoCorasick<u32>;

pub(crate) fn dictionary(keywords: &[(String, u32)]) -> Dictionary {
    let bytes = build(keywords.iter().map(|(keyword, list)| (keyword.as_str(), *list))).expect("keywords");
    Dictionary::open(bytes.into()).expect("just built")
}

pub(crate) fn charwise(keywords: &[(String, u32)]) -> Charwise {
    let keywords = keywords.iter().map(|(keyword, list)| (keyword.as_str(), *list));
    CharwiseDoubleArrayAhoCorasick::with_values(keywords).expect("keywords")
}

/// What is searched again and again: decoding the text is part of the work, as it is for the others.
struct Ours<'a> {
    dictionary: &'a Dictionary,
    text: Vec<char>,
    memory: Memory,
}

impl<'a> Ours<'a> {
    fn new(dictionary: &'a Dictionary) -> Ours<'a> {
        Ours { dictionary, text: Vec::new(), memory: Memory::default() }
    }

    fn search(&mut self, message: &str, found: impl FnMut(Hit)) {
        self.text.clear();
        for c in message.chars() {
            self.text.push(c);
        }
        self.dictionary.search(&self.text, &mut self.memory, |_| (), found);
    }
}

/// A number that depends on every hit, so that none can be left out.
fn mix(sum: u64, end: usize, list: u32) -> u64 {
    sum.wrapping_mul(31).wrapping_add(end as u64 ^ u64::from(list) << 32)
}

pub(crate) fn against_peers(options: &Options, results: &mut Results) {
    let fold = texts::fold_table();
    for (keywords, name) in [(10_000, "10k"), (100_000, "100k")] {
        let load = Load::new(keywords);
        let (ours, charwise) = (dictionary(&load.keywords), charwise(&load.keywords));
        results.add(
            format!("scan {name}: raw keywords"),
            load.keywords.iter().map(|row| row.0.len()).sum::<usize>() as f64,
            "bytes",
        );
        results.add(format!("scan {name}: bytes"), ours.bytes().len() as f64, "bytes");
        results.add(
            format!("scan {name}: bytes against daachorse charwise"),
            ours.bytes().len() as f64 / charwise.heap_bytes() as f64,
            "×",
        );
        let sets = [("made up", texts::folded(&fold, &load.made_up)), ("real", texts::folded(&fold, &load.real))];
        let patterns = || load.keywords.iter().map(|row| row.0.as_str());
        let bytewise: DoubleArrayAhoCorasick<u32> =
            DoubleArrayAhoCorasick::with_values(load.keywords.iter().map(|row| (row.0.as_str(), row.1)))
                .expect("keywords");
        let contiguous =
            AhoCorasick::builder().kind(Some(AhoCorasickKind::ContiguousNFA)).build(patterns()).expect("keywords");
        for (set, messages) in sets.iter().filter(|set| !set.1.is_empty()) {
            let mut search = Ours::new(&ours);
            let hits = identical(&mut search, &charwise, &bytewise, &contiguous, &load.keywords, messages);
            results.add(
                format!("scan {name}, {set}: messages with identical hits on all engines"),
                messages.len() as f64,
                "messages",
            );
            results.add(format!("scan {name}, {set}: hits a message"), hits as f64 / messages.len() as f64, "hits");
            let [ours, theirs] = rounds(
                options.rounds,
                [
                    &mut || {
                        let mut sum = 0;
                        messages
                            .iter()
                            .for_each(|text| search.search(text, |hit| sum = mix(sum, hit.end as usize, hit.value)));
                        black_box(sum);
                    },
                    &mut || {
                        let mut sum = 0;
                        for text in messages {
                            charwise.find_overlapping_iter(text).for_each(|hit| sum = mix(sum, hit.end(), hit.value()));
                        }
                        black_box(sum);
                    },
                ],
            );
            let nanoseconds = |seconds: &[f64]| median(seconds) * 1e9 / messages.len() as f64;
            results.add(format!("scan {name}, {set}: time"), nanoseconds(&ours), "ns a message");
            results.add(
                format!("scan {name}, {set}: time of daachorse charwise"),
                nanoseconds(&theirs),
                "ns a message",
            );
            results.add(format!("scan {name}, {set}: time against daachorse charwise"), ratio(&ours, &theirs), "×");
            // The others are far behind: fewer messages do.
            let few = &messages[..messages.len().min(HALF / 10)];
            let [ours, bytes, nfa] = rounds(
                3,
                [
                    &mut || {
                        let mut sum = 0;
                        few.iter()
                            .for_each(|text| search.search(text, |hit| sum = mix(sum, hit.end as usize, hit.value)));
                        black_box(sum);
                    },
                    &mut || {
                        let mut sum = 0;
                        for text in few {
                            bytewise.find_overlapping_iter(text).for_each(|hit| sum = mix(sum, hit.end(), hit.value()));
                        }
                        black_box(sum);
                    },
                    &mut || {
                        let mut sum = 0;
                        for text in few {
                            let hits = contiguous.find_overlapping_iter(text);
                            hits.for_each(|hit| sum = mix(sum, hit.end(), load.keywords[hit.pattern()].1));
                        }
                        black_box(sum);
                    },
                ],
            );
            results.add(format!("scan {name}, {set}: time against daachorse bytewise"), ratio(&ours, &bytes), "×");
            results.add(format!("scan {name}, {set}: time against aho-corasick"), ratio(&ours, &nfa), "×");
        }
    }
}

/// Compares every hit of every engine; their number.
fn identical(
    ours: &mut Ours<'_>,
    charwise: &Charwise,
    bytewise: &DoubleArrayAhoCorasick<u32>,
    contiguous: &AhoCorasick,
    keywords: &[(String, u32)],
    messages: &[String],
) -> usize {
    let mut count = 0;
    for text in messages {
        let starts: Vec<usize> = text.char_indices().map(|row| row.0).chain([text.len()]).collect();
        let mut found = Vec::new();
        ours.search(text, |hit| found.push((starts[hit.start as usize], starts[hit.end as usize], hit.value)));
        let sorted = |mut hits: Vec<(usize, usize, u32)>| {
            hits.sort_unstable();
            hits
        };
        let by_chars = charwise.find_overlapping_iter(text).map(|hit| (hit.start(), hit.end(), hit.value()));
        let by_bytes = bytewise.find_overlapping_iter(text).map(|hit| (hit.start(), hit.end(), hit.value()));
        let by_nfa =
            contiguous.find_overlapping_iter(text).map(|hit| (hit.start(), hit.end(), keywords[hit.pattern()].1));
        assert_eq!(found, sorted(by_chars.collect()), "hits differ from daachorse charwise");
        assert_eq!(found, sorted(by_bytes.collect()), "hits differ from daachorse bytewise");
        assert_eq!(found, sorted(by_nfa.collect()), "hits differ from aho-corasick");
        count += found.len();
    }
    count
}

/// 10k and 1M keywords, the former among the latter, on messages of which every hit lies in the former.
pub(crate) fn nested(options: &Options, results: &mut Results) {
    let random = &mut Random::new(20_261_123);
    let language = Language::new(random);
    let mut seen = HashSet::new();
    let few = language.keywords(random, 10_000, 2, &mut seen);
    let more = language.keywords(random, 990_000, 4, &mut seen);
    let given = |keywords: &[String]| {
        let mut keywords: Vec<String> = keywords.to_vec();
        keywords.sort();
        keywords.into_iter().map(|keyword| (keyword, 0)).collect::<Vec<_>>()
    };
    let (all, few_given) = (given(&few.iter().chain(&more).cloned().collect::<Vec<_>>()), given(&few));
    let (small, large) = (dictionary(&few_given), dictionary(&all));
    let (small_automaton, large_automaton) = (charwise(&few_given), charwise(&all));
    results.add("nested: bytes of 1M keywords", large.bytes().len() as f64, "bytes");
    let (mut small, mut large) = (Ours::new(&small), Ours::new(&large));
    let (mut messages, mut hits) = (Vec::new(), 0);
    while messages.len() < 10_000 {
        // Most messages hold some other keyword: those are passed over.
        let message = language.message(random, &few);
        let (mut a, mut b) = (Vec::new(), Vec::new());
        small.search(&message, |hit| a.push(hit));
        large.search(&message, |hit| b.push(hit));
        if a == b {
            hits += a.len();
            messages.push(message);
        }
    }
    results.add("nested: hits a message", hits as f64 / messages.len() as f64, "hits");
    let by_automaton = |automaton: &Charwise| {
        let hits = messages.iter().flat_map(|text| automaton.find_overlapping_iter(text));
        black_box(hits.fold(0, |sum, hit| mix(sum, hit.end(), hit.value())));
    };
    let [few, many, automaton_few, automaton_many] = rounds(
        options.rounds,
        [
            &mut || {
                let mut sum = 0;
                messages.iter().for_each(|text| small.search(text, |hit| sum = mix(sum, hit.end as usize, hit.value)));
                black_box(sum);
            },
            &mut || {
                let mut sum = 0;
                messages.iter().for_each(|text| large.search(text, |hit| sum = mix(sum, hit.end as usize, hit.value)));
                black_box(sum);
            },
            &mut || by_automaton(&small_automaton),
            &mut || by_automaton(&large_automaton),
        ],
    );
    results.add("nested: time of 1M keywords against 10k", ratio(&many, &few), "×");
    results.add("nested: the same of daachorse charwise", ratio(&automaton_many, &automaton_few), "×");
    results.add("nested: 1M keywords, time against daachorse charwise", ratio(&many, &automaton_many), "×");
}

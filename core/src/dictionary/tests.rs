//! Every keyword is found wherever it stands, and nothing else, whatever the keywords are.

use super::{alphabet::Codes, *};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn search(keywords: &BTreeMap<String, u32>, text: &str) -> Vec<Hit> {
    let bytes = build(keywords.iter().map(|(keyword, &value)| (keyword.as_str(), value))).unwrap();
    let dictionary = Dictionary::open(bytes.into()).unwrap();
    assert_eq!(dictionary.len(), keywords.len());
    let text: Vec<char> = text.chars().collect();
    let (mut hits, mut passed) = (Vec::new(), Vec::new());
    dictionary.search(&text, &mut Memory::default(), |c| passed.push(c), |hit| hits.push(hit));
    assert_eq!(passed, text, "every character is handed on once, in order");
    hits
}

/// By definition: each keyword at each start.
fn naive(keywords: &BTreeMap<String, u32>, text: &str) -> Vec<Hit> {
    let text: Vec<char> = text.chars().collect();
    let mut hits = Vec::new();
    for start in 0..text.len() {
        for (keyword, &value) in keywords {
            let keyword: Vec<char> = keyword.chars().collect();
            if text[start..].starts_with(&keyword) {
                hits.push(Hit { start: start as u32, end: (start + keyword.len()) as u32, value });
            }
        }
    }
    hits.sort();
    hits
}

fn words(words: &[&str]) -> BTreeMap<String, u32> {
    (0..).zip(words).map(|(value, word)| (word.to_string(), value)).collect()
}

#[test]
fn overlapping_and_nested_keywords_are_all_found() {
    let keywords = words(&["a", "ab", "abc", "bc", "c", "bcd", "cde", "abcde", "贷", "贷款", "款", "🎰"]);
    for text in ["", "a", "ab", "abcde", "xabcdey", "aaabbbccc", "贷款🎰贷", "cabcabcde贷款"] {
        assert_eq!(search(&keywords, text), naive(&keywords, text), "{text:?}");
    }
}

#[test]
fn keywords_without_any_are_found_nowhere() {
    assert_eq!(search(&BTreeMap::new(), "anything"), []);
}

#[test]
fn keywords_that_crowd_one_bucket_are_found_all_the_same() {
    // Longest keywords that share all but the end, and every prefix of one.
    let mut keywords = BTreeMap::new();
    for n in 0..600u32 {
        let end: String = [n / 25, n % 25].map(|n| char::from_u32('a' as u32 + n).unwrap()).iter().collect();
        keywords.insert("贷".repeat(30) + &end, n);
    }
    for n in 1..=MAX_KEYWORD {
        keywords.insert("贷".repeat(n), n as u32);
    }
    let text = "贷".repeat(40) + "ab" + &"贷".repeat(31) + "a";
    assert_eq!(search(&keywords, &text), naive(&keywords, &text));
}

#[test]
fn a_keyword_too_long_or_given_twice_is_refused() {
    let long = "长".repeat(MAX_KEYWORD + 1);
    assert_eq!(build([(long.as_str(), 0)].into_iter()), Err(Full::Length(MAX_KEYWORD + 1)));
    assert_eq!(build([("", 0)].into_iter()), Err(Full::Length(0)));
    assert_eq!(build([("贷款", 0), ("贷", 1), ("贷款", 2)].into_iter()), Err(Full::Twice));
    let many: Vec<String> = ('\u{4e00}'..=char::MAX).take(Codes::MOST + 1).map(String::from).collect();
    let full = build(many.iter().map(|c| (c.as_str(), 0)));
    assert_eq!(full, Err(Full::Characters(Codes::MOST + 1)));
}

/// The fst crate's own walk against ours, over keys that make every kind of state.
#[test]
fn our_steps_are_those_of_the_fst_crate() {
    let mut keys = std::collections::BTreeSet::new();
    let mut random = 1u64;
    for _ in 0..20_000 {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let length = 1 + (random >> 60) as usize;
        // Skewed, so that states have one way, some, over 32 and all 256.
        keys.insert((0..length).map(|n| ((random >> (8 + 3 * n)) as u8) >> (n % 5)).collect::<Vec<u8>>());
    }
    keys.extend((0..=255).map(|byte| vec![b'q', byte]));
    let mut builder = fst::raw::Builder::memory();
    for (value, key) in (0u64..).zip(&keys) {
        builder.insert(key, value * 37 % 70_001).unwrap();
    }
    let bytes = builder.into_inner().unwrap();
    let fst = fst::raw::Fst::new(&bytes[..]).unwrap();
    let mut todo = vec![(fst.root(), transducer::Walk { address: fst.root().addr(), out: 0 })];
    let mut ends = 0;
    while let Some((node, walk)) = todo.pop() {
        let end = node.is_final().then(|| walk.out + node.final_output().value() as u32);
        assert_eq!(walk.end(&bytes), end);
        ends += usize::from(end.is_some());
        for byte in 0..=255 {
            let mut next = walk;
            let there = next.step(&bytes, alphabet::Code { lead: byte, second: None });
            assert_eq!(there, node.find_input(byte).is_some());
            if let Some(way) = node.find_input(byte).map(|way| node.transition(way)) {
                assert_eq!(next.out, walk.out + way.out.value() as u32);
                assert_eq!(next.address, way.addr);
                todo.push((fst.node(way.addr), next));
            }
        }
    }
    assert!(ends >= keys.len());
}

fn letters() -> impl Strategy<Value = String> {
    "[贷款ab]{1,4}|[贷a]{1,40}|[一-丏]{1,6}|.{1,3}".prop_map(|s| s.chars().take(MAX_KEYWORD).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]
    #[test]
    fn exactly_what_the_definition_says(
        keywords in proptest::collection::btree_map(letters(), 0u32..70_000, 0..60),
        pieces in proptest::collection::vec((letters(), any::<prop::sample::Index>()), 0..40),
    ) {
        let known: Vec<&String> = keywords.keys().collect();
        let mut text = String::new();
        for (piece, at) in pieces {
            text += &piece;
            text += known.get(at.index(known.len().max(1))).map_or("", |keyword| keyword.as_str());
        }
        prop_assert_eq!(search(&keywords, &text), naive(&keywords, &text));
    }

    #[test]
    fn damaged_bytes_are_refused_or_end(
        flips in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        text in "[贷款ab一-丏]{0,80}",
    ) {
        let keywords = words(&["贷", "贷款", "贷款ab", "ab", "一丁丂七丄丅丆万丈三", "款a贷", "a贷款b"]);
        let mut bytes = build(keywords.iter().map(|(keyword, &value)| (keyword.as_str(), value))).unwrap();
        for (at, to) in flips {
            let at = at.index(bytes.len());
            bytes[at] = to;
        }
        if let Some(dictionary) = Dictionary::open(bytes.into()) {
            let text: Vec<char> = text.chars().collect();
            dictionary.search(&text, &mut Memory::default(), |_| (), |_| ());
        }
    }
}

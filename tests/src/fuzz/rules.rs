//! Which rules and messages does an input stand for? Small ones over a small alphabet, so that keywords do occur: nested,
//! overlapping, shared between lists and layers, and written in disguise.

use crate::oracle::SENDERS;
use arbitrary::{Result, Unstructured};
use smsfilter::{
    Message, Sender, Subcategory,
    category::Category,
    rule::{Alias, Condition, Effect, KeywordList, Layer, LayerKind, Meta, Op, Pattern, Rule, Trait},
};

/// Rules with messages to judge by them.
#[derive(Clone, Debug)]
pub struct Case {
    /// The base first, without fold tables: whoever compiles it puts them in.
    pub layers: Vec<Layer>,
    /// Bodies of all sorts, from senders that the oracle knows.
    pub messages: Vec<Message>,
}

/// What keywords are made of, with other ways to write it. The first is what it folds to.
const LETTERS: [&[&str]; 10] = [
    &["贷", "貸"],
    &["款", "欵"],
    &["信", "亻言", "亻 言", "亻\u{200b}言"],
    &["言", "訁"],
    &["亻"],
    &["a", "A", "ａ", "а", "á", "ⓐ"],
    &["b", "B", "ｂ", "Ь"],
    &["1", "１", "①", "1\u{fe0f}\u{20e3}", "¹"],
    &["."],
    &["停", "亻亭", "亻.亭"],
];

/// What is put between letters; mostly nothing.
const GAPS: [&str; 16] =
    ["", "", "", "", "", "", " ", "。", "*", "\u{200b}", "\u{301}", "\u{fe0f}", "\u{20e3}", "\n", "½", "𠀀"];

/// Whether messages are written with it, arbitrary characters aside.
pub(super) fn is_written(c: char) -> bool {
    LETTERS.iter().flat_map(|spellings| *spellings).chain(&GAPS).any(|text| text.contains(c))
}

const POINTS: [i16; 12] = [50, 60, 30, 20, 10, 49, 51, 100, -10, -50, -120, 1000];

const TRAITS: [Trait; 6] = [
    Trait::DisguiseZeroWidth,
    Trait::DisguiseSeparator,
    Trait::DisguiseLookAlike,
    Trait::DisguiseSplit,
    Trait::AskContact,
    Trait::AskLink,
];

/// Patterns that find something, if they match.
const PATTERNS: [&str; 8] =
    ["a+b?", "贷[^款]", r"\d{2,}", "^.信|停$", r"\b[1a][ab]", "[--1]b", "贷款|言{2}", "(a|b)1?$"];

/// A day around which rules begin and end.
const DAY: i32 = 20_000;

/// Reads a case. An input that ends early ends in the first of all choices.
///
/// # Errors
/// If there is too little to choose from.
pub fn case(u: &mut Unstructured<'_>) -> Result<Case> {
    let mut words = Vec::new();
    let mut layers = Vec::new();
    for n in 0..=u.int_in_range(0..=2)? {
        layers.push(layer(u, n, &mut words)?);
    }
    let mut messages = Vec::new();
    for _ in 0..=u.int_in_range(0..=3)? {
        messages.push(message(u, &words)?);
    }
    Ok(Case { layers, messages })
}

/// A layer; its keywords join `words`, from which later ones and messages are made.
fn layer(u: &mut Unstructured<'_>, number: usize, words: &mut Vec<String>) -> Result<Layer> {
    let kind = if number == 0 { LayerKind::Base } else { LayerKind::Addition };
    let meta = Meta { publisher: format!("p{number}"), layer: "l".into(), kind, ..Meta::default() };
    let mut layer = Layer { meta, ..Layer::default() };
    for n in 0..=u.int_in_range(0..=3)? {
        let mut keywords = Vec::new();
        for _ in 0..=u.int_in_range(0..=3)? {
            let keyword = word(u, words)?;
            words.push(keyword.clone());
            keywords.push(keyword);
        }
        keywords.sort();
        keywords.dedup();
        layer.words.lists.push(KeywordList { name: format!("t.l{n}"), keywords });
    }
    for _ in 0..u.int_in_range(0..=2)? {
        let alias = Alias { word: word(u, words)?, forms: vec![word(u, words)?] };
        words.extend(alias.forms.iter().cloned());
        layer.words.aliases.push(alias);
    }
    layer.words.aliases.sort_by(|a, b| a.word.cmp(&b.word));
    layer.words.aliases.dedup_by(|a, b| a.word == b.word);
    for n in 0..u.int_in_range(0..=2)? {
        layer.words.patterns.push(Pattern { name: format!("t.p{n}"), regex: (*u.choose(&PATTERNS)?).into() });
    }
    for n in 0..=u.int_in_range(0..=5)? {
        let rule = rule(u, &layer, n)?;
        layer.rules.push(rule);
    }
    Ok(layer)
}

/// One of the words before, whole, in part, doubled or with another; or a new one. Up to 32 letters.
fn word(u: &mut Unstructured<'_>, words: &[String]) -> Result<String> {
    let mut word = String::new();
    if !words.is_empty() && u.int_in_range(0..=2)? > 0 {
        let known: Vec<char> = u.choose(words)?.chars().collect();
        let (from, to) = (u.choose_index(known.len())?, u.choose_index(known.len())?);
        word.extend(&known[from.min(to)..=from.max(to)]);
        let times = *u.choose(&[1, 1, 1, 2, 5, 32])?;
        word = word.repeat(times);
    }
    for _ in 0..u.int_in_range(0..=3)? {
        word.push_str(u.choose(&LETTERS)?[0]);
    }
    if word.is_empty() {
        word.push('贷');
    }
    Ok(word.chars().take(32).collect())
}

fn rule(u: &mut Unstructured<'_>, layer: &Layer, number: usize) -> Result<Rule> {
    let base = layer.meta.kind == LayerKind::Base;
    let asks = ["ask.contact", "ask.link"];
    let id = match u.int_in_range(0..=2)? {
        0 if base && number < asks.len() => asks[number].to_owned(),
        _ => format!("t.r{number}"),
    };
    let effect = if u.ratio(1, 4)? {
        Effect::Evidence
    } else {
        let (category, index) = (*u.choose(&Category::ALL)?, u.int_in_range(0..=3)?);
        let category = Subcategory::from_index(category, index).unwrap_or(Subcategory { category, index: 0 });
        Effect::Points { category, points: *u.choose(&POINTS)? }
    };
    let (mut from, mut until) = (None, None);
    if u.ratio(1, 8)? {
        from = u.ratio(2, 3)?.then_some(DAY);
        until = u.ratio(2, 3)?.then_some(DAY + 1);
    }
    let mut condition = Condition::default();
    expression(u, layer, number as u32, 0, &mut condition.0)?;
    if !condition.gates_patterns() {
        condition.0.extend([Op::List(0, 1), Op::And]);
    }
    let (title, tip, owner) = Default::default();
    Ok(Rule { id, title, effect, condition, from, until, owner, tip })
}

fn expression(u: &mut Unstructured<'_>, layer: &Layer, rule: u32, depth: u32, out: &mut Vec<Op>) -> Result<()> {
    let lists = &layer.words.lists;
    match u.int_in_range(0..=if depth < 4 { 10 } else { 5 })? {
        0..=2 => out.push(Op::List(u.choose_index(lists.len())? as u32, 1)),
        3 => {
            let list = u.choose_index(lists.len())?;
            let all = lists[list].keywords.len().min(3) as u8;
            out.push(Op::List(list as u32, u.int_in_range(1..=all)?));
        }
        4 if rule > 0 => out.push(Op::Rule(u.int_in_range(0..=rule - 1)?)),
        4 => out.push(Op::From(u.choose(&SENDERS)?.1)),
        5 => out.push(Op::Trait(*u.choose(&TRAITS)?)),
        6 => {
            let start = out.len();
            expression(u, layer, rule, depth + 1, out)?;
            // A pattern may not stand under a negation.
            if !out[start..].iter().any(|op| matches!(op, Op::Pattern(_))) {
                out.push(Op::Not);
            }
        }
        7 if !layer.words.patterns.is_empty() => {
            let pattern = u.choose_index(layer.words.patterns.len())? as u32;
            out.extend([Op::List(u.choose_index(lists.len())? as u32, 1), Op::Pattern(pattern), Op::And]);
        }
        operator => {
            expression(u, layer, rule, depth + 1, out)?;
            expression(u, layer, rule, depth + 1, out)?;
            out.push(if operator == 8 { Op::Or } else { Op::And });
        }
    }
    Ok(())
}

fn message(u: &mut Unstructured<'_>, words: &[String]) -> Result<Message> {
    let mut body = String::new();
    for _ in 0..u.int_in_range(0..=11)? {
        match u.int_in_range(0..=7)? {
            0 => body.push(u.arbitrary()?),
            1 => body.push_str(u.choose(&GAPS)?),
            _ => disguised(u, words, &mut body)?,
        }
    }
    let received_at = if u.arbitrary()? {
        let (day, minute) = (u.int_in_range(DAY - 1..=DAY + 2)?, u.int_in_range(0..=1439)?);
        Some(i64::from(day) * 86_400_000 + i64::from(minute) * 60_000)
    } else {
        None
    };
    let (sender, utc_offset_min) = (Sender::parse(u.choose(&SENDERS)?.0), *u.choose(&[0, 480, -720, 1])?);
    Ok(Message { sender, body, received_at, utc_offset_min, ..Message::default() })
}

/// Appends a word, plainly or letter by letter in other spellings and with gaps.
fn disguised(u: &mut Unstructured<'_>, words: &[String], body: &mut String) -> Result<()> {
    let word = u.choose(words)?;
    if u.arbitrary()? {
        body.push_str(word);
        return Ok(());
    }
    for c in word.chars() {
        let mut plain = [0; 4];
        let plain = &*c.encode_utf8(&mut plain);
        match LETTERS.iter().find(|spellings| spellings[0] == plain) {
            Some(spellings) => body.push_str(u.choose(spellings)?),
            None => body.push(c),
        }
        body.push_str(u.choose(&GAPS)?);
    }
    Ok(())
}

//! Which ways to unsubscribe are read right, and which fraud is offered none? The texts of `opt_out/`.

use serde::Deserialize;
use smsfilter::{
    Filter, Message, Sender,
    consent::offer,
    extract::Extracts,
    rule::{Effect, Example, Expect, Layer},
};
use smsfilter_tests::{filter, layer, root};
use std::{fs, sync::LazyLock};

static NATIONAL: LazyLock<Filter> = LazyLock::new(|| filter(&["national"]));

/// Texts with the reply, and the number it goes to where they name one; texts with the host of the link.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Variants {
    reply: Vec<Vec<String>>,
    link: Vec<(String, String)>,
}

fn read<T: for<'a> Deserialize<'a>>(name: &str) -> T {
    let text = fs::read_to_string(root().join("opt_out").join(name)).unwrap();
    toml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn from_port(body: &str) -> Message {
    Message { sender: Sender::parse("10690000000000"), body: body.to_owned(), ..Message::default() }
}

fn scan(text: &str) -> Extracts {
    NATIONAL.extracts(&from_port(text))
}

fn is_offered(text: &str) -> bool {
    let message = from_port(text);
    offer(&NATIONAL.classify(&message), &message, &NATIONAL.extracts(&message)).is_some()
}

/// Reply, number and host of the link that were read; empty where there is none.
fn reading(text: &str) -> [String; 3] {
    let found = scan(text);
    let Some(offer) = &found.opt_out else { return Default::default() };
    let word = |word: &Option<_>| word.as_ref().map(|word| found.word(word)).unwrap_or_default().to_owned();
    let link = found.opt_out_link().map(|link| found.word(&link.host).to_owned());
    [word(&offer.reply), word(&offer.number), link.unwrap_or_default()]
}

/// How many of a file are read right, of how many, and the others, a line each.
fn score(name: &str) -> (usize, usize, Vec<String>) {
    let Variants { reply, link } = read(name);
    let replies = reply.into_iter().map(|row| {
        let number = row.get(2).cloned().unwrap_or_default();
        (row[0].clone(), [row[1].clone(), number, String::new()])
    });
    let links = link.into_iter().map(|(text, host)| (text, [String::new(), String::new(), host]));
    let all: Vec<(String, [String; 3])> = replies.chain(links).collect();
    let wrong = all.iter().filter(|(text, want)| reading(text) != *want);
    let wrong: Vec<String> =
        wrong.map(|(text, want)| format!("{text}: want {want:?}, read {:?}", reading(text))).collect();
    (all.len() - wrong.len(), all.len(), wrong)
}

#[test]
fn of_the_variants_it_is_worked_on_with_98_in_100_are_read_right() {
    let (right, all, wrong) = score("dev.toml");
    println!("figure: variants worked on with: {right} of {all}");
    assert!(all >= 120 && right * 100 >= all * 98, "{right} of {all}:\n{}", wrong.join("\n"));
}

#[test]
fn of_the_variants_held_out_98_in_100_are_read_right() {
    // Not worked on with: the lines that are read wrong stay unsaid.
    let (right, all, _) = score("held.toml");
    println!("figure: variants held out: {right} of {all}");
    assert!(all >= 120 && right * 100 >= all * 98, "{right} of {all}");
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fraud {
    bait: Vec<String>,
    blocked: Vec<String>,
}

#[test]
fn tempting_words_are_no_opt_out() {
    let Fraud { bait, .. } = read("none.toml");
    let wrong: Vec<String> = bait
        .iter()
        .filter(|text| scan(text).opt_out.is_some())
        .map(|text| format!("{text}: {:?}", reading(text)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The texts that must match the layer's rules against phishing, fraud and illegal offers.
fn blocked_examples(layer: &Layer) -> Vec<&str> {
    let is_blocked = |id: &str| {
        let rule = layer.rules.iter().find(|rule| rule.id == id);
        rule.is_some_and(|rule| matches!(rule.effect, Effect::Points { category, points } if points > 0 && category.category.is_blocked()))
    };
    let wanted = |example: &&Example| example.expect == Expect::Match && is_blocked(&example.rule);
    layer.examples.iter().filter(wanted).map(|example| example.text.as_str()).collect()
}

#[test]
fn fraud_is_offered_nothing_even_where_it_is_signed_and_carries_an_opt_out() {
    let Fraud { bait, blocked } = read("none.toml");
    let national = layer("national");
    let examples = blocked_examples(&national);
    assert!(
        bait.len() + blocked.len() >= 60 && examples.len() >= 100,
        "{} {} {}",
        bait.len(),
        blocked.len(),
        examples.len()
    );
    // The same as a promotion would be dressed.
    let dressed = examples.iter().map(|text| format!("【试验】{text}，退订回T"));
    let texts: Vec<String> =
        [bait, blocked].concat().into_iter().chain(examples.iter().map(|&text| text.into())).chain(dressed).collect();
    let offered: Vec<&String> = texts.iter().filter(|text| is_offered(text)).collect();
    println!("figure: false offers: {} of {}", offered.len(), texts.len());
    assert!(offered.is_empty(), "{offered:#?}");
}

#[test]
fn a_signed_promotion_from_a_port_is_offered_its_opt_out() {
    assert!(is_offered("【试验商城】会员日全场五折，满300减50，退订回T"));
}

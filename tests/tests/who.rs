//! Which rules know a word, and what is left of a verdict when they are turned off?

use smsfilter::{Category, Message};
use smsfilter_tests::filter;

const LURE: &str = "【ETC】您的ETC已失效，请于今日点击 http://etc-rz.example/a 重新认证，以免影响通行。";

fn message(body: &str) -> Message {
    Message { body: body.into(), ..Message::default() }
}

#[test]
fn every_rule_that_a_verdict_stands_on_knows_its_words() {
    let filter = filter(&["national"]);
    let found = filter.explain(&message(LURE));
    assert_eq!(found.verdict.category(), Category::Phishing);
    let who = filter.who(LURE);
    let blocked = found.rules.iter().filter(|rule| rule.points.is_some_and(|row| row.0.category == Category::Phishing));
    let mut count = 0;
    for rule in blocked {
        assert!(who.iter().any(|name| name.rule == rule.rule && name.publisher == rule.publisher), "{}", rule.rule);
        count += 1;
    }
    assert!(count > 0);
    assert!(filter.who("她说好").is_empty());
    // As it is searched: disguises do not hide a word.
    assert_eq!(filter.who("Ｅ Ｔ Ｃ已失效"), filter.who("ETC已失效"));
}

#[test]
fn rules_that_are_turned_off_say_nothing_and_are_named_as_off() {
    let filter = filter(&["national"]);
    let who = filter.who(LURE);
    let names: Vec<(&str, &str)> = who.iter().map(|name| (&*name.publisher, &*name.rule)).collect();
    let without = filter.without_rules(&names);
    assert_eq!(without.classify(&message(LURE)).category(), Category::Unknown);
    assert!(without.who(LURE).iter().all(|name| name.off) && who.iter().all(|name| !name.off));
    let back = without.without_rules(&[]);
    assert_eq!(back.classify(&message(LURE)), filter.classify(&message(LURE)));
}

//! What may not be published? Asked by `build --publish` before anything is signed.

use crate::{
    cmd::lint,
    corpus::{Corpus, Expanded},
    opened,
    outcome::{Failure, Result},
    source::Source,
    words,
};
use rayon::prelude::*;
use smsfilter::{
    Filter, Message, Sender,
    bundle::SigningKey,
    rule::{Effect, Layer, LayerKind, Rule},
    self_test,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

/// Fewest must-allow intents that say anything about a layer: the bar of the project's own corpus.
const INTENTS: usize = 400;
/// Messages made of each of them, or as many as it has wordings.
const EACH: usize = 20;
/// Draws of them: the rules were mended on the first.
const SEEDS: std::ops::RangeInclusive<u64> = 1..=5;

/// Most of the intents that a rule may help to call an advert: some are near to one.
const SPOILED: usize = 20;

/// Refuses what must not reach a phone, every reason told on stderr.
pub(super) fn check(source: &Source, layer: &Layer, key: &SigningKey, corpus: &Path) -> Result<()> {
    let mut reasons = Vec::new();
    if key.id().is_development() {
        reasons.push(
            "the key is a development key, whose private half is public: make one with `smsfilter key new`".into(),
        );
    }
    if layer.meta.kind == LayerKind::User {
        reasons.push("a user layer is a user's own: its actions are tried on no message".into());
    }
    let publisher = layer.meta.publisher.as_str();
    if publisher == "test" || publisher.starts_with("test.") || publisher.starts_with("test-") {
        reasons.push(format!("publisher `{publisher}` is of the test namespace: publish under a name of your own"));
    }
    for finding in lint::findings(source, layer)?.iter().filter(|finding| finding.refused) {
        let (file, range) = source.place(&finding.found.place, finding.found.quoted.as_deref());
        source.show("error", &file, range, &finding.found.message, Some(finding.lint));
        reasons.push(format!("lint {} at {}", finding.lint, finding.found.place));
    }
    let filter = opened::filter(&[opened::development(source, layer)?])?;
    reasons.extend(
        self_test::failing(&filter, layer)
            .map(|example| format!("an example of `{}` fails: see `smsfilter test`", example.rule)),
    );
    // A rule that is too broad on its day is too broad.
    let mut always = layer.clone();
    always.rules.iter_mut().for_each(|rule| (rule.from, rule.until) = (None, None));
    let mut filters = vec![filter];
    if always != *layer {
        filters.push(opened::filter(&[opened::development(source, &always)?])?);
    }
    reasons.extend(breadth(&filters, layer, corpus)?);
    if reasons.is_empty() {
        return Ok(());
    }
    reasons.iter().for_each(|reason| anstream::eprintln!("smsfilter: {reason}"));
    let (dir, count) = (source.dir.display(), reasons.len());
    Err(Failure::Refused(format!(
        "{dir}: 不可发布，原因见上（{count} 条） / not to be published, for {count} reasons above; nothing was written"
    )))
}

/// What reaches too far: whatever speaks for the category that a message which must be allowed is blocked as, and blocking
/// rules of one keyword list that hold of any such message; by any of these filters.
fn breadth(filters: &[Filter], layer: &Layer, dir: &Path) -> Result<Vec<String>> {
    let corpus = Corpus::read(dir)?;
    let must_allow: Vec<_> = corpus.intents.iter().filter(|intent| intent.topic.starts_with("must-allow/")).collect();
    if must_allow.len() < INTENTS {
        let what = "intents in its folder must-allow, to try the rules on";
        return Err(Failure::Refused(format!(
            "{}: expected at least {INTENTS} {what}, found {}",
            dir.display(),
            must_allow.len()
        )));
    }
    let alone: BTreeSet<&str> = layer
        .rules
        .iter()
        .filter(|rule| blocks(rule) && words::is_one_list(&rule.condition))
        .map(|rule| rule.id.as_str())
        .collect();
    let mut messages = Vec::new();
    for intent in must_allow {
        let each = 0..EACH.max(intent.wordings());
        let draws = SEEDS.flat_map(|seed| each.clone().map(move |count| (count, seed)));
        let drawn: BTreeSet<_> = draws.map(|(count, seed)| corpus.expand(intent, count, seed)).collect();
        messages.extend(drawn.into_iter().map(|Expanded { sender, body }| {
            let message = Message { sender: Sender::parse(&sender), body, ..Message::default() };
            (intent.name(), message)
        }));
    }
    let reaching = |(intent, message): &(String, Message)| -> Vec<(String, String, bool)> {
        let mut rules = Vec::new();
        for seen in filters.iter().map(|filter| filter.explain(message)) {
            let verdict = &seen.verdict;
            let blocking = verdict.reasons.iter().filter(|reason| reason.points > 0).map(|reason| &reason.rule);
            let blocking = blocking.filter(|_| verdict.category().is_blocked());
            let held = seen.rules.iter().filter(|held| held.publisher == layer.meta.publisher).map(|held| &held.rule);
            let broad = blocking.chain(held.filter(|rule| alone.contains(rule.as_str())));
            rules.extend(broad.map(|rule| (rule.clone(), intent.clone(), true)));
            let adverts = verdict.reasons.iter().filter(|reason| reason.points > 0 && verdict.category().is_spam());
            rules.extend(adverts.map(|reason| (reason.rule.clone(), intent.clone(), false)));
        }
        rules
    };
    // By rule, the first intent that it reaches, and all that it makes spam of.
    let mut reached: BTreeMap<String, String> = BTreeMap::new();
    let mut spoiled: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (rule, intent, grave) in messages.par_iter().map(reaching).collect::<Vec<_>>().into_iter().flatten() {
        if grave {
            reached.entry(rule).or_insert(intent);
        } else {
            spoiled.entry(rule).or_default().insert(intent);
        }
    }
    let told = reached
        .iter()
        .map(|(rule, intent)| format!("`{rule}` is too broad: it reaches {intent}, which must be allowed"));
    let told = told.chain(spoiled.iter().filter(|(rule, of)| of.len() > SPOILED && !reached.contains_key(*rule)).map(
        |(rule, of)| format!("`{rule}` is too broad: it makes spam of {} intents that must be allowed", of.len()),
    ));
    Ok(told.collect())
}

fn blocks(rule: &Rule) -> bool {
    matches!(rule.effect, Effect::Points { category, points } if category.category.is_blocked() && points > 0)
}

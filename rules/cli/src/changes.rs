//! What is different between two states of a layer?

use smsfilter::rule::{Effect, Layer, Rule, author};
use std::collections::{BTreeMap, BTreeSet};

/// A difference. Order is that of printing.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Change {
    /// What it is of: rule, list, alias, pattern, signature, domain, sender.
    pub(crate) kind: &'static str,
    pub(crate) name: String,
    /// What it was, part by part; nothing if it is new.
    pub(crate) before: BTreeMap<&'static str, String>,
    /// What it is; nothing if it is gone. Of what both have only the parts that differ stand in either.
    pub(crate) after: BTreeMap<&'static str, String>,
    /// Words of a list or forms of an alias that are gone, and that are new.
    pub(crate) words: [Vec<String>; 2],
}

impl Change {
    /// `added`, `removed` or `changed`.
    pub(crate) fn how(&self) -> &'static str {
        match (self.before.is_empty(), self.after.is_empty()) {
            (true, false) => "added",
            (false, true) => "removed",
            _ => "changed",
        }
    }
}

/// All differences, by kind and name.
pub(crate) fn between(a: &Layer, b: &Layer) -> Vec<Change> {
    let mut changes = parts("rule", &rules(a), &rules(b));
    let lists = |layer: &Layer| -> BTreeMap<String, BTreeSet<String>> {
        layer.words.lists.iter().map(|list| (list.name.clone(), list.keywords.iter().cloned().collect())).collect()
    };
    changes.extend(words("list", &lists(a), &lists(b)));
    let aliases = |layer: &Layer| -> BTreeMap<String, BTreeSet<String>> {
        layer.words.aliases.iter().map(|alias| (alias.word.clone(), alias.forms.iter().cloned().collect())).collect()
    };
    changes.extend(words("alias", &aliases(a), &aliases(b)));
    for (kind, entries) in [
        ("pattern", patterns as fn(&Layer) -> Parts),
        ("signature", signatures),
        ("domain", domains),
        ("sender", senders),
    ] {
        changes.extend(parts(kind, &entries(a), &entries(b)));
    }
    changes
}

type Parts = BTreeMap<String, BTreeMap<&'static str, String>>;

fn rules(layer: &Layer) -> Parts {
    layer.rules.iter().map(|rule| (rule.id.clone(), rule_parts(layer, rule))).collect()
}

fn rule_parts(layer: &Layer, rule: &Rule) -> BTreeMap<&'static str, String> {
    let effect = match rule.effect {
        Effect::Evidence => "evidence".to_owned(),
        Effect::Points { category, points } => format!("{points:+} {category}"),
        Effect::Act(action) => action.name().to_owned(),
    };
    let day =
        |day: Option<i32>| day.map(|day| jiff::civil::date(1970, 1, 1).saturating_add(jiff::Span::new().days(day)));
    let mut parts = BTreeMap::from([("effect", effect), ("when", author::when(layer, rule))]);
    let dates = [("from", rule.from), ("until", rule.until)];
    parts.extend(dates.into_iter().filter_map(|(name, date)| Some((name, day(date)?.to_string()))));
    parts
}

fn patterns(layer: &Layer) -> Parts {
    layer.words.patterns.iter().map(|p| (p.name.clone(), BTreeMap::from([("regex", p.regex.clone())]))).collect()
}

fn signatures(layer: &Layer) -> Parts {
    let entries = layer.registries.signatures.iter();
    entries
        .map(|e| (e.name.clone(), BTreeMap::from([("kind", e.kind.clone()), ("ports", e.ports.join(" "))])))
        .collect()
}

fn domains(layer: &Layer) -> Parts {
    layer.registries.domains.iter().map(|e| (e.host.clone(), BTreeMap::from([("kind", e.kind.clone())]))).collect()
}

fn senders(layer: &Layer) -> Parts {
    layer.registries.senders.iter().map(|e| (e.number.clone(), BTreeMap::from([("kind", e.kind.clone())]))).collect()
}

fn parts(kind: &'static str, a: &Parts, b: &Parts) -> Vec<Change> {
    let names: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
    let changes = names.into_iter().filter_map(|name| {
        let (mut before, mut after) =
            (a.get(name).cloned().unwrap_or_default(), b.get(name).cloned().unwrap_or_default());
        if before == after {
            return None;
        }
        if !before.is_empty() && !after.is_empty() {
            let same: Vec<_> =
                before.iter().filter(|(part, text)| after.get(*part) == Some(text)).map(|row| *row.0).collect();
            same.iter().for_each(|part| drop((before.remove(part), after.remove(part))));
            // A part that only one has: said of the other too, or the change would look like an addition.
            let only: Vec<_> = before.keys().chain(after.keys()).copied().collect();
            only.into_iter().for_each(|part| {
                before.entry(part).or_insert_with(|| "–".to_owned());
                after.entry(part).or_insert_with(|| "–".to_owned());
            });
        }
        Some(Change { kind, name: name.clone(), before, after, words: Default::default() })
    });
    changes.collect()
}

fn words(
    kind: &'static str,
    a: &BTreeMap<String, BTreeSet<String>>,
    b: &BTreeMap<String, BTreeSet<String>>,
) -> Vec<Change> {
    let names: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
    let none = BTreeSet::new();
    let changes = names.into_iter().filter_map(|name| {
        let (old, new) = (a.get(name).unwrap_or(&none), b.get(name).unwrap_or(&none));
        let words = [old.difference(new).cloned().collect::<Vec<_>>(), new.difference(old).cloned().collect()];
        let count = |words: Option<&BTreeSet<String>>| {
            words.map(|words| ("words", words.len().to_string())).into_iter().collect::<BTreeMap<_, _>>()
        };
        let changed = words.iter().any(|words| !words.is_empty());
        changed.then(|| Change {
            kind,
            name: name.clone(),
            before: count(a.get(name)),
            after: count(b.get(name)),
            words,
        })
    });
    changes.collect()
}

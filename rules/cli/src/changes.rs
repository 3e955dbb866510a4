//! What is different between two states of a layer?

use sha2::{Digest, Sha256};
use smsfilter::{
    Text,
    rule::{Effect, Expect, Layer, Rule, author},
};
use std::collections::{BTreeMap, BTreeSet};

/// A difference. Order is that of printing.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Change {
    /// What it is of: layer, fold, model, rule, list, alias, pattern, signature, domain, sender, preset.
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
    let mut changes = Vec::new();
    for (kind, entries) in
        [("layer", heads as fn(&Layer) -> Parts), ("fold", folds), ("model", models), ("rule", rules)]
    {
        changes.extend(parts(kind, &entries(a), &entries(b)));
    }
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
        ("preset", presets),
    ] {
        changes.extend(parts(kind, &entries(a), &entries(b)));
    }
    changes
}

type Parts = BTreeMap<String, BTreeMap<&'static str, String>>;

fn heads(layer: &Layer) -> Parts {
    let meta = &layer.meta;
    let time =
        |seconds| jiff::Timestamp::from_second(seconds).map_or_else(|_| seconds.to_string(), |time| time.to_string());
    let mut parts = BTreeMap::from([
        ("kind", format!("{:?}", meta.kind).to_lowercase()),
        ("seq", meta.seq.to_string()),
        ("issued_at", time(meta.issued_at)),
        ("not_after", time(meta.not_after)),
    ]);
    parts.extend(text("title", &meta.title));
    // Its name is a part: of layers of two publishers nothing else may differ.
    parts.insert("name", format!("{}/{}", meta.publisher, meta.layer));
    Parts::from([("layer.toml".to_owned(), parts)])
}

/// Of bytes that nobody reads, which they are.
fn digest(bytes: &[u8]) -> BTreeMap<&'static str, String> {
    let digest = Sha256::digest(bytes);
    let short = digest[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    BTreeMap::from([("sha-256", short), ("bytes", bytes.len().to_string())])
}

fn folds(layer: &Layer) -> Parts {
    layer.fold.iter().map(|bytes| ("fold.tsv".to_owned(), digest(bytes))).collect()
}

fn models(layer: &Layer) -> Parts {
    let part = |bytes| {
        let canaries = format!("{:?}", layer.canaries);
        let mut parts = digest(bytes);
        parts.insert("canaries", digest(canaries.as_bytes())["sha-256"].clone());
        ("model".to_owned(), parts)
    };
    layer.model.iter().map(|bytes| part(bytes)).collect()
}

fn presets(layer: &Layer) -> Parts {
    let presets = layer.presets.iter().map(|preset| {
        let rows = serde_json::to_string(&preset.policy).unwrap_or_default();
        let mut parts = BTreeMap::from([("overlay", preset.overlay.to_string()), ("policy", rows)]);
        parts.extend(text("title", &preset.title));
        (preset.id.clone(), parts)
    });
    presets.collect()
}

/// A text in both languages, as one part; none if it is empty.
fn text(part: &'static str, text: &Text) -> Option<(&'static str, String)> {
    (*text != Text::default()).then(|| (part, format!("{} / {}", text.zh, text.en)))
}

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
    parts.extend(text("title", &rule.title).into_iter().chain(text("tip", &rule.tip)));
    if !rule.owner.is_empty() {
        parts.insert("owner", rule.owner.clone());
    }
    for (part, expect) in [("match", Expect::Match), ("nomatch", Expect::NoMatch), ("gap", Expect::Gap)] {
        let examples = layer.examples.iter().filter(|example| example.rule == rule.id && example.expect == expect);
        let told: Vec<String> = examples.map(|example| format!("{:?} {:?}", example.text, example.sender)).collect();
        if !told.is_empty() {
            parts.insert(part, told.join(", "));
        }
    }
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
    let entries = layer.registries.senders.iter().map(|e| {
        let parts = [("kind", e.kind.clone())].into_iter().chain(text("name", &e.name));
        (e.number.clone(), parts.collect())
    });
    entries.collect()
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

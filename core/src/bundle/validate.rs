//! May a layer hold this? What is checked once here, readers of a [`Layer`] need not check again.

use super::{
    BundleError, Limits,
    envelope::{sha256, within},
    hex,
};
use crate::{
    Subcategory, Text,
    model::{MAX_CANARIES, Model, ModelError},
    rule::{self, Condition, Effect, Layer, LayerKind, Op, Registries, Rule, Words, condition::Traits},
};
use std::{collections::HashSet, fmt};

type Checked = Result<(), BundleError>;

/// Checks a whole layer: references, order, limits and what its kind may hold.
pub(super) fn layer(layer: &Layer, limits: &Limits) -> Checked {
    let check = Check(limits);
    let base = layer.meta.kind == LayerKind::Base;
    if base != layer.fold.is_some() {
        let (expected, found) = if base { ("fold tables", "none") } else { ("no fold tables", "some") };
        return invalid(format_args!("{:?} layer", layer.meta.kind), expected, found);
    }
    if layer.fold.as_ref().is_some_and(|fold| fold.is_empty()) {
        return invalid(format_args!("fold tables"), "at least one byte", "none");
    }
    check.model(layer)?;
    check.text(format_args!("title of the layer"), &layer.meta.title)?;
    check.words(&layer.words)?;
    check.rules(layer)?;
    check.registries(&layer.registries)?;
    if layer.meta.kind == LayerKind::User && layer.registries != Registries::default() {
        return invalid(format_args!("registries"), "none in a user layer", "some: put them into an addition");
    }
    check.examples(layer)?;
    check.presets(layer)
}

struct Check<'a>(&'a Limits);

impl Check<'_> {
    /// A model goes with the fold tables that it was trained with, and with messages that prove its arithmetic.
    fn model(&self, layer: &Layer) -> Checked {
        let Some(model) = &layer.model else {
            return if layer.canaries.is_empty() {
                Ok(())
            } else {
                invalid(format_args!("canaries"), "a model", "none")
            };
        };
        let model = Model::parse(model.clone()).map_err(|error| match error {
            ModelError::NeedsNewerEngine { what } => BundleError::NeedsNewerEngine { what: format!("model: {what}") },
            error => BundleError::Undecodable { section: "model", reason: error.to_string() },
        })?;
        let Some(fold) = &layer.fold else { return invalid(format_args!("model"), "one in a base layer only", "one") };
        let (trained, here) = (hex(&model.fold_digest()), hex(&sha256(fold)));
        if trained != here {
            let expected = format!("training with the fold tables of this layer, SHA-256 {here}");
            return invalid(format_args!("model"), &expected, &format!("fold tables {trained}"));
        }
        let count = layer.canaries.len();
        if !(1..=MAX_CANARIES).contains(&count) {
            return invalid(format_args!("canaries"), &format!("1 to {MAX_CANARIES}"), &count.to_string());
        }
        layer.canaries.iter().enumerate().try_for_each(|(number, canary)| {
            let at = format_args!("canary {number}");
            if Traits::from_bits(canary.traits).bits() != canary.traits {
                return invalid(at, "bits of traits", &format!("{:#x}", canary.traits));
            }
            within(|| format!("bytes of {at}"), self.0.example_bytes as u64, canary.text.len() as u64)
        })
    }

    fn words(&self, words: &Words) -> Checked {
        let limits = self.0;
        count("lists", words.lists.len(), limits.lists)?;
        count("aliases", words.aliases.len(), limits.aliases)?;
        count("patterns", words.patterns.len(), limits.patterns)?;
        count("keywords", words.lists.iter().map(|list| list.keywords.len()).sum(), limits.keywords)?;
        ascending("lists", words.lists.iter().map(|list| list.name.as_str()))?;
        ascending("aliases", words.aliases.iter().map(|alias| alias.word.as_str()))?;
        ascending("patterns", words.patterns.iter().map(|pattern| pattern.name.as_str()))?;
        for list in &words.lists {
            self.name(format_args!("list name"), &list.name)?;
            ascending(&list.name, list.keywords.iter().map(String::as_str))?;
            list.keywords.iter().try_for_each(|word| self.keyword(format_args!("list {:?}", list.name), word))?;
        }
        for alias in &words.aliases {
            let at = format_args!("alias {:?}", alias.word);
            self.keyword(at, &alias.word)?;
            within(|| format!("forms of {at}"), limits.forms as u64, alias.forms.len() as u64)?;
            alias.forms.iter().try_for_each(|form| self.keyword(at, form))?;
            different(at, &alias.forms)?;
        }
        for pattern in &words.patterns {
            self.name(format_args!("pattern name"), &pattern.name)?;
            let at = format_args!("pattern {:?}", pattern.name);
            within(|| format!("bytes of {at}"), limits.pattern_bytes as u64, pattern.regex.len() as u64)?;
            if pattern.regex.is_empty() || rule::pattern(&pattern.regex).is_err() {
                return invalid(at, "a regular expression that stays small", "none, or one that is no such thing");
            }
        }
        Ok(())
    }

    fn rules(&self, layer: &Layer) -> Checked {
        count("rules", layer.rules.len(), self.0.rules)?;
        let mut ids = HashSet::new();
        for (index, rule) in layer.rules.iter().enumerate() {
            self.name(format_args!("id of rule number {index}"), &rule.id)?;
            if !ids.insert(rule.id.as_str()) {
                return invalid(
                    format_args!("rule number {index}"),
                    "an id of its own",
                    &format!("{:?} again", rule.id),
                );
            }
            self.rule(layer, index, rule)?;
        }
        Ok(())
    }

    fn rule(&self, layer: &Layer, index: usize, rule: &Rule) -> Checked {
        let at = format_args!("rule {:?}", rule.id);
        if rule.id.split('.').count() != 2 || rule.id.starts_with('@') {
            return invalid(at, "an id `topic.name`", "another form");
        }
        self.text(at, &rule.title)?;
        self.text(at, &rule.tip)?;
        if !rule.owner.is_empty() {
            self.name(format_args!("owner of {at}"), &rule.owner)?;
        }
        if let (Some(from), Some(until)) = (rule.from, rule.until)
            && from > until
        {
            return invalid(at, "a first day not after the last", &format!("{from} to {until}"));
        }
        match rule.effect {
            Effect::Evidence => {}
            Effect::Act(_) if layer.meta.kind == LayerKind::User => {}
            Effect::Act(_) => return invalid(at, "points or evidence outside a user layer", "an action"),
            Effect::Points { .. } if layer.meta.kind == LayerKind::User => {
                return invalid(at, "an action or evidence in a user layer", "points");
            }
            Effect::Points { category, points } => {
                if Subcategory::from_index(category.category, category.index).is_none() {
                    let found = format!("{} number {}", category.category.name(), category.index);
                    return invalid(at, "a subcategory of the table", &found);
                }
                if points.unsigned_abs() > self.0.points.unsigned_abs() {
                    return invalid(at, &format!("points from -{0} to {0}", self.0.points), &points.to_string());
                }
            }
        }
        self.condition(layer, index, at, &rule.condition)
    }

    fn condition(&self, layer: &Layer, index: usize, at: fmt::Arguments, condition: &Condition) -> Checked {
        within(|| format!("operations of {at}"), self.0.operations as u64, condition.0.len() as u64)?;
        if !condition.is_well_formed() {
            let expected = format!("operations that leave one value on a stack of {}", Condition::MAX_DEPTH);
            return invalid(at, &expected, "others");
        }
        if !condition.gates_patterns() {
            return invalid(
                at,
                "every pattern beside another condition, under no negation",
                "a pattern that runs always",
            );
        }
        let below = |what: &str, id: u32, end: usize| {
            if (id as usize) < end {
                return Ok(());
            }
            invalid(at, &format!("a {what} number below {end}"), &id.to_string())
        };
        condition.0.iter().try_for_each(|op| match op {
            Op::List(id, least) => {
                below("list", *id, layer.words.lists.len())?;
                let all = layer.words.lists[*id as usize].keywords.len();
                if *least == 0 || usize::from(*least) > all {
                    return invalid(at, &format!("from 1 to {all} keywords of a list"), &least.to_string());
                }
                Ok(())
            }
            Op::Pattern(id) => below("pattern", *id, layer.words.patterns.len()),
            Op::Rule(id) => below("preceding rule", *id, index),
            Op::Signature(kind) | Op::Domain(kind) | Op::Sender(kind) => self.name(at, kind),
            Op::Trait(_) | Op::From(_) | Op::Not | Op::And | Op::Or => Ok(()),
        })
    }

    fn registries(&self, registries: &Registries) -> Checked {
        let limits = self.0;
        count("signatures", registries.signatures.len(), limits.registry)?;
        count("domains", registries.domains.len(), limits.registry)?;
        count("senders", registries.senders.len(), limits.registry)?;
        ascending("signatures", registries.signatures.iter().map(|entry| entry.name.as_str()))?;
        ascending("domains", registries.domains.iter().map(|entry| entry.host.as_str()))?;
        ascending("senders", registries.senders.iter().map(|entry| entry.number.as_str()))?;
        for entry in &registries.signatures {
            let at = format_args!("signature {:?}", entry.name);
            self.name(at, &entry.name)?;
            self.name(at, &entry.kind)?;
            within(|| format!("ports of {at}"), limits.ports as u64, entry.ports.len() as u64)?;
            different(at, &entry.ports)?;
            entry.ports.iter().try_for_each(|port| self.name(at, port))?;
        }
        for entry in &registries.domains {
            let at = format_args!("domain {:?}", entry.host);
            self.name(at, &entry.host)?;
            self.name(at, &entry.kind)?;
            if entry.host.starts_with('.')
                || !entry.host.contains('.')
                || entry.host.bytes().any(|byte| byte.is_ascii_uppercase())
            {
                return invalid(at, "a name with a dot inside, in lower case", "another form");
            }
        }
        for entry in &registries.senders {
            let at = format_args!("sender {:?}", entry.number);
            self.name(at, &entry.number)?;
            self.name(at, &entry.kind)?;
            self.text(at, &entry.name)?;
        }
        Ok(())
    }

    fn examples(&self, layer: &Layer) -> Checked {
        count("examples", layer.examples.len(), self.0.examples)?;
        let ids: HashSet<&str> = layer.rules.iter().map(|rule| rule.id.as_str()).collect();
        for (index, example) in layer.examples.iter().enumerate() {
            let at = format_args!("example number {index}");
            if !ids.contains(example.rule.as_str()) {
                return invalid(at, "a rule of this layer", &format!("{:?}", example.rule));
            }
            within(|| format!("bytes of {at}"), self.0.example_bytes as u64, example.text.len() as u64)?;
            if !example.sender.is_empty() {
                self.name(format_args!("sender of {at}"), &example.sender)?;
            }
        }
        Ok(())
    }

    fn name(&self, at: fmt::Arguments, name: &str) -> Checked {
        within(|| format!("bytes of a name at {at}"), self.0.name_bytes as u64, name.len() as u64)?;
        if name.is_empty() || name.contains(char::is_control) {
            return invalid(at, "a name without control characters", &format!("{name:?}"));
        }
        Ok(())
    }

    fn keyword(&self, at: fmt::Arguments, word: &str) -> Checked {
        // Four bytes a character bound the count before it is made.
        let chars = if word.len() > 4 * self.0.keyword_chars { word.len() } else { word.chars().count() };
        within(|| format!("characters of a keyword in {at}"), self.0.keyword_chars as u64, chars as u64)?;
        if word.is_empty() || word.contains(char::is_control) {
            return invalid(at, "keywords without control characters", &format!("{word:?}"));
        }
        Ok(())
    }

    fn presets(&self, layer: &Layer) -> Checked {
        if layer.meta.kind == LayerKind::User && !layer.presets.is_empty() {
            return invalid(format_args!("presets"), "none in a user layer", "some: put them into an addition");
        }
        count("presets", layer.presets.len(), self.0.presets)?;
        ascending("presets", layer.presets.iter().map(|preset| preset.id.as_str()))?;
        layer.presets.iter().try_for_each(|preset| {
            let at = format_args!("preset {:?}", preset.id);
            self.name(at, &preset.id)?;
            self.text(at, &preset.title)?;
            let parts = preset.policy.parts();
            let mine = parts.exceptions.iter().flat_map(|one| [&one.sender, &one.signature, &one.rule]).flatten();
            mine.chain([&parts.name]).try_for_each(|text| self.name(at, text))?;
            if preset.overlay && preset.policy.check_overlay().is_err() {
                return invalid(at, "an overlay of dated rows and digest times alone", "what holds on every day");
            }
            match parts.exceptions.iter().any(|exception| exception.over_floor) {
                true => invalid(at, "no exception over the floor: only the user may make one", "one"),
                false => Ok(()),
            }
        })
    }

    fn text(&self, at: fmt::Arguments, text: &Text) -> Checked {
        [&text.zh, &text.en].into_iter().try_for_each(|text| {
            within(|| format!("bytes of a text at {at}"), self.0.text_bytes as u64, text.len() as u64)?;
            if text.contains(char::is_control) {
                return invalid(at, "texts without control characters", "some");
            }
            Ok(())
        })
    }
}

fn count(what: &str, found: usize, limit: usize) -> Checked {
    within(|| what.into(), limit as u64, found as u64)
}

/// Canonical order: ascending by code point, nothing twice.
fn ascending<'a>(what: &str, names: impl Iterator<Item = &'a str> + Clone) -> Checked {
    match names.clone().zip(names.skip(1)).find(|(first, second)| first >= second) {
        Some((first, second)) => {
            invalid(format_args!("{what}"), "ascending order, nothing twice", &format!("{second:?} after {first:?}"))
        }
        None => Ok(()),
    }
}

/// Nothing twice, in the author's order.
fn different(at: fmt::Arguments, words: &[String]) -> Checked {
    match words.iter().enumerate().find(|(index, word)| words[..*index].contains(word)) {
        Some((_, word)) => invalid(at, "nothing twice", &format!("{word:?} again")),
        None => Ok(()),
    }
}

fn invalid(at: fmt::Arguments, expected: &str, found: &str) -> Checked {
    let (expected, found) = (expected.into(), found.into());
    Err(BundleError::InvalidContent { at: at.to_string(), expected, found })
}

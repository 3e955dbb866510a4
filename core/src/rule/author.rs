//! How does a folder of rule files become a [`Layer`]? Reads TOML, resolves names, reports every mistake with its place.

mod expr;
mod file;
mod places;

use super::{
    Alias, Domain, Effect, Example, Expect, KeywordList, KnownSender, Layer, LayerKind, Meta, Op, Pattern, Registries,
    Rule, Signature, Words, condition::Condition,
};
use crate::{
    Sender, Subcategory, Text, fold,
    policy::{self, Action, PolicyError, Preset},
};
use expr::Expr;
pub use places::{Place, Places};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// One file of a layer's folder: its name without the folder, and its text.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Such as `loan.toml`, `layer.toml`, `fold.tsv`.
    pub name: String,
    /// The whole content.
    pub text: String,
}

/// A mistake in a rule file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}:{column}: {message}")]
pub struct AuthorError {
    /// The file.
    pub file: String,
    /// 1-based line.
    pub line: usize,
    /// 1-based column, in characters.
    pub column: usize,
    /// Byte range in the file's text.
    pub range: Range<usize>,
    /// What was found, what was expected, what to do.
    pub message: String,
}

impl AuthorError {
    fn new(source: &SourceFile, range: Range<usize>, message: impl Into<String>) -> Self {
        let before = source.text.get(..range.start).unwrap_or(&source.text);
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        AuthorError {
            file: source.name.clone(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            range,
            message: message.into(),
        }
    }
}

/// Reads a layer from its files, in any order. Every mistake is reported, not only the first.
///
/// # Errors
/// All [`AuthorError`]s, in order of file and place.
pub fn read(files: &[SourceFile]) -> Result<Layer, Vec<AuthorError>> {
    let mut reader = Reader::default();
    let mut sorted: Vec<&SourceFile> = files.iter().collect();
    sorted.sort_by(|a, b| a.name.cmp(&b.name));
    for source in &sorted {
        match source.name.as_str() {
            "layer.toml" => reader.layer(source),
            "fold.tsv" => match fold::encode(&source.text) {
                Ok(table) => reader.fold = Some(table.bytes().clone()),
                Err(error) => reader.fold_mistake(source, &error),
            },
            name => match name.strip_suffix(".policy.toml") {
                Some(id) => reader.preset(source, id),
                None => reader.topic(source),
            },
        }
    }
    reader.finish(files)
}

/// What a name of a topic stands for.
#[derive(Clone, Copy, PartialEq)]
enum Symbol {
    List,
    Pattern,
    Rule,
}

struct Draft<'a> {
    source: &'a SourceFile,
    topic: &'a str,
    when: Range<usize>,
    expr: Expr,
    rule: Rule,
    examples: Vec<Example>,
}

#[derive(Default)]
struct Reader<'a> {
    meta: Option<Meta>,
    fold: Option<bytes::Bytes>,
    symbols: BTreeMap<String, Symbol>,
    lists: BTreeMap<String, BTreeSet<String>>,
    aliases: BTreeMap<String, BTreeSet<String>>,
    patterns: BTreeMap<String, String>,
    drafts: Vec<Draft<'a>>,
    registries: Registries,
    presets: Vec<Preset>,
    /// Register and name of every entry, with its file.
    entries: BTreeMap<(&'static str, String), &'a str>,
    errors: Vec<AuthorError>,
}

impl<'a> Reader<'a> {
    fn error(&mut self, source: &SourceFile, range: Range<usize>, message: impl Into<String>) {
        self.errors.push(AuthorError::new(source, range, message));
    }

    fn parse<T: serde::de::DeserializeOwned>(&mut self, source: &SourceFile) -> Option<T> {
        match toml::from_str(&source.text) {
            Ok(value) => Some(value),
            Err(error) => {
                self.error(source, error.span().unwrap_or(0..0), error.message());
                None
            }
        }
    }

    fn fold_mistake(&mut self, source: &SourceFile, error: &fold::SourceError) {
        let before = source.text.split_inclusive('\n').take(error.line.saturating_sub(1)).map(str::len).sum::<usize>();
        let line = source.text[before..].lines().next().filter(|_| error.line > 0).map_or(0, str::len);
        self.error(source, before..before + line, error.what.clone());
    }

    fn layer(&mut self, source: &SourceFile) {
        let Some(head) = self.parse::<file::LayerFile>(source) else { return };
        let mut second = |at: &toml::Spanned<toml::value::Datetime>| {
            file::seconds(at.get_ref()).unwrap_or_else(|| {
                self.error(source, at.span(), "expected a UTC time such as 2026-11-21T00:00:00Z");
                0
            })
        };
        let (issued_at, not_after) = (second(&head.issued_at), second(&head.not_after));
        self.meta = Some(Meta {
            publisher: head.publisher,
            layer: head.layer,
            kind: head.kind.into(),
            seq: head.seq,
            issued_at,
            not_after,
            title: head.title.into(),
        });
    }

    fn define(&mut self, source: &SourceFile, topic: &str, name: &toml::Spanned<String>, symbol: Symbol) -> String {
        let full = format!("{topic}.{}", name.get_ref());
        if !expr::is_name(name.get_ref()) {
            self.error(source, name.span(), format!("`{}` is no name: use a–z, 0–9 and -", name.get_ref()));
        } else if self.symbols.insert(full.clone(), symbol).is_some() {
            self.error(
                source,
                name.span(),
                format!("`{full}` is defined twice: lists, patterns and rules of a topic share one name space"),
            );
        }
        full
    }

    fn preset(&mut self, source: &SourceFile, id: &str) {
        if !expr::is_name(id) {
            self.error(source, 0..0, format!("`{id}` cannot name a preset: use a–z, 0–9 and -"));
            return;
        }
        match Preset::from_toml(id, &source.text) {
            Ok(preset) => self.presets.push(preset),
            Err(PolicyError { place, problem }) => {
                let (line, column) =
                    if let policy::Place::Line(line, column) = place { (line, column) } else { (1, 1) };
                let before = source.text.split_inclusive('\n').take(line - 1).map(str::len).sum::<usize>();
                let in_line = source.text[before..].chars().take(column - 1).map(char::len_utf8).sum::<usize>();
                self.error(source, before + in_line..before + in_line, problem.to_string());
            }
        }
    }

    fn topic(&mut self, source: &'a SourceFile) {
        let topic = source.name.strip_suffix(".toml").unwrap_or(&source.name);
        if !expr::is_name(topic) || expr::RESERVED.contains(&topic) {
            self.error(
                source,
                0..0,
                format!("`{topic}` cannot be a topic: use a–z, 0–9 and -, and none of {:?}", expr::RESERVED),
            );
            return;
        }
        let Some(file) = self.parse::<file::TopicFile>(source) else { return };
        for (name, keywords) in file.keywords {
            let full = self.define(source, topic, &name, Symbol::List);
            let list = self.lists.entry(full).or_default();
            for keyword in keywords {
                if !list.insert(keyword.get_ref().clone()) {
                    let message = format!("keyword {:?} stands twice in this list", keyword.get_ref());
                    self.errors.push(AuthorError::new(source, keyword.span(), message));
                }
            }
        }
        for (name, regex) in file.patterns {
            if let Err(error) = super::pattern(regex.get_ref()) {
                self.error(source, regex.span(), format!("not a regular expression: {error}"));
            }
            let full = self.define(source, topic, &name, Symbol::Pattern);
            self.patterns.insert(full, regex.into_inner());
        }
        for (word, forms) in file.aliases {
            let forms = forms.into_iter().map(toml::Spanned::into_inner);
            self.aliases.entry(word.into_inner()).or_default().extend(forms);
        }
        for rule in file.rule {
            self.rule(source, topic, rule);
        }
        for entry in file.signature {
            for name in entry.also.into_iter().chain([entry.name]) {
                if self.registered("signature", source, &name) {
                    let (name, kind, ports) = (name.into_inner(), entry.kind.clone(), entry.ports.clone());
                    self.registries.signatures.push(Signature { name, kind, ports });
                }
            }
        }
        for entry in file.domain {
            if self.registered("domain", source, &entry.host) {
                self.registries.domains.push(Domain { host: entry.host.into_inner(), kind: entry.kind });
            }
        }
        for entry in file.sender {
            if self.registered("sender", source, &entry.number) {
                let number = Sender::parse(entry.number.get_ref()).number().to_owned();
                self.registries.senders.push(KnownSender { number, name: entry.name.into(), kind: entry.kind });
            }
        }
    }

    /// Whether this is the first entry of that name; a second is a mistake.
    fn registered(&mut self, register: &'static str, source: &'a SourceFile, name: &toml::Spanned<String>) -> bool {
        let first = self.entries.insert((register, name.get_ref().clone()), &source.name);
        if let Some(file) = first {
            let message =
                format!("{register} `{}` is registered twice, first in {file}: keep one entry", name.get_ref());
            self.error(source, name.span(), message);
        }
        first.is_none()
    }

    fn rule(&mut self, source: &'a SourceFile, topic: &'a str, entry: file::RuleEntry) {
        let id = self.define(source, topic, &entry.id, Symbol::Rule);
        let effect = match (&entry.category, &entry.points, &entry.action) {
            (None, None, None) => Effect::Evidence,
            (None, None, Some(action)) => match Action::parse(action.get_ref()) {
                Some(action) => Effect::Act(action),
                None => {
                    let known = "expected inbox, mark, silent, digest or quarantine";
                    self.error(source, action.span(), format!("unknown action `{}`: {known}", action.get_ref()));
                    Effect::Act(Action::Inbox)
                }
            },
            (Some(name), Some(points), None) => {
                let category = Subcategory::parse(name.get_ref()).unwrap_or_else(|| {
                    let message = format!("unknown category `{}`: the table is in rules/README.md", name.get_ref());
                    self.errors.push(AuthorError::new(source, name.span(), message));
                    Subcategory::default()
                });
                let value = *points.get_ref();
                if !(-1000..=1000).contains(&value) || value == 0 {
                    self.error(source, points.span(), format!("points are −1000 to 1000 and not 0, found {value}"));
                }
                Effect::Points { category, points: value.clamp(-1000, 1000) as i16 }
            }
            _ => {
                let message = "a rule has both `category` and `points`, or `action`, or none of them (evidence)";
                self.error(source, entry.id.span(), message);
                Effect::Evidence
            }
        };
        let mut day = |date: &Option<toml::Spanned<toml::value::Datetime>>| {
            date.as_ref().and_then(|date| {
                let day = file::day(date.get_ref());
                if day.is_none() {
                    self.error(source, date.span(), "expected a date such as 2026-11-11");
                }
                day
            })
        };
        let (from, until) = (day(&entry.from), day(&entry.until));
        let when = entry.when.span();
        let expr = expr::parse(entry.when.get_ref()).unwrap_or_else(|(at, message)| {
            // Inside a plain string the offset is exact; with escapes or several lines it points at the string.
            let start = when.start + 1 + at;
            let place = if source.text.is_char_boundary(start) { start..when.end } else { when.clone() };
            self.errors.push(AuthorError::new(source, place, message));
            Expr::default()
        });
        let example = |expect| {
            let rule = id.clone();
            move |entry: toml::Spanned<file::ExampleEntry>| {
                let (text, sender) = entry.into_inner().into_parts();
                Example { rule: rule.clone(), expect, text, sender }
            }
        };
        let examples = (entry.matches.into_iter().map(example(Expect::Match)))
            .chain(entry.nomatch.into_iter().map(example(Expect::NoMatch)))
            .chain(entry.gap.into_iter().map(example(Expect::Gap)))
            .collect();
        let rule = Rule {
            id,
            title: entry.title.into(),
            effect,
            condition: Condition::default(),
            from,
            until,
            owner: entry.owner,
            tip: entry.tip.map(Text::from).unwrap_or_default(),
        };
        self.drafts.push(Draft { source, topic, when, expr, rule, examples });
    }

    fn finish(mut self, files: &[SourceFile]) -> Result<Layer, Vec<AuthorError>> {
        let nowhere = SourceFile { name: "layer.toml".into(), text: String::new() };
        if self.meta.is_none() && !files.iter().any(|file| file.name == "layer.toml") {
            self.error(&nowhere, 0..0, "missing: it says who publishes the layer; rules/README.md shows one");
        }
        let kind = self.meta.as_ref().map_or(LayerKind::Base, |meta| meta.kind);
        match (kind, &self.fold) {
            (LayerKind::Base, None) => self.error(&nowhere, 0..0, "a base layer needs fold.tsv beside layer.toml"),
            (LayerKind::Base, _) | (_, None) => {}
            _ => self.error(&nowhere, 0..0, "only a base layer has fold.tsv: remove it"),
        }
        let order = self.order();
        let place: BTreeMap<String, u32> =
            (0u32..).zip(&order).map(|(n, &d)| (self.drafts[d].rule.id.clone(), n)).collect();
        let (mut rules, mut examples) = (Vec::new(), Vec::new());
        for draft in order {
            let condition = self.emit(draft, &place);
            let draft = &mut self.drafts[draft];
            let mut rule = draft.rule.clone();
            match (kind, rule.effect) {
                (LayerKind::User, Effect::Points { .. }) => {
                    self.errors.push(AuthorError::new(
                        draft.source,
                        draft.when.clone(),
                        "a user layer's rule has `action`",
                    ));
                }
                (LayerKind::Base | LayerKind::Addition, Effect::Act(_)) => {
                    let message = "`action` belongs to user layers: give `category` and `points`";
                    self.errors.push(AuthorError::new(draft.source, draft.when.clone(), message));
                }
                _ => {}
            }
            rule.condition = condition;
            rules.push(rule);
            examples.append(&mut draft.examples);
        }
        self.registries.signatures.sort_by(|a, b| a.name.cmp(&b.name));
        self.registries.domains.sort_by(|a, b| a.host.cmp(&b.host));
        self.registries.senders.sort_by(|a, b| a.number.cmp(&b.number));
        if !self.errors.is_empty() {
            self.errors.sort_by(|a, b| (&a.file, a.range.start).cmp(&(&b.file, b.range.start)));
            return Err(self.errors);
        }
        let list =
            |(name, words): (String, BTreeSet<String>)| KeywordList { name, keywords: words.into_iter().collect() };
        Ok(Layer {
            meta: self.meta.unwrap_or_default(),
            fold: self.fold,
            // A model is trained, not written: `smsfilter build --model` adds it.
            model: None,
            canaries: Vec::new(),
            words: Words {
                lists: self.lists.into_iter().map(list).collect(),
                aliases: (self.aliases.into_iter())
                    .map(|(word, forms)| Alias { word, forms: forms.into_iter().collect() })
                    .collect(),
                patterns: self.patterns.into_iter().map(|(name, regex)| Pattern { name, regex }).collect(),
            },
            rules,
            registries: self.registries,
            examples,
            presets: self.presets,
        })
    }

    /// The drafts in evaluation order: every rule after those it names, otherwise by id.
    fn order(&mut self) -> Vec<usize> {
        let by_id: BTreeMap<String, usize> = (0..).zip(&self.drafts).map(|(n, d)| (d.rule.id.clone(), n)).collect();
        let needs: Vec<BTreeSet<usize>> = self
            .drafts
            .iter()
            .map(|d| d.expr.names().filter_map(|name| by_id.get(&expr::qualify(d.topic, name)).copied()).collect())
            .collect();
        let (mut done, mut order) = (vec![false; needs.len()], Vec::new());
        while let Some(&next) = by_id.values().find(|&&d| !done[d] && needs[d].iter().all(|&n| done[n])) {
            done[next] = true;
            order.push(next);
        }
        for &stuck in by_id.values().filter(|&&d| !done[d]) {
            let draft = &self.drafts[stuck];
            let message = format!("`{}` names itself, directly or through other rules", draft.rule.id);
            self.errors.push(AuthorError::new(draft.source, draft.when.clone(), message));
        }
        order
    }

    fn emit(&mut self, draft: usize, place: &BTreeMap<String, u32>) -> Condition {
        let draft = &self.drafts[draft];
        let index = |map: usize, name: &str| -> Option<u32> {
            let position = if map == 0 {
                self.lists.keys().position(|key| key == name)
            } else {
                self.patterns.keys().position(|key| key == name)
            };
            position.map(|at| at as u32)
        };
        let mut problems = Vec::new();
        let mut resolve = |name: &str, at_least: Option<u8>| -> Option<Op> {
            if let Some(op) = expr::fixed(name).filter(|_| at_least.is_none()) {
                return Some(op);
            }
            let full = expr::qualify(draft.topic, name);
            match self.symbols.get(&full) {
                Some(Symbol::List) => index(0, &full).map(|at| Op::List(at, at_least.unwrap_or(1))),
                found if at_least.is_some() && (found.is_some() || expr::fixed(name).is_some()) => {
                    problems.push(format!("`{name}` is no keyword list: only lists can be counted with >="));
                    None
                }
                Some(Symbol::Pattern) => index(1, &full).map(Op::Pattern),
                Some(Symbol::Rule) => place.get(&full).map(|&at| Op::Rule(at)),
                None => {
                    problems.push(format!(
                        "`{name}` is not defined: neither a list, pattern or rule `{full}` nor a name of rules/README.md"
                    ));
                    None
                }
            }
        };
        let condition = draft.expr.emit(&mut resolve);
        if problems.is_empty() && !condition.0.is_empty() {
            if !condition.is_well_formed() {
                problems.push(format!("nested deeper than {}: name parts as evidence rules", Condition::MAX_DEPTH));
            } else if !condition.gates_patterns() {
                problems.push("a pattern needs another condition beside it (`word & pattern`), not under `!`".into());
            }
        }
        let (source, when) = (draft.source, draft.when.clone());
        self.errors.extend(problems.into_iter().map(|message| AuthorError::new(source, when.clone(), message)));
        condition
    }
}

/// The condition of a rule of the layer as an author would write it, every name with its topic.
#[must_use]
pub fn when(layer: &Layer, rule: &Rule) -> String {
    let name = |op: &Op| match op {
        Op::List(at, _) => layer.words.lists.get(*at as usize).map(|list| list.name.clone()),
        Op::Pattern(at) => layer.words.patterns.get(*at as usize).map(|pattern| pattern.name.clone()),
        Op::Rule(at) => layer.rules.get(*at as usize).map(|rule| rule.id.clone()),
        _ => None,
    };
    expr::text(&rule.condition, &|op| name(op).unwrap_or_default())
}

/// Whether a pattern is tried only where a match may begin; one that is not is searched for everywhere in a message.
#[must_use]
pub fn is_quick(regex: &str) -> bool {
    crate::matcher::Pattern::new(regex).is_quick()
}

/// Whether a pattern finds a place where it matches no character, which is nearly everywhere.
#[must_use]
pub fn may_be_empty(regex: &str) -> bool {
    // The start and the end of a text, of a word, and the middle of both.
    let texts = ["", "ab 甲乙 12"];
    super::pattern(regex)
        .is_ok_and(|regex| texts.iter().any(|text| regex.find_iter(text).any(|found| found.is_empty())))
}

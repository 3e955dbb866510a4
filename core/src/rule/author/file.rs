//! The shape of rule files, as TOML gives it.

use crate::{Text, civil::to_days, rule::LayerKind};
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::{Spanned, value::Datetime};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LayerFile {
    pub(super) publisher: String,
    pub(super) layer: String,
    pub(super) kind: KindName,
    #[serde(default = "first")]
    pub(super) seq: u64,
    pub(super) issued_at: Spanned<Datetime>,
    pub(super) not_after: Spanned<Datetime>,
    pub(super) title: TextEntry,
}

fn first() -> u64 {
    1
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum KindName {
    Base,
    Addition,
    User,
}

impl From<KindName> for LayerKind {
    fn from(name: KindName) -> Self {
        match name {
            KindName::Base => LayerKind::Base,
            KindName::Addition => LayerKind::Addition,
            KindName::User => LayerKind::User,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TextEntry {
    zh: String,
    en: String,
}

impl From<TextEntry> for Text {
    fn from(entry: TextEntry) -> Self {
        Text { zh: entry.zh, en: entry.en }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TopicFile {
    #[serde(default)]
    pub(super) keywords: BTreeMap<Spanned<String>, Vec<Spanned<String>>>,
    #[serde(default)]
    pub(super) aliases: BTreeMap<Spanned<String>, Vec<Spanned<String>>>,
    #[serde(default)]
    pub(super) patterns: BTreeMap<Spanned<String>, Spanned<String>>,
    #[serde(default)]
    pub(super) rule: Vec<RuleEntry>,
    #[serde(default)]
    pub(super) signature: Vec<SignatureEntry>,
    #[serde(default)]
    pub(super) domain: Vec<DomainEntry>,
    #[serde(default)]
    pub(super) sender: Vec<SenderEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleEntry {
    pub(super) id: Spanned<String>,
    pub(super) title: TextEntry,
    pub(super) category: Option<Spanned<String>>,
    pub(super) points: Option<Spanned<i64>>,
    pub(super) action: Option<Spanned<String>>,
    pub(super) when: Spanned<String>,
    pub(super) from: Option<Spanned<Datetime>>,
    pub(super) until: Option<Spanned<Datetime>>,
    #[serde(default)]
    pub(super) owner: String,
    pub(super) tip: Option<TextEntry>,
    #[serde(default, rename = "match")]
    pub(super) matches: Vec<Spanned<ExampleEntry>>,
    #[serde(default)]
    pub(super) nomatch: Vec<Spanned<ExampleEntry>>,
    #[serde(default)]
    pub(super) gap: Vec<Spanned<ExampleEntry>>,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "expected a text or { text = \"…\", sender = \"…\" }")]
pub(super) enum ExampleEntry {
    Text(String),
    Full(FullExample),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FullExample {
    text: String,
    sender: String,
}

impl ExampleEntry {
    pub(super) fn text(&self) -> &str {
        match self {
            ExampleEntry::Text(text) | ExampleEntry::Full(FullExample { text, .. }) => text,
        }
    }

    pub(super) fn into_parts(self) -> (String, String) {
        match self {
            ExampleEntry::Text(text) => (text, String::new()),
            ExampleEntry::Full(FullExample { text, sender }) => (text, sender),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SignatureEntry {
    pub(super) name: Spanned<String>,
    #[serde(default)]
    pub(super) also: Vec<Spanned<String>>,
    pub(super) kind: String,
    #[serde(default)]
    pub(super) ports: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DomainEntry {
    pub(super) host: Spanned<String>,
    pub(super) kind: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SenderEntry {
    pub(super) number: Spanned<String>,
    pub(super) name: TextEntry,
    pub(super) kind: String,
}

/// Days since 1970 of a local date.
pub(super) fn day(value: &Datetime) -> Option<i32> {
    let date = value.date.filter(|_| value.time.is_none())?;
    i32::try_from(to_days(date.year.into(), date.month, date.day)).ok()
}

/// Seconds since 1970 of a time with its offset.
pub(super) fn seconds(value: &Datetime) -> Option<i64> {
    let (date, time, offset) = (value.date?, value.time?, value.offset?);
    let minutes = match offset {
        toml::value::Offset::Z => 0,
        toml::value::Offset::Custom { minutes } => minutes,
    };
    let day = to_days(date.year.into(), date.month, date.day);
    let second = i64::from(time.hour) * 3600 + i64::from(time.minute) * 60 + i64::from(time.second.unwrap_or(0));
    Some(day * 86_400 + second - i64::from(minutes) * 60)
}

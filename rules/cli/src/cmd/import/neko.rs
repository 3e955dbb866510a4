//! Backups of NekoSMS, versions 2 and 3: `{"version", "filters": [{"action", "sender", "body"}]}`, where `sender` and `body`
//! are `{"mode", "pattern", "case_sensitive"}` and at least one of them is there. Without `action` a filter blocks.

use super::{LeftOut, Numbered};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Backup {
    version: u32,
    filters: Vec<Value>,
}

#[derive(Deserialize)]
struct Filter {
    #[serde(default = "block")]
    action: String,
    sender: Option<Pattern>,
    body: Option<Pattern>,
}

#[derive(Deserialize)]
struct Pattern {
    mode: String,
    pattern: String,
}

fn block() -> String {
    "block".into()
}

/// The words of filters that block what has them, and what else the backup says.
pub(super) fn read(text: &str) -> Result<(Vec<Numbered>, Vec<LeftOut>), String> {
    // The parser's own words quote what it found, which may be a message.
    let backup: Backup = serde_json::from_str(text).map_err(|error| {
        format!("expected a NekoSMS backup, a version and filters; line {} column {}", error.line(), error.column())
    })?;
    if !(2..=3).contains(&backup.version) {
        return Err(format!("expected a NekoSMS backup of version 2 or 3, found {}", backup.version));
    }
    let (mut keywords, mut left_out) = (Vec::new(), Vec::new());
    for (number, filter) in (1..).zip(backup.filters) {
        let text =
            filter["body"]["pattern"].as_str().or(filter["sender"]["pattern"].as_str()).unwrap_or_default().to_owned();
        let carried = serde_json::from_value(filter)
            .map_err(|_| "无法读取 / does not read: expected a body or sender with a mode and a pattern".to_owned());
        match carried.and_then(|filter| words(&filter).map_err(str::to_owned)) {
            Ok(words) => keywords.extend(words.into_iter().map(|word| (number, word))),
            Err(why) => left_out.push(LeftOut { number, text, why, lost: true }),
        }
    }
    Ok((keywords, left_out))
}

/// Keywords that say what the filter says. Case is not told apart here: folding undoes it.
fn words(filter: &Filter) -> Result<Vec<String>, &'static str> {
    let body = match (filter.action.as_str(), &filter.sender, &filter.body) {
        ("block", None, Some(body)) => body,
        ("block", Some(_), _) => {
            return Err("按号码过滤 / goes by the sender: such rules are the user's own, in the app");
        }
        ("allow", ..) => return Err("放行规则 / lets messages through: no keyword does, a rule of the user's own can"),
        _ => return Err("无法识别的过滤器 / neither blocks nor allows by a text"),
    };
    let pattern = body.pattern.trim();
    match body.mode.as_str() {
        "contains" => Ok(vec![pattern.to_owned()]),
        "wildcard" => {
            // A text with anything before and after it is a keyword.
            let inner =
                pattern.strip_prefix('*').and_then(|rest| rest.strip_suffix('*')).map(|inner| inner.trim_matches('*'));
            let inner = inner.filter(|inner| !inner.is_empty() && !inner.contains(['*', '?']));
            inner
                .map(|inner| vec![inner.to_owned()])
                .ok_or("通配符 / a wildcard within or at an end: write its words as a condition")
        }
        "regex" => {
            let plain = !pattern.contains(['\\', '^', '$', '.', '*', '+', '?', '(', ')', '[', ']', '{', '}']);
            let words: Vec<String> = pattern.split('|').map(str::to_owned).collect();
            let plain = plain && words.iter().all(|word| !word.is_empty());
            plain.then_some(words).ok_or("正则表达式 / a regular expression: write it as a pattern beside a keyword")
        }
        _ => Err("须在开头、结尾或完全相同 / wants its text at the start or end, or nothing else: no keyword does"),
    }
}

//! The JSON and text forms of verdicts: one place for the wire format.

use serde::{Serialize, Serializer};
use serde_json::Value;
use smsfilter::{Decision, Reason, Span, Verdict, verdict::Flags};

/// One classified message on the wire. Field order is the order printed.
#[derive(Serialize)]
pub(crate) struct Classified<'a> {
    pub(crate) id: &'a Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) label: Option<&'a Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) source: Option<&'a Value>,
    category: &'static str,
    subcategory: &'static str,
    score: u16,
    points: i32,
    action: &'static str,
    row: &'a str,
    #[serde(serialize_with = "flags")]
    flags: Flags,
    #[serde(serialize_with = "reasons")]
    reasons: &'a [Reason],
}

#[derive(Serialize)]
struct WireReason<'a> {
    rule: &'a str,
    publisher: &'a str,
    points: i32,
    #[serde(serialize_with = "spans")]
    spans: &'a [Span],
}

impl<'a> Classified<'a> {
    pub(crate) fn new(id: &'a Value, verdict: &'a Verdict, decision: &'a Decision) -> Self {
        Classified {
            id,
            label: None,
            source: None,
            category: verdict.category().name(),
            subcategory: verdict.subcategory.name(),
            score: verdict.score,
            points: verdict.points,
            action: decision.action.name(),
            row: &decision.row,
            flags: verdict.flags,
            reasons: &verdict.reasons,
        }
    }
}

// Written as they stand, without a list in between: this runs for every message of a stream.

fn flags<S: Serializer>(flags: &Flags, out: S) -> Result<S::Ok, S::Error> {
    out.collect_seq(flags.names())
}

fn reasons<S: Serializer>(reasons: &&[Reason], out: S) -> Result<S::Ok, S::Error> {
    out.collect_seq(reasons.iter().map(|Reason { rule, publisher, points, spans }| WireReason {
        rule,
        publisher,
        points: *points,
        spans,
    }))
}

fn spans<S: Serializer>(spans: &&[Span], out: S) -> Result<S::Ok, S::Error> {
    out.collect_seq(spans.iter().map(|span| [span.start, span.end]))
}

/// Characters that turn the direction of what follows: a text would read otherwise than it is.
fn turns(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The body with spans in bold; control characters made visible so that a message cannot steer the terminal.
pub(crate) fn highlight(body: &str, spans: &[Span]) -> String {
    let bold = anstyle::Style::new().bold().underline();
    let mut out = String::new();
    let mut inside = false;
    for (at, character) in (0u32..).zip(body.chars()) {
        let now = spans.iter().any(|span| (span.start..span.end).contains(&at));
        if now != inside {
            out.push_str(&if now { bold.render().to_string() } else { bold.render_reset().to_string() });
            inside = now;
        }
        match character {
            '\n' => out.push('⏎'),
            c if c.is_control() || turns(c) => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    if inside {
        out.push_str(&bold.render_reset().to_string());
    }
    out
}

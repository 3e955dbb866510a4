//! The JSON and text forms of verdicts: one place for the wire format.

use serde::Serialize;
use serde_json::Value;
use smsfilter::{Decision, Reason, Span, Verdict};

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
    flags: Vec<&'static str>,
    reasons: Vec<WireReason<'a>>,
}

#[derive(Serialize)]
struct WireReason<'a> {
    rule: &'a str,
    publisher: &'a str,
    points: i32,
    spans: Vec<[u32; 2]>,
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
            flags: verdict.flags.names().collect(),
            reasons: verdict.reasons.iter().map(wire).collect(),
        }
    }
}

fn wire(reason: &Reason) -> WireReason<'_> {
    WireReason {
        rule: &reason.rule,
        publisher: &reason.publisher,
        points: reason.points,
        spans: reason.spans.iter().map(|span| [span.start, span.end]).collect(),
    }
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
            c if c.is_control() => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    if inside {
        out.push_str(&bold.render_reset().to_string());
    }
    out
}

//! What the demo prints: numbered steps, values as `name: value`, messages with their reasons highlighted.

use super::Seen;
use crate::report::highlight;
use anstyle::{AnsiColor, Style};
use smsfilter::{Action, Policy, decide, report::draft::Step};
use std::{fmt::Display, path::Path};

const HEAD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const RED: Style = AnsiColor::Red.on_default();
const GREEN: Style = AnsiColor::Green.on_default();

/// Prints the demo, step by step.
pub(super) struct Narrator {
    step: usize,
}

/// The first eight bytes of a digest, as printed.
pub(super) fn short(digest: &[u8; 32]) -> String {
    smsfilter::bundle::hex(&digest[..8])
}

impl Narrator {
    pub(super) fn new() -> Narrator {
        Narrator { step: 0 }
    }

    pub(super) fn title(&self, zh: &str, en: &str) {
        println!("{HEAD}{zh}{HEAD:#}\n{DIM}{en}{DIM:#}");
    }

    pub(super) fn step(&mut self, zh: &str, en: &str) {
        self.step += 1;
        println!("\n{HEAD}{}. {zh}{HEAD:#}  {DIM}{en}{DIM:#}", self.step);
    }

    pub(super) fn value(&self, name: &str, value: impl Display) {
        println!("   {name}: {value}");
    }

    pub(super) fn note(&self, zh: &str, en: &str) {
        println!("   {zh}\n   {DIM}{en}{DIM:#}");
    }

    pub(super) fn message(&self, seen: &Seen) {
        let verdict = &seen.verdict;
        let spans: Vec<_> = verdict.reasons.iter().flat_map(|reason| reason.spans.iter().copied()).collect();
        let color = if verdict.category().is_blocked() { RED } else { GREEN };
        println!("   {}: {}", seen.id(), highlight(seen.body(), &spans));
        let name = verdict.category().zh();
        println!("     {color}{} {}‰{color:#} {name}·{}", verdict.subcategory, verdict.score, verdict.subcategory.zh());
        let reasons = verdict.reasons.iter().map(|reason| format!("{} {:+}", reason.rule, reason.points));
        let sum = reasons.collect::<Vec<_>>().join(", ");
        if !sum.is_empty() {
            println!("     {DIM}{sum} = {:+}{DIM:#}", verdict.points);
        }
    }

    pub(super) fn preset(&self, policy: &Policy, inbox: &[Seen]) {
        let mut counts = [0usize; Action::ALL.len()];
        for seen in inbox {
            counts[decide(&seen.verdict, &seen.record.message, policy).action as usize] += 1;
        }
        let row: Vec<String> =
            Action::ALL.iter().zip(counts).map(|(action, n)| format!("{} {n}", action.name())).collect();
        println!("   {:<9} {}", policy.name(), row.join(", "));
    }

    pub(super) fn report(&self, channel: &str, step: &Step) {
        println!("   {channel} → {}", step.to.unwrap_or("分享 / share sheet"));
        println!("   {}", highlight(step.text.expose(), &[]));
        println!("   units: {}, parts: {}", step.length.units, step.length.parts);
    }

    pub(super) fn refused(&self, what: &str, why: &str) {
        println!("   {RED}拒绝 refused{RED:#} ({what}): {why}");
    }

    pub(super) fn end(&self, dir: &Path) {
        println!("\n{HEAD}完成{HEAD:#}  {DIM}done{DIM:#}");
        println!("   文件 files: {}", dir.display());
        println!("   试试 try: smsfilter verify {0}/city.smsb --trust {0}/city.key.pub", dir.display());
    }
}

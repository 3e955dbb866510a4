//! What the demo tells: numbered steps, values as `name: value`, messages with their reasons highlighted.

use super::Seen;
use crate::report::highlight;
use anstyle::{AnsiColor, Style};
use smsfilter::{Action, Policy, decide, report::draft::Step};
use std::{fmt::Display, path::Path};

const HEAD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const RED: Style = AnsiColor::Red.on_default();
const GREEN: Style = AnsiColor::Green.on_default();

/// Tells the demo step by step, and prints it at the end: whoever closes the output early leaves no files behind.
#[derive(Default)]
pub(super) struct Narrator {
    step: usize,
    told: String,
}

/// `println!` into a narrator.
macro_rules! tell {
    ($narrator:ident, $($argument:tt)*) => {{
        $narrator.told.push_str(&format!($($argument)*));
        $narrator.told.push('\n');
    }};
}

/// The first eight bytes of a digest, as printed.
pub(super) fn short(digest: &[u8; 32]) -> String {
    smsfilter::bundle::hex(&digest[..8])
}

impl Narrator {
    pub(super) fn title(&mut self, zh: &str, en: &str) {
        tell!(self, "{HEAD}{zh}{HEAD:#}\n{DIM}{en}{DIM:#}");
    }

    pub(super) fn step(&mut self, zh: &str, en: &str) {
        self.step += 1;
        tell!(self, "\n{HEAD}{}. {zh}{HEAD:#}  {DIM}{en}{DIM:#}", self.step);
    }

    pub(super) fn value(&mut self, name: &str, value: impl Display) {
        tell!(self, "   {name}: {value}");
    }

    pub(super) fn note(&mut self, zh: &str, en: &str) {
        tell!(self, "   {zh}\n   {DIM}{en}{DIM:#}");
    }

    pub(super) fn message(&mut self, seen: &Seen) {
        let verdict = &seen.verdict;
        let spans: Vec<_> = verdict.reasons.iter().flat_map(|reason| reason.spans.iter().copied()).collect();
        let color = if verdict.category().is_blocked() { RED } else { GREEN };
        tell!(self, "   {}: {}", seen.id(), highlight(seen.body(), &spans));
        let name = verdict.category().zh();
        tell!(
            self,
            "     {color}{} {}‰{color:#} {name}·{}",
            verdict.subcategory,
            verdict.score,
            verdict.subcategory.zh()
        );
        let reasons = verdict.reasons.iter().map(|reason| format!("{} {:+}", reason.rule, reason.points));
        let sum = reasons.collect::<Vec<_>>().join(", ");
        if !sum.is_empty() {
            tell!(self, "     {DIM}{sum} = {:+}{DIM:#}", verdict.points);
        }
    }

    pub(super) fn preset(&mut self, policy: &Policy, inbox: &[Seen]) {
        let mut counts = [0usize; Action::ALL.len()];
        for seen in inbox {
            counts[decide(&seen.verdict, &seen.record.message, policy).action as usize] += 1;
        }
        let row: Vec<String> =
            Action::ALL.iter().zip(counts).map(|(action, n)| format!("{} {n}", action.name())).collect();
        tell!(self, "   {:<9} {}", policy.name(), row.join(", "));
    }

    pub(super) fn report(&mut self, channel: &str, step: &Step) {
        tell!(self, "   {channel} → {}", step.to.unwrap_or("分享 / share sheet"));
        tell!(self, "   {}", highlight(step.text.expose(), &[]));
        tell!(self, "   units: {}, parts: {}", step.length.units, step.length.parts);
    }

    pub(super) fn refused(&mut self, what: &str, why: &str) {
        tell!(self, "   {RED}拒绝 refused{RED:#} ({what}): {why}");
    }

    /// `kept` is the folder whose files stay.
    pub(super) fn end(&mut self, kept: Option<&Path>) {
        tell!(self, "\n{HEAD}完成{HEAD:#}  {DIM}done{DIM:#}");
        match kept.map(Path::display) {
            None => tell!(self, "   试试 try: smsfilter demo --dir D   # 保留文件 keeps its files in D"),
            Some(dir) => {
                tell!(self, "   文件 files: {dir}");
                tell!(self, "   试试 try: smsfilter verify {dir}/city.smsb --trust {dir}/city.key.pub");
            }
        }
    }

    /// Prints what was told.
    pub(super) fn print(&self) {
        println!("{}", self.told.trim_end());
    }
}

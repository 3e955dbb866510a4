//! What must a message come back with from behind a binding? Messages as UTF-16, with what the core says of each.
//!
//! [`write`] makes the file that the differential test of the JVM reads. Numbers are big-endian, a text is its count of
//! UTF-16 units (four bytes) and the units. A record is sender, body, time (`i64`, the least for none), offset (`i16`), SIM slot
//! (`i16`, −1 for none), its operator, relation and preset (`i8`; −1 for the user's own policy), then four texts of the core:
//! what both roads say, the subcategory, the title, the reasons.

mod strange;

pub use strange::{Strange, Text};

use crate::filter;
use smsfilter::{Decision, Filter, Known, Message, Policy, Reason, Sender, Sim, Utf16, Verdict, decide};
use std::io::{self, Write};

/// Bytes of the longest message, as UTF-8.
pub const LONGEST: usize = 10_000_000;

/// A message before it crosses.
#[derive(Clone, Debug, Default)]
pub struct Crossing {
    /// The sender.
    pub sender: Text,
    /// The text.
    pub body: Text,
    /// Milliseconds since 1970 UTC; what is negative counts as none.
    pub received_at: Option<i64>,
    /// Minutes.
    pub utc_offset_min: i16,
    /// Slot and operator.
    pub sim: Option<(u8, Text)>,
    /// The relation.
    pub known: Known,
    /// Number of the preset; none for the user's own policy.
    pub preset: Option<usize>,
}

impl Crossing {
    /// What the core is to see: texts with each lone surrogate replaced, the one thing that is documented to change.
    #[must_use]
    pub fn message(&self) -> Message {
        Message {
            sender: Sender::parse(self.sender.replaced()),
            body: self.body.replaced().to_owned(),
            received_at: self.received_at.filter(|ms| *ms >= 0),
            utc_offset_min: self.utc_offset_min,
            sim: self
                .sim
                .as_ref()
                .map(|(slot, operator)| Sim { slot: *slot, operator: operator.replaced().to_owned() }),
            known: self.known,
        }
    }

    fn write(&self, filter: &Filter, out: &mut impl Write) -> io::Result<()> {
        let message = self.message();
        let policy = self.preset.and_then(|preset| Policy::preset(Policy::PRESETS[preset])).unwrap_or_default();
        let verdict = filter.classify(&message);
        let decision = decide(&verdict, &message, &policy);

        units(self.sender.units(), out)?;
        units(self.body.units(), out)?;
        out.write_all(&self.received_at.unwrap_or(i64::MIN).to_be_bytes())?;
        out.write_all(&self.utc_offset_min.to_be_bytes())?;
        let (slot, operator) = self.sim.as_ref().map_or((-1, &[][..]), |(slot, text)| (i16::from(*slot), text.units()));
        out.write_all(&slot.to_be_bytes())?;
        units(operator, out)?;
        out.write_all(&[self.known as u8, self.preset.map_or(u8::MAX, |preset| preset as u8)])?;
        let subcategory = verdict.subcategory;
        let title = match subcategory.index {
            0 => subcategory.category.zh().to_owned(),
            _ => format!("{} · {}", subcategory.category.zh(), subcategory.zh()),
        };
        let utf16 = Utf16::of(&message.body);
        let reasons = verdict.reasons.iter().map(|one| reason(one, &utf16)).collect::<String>();
        for answer in [&answer(&verdict, &decision), subcategory.name(), &title, &reasons] {
            units(&answer.encode_utf16().collect::<Vec<_>>(), out)?;
        }
        Ok(())
    }
}

fn units(units: &[u16], out: &mut impl Write) -> io::Result<()> {
    out.write_all(&(units.len() as u32).to_be_bytes())?;
    out.write_all(&units.iter().flat_map(|unit| unit.to_be_bytes()).collect::<Vec<_>>())
}

/// What both roads must say, fields between tabs.
fn answer(verdict: &Verdict, decision: &Decision) -> String {
    let Decision { action, row, quiet, keep_days, .. } = decision;
    [
        verdict.category().name(),
        &verdict.score.to_string(),
        &verdict.points.to_string(),
        &verdict.flags.names().collect::<Vec<_>>().join(" "),
        action.name(),
        row,
        &quiet.to_string(),
        &keep_days.map_or_else(String::new, |days| days.to_string()),
    ]
    .join("\t")
}

/// A line a reason; spans in UTF-16 units.
fn reason(reason: &Reason, utf16: &Utf16) -> String {
    let spans = reason.spans.iter().map(|span| utf16.span(*span)).map(|span| format!("\t{}-{}", span.start, span.end));
    format!("{}\t{}\t{}{}\n", reason.rule, reason.publisher, reason.points, spans.collect::<String>())
}

/// Writes so many messages with the core's answers by the national rules: those of `corpus` first, then made ones, the last
/// of [`LONGEST`] bytes if `with_longest`. Returns how many of each there are.
///
/// # Errors
/// If it cannot be written.
pub fn write(
    count: usize,
    corpus: impl Iterator<Item = String>,
    with_longest: bool,
    out: &mut impl Write,
) -> io::Result<(usize, usize)> {
    let filter = filter(&["national"]);
    let mut strange = Strange::new();
    let longest = usize::from(with_longest);
    let mut given = 0;
    for body in corpus.take(count.saturating_sub(longest)) {
        strange.circumstances(Text::from(body.as_str())).write(&filter, out)?;
        given += 1;
    }
    let made = count.saturating_sub(given + longest);
    for _ in 0..made {
        strange.any().write(&filter, out)?;
    }
    if with_longest {
        strange.long(LONGEST).write(&filter, out)?;
    }
    Ok((given, made + longest))
}

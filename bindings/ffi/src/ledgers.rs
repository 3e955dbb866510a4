//! What does the core make of the phone's ledgers? Rows cross, are moved by an event, and go back; nothing is kept here.
//!
//! Numbers cross as Java has them: signed. A row that no core wrote is refused.

use smsfilter::{
    Sender,
    consent::{
        self, How, Key, Promise,
        first_seen::{self, Flag, Seen},
        ledger as promise,
    },
    report::{self, BundleName, ChannelId, Masked, ledger, queue},
};
use std::time::Duration;

use crate::api::NativeFilter;
use crate::error::NativeException;
use crate::records::{NativeMessage, NativeText, parse};
use crate::slots::FILTERS;

/// A report: `smsfilter::report::ledger::Entry`.
#[derive(uniffi::Record)]
pub struct NativeReport {
    /// Which.
    pub id: i64,
    /// The message's row.
    pub message: i64,
    /// Wire name of the channel.
    pub channel: String,
    /// Wire name of the state.
    pub state: String,
    /// Steps in all.
    pub steps: i32,
    /// Steps that have gone.
    pub sent: i32,
    /// A step was handed to the system.
    pub under_way: bool,
    /// The channel asked for the next step.
    pub asked: bool,
    /// Failures so far.
    pub failures: i32,
    /// A step went in part.
    pub partly: bool,
    /// When it was drafted, milliseconds since 1970 UTC, as the next two.
    pub drafted_at: i64,
    /// When the last step went.
    pub sent_at: Option<i64>,
    /// When the channel's answer closed it.
    pub answered_at: Option<i64>,
    /// The last event.
    pub last: Option<i64>,
}

/// What was said to a sender: `smsfilter::consent::Promise`. Times are milliseconds since 1970 UTC.
#[derive(uniffi::Record)]
pub struct NativePromise {
    /// Wire name of the state.
    pub state: String,
    /// When the user first asked to stop.
    pub asked_at: Option<i64>,
    /// When the sender confirmed that.
    pub confirmed_at: Option<i64>,
    /// When the first message came that broke it.
    pub broken_first_at: Option<i64>,
    /// When the latest one came.
    pub broken_last_at: Option<i64>,
    /// The last event.
    pub last: Option<i64>,
}

/// What is remembered of a signature: `smsfilter::consent::first_seen::Seen`.
#[derive(uniffi::Record)]
pub struct NativeSeen {
    /// Kinds of number, a bit each.
    pub kinds: i64,
    /// When it last came, milliseconds since 1970 UTC.
    pub last_at: i64,
    /// The last message came from a kind of number that was new.
    pub is_new: bool,
}

/// What a message is to the ledgers.
#[derive(uniffi::Record)]
pub struct NativeAbout {
    /// The name in 【】.
    pub signature: Option<String>,
    /// The port, if the message has a promise.
    pub port: Option<String>,
    /// A refusal forbids such messages.
    pub is_commercial: bool,
    /// Wire name of the channel that such a sender answers for.
    pub answers: Option<String>,
}

/// A way to refuse further promotions.
#[derive(uniffi::Record)]
pub struct NativeOffer {
    /// The number that a reply goes to; without one there is only a link.
    pub to: Option<String>,
    /// The word to send, or the link to show.
    pub say: String,
    /// The same as a sentence.
    pub text: NativeText,
}

/// Parts that were handed to the system.
#[derive(uniffi::Record)]
pub struct NativeHanded {
    /// When, in milliseconds since the phone started.
    pub at: i64,
    /// How many.
    pub parts: i32,
}

#[uniffi::export]
impl NativeFilter {
    /// What a message is to the ledgers.
    pub fn about(&self, message: NativeMessage) -> Result<NativeAbout, NativeException> {
        let message = parse(message)?;
        let opened = FILTERS.get(self.key)?;
        let extracts = opened.rules()?.extracts(&message);
        let key = Key::of(&message, &extracts);
        Ok(NativeAbout {
            signature: promise::certain_signature(&extracts).map(str::to_owned),
            port: key.map(|key| key.port),
            is_commercial: promise::is_commercial(&opened.rules()?.classify(&message)),
            answers: ChannelId::answering(message.sender.number()).map(|channel| channel.name().to_owned()),
        })
    }

    /// How a message can be refused, if that is safe to offer.
    pub fn offer(&self, message: NativeMessage) -> Result<Option<NativeOffer>, NativeException> {
        let message = parse(message)?;
        let opened = FILTERS.get(self.key)?;
        let filter = opened.rules()?;
        let offer = consent::offer(&filter.classify(&message), &message, &filter.extracts(&message));
        Ok(offer.map(|offer| {
            let (to, say) = match offer.how {
                How::Reply { to, say } => (Some(to), say),
                How::Link { address } => (None, address),
            };
            NativeOffer { to, say, text: offer.text.into() }
        }))
    }

    /// What can be pasted into a bug report.
    pub fn receipt(&self, message: NativeMessage) -> Result<String, NativeException> {
        let message = parse(message)?;
        let opened = FILTERS.get(self.key)?;
        let filter = opened.rules()?;
        let bundles: Vec<BundleName<'_>> = filter.image().layers().iter().map(Into::into).collect();
        Ok(report::receipt(&bundles, &filter.classify(&message)))
    }
}

/// What follows for a report from an event with this number, by its wire name, at a time.
#[uniffi::export]
pub fn report_on(report: NativeReport, what: String, event: i64, at: i64) -> Result<NativeReport, NativeException> {
    let what = ledger::What::parse(&what).ok_or_else(strange)?;
    Ok(entry(report)?.on(ledger::Event { id: event as u64, what }, at)?.into())
}

/// Which step of a report may go now.
#[uniffi::export]
pub fn report_due(report: NativeReport) -> Result<i32, NativeException> {
    Ok(entry(report)?.due()?.into())
}

/// Wire name of the event that a message from its channel, which came at a time, is to a report.
#[uniffi::export]
pub fn report_reply(report: NativeReport, at: i64) -> Result<Option<String>, NativeException> {
    Ok(entry(report)?.reply(at).map(|what| what.name().to_owned()))
}

/// In how many milliseconds so many parts may go; `now` in milliseconds since the phone started.
#[uniffi::export]
pub fn queue_wait(now: i64, handed: Vec<NativeHanded>, parts: i32) -> i64 {
    let time = |at: i64| Duration::from_millis(at.max(0) as u64);
    let count = |parts: i32| parts.max(1) as usize;
    let handed: Vec<_> = handed.iter().map(|handed| (time(handed.at), count(handed.parts))).collect();
    match queue::next(time(now), &handed, &[count(parts)]) {
        Some(queue::Turn::Wait(wait)) => wait.as_millis() as i64,
        Some(queue::Turn::SendNow) | None => 0,
    }
}

/// What follows for a promise, if there is one yet, from an event with this number, by its wire name, at a time.
#[uniffi::export]
pub fn promise_on(
    before: Option<NativePromise>,
    what: String,
    event: i64,
    at: i64,
) -> Result<NativePromise, NativeException> {
    let what = promise::What::parse(&what).ok_or_else(strange)?;
    let before = before.map(stored).transpose()?.unwrap_or_default();
    Ok(before.on(promise::Event { id: event as u64, what }, at)?.into())
}

/// What is to be remembered of a signature that came from a sender at a time.
#[uniffi::export]
pub fn observe(before: Option<NativeSeen>, sender: String, at: i64) -> NativeSeen {
    let before = before.map(|seen| Seen { kinds: seen.kinds as u32, last_at: seen.last_at });
    let (seen, flag) = first_seen::observe(before, &Sender::parse(&sender), at);
    NativeSeen { kinds: seen.kinds.into(), last_at: seen.last_at, is_new: flag.is_some() }
}

/// The hint at a message whose sender is of a kind that is new for its signature.
#[uniffi::export]
pub fn new_kind(sender: String) -> NativeText {
    Flag::of(&Sender::parse(&sender)).text().clone().into()
}

/// How many signatures are remembered.
#[uniffi::export]
pub fn most_signatures() -> i32 {
    first_seen::MOST_SIGNATURES as i32
}

/// A text without personal details. `own`: the user's own numbers.
#[uniffi::export]
pub fn redact(text: String, own: Vec<String>) -> String {
    let own: Vec<&str> = own.iter().map(String::as_str).collect();
    Masked::of(&text, &own).as_str().to_owned()
}

/// The channel with a wire name.
pub(crate) fn channel(name: &str) -> Result<ChannelId, NativeException> {
    ChannelId::parse(name).ok_or_else(|| {
        NativeException::refused(
            "report.channel",
            format!("没有名为“{name}”的举报渠道"),
            format!("there is no channel named \"{name}\"; take one that is offered"),
        )
    })
}

fn strange() -> NativeException {
    NativeException::refused(
        "ledger.row",
        "账本中的记录无法识别，可能由更新的版本写入；请升级应用",
        "expected a row as this version writes it, found another; update the application",
    )
}

fn entry(row: NativeReport) -> Result<ledger::Entry, NativeException> {
    let small = |n: i32| u8::try_from(n).map_err(|_| strange());
    Ok(ledger::Entry {
        id: row.id as u64,
        message: row.message,
        channel: channel(&row.channel)?,
        state: ledger::State::parse(&row.state).ok_or_else(strange)?,
        steps: small(row.steps)?,
        sent: small(row.sent)?,
        under_way: row.under_way,
        asked: row.asked,
        failures: small(row.failures)?,
        partly: row.partly,
        drafted_at: row.drafted_at,
        sent_at: row.sent_at,
        answered_at: row.answered_at,
        last: row.last.map(|last| last as u64),
    })
}

impl From<ledger::Entry> for NativeReport {
    fn from(entry: ledger::Entry) -> NativeReport {
        NativeReport {
            id: entry.id as i64,
            message: entry.message,
            channel: entry.channel.name().to_owned(),
            state: entry.state.name().to_owned(),
            steps: entry.steps.into(),
            sent: entry.sent.into(),
            under_way: entry.under_way,
            asked: entry.asked,
            failures: entry.failures.into(),
            partly: entry.partly,
            drafted_at: entry.drafted_at,
            sent_at: entry.sent_at,
            answered_at: entry.answered_at,
            last: entry.last.map(|last| last as i64),
        }
    }
}

pub(crate) fn stored(row: NativePromise) -> Result<Promise, NativeException> {
    Ok(Promise {
        state: promise::State::parse(&row.state).ok_or_else(strange)?,
        asked_at: row.asked_at,
        confirmed_at: row.confirmed_at,
        broken_at: row.broken_first_at.map(|first| (first, row.broken_last_at.unwrap_or(first))),
        last: row.last.map(|last| last as u64),
    })
}

impl From<Promise> for NativePromise {
    fn from(promise: Promise) -> NativePromise {
        NativePromise {
            state: promise.state.name().to_owned(),
            asked_at: promise.asked_at,
            confirmed_at: promise.confirmed_at,
            broken_first_at: promise.broken_at.map(|broken| broken.0),
            broken_last_at: promise.broken_at.map(|broken| broken.1),
            last: promise.last.map(|last| last as i64),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row() -> NativeReport {
        ledger::Entry::drafted(7, 9, ChannelId::Gsma7726, 2, 5).into()
    }

    fn refusal<T>(result: Result<T, NativeException>) -> String {
        match result {
            Ok(_) => String::new(),
            Err(NativeException::Refused { code, .. }) => code,
        }
    }

    #[test]
    fn rows_that_no_core_wrote_are_refused() {
        let strange = [
            NativeReport { state: "shredded".into(), ..row() },
            NativeReport { steps: 256, ..row() },
            NativeReport { sent: -1, ..row() },
            NativeReport { failures: i32::MAX, ..row() },
        ];
        for row in strange {
            assert_eq!(refusal(report_due(row)), "ledger.row");
        }
        assert_eq!(refusal(report_due(NativeReport { channel: "pigeon".into(), ..row() })), "report.channel");
        assert_eq!(refusal(report_on(row(), "eaten".into(), 1, 0)), "ledger.row");
        assert_eq!(refusal(promise_on(None, "bribed".into(), 1, 0)), "ledger.row");
        let strange = NativePromise { state: "lost".into(), ..Promise::default().into() };
        assert_eq!(refusal(promise_on(Some(strange), "revoked".into(), 1, 0)), "ledger.row");
    }

    #[test]
    fn numbers_at_their_ends_are_moved_without_a_panic() {
        let full = |state: &str| NativeReport {
            state: state.into(),
            steps: 255,
            sent: 255,
            under_way: true,
            failures: 255,
            sent_at: Some(i64::MIN),
            last: Some(i64::MAX),
            ..row()
        };
        for state in ["drafted", "previewed", "sent", "failed", "undone", "answered"] {
            for what in ["previewed", "handed", "sent", "failed", "partly", "undone", "asked", "answered"] {
                let _ = report_on(full(state), what.into(), i64::MIN, i64::MAX);
            }
            let _ = (report_due(full(state)), report_reply(full(state), i64::MAX));
        }
        assert_eq!(queue_wait(-1, vec![NativeHanded { at: i64::MAX, parts: -1 }], i32::MIN), 0);
        let seen = observe(Some(NativeSeen { kinds: -1, last_at: i64::MAX, is_new: false }), String::new(), i64::MIN);
        assert_eq!((seen.kinds, seen.last_at, seen.is_new), (u32::MAX.into(), i64::MAX, false));
    }
}

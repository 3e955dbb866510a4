//! In which shapes do the core's values cross to Kotlin?
//!
//! Everything that has a name crosses as its wire name (`phishing`, `quarantine`, `contact`); positions cross as UTF-16
//! units, as Kotlin counts.

use smsfilter::{
    Action, Decision, Known, Message, Sender, Sim, Utf16, report, rule::OwnRule, store::LayerEntry, verdict,
};

use crate::error::NativeException;

/// One received message.
#[derive(uniffi::Record)]
pub struct NativeMessage {
    /// The sender as the network gave it; empty if there is none.
    pub sender: String,
    /// The whole text.
    pub body: String,
    /// Milliseconds since 1970 UTC.
    pub received_at: Option<i64>,
    /// The receiver's offset from UTC in minutes.
    pub utc_offset_min: i16,
    /// Slot of the SIM that received it.
    pub sim_slot: Option<u8>,
    /// Its operator, MCC and MNC; empty if unknown.
    pub sim_operator: String,
    /// `contact`, `replied` or `none`.
    pub known: String,
}

/// What a message is.
#[derive(uniffi::Record)]
pub struct NativeVerdict {
    /// Wire name of the category.
    pub category: String,
    /// Wire name of the subcategory, without the category.
    pub subcategory: String,
    /// Probability of the category, 0–1000.
    pub score: u16,
    /// The points behind it.
    pub points: i32,
    /// Wire names of the flags that are set.
    pub flags: Vec<String>,
}

/// One piece of evidence.
#[derive(uniffi::Record)]
pub struct NativeReason {
    /// The rule's id, or `@bias`, or `@model`.
    pub rule: String,
    /// Who published it.
    pub publisher: String,
    /// What it added.
    pub points: i32,
    /// Where in the body.
    pub spans: Vec<NativeSpan>,
}

/// A half-open range of UTF-16 units of the body.
#[derive(uniffi::Record)]
pub struct NativeSpan {
    /// First unit.
    pub start: u32,
    /// One past the last unit.
    pub end: u32,
}

/// What happens to a message.
#[derive(uniffi::Record)]
pub struct NativeDecision {
    /// Wire name of the action.
    pub action: String,
    /// Which row of the policy decided.
    pub row: String,
    /// It comes during quiet hours: no sound.
    pub quiet: bool,
    /// Days after which it is deleted from where it was moved to.
    pub keep_days: Option<u16>,
}

/// A verdict and what a policy makes of it.
#[derive(uniffi::Record)]
pub struct NativeJudgement {
    /// What the message is.
    pub verdict: NativeVerdict,
    /// What happens to it.
    pub decision: NativeDecision,
}

impl From<(verdict::Verdict, Decision)> for NativeJudgement {
    fn from((verdict, decision): (verdict::Verdict, Decision)) -> NativeJudgement {
        NativeJudgement {
            verdict: verdict_record(&verdict),
            decision: NativeDecision {
                action: decision.action.name().to_owned(),
                row: decision.row,
                quiet: decision.quiet,
                keep_days: decision.keep_days,
            },
        }
    }
}

/// Whose signatures count.
#[derive(uniffi::Enum)]
pub enum NativeTrust {
    /// The development root, whose private keys are public: for tests and demonstrations.
    Development,
    /// So many of these Ed25519 public keys, 32 bytes each.
    Root {
        /// The keys.
        keys: Vec<Vec<u8>>,
        /// How many must have signed.
        threshold: u8,
    },
}

/// A report ready to be shown and sent by the user.
#[derive(uniffi::Record)]
pub struct NativeDraft {
    /// Wire name of the channel.
    pub channel_id: String,
    /// Name of the channel, in Chinese and English.
    pub channel: NativeText,
    /// What to send, in order.
    pub steps: Vec<NativeStep>,
    /// The SIM to send from.
    pub sim_slot: Option<u8>,
    /// What Android will ask when it is sent, in Chinese and English.
    pub confirmation: Option<NativeText>,
    /// That the sender went on after a refusal.
    pub evidence: Option<NativeText>,
}

/// One thing to send.
#[derive(uniffi::Record)]
pub struct NativeStep {
    /// The number; without one the share sheet.
    pub to: Option<String>,
    /// The unmodified text that authorities ask for.
    pub text: String,
    /// How many SMS it will be, as an estimate.
    pub parts: u32,
    /// When to send it, if not at once.
    pub condition: Option<NativeText>,
}

/// An installed layer.
#[derive(uniffi::Record)]
pub struct NativeLayer {
    /// Publisher id.
    pub publisher: String,
    /// Layer id.
    pub layer: String,
    /// Its sequence number.
    pub seq: u64,
    /// When it was issued, seconds since 1970 UTC.
    pub issued_at: i64,
    /// Until when its publisher vouches for it, seconds since 1970 UTC.
    pub not_after: i64,
    /// Ids of the keys that signed.
    pub signers: Vec<String>,
    /// Its name.
    pub title: NativeText,
}

/// A rule of the user's own.
#[derive(uniffi::Record)]
pub struct NativeOwnRule {
    /// Names it.
    pub id: String,
    /// Words that must all occur.
    pub words: Vec<String>,
    /// Wire name of the action.
    pub action: String,
}

impl From<OwnRule> for NativeOwnRule {
    fn from(rule: OwnRule) -> NativeOwnRule {
        NativeOwnRule { id: rule.id, words: rule.words, action: rule.action.name().to_owned() }
    }
}

pub(crate) fn own_rule(rule: NativeOwnRule) -> Result<OwnRule, NativeException> {
    let action = Action::parse(&rule.action).ok_or_else(|| {
        NativeException::refused(
            "own-rule.action",
            "动作无法识别",
            "expected the wire name of an action, found another word",
        )
    })?;
    Ok(OwnRule { id: rule.id, words: rule.words, action })
}

/// A published rule, by name.
#[derive(uniffi::Record)]
pub struct NativeRule {
    /// Publisher id.
    pub publisher: String,
    /// The rule's id.
    pub rule: String,
    /// Its title.
    pub title: NativeText,
    /// The user turned it off.
    pub off: bool,
}

impl From<smsfilter::filter::RuleName> for NativeRule {
    fn from(name: smsfilter::filter::RuleName) -> NativeRule {
        NativeRule { publisher: name.publisher, rule: name.rule, title: name.title.into(), off: name.off }
    }
}

/// Something that is not as it should be.
#[derive(uniffi::Record)]
pub struct NativeHealth {
    /// Stable, for programs.
    pub code: String,
    /// What the user reads.
    pub text: NativeText,
}

/// A text in both languages.
#[derive(uniffi::Record)]
pub struct NativeText {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

pub(crate) fn layer_record(entry: &LayerEntry) -> NativeLayer {
    NativeLayer {
        publisher: entry.publisher.clone(),
        layer: entry.layer.clone(),
        seq: entry.seq,
        issued_at: entry.issued_at,
        not_after: entry.not_after,
        signers: entry.signers.iter().map(ToString::to_string).collect(),
        title: entry.title.clone().into(),
    }
}

impl From<smsfilter::Text> for NativeText {
    fn from(text: smsfilter::Text) -> NativeText {
        NativeText { zh: text.zh, en: text.en }
    }
}

pub(crate) fn parse(message: NativeMessage) -> Result<Message, NativeException> {
    let known = match message.known.as_str() {
        "contact" => Known::Contact,
        "replied" => Known::Replied,
        "none" => Known::None,
        other => {
            return Err(NativeException::refused(
                "message.known",
                format!("与发件人的关系“{other}”无法识别，可用 contact、replied、none"),
                format!("the relation \"{other}\" is not known; use contact, replied or none"),
            ));
        }
    };
    Ok(Message {
        sender: Sender::parse(&message.sender),
        body: message.body,
        received_at: message.received_at.filter(|ms| *ms >= 0), // no message is older; the receive path says -1 for none
        utc_offset_min: message.utc_offset_min,
        sim: message.sim_slot.map(|slot| Sim { slot, operator: message.sim_operator }),
        known,
    })
}

pub(crate) fn verdict_record(verdict: &verdict::Verdict) -> NativeVerdict {
    NativeVerdict {
        category: verdict.category().name().to_owned(),
        subcategory: verdict.subcategory.name().to_owned(),
        score: verdict.score,
        points: verdict.points,
        flags: verdict.flags.names().map(str::to_owned).collect(),
    }
}

pub(crate) fn reason_record(reason: &verdict::Reason, utf16: &Utf16) -> NativeReason {
    let spans = reason.spans.iter().map(|span| utf16.span(*span));
    NativeReason {
        rule: reason.rule.clone(),
        publisher: reason.publisher.clone(),
        points: reason.points,
        spans: spans.map(|span| NativeSpan { start: span.start, end: span.end }).collect(),
    }
}

pub(crate) fn step_record(step: report::draft::Step) -> NativeStep {
    NativeStep {
        to: step.to.map(str::to_owned),
        text: step.text.expose().to_owned(),
        parts: step.length.parts as u32,
        condition: step.when.map(NativeText::from),
    }
}

//! What may Kotlin ask? The whole surface, through UniFFI; `org.smsfilter.SmsFilter` hides it from applications.
//!
//! Everything that has a name crosses as its wire name (`phishing`, `quarantine`, `contact`); positions cross as UTF-16
//! units, as Kotlin counts. A panic arrives as UniFFI's internal error.

use smsfilter::{
    Filter, Known, Message, Policy, Sender, Sim, Text, Utf16,
    bundle::{self, Bundle, Limits, PublicKey, TrustRoot},
    image::{self, Image},
    report, verdict,
};

use crate::error::NativeException;
use crate::slots::FILTERS;

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
}

/// A verdict and what a policy makes of it.
#[derive(uniffi::Record)]
pub struct NativeJudgement {
    /// What the message is.
    pub verdict: NativeVerdict,
    /// What happens to it.
    pub decision: NativeDecision,
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
    /// Name of the channel, in Chinese and English.
    pub channel: NativeText,
    /// What to send, in order.
    pub steps: Vec<NativeStep>,
    /// The SIM to send from.
    pub sim_slot: Option<u8>,
    /// What Android will ask when it is sent, in Chinese and English.
    pub confirmation: Option<NativeText>,
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

/// A text in both languages.
#[derive(uniffi::Record)]
pub struct NativeText {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// A view of the filter under one key. Freeing the view frees nothing else: `release` closes the key.
#[derive(uniffi::Object)]
pub struct NativeFilter {
    key: u64,
}

#[uniffi::export]
impl NativeFilter {
    /// Verifies bundles and compiles them into one filter.
    #[uniffi::constructor]
    pub fn open(bundles: Vec<Vec<u8>>, trust: NativeTrust) -> Result<NativeFilter, NativeException> {
        Ok(NativeFilter { key: FILTERS.open(compile(&bundles, &trust)?) })
    }

    /// Opens an image that this engine build made.
    #[uniffi::constructor]
    pub fn open_image(image: Vec<u8>) -> Result<NativeFilter, NativeException> {
        Ok(NativeFilter { key: FILTERS.open(read_image(image)?) })
    }

    /// Another view of a filter that is open.
    #[uniffi::constructor]
    pub fn attach(key: u64) -> Result<NativeFilter, NativeException> {
        FILTERS.get(key)?;
        Ok(NativeFilter { key })
    }

    /// The key for the receive path.
    pub fn key(&self) -> u64 {
        self.key
    }

    /// Verifies and compiles bundles and puts them in the place of the present ones. If it fails, those stay.
    pub fn install(&self, bundles: Vec<Vec<u8>>, trust: NativeTrust) -> Result<(), NativeException> {
        let present = FILTERS.get(self.key)?;
        let next = compile(&bundles, &trust)?;
        not_older(&next, &present)?;
        Ok(FILTERS.swap(self.key, next)?)
    }

    /// Closes the key on both roads.
    pub fn release(&self) -> Result<(), NativeException> {
        Ok(FILTERS.close(self.key)?)
    }

    /// What a message is.
    pub fn classify(&self, message: NativeMessage) -> Result<NativeVerdict, NativeException> {
        let message = parse(message)?;
        Ok(verdict_record(&FILTERS.get(self.key)?.classify(&message)))
    }

    /// Why it is that: the evidence, the bias and the model included, adding up to the verdict's points.
    pub fn explain(&self, message: NativeMessage) -> Result<Vec<NativeReason>, NativeException> {
        let message = parse(message)?;
        let verdict = FILTERS.get(self.key)?.classify(&message);
        let utf16 = Utf16::of(&message.body);
        Ok(verdict.reasons.iter().map(|reason| reason_record(reason, &utf16)).collect())
    }

    /// What a message is and what the policy with this name makes of it.
    pub fn decide(&self, message: NativeMessage, policy: String) -> Result<NativeJudgement, NativeException> {
        let message = parse(message)?;
        let policy = Policy::preset(&policy).ok_or_else(|| {
            NativeException::refused(
                "policy.unknown",
                format!("没有名为“{policy}”的接收策略，可用 off、mark、standard、strict"),
                format!("there is no policy named \"{policy}\"; use off, mark, standard or strict"),
            )
        })?;
        let (verdict, decision) = FILTERS.get(self.key)?.decide(&message, &policy);
        Ok(NativeJudgement {
            verdict: verdict_record(&verdict),
            decision: NativeDecision { action: decision.action.name().to_owned(), row: decision.row },
        })
    }

    /// Drafts a report to the proposed authority. `override_code`: the user confirmed a second time that this one-time code is
    /// to be reported.
    pub fn draft_report(&self, message: NativeMessage, override_code: bool) -> Result<NativeDraft, NativeException> {
        let message = parse(message)?;
        let verdict = FILTERS.get(self.key)?.classify(&message);
        let request = report::ReportRequest { message: &message, verdict: &verdict, channel: None, override_code };
        let draft = report::draft(request)?;
        Ok(NativeDraft {
            channel: NativeText { zh: draft.channel.name.0.to_owned(), en: draft.channel.name.1.to_owned() },
            confirmation: draft.confirmation().map(text_record),
            steps: draft.steps.into_iter().map(step_record).collect(),
            sim_slot: draft.sim_slot,
        })
    }
}

fn compile(bundles: &[Vec<u8>], trust: &NativeTrust) -> Result<Filter, NativeException> {
    let root = match trust {
        NativeTrust::Development => TrustRoot::development(),
        NativeTrust::Root { keys, threshold } => {
            let key = |bytes: &Vec<u8>| PublicKey::from_bytes(bytes.as_slice().try_into().unwrap_or_default());
            let keys = keys.iter().map(key).collect::<Result<Vec<_>, _>>()?;
            TrustRoot::new("application", &keys, usize::from(*threshold))?
        }
    };
    let limits = Limits::default();
    let open = |bytes: &Vec<u8>| bundle::open(bytes, &root, &limits);
    let opened = bundles.iter().map(open).collect::<Result<Vec<Bundle>, _>>()?;
    let inputs: Vec<image::Input<'_>> = opened.iter().map(Into::into).collect();
    read_image(image::compile(&inputs)?)
}

/// Refuses a layer older than the one in use. What was in use before the process started only a store knows.
fn not_older(next: &Filter, present: &Filter) -> Result<(), NativeException> {
    let meta = |filter: &Filter| filter.image().layers().iter().map(|layer| layer.meta.clone()).collect::<Vec<_>>();
    for new in meta(next) {
        let same = |old: &&smsfilter::rule::Meta| (&old.publisher, &old.layer) == (&new.publisher, &new.layer);
        if let Some(old) = meta(present).iter().find(same).filter(|old| old.seq > new.seq) {
            return Err(NativeException::refused(
                "bundle.rollback",
                "规则包比正在使用的旧，现有规则不变",
                format!("expected seq {} or higher, found {}; fetch the newest bundle", old.seq, new.seq),
            ));
        }
    }
    Ok(())
}

fn read_image(image: Vec<u8>) -> Result<Filter, NativeException> {
    Ok(Image::open(image.into()).and_then(Filter::new)?)
}

fn parse(message: NativeMessage) -> Result<Message, NativeException> {
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

fn verdict_record(verdict: &verdict::Verdict) -> NativeVerdict {
    NativeVerdict {
        category: verdict.category().name().to_owned(),
        subcategory: verdict.subcategory.name().to_owned(),
        score: verdict.score,
        points: verdict.points,
        flags: verdict.flags.names().map(str::to_owned).collect(),
    }
}

fn reason_record(reason: &verdict::Reason, utf16: &Utf16) -> NativeReason {
    let spans = reason.spans.iter().map(|span| utf16.span(*span));
    NativeReason {
        rule: reason.rule.clone(),
        publisher: reason.publisher.clone(),
        points: reason.points,
        spans: spans.map(|span| NativeSpan { start: span.start, end: span.end }).collect(),
    }
}

fn step_record(step: report::draft::Step) -> NativeStep {
    NativeStep {
        to: step.to.map(str::to_owned),
        text: step.text.expose().to_owned(),
        parts: step.length.parts as u32,
        condition: step.when.map(text_record),
    }
}

fn text_record(text: Text) -> NativeText {
    NativeText { zh: text.zh, en: text.en }
}

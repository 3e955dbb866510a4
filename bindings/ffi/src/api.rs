//! What may Kotlin ask? The whole surface, through UniFFI; `org.smsfilter.SmsFilter` hides it from applications.
//!
//! A panic arrives as UniFFI's internal error.

use smsfilter::{
    Filter, Policy, Utf16,
    bundle::{self, Bundle, Limits, PublicKey, TrustRoot},
    image::{self, Image},
    report,
    store::Rules,
};

use crate::error::NativeException;
use crate::ledgers::{self, NativePromise};
use crate::opened::{self, Opened};
use crate::records::{
    NativeDraft, NativeHealth, NativeJudgement, NativeLayer, NativeMessage, NativeOwnRule, NativeReason, NativeRule,
    NativeText, NativeTrust, NativeVerdict, layer_record, own_rule, parse, reason_record, step_record, verdict_record,
};
use crate::slots::FILTERS;

/// A view of the filter under one key. Freeing the view frees nothing else: `release` closes the key.
#[derive(uniffi::Object)]
pub struct NativeFilter {
    pub(crate) key: u64,
}

#[uniffi::export]
impl NativeFilter {
    /// Verifies bundles and compiles them into one filter.
    #[uniffi::constructor]
    pub fn open(bundles: Vec<Vec<u8>>, trust: NativeTrust) -> Result<NativeFilter, NativeException> {
        Ok(NativeFilter { key: FILTERS.open(Opened::filter(compile(&bundles, &trust)?)) })
    }

    /// Opens an image that this engine build made.
    #[uniffi::constructor]
    pub fn open_image(image: Vec<u8>) -> Result<NativeFilter, NativeException> {
        Ok(NativeFilter { key: FILTERS.open(Opened::image(image)?) })
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
        not_older(&next, present.rules()?)?;
        Ok(FILTERS.swap(self.key, Opened::filter(next))?)
    }

    /// Verifies a bundle, compiles it beside what is installed, tests it, stores it and uses it from now on. `own` is the
    /// bundle that the app brings. If it fails, everything stays.
    pub fn install_stored(
        &self,
        bundle: Vec<u8>,
        own: Vec<u8>,
        trust: NativeTrust,
    ) -> Result<NativeLayer, NativeException> {
        let root = root(&trust)?;
        opened::change(self.key, own, |rules| rules.install(&bundle, &root)).map(|done| layer_record(&done.entry))
    }

    /// Removes an installed layer.
    pub fn remove(&self, publisher: String, layer: String, own: Vec<u8>) -> Result<(), NativeException> {
        opened::change(self.key, own, |rules| rules.remove(&publisher, &layer))
    }

    /// Compiles what is installed again, where `health` says so.
    pub fn rebuild(&self, own: Vec<u8>) -> Result<(), NativeException> {
        opened::change(self.key, own, Rules::rebuild)
    }

    /// The rules in use have judged messages and work.
    pub fn prove(&self) -> Result<(), NativeException> {
        Ok(FILTERS.get(self.key)?.store()?.prove()?)
    }

    /// The installed layers, base first; none while those of the app alone are in use.
    pub fn layers(&self) -> Result<Vec<NativeLayer>, NativeException> {
        Ok(FILTERS.get(self.key)?.store()?.layers().iter().map(layer_record).collect())
    }

    /// What is not as it should be. `now`: seconds since 1970 UTC.
    pub fn health(&self, now: i64) -> Result<Vec<NativeHealth>, NativeException> {
        let health = FILTERS.get(self.key)?.store()?.health(Some(now));
        Ok(health.iter().map(|one| NativeHealth { code: one.code().to_owned(), text: one.text().into() }).collect())
    }

    /// Turns a published rule off, or on again.
    pub fn turn(&self, publisher: String, rule: String, off: bool) -> Result<(), NativeException> {
        opened::change(self.key, Vec::new(), |rules| rules.turn(&publisher, &rule, off))
    }

    /// Compiles and stores the user's own rules, and applies them from now on.
    pub fn set_rules(&self, rules: Vec<NativeOwnRule>) -> Result<(), NativeException> {
        let rules = rules.into_iter().map(own_rule).collect::<Result<Vec<_>, _>>()?;
        opened::change(self.key, Vec::new(), |stored| stored.set_rules(rules))
    }

    /// The user's own rules, in order.
    pub fn rules(&self) -> Result<Vec<NativeOwnRule>, NativeException> {
        Ok(FILTERS.get(self.key)?.store()?.own().rules.into_iter().map(NativeOwnRule::from).collect())
    }

    /// The published rules that know a word of the text.
    pub fn who(&self, text: String) -> Result<Vec<NativeRule>, NativeException> {
        Ok(FILTERS.get(self.key)?.rules()?.who(&text).into_iter().map(NativeRule::from).collect())
    }

    /// Closes the key on both roads.
    pub fn release(&self) -> Result<(), NativeException> {
        Ok(FILTERS.close(self.key)?)
    }

    /// What a message is.
    pub fn classify(&self, message: NativeMessage) -> Result<NativeVerdict, NativeException> {
        let message = parse(message)?;
        Ok(verdict_record(&FILTERS.get(self.key)?.rules()?.classify(&message)))
    }

    /// Why it is that: the evidence, the bias and the model included, adding up to the verdict's points.
    pub fn explain(&self, message: NativeMessage) -> Result<Vec<NativeReason>, NativeException> {
        let message = parse(message)?;
        let verdict = FILTERS.get(self.key)?.rules()?.classify(&message);
        let utf16 = Utf16::of(&message.body);
        Ok(verdict.reasons.iter().map(|reason| reason_record(reason, &utf16)).collect())
    }

    /// What a message is and what the preset with this name, or without one the user's own policy, makes of it.
    pub fn decide(&self, message: NativeMessage, policy: Option<String>) -> Result<NativeJudgement, NativeException> {
        let message = parse(message)?;
        let opened = FILTERS.get(self.key)?;
        let policy = match policy {
            Some(preset) => preset_named(&preset)?,
            None => opened.policy.clone(),
        };
        Ok(opened.rules()?.decide(&message, &policy).into())
    }

    /// Drafts a report to the channel with this wire name, or without one to the proposed authority. `override_code`: the user
    /// confirmed a second time that this one-time code is to be reported. `promise`: what was said to the sender.
    pub fn draft_report(
        &self,
        message: NativeMessage,
        channel: Option<String>,
        override_code: bool,
        promise: Option<NativePromise>,
    ) -> Result<NativeDraft, NativeException> {
        let message = parse(message)?;
        let channel = channel.as_deref().map(ledgers::channel).transpose()?;
        let verdict = FILTERS.get(self.key)?.rules()?.classify(&message);
        let promise = promise.map(ledgers::stored).transpose()?.unwrap_or_default();
        let mut draft =
            report::draft(report::ReportRequest { message: &message, verdict: &verdict, channel, override_code })?;
        if let Some(evidence) = promise.evidence(&message, &verdict) {
            draft = draft.with_evidence(evidence);
        }
        Ok(NativeDraft {
            channel_id: draft.channel.id.name().to_owned(),
            channel: NativeText { zh: draft.channel.name.0.to_owned(), en: draft.channel.name.1.to_owned() },
            confirmation: draft.confirmation().map(NativeText::from),
            evidence: draft.evidence.as_ref().map(|evidence| evidence.text().clone().into()),
            steps: draft.steps.into_iter().map(step_record).collect(),
            sim_slot: draft.sim_slot,
        })
    }
}

pub(crate) fn preset_named(name: &str) -> Result<Policy, NativeException> {
    Policy::preset(name).ok_or_else(|| {
        NativeException::refused(
            "policy.unknown",
            format!("没有名为“{name}”的接收策略，可用 off、mark、standard、strict"),
            format!("there is no policy named \"{name}\"; use off, mark, standard or strict"),
        )
    })
}

fn root(trust: &NativeTrust) -> Result<TrustRoot, NativeException> {
    match trust {
        NativeTrust::Development => Ok(TrustRoot::development()),
        NativeTrust::Root { keys, threshold } => {
            let key = |bytes: &Vec<u8>| PublicKey::from_bytes(bytes.as_slice().try_into().unwrap_or_default());
            let keys = keys.iter().map(key).collect::<Result<Vec<_>, _>>()?;
            Ok(TrustRoot::new("application", &keys, usize::from(*threshold))?)
        }
    }
}

fn compile(bundles: &[Vec<u8>], trust: &NativeTrust) -> Result<Filter, NativeException> {
    let root = root(trust)?;
    let limits = Limits::default();
    let open = |bytes: &Vec<u8>| bundle::open(bytes, &root, &limits);
    let opened = bundles.iter().map(open).collect::<Result<Vec<Bundle>, _>>()?;
    let inputs: Vec<image::Input<'_>> = opened.iter().map(Into::into).collect();
    Ok(Image::open(image::compile(&inputs)?.into()).and_then(Filter::new)?)
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

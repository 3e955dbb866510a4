//! What may be asked about a receive policy? In which shapes one crosses is in [`records`].

pub mod records;

use std::sync::{Arc, Mutex, PoisonError};

use smsfilter::{
    Policy, Text,
    policy::{self, Preset, Preview},
};

use crate::api::{NativeFilter, preset_named};
use crate::error::NativeException;
use crate::opened::{self, Opened};
use crate::records::{NativeJudgement, NativeMessage, NativeText, parse};
use crate::slots::FILTERS;
use records::{NativeMoved, NativeOfferedPolicy, NativePolicy, checked};

#[uniffi::export]
impl NativeFilter {
    /// The user's own policy.
    pub fn policy(&self) -> Result<NativePolicy, NativeException> {
        Ok((&FILTERS.get(self.key())?.policy).into())
    }

    /// Stores the user's own policy and applies it from now on.
    pub fn choose_policy(&self, policy: NativePolicy) -> Result<(), NativeException> {
        let policy = checked(policy)?;
        opened::change(self.key(), Vec::new(), |rules| rules.set_policy(policy))
    }

    /// The policies that come with the rules in use. `own`: the bundle that the app brings.
    pub fn offered(&self, own: Vec<u8>) -> Result<Vec<NativeOfferedPolicy>, NativeException> {
        let opened = FILTERS.get(self.key())?;
        let mut rules = opened.store()?;
        rules.bring(own.into());
        let mut offers = Vec::new();
        for (publisher, Preset { id, title, overlay, policy }) in rules.offered()? {
            offers.push(NativeOfferedPolicy { publisher, id, title: title.into(), overlay, policy: (&policy).into() });
        }
        Ok(offers)
    }

    /// What a message is and what this policy makes of it.
    pub fn decide_by(&self, message: NativeMessage, policy: NativePolicy) -> Result<NativeJudgement, NativeException> {
        Ok(FILTERS.get(self.key())?.rules()?.decide(&parse(message)?, &checked(policy)?).into())
    }

    /// Begins to tell what a change of policy would have moved, by the rules that are in use now.
    pub fn preview(&self, old: NativePolicy, new: NativePolicy) -> Result<NativePreview, NativeException> {
        let opened = FILTERS.get(self.key())?;
        opened.rules()?;
        Ok(NativePreview { opened, old: checked(old)?, new: checked(new)?, preview: Mutex::default() })
    }
}

/// What a change of policy would have moved of the messages so far.
#[derive(uniffi::Object)]
pub struct NativePreview {
    opened: Arc<Opened>,
    old: Policy,
    new: Policy,
    preview: Mutex<Preview<u32>>,
}

#[uniffi::export]
impl NativePreview {
    /// Takes the next messages of the history.
    pub fn add(&self, messages: Vec<NativeMessage>) -> Result<(), NativeException> {
        let filter = self.opened.rules()?;
        let mut preview = self.preview.lock().unwrap_or_else(PoisonError::into_inner);
        for message in messages {
            let number = u32::try_from(preview.messages()).unwrap_or(u32::MAX);
            preview.add(filter, number, &parse(message)?, &self.old, &self.new);
        }
        Ok(())
    }

    /// What moved.
    pub fn moved(&self) -> Vec<NativeMoved> {
        let preview = self.preview.lock().unwrap_or_else(PoisonError::into_inner);
        preview.moved().into_iter().map(NativeMoved::from).collect()
    }
}

/// A preset of the product.
#[uniffi::export]
pub fn preset(name: String) -> Result<NativePolicy, NativeException> {
    Ok((&preset_named(&name)?).into())
}

/// What a policy says; given another, what it does otherwise than that one.
#[uniffi::export]
pub fn describe(policy: NativePolicy, against: Option<NativePolicy>) -> Result<Vec<NativeText>, NativeException> {
    let policy = checked(policy)?;
    let said: Vec<Text> = match against {
        None => policy::describe(&policy),
        Some(other) => policy::changes(&policy, &checked(other)?),
    };
    Ok(said.into_iter().map(NativeText::from).collect())
}

/// A policy with an overlay added.
#[uniffi::export]
pub fn with_overlay(policy: NativePolicy, overlay: NativePolicy) -> Result<NativePolicy, NativeException> {
    Ok((&checked(policy)?.with(&checked(overlay)?)?).into())
}

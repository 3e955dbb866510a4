//! How does a broadcast receiver get an answer at once? Four functions over JNI, and nothing thrown: whatever fails, the
//! message is delivered and the failure is a number in the answer.
//!
//! Of a text each lone surrogate becomes U+FFFD, so positions hold. Everything that has a name crosses as a number, the
//! declaration order of the core's enumerations.

use jni::EnvUnowned;
use jni::objects::{JByteArray, JClass, JString};
use jni::sys::{jint, jlong, jlongArray, jstring};
use once_cell::sync::Lazy;
use smsfilter::{Category, Decision, Known, Message, Policy, Sender, Sim, Subcategory, Verdict, decide};

use crate::java::{self, caught};
use crate::{opened::Opened, slots::FILTERS};

/// The presets by number, built once.
static PRESETS: Lazy<[Policy; 4]> =
    Lazy::new(|| Policy::PRESETS.map(|name| Policy::preset(name).expect("every preset has a policy")));

/// Why a message was delivered unread by the filter. Stands above the flags, from bit 16.
#[derive(Clone, Copy)]
#[repr(u8)]
enum Failure {
    /// The key is not open.
    Closed = 1,
    /// An argument is null or out of range.
    Argument = 2,
    /// The filter panicked.
    Panic = 3,
    /// There are no rules.
    NoRules = 4,
}

/// In place of a preset's number: the user's own policy.
const OWN: jint = -1;

/// `open(directory, image)`: the key of a filter over what is installed in a directory, or over the image alone where that is
/// null. With a directory it always opens; without one a bad image is a 0, and why is what `NativeFilter.openImage` says.
// no_mangle: Java finds a native method by its symbol alone, and no other crate exports a Java_ name.
#[allow(unsafe_code)]
#[unsafe(no_mangle)]
pub extern "system" fn Java_org_smsfilter_internal_ReceivePath_open(
    env: EnvUnowned<'_>,
    _: JClass<'_>,
    directory: JString<'_>,
    image: JByteArray<'_>,
) -> jlong {
    let opened = caught(|| {
        let image = java::bytes(&env, &image)?;
        let opened = match java::text(&env, &directory) {
            None => Opened::image(image).ok()?,
            Some(directory) => Opened::directory(directory.into(), image),
        };
        Some(FILTERS.open(opened) as jlong)
    });
    opened.flatten().unwrap_or(0)
}

/// `receive(…)`: classifies and decides, by a preset, or by the user's own policy where `preset` is −1. Returns `{category,
/// subcategory, score, action, flags, points, days, row…}`: days after which the message is deleted, −1 for never; the row
/// that decided as UTF-8, eight bytes a number, the first lowest, zeros behind. Null only when Java has no memory for that.
// no_mangle: as for `open`.
#[allow(unsafe_code)]
#[allow(clippy::too_many_arguments)] // a Java object would cost a call back for each field
#[unsafe(no_mangle)]
pub extern "system" fn Java_org_smsfilter_internal_ReceivePath_receive(
    env: EnvUnowned<'_>,
    _: JClass<'_>,
    key: jlong,
    sender: JString<'_>,
    body: JString<'_>,
    received_at: jlong,
    utc_offset: jint,
    sim_slot: jint,
    sim_operator: JString<'_>,
    known: jint,
    preset: jint,
) -> jlongArray {
    let judged = caught(|| {
        let text = |string| java::text(&env, string).ok_or(Failure::Argument);
        let message = Message {
            sender: Sender::parse(&text(&sender)?),
            body: text(&body)?,
            received_at: (received_at >= 0).then_some(received_at),
            utc_offset_min: utc_offset.try_into().map_err(|_| Failure::Argument)?,
            sim: match u8::try_from(sim_slot) {
                Ok(slot) => Some(Sim { slot, operator: text(&sim_operator)? }),
                Err(_) => None,
            },
            known: [Known::Contact, Known::Replied, Known::None]
                .get(known as usize)
                .copied()
                .ok_or(Failure::Argument)?,
        };
        let opened = FILTERS.get(key as u64).map_err(|_| Failure::Closed)?;
        let policy = match preset {
            OWN => &opened.policy,
            preset => PRESETS.get(preset as usize).ok_or(Failure::Argument)?,
        };
        let filter = opened.filter.as_ref().ok_or(Failure::NoRules)?;
        Ok(opened.with_memory(message.body.len(), |memory| {
            if policy.needs_reasons() {
                let verdict = filter.classify_with(&message, memory);
                return packed(&verdict, &decide(&verdict, &message, policy));
            }
            let verdict = filter.assess_with(&message, memory);
            packed(verdict, &decide(verdict, &message, policy))
        }))
    });
    java::longs(&env, &judged.unwrap_or(Err(Failure::Panic)).unwrap_or_else(delivered))
}

/// `title(category)`: what a Chinese user reads for `category | subcategory << 8`, and with `1 << 16` the name of the subcategory
/// for programs; null for a number in no table.
// no_mangle: as for `open`.
#[allow(unsafe_code)]
#[unsafe(no_mangle)]
pub extern "system" fn Java_org_smsfilter_internal_ReceivePath_title(
    env: EnvUnowned<'_>,
    _: JClass<'_>,
    category: jint,
) -> jstring {
    let title = caught(|| {
        let [category, subcategory, form, 0] = category.to_le_bytes() else { return None };
        let named = Category::from_index(category).and_then(|it| Subcategory::from_index(it, subcategory))?;
        Some(match (form, named.index) {
            (0, 0) => java::string(&env, named.category.zh()),
            (0, _) => java::string(&env, &[named.category.zh(), named.zh()].join(" · ")),
            (1, _) => java::string(&env, named.name()),
            _ => return None,
        })
    });
    title.flatten().unwrap_or(std::ptr::null_mut())
}

/// `close(key)`: closes the key on both roads; a key that is not open is left alone.
// no_mangle: as for `open`.
#[allow(unsafe_code)]
#[unsafe(no_mangle)]
pub extern "system" fn Java_org_smsfilter_internal_ReceivePath_close(_: EnvUnowned<'_>, _: JClass<'_>, key: jlong) {
    caught(|| FILTERS.close(key as u64).ok());
}

fn packed(verdict: &Verdict, decision: &Decision) -> Vec<jlong> {
    let flags = verdict.flags;
    let bits = [
        flags.no_opt_out,
        flags.no_signature,
        flags.advert_in_service_port,
        flags.spoof_suspected,
        // From here on it is the decision's.
        decision.quiet,
    ];
    let mut packed = Vec::with_capacity(7 + decision.row.len().div_ceil(8));
    packed.extend_from_slice(&[
        verdict.category() as jlong,
        verdict.subcategory.index.into(),
        verdict.score.into(),
        decision.action as jlong,
        bits.iter().rev().fold(0, |bits, set| bits << 1 | jlong::from(*set)),
        verdict.points.into(),
        decision.keep_days.map_or(-1, jlong::from),
    ]);
    name(&decision.row, &mut packed);
    packed
}

/// A row's name, eight bytes a long.
fn name(row: &str, packed: &mut Vec<jlong>) {
    for eight in row.as_bytes().chunks(8) {
        let mut bytes = [0; 8];
        bytes[..eight.len()].copy_from_slice(eight);
        packed.push(jlong::from_le_bytes(bytes));
    }
}

/// The answer when there is no verdict: unknown, into the inbox as by no row of a policy.
fn delivered(failure: Failure) -> Vec<jlong> {
    let mut packed = vec![0, 0, 0, 0, (failure as jlong) << 16, 0, -1];
    name("default", &mut packed);
    packed
}

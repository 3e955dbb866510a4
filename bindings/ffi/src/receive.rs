//! How does a broadcast receiver get an answer at once? Four functions over JNI, and nothing thrown: whatever fails, the
//! message is delivered and the failure is a number in the answer.
//!
//! Text arrives as the `char[]` of a Java string: its UTF-16 units, of which each lone surrogate becomes U+FFFD, so
//! positions hold. Everything that has a name crosses as a number, the declaration order of the core's enumerations.

use jni::errors::{Error, Result};
use jni::objects::{JByteArray, JCharArray, JClass, JLongArray, JString};
use jni::sys::{jint, jlong};
use jni::{Env, EnvUnowned, Outcome};
use once_cell::sync::Lazy;
use smsfilter::{Category, Decision, Known, Message, Policy, Sender, Sim, Subcategory, Utf16, Verdict, decide};

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

impl From<Error> for Failure {
    /// Java refuses to read an array only if it is null.
    fn from(_: Error) -> Self {
        Failure::Argument
    }
}

/// `open(directory, image)`: the key of a filter over what is installed in a directory, or over the image alone where that is
/// null. With a directory it always opens; without one a bad image is a 0, and why is what `NativeFilter.openImage` says.
// no_mangle: Java finds a native method by its symbol alone, and no other crate exports a Java_ name.
#[allow(unsafe_code)]
#[unsafe(no_mangle)]
pub extern "system" fn Java_org_smsfilter_internal_ReceivePath_open<'local>(
    mut env: EnvUnowned<'local>,
    _: JClass<'local>,
    directory: JCharArray<'local>,
    image: JByteArray<'local>,
) -> jlong {
    let outcome = env.with_env(|env| -> Result<jlong> {
        let image = env.convert_byte_array(&image)?;
        let opened = match directory.is_null() {
            true => Opened::image(image).ok(),
            false => Some(Opened::directory(text(env, &directory)?.into(), image)),
        };
        Ok(opened.map_or(0, |opened| FILTERS.open(opened) as jlong))
    });
    ok(outcome.into_outcome()).unwrap_or(0)
}

/// `receive(…)`: classifies and decides, by a preset, or by the user's own policy where `preset` is −1. Returns `{category,
/// subcategory, score, action, flags, points, days, row…}`: days after which the message is deleted, −1 for never; the row
/// that decided as UTF-8, eight bytes a number, the first lowest, zeros behind. Null only when Java has no memory for that.
// no_mangle: as for `open`.
#[allow(unsafe_code)]
#[allow(clippy::too_many_arguments)] // a Java object would cost a call back for each field
#[unsafe(no_mangle)]
pub extern "system" fn Java_org_smsfilter_internal_ReceivePath_receive<'local>(
    mut env: EnvUnowned<'local>,
    _: JClass<'local>,
    key: jlong,
    sender: JCharArray<'local>,
    body: JCharArray<'local>,
    received_at: jlong,
    utc_offset: jint,
    sim_slot: jint,
    sim_operator: JCharArray<'local>,
    known: jint,
    preset: jint,
) -> JLongArray<'local> {
    let judged = env.with_env(|env| -> std::result::Result<JLongArray<'local>, Failure> {
        let message = Message {
            sender: Sender::parse(&text(env, &sender)?),
            body: text(env, &body)?,
            received_at: (received_at >= 0).then_some(received_at),
            utc_offset_min: utc_offset.try_into().map_err(|_| Failure::Argument)?,
            sim: match u8::try_from(sim_slot) {
                Ok(slot) => Some(Sim { slot, operator: text(env, &sim_operator)? }),
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
        let answer = opened.with_memory(message.body.len(), |memory| {
            if policy.needs_reasons() {
                let verdict = filter.classify_with(&message, memory);
                return packed(&verdict, &decide(&verdict, &message, policy));
            }
            let verdict = filter.assess_with(&message, memory);
            packed(verdict, &decide(verdict, &message, policy))
        });
        Ok(array(env, &answer).unwrap_or_default())
    });
    let failure = match judged.into_outcome() {
        Outcome::Ok(answer) => return answer,
        Outcome::Err(failure) => failure,
        Outcome::Panic(_) => Failure::Panic,
    };
    ok(env.with_env(|env| array(env, &delivered(failure))).into_outcome()).unwrap_or_default()
}

/// `title(category)`: what a Chinese user reads for `category | subcategory << 8`; null for a number in no table.
// no_mangle: as for `open`.
#[allow(unsafe_code)]
#[unsafe(no_mangle)]
pub extern "system" fn Java_org_smsfilter_internal_ReceivePath_title<'local>(
    mut env: EnvUnowned<'local>,
    _: JClass<'local>,
    category: jint,
) -> JString<'local> {
    let title = env.with_env(|env| -> Result<JString<'local>> {
        let [category, subcategory, 0, 0] = category.to_le_bytes() else { return Ok(JString::default()) };
        let named = Category::from_index(category).and_then(|it| Subcategory::from_index(it, subcategory));
        match named {
            None => Ok(JString::default()),
            Some(named) if named.index == 0 => JString::new(env, named.category.zh()),
            Some(named) => JString::new(env, format!("{} · {}", named.category.zh(), named.zh())),
        }
    });
    ok(title.into_outcome()).unwrap_or_default()
}

/// `close(key)`: closes the key on both roads; a key that is not open is left alone.
// no_mangle: as for `open`.
#[allow(unsafe_code)]
#[unsafe(no_mangle)]
pub extern "system" fn Java_org_smsfilter_internal_ReceivePath_close<'local>(
    mut env: EnvUnowned<'local>,
    _: JClass<'local>,
    key: jlong,
) {
    let closed = env.with_env(|_| -> Result<()> {
        let _ = FILTERS.close(key as u64);
        Ok(())
    });
    ok(closed.into_outcome()).unwrap_or_default()
}

fn ok<T, E>(outcome: Outcome<T, E>) -> Option<T> {
    match outcome {
        Outcome::Ok(value) => Some(value),
        Outcome::Err(_) | Outcome::Panic(_) => None,
    }
}

pub(crate) fn text(env: &Env<'_>, chars: &JCharArray<'_>) -> Result<String> {
    let mut units = vec![0; chars.len(env)?];
    chars.get_region(env, 0, &mut units)?;
    Ok(Utf16::decode(&units))
}

fn array<'local>(env: &mut Env<'local>, answer: &[jlong]) -> Result<JLongArray<'local>> {
    let array = JLongArray::new(env, answer.len())?;
    array.set_region(env, 0, answer)?;
    Ok(array)
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

//! What does a message cost without Java around it? For `bindings/bench` alone: no shipped library has this module.

use std::sync::{Mutex, PoisonError};

use jni::EnvUnowned;
use jni::objects::{JClass, JString};
use jni::sys::{jboolean, jint, jlong};
use smsfilter::{Message, Policy, decide, filter::Scratch};

use crate::java::{self, caught, text};
use crate::slots::FILTERS;

/// A message, and the UTF-16 units of its body.
struct Kept {
    message: Message,
    units: Vec<u16>,
}

static KEPT: Mutex<Vec<Kept>> = Mutex::new(Vec::new());

/// `keep(body)`: one more message for the loops.
// no_mangle: Java finds a native method by its symbol alone.
#[allow(unsafe_code)]
#[unsafe(no_mangle)]
pub extern "system" fn Java_org_smsfilter_bench_NativeLoop_keep(env: EnvUnowned<'_>, _: JClass<'_>, body: JString<'_>) {
    caught(|| {
        let message = Message { body: text(&env, &body)?, ..Message::default() };
        let units = message.body.encode_utf16().collect();
        KEPT.lock().unwrap_or_else(PoisonError::into_inner).push(Kept { message, units });
        Some(())
    });
}

/// `judge(key, preset, decode)`: judges every kept message once, if asked each first made of its units; the scores added up, −1
/// after a panic.
// no_mangle: as for `keep`.
#[allow(unsafe_code)]
#[unsafe(no_mangle)]
pub extern "system" fn Java_org_smsfilter_bench_NativeLoop_judge(
    _: EnvUnowned<'_>,
    _: JClass<'_>,
    key: jlong,
    preset: jint,
    decode: jboolean,
) -> jlong {
    caught(|| scores(key, preset, decode)).unwrap_or(-1)
}

/// As the receive path judges, key and all, but with one memory for all messages.
fn scores(key: jlong, preset: jint, decode: bool) -> jlong {
    let policy = Policy::PRESETS.get(preset as usize).and_then(|name| Policy::preset(name)).unwrap_or_default();
    let mut scratch = Scratch::default();
    let mut judge = |message: &Message| {
        let Ok(opened) = FILTERS.get(key as u64) else { return 0 };
        let Some(filter) = &opened.filter else { return 0 };
        let verdict = filter.assess_with(message, &mut scratch);
        let decision = decide(verdict, message, &policy);
        // Read, or the compiler could leave the decision out.
        jlong::from(verdict.score) + jlong::from(decision.row.is_empty())
    };
    let kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    let score = |kept: &Kept| match decode {
        true => judge(&Message { body: java::decode(&kept.units), ..Message::default() }),
        false => judge(&kept.message),
    };
    kept.iter().map(score).sum()
}

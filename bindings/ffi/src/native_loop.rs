//! What does a message cost without Java around it? For `bindings/bench` alone: no shipped library has this module.

use std::sync::{Mutex, PoisonError};

use jni_sys::{jint, jlong};
use smsfilter::{Message, Policy, Utf16, decide, filter::Scratch};

use crate::java::{Class, Env, JavaString, caught};
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
pub extern "system" fn Java_org_smsfilter_bench_NativeLoop_keep(env: Env, _: Class, body: JavaString) {
    caught(|| {
        let message = Message { body: env.text(&body)?, ..Message::default() };
        let units = message.body.encode_utf16().collect();
        KEPT.lock().unwrap_or_else(PoisonError::into_inner).push(Kept { message, units });
        Some(())
    });
}

/// `judge(key, preset)`: judges every kept message once; the scores added up, -1 after a panic.
// no_mangle: as for `keep`.
#[allow(unsafe_code)]
#[unsafe(no_mangle)]
pub extern "system" fn Java_org_smsfilter_bench_NativeLoop_judge(_: Env, _: Class, key: jlong, preset: jint) -> jlong {
    caught(|| scores(key, preset, |kept, judge| judge(&kept.message))).unwrap_or(-1)
}

/// `decodeAndJudge(key, preset)`: the same, each message first made of its units.
// no_mangle: as for `keep`.
#[allow(unsafe_code)]
#[unsafe(no_mangle)]
pub extern "system" fn Java_org_smsfilter_bench_NativeLoop_decodeAndJudge(
    _: Env,
    _: Class,
    key: jlong,
    preset: jint,
) -> jlong {
    let decoded = |units: &[u16]| Message { body: Utf16::decode(units), ..Message::default() };
    caught(|| scores(key, preset, |kept, judge| judge(&decoded(&kept.units)))).unwrap_or(-1)
}

/// As the receive path judges, key and all, but with one memory for all messages.
fn scores(key: jlong, preset: jint, each: impl Fn(&Kept, &mut dyn FnMut(&Message) -> jlong) -> jlong) -> jlong {
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
    kept.iter().map(|kept| each(kept, &mut judge)).sum()
}

//! What is asked of Java, and how does Java get its answer? Types and functions are those of the crate `jni`; its safe calls look
//! up exceptions by class, attach threads, and read a string as its own UTF-8: a tenth of the library, a part of what each call
//! costs, and other positions in a text. So the few functions of JNI that the receive path needs are called here directly.

use std::panic::{AssertUnwindSafe, catch_unwind};

use jni::EnvUnowned;
use jni::objects::{JByteArray, JString};
use jni::refs::Reference as _;
use jni::sys::{JNINativeInterface_, jlong, jlongArray, jsize, jstring};

/// Runs a native method; none if it panicked, for no panic may cross into Java.
pub(crate) fn caught<T>(method: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(method)).ok()
}

// SAFETY, of every call below: an environment and a reference come from Java alone, as arguments of a native method that has not
// returned. References are checked for null, regions are as long as Java says, and buffers as long as regions.

#[allow(unsafe_code)]
fn java<'a>(env: &'a EnvUnowned<'_>) -> &'a JNINativeInterface_ {
    unsafe { &**env.as_raw() }
}

/// The text, each lone surrogate as U+FFFD; none of null.
#[allow(unsafe_code)]
pub(crate) fn text(env: &EnvUnowned<'_>, string: &JString<'_>) -> Option<String> {
    let (java, env, string) = (java(env), env.as_raw(), string.as_raw());
    let length = (!string.is_null()).then(|| unsafe { (java.v1_2.GetStringLength)(env, string) })?;
    let mut short = [0; SHORT];
    let mut long = Vec::new();
    let units = match short.get_mut(..length as usize) {
        Some(units) => units,
        None => {
            long.resize(length as usize, 0);
            &mut long
        }
    };
    unsafe { (java.v1_2.GetStringRegion)(env, string, 0, length, units.as_mut_ptr()) };
    Some(decode(units))
}

/// A message of two parts: most texts need no second buffer on the heap.
const SHORT: usize = 140;

/// The text of UTF-16 units, each lone surrogate as U+FFFD: unit for unit, so positions hold.
pub(crate) fn decode(units: &[u16]) -> String {
    let mut text = "\0".repeat(units.len() * 3); // a unit is at most three bytes
    let length = encoding_rs::mem::convert_utf16_to_str(units, &mut text);
    text.truncate(length);
    text
}

/// The bytes; none of null.
#[allow(unsafe_code)]
pub(crate) fn bytes(env: &EnvUnowned<'_>, array: &JByteArray<'_>) -> Option<Vec<u8>> {
    let (java, env, array) = (java(env), env.as_raw(), array.as_raw());
    let length = (!array.is_null()).then(|| unsafe { (java.v1_2.GetArrayLength)(env, array) })?;
    let mut bytes = vec![0u8; length as usize];
    unsafe { (java.v1_2.GetByteArrayRegion)(env, array, 0, length, bytes.as_mut_ptr().cast()) };
    Some(bytes)
}

/// A new `long[]`; null if Java has no memory, and nothing is thrown.
#[allow(unsafe_code)]
pub(crate) fn longs(env: &EnvUnowned<'_>, values: &[jlong]) -> jlongArray {
    let (java, env, length) = (java(env), env.as_raw(), values.len() as jsize);
    let array = unsafe { (java.v1_2.NewLongArray)(env, length) };
    if array.is_null() {
        unsafe { (java.v1_2.ExceptionClear)(env) };
    } else {
        unsafe { (java.v1_2.SetLongArrayRegion)(env, array, 0, length, values.as_ptr()) };
    }
    array
}

/// A new string; null if Java has no memory, and nothing is thrown.
#[allow(unsafe_code)]
pub(crate) fn string(env: &EnvUnowned<'_>, text: &str) -> jstring {
    let (java, env, units) = (java(env), env.as_raw(), text.encode_utf16().collect::<Vec<u16>>());
    let string = unsafe { (java.v1_2.NewString)(env, units.as_ptr(), units.len() as jsize) };
    if string.is_null() {
        unsafe { (java.v1_2.ExceptionClear)(env) };
    }
    string
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn units_become_the_text_that_rust_makes_of_them(
            units in prop::collection::vec(prop_oneof![any::<u16>(), 0x20..0x7f_u16, 0x4e00..0x9fff_u16, 0xd800..0xe000_u16], 0..300)
        ) {
            prop_assert_eq!(decode(&units), String::from_utf16_lossy(&units));
        }
    }
}

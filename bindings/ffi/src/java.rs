//! What is asked of Java, and how does Java get its answer? The few functions of JNI that the receive path needs, each safe to
//! call. The crate `jni` attaches threads, catches exceptions and looks up classes besides, none of which is needed here.
//!
//! An [`Env`] and a reference come from Java alone, as arguments of a native method, and are good until it returns. No value of
//! these types can be made here, copied, or sent to another thread.

use std::panic::{AssertUnwindSafe, catch_unwind};

use jni_sys::{JNIEnv, JNINativeInterface_, jbyteArray, jclass, jlong, jlongArray, jsize, jstring};
use smsfilter::Utf16;

/// The thread that calls.
#[repr(transparent)]
pub struct Env(*mut JNIEnv);

/// The class whose method is called.
#[repr(transparent)]
pub struct Class(#[allow(dead_code)] jclass);

/// A `String`, or null.
#[repr(transparent)]
pub struct JavaString(jstring);

/// A `byte[]`, or null.
#[repr(transparent)]
pub struct Bytes(jbyteArray);

/// A `long[]`, or null: Java has no memory.
#[repr(transparent)]
pub struct Longs(#[allow(dead_code)] jlongArray);

impl Default for JavaString {
    /// Null.
    fn default() -> Self {
        JavaString(std::ptr::null_mut())
    }
}

/// Runs a native method; none if it panicked, for no panic may cross into Java.
pub(crate) fn caught<T>(method: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(method)).ok()
}

// SAFETY, of every call below: Java made the environment and the references, and the native method that they are arguments
// of has not returned. References are checked for null, regions are as long as Java says, and buffers as long as regions.
#[allow(unsafe_code)]
impl Env {
    fn interface(&self) -> &JNINativeInterface_ {
        unsafe { &**self.0 }
    }

    /// The text, each lone surrogate as U+FFFD; none of null.
    pub(crate) fn text(&self, string: &JavaString) -> Option<String> {
        let java = self.interface();
        let length = (!string.0.is_null()).then(|| unsafe { (java.v1_2.GetStringLength)(self.0, string.0) })?;
        let mut units = vec![0; length as usize];
        unsafe { (java.v1_2.GetStringRegion)(self.0, string.0, 0, length, units.as_mut_ptr()) };
        Some(Utf16::decode(&units))
    }

    /// The bytes; none of null.
    pub(crate) fn bytes(&self, array: &Bytes) -> Option<Vec<u8>> {
        let java = self.interface();
        let length = (!array.0.is_null()).then(|| unsafe { (java.v1_2.GetArrayLength)(self.0, array.0) })?;
        let mut bytes = vec![0u8; length as usize];
        unsafe { (java.v1_2.GetByteArrayRegion)(self.0, array.0, 0, length, bytes.as_mut_ptr().cast()) };
        Some(bytes)
    }

    /// A new array.
    pub(crate) fn longs(&self, values: &[jlong]) -> Longs {
        let (java, length) = (self.interface(), values.len() as jsize);
        let array = unsafe { (java.v1_2.NewLongArray)(self.0, length) };
        if array.is_null() {
            // Nothing is thrown.
            unsafe { (java.v1_2.ExceptionClear)(self.0) };
        } else {
            unsafe { (java.v1_2.SetLongArrayRegion)(self.0, array, 0, length, values.as_ptr()) };
        }
        Longs(array)
    }

    /// A new string; null if Java has no memory.
    pub(crate) fn string(&self, text: &str) -> JavaString {
        let (java, units) = (self.interface(), text.encode_utf16().collect::<Vec<u16>>());
        let string = unsafe { (java.v1_2.NewString)(self.0, units.as_ptr(), units.len() as jsize) };
        if string.is_null() {
            unsafe { (java.v1_2.ExceptionClear)(self.0) };
        }
        JavaString(string)
    }
}

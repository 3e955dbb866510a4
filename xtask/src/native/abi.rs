//! Which processors are there, and what do Rust, clang, Android and this machine call each of them?

/// The lowest Android whose symbols may be asked for: 8.0.
pub(crate) const MIN_SDK: u32 = 26;

/// A processor that Android apps carry a library for.
#[derive(Debug)]
pub(crate) struct Abi {
    /// Its name in an APK.
    pub(crate) name: &'static str,
    /// Rust's target.
    pub(crate) rust: &'static str,
    /// clang's target, without the SDK.
    clang: &'static str,
    /// Its folder in the sysroot.
    pub(crate) folder: &'static str,
    /// How clang builds for the same processor and this machine's kind of libc.
    pub(crate) here: &'static [&'static str],
    /// What runs such a program here: an emulator, or nothing.
    pub(crate) emulator: &'static [&'static str],
}

impl Abi {
    /// clang's whole target.
    pub(crate) fn clang_target(&self) -> String {
        format!("{}{MIN_SDK}", self.clang)
    }
}

/// All four.
pub(crate) const ABIS: [Abi; 4] = [
    Abi {
        name: "arm64-v8a",
        rust: "aarch64-linux-android",
        clang: "aarch64-linux-android",
        folder: "aarch64-linux-android",
        here: &[
            "--target=aarch64-linux-gnu",
            "--gcc-install-dir=/usr/lib/gcc-cross/aarch64-linux-gnu/12",
            "-L/usr/aarch64-linux-gnu/lib",
            "-isystem/usr/aarch64-linux-gnu/include",
        ],
        emulator: &["qemu-aarch64", "-L", "/usr/aarch64-linux-gnu"],
    },
    Abi {
        name: "armeabi-v7a",
        rust: "armv7-linux-androideabi",
        clang: "armv7a-linux-androideabi",
        folder: "arm-linux-androideabi",
        // Android passes numbers as armel does, not as armhf.
        here: &[
            "--target=arm-linux-gnueabi",
            "-march=armv7-a",
            "-mfloat-abi=softfp",
            "--gcc-install-dir=/usr/lib/gcc-cross/arm-linux-gnueabi/12",
            "-L/usr/arm-linux-gnueabi/lib",
            "-isystem/usr/arm-linux-gnueabi/include",
        ],
        emulator: &["qemu-arm", "-L", "/usr/arm-linux-gnueabi"],
    },
    Abi {
        name: "x86_64",
        rust: "x86_64-linux-android",
        clang: "x86_64-linux-android",
        folder: "x86_64-linux-android",
        here: &["--target=x86_64-linux-gnu"],
        emulator: &[],
    },
    Abi {
        name: "x86",
        rust: "i686-linux-android",
        clang: "i686-linux-android",
        folder: "i686-linux-android",
        here: &["--target=x86_64-linux-gnu", "-m32", "-isystem/usr/include/x86_64-linux-gnu"],
        emulator: &[],
    },
];

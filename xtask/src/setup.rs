//! Are the programs there that the build needs, and if not, where do they come from?

use std::process::{Command, Stdio};

use crate::shell::{self, Outcome};

/// A program and the Debian package that has it.
const PROGRAMS: [(&str, &str); 5] = [
    ("cc", "gcc"),
    ("c++", "g++"),
    ("pkg-config", "pkg-config"),
    ("javac", "openjdk-17-jdk-headless"),
    ("mvn", "maven"),
];

pub(crate) fn run(args: &[String]) -> Outcome {
    match args {
        [] => install(|_| true),
        _ => Err("takes no argument".into()),
    }
}

/// Installs what the fuzzer needs: its runtime is C++.
pub(crate) fn for_fuzz() -> Outcome {
    install(|program| program == "cc" || program == "c++")
}

/// Installs what the Rust half needs.
pub(crate) fn for_rust() -> Outcome {
    for component in ["rustfmt", "cargo-clippy"] {
        if !shell::has(component) {
            return Err(format!("{component} is missing; install it with `rustup component add rustfmt clippy`"));
        }
    }
    install(|program| program == "cc" || program == "c++" || program == "pkg-config")
}

/// Installs what the JVM half needs.
pub(crate) fn for_jvm() -> Outcome {
    install(|_| true)
}

/// Debian packages with which libraries for Android are built and tried: a second Rust with the sources of its standard
/// library, clang for every target, and what runs programs of the four processors here.
const NATIVE: [&str; 13] = [
    "cargo-web",
    "clang-22",
    "lib32gcc-12-dev",
    "libc6-dev-arm64-cross",
    "libc6-dev-armel-cross",
    "libc6-dev-i386",
    "libgcc-12-dev-arm64-cross",
    "libgcc-12-dev-armel-cross",
    "lld-22",
    "llvm-22",
    "qemu-user",
    "rust-web-src",
    "rustc-web",
];

/// Installs what `native` needs.
pub(crate) fn for_native() -> Outcome {
    let mut missing = Vec::new();
    for package in NATIVE {
        let query = Command::new("dpkg-query").args(["-Wf", "${db:Status-Abbrev}", package]).output();
        let query = query.map_err(|e| format!("cannot start dpkg-query: {e}; this step needs Debian 12 on x86-64"))?;
        if !query.stdout.starts_with(b"ii") {
            missing.push(package);
        }
    }
    apt_install(&missing)
}

/// Installs what signs an APK.
pub(crate) fn for_apk() -> Outcome {
    for_jvm()?;
    if shell::has("apksigner") { Ok(()) } else { apt_install(&["apksigner"]) }
}

fn install(wanted: impl Fn(&str) -> bool) -> Outcome {
    let missing: Vec<&str> = PROGRAMS
        .iter()
        .filter(|(program, _)| wanted(program) && !shell::has(program))
        .map(|(_, package)| *package)
        .collect();
    apt_install(&missing)
}

fn apt_install(missing: &[&str]) -> Outcome {
    if missing.is_empty() {
        return Ok(());
    }
    let packages = missing.join(" ");
    if !shell::has("apt-get") || !is_root() {
        return Err(format!("missing: {packages}; install them, on Debian with `sudo apt-get install {packages}`"));
    }
    println!("installing {packages}");
    // A folder of its own: in container images, every other run of apt-get empties the common one.
    let archives = shell::target().join("apt");
    std::fs::create_dir_all(archives.join("partial")).map_err(|e| format!("{}: {e}", archives.display()))?;
    let apt = |line: &str| {
        let mut command = shell::command("apt-get -q -y -o APT::Sandbox::User=root -o DPkg::Lock::Timeout=300 -o");
        command.arg(format!("Dir::Cache::archives={}", archives.display())).args(line.split(' '));
        shell::run(command.env("DEBIAN_FRONTEND", "noninteractive").stdout(Stdio::null()))
    };
    apt("update")?;
    apt(&format!("install --no-install-recommends {packages}"))?;
    std::fs::remove_dir_all(&archives).map_err(|e| format!("{}: {e}", archives.display()))
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

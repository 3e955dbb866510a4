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

fn install(wanted: impl Fn(&str) -> bool) -> Outcome {
    let missing: Vec<&str> = PROGRAMS
        .iter()
        .filter(|(program, _)| wanted(program) && !shell::has(program))
        .map(|(_, package)| *package)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let packages = missing.join(" ");
    if !shell::has("apt-get") || !is_root() {
        return Err(format!("missing: {packages}; install them, on Debian with `sudo apt-get install {packages}`"));
    }
    println!("installing {packages}");
    let apt = |line: &str| {
        let mut command = shell::command(line);
        shell::run(command.env("DEBIAN_FRONTEND", "noninteractive").stdout(Stdio::null()))
    };
    apt("apt-get update -q")?;
    apt(&format!("apt-get install -q -y --no-install-recommends {packages}"))
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

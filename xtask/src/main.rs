//! What is no plain cargo or mvn command: `cargo xtask NAME`, one file each.

mod aar;
mod api;
mod apk;
mod bench;
mod bindings;
mod character_table;
mod consumer;
mod corpus;
mod deny;
mod dex;
mod elf;
mod figures;
mod fold_table;
mod fuzz;
mod jvm;
mod kill;
mod native;
mod setup;
mod shell;
mod test;

use std::process::ExitCode;

use shell::Outcome;

/// A subcommand: its name, what `--help` says of it, and what it does with the arguments after its name.
struct Task {
    name: &'static str,
    about: &'static str,
    run: fn(&[String]) -> Outcome,
}

const TASKS: &[Task] = &[
    Task { name: "test", about: "[--rust|--jvm]  set up, check and test everything, or one half", run: test::run },
    Task { name: "setup", about: "install the Debian packages that the build needs", run: setup::run },
    Task { name: "bindings", about: "build the native library and write its Kotlin sources", run: bindings::run },
    Task { name: "api", about: "[--check]  write the dump of the Kotlin API, or compare it", run: api::run },
    Task {
        name: "aar",
        about: "[--record] [--check-twice]  build and publish the Android library to target/maven",
        run: aar::run,
    },
    Task { name: "apk", about: "build, sign and check the demo app on what `aar` published", run: apk::run },
    Task { name: "consumer", about: "build and run an application on what `aar` published", run: consumer::run },
    Task {
        name: "figures",
        about: "[--json] [NAME…]  measure all figures, or these, and write FIGURES.md",
        run: figures::run,
    },
    Task { name: "fold-table", about: "[--check]  write rules/national/fold.tsv, or compare it", run: fold_table::run },
    Task {
        name: "character-table",
        about: "[--check]  write the characters that `obfuscate` disguises with, or compare them",
        run: character_table::run,
    },
    Task {
        name: "fuzz",
        about: "[TARGET] [--runs N|--seconds S] [--json]  look for inputs that break",
        run: fuzz::run,
    },
    Task {
        name: "bench", about: "[PART…]  what the binding costs, and whether it holds under load", run: bench::run
    },
    Task {
        name: "kill",
        about: "[--kills N] [--seed N]  kill a phone that receives, and check that nothing is lost",
        run: kill::run,
    },
    Task { name: "native", about: "build and check the libraries for Android", run: native::run },
    Task { name: "deny", about: "check licences, bans and sources of the dependencies", run: deny::run },
];

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let Some(task) = args.first().and_then(|name| TASKS.iter().find(|task| task.name == name)) else {
        eprintln!("usage: cargo xtask NAME");
        for task in TASKS {
            eprintln!("  {:<16}{}", task.name, task.about);
        }
        return ExitCode::from(2);
    };
    match (task.run)(&args[1..]) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask {}: {message}", task.name);
            ExitCode::FAILURE
        }
    }
}

//! What do integrators take? The AAR, its twin for a JVM, and what their tests need, in a Maven repository below
//! `target/maven`: `cargo xtask aar`, which builds all of it: the native libraries as `cargo xtask native` does, classes
//! and documentation by Maven.

mod archive;
mod contents;
mod metadata;
mod notice;
mod repository;
pub(crate) mod sizes;

use std::path::{Path, PathBuf};

use crate::shell::{self, Outcome};
use crate::{bindings, native, setup};
use archive::Files;
use metadata::{Artifact, Dependency};
use repository::Published;

pub(crate) use archive::{folder, unpack};
pub(crate) use metadata::VERSION;
pub(crate) use repository::path;

pub(crate) fn run(args: &[String]) -> Outcome {
    let mut record = false;
    let mut twice = false;
    for arg in args {
        match arg.as_str() {
            "--record" => record = true,
            "--check-twice" => twice = true,
            _ => return Err("takes --record, --check-twice or nothing".into()),
        }
    }
    let natives = publish()?;
    let aar = path(&maven(), "smsfilter", "aar");
    // One that grew is still worth comparing.
    let gated = sizes::gate(&std::fs::read(&aar).map_err(|e| format!("{}: {e}", aar.display()))?, record);
    if twice {
        same_again(&natives)?;
    }
    gated
}

/// The repository.
pub(crate) fn maven() -> PathBuf {
    shell::target().join("maven")
}

/// Lets Maven look for the artifacts anew: it never does for a version that it has once seen.
pub(crate) fn forget() -> Outcome {
    let plugin = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:purge-local-repository";
    let line = format!(
        "mvn --batch-mode --no-transfer-progress --quiet {plugin} -DreResolve=false -DmanualInclude=org.smsfilter"
    );
    shell::run(shell::command(&line).arg("--file").arg(shell::root().join("tests/consumer/pom.xml")))
}

/// Fills the repository anew, and returns the native libraries in it.
fn publish() -> Outcome<Files> {
    setup::for_jvm()?;
    let natives = natives(&native::build()?)?;
    bindings::write(&bindings::tool()?)?;
    let bindings = shell::root().join("bindings");
    compile(&bindings, "prepare-package")?;
    write(&bindings, &natives, &maven())?;
    Ok(natives)
}

/// Compiles the Kotlin modules in a copy of `bindings` up to a phase of Maven; from `prepare-package` on with their
/// documentation.
pub(crate) fn compile(bindings: &Path, phase: &str) -> Outcome {
    for module in ["android", "testing", "api-dump"] {
        // Maven would keep classes whose source is gone.
        remove(&bindings.join(module).join("target"))?;
    }
    let options = "--batch-mode --no-transfer-progress --quiet -Dstyle.color=never";
    let mut mvn = shell::command(&format!("mvn {options} -P publish -pl android,testing,api-dump {phase}"));
    mvn.arg(format!("-Dcargo.target={}", shell::target().display()));
    shell::run(mvn.arg("--file").arg(bindings.join("pom.xml")))
}

/// The native libraries, named as an AAR does.
fn natives(libraries: &Path) -> Outcome<Files> {
    let files = folder(libraries)?;
    Ok(files.into_iter().map(|(name, bytes)| (format!("jni/{name}"), bytes)).collect())
}

/// Writes a repository of what was compiled in a copy of `bindings`.
fn write(bindings: &Path, natives: &Files, repository: &Path) -> Outcome {
    remove(repository)?;
    for published in artifacts(bindings, natives)? {
        repository::publish(repository, &published)?;
    }
    println!("published {VERSION} to {}", repository.display());
    Ok(())
}

fn artifacts(bindings: &Path, natives: &Files) -> Outcome<[Published; 3]> {
    let module = |name: &str, part: &str| folder(&bindings.join(name).join(part));
    let mut sources = module("android", "src/main/kotlin")?;
    sources.extend(folder(&shell::target().join("kotlin"))?);
    let classes = module("android", "target/shrunk")?;
    let docs = module("android", "target/dokka")?;

    let aar = contents::aar(bindings, &classes, natives.clone())?;
    let mut jvm = classes;
    jvm.extend(contents::host_library()?);
    let mut testing = module("testing", "target/classes")?;
    testing.extend(contents::fixtures()?);

    let pom = shell::root().join("bindings/pom.xml");
    let pom = std::fs::read_to_string(&pom).map_err(|e| format!("{}: {e}", pom.display()))?;
    let kotlin = || -> Outcome<Dependency> {
        let version = metadata::pinned(&pom, "kotlin.version")?;
        Ok(Dependency { group: "org.jetbrains.kotlin", name: "kotlin-stdlib", version, packaging: "jar", in_api: true })
    };
    // On Android the AAR of JNA, which has its native library for each ABI; elsewhere the jar, which has all others.
    let jna = |packaging| -> Outcome<Dependency> {
        let version = metadata::pinned(&pom, "jna.version")?;
        Ok(Dependency { group: "net.java.dev.jna", name: "jna", version, packaging, in_api: false })
    };
    Ok([
        Published {
            artifact: Artifact {
                name: "smsfilter",
                packaging: "aar",
                description: "On-device SMS filter for Android: verdicts with reasons from signed rules",
                dependencies: vec![kotlin()?, jna("aar")?],
            },
            main: aar,
            sources: sources.clone(),
            docs: docs.clone(),
        },
        Published {
            artifact: Artifact {
                name: "smsfilter-jvm",
                packaging: "jar",
                description: "The classes of smsfilter with a native library for the JVM of a developer's machine",
                dependencies: vec![kotlin()?, jna("jar")?],
            },
            main: jvm,
            sources,
            docs,
        },
        Published {
            artifact: Artifact {
                name: "smsfilter-testing",
                packaging: "jar",
                description: "A fake filter, small rules and development keys for the tests of applications",
                dependencies: vec![kotlin()?],
            },
            main: testing,
            sources: module("testing", "src/main/kotlin")?,
            docs: module("testing", "target/dokka")?,
        },
    ])
}

/// Builds everything but the native libraries again in another folder and compares every byte.
fn same_again(natives: &Files) -> Outcome {
    let again = shell::target().join("aar-again");
    remove(&again)?;
    let bindings = again.join("bindings");
    copy_sources(&shell::root().join("bindings"), &bindings)?;
    compile(&bindings, "prepare-package")?;
    write(&bindings, natives, &again.join("maven"))?;
    let (first, second) = (folder(&maven())?, folder(&again.join("maven"))?);
    let names = first.keys().chain(second.keys());
    let different: Vec<&str> = names.filter(|name| first.get(*name) != second.get(*name)).map(String::as_str).collect();
    if different.is_empty() {
        println!("built again in another folder: {} files, all the same", first.len());
        Ok(())
    } else {
        Err(format!("built again in another folder, these differ: {}", different.join(", ")))
    }
}

/// Copies a folder without what was built in it.
fn copy_sources(from: &Path, to: &Path) -> Outcome {
    let failed = |e: std::io::Error| format!("{}: {e}", from.display());
    std::fs::create_dir_all(to).map_err(failed)?;
    for entry in std::fs::read_dir(from).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let name = path.file_name().unwrap_or_default();
        if path.is_file() {
            std::fs::copy(&path, to.join(name)).map_err(failed)?;
        } else if name != "target" {
            copy_sources(&path, &to.join(name))?;
        }
    }
    Ok(())
}

pub(crate) fn remove(dir: &Path) -> Outcome {
    match std::fs::remove_dir_all(dir) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(format!("{}: {e}", dir.display())),
        _ => Ok(()),
    }
}

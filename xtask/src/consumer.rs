//! Does an application get what it needs from the artifacts, and from nothing else? `tests/consumer` is built on what
//! `cargo xtask aar` published: tested, shrunk under the rules that travel in the AAR, run, and turned into dex. Then this
//! file looks for names that one side uses and the other side has not.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::native::{ABIS, LIBRARY};
use crate::shell::{self, Outcome};
use crate::{aar, dex, elf, setup};

pub(crate) fn run(args: &[String]) -> Outcome {
    match args {
        [] => build(),
        _ => Err("takes no argument".into()),
    }
}

/// Builds the application and looks at what came out.
pub(crate) fn build() -> Outcome {
    setup::for_jvm()?;
    if !aar::path(&aar::maven(), "smsfilter", "aar").is_file() {
        return Err("nothing is published yet; `cargo xtask aar` does that".into());
    }
    let project = shell::root().join("tests/consumer");
    let mvn = |goals: &str| {
        let mut mvn = shell::command("mvn --batch-mode --no-transfer-progress -Dstyle.color=never");
        mvn.arg("--file").arg(project.join("pom.xml"));
        mvn.arg(format!("-Dsmsfilter.version={}", aar::VERSION));
        mvn.arg(format!("-Dsmsfilter.repository=file://{}", aar::maven().display()));
        shell::run(mvn.args(goals.split(' ')))
    };
    aar::forget()?;
    aar::remove(&project.join("target"))?;
    mvn("package")?;
    inspect(&project.join("target"))
}

/// Looks for names without their other half in what the application was built into.
fn inspect(built: &Path) -> Outcome {
    let jar = built.join("shrunk.jar");
    let classes = classes(&jar)?;
    let dex = dex::read(&read(&built.join("classes.dex"))?)?;
    let mut missing: Vec<String> =
        dex.undefined().into_iter().map(|it| format!("class {it}, which the dex uses")).collect();
    if dex.defined != classes {
        missing.push(format!("some of the {} classes of the jar: the dex has {}", classes.len(), dex.defined.len()));
    }

    let methods = natives(&jar, &classes)?;
    let (jna, own): (Vec<_>, Vec<_>) = methods.iter().partition(|method| method.class.starts_with("com.sun.jna."));
    for abi in ABIS.iter().map(|abi| abi.name) {
        for (methods, folder, library) in [(&own, "smsfilter", LIBRARY), (&jna, "jna", "libjnidispatch.so")] {
            let library = read(&built.join("aar").join(folder).join("jni").join(abi).join(library))?;
            let exports = elf::read(&library)?.exported;
            let absent = methods.iter().filter(|method| !method.is_in(&exports));
            missing.extend(absent.map(|method| format!("{}.{} in {folder} for {abi}", method.class, method.name)));
            let named = named_classes(&library);
            missing
                .extend(named.difference(&classes).map(|it| format!("class {it}, which {folder} for {abi} looks up")));
        }
    }
    if own.len() < 10 || jna.len() < 10 {
        missing.push(format!("native methods: found only {} of ours, {} of JNA", own.len(), jna.len()));
    }
    if !missing.is_empty() {
        return Err(format!("missing:\n  {}", missing.join("\n  ")));
    }
    println!(
        "shrunk to {} classes, {} bytes of dex; {} native methods of ours and {} of JNA are in the libraries of {} ABIs",
        classes.len(),
        read(&built.join("classes.dex"))?.len(),
        own.len(),
        jna.len(),
        ABIS.len()
    );
    Ok(())
}

/// A method that is implemented in a library.
#[derive(Debug, PartialEq, Eq)]
struct Native {
    class: String,
    name: String,
}

impl Native {
    /// JNI looks for `Java_…`, with the types behind `__` where one name is not enough; JNA for the bare name.
    fn is_in(&self, exports: &BTreeSet<String>) -> bool {
        let jni = format!("Java_{}_{}", mangled(&self.class), mangled(&self.name));
        let with_types = format!("{jni}__");
        exports.contains(&self.name)
            || exports.contains(&jni)
            || exports.range(with_types.clone()..).next().is_some_and(|it| it.starts_with(&with_types))
    }
}

/// A name within a symbol, after the JNI specification; ours are ASCII.
fn mangled(name: &str) -> String {
    name.replace('_', "_1").replace('.', "_")
}

/// The native methods of a jar, as the JDK's own reader lists them.
fn natives(jar: &Path, classes: &BTreeSet<String>) -> Outcome<Vec<Native>> {
    let mut javap = shell::command("javap -p -cp");
    let output = javap.arg(jar).args(classes).output().map_err(|e| format!("cannot start javap: {e}"))?;
    if !output.status.success() {
        return Err(format!("javap failed: {}", String::from_utf8_lossy(&output.stderr)));
    }
    Ok(listed(&String::from_utf8_lossy(&output.stdout)))
}

/// Reads `javap`: a line that begins at the margin opens a class.
fn listed(javap: &str) -> Vec<Native> {
    let mut class = "";
    let mut natives = Vec::new();
    for line in javap.lines() {
        let words: Vec<&str> = line.split('(').next().unwrap_or_default().split_whitespace().collect();
        if !line.starts_with(' ') {
            let kind = words.iter().position(|word| *word == "class" || *word == "interface");
            class = kind.and_then(|at| words.get(at + 1)).map_or(class, |name| name.split('<').next().unwrap_or(name));
        } else if words.contains(&"native") {
            let name = words.last().copied().unwrap_or_default();
            natives.push(Native { class: class.into(), name: name.into() });
        }
    }
    natives
}

fn classes(jar: &Path) -> Outcome<BTreeSet<String>> {
    let files: BTreeMap<String, Vec<u8>> = aar::unpack(&read(jar)?)?;
    Ok(files.keys().filter_map(|name| name.strip_suffix(".class")).map(|name| name.replace('/', ".")).collect())
}

/// The classes of JNA and of ours that a library names as JNI's `FindClass` takes them.
fn named_classes(library: &[u8]) -> BTreeSet<String> {
    let texts = library.split(|byte| *byte == 0).filter_map(|text| std::str::from_utf8(text).ok());
    let ours = texts.filter(|text| text.starts_with("com/sun/jna/") || text.starts_with("org/smsfilter/"));
    ours.filter(|text| text.chars().all(|it| it.is_ascii_alphanumeric() || "/_$".contains(it)))
        .map(|text| text.replace('/', "."))
        .collect()
}

fn read(path: &Path) -> Outcome<Vec<u8>> {
    std::fs::read(path).map_err(|e| format!("{}: {e}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn native_methods_are_read_with_their_class() {
        let javap = "Compiled from \"A.kt\"\npublic final class org.a.A<T> extends b.B {\n  \
                     public static final native long open(byte[]);\n  public void f();\n}\ninterface c.C {\n}\n";
        assert_eq!(listed(javap), [Native { class: "org.a.A".into(), name: "open".into() }]);
    }

    #[test]
    fn a_native_method_is_found_by_every_name_that_it_may_have() {
        let method = Native { class: "org.a.B".into(), name: "do_it".into() };
        for export in ["do_it", "Java_org_a_B_do_1it", "Java_org_a_B_do_1it__J"] {
            assert!(method.is_in(&BTreeSet::from(["a".into(), export.into(), "z".into()])), "{export}");
        }
        for export in ["do_i", "Java_org_a_B_do_it", "Java_org_a_B_do_1its"] {
            assert!(!method.is_in(&BTreeSet::from([export.into()])), "{export}");
        }
    }

    #[test]
    fn classes_that_a_library_looks_up_are_whole_texts() {
        let library = b"\0com/sun/jna/A$B\0(Lcom/sun/jna/C;)V\0org/smsfilter/D\0com/sun/jna/ e\0";
        let found: Vec<String> = named_classes(library).into_iter().collect();
        assert_eq!(found, ["com.sun.jna.A$B", "org.smsfilter.D"]);
    }
}

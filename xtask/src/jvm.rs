//! How is something run on the classes of `bindings`, without Maven around it?

use std::path::Path;
use std::process::Command;

use crate::bindings;
use crate::shell::{self, Outcome};

/// Writes the shared cases and the rules they run on for Kotlin, which has no TOML reader, and lays the national rules out as
/// the AAR has them in its assets: the demo's tests read them from there.
pub(crate) fn write_files() -> Outcome {
    let target = shell::target();
    shell::run(shell::command("cargo run -p smsfilter-tests --bin dump-cases --").arg(&target))?;
    let folder = target.join("assets/smsfilter");
    std::fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    for name in ["national.smsb", "national.smsi"] {
        let from = target.join(name);
        std::fs::copy(&from, folder.join(name)).map_err(|e| format!("{}: {e}", from.display()))?;
    }
    Ok(())
}

/// Compiles the library and these modules with their tests; of each the class path that both run on.
pub(crate) fn class_paths(modules: &[&str]) -> Outcome<Vec<String>> {
    bindings::write(&bindings::tool()?)?;
    let line = "mvn --batch-mode --no-transfer-progress -Dstyle.color=never --file bindings/pom.xml --activate-profiles bench \
                --also-make test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath --projects";
    let mut build = shell::command(line);
    build.arg(modules.join(",")).arg(format!("-Dcargo.target={}", shell::target().display()));
    shell::run(&mut build)?;
    let path = |module: &&str| {
        let target = shell::root().join("bindings").join(module).join("target");
        let jars = target.join("classpath");
        let jars = std::fs::read_to_string(&jars).map_err(|e| format!("{}: {e}", jars.display()))?;
        let classes = ["test-classes", "classes"].map(|name| target.join(name).display().to_string());
        Ok(format!("{}:{}", classes.join(":"), jars.trim()))
    };
    modules.iter().map(path).collect()
}

/// Java on a class path, with the native library of one folder.
pub(crate) fn java(class_path: &str, library: &Path) -> Command {
    let mut java = shell::command("java");
    for property in ["java.library.path", "jna.library.path"] {
        java.arg(format!("-D{property}={}", library.display()));
    }
    java.args(["-cp", class_path]);
    java
}

//! Where do the artifacts lie? In a folder laid out as Maven's repositories are, so that Maven and Gradle take it as one.

use std::path::{Path, PathBuf};

use super::archive::{self, Files};
use super::metadata::{Artifact, File, GROUP, VERSION, checksums};
use crate::shell::Outcome;

/// What is published of an artifact.
pub(crate) struct Published {
    pub(crate) artifact: Artifact,
    /// The AAR or jar.
    pub(crate) main: Files,
    pub(crate) sources: Files,
    /// The documentation as HTML.
    pub(crate) docs: Files,
}

/// The file of an artifact within a repository.
pub(crate) fn path(repository: &Path, artifact: &str, extension: &str) -> PathBuf {
    folder(repository, artifact).join(VERSION).join(format!("{artifact}-{VERSION}.{extension}"))
}

/// Writes an artifact and what belongs to it.
pub(crate) fn publish(repository: &Path, published: &Published) -> Outcome {
    let artifact = &published.artifact;
    let file = |classifier: &str, extension: &str, bytes| File { name: artifact.file(classifier, extension), bytes };
    let main = match artifact.packaging {
        "aar" => archive::pack_smallest(&published.main)?,
        _ => archive::pack(&published.main)?,
    };
    let main = file("", artifact.packaging, main);
    let sources = file("sources", "jar", archive::pack(&published.sources)?);
    let javadoc = file("javadoc", "jar", archive::pack(&published.docs)?);
    let module = artifact.module(&main, &sources, &javadoc);

    let dir = folder(repository, artifact.name);
    for file in [main, sources, javadoc] {
        write(&dir.join(VERSION).join(file.name), &file.bytes)?;
    }
    write(&dir.join(VERSION).join(artifact.file("", "module")), module.as_bytes())?;
    write(&dir.join(VERSION).join(artifact.file("", "pom")), artifact.pom().as_bytes())?;
    write(&dir.join("maven-metadata.xml"), versions(artifact.name).as_bytes())
}

fn folder(repository: &Path, artifact: &str) -> PathBuf {
    repository.join(GROUP.replace('.', "/")).join(artifact)
}

/// A file and its checksums beside it.
fn write(path: &Path, bytes: &[u8]) -> Outcome {
    let failed = |e: std::io::Error| format!("{}: {e}", path.display());
    std::fs::create_dir_all(path.parent().expect("a file lies in a folder")).map_err(failed)?;
    std::fs::write(path, bytes).map_err(failed)?;
    for (name, sum) in checksums(bytes) {
        let mut beside = path.as_os_str().to_owned();
        beside.push(format!(".{name}"));
        std::fs::write(beside, sum).map_err(failed)?;
    }
    Ok(())
}

/// The list of versions. It has no time: that would be its only byte that differs from one build to the next.
fn versions(artifact: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<metadata>
  <groupId>{GROUP}</groupId>
  <artifactId>{artifact}</artifactId>
  <versioning>
    <release>{VERSION}</release>
    <versions>
      <version>{VERSION}</version>
    </versions>
  </versioning>
</metadata>
"#
    )
}

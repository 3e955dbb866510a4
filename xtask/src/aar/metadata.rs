//! What do Maven and Gradle read about an artifact? Its POM, and the module metadata by which Gradle tells apart what is
//! for compiling and what for running.

use serde_json::{Value, json};
use sha2::Digest;

use crate::shell::Outcome;

pub(crate) const GROUP: &str = "org.smsfilter";
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// One artifact to publish.
pub(crate) struct Artifact {
    pub(crate) name: &'static str,
    /// `aar` or `jar`: Maven's packaging, Gradle's library elements and the end of the file's name.
    pub(crate) packaging: &'static str,
    pub(crate) description: &'static str,
    pub(crate) dependencies: Vec<Dependency>,
}

/// What an artifact needs.
pub(crate) struct Dependency {
    pub(crate) group: &'static str,
    pub(crate) name: &'static str,
    pub(crate) version: String,
    /// `aar` if it is not the jar that is needed.
    pub(crate) packaging: &'static str,
    /// Whether its types are in ours: then applications compile against it.
    pub(crate) in_api: bool,
}

/// A file of an artifact.
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

impl Artifact {
    /// `name-version-classifier.extension`, as Maven names files; without a classifier if it is empty.
    pub(crate) fn file(&self, classifier: &str, extension: &str) -> String {
        let dash = if classifier.is_empty() { "" } else { "-" };
        format!("{}-{VERSION}{dash}{classifier}.{extension}", self.name)
    }

    /// The POM.
    pub(crate) fn pom(&self) -> String {
        let dependencies: String = self.dependencies.iter().map(Dependency::in_pom).collect();
        format!(
            r#"<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
         xsi:schemaLocation="http://maven.apache.org/POM/4.0.0 http://maven.apache.org/xsd/maven-4.0.0.xsd">
  <!-- do_not_remove: published-with-gradle-metadata -->
  <modelVersion>4.0.0</modelVersion>
  <groupId>{GROUP}</groupId>
  <artifactId>{}</artifactId>
  <version>{VERSION}</version>
  <packaging>{}</packaging>
  <name>{}</name>
  <description>{}</description>
  <licenses>
    <license><name>Apache-2.0</name><url>https://www.apache.org/licenses/LICENSE-2.0</url></license>
    <license><name>MIT</name><url>https://opensource.org/licenses/MIT</url></license>
  </licenses>
  <dependencies>
{dependencies}  </dependencies>
</project>
"#,
            self.name, self.packaging, self.name, self.description
        )
    }

    /// The module metadata over the main file, the sources and the documentation.
    pub(crate) fn module(&self, main: &File, sources: &File, javadoc: &File) -> String {
        let variants = [
            self.library("apiElements", "java-api", main),
            self.library("runtimeElements", "java-runtime", main),
            documentation("sourcesElements", "sources", sources),
            documentation("javadocElements", "javadoc", javadoc),
        ];
        let module = json!({
            "formatVersion": "1.1",
            "component": {
                "group": GROUP, "module": self.name, "version": VERSION,
                "attributes": { "org.gradle.status": "release" },
            },
            "variants": variants,
        });
        serde_json::to_string_pretty(&module).expect("a value is JSON") + "\n"
    }

    fn library(&self, name: &str, usage: &str, file: &File) -> Value {
        let mut attributes = json!({
            "org.gradle.category": "library",
            "org.gradle.dependency.bundling": "external",
            "org.gradle.libraryelements": self.packaging,
            "org.gradle.usage": usage,
        });
        if self.packaging == "jar" {
            attributes["org.gradle.jvm.version"] = 8.into();
        }
        let needed = self.dependencies.iter().filter(|it| it.in_api || usage == "java-runtime");
        let dependencies: Vec<Value> = needed.map(Dependency::in_module).collect();
        json!({ "name": name, "attributes": attributes, "dependencies": dependencies, "files": [described(file)] })
    }
}

impl Dependency {
    fn in_pom(&self) -> String {
        let scope = if self.in_api { "compile" } else { "runtime" };
        let packaging = if self.packaging == "jar" { "" } else { "      <type>aar</type>\n" };
        format!(
            "    <dependency>\n      <groupId>{}</groupId>\n      <artifactId>{}</artifactId>\n      \
             <version>{}</version>\n{packaging}      <scope>{scope}</scope>\n    </dependency>\n",
            self.group, self.name, self.version
        )
    }

    fn in_module(&self) -> Value {
        let mut value = json!({ "group": self.group, "module": self.name, "version": { "requires": self.version } });
        if self.packaging != "jar" {
            // Its publisher has no metadata for Gradle: the file is named, not the variant.
            let file = json!({ "name": self.name, "type": self.packaging, "extension": self.packaging });
            value["thirdPartyCompatibility"] = json!({ "artifactSelector": file });
        }
        value
    }
}

fn documentation(name: &str, kind: &str, file: &File) -> Value {
    let attributes = json!({
        "org.gradle.category": "documentation",
        "org.gradle.dependency.bundling": "external",
        "org.gradle.docstype": kind,
        "org.gradle.usage": "java-runtime",
    });
    json!({ "name": name, "attributes": attributes, "files": [described(file)] })
}

fn described(file: &File) -> Value {
    let mut value = json!({ "name": file.name, "url": file.name, "size": file.bytes.len() });
    for (name, sum) in checksums(&file.bytes) {
        value[name] = sum.into();
    }
    value
}

/// What repositories keep beside a file, by the ends of those files' names.
pub(crate) fn checksums(bytes: &[u8]) -> [(&'static str, String); 4] {
    fn hex(digest: &[u8]) -> String {
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }
    [
        ("md5", hex(&md5::Md5::digest(bytes))),
        ("sha1", hex(&sha1::Sha1::digest(bytes))),
        ("sha256", hex(&sha2::Sha256::digest(bytes))),
        ("sha512", hex(&sha2::Sha512::digest(bytes))),
    ]
}

/// A version that `bindings/pom.xml` pins.
pub(crate) fn pinned(pom: &str, property: &str) -> Outcome<String> {
    let (_, rest) =
        pom.split_once(&format!("<{property}>")).ok_or_else(|| format!("bindings/pom.xml: no {property}"))?;
    Ok(rest.split('<').next().unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What Gradle is told about the library, written by hand after its specification, version 1.1.
    const EXPECTED: &str = include_str!("expected.module");

    fn library() -> Artifact {
        let dependency =
            |group, name, packaging, in_api| Dependency { group, name, version: "1.2".into(), packaging, in_api };
        Artifact {
            name: "smsfilter",
            packaging: "aar",
            description: "a filter",
            dependencies: vec![
                dependency("org.jetbrains.kotlin", "kotlin-stdlib", "jar", true),
                dependency("net.java.dev.jna", "jna", "aar", false),
            ],
        }
    }

    fn file(name: &str) -> File {
        File { name: name.into(), bytes: b"abc".to_vec() }
    }

    #[test]
    fn the_module_is_what_gradle_specifies() {
        let expected: Value = serde_json::from_str(&EXPECTED.replace("VERSION", VERSION)).unwrap();
        let artifact = library();
        let [main, sources, javadoc] = [("", "aar"), ("sources", "jar"), ("javadoc", "jar")]
            .map(|(classifier, extension)| file(&artifact.file(classifier, extension)));
        let module: Value = serde_json::from_str(&artifact.module(&main, &sources, &javadoc)).unwrap();
        assert_eq!(module, expected);
    }

    #[test]
    fn the_pom_asks_for_the_aar_of_jna_when_it_runs_and_points_gradle_to_the_module() {
        let pom = library().pom();
        assert!(pom.contains("published-with-gradle-metadata") && pom.contains("<packaging>aar</packaging>"));
        let [_, kotlin, jna] = pom.split("    <dependency>").collect::<Vec<_>>()[..] else { panic!("{pom}") };
        assert!(kotlin.contains("<scope>compile</scope>") && !kotlin.contains("<type>"), "{kotlin}");
        assert!(jna.contains("<type>aar</type>") && jna.contains("<scope>runtime</scope>"), "{jna}");
    }

    #[test]
    fn versions_are_those_of_the_build() {
        assert_eq!(pinned("<a.b>1.2</a.b>", "a.b"), Ok("1.2".into()));
        assert!(pinned("<a.b>1.2</a.b>", "c").is_err());
    }
}

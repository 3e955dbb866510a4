//! What is in the archives beside the classes?

use std::path::Path;

use ed25519_dalek::pkcs8::{EncodePrivateKey, spki::der::pem::LineEnding};
use sha2::{Digest, Sha256};
use smsfilter::rule::author;
use smsfilter::{bundle, image};

use super::archive::{self, Files};
use super::notice;
use crate::shell::{self, Outcome};

#[path = "../../../rules/cli/src/folder.rs"]
mod layer_folder;

/// No permission, and no more than Android 8: the class files hold nothing newer.
const MANIFEST: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="org.smsfilter">
    <uses-sdk android:minSdkVersion="26" />
</manifest>
"#;

/// What the Android Gradle plugin checks before it takes an AAR: nothing is asked of it.
const AAR_METADATA: &str = "\
aarFormatVersion=1.0
aarMetadataVersion=1.0
minCompileSdk=1
minCompileSdkExtension=0
minAndroidGradlePluginVersion=1.0.0
coreLibraryDesugaringEnabled=false
";

/// The files of the AAR.
pub(crate) fn aar(bindings: &Path, classes: &Files, natives: Files) -> Outcome<Files> {
    let rules = bindings.join("android/consumer-rules.pro");
    let rules = std::fs::read(&rules).map_err(|e| format!("{}: {e}", rules.display()))?;
    let layer = shell::root().join("rules/national");
    let (bundle, image) = compiled(&layer)?;
    let mut files = natives;
    files.extend([
        ("AndroidManifest.xml".into(), MANIFEST.into()),
        ("META-INF/com/android/build/gradle/aar-metadata.properties".into(), AAR_METADATA.into()),
        ("NOTICE.txt".into(), notice::text()?.into_bytes()),
        ("R.txt".into(), Vec::new()),
        ("assets/smsfilter/national.smsb".into(), bundle),
        ("assets/smsfilter/national.smsi".into(), image),
        ("classes.jar".into(), archive::pack_stored(classes)?),
        ("proguard.txt".into(), rules),
    ]);
    Ok(files)
}

/// The library of this machine as a resource, named as JNA looks for it.
pub(crate) fn host_library() -> Outcome<Files> {
    let strip = "profile.dist.strip=\"symbols\"";
    shell::run(shell::command("cargo build --quiet --profile dist -p smsfilter-ffi --config").arg(strip))?;
    let (prefix, suffix) = (std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let name = format!("{prefix}smsfilter_ffi{suffix}");
    let path = shell::target().join("dist").join(&name);
    let bytes = std::fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    Ok([(format!("{}/{name}", platform(std::env::consts::OS, std::env::consts::ARCH)), bytes)].into())
}

/// The folder in which JNA looks for a library of a machine.
fn platform(os: &str, arch: &str) -> String {
    let os = match os {
        "macos" => "darwin",
        "windows" => "win32",
        os => os,
    };
    let arch = match arch {
        "x86_64" => "x86-64",
        arch => arch,
    };
    format!("{os}-{arch}")
}

/// What a test reads through `Fixtures` and `DevelopmentKeys`.
pub(crate) fn fixtures() -> Outcome<Files> {
    let (bundle, image) = compiled(&smsfilter_tests::layer_dir("mini"))?;
    let mut files = Files::from([("mini.smsb".into(), bundle), ("mini.smsi".into(), image)]);
    for number in 0..bundle::SigningKey::DEVELOPMENT_KEYS {
        let key = development_key(number);
        let pem = key.to_pkcs8_pem(LineEnding::LF).map_err(|e| format!("development key {number}: {e}"))?;
        files.insert(format!("development-{number}.key"), pem.as_bytes().to_vec());
        files.insert(format!("development-{number}.public"), key.verifying_key().to_bytes().to_vec());
    }
    Ok(files.into_iter().map(|(name, bytes)| (format!("org/smsfilter/testing/{name}"), bytes)).collect())
}

/// The core keeps the seed to itself, even that of a key that everybody can derive.
fn development_key(number: u8) -> ed25519_dalek::SigningKey {
    let seed: [u8; 32] = Sha256::digest(format!("smsfilter development key {number}: proves nothing")).into();
    ed25519_dalek::SigningKey::from_bytes(&seed)
}

/// The bundle and the image of a layer, as `smsfilter build` with development key 0 and `smsfilter compile` make them.
fn compiled(layer: &Path) -> Outcome<(Vec<u8>, Vec<u8>)> {
    let wrong = |what: String| format!("{}: {what}", layer.display());
    let folder = layer_folder::read(layer)?;
    let layer = author::read(&folder.files)
        .map_err(|errors| wrong(errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")))?;
    let unsigned = bundle::write(&layer, folder.digest).map_err(|e| wrong(e.to_string()))?;
    let bundle = unsigned.sign(&[&bundle::SigningKey::development(0)]);
    let opened = bundle::open(&bundle, &bundle::TrustRoot::development(), &bundle::Limits::default());
    let opened = opened.map_err(|e| wrong(e.to_string()))?;
    let image = image::compile(&[(&opened).into()]).map_err(|e| wrong(e.to_string()))?;
    Ok((bundle, image))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_aar_asks_for_no_permission() {
        assert!(!MANIFEST.contains("permission") && MANIFEST.contains("package=\"org.smsfilter\""));
    }

    #[test]
    fn libraries_of_a_machine_lie_where_jna_looks() {
        assert_eq!(platform("linux", "x86_64"), "linux-x86-64");
        assert_eq!(platform("macos", "aarch64"), "darwin-aarch64");
        assert_eq!(platform("windows", "x86_64"), "win32-x86-64");
    }

    #[test]
    fn the_keys_of_the_fixtures_are_those_of_the_core() {
        for number in 0..bundle::SigningKey::DEVELOPMENT_KEYS {
            let ours = development_key(number).verifying_key().to_bytes();
            assert_eq!(ours, bundle::SigningKey::development(number).public().to_bytes());
        }
    }

    #[test]
    fn a_layer_compiles_to_the_same_bytes_each_time() {
        let layer = smsfilter_tests::layer_dir("mini");
        assert_eq!(compiled(&layer).unwrap(), compiled(&layer).unwrap());
        assert!(compiled(&layer.join("nowhere")).is_err());
    }
}

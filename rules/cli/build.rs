//! Builds the national rules into the command: the same steps as `smsfilter build` and `smsfilter compile`.

#![allow(missing_docs)]

#[path = "src/folder.rs"]
mod folder;

use smsfilter::{bundle, image, rule::author};
use std::{env, fs, path::Path};

fn main() {
    let national = Path::new(env!("CARGO_MANIFEST_DIR")).join("../national");
    println!("cargo::rerun-if-changed={}", national.display());
    println!("cargo::rerun-if-changed=src/folder.rs");
    // Said as cargo says its own: whoever edits these rules is no reader of backtraces.
    for mistake in build(&national).err().into_iter().flatten() {
        println!("cargo::error={mistake}");
    }
}

/// Writes bundle and image, or tells what is wrong with the rules.
fn build(national: &Path) -> Result<(), Vec<String>> {
    let one = |error: &dyn ToString| vec![format!("rules/national: {}", error.to_string())];
    let folder = folder::read(national).map_err(|error| one(&error))?;
    let layer = author::read(&folder.files)
        .map_err(|errors| errors.iter().map(|error| format!("rules/national/{error}")).collect::<Vec<_>>())?;
    // Trusted as the binary is; the development key says plainly that it proves nothing else.
    let unsigned = bundle::write(&layer, folder.digest).map_err(|error| one(&error))?;
    let bundle = unsigned.sign(&[&bundle::SigningKey::development(0)]);
    let opened = bundle::open(&bundle, &bundle::TrustRoot::development(), &bundle::Limits::default());
    let opened = opened.map_err(|error| one(&error))?;
    let image = image::compile(&[(&opened).into()]).map_err(|error| one(&error))?;
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&out).join("national.smsb"), bundle).expect("OUT_DIR is writable");
    fs::write(Path::new(&out).join("national.smsi"), image).expect("OUT_DIR is writable");
    Ok(())
}

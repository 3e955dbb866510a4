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
    let folder = folder::read(&national).unwrap_or_else(|error| panic!("{error}"));
    let layer = author::read(&folder.files).unwrap_or_else(|errors| {
        let lines: Vec<String> = errors.iter().map(|error| format!("rules/national/{error}")).collect();
        panic!("the national rules do not read:\n{}", lines.join("\n"))
    });
    // Trusted as the binary is; the development key says plainly that it proves nothing else.
    let unsigned = bundle::write(&layer, folder.digest).unwrap_or_else(|error| panic!("{error}"));
    let bundle = unsigned.sign(&[&bundle::SigningKey::development(0)]);
    let opened = bundle::open(&bundle, &bundle::TrustRoot::development(), &bundle::Limits::default());
    let opened = opened.unwrap_or_else(|error| panic!("{error}"));
    let image = image::compile(&[(&opened).into()]);
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&out).join("national.smsb"), bundle).expect("OUT_DIR is writable");
    fs::write(Path::new(&out).join("national.smsi"), image.unwrap_or_else(|error| panic!("{error}")))
        .expect("writable");
}

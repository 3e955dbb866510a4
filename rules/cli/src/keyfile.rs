//! Key files: PKCS#8 PEM for private keys, SPKI PEM for public ones, and root files that name several.
//!
//! A root file is `threshold N` on the first line, then the public keys as PEM blocks. A single `K.pub` is a root of one.

use crate::outcome::{Failure, Result};
use ed25519_dalek::{SigningKey as Ed25519, VerifyingKey};
use pkcs8::{DecodePrivateKey, EncodePrivateKey, LineEnding, spki::DecodePublicKey, spki::EncodePublicKey};
use smsfilter::bundle::{PublicKey, SigningKey, TrustRoot};
use std::{fs, io::Write, path::Path};

const ENCRYPTED: &str = "-----BEGIN ENCRYPTED PRIVATE KEY-----";
const PUBLIC_BEGIN: &str = "-----BEGIN PUBLIC KEY-----";
const PUBLIC_END: &str = "-----END PUBLIC KEY-----";

/// Where a passphrase comes from.
pub(crate) fn passphrase(file: Option<&Path>, prompt: &str) -> Result<Option<String>> {
    if let Some(file) = file {
        let text = String::from_utf8(crate::outcome::read(file)?)
            .map_err(|_| Failure::Misuse(format!("{}: a passphrase is UTF-8 text", file.display())))?;
        let line = text.lines().next().unwrap_or_default().to_owned();
        return if line.is_empty() {
            Err(Failure::Misuse(format!("{}: its first line, the passphrase, is empty", file.display())))
        } else {
            Ok(Some(line))
        };
    }
    if !std::io::IsTerminal::is_terminal(&std::io::stdin()) {
        return Ok(None);
    }
    let typed = rpassword::prompt_password(prompt)
        .map_err(|error| Failure::Misuse(format!("cannot ask for the passphrase: {error}; use --passphrase-file")))?;
    Ok(Some(typed).filter(|typed| !typed.is_empty()))
}

/// Writes a private key, mode 0600, and its `.pub` beside it. Never overwrites.
pub(crate) fn write_new(path: &Path, seed: &[u8; 32], passphrase: Option<&str>) -> Result<PublicKey> {
    let key = Ed25519::from_bytes(seed);
    let pem = match passphrase {
        Some(passphrase) => key.to_pkcs8_encrypted_pem(passphrase.as_bytes(), LineEnding::LF),
        None => key.to_pkcs8_pem(LineEnding::LF),
    };
    let pem = pem.map_err(|error| Failure::Misuse(format!("cannot encode the key: {error}")))?;
    let public = key.verifying_key().to_public_key_pem(LineEnding::LF);
    let public = public.map_err(|error| Failure::Misuse(format!("cannot encode the key: {error}")))?;
    create(path, pem.as_bytes(), 0o600)?;
    // Half a pair helps nobody and would block the next try.
    create(&public_path(path), public.as_bytes(), 0o644).inspect_err(|_| drop(fs::remove_file(path)))?;
    Ok(SigningKey::from_seed(seed).public())
}

/// `K.pub` of `K`.
pub(crate) fn public_path(path: &Path) -> std::path::PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".pub");
    name.into()
}

fn create(path: &Path, bytes: &[u8], mode: u32) -> Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
    #[cfg(not(unix))]
    let _ = mode;
    let fail = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => Failure::Misuse(format!(
            "{} exists already: choose another name, keys are never overwritten",
            path.display()
        )),
        _ => Failure::Misuse(format!("cannot write {}: {error}", path.display())),
    };
    let mut file = options.open(path).map_err(fail)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(fail)
}

/// Reads a private key.
pub(crate) fn read(path: &Path, passphrase_file: Option<&Path>) -> Result<SigningKey> {
    let text = String::from_utf8(crate::outcome::read(path)?).unwrap_or_default();
    let key = if text.starts_with(ENCRYPTED) {
        let passphrase = passphrase(passphrase_file, &format!("Passphrase of {}: ", path.display()))?
            .ok_or_else(|| Failure::Misuse(format!("{} is encrypted: give --passphrase-file", path.display())))?;
        Ed25519::from_pkcs8_encrypted_pem(&text, passphrase.as_bytes())
            .map_err(|_| Failure::Misuse(format!("{}: the passphrase does not open this key", path.display())))?
    } else {
        Ed25519::from_pkcs8_pem(&text).map_err(|_| {
            let hint = if text.contains(PUBLIC_BEGIN) { ": this is the public half" } else { "" };
            Failure::Misuse(format!(
                "{}: expected an Ed25519 private key as PKCS#8 PEM, found something else{hint}; `smsfilter key new` makes one",
                path.display()
            ))
        })?
    };
    Ok(SigningKey::from_seed(key.as_bytes()))
}

/// Reads a root file or a single public key.
pub(crate) fn read_root(path: &Path) -> Result<TrustRoot> {
    let text = String::from_utf8(crate::outcome::read(path)?).unwrap_or_default();
    let misuse = |what: String| Failure::Misuse(format!("{}: {what}", path.display()));
    let mut keys = Vec::new();
    let mut rest = text.as_str();
    while let Some(start) = rest.find(PUBLIC_BEGIN) {
        let end = rest[start..].find(PUBLIC_END).map(|end| start + end + PUBLIC_END.len());
        let end = end.ok_or_else(|| misuse(format!("a key block is not closed by `{PUBLIC_END}`")))?;
        let key = VerifyingKey::from_public_key_pem(&rest[start..end])
            .map_err(|error| misuse(format!("key {} is no Ed25519 public key: {error}", keys.len() + 1)))?;
        keys.push(PublicKey::from_bytes(key.to_bytes()).map_err(|error| misuse(error.to_string()))?);
        rest = &rest[end..];
    }
    if keys.is_empty() {
        return Err(misuse("expected a public key (K.pub) or a root file with such keys, found none".into()));
    }
    let threshold = match text.lines().next().and_then(|line| line.strip_prefix("threshold ")) {
        Some(number) => number.trim().parse().map_err(|_| misuse("expected `threshold N` with a number".into()))?,
        None if keys.len() == 1 => 1,
        None => return Err(misuse("a root of several keys starts with the line `threshold N`".into())),
    };
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    TrustRoot::new(name, &keys, threshold).map_err(|error| misuse(error.to_string()))
}

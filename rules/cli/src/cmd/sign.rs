//! `sign`: one more signature on a bundle.

use crate::{
    keyfile,
    outcome::{Failure, Outcome, Result, read, write},
};
use smsfilter::bundle;
use std::path::PathBuf;

/// Add a signature to a bundle.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The bundle; it is replaced.
    bundle: PathBuf,
    /// The private key that signs.
    #[arg(long, value_name = "K2")]
    key: PathBuf,
    /// A file with the key's passphrase on its first line.
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    /// Where the result goes instead.
    #[arg(long, value_name = "B2")]
    out: Option<PathBuf>,
}

pub(crate) fn run(args: &Args) -> Result {
    let bytes = read(&args.bundle)?;
    let key = keyfile::read(&args.key, args.passphrase_file.as_deref())?;
    let signed = bundle::add_signature(&bytes, &key).map_err(|error| Failure::refused(&args.bundle, error))?;
    let out = args.out.as_ref().unwrap_or(&args.bundle);
    write(out, &signed)?;
    println!("signed {} by {}", out.display(), key.id());
    Ok(Outcome::Fine)
}

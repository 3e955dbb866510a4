//! `key new`: a signing key and its public half.

use crate::{
    keyfile,
    outcome::{Failure, Outcome, Result},
};
use std::path::PathBuf;

/// Make a signing key.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand)]
enum What {
    /// Writes K (private, PKCS#8 PEM, mode 0600) and K.pub (public).
    New {
        /// The private key's file; never overwritten.
        #[arg(long, value_name = "K")]
        out: PathBuf,
        /// A file with a passphrase on its first line; the key is encrypted with it.
        #[arg(long, value_name = "FILE")]
        passphrase_file: Option<PathBuf>,
    },
}

pub(crate) fn run(args: &Args) -> Result {
    let What::New { out, passphrase_file } = &args.what;
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(|error| Failure::Misuse(format!("no randomness from the system: {error}")))?;
    let passphrase = keyfile::passphrase(passphrase_file.as_deref(), "Passphrase (empty for none): ")?;
    if passphrase.is_none() {
        anstream::eprintln!("smsfilter: the key is not encrypted: whoever reads {} can sign as you", out.display());
    }
    let public = keyfile::write_new(out, &seed, passphrase.as_deref())?;
    println!("wrote {} and {}: key {}", out.display(), keyfile::public_path(out).display(), public.id());
    Ok(Outcome::Fine)
}

//! `verify`: may this bundle be installed?

use crate::{
    Format,
    cmd::inspect::day,
    opened::TrustArgs,
    outcome::{Failure, Outcome, Result, read},
};
use smsfilter::bundle::{self, Limits, hex};
use std::path::PathBuf;

/// Check a bundle.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The bundle.
    bundle: PathBuf,
    #[command(flatten)]
    trust: TrustArgs,
    /// How to print.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

pub(crate) fn run(args: &Args) -> Result {
    let bytes = read(&args.bundle)?;
    let root = args.trust.root()?;
    match bundle::open(&bytes, &root, &Limits::default()) {
        Ok(bundle) => {
            let meta = &bundle.layer.meta;
            let signers: Vec<String> = bundle.signers.iter().map(ToString::to_string).collect();
            match args.format {
                Format::Json => println!(
                    "{}",
                    serde_json::json!({
                        "ok": true, "publisher": meta.publisher, "layer": meta.layer, "seq": meta.seq,
                        "digest": hex(&bundle.digest), "signers": signers,
                        "issued_at": meta.issued_at, "not_after": meta.not_after,
                        "root": root.name(), "development": root.is_development(),
                    })
                ),
                Format::Text => {
                    println!("good: {}/{} seq {}", meta.publisher, meta.layer, meta.seq);
                    println!("valid from {} to {}; no clock is asked", day(meta.issued_at), day(meta.not_after));
                    println!("digest {}", hex(&bundle.digest));
                    println!(
                        "signed by {} ({} of root `{}` needed)",
                        signers.join(", "),
                        root.threshold(),
                        root.name()
                    );
                }
            }
            Ok(Outcome::Fine)
        }
        Err(error) if args.format == Format::Json => {
            println!("{}", serde_json::json!({ "ok": false, "code": error.code(), "error": error.to_string() }));
            Ok(Outcome::No)
        }
        Err(error) => Err(Failure::refused(&args.bundle, error)),
    }
}

//! `compile`: verified bundles → the image a phone would make.

use crate::{
    opened::{self, TrustArgs},
    outcome::{Outcome, Result, write},
};
use std::path::PathBuf;

/// Compile bundles into an image.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// One base bundle and any additions; without a base the national rules join.
    #[arg(required = true)]
    bundles: Vec<PathBuf>,
    /// Where the image goes.
    #[arg(long, value_name = "I.smsi")]
    out: PathBuf,
    #[command(flatten)]
    trust: TrustArgs,
}

pub(crate) fn run(args: &Args) -> Result {
    let root = args.trust.root()?;
    let bundles = args.bundles.iter().map(|path| opened::bundle(path, &root)).collect::<Result<Vec<_>>>()?;
    let (image, user) = opened::compile(&bundles)?;
    write(&args.out, &image)?;
    println!("compiled {} bundles into {}: {} bytes", bundles.len(), args.out.display(), image.len());
    if let Some(user) = user {
        let out = args.out.with_extension("user.smsi");
        write(&out, &user)?;
        println!("the user's own rules are in {}: {} bytes", out.display(), user.len());
    }
    Ok(Outcome::Fine)
}

//! `build`: a layer's folder → a signed bundle, the same bytes every time.

mod publish;

use crate::{
    keyfile, opened,
    outcome::{Failure, Outcome, Result, read, write},
    source::Source,
};
use smsfilter::{bundle, model};
use std::path::PathBuf;

/// Build and sign a bundle.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The layer's folder.
    dir: PathBuf,
    /// The private key that signs.
    #[arg(long, value_name = "K")]
    key: PathBuf,
    /// A file with the key's passphrase on its first line.
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    /// Where the bundle goes.
    #[arg(long, value_name = "B")]
    out: PathBuf,
    /// Overrides the `seq` of layer.toml.
    #[arg(long, value_name = "N")]
    seq: Option<u64>,
    /// A model that `train` wrote, trained with the fold tables of this layer.
    #[arg(long, value_name = "M")]
    model: Option<PathBuf>,
    /// 发布前检查，不合格不签名 / Refuse what may not be published.
    ///
    /// Refused are development keys, the publisher `test` and user layers; findings of the lints conflicting, empty-alternation,
    /// missing-examples, missing-owner, never-holds, one-character and shadowed; examples that fail; and breadth: whatever gets a message
    /// of the must-allow corpus blocked, and a phishing, fraud or illegal rule of a single keyword list that holds of any.
    #[arg(long)]
    publish: bool,
    /// Templates, of which the topics in `must-allow` may not be blocked.
    #[arg(long, value_name = "DIR", default_value = "rules/corpus", requires = "publish")]
    corpus: PathBuf,
}

pub(crate) fn run(args: &Args) -> Result {
    let source = Source::read(&args.dir)?;
    let mut layer = source.layer()?;
    layer.meta.seq = args.seq.unwrap_or(layer.meta.seq);
    if let Some(path) = &args.model {
        let (model, canaries) = model::split(&read(path)?.into()).map_err(|error| Failure::refused(path, error))?;
        (layer.model, layer.canaries) = (Some(model), canaries);
    }
    let key = keyfile::read(&args.key, args.passphrase_file.as_deref())?;
    if args.publish {
        publish::check(&source, &layer, &key, &args.corpus)?;
    }
    // What no phone could compile is not signed.
    opened::compile(&[opened::development(&source, &layer)?])?;
    let unsigned = bundle::write(&layer, source.folder.digest).map_err(|error| Failure::refused(&args.dir, error))?;
    let bytes = unsigned.sign(&[&key]);
    write(&args.out, &bytes)?;
    println!(
        "built {}: {}/{} seq {}, {} rules, {} bytes, signed by {}",
        args.out.display(),
        layer.meta.publisher,
        layer.meta.layer,
        layer.meta.seq,
        layer.rules.len(),
        bytes.len(),
        key.id()
    );
    Ok(Outcome::Fine)
}

//! The rules a command works with: bundles named on the command line, or the national ones built in.

use crate::{
    keyfile,
    outcome::{Failure, Result, read},
    source::Source,
};
use bytes::Bytes;
use smsfilter::{
    Filter, Policy,
    bundle::{self, Bundle, Limits, TrustRoot},
    image::{self, Image},
    policy::Preset,
    rule::{Layer, LayerKind},
};
use std::path::{Path, PathBuf};

/// The national bundle, signed with a development key and trusted as this binary is.
pub(crate) static NATIONAL_BUNDLE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/national.smsb"));
static NATIONAL_IMAGE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/national.smsi"));

/// Which rules to use.
#[derive(clap::Args)]
pub(crate) struct RulesArgs {
    /// A bundle; several times for additions. Without it: the national rules built into this command.
    #[arg(long, value_name = "B")]
    bundle: Vec<PathBuf>,
    /// A layer's folder as it is on disk, not signed, to try rules before they are built.
    #[arg(long, value_name = "DIR", conflicts_with = "bundle")]
    rules: Option<PathBuf>,
    #[command(flatten)]
    trust: TrustArgs,
}

/// Whom to trust.
#[derive(clap::Args)]
pub(crate) struct TrustArgs {
    /// A public key (K.pub) or a root file. Without it: the development root, which proves nothing.
    #[arg(long, value_name = "ROOT")]
    trust: Option<PathBuf>,
}

impl TrustArgs {
    /// Whether a root was named.
    pub(crate) fn is_given(&self) -> bool {
        self.trust.is_some()
    }

    /// The root; without one the development root, and a warning on stderr.
    pub(crate) fn root(&self) -> Result<TrustRoot> {
        match &self.trust {
            Some(path) => keyfile::read_root(path),
            None => {
                anstream::eprintln!(
                    "smsfilter: no --trust: using the development root, whose keys are public. It proves nothing."
                );
                Ok(TrustRoot::development())
            }
        }
    }
}

/// Opens the national rules.
pub(crate) fn national() -> Result<Filter> {
    let image = Image::open(Bytes::from_static(NATIONAL_IMAGE)).and_then(Filter::new);
    image.map_err(|error| Failure::Misuse(format!("the built-in rules do not open: {error}; build the command again")))
}

/// The national bundle.
pub(crate) fn national_bundle() -> Result<Bundle> {
    bundle::open(NATIONAL_BUNDLE, &TrustRoot::development(), &Limits::default())
        .map_err(|error| Failure::Misuse(format!("the built-in rules do not open: {error}; build the command again")))
}

/// Reads and verifies one bundle file.
pub(crate) fn bundle(path: &Path, root: &TrustRoot) -> Result<Bundle> {
    bundle::open(&read(path)?, root, &Limits::default()).map_err(|error| Failure::refused(path, error))
}

fn is_base(bundle: &Bundle) -> bool {
    bundle.layer.meta.kind == LayerKind::Base
}

/// A layer from its folder, or from a verified bundle.
pub(crate) fn layer(path: &Path, trust: &TrustArgs) -> Result<Bundle> {
    if path.is_dir() {
        let source = Source::read(path)?;
        return development(&source, &source.layer()?);
    }
    bundle(path, &trust.root()?)
}

/// Compiles verified bundles; without a base among them the national one joins.
pub(crate) fn compile(bundles: &[Bundle]) -> Result<(Vec<u8>, Option<Vec<u8>>)> {
    let builtin;
    let mut published: Vec<&Bundle> = bundles.iter().filter(|b| b.layer.meta.kind != LayerKind::User).collect();
    if !published.iter().any(|bundle| is_base(bundle)) {
        builtin = national_bundle()?;
        published.push(&builtin);
    }
    let refused = |error: image::CompileError| Failure::Refused(error.to_string());
    let inputs: Vec<_> = published.iter().map(|&bundle| bundle.into()).collect();
    let image = image::compile(&inputs).map_err(refused)?;
    let user = match bundles.iter().filter(|b| b.layer.meta.kind == LayerKind::User).collect::<Vec<_>>()[..] {
        [] => None,
        [user] => {
            let base = open_image(image.clone())?;
            let Some(fold) = base.fold() else { return Err(Failure::Refused("the base has no fold tables".into())) };
            Some(image::compile_user(user.into(), fold).map_err(refused)?)
        }
        _ => return Err(Failure::Misuse("expected at most one user layer: give one --bundle of kind user".into())),
    };
    Ok((image, user))
}

/// Opens image bytes that this process made.
pub(crate) fn open_image(bytes: Vec<u8>) -> Result<Image> {
    Image::open(Bytes::from(bytes)).map_err(|error| Failure::Refused(error.to_string()))
}

/// A filter over verified bundles.
pub(crate) fn filter(bundles: &[Bundle]) -> Result<Filter> {
    let (image, user) = compile(bundles)?;
    let filter = Filter::new(open_image(image)?).map_err(|error| Failure::Refused(error.to_string()))?;
    match user {
        None => Ok(filter),
        Some(user) => filter.with_user_rules(open_image(user)?).map_err(|error| Failure::Refused(error.to_string())),
    }
}

impl RulesArgs {
    /// The filter that the arguments ask for.
    pub(crate) fn open(&self) -> Result<Filter> {
        match self.bundles()? {
            Some(bundles) => filter(&bundles),
            None => national(),
        }
    }

    /// The presets that the rules in use come with.
    pub(crate) fn presets(&self) -> Result<Vec<Preset>> {
        let bundles = match self.bundles()? {
            Some(bundles) => bundles,
            None => vec![national_bundle()?],
        };
        Ok(bundles.into_iter().flat_map(|bundle| bundle.layer.presets).collect())
    }

    /// All layers in use: those that were named, and the national base if none of them is one.
    pub(crate) fn all(&self) -> Result<Vec<Bundle>> {
        let mut bundles = self.bundles()?.unwrap_or_default();
        if !bundles.iter().any(is_base) {
            bundles.push(national_bundle()?);
        }
        Ok(bundles)
    }

    /// The bundles that were named, or none.
    fn bundles(&self) -> Result<Option<Vec<Bundle>>> {
        if self.bundle.is_empty() && self.trust.is_given() {
            return Err(Failure::Misuse("--trust says who may sign a --bundle: give one".into()));
        }
        if let Some(dir) = &self.rules {
            let source = Source::read(dir)?;
            return Ok(Some(vec![development(&source, &source.layer()?)?]));
        }
        if self.bundle.is_empty() {
            return Ok(None);
        }
        let root = self.trust.root()?;
        self.bundle.iter().map(|path| bundle(path, &root)).collect::<Result<_>>().map(Some)
    }
}

/// A layer's folder as a bundle of the development key, which goes no further than this process.
pub(crate) fn development(source: &Source, layer: &Layer) -> Result<Bundle> {
    let refused = |error: bundle::BundleError| Failure::refused(&source.dir, error);
    let unsigned = bundle::write(layer, source.folder.digest).map_err(refused)?;
    let bytes = unsigned.sign(&[&bundle::SigningKey::development(0)]);
    bundle::open(&bytes, &TrustRoot::development(), &Limits::default()).map_err(refused)
}

/// A preset of the product.
pub(crate) fn preset(name: &str) -> Result<Policy> {
    Policy::preset(name)
        .ok_or_else(|| Failure::Misuse(format!("no preset `{name}`: expected one of {}", Policy::PRESETS.join(", "))))
}

/// A preset of the product or a policy file.
pub(crate) fn base_policy(name: &str) -> Result<Policy> {
    if Path::new(name).exists() { policy_file(Path::new(name)) } else { preset(name) }
}

/// The policy that these words name: a preset or a TOML file, then overlays behind `+`, each a preset of the rules in use or
/// a TOML file.
pub(crate) fn policy(words: &str, rules: &RulesArgs) -> Result<Policy> {
    let mut presets = None;
    let mut offered = |name: &str| -> Result<Option<Policy>> {
        if presets.is_none() {
            presets = Some(rules.presets()?);
        }
        let found = presets.iter().flatten().find(|preset| preset.id == name);
        match found.filter(|preset| preset.overlay && !words.contains('+')) {
            Some(_) => Err(Failure::Misuse(format!("`{name}` is an overlay: write standard+{name}"))),
            None => Ok(found.map(|preset| preset.policy.clone())),
        }
    };
    let mut one = |name: &str| match Policy::preset(name) {
        Some(policy) => Ok(policy),
        None if Path::new(name).exists() => policy_file(Path::new(name)),
        None => offered(name)?.ok_or_else(|| {
            Failure::Misuse(format!(
                "no policy `{name}`: expected one of {}, a preset that `smsfilter policy show` lists, or a TOML file",
                Policy::PRESETS.join(", ")
            ))
        }),
    };
    let mut names = words.split('+');
    let base = one(names.next().unwrap_or_default())?;
    names.try_fold(base, |policy, name| {
        policy.with(&one(name)?).map_err(|error| Failure::Refused(format!("{words}: {error}")))
    })
}

/// Reads a policy file.
pub(crate) fn policy_file(path: &Path) -> Result<Policy> {
    let text = String::from_utf8(read(path)?).map_err(|_| Failure::refused(path, "a policy is UTF-8 text"))?;
    Policy::from_toml(&text).map_err(|error| Failure::refused(path, error))
}

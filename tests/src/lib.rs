//! Which message must get which verdict? The cases of `cases/*.toml`, the layers they run on, and the comparison.
//!
//! Beside them: the targets of the fuzzer ([`fuzz`]), a naive second implementation ([`oracle`]), messages with personal
//! details planted in them ([`masking`]), messages made to be slow ([`pathological()`]), and messages that are hard to carry
//! across a binding ([`crossing`]).
//!
//! The core, the command and the JVM binding run the same cases: `dump-cases FILE` writes those over the national rules
//! as JSON lines.

pub mod crossing;
pub mod fuzz;
pub mod masking;
pub mod oracle;
mod pathological;

pub use pathological::{Pathological, pathological};

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use smsfilter::{
    Decision, Filter, Known, Message, Policy, Sender, Sim, Span, Verdict,
    bundle::{self, Bundle, Limits, SigningKey, TrustRoot},
    decide,
    image::{self, Image},
    rule::{
        Layer, LayerKind,
        author::{self, SourceFile},
    },
};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// One message and what must come of it.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// A sentence; unique.
    pub name: String,
    /// Number or name; empty for none.
    #[serde(default)]
    pub sender: String,
    /// The text.
    #[serde(default)]
    pub body: String,
    /// The text is `body` this many times; such cases are written out in full when dumped.
    #[serde(default, skip_serializing)]
    pub repeat: Option<usize>,
    /// Milliseconds since 1970 UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received_at: Option<i64>,
    /// The receiver's offset from UTC in minutes.
    #[serde(default)]
    pub utc_offset_min: i16,
    /// What the user has to do with the sender.
    #[serde(default)]
    pub known: Known,
    /// The SIM that received it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sim: Option<CaseSim>,
    /// A preset.
    #[serde(default = "standard")]
    pub policy: String,
    /// What must come of it.
    pub want: Want,
    /// The layers of the case's file.
    #[serde(skip)]
    pub layers: Vec<String>,
}

/// A SIM in a case.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct CaseSim {
    /// Its slot.
    pub slot: u8,
    /// MCC and MNC.
    #[serde(default)]
    pub operator: String,
}

/// What must come of a case. What is left out is not compared.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Want {
    /// Wire name.
    pub category: String,
    /// Wire name without the category.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subcategory: Option<String>,
    /// Wire name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// The row that decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<String>,
    /// Ids that must be among the reasons.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rules: Option<Vec<String>>,
    /// All flags, in order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flags: Option<Vec<String>>,
    /// Every span of every reason, sorted, each once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spans: Option<Vec<[u32; 2]>>,
}

/// What came of a case, whoever ran it.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct Found {
    /// Wire name.
    pub category: String,
    /// Wire name without the category.
    pub subcategory: String,
    /// Permille.
    pub score: u16,
    /// Sum of the reasons.
    pub points: i32,
    /// Wire name.
    pub action: String,
    /// The row that decided.
    pub row: String,
    /// Wire names.
    pub flags: Vec<String>,
    /// The evidence.
    pub reasons: Vec<FoundReason>,
}

/// One reason of [`Found`].
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct FoundReason {
    /// `topic.name` or `@bias`.
    pub rule: String,
    /// Who published it.
    pub publisher: String,
    /// What it added.
    pub points: i32,
    /// In code points of the body.
    pub spans: Vec<[u32; 2]>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseFile {
    layers: Vec<String>,
    case: Vec<Case>,
}

fn standard() -> String {
    "standard".to_owned()
}

/// The folder of this crate.
#[must_use]
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every case, by file name, then in the order of the file.
///
/// # Panics
/// With the file's name, if one does not read.
#[must_use]
pub fn cases() -> Vec<Case> {
    let mut paths: Vec<PathBuf> = entries(&root().join("cases"));
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    let mut cases = Vec::new();
    for path in paths {
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let file: CaseFile = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        cases.extend(file.case.into_iter().map(|case| Case {
            body: case.body.repeat(case.repeat.unwrap_or(1)),
            layers: file.layers.clone(),
            ..case
        }));
    }
    cases
}

fn entries(dir: &Path) -> Vec<PathBuf> {
    let read = fs::read_dir(dir).unwrap_or_else(|error| panic!("{}: {error}", dir.display()));
    let mut paths: Vec<PathBuf> = read.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

/// The folder of a layer: `national`, or one of `layers/`.
#[must_use]
pub fn layer_dir(name: &str) -> PathBuf {
    if name == "national" { root().join("../rules/national") } else { root().join("layers").join(name) }
}

/// A layer, read from its rule files.
///
/// # Panics
/// With every mistake, if the rules do not read.
#[must_use]
pub fn layer(name: &str) -> Layer {
    let mut files = Vec::new();
    for path in entries(&layer_dir(name)) {
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if file.ends_with(".toml") || file == "fold.tsv" {
            let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            files.push(SourceFile { name: file, text });
        }
    }
    author::read(&files).unwrap_or_else(|errors| panic!("{name}: {errors:?}"))
}

/// A layer as a bundle file, signed with development key 0; the source hash is zero.
///
/// # Panics
/// If the layer breaks a rule of bundles.
#[must_use]
pub fn bundle_bytes(layer: &Layer) -> Vec<u8> {
    let unsigned = bundle::write(layer, [0; 32]).unwrap_or_else(|error| panic!("{error}"));
    unsigned.sign(&[&SigningKey::development(0)])
}

/// A layer as a phone gets it: written, signed and opened.
///
/// # Panics
/// If it is refused.
#[must_use]
pub fn bundle(name: &str) -> Bundle {
    let opened = bundle::open(&bundle_bytes(&layer(name)), &TrustRoot::development(), &Limits::default());
    opened.unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The image of opened layers, user layers left out.
///
/// # Panics
/// If they do not compile.
#[must_use]
pub fn compile(bundles: &[Bundle]) -> Vec<u8> {
    let published = bundles.iter().filter(|bundle| bundle.layer.meta.kind != LayerKind::User);
    let inputs: Vec<_> = published.map(|b| image::Input { layer: &b.layer, digest: b.digest }).collect();
    image::compile(&inputs).unwrap_or_else(|error| panic!("{error}"))
}

/// A filter over layers by name; at most one of them of kind user.
///
/// # Panics
/// If they do not make a filter.
#[must_use]
pub fn filter<S: AsRef<str>>(layers: &[S]) -> Filter {
    let bundles: Vec<Bundle> = layers.iter().map(|name| bundle(name.as_ref())).collect();
    let open = |bytes: Vec<u8>| Image::open(Bytes::from(bytes)).unwrap_or_else(|error| panic!("{error}"));
    let filter = Filter::new(open(compile(&bundles))).unwrap_or_else(|error| panic!("{error}"));
    let Some(user) = bundles.iter().find(|bundle| bundle.layer.meta.kind == LayerKind::User) else { return filter };
    let fold = filter.image().fold().unwrap_or_else(|| panic!("a base layer has fold tables"));
    let input = image::Input { layer: &user.layer, digest: user.digest };
    let user = image::compile_user(input, fold).unwrap_or_else(|error| panic!("{error}"));
    filter.with_user_rules(open(user)).unwrap_or_else(|error| panic!("{error}"))
}

impl Case {
    /// The message.
    #[must_use]
    pub fn message(&self) -> Message {
        Message {
            sender: Sender::parse(&self.sender),
            body: self.body.clone(),
            received_at: self.received_at,
            utc_offset_min: self.utc_offset_min,
            sim: self.sim.as_ref().map(|sim| Sim { slot: sim.slot, operator: sim.operator.clone() }),
            known: self.known,
        }
    }

    /// Runs the case.
    ///
    /// # Panics
    /// If its policy is no preset.
    #[must_use]
    pub fn run(&self, filter: &Filter) -> Found {
        let message = self.message();
        let policy = Policy::preset(&self.policy).unwrap_or_else(|| panic!("{}: no such preset", self.name));
        let verdict = filter.classify(&message);
        Found::new(&verdict, &decide(&verdict, &message, &policy))
    }

    /// Where `found` is not what was wanted, a line each.
    #[must_use]
    pub fn differences(&self, found: &Found) -> Vec<String> {
        let want = &self.want;
        let mut lines = Vec::new();
        let mut differ = |what: &str, want: String, found: String| {
            if want != found {
                lines.push(format!("{}: {what}: want {want}, found {found}", self.name));
            }
        };
        differ("category", want.category.clone(), found.category.clone());
        for (what, want, found) in [
            ("subcategory", &want.subcategory, &found.subcategory),
            ("action", &want.action, &found.action),
            ("row", &want.row, &found.row),
        ] {
            if let Some(want) = want {
                differ(what, want.clone(), found.clone());
            }
        }
        if let Some(flags) = &want.flags {
            differ("flags", flags.join(" "), found.flags.join(" "));
        }
        if let Some(spans) = &want.spans {
            differ("spans", format!("{spans:?}"), format!("{:?}", found.spans()));
        }
        let ids: Vec<&str> = found.reasons.iter().map(|reason| reason.rule.as_str()).collect();
        for rule in want.rules.iter().flatten().filter(|rule| !ids.contains(&rule.as_str())) {
            lines.push(format!("{}: rules: want {rule}, found {ids:?}", self.name));
        }
        lines
    }
}

impl Found {
    /// What the core says.
    #[must_use]
    pub fn new(verdict: &Verdict, decision: &Decision) -> Found {
        let reason = |reason: &smsfilter::Reason| FoundReason {
            rule: reason.rule.clone(),
            publisher: reason.publisher.clone(),
            points: reason.points,
            spans: reason.spans.iter().map(|&Span { start, end }| [start, end]).collect(),
        };
        Found {
            category: verdict.category().name().to_owned(),
            subcategory: verdict.subcategory.name().to_owned(),
            score: verdict.score,
            points: verdict.points,
            action: decision.action.name().to_owned(),
            row: decision.row.clone(),
            flags: verdict.flags.names().map(str::to_owned).collect(),
            reasons: verdict.reasons.iter().map(reason).collect(),
        }
    }

    /// Every span of every reason, sorted, each once.
    #[must_use]
    pub fn spans(&self) -> Vec<[u32; 2]> {
        let mut spans: Vec<[u32; 2]> = self.reasons.iter().flat_map(|reason| reason.spans.iter().copied()).collect();
        spans.sort_unstable();
        spans.dedup();
        spans
    }
}

//! Is every rule file and every policy read or refused with a place, and does what is read survive being published?

use super::{choice, tagged};
use crate::layer_dir;
use smsfilter::{
    Filter, Message, Policy,
    bundle::{self, Limits, SigningKey, TrustRoot},
    image::{self, Image},
    policy::Place,
    rule::{
        Layer, LayerKind,
        author::{self, SourceFile},
    },
};
use std::sync::LazyLock;

pub(super) static BASE: LazyLock<Layer> = LazyLock::new(|| crate::layer("mini"));

const KINDS: [&str; 3] = ["addition", "user", "base"];

fn source(name: &str, text: &str) -> SourceFile {
    SourceFile { name: name.into(), text: text.into() }
}

fn head(kind: &str) -> SourceFile {
    let text = "publisher = 'p'\nlayer = 'l'\nissued_at = 2026-01-01T00:00:00Z\nnot_after = 2036-01-01T00:00:00Z\n\
                title = { zh = '', en = '' }\n";
    source("layer.toml", &format!("{text}kind = '{kind}'\n"))
}

/// An input is a policy, a `layer.toml`, or a topic of a layer of one of three kinds.
pub fn toml(data: &[u8]) {
    let Some((what, rest)) = choice(data, 2 + KINDS.len()) else { return };
    let text = String::from_utf8_lossy(rest);
    match what {
        0 => policy(&text),
        1 => files(&[source("layer.toml", &text)]),
        _ => {
            let kind = KINDS[what - 2];
            let mut layer = vec![head(kind), source("topic.toml", &text)];
            if kind == "base" {
                layer.push(source("fold.tsv", "4E00..9FFF\than\t\n0061..007A\tword\t\n"));
            }
            files(&layer);
        }
    }
}

pub(super) fn seeds() -> Vec<Vec<u8>> {
    let mut seeds = vec![tagged(1, head("addition").text.as_bytes())];
    for name in ["national", "mini", "city", "mine"] {
        for path in crate::entries(&layer_dir(name)) {
            let text = std::fs::read_to_string(&path).expect("a rule file");
            // Longer files only repeat themselves.
            let short = text.len() < 6000 || name != "national";
            if short && path.extension().is_some_and(|extension| extension == "toml") {
                seeds.push(tagged(if name == "mine" { 3 } else { 2 }, text.as_bytes()));
            }
        }
    }
    seeds.push(tagged(0, POLICY.as_bytes()));
    seeds
}

/// One of everything.
const POLICY: &str = r#"name = "mine"
[[row]]
category = "promotion/other"
from = ["unknown-mobile", "foreign"]
min_score = 600
action = "quarantine"
[[exception]]
week = [{ days = ["sat", "sun"], from = "22:00", to = "08:00" }]
dates = { from = 2026-11-01, until = 2026-11-11 }
sender = "1069"
signature = "银行"
rule = "a.b"
sim = 1
action = "silent"
over_floor = true
"#;

fn policy(text: &str) {
    match Policy::from_toml(text) {
        Ok(policy) => {
            assert_eq!(Policy::new(policy.parts().clone()).as_ref(), Ok(&policy));
            _ = smsfilter::policy::describe(&policy);
            let message = Message { received_at: Some(0), ..Message::default() };
            _ = smsfilter::decide(&smsfilter::Verdict::default(), &message, &policy);
        }
        Err(error) => {
            if let Place::Line(line, column) = error.place {
                assert!(stands_in(text, line, column), "{error}");
            }
        }
    }
}

/// Whether a 1-based line and column are a place of the text, its end included.
fn stands_in(text: &str, line: usize, column: usize) -> bool {
    let found = text.split('\n').nth(line.wrapping_sub(1));
    found.is_some_and(|found| (1..=found.chars().count() + 1).contains(&column))
}

fn files(files: &[SourceFile]) {
    match author::read(files) {
        Ok(layer) => published(&layer),
        Err(errors) => {
            assert!(!errors.is_empty());
            for error in errors {
                let text = files.iter().find(|file| file.name == error.file).map_or("", |file| &file.text);
                assert!(text.get(error.range.clone()).is_some(), "{error}: {:?}", error.range);
                assert!(stands_in(text, error.line, error.column), "{error}");
            }
        }
    }
}

fn published(layer: &Layer) {
    let Ok(unsigned) = bundle::write(layer, [0; 32]) else { return };
    let signed = unsigned.sign(&[&SigningKey::development(0)]);
    let opened = bundle::open(&signed, &TrustRoot::development(), &Limits::default());
    assert_eq!(opened.expect("what is written can be opened").layer, *layer);
    compiled(layer);
}

/// A layer that a bundle may hold makes an image that classifies, or is refused.
pub(super) fn compiled(layer: &Layer) {
    let input = |layer| image::Input { layer, digest: [0; 32] };
    let open = |bytes: Vec<u8>| Image::open(bytes.into()).expect("what is compiled can be opened");
    let filter = match layer.meta.kind {
        LayerKind::Base => image::compile(&[input(layer)]).map(open),
        LayerKind::Addition => image::compile(&[input(&*BASE), input(layer)]).map(open),
        LayerKind::User => image::compile(&[input(&*BASE)]).map(open),
    };
    let Ok(mut filter) = filter.map(|image| Filter::new(image).expect("a base layer has fold tables")) else { return };
    if layer.meta.kind == LayerKind::User {
        let fold = filter.image().fold().expect("a base layer has fold tables");
        let Ok(user) = image::compile_user(input(layer), fold) else { return };
        filter = filter.with_user_rules(open(user)).expect("folded alike");
    }
    let texts = layer.words.lists.iter().flat_map(|list| &list.keywords);
    let body: String =
        texts.take(8).chain(layer.examples.iter().take(4).map(|example| &example.text)).cloned().collect();
    let message = Message { body, received_at: Some(0), ..Message::default() };
    assert_eq!(filter.explain(&message).verdict, filter.classify(&message));
}

//! `inspect`: what is in a bundle, without asking whether to trust it, or in an image.

use crate::{
    Format,
    outcome::{Failure, Outcome, Result, read},
};
use smsfilter::{
    bundle::{self, hex},
    image::{Image, ImageError},
};
use std::{collections::BTreeMap, path::PathBuf};

/// List what a bundle or image holds.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A bundle or an image.
    file: PathBuf,
    /// How to print.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

pub(crate) fn run(args: &Args) -> Result {
    let bytes = read(&args.file)?;
    let json = args.format == Format::Json;
    match Image::open(bytes.clone().into()) {
        Ok(image) => {
            print_image(&image, json);
            return Ok(Outcome::Fine);
        }
        Err(ImageError::Foreign) => {}
        Err(error) => return Err(Failure::refused(&args.file, error)),
    }
    let found = bundle::inspect(&bytes).map_err(|error| Failure::refused(&args.file, error))?;
    print_bundle(&found, bytes.len(), json);
    Ok(Outcome::Fine)
}

fn print_image(image: &Image, json: bool) {
    let (bytes, rules, keywords) = (image.bytes().len(), image.rules().len(), image.keywords());
    let layers = image.layers();
    let topics = topics(image);
    let parts = image.sizes().parts;
    if json {
        let layers: Vec<_> = layers
            .iter()
            .map(|l| serde_json::json!({"publisher": l.meta.publisher, "layer": l.meta.layer, "seq": l.meta.seq, "digest": hex(&l.digest)}))
            .collect();
        let parts: Vec<_> =
            parts.iter().map(|(name, bytes)| serde_json::json!({"name": name, "bytes": bytes})).collect();
        let topics: Vec<_> = topics
            .iter()
            .map(|((publisher, topic), rules)| serde_json::json!({"publisher": publisher, "topic": topic, "rules": rules}))
            .collect();
        let engine = smsfilter::ENGINE_VERSION;
        println!(
            "{}",
            serde_json::json!({"kind": "image", "engine": engine, "bytes": bytes, "rules": rules, "keywords": keywords, "layers": layers,
            "parts": parts, "topics": topics})
        );
        return;
    }
    println!("image of engine {}: {bytes} bytes, {rules} rules, {keywords} folded keywords", smsfilter::ENGINE_VERSION);
    for layer in layers {
        println!(
            "layer {}/{} seq {}, bundle {}",
            layer.meta.publisher,
            layer.meta.layer,
            layer.meta.seq,
            hex(&layer.digest)
        );
    }
    for (name, bytes) in parts {
        println!("part {name:<26} {bytes:>8} bytes");
    }
    for ((publisher, topic), rules) in topics {
        println!("topic {:<25} {rules:>8} rules", format!("{publisher}/{topic}"));
    }
}

/// How many rules each topic of a publisher has.
fn topics(image: &Image) -> BTreeMap<(&str, &str), usize> {
    let mut topics = BTreeMap::new();
    for rule in image.rules() {
        let topic = rule.id().split('.').next().unwrap_or_default();
        *topics.entry((rule.publisher(), topic)).or_default() += 1;
    }
    topics
}

fn print_bundle(found: &bundle::Inspection, bytes: usize, json: bool) {
    let header = &found.header;
    let rest = bytes.saturating_sub(found.sections.iter().map(|section| section.length as usize).sum());
    if json {
        let sections: Vec<_> = found
            .sections
            .iter()
            .map(|s| serde_json::json!({"name": name(s), "critical": s.critical, "items": s.items, "bytes": s.length, "sha256": hex(&s.sha256)}))
            .collect();
        let signers: Vec<String> = found.claimed_signers.iter().map(ToString::to_string).collect();
        println!(
            "{}",
            serde_json::json!({"kind": "bundle", "publisher": header.publisher, "layer": header.layer, "seq": header.seq,
            "issued_at": header.issued_at, "not_after": header.not_after, "source": hex(&header.source_hash), "bytes": bytes,
            "sections": sections, "rest": rest, "signers": signers})
        );
        return;
    }
    println!("bundle {}/{} seq {} (not verified: see `smsfilter verify`)", header.publisher, header.layer, header.seq);
    println!("issued {}, valid to {}", day(header.issued_at), day(header.not_after));
    println!("source {}", hex(&header.source_hash));
    for section in &found.sections {
        let critical = if section.critical { "" } else { ", optional" };
        println!("section {:<11} {:>6} items {:>8} bytes{critical}", name(section), section.items, section.length);
    }
    println!("heads and signatures {rest:>21} bytes");
    println!("together {bytes:>33} bytes");
    // Told apart from the others because it is trained, not written: its digest says which training it is.
    if let Some(model) = found.sections.iter().find(|section| name(section) == "model") {
        println!("model of {} rows, SHA-256 {}", model.items, hex(&model.sha256));
    }
    for signer in &found.claimed_signers {
        let note = if signer.is_development() { " (development key: proves nothing)" } else { "" };
        println!("signature by {signer}{note}");
    }
}

fn name(section: &bundle::SectionInfo) -> &'static str {
    bundle::section_name(section.kind).unwrap_or("unknown")
}

/// A time in UTC.
pub(crate) fn day(seconds: i64) -> String {
    jiff::Timestamp::from_second(seconds).map_or_else(|_| format!("{seconds} s"), |time| time.to_string())
}

//! Making an image of many keywords, and opening one.

use crate::{
    HEAP, Options,
    measure::{Results, median, ratio, rounds},
    texts::{self, LISTS, Load},
};
use bytes::Bytes;
use sha2::{Digest, Sha256};
use smsfilter::{
    Category, Filter, Message, Subcategory, Text,
    image::{self, Image, Input},
    rule::{Condition, Effect, KeywordList, Layer, LayerKind, Meta, Op, Rule, author},
};
use std::{hint::black_box, path::Path};

/// The national layer and one that adds all these keywords, with a rule for each list.
pub(crate) fn layers(keywords: &[(String, u32)]) -> [Layer; 2] {
    let meta = Meta { kind: LayerKind::Addition, ..Meta::default() };
    let mut addition = Layer { meta, ..Layer::default() };
    add(&mut addition, keywords);
    [national(), addition]
}

/// The image of layers.
pub(crate) fn image(layers: &[Layer]) -> Bytes {
    let inputs: Vec<Input<'_>> = layers.iter().map(|layer| Input { layer, digest: [0; 32] }).collect();
    image::compile(&inputs).expect("compiles").into()
}

fn national() -> Layer {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../rules/national");
    let paths = std::fs::read_dir(folder).expect("rules/national").map(|entry| entry.expect("readable").path());
    let rules = paths.filter(|path| path.extension().is_some_and(|end| end == "toml") || path.ends_with("fold.tsv"));
    let files = rules.map(|path| author::SourceFile {
        name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        text: std::fs::read_to_string(&path).expect("UTF-8"),
    });
    author::read(&files.collect::<Vec<_>>()).expect("the national rules read")
}

fn add(layer: &mut Layer, keywords: &[(String, u32)]) {
    for list in 0..LISTS as u32 {
        let name = format!("bench.list-{list}");
        let of_list = keywords.iter().filter(|row| row.1 == list).map(|row| row.0.clone());
        let condition = Condition(vec![Op::List(layer.words.lists.len() as u32, 1)]);
        layer.words.lists.push(KeywordList { name: name.clone(), keywords: of_list.collect() });
        let effect =
            Effect::Points { category: Subcategory::from_index(Category::Promotion, 0).expect("other"), points: 10 };
        let (title, tip) = (Text::default(), Text::default());
        layer.rules.push(Rule {
            id: name,
            title,
            effect,
            condition,
            from: None,
            until: None,
            owner: String::new(),
            tip,
        });
    }
}

pub(crate) fn compile(options: &Options, results: &mut Results) {
    let load = Load::new(100_000);
    // The keywords and no others: what the builder beside is given.
    let mut layer = Layer { fold: national().fold, ..Layer::default() };
    add(&mut layer, &load.keywords);
    let input = [Input { layer: &layer, digest: [0; 32] }];
    let raw: usize = load.keywords.iter().map(|row| row.0.len()).sum();
    let (before, _) = (HEAP.current_usage(), HEAP.reset_peak_usage());
    let made = image::compile(&input).expect("compiles");
    results.add(
        "compile 100k: peak heap against the raw keywords",
        (HEAP.peak_usage() - before) as f64 / raw as f64,
        "×",
    );
    drop(made);
    let [ours, theirs] = rounds(
        options.rounds,
        [
            &mut || {
                black_box(image::compile(&input).expect("compiles"));
            },
            &mut || {
                let mut builder = fst::MapBuilder::memory();
                for (keyword, list) in &load.keywords {
                    builder.insert(keyword, u64::from(*list)).expect("sorted");
                }
                black_box(builder.into_inner().expect("in memory"));
            },
        ],
    );
    results.add("compile 100k: time", median(&ours) * 1e3, "ms");
    results.add("compile 100k: time against fst::MapBuilder", ratio(&ours, &theirs), "×");
}

pub(crate) fn open(options: &Options, results: &mut Results) {
    let load = Load::new(100_000);
    let message = Message {
        body: texts::Language::new(&mut texts::Random::new(1)).message(&mut texts::Random::new(2), &["试验".into()]),
        ..Message::default()
    };
    for (name, layers) in [("national", vec![national()]), ("100k", layers(&load.keywords).to_vec())] {
        let bytes = image(&layers);
        let before = HEAP.current_usage();
        let filter = Filter::new(Image::open(bytes.clone()).expect("opens")).expect("published");
        black_box(filter.classify(&message));
        results.add(format!("open {name}: heap beyond the image"), (HEAP.current_usage() - before) as f64 / 1e3, "kB");
        drop(filter);
        let many = options.rounds * 20;
        let [opened, hashed] = rounds(
            many,
            [
                &mut || {
                    let filter = Filter::new(Image::open(bytes.clone()).expect("opens")).expect("published");
                    black_box(filter.classify(&message));
                },
                &mut || {
                    black_box(Sha256::digest(&bytes));
                },
            ],
        );
        results.add(format!("open {name}: to the first verdict, hash checked"), median(&opened) * 1e3, "ms");
        results.add(format!("open {name}: of that beside the hash"), (median(&opened) - median(&hashed)) * 1e3, "ms");
    }
}

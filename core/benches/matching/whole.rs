//! The whole job: fold, keywords, model, traits, rules, score, verdict, against two automata that get the folded text for
//! free: daachorse with the same keywords, and daachorse with 200,000 n-gram scores.

use crate::{
    Options,
    image::{image, layers},
    measure::{Results, median, ratio, rounds},
    scan::{Charwise, charwise},
    texts::{self, Load},
};
use smsfilter::{Filter, Message, Sender, filter::Scratch, image::Image};
use std::{collections::HashMap, hint::black_box};

pub(crate) fn run(options: &Options, results: &mut Results) {
    let fold = texts::fold_table();
    let load = Load::new(100_000);
    let mut layers = layers(&load.keywords);
    match &options.model {
        Some(path) => {
            let file = std::fs::read(path).unwrap_or_else(|error| panic!("{path}: {error}"));
            let (model, canaries) = smsfilter::model::split(&file.into()).expect("a trained model");
            (layers[0].model, layers[0].canaries) = (Some(model), canaries);
        }
        None => println!("  no --model: the whole job runs without scores; make one with `smsfilter train`"),
    }
    let image = Image::open(image(&layers)).expect("just compiled");
    for (part, bytes) in image.sizes().parts {
        results.add(format!("whole: {part}"), bytes as f64, "bytes");
    }
    let apart = |name: &str| image.sizes().parts.iter().filter(|part| part.0 == name).map(|part| part.1).sum::<usize>();
    let bound = image.bytes().len() - apart("postings") - apart("fold tables");
    results.add("whole: image, postings and fold tables apart", bound as f64, "bytes");
    let filter = Filter::new(image).expect("a published image");
    let sets = [&load.made_up, &load.real].map(|texts| texts.iter().step_by(5).cloned().collect::<Vec<String>>());
    let folded = sets.each_ref().map(|texts| texts::folded(&fold, texts));
    let (keywords, scores) = (charwise(&load.keywords), scores(&folded));
    let mut both = [Vec::new(), Vec::new(), Vec::new()];
    for ((set, texts), folded) in
        ["made up", "real"].into_iter().zip(sets).zip(folded).filter(|row| !row.0.1.is_empty())
    {
        let message = |body| Message { sender: Sender::parse("106912345678"), body, ..Message::default() };
        let messages: Vec<Message> = texts.into_iter().map(message).collect();
        let mut scratch = Scratch::default();
        let [ours, theirs] = rounds(
            options.rounds,
            [
                &mut || {
                    for message in &messages {
                        black_box(filter.assess_with(message, &mut scratch));
                    }
                },
                &mut || {
                    for text in &folded {
                        let mut sum = 0u32;
                        keywords
                            .find_overlapping_iter(text)
                            .for_each(|hit| sum = sum.wrapping_add(hit.value() ^ hit.end() as u32));
                        scores.find_overlapping_iter(text).for_each(|hit| sum = sum.wrapping_add(hit.value()));
                        black_box(sum);
                    }
                },
            ],
        );
        let nanoseconds = |seconds: &[f64]| median(seconds) * 1e9 / messages.len() as f64;
        results.add(format!("whole, {set}: time"), nanoseconds(&ours), "ns a message");
        results.add(format!("whole, {set}: time of the two automata"), nanoseconds(&theirs), "ns a message");
        results.add(format!("whole, {set}: time against the two automata"), ratio(&ours, &theirs), "×");
        both[0].push(ours);
        both[1].push(theirs);
    }
    let sum = |of: &[Vec<f64>]| (0..options.rounds).map(|at| of.iter().map(|set| set[at]).sum()).collect::<Vec<f64>>();
    results.add("whole: time against the two automata, half and half", ratio(&sum(&both[0]), &sum(&both[1])), "×");
}

/// The 200,000 commonest bigrams and trigrams of the messages themselves, each with a number to add.
fn scores(folded: &[Vec<String>; 2]) -> Charwise {
    let mut counts = HashMap::<&str, u32>::new();
    for text in folded.iter().flatten() {
        let ends: Vec<usize> = text.char_indices().map(|row| row.0).chain([text.len()]).collect();
        for n in [2, 3] {
            for at in 0..ends.len().saturating_sub(n) {
                *counts.entry(&text[ends[at]..ends[at + n]]).or_default() += 1;
            }
        }
    }
    let mut grams: Vec<(u32, &str)> = counts.into_iter().map(|(gram, count)| (count, gram)).collect();
    grams.sort_unstable_by(|a, b| b.cmp(a));
    grams.truncate(200_000);
    grams.sort_unstable_by_key(|row| row.1);
    Charwise::with_values(grams.into_iter().map(|(count, gram)| (gram, count % 255))).expect("n-grams")
}

//! Is any message slow for its length? Time a character of messages made to be slow, against ordinary ones, with the
//! national rules.
//!
//! `cargo bench -p smsfilter-tests --bench pathological [-- --json FILE]`

#![allow(missing_docs)]

use smsfilter::{Filter, Message, Sender, filter::Scratch, image::Image};
use std::time::Instant;

/// Lengths in characters: the shortest that counts, a message of many parts, and the longest that a gateway could pass.
const LENGTHS: [usize; 3] = [70, 1000, 100_000];

fn main() {
    let json = std::env::args().skip_while(|argument| argument != "--json").nth(1);
    let image = smsfilter_tests::compile(&[smsfilter_tests::bundle("national")]);
    let filter = Filter::new(Image::open(image.into()).expect("just compiled")).expect("published");
    let examples = smsfilter_tests::layer("national").examples;
    let ordinary = examples.windows(2).map(|pair| format!("{}{}", pair[0].text, pair[1].text));
    let ordinary: Vec<f64> =
        ordinary.filter(|text| text.chars().count() >= LENGTHS[0]).map(|text| character(&filter, &text)).collect();
    let median = {
        let mut sorted = ordinary.clone();
        sorted.sort_by(f64::total_cmp);
        sorted[sorted.len() / 2]
    };
    println!("{:8.2} ns a character, median of {} ordinary messages", median, ordinary.len());
    let mut slowest = ordinary.iter().copied().fold(0.0, f64::max);
    println!("{:8.2} × the slowest of them", slowest / median);
    for message in smsfilter_tests::pathological() {
        for length in LENGTHS {
            let time = character(&filter, &message.text(length));
            slowest = slowest.max(time);
            println!("{:8.2} × {}, {length} characters", time / median, message.name);
        }
    }
    println!("{:8.2} × the slowest of all", slowest / median);
    if let Some(path) = json {
        let row = serde_json::json!([{ "name": "slowest character", "value": slowest / median, "unit": "×" }]);
        std::fs::write(&path, row.to_string()).unwrap_or_else(|error| panic!("{path}: {error}"));
    }
}

/// Nanoseconds a character: the best of several rounds, for what else the machine does only adds.
fn character(filter: &Filter, text: &str) -> f64 {
    let message = Message { sender: Sender::parse("106912345678"), body: text.to_owned(), ..Message::default() };
    let mut scratch = Scratch::default();
    let characters = text.chars().count();
    let rounds = (20_000 / characters).clamp(3, 30);
    let round = |_| {
        let start = Instant::now();
        std::hint::black_box(filter.assess_with(&message, &mut scratch));
        start.elapsed().as_secs_f64()
    };
    (0..rounds).map(round).fold(f64::MAX, f64::min) * 1e9 / characters as f64
}

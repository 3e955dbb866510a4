//! Where do the weights come from? A labelled corpus, and the layer whose rules say what the labels leave out.
//!
//! [`Trainer::add`] turns each row into the features that the engine will see (masks realised, `masks`) and what it teaches
//! of each category (`weak`); [`Trainer::finish`] learns, rounds and calibrates (`learn`), and measures on rows kept apart.
//! Equal layers, rows and options give equal bytes on every platform: one thread, fixed order, and of floating point only
//! what IEEE 754 fixes (`number`).

mod learn;
mod masks;
mod number;
mod weak;

use super::{Canary, Dense, LANES, MAX_CANARIES, Model, ROWS_LOG2, format, gram::Grams};
use crate::{
    Category, Filter, Message,
    filter::Scratch,
    fold::{FoldTable, Folded},
    image::{self, CompileError, Image, ImageError},
    rule::{Effect, Example, Expect, Layer},
};
use bytes::Bytes;
use sha2::{Digest, Sha256};
use std::ops::Range;

/// Weight of an example of a rule, where a row of a corpus has at most one: they are few, and the project's own.
const EXAMPLE_WEIGHT: f64 = 3.0;
/// Longest text of a canary in bytes.
const CANARY_BYTES: usize = 1024;

/// What a corpus says of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// Not spam.
    Ham,
    /// Spam of some kind.
    Spam,
    /// This category.
    Category(Category),
}

/// What a row is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Eight rows in ten train, one calibrates, one measures, by a hash of the text's Han characters: copies that differ
    /// in numbers, links and punctuation stay together.
    Any,
    /// Nine in ten train, one calibrates: others measure.
    Train,
    /// It only measures.
    Measure,
}

/// Why nothing can be trained.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TrainError {
    /// No such table.
    #[error("expected {} to {} as log2 of rows, found {found}; choose one of these", ROWS_LOG2.start(), ROWS_LOG2.end())]
    Rows {
        /// What was asked for.
        found: u8,
    },
    /// The layer does not compile.
    #[error("{0}")]
    Compile(#[from] CompileError),
    /// The compiled layer does not open.
    #[error("{0}")]
    Image(#[from] ImageError),
    /// Nothing to prove the arithmetic with.
    #[error("expected rules with examples, which become the model's canaries, found none; write some")]
    NoExamples,
    /// Nothing to learn.
    #[error("expected rows of spam and of ham, found {spam} and {ham}; name a corpus that has both")]
    NoRows {
        /// Rows of spam.
        spam: usize,
        /// Rows of ham.
        ham: usize,
    },
}

/// A trained model.
#[derive(Clone, Debug)]
pub struct Trained {
    /// For [`Layer::model`].
    pub model: Bytes,
    /// For [`Layer::canaries`].
    pub canaries: Vec<Canary>,
    /// How it does.
    pub report: Report,
}

/// How a model does alone, on rows that it was not trained with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Rows that trained, examples included; that calibrated; that measured.
    pub rows: [usize; 3],
    /// For each category but unknown, against what its rows teach: see `weak`.
    pub categories: [Figures; LANES],
    /// Any of the four categories of spam, against the labels.
    pub spam: Figures,
    /// Illegal, fraud or phishing, against the labels.
    pub blocked: Figures,
}

/// How often a category is reached, with 500 permille or more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Rows of the category.
    pub positives: usize,
    /// Those of them that reach it.
    pub found: usize,
    /// Rows that are not of the category.
    pub negatives: usize,
    /// Those of them that reach it.
    pub wrong: usize,
}

impl Figures {
    fn count(&mut self, is: bool, reached: bool) {
        let (all, hit) =
            if is { (&mut self.positives, &mut self.found) } else { (&mut self.negatives, &mut self.wrong) };
        *all += 1;
        *hit += usize::from(reached);
    }

    /// Found of all positives, 0 to 1.
    #[must_use]
    pub fn recall(&self) -> f64 {
        self.found as f64 / self.positives.max(1) as f64
    }

    /// Wrong of all negatives, 0 to 1.
    #[must_use]
    pub fn false_positives(&self) -> f64 {
        self.wrong as f64 / self.negatives.max(1) as f64
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Train,
    Calibrate,
    Measure,
}

/// A row as the model sees it.
struct Sample {
    /// Which of [`Set::grams`].
    grams: Range<usize>,
    dense: Dense,
    target: weak::Target,
    spam: bool,
    side: Side,
}

/// All rows.
struct Set {
    /// Rows of the table to be.
    rows: usize,
    /// Table rows of all samples' n-grams; none is row 0.
    grams: Vec<u32>,
    samples: Vec<Sample>,
}

impl Set {
    fn rows_of(&self, sample: &Sample) -> &[u32] {
        &self.grams[sample.grams.clone()]
    }

    fn of(&self, side: Side) -> impl Iterator<Item = &Sample> {
        self.samples.iter().filter(move |sample| sample.side == side)
    }

    fn training(&self) -> impl Iterator<Item = &Sample> {
        self.of(Side::Train)
    }

    fn calibrating(&self) -> impl Iterator<Item = &Sample> {
        self.of(Side::Calibrate)
    }
}

/// Takes rows, gives a model.
pub struct Trainer<'a> {
    layer: &'a Layer,
    filter: Filter,
    fold: FoldTable,
    scratch: Scratch,
    folded: Folded,
    set: Set,
}

impl<'a> Trainer<'a> {
    /// Takes a base layer, whose rules say what labels leave out and whose examples are rows too, and the binary logarithm
    /// of the table's rows, one of [`ROWS_LOG2`]; 15 makes 262 KB.
    ///
    /// # Errors
    /// Another size; a layer that does not compile or has no examples.
    pub fn new(layer: &'a Layer, rows_log2: u8) -> Result<Trainer<'a>, TrainError> {
        if !ROWS_LOG2.contains(&rows_log2) {
            return Err(TrainError::Rows { found: rows_log2 });
        }
        if layer.examples.is_empty() {
            return Err(TrainError::NoExamples);
        }
        let rules = Layer { model: None, canaries: Vec::new(), ..layer.clone() };
        let image = image::compile(&[image::Input { layer: &rules, digest: [0; 32] }])?;
        let image = Image::open(image.into())?;
        let fold = image.fold().ok_or(ImageError::NoFold)?.clone();
        let set = Set { rows: 1 << rows_log2, grams: Vec::new(), samples: Vec::new() };
        let filter = Filter::new(image)?;
        Ok(Trainer { layer, filter, fold, scratch: Scratch::default(), folded: Folded::default(), set })
    }

    /// Takes one row.
    pub fn add(&mut self, message: &Message, label: Label, purpose: Purpose) {
        let message = Message { body: masks::realise(&message.body), ..message.clone() };
        let (dense, rules) = self.see(&message);
        let spam = match label {
            Label::Category(category) => category.is_spam(),
            label => label == Label::Spam,
        };
        let key = key(&self.folded.skeleton.text());
        let side = match (purpose, key % 10) {
            (Purpose::Any | Purpose::Train, 0) => Side::Calibrate,
            (Purpose::Any, 1) | (Purpose::Measure, _) => Side::Measure,
            _ => Side::Train,
        };
        self.push(dense, weak::of_row(label, rules), spam, side);
    }

    /// Learns. `step` hears how many of how many parts are done.
    ///
    /// # Errors
    /// [`TrainError::NoRows`] unless there were rows of both kinds.
    pub fn finish(mut self, mut step: impl FnMut(usize, usize)) -> Result<Trained, TrainError> {
        let spam = self.set.training().filter(|sample| sample.spam).count();
        let ham = self.set.training().count() - spam;
        if spam == 0 || ham == 0 {
            return Err(TrainError::NoRows { spam, ham });
        }
        self.examples();
        let digest = Sha256::digest(self.fold.bytes()).into();
        let mut done = 0;
        let (head, rows) = learn::learn(&self.set, digest, || {
            done += 1;
            step(done, learn::EPOCHS);
        });
        let bytes = Bytes::from(format::write(&head, &rows));
        let model = Model::parse(bytes).unwrap_or_else(|error| unreachable!("a model just written: {error}"));
        let report = report(&self.set, &model, &rows);
        let canaries = self.canaries(&model);
        Ok(Trained { model: model.bytes, canaries, report })
    }

    /// Folds a message into `folded`, and tells its dense features and what the rules say of it.
    fn see(&mut self, message: &Message) -> (Dense, Category) {
        let verdict = self.filter.classify_with(message, &mut self.scratch);
        self.fold.fold(&message.body, &mut self.folded);
        (Dense { class: message.sender.class(), traits: verdict.traits }, verdict.category())
    }

    /// Adds what was last seen.
    fn push(&mut self, dense: Dense, target: weak::Target, spam: bool, side: Side) {
        let start = self.set.grams.len();
        let mut grams = Grams::new(self.set.rows);
        for pair in self.folded.skeleton.chars().iter().filter_map(|&c| grams.step(c)) {
            self.set.grams.extend(pair.into_iter().filter(|row| *row != 0).map(|row| row as u32));
        }
        self.set.samples.push(Sample { grams: start..self.set.grams.len(), dense, target, spam, side });
    }

    /// Adds the examples of rules with points. They always train: they are too few to be kept apart.
    fn examples(&mut self) {
        for example in &self.layer.examples {
            let rule = self.layer.rules.iter().find(|rule| rule.id == example.rule);
            let Some(Effect::Points { category, points: 1.. }) = rule.map(|rule| rule.effect) else { continue };
            let category = category.category;
            let target = match example.expect {
                Expect::Match | Expect::Gap => weak::of_category(category),
                Expect::NoMatch => weak::of_other(category),
            };
            let (dense, _) = self.see(&self.layer.message(example));
            let spam = category.is_spam() && example.expect != Expect::NoMatch;
            self.push(dense, target.map(|weight| weight * EXAMPLE_WEIGHT), spam, Side::Train);
        }
    }

    /// Examples as canaries, evenly from the first to the last.
    fn canaries(&mut self, model: &Model) -> Vec<Canary> {
        let examples: Vec<&Example> = self.layer.examples.iter().filter(|e| e.text.len() <= CANARY_BYTES).collect();
        let count = examples.len().min(MAX_CANARIES);
        let canary = |at: usize| {
            let message = self.layer.message(examples[at * examples.len() / count]);
            let (dense, _) = self.see(&message);
            let sums = model.sums(&self.folded.skeleton.text());
            let points = model.points(sums, dense);
            Canary { text: message.body, class: dense.class, traits: dense.traits.bits(), sums, points }
        };
        (0..count).map(canary).collect()
    }
}

/// A hash of a skeleton's Han characters; without any, of its letters.
fn key(skeleton: &str) -> u64 {
    let han = |c: &char| ('\u{3400}'..='\u{9fff}').contains(c);
    match skeleton.chars().any(|c| han(&c)) {
        true => number::hash(skeleton.chars().filter(han)),
        false => number::hash(skeleton.chars().filter(char::is_ascii_alphabetic)),
    }
}

fn report(set: &Set, model: &Model, rows: &[[i8; LANES]]) -> Report {
    let count = |side| set.of(side).count();
    let mut report = Report { rows: [Side::Train, Side::Calibrate, Side::Measure].map(count), ..Report::default() };
    for sample in set.of(Side::Measure) {
        let mut sums = [0i64; LANES];
        for row in set.rows_of(sample) {
            for lane in 0..LANES {
                sums[lane] += i64::from(rows[*row as usize][lane]);
            }
        }
        let sums = sums.map(|sum| sum.clamp(i32::MIN.into(), i32::MAX.into()) as i32);
        let points = model.points(sums, sample.dense);
        let reached = |category: Category| points[category as usize] >= 0;
        for (lane, figures) in report.categories.iter_mut().enumerate() {
            if sample.target[lane] != 0.0 {
                figures.count(sample.target[lane] > 0.0, reached(Category::ALL[lane + 1]));
            }
        }
        report.spam.count(sample.spam, Category::ALL.into_iter().any(|c| c.is_spam() && reached(c)));
        report.blocked.count(sample.spam, Category::ALL.into_iter().any(|c| c.is_blocked() && reached(c)));
    }
    report
}

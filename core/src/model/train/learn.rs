//! Rows → weights: eight logistic regressions over the same features, learnt together, then made whole numbers.

use super::{
    Sample, Set,
    number::{Random, logistic},
};
use crate::{
    SenderClass,
    model::{DENSE, LANES, MAX_POINTS, format::Head},
};

/// Times that every row is seen; the weights after each of the second half are averaged.
pub(super) const EPOCHS: usize = 6;
/// First step of a weight. AdaGrad (Duchi, Hazan, Singer 2011) divides it by the root of one and all squared gradients.
const RATE: f64 = 0.05;
/// Pull of a weight towards zero, for each time that a row touches it.
const DECAY: f64 = 1e-4;
/// The same for dense weights: few, and seen too often to be held back by anything else.
const DENSE_DECAY: f64 = 1e-3;
/// A dense feature in fewer rows stays without weight: it would tell the corpora apart, not the categories.
const DENSE_ROWS: usize = 50;
/// Points that a nat of log odds is: ten are 0.8, as in the curve of `score`.
const POINTS_PER_NAT: f64 = 12.5;
/// Units of a model's fixed-point numbers in one point.
const UNIT: f64 = 65536.0;
/// Of the order in which rows are seen.
const SEED: u64 = 1;

type Lanes = [f64; LANES];

/// Weights of every feature, the dense ones after the table's rows, and the bias last.
struct Weights(Vec<Lanes>);

/// Numbers of all features of a sample.
fn features<'a>(sample: &'a Sample, set: &'a Set, known: &'a [bool; DENSE]) -> impl Iterator<Item = usize> {
    let rows = set.rows_of(sample).iter().map(|row| *row as usize);
    let dense = sample.dense.features().filter(|feature| known[*feature]).map(|feature| set.rows + feature);
    rows.chain(dense).chain([set.rows + DENSE])
}

/// Learns, rounds, calibrates. `tick` is called after every epoch.
pub(super) fn learn(set: &Set, fold: [u8; 32], mut tick: impl FnMut()) -> (Head, Vec<[i8; LANES]>) {
    let known = known(set);
    let weights = descend(set, &known, &mut tick);
    let (table, dense) = weights.0.split_at(set.rows);
    let steps: Lanes = std::array::from_fn(|lane| step(table, lane));
    let round = |weight: f64, lane: usize, most: f64| (weight / steps[lane]).round().clamp(-most, most);
    let rounded = |row: &Lanes| std::array::from_fn(|lane| round(row[lane], lane, 127.0) as i8);
    let rows: Vec<[i8; LANES]> = table.iter().map(rounded).collect();
    let mut head = Head {
        fold,
        bias: [0; LANES],
        scale: [0; LANES],
        dense: std::array::from_fn(|at| {
            std::array::from_fn(|lane| round(dense[at][lane], lane, f64::from(i16::MAX)) as i16)
        }),
    };
    for lane in 0..LANES {
        let (slope, offset) = calibrate(set, &rows, &head, lane, steps[lane], dense[DENSE][lane]);
        head.scale[lane] = (steps[lane] * slope * POINTS_PER_NAT * UNIT).round() as i32;
        head.bias[lane] = (offset * POINTS_PER_NAT * UNIT).round() as i32;
        if !taught(set, lane) {
            // Nothing shows what it is: as unlikely as points can say.
            (head.scale[lane], head.bias[lane]) = (0, -MAX_POINTS << 16);
        }
    }
    (head, rows)
}

/// Whether rows show both what the category is and what it is not.
fn taught(set: &Set, lane: usize) -> bool {
    let any = |sign: f64| set.training().any(|sample| sample.target[lane] * sign > 0.0);
    any(1.0) && any(-1.0)
}

/// Which dense features get weights. No class at all is the absence of one, and never does.
fn known(set: &Set) -> [bool; DENSE] {
    let mut rows = [0; DENSE];
    set.training().for_each(|sample| sample.dense.features().for_each(|feature| rows[feature] += 1));
    std::array::from_fn(|feature| feature != SenderClass::None as usize && rows[feature] >= DENSE_ROWS)
}

fn descend(set: &Set, known: &[bool; DENSE], tick: &mut impl FnMut()) -> Weights {
    let size = set.rows + DENSE + 1;
    let (mut weights, mut squares) = (vec![[0.0; LANES]; size], vec![[1.0; LANES]; size]);
    let mut average = vec![[0.0; LANES]; size];
    let mut order: Vec<&Sample> = set.training().collect();
    let mut random = Random(SEED);
    for epoch in 0..EPOCHS {
        random.shuffle(&mut order);
        for sample in &order {
            let mut odds = [0.0; LANES];
            for feature in features(sample, set, known) {
                for lane in 0..LANES {
                    odds[lane] += weights[feature][lane];
                }
            }
            let gradient: Lanes = std::array::from_fn(|lane| {
                let (weight, wanted) = (sample.target[lane].abs(), f64::from(sample.target[lane] > 0.0));
                weight * (logistic(odds[lane]) - wanted)
            });
            for feature in features(sample, set, known) {
                let decay = if feature < set.rows { DECAY } else { DENSE_DECAY };
                // The bias may be what it likes.
                let decay = if feature == set.rows + DENSE { 0.0 } else { decay };
                for lane in 0..LANES {
                    let (weight, square) = (&mut weights[feature][lane], &mut squares[feature][lane]);
                    let slope = gradient[lane] + decay * *weight;
                    *square += slope * slope;
                    *weight -= RATE * slope / square.sqrt();
                }
            }
        }
        if epoch >= EPOCHS / 2 {
            let share = 1.0 / (EPOCHS - EPOCHS / 2) as f64;
            for (sum, weight) in average.as_flattened_mut().iter_mut().zip(weights.as_flattened()) {
                *sum += weight * share;
            }
        }
        tick();
    }
    Weights(average)
}

/// What one unit of a category's whole numbers is worth, in nats: the largest weight becomes ±127.
fn step(table: &[Lanes], lane: usize) -> f64 {
    let largest = table.iter().map(|row| row[lane].abs()).fold(0.0, f64::max);
    if largest > 0.0 { largest / 127.0 } else { 1.0 }
}

/// Slope and offset that make a category's whole-number sums log odds on the rows kept for it (Platt 1999), by Newton's
/// method, held near what was learnt: by one row's worth of evidence, so that few rows cannot carry it away.
fn calibrate(set: &Set, rows: &[[i8; LANES]], head: &Head, lane: usize, step: f64, bias: f64) -> (f64, f64) {
    let held: Vec<(f64, f64)> = (set.calibrating())
        .filter(|sample| sample.target[lane] != 0.0)
        .map(|sample| {
            let text: i64 = set.rows_of(sample).iter().map(|row| i64::from(rows[*row as usize][lane])).sum();
            let dense: i64 = sample.dense.features().map(|feature| i64::from(head.dense[feature][lane])).sum();
            ((text + dense) as f64 * step, sample.target[lane])
        })
        .collect();
    let (mut slope, mut offset) = (1.0, bias);
    for _ in 0..20 {
        let (mut to_slope, mut to_offset) = (slope - 1.0, offset - bias);
        let (mut slope2, mut both, mut offset2) = (1.0, 0.0, 1.0);
        for (sum, target) in &held {
            let likely = logistic(slope * sum + offset);
            let error = target.abs() * (likely - f64::from(*target > 0.0));
            let curve = target.abs() * likely * (1.0 - likely);
            to_slope += error * sum;
            to_offset += error;
            slope2 += curve * sum * sum;
            both += curve * sum;
            offset2 += curve;
        }
        let determinant = slope2 * offset2 - both * both;
        slope -= (to_slope * offset2 - to_offset * both) / determinant;
        offset -= (to_offset * slope2 - to_slope * both) / determinant;
    }
    // A slope that turned round says that the rows are too few to say anything.
    if slope > 0.1 && slope < 10.0 { (slope, offset) } else { (1.0, bias) }
}

//! How is a time taken, and where do figures go?

use std::time::Instant;

/// Named figures, printed as they come.
#[derive(Default)]
pub(crate) struct Results(Vec<(String, f64, &'static str)>);

impl Results {
    pub(crate) fn add(&mut self, name: impl Into<String>, value: f64, unit: &'static str) {
        let name = name.into();
        println!("  {name:<66} {value:>12.3} {unit}");
        self.0.push((name, value, unit));
    }

    pub(crate) fn json(&self) -> String {
        let rows =
            self.0.iter().map(|(name, value, unit)| serde_json::json!({ "name": name, "value": value, "unit": unit }));
        serde_json::to_string_pretty(&rows.collect::<Vec<_>>()).expect("numbers and texts")
    }
}

/// Runs each job once a round; the seconds of every round, job by job. The first round warms up and is not counted.
pub(crate) fn rounds<const N: usize>(rounds: usize, mut jobs: [&mut dyn FnMut(); N]) -> [Vec<f64>; N] {
    let mut seconds = [const { Vec::new() }; N];
    for round in 0..=rounds {
        for (job, seconds) in jobs.iter_mut().zip(&mut seconds) {
            let start = Instant::now();
            job();
            if round > 0 {
                seconds.push(start.elapsed().as_secs_f64());
            }
        }
    }
    seconds
}

pub(crate) fn median(values: &[f64]) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Median of the ratios of rounds: what slows a whole round cancels out.
pub(crate) fn ratio(ours: &[f64], theirs: &[f64]) -> f64 {
    median(&ours.iter().zip(theirs).map(|(ours, theirs)| ours / theirs).collect::<Vec<_>>())
}

//! Numbers that are the same on every platform: `f64` with + − × ÷ only, which IEEE 754 fixes to the last bit. The `exp` of
//! the standard library is the platform's own.

/// 1 / (1 + e^−x), within 1e−15 for any x.
pub(super) fn logistic(x: f64) -> f64 {
    let small = exp_minus(x.abs());
    if x < 0.0 { small / (1.0 + small) } else { 1.0 / (1.0 + small) }
}

/// e^−x for x ≥ 0 with a relative error below 1e−15; 0 from 60 on.
fn exp_minus(x: f64) -> f64 {
    if x.is_nan() || x >= 60.0 {
        return 0.0;
    }
    let halvings = (x * std::f64::consts::LOG2_E).floor();
    let rest = x - halvings * std::f64::consts::LN_2;
    // The series of e^−rest; rest is below 0.7, so its 18th term is below 1e−18.
    let series = (1..=18).rev().fold(1.0, |sum, term| 1.0 - rest / f64::from(term) * sum);
    series * f64::from_bits((1023 - halvings as u64) << 52)
}

/// SplitMix64 (Steele, Lea, Flood 2014): the whole state is one number, so equal seeds give equal sequences.
#[derive(Clone, Debug)]
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mix(self.0)
    }

    /// Below `end`, near enough to even for an `end` far below 2^32.
    pub(super) fn below(&mut self, end: usize) -> usize {
        (((self.next() >> 32) * end as u64) >> 32) as usize
    }

    /// Puts a list into random order.
    pub(super) fn shuffle<T>(&mut self, list: &mut [T]) {
        for end in (1..list.len()).rev() {
            list.swap(end, self.below(end + 1));
        }
    }
}

fn mix(mut x: u64) -> u64 {
    x = (x ^ x >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ x >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ x >> 31
}

/// A hash of characters.
pub(super) fn hash(chars: impl Iterator<Item = char>) -> u64 {
    chars.fold(0, |hash, c| mix(hash ^ u64::from(c as u32)).wrapping_add(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_logistic_function_is_that_of_the_standard_library_within_its_error() {
        for step in -7000..=7000 {
            let x = f64::from(step) / 100.0;
            let wanted = 1.0 / (1.0 + (-x).exp());
            assert!((logistic(x) - wanted).abs() < 1e-15, "{x}");
        }
        assert_eq!((logistic(f64::INFINITY), logistic(f64::NEG_INFINITY), logistic(0.0)), (1.0, 0.0, 0.5));
    }

    #[test]
    fn random_numbers_are_those_of_the_reference_implementation() {
        let mut random = Random(0);
        assert_eq!([random.next(), random.next()], [0xE220_A839_7B1D_CDAF, 0x6E78_9E6A_A1B9_65F4]);
        let mut list: Vec<usize> = (0..100).collect();
        random.shuffle(&mut list);
        assert!(!list.is_sorted());
        list.sort_unstable();
        assert_eq!(list, (0..100).collect::<Vec<_>>());
    }
}

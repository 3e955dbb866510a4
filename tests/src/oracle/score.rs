//! Which category do points make, and which layer is heard? Written out again from `rules/README.md`.

use smsfilter::{Category, Subcategory};

/// Points of every category before a rule speaks.
pub(super) const BIAS: i32 = -50;

/// Mildest first; those from `promotion` on are spam.
const ORDER: [Category; 9] = [
    Category::Unknown,
    Category::Personal,
    Category::Service,
    Category::Public,
    Category::Code,
    Category::Promotion,
    Category::Illegal,
    Category::Fraud,
    Category::Phishing,
];
const FIRST_SPAM: usize = 5;

/// Points and the permille that they stand for; straight lines between, level beyond.
const CURVE: [(i32, i32); 13] = [
    (-60, 8),
    (-50, 18),
    (-40, 39),
    (-30, 83),
    (-20, 168),
    (-10, 310),
    (0, 500),
    (10, 690),
    (20, 832),
    (30, 917),
    (40, 961),
    (50, 982),
    (60, 992),
];

/// What one layer says of a message.
#[derive(Debug)]
pub(super) struct LayerPoints {
    /// By place in [`ORDER`].
    pub(super) points: Vec<i32>,
    said: Vec<(Subcategory, i32)>,
}

/// Whether a verdict is more than `unknown`.
pub(super) fn is_known(subcategory: Subcategory) -> bool {
    rank(subcategory.category) > 0
}

/// The layer that decides: of spam the most severe anywhere, else what the first layer that knows anything says; of the
/// layers that say so the one with the most points, the first if equal.
pub(super) fn deciding(layers: &[LayerPoints]) -> usize {
    let worst = layers.iter().map(LayerPoints::rank).max().unwrap_or(0);
    let first = layers.iter().map(LayerPoints::rank).find(|&rank| rank > 0).unwrap_or(0);
    let rank = if worst >= FIRST_SPAM { worst } else { first };
    let loudest = layers.iter().filter(|layer| layer.rank() == rank).map(LayerPoints::loudest).max();
    let decides = |layer: &LayerPoints| layer.rank() == rank && Some(layer.loudest()) == loudest;
    layers.iter().position(decides).expect("some layer has that rank")
}

impl LayerPoints {
    pub(super) fn of(said: impl Iterator<Item = (Subcategory, i32)>) -> LayerPoints {
        let said: Vec<(Subcategory, i32)> = said.collect();
        let sum = |of: &Category| said.iter().filter(|row| row.0.category == *of).map(|row| row.1).sum::<i32>();
        LayerPoints { points: ORDER.iter().map(|of| BIAS + sum(of)).collect(), said }
    }

    /// The place of the category that it reaches, 0 for none.
    fn rank(&self) -> usize {
        let reached: Vec<usize> = (1..ORDER.len()).filter(|&n| permille(self.points[n]) >= 500).collect();
        if let Some(&worst) = reached.iter().max().filter(|&&n| n >= FIRST_SPAM) {
            return worst;
        }
        reached.into_iter().max_by_key(|&n| (self.points[n], n)).unwrap_or(0)
    }

    /// The points of that category, or of the likeliest.
    fn loudest(&self) -> i32 {
        match self.rank() {
            0 => self.points[1..].iter().copied().max().unwrap_or(BIAS),
            rank => self.points[rank],
        }
    }

    pub(super) fn score(&self) -> u16 {
        let likeliest = permille(self.loudest());
        (if self.rank() == 0 { 1000 - likeliest } else { likeliest }) as u16
    }

    /// Of its category the subcategory with the most points, the first of the table if equal.
    pub(super) fn subcategory(&self) -> Subcategory {
        let category = ORDER[self.rank()];
        let mut best: Option<(i32, u8)> = None;
        for index in 0..=u8::MAX {
            let of: Vec<i32> = self
                .said
                .iter()
                .filter(|(said, _)| *said == Subcategory { category, index })
                .map(|(_, points)| *points)
                .collect();
            let sum = of.iter().sum();
            if !of.is_empty() && best.is_none_or(|(most, _)| sum > most) {
                best = Some((sum, index));
            }
        }
        Subcategory { category, index: best.map_or(0, |(_, index)| index) }
    }
}

fn rank(category: Category) -> usize {
    ORDER.iter().position(|known| *known == category).expect("a category of the table")
}

fn permille(points: i32) -> i32 {
    let (first, last) = (CURVE[0], CURVE[CURVE.len() - 1]);
    if points <= first.0 || points >= last.0 {
        return if points <= first.0 { first.1 } else { last.1 };
    }
    let right = CURVE.iter().position(|&(at, _)| at > points).expect("a point to the right");
    let ((x0, y0), (x1, y1)) = (CURVE[right - 1], CURVE[right]);
    y0 + (y1 - y0) * (points - x0) / (x1 - x0)
}

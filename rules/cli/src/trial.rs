//! What do the rules of a layer say of every message of a corpus?

use crate::{
    input::labelled::Row,
    opened,
    outcome::{Failure, Result},
};
use rayon::prelude::*;
use smsfilter::{
    Category, Filter,
    bundle::Bundle,
    rule::Layer,
    score::{THRESHOLD, permille},
};
use std::collections::HashMap;

/// What was said of one message.
pub(crate) struct Said {
    /// Numbers of the layer's rules that hold, evidence included.
    pub(crate) rules: Vec<u32>,
    /// The layer's points of each category, bias and model included, in the order of [`Category::ALL`].
    pub(crate) points: [i32; Category::ALL.len()],
    /// The verdict of all layers.
    pub(crate) verdict: Category,
    /// The most severe spam that another layer finds.
    pub(crate) others: Category,
}

/// A layer at work, beside the national base if it is none.
pub(crate) struct Trial {
    pub(crate) bundle: Bundle,
    pub(crate) filter: Filter,
    /// Its place among the image's layers.
    at: usize,
}

impl Trial {
    pub(crate) fn new(bundle: Bundle) -> Result<Trial> {
        let filter = opened::filter(std::slice::from_ref(&bundle))?;
        let own = |meta: &smsfilter::rule::Meta| {
            meta.publisher == bundle.layer.meta.publisher && meta.layer == bundle.layer.meta.layer
        };
        let at = filter.image().layers().iter().position(|layer| own(&layer.meta));
        match at {
            Some(at) => Ok(Trial { bundle, filter, at }),
            None => Err(Failure::Refused("expected a base or an addition: a user's own rules have no points".into())),
        }
    }

    pub(crate) fn layer(&self) -> &Layer {
        &self.bundle.layer
    }

    /// What is said of each row, in their order; on all cores.
    pub(crate) fn run(&self, rows: &[Row]) -> Vec<Said> {
        let publisher = &self.layer().meta.publisher;
        let rules = self.layer().rules.iter().zip(0u32..);
        let numbers: HashMap<&str, u32> = rules.map(|(rule, number)| (rule.id.as_str(), number)).collect();
        let said = |row: &Row| {
            let seen = self.filter.explain(&row.record.message);
            let own = seen.rules.iter().filter(|held| held.publisher == *publisher);
            let others = seen.points.iter().enumerate().filter(|(at, _)| *at != self.at);
            Said {
                rules: own.filter_map(|held| numbers.get(held.rule.as_str()).copied()).collect(),
                points: seen.points[self.at].1,
                verdict: seen.verdict.category(),
                others: others.map(|(_, (_, points))| worst(points)).max().unwrap_or_default(),
            }
        };
        rows.par_iter().map(said).collect()
    }
}

/// The most severe spam category that these points reach; `unknown` if none.
pub(crate) fn worst(points: &[i32; Category::ALL.len()]) -> Category {
    let reached = |category: &Category| category.is_spam() && permille(points[*category as usize]) >= THRESHOLD;
    Category::ALL.into_iter().rev().find(reached).unwrap_or_default()
}

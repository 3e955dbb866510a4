//! Which cell of the matrix holds? Category or subcategory × relation to the sender, from a minimum score on.

use super::{Action, Dates, Problem, Relation};
use crate::{Category, Subcategory, Verdict, civil::Local};
use serde::{Deserialize, Serialize};

/// One cell of the matrix: what happens to such a message from such a sender.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The category; every subcategory of it unless `sub` is given.
    pub category: Category,
    /// Index of the only subcategory meant, 0 being `other`. Such a row goes before the row of the whole category.
    pub sub: Option<u8>,
    /// From whom.
    pub relation: Relation,
    /// Lowest score for which the row holds, permille.
    pub min_score: u16,
    /// The receiver's local days on which it holds; without them on every day. Such a row only adds: it decides where, once
    /// the floor has lowered it, it does more than the row that holds on every day, and than any other of the same day.
    pub dates: Option<Dates>,
    /// What happens.
    pub action: Action,
}

impl Row {
    /// The stable name of the row: `promotion/unknown-mobile`, or `promotion/finance/unknown-mobile`.
    #[must_use]
    pub fn name(&self) -> String {
        let (category, relation) = (self.category.name(), self.relation.name());
        match self.sub {
            None => [category, "/", relation].concat(),
            Some(index) => {
                [category, "/", Subcategory { category: self.category, index }.name(), "/", relation].concat()
            }
        }
    }

    fn holds(&self, verdict: &Verdict, relation: Relation, now: Option<Local>) -> bool {
        self.category == verdict.category()
            && self.sub.is_none_or(|index| index == verdict.subcategory.index)
            && self.relation == relation
            && self.min_score <= verdict.score
            && self.dates.is_none_or(|dates| dates.hold(now))
    }

    pub(super) fn check(&self, earlier: &[Row]) -> Result<(), Problem> {
        if self.min_score > 1000 {
            return Err(Problem::Score(self.min_score.into()));
        }
        if let Some(index) = self.sub.filter(|&index| Subcategory::from_index(self.category, index).is_none()) {
            return Err(Problem::Subcategory { category: self.category.name(), found: index.to_string() });
        }
        if let Some(dates) = self.dates {
            dates.check()?;
        }
        match earlier.iter().any(|other| other.cell() == self.cell()) {
            true => Err(Problem::Duplicate(self.name())),
            false => Ok(()),
        }
    }

    /// What no two rows of a policy share.
    pub(super) fn cell(&self) -> (Category, Option<u8>, Relation, u16, Option<(i32, i32)>) {
        (self.category, self.sub, self.relation, self.min_score, self.dates.map(|dates| (dates.from, dates.until)))
    }
}

/// The row that decides. `lowered` is what the floor makes of an action: rows are compared by what they do in the end.
pub(super) fn find<'a>(
    rows: &'a [Row],
    verdict: &Verdict,
    relation: Relation,
    now: Option<Local>,
    lowered: impl Fn(Action) -> Action,
) -> Option<&'a Row> {
    let holding =
        |dated: bool| rows.iter().filter(move |row| row.dates.is_some() == dated && row.holds(verdict, relation, now));
    let always = holding(false).max_by_key(|row| (row.sub.is_some(), row.min_score));
    // Of dated rows the one that does most, so that a further one never makes a policy milder.
    let dated = holding(true).max_by_key(|row| (lowered(row.action), row.sub.is_some(), row.min_score));
    dated.filter(|row| lowered(row.action) > always.map_or(Action::Inbox, |row| lowered(row.action))).or(always)
}

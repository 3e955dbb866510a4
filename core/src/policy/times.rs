//! When is a message heard, summed up, forgotten? Quiet hours, times of the digest, retention.

use super::{Action, Parts, Place, Policy, PolicyError, Problem};
use crate::{Category, civil::Local};
use serde::{Deserialize, Serialize};

/// How long messages of a category that were moved to the spam box are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retention {
    /// The category.
    pub category: Category,
    /// Days after which they are deleted, 1 to [`Retention::MAX_DAYS`].
    pub days: u16,
}

impl Retention {
    /// Ten years.
    pub const MAX_DAYS: u16 = 3650;
}

/// Most windows of quiet hours, and most times of the digest.
const MAX_TIMES: usize = 24;
const DAY: u16 = 1440;

pub(super) fn check(parts: &Parts) -> Result<(), PolicyError> {
    let few = |what, found| match found > MAX_TIMES {
        true => Err(PolicyError { place: Place::Policy, problem: Problem::TooMany { what, most: MAX_TIMES, found } }),
        false => Ok(()),
    };
    few("quiet hours", parts.quiet.len())?;
    few("times of the digest", parts.digest.len())?;
    for (number, window) in (1..).zip(&parts.quiet) {
        window.check().map_err(|problem| PolicyError { place: Place::Quiet(number), problem })?;
    }
    for (at, &minute) in parts.digest.iter().enumerate() {
        if minute >= DAY || at > 0 && minute <= parts.digest[at - 1] {
            return Err(PolicyError { place: Place::Digest(at + 1), problem: Problem::Minute(minute) });
        }
    }
    for (at, row) in parts.retention.iter().enumerate() {
        let problem = if !(1..=Retention::MAX_DAYS).contains(&row.days) {
            Problem::Days(row.days.into())
        } else if parts.retention[..at].iter().any(|other| other.category == row.category) {
            Problem::Duplicate(row.category.name().to_owned())
        } else {
            continue;
        };
        return Err(PolicyError { place: Place::Retention(at + 1), problem });
    }
    Ok(())
}

pub(super) fn is_quiet(parts: &Parts, now: Option<Local>) -> bool {
    now.is_some_and(|now| parts.quiet.iter().any(|window| window.holds(now)))
}

pub(super) fn keep_days(parts: &Parts, action: Action, category: Category) -> Option<u16> {
    let row = parts.retention.iter().find(|row| row.category == category);
    row.filter(|_| action == Action::Quarantine).map(|row| row.days)
}

impl Policy {
    /// Minutes of the day at which the digest is shown, ascending, at least one.
    #[must_use]
    pub fn digest_times(&self) -> &[u16] {
        match &self.0.digest[..] {
            [] => &[Self::DIGEST],
            times => times,
        }
    }

    /// The first moment after `now` at which the digest is shown (at the end of the range that end), both in milliseconds since 1970 UTC, in local time with
    /// this offset from UTC in minutes.
    ///
    /// ```
    /// let policy = smsfilter::Policy::preset("standard").unwrap();
    /// // 2026-11-21 20:00 in China is shown at eight the next evening.
    /// assert_eq!(policy.next_digest(1_795_262_400_000, 480), 1_795_262_400_000 + 86_400_000);
    /// assert_eq!(policy.next_digest(1_795_262_399_999, 480), 1_795_262_400_000);
    /// ```
    #[must_use]
    pub fn next_digest(&self, now: i64, utc_offset_min: i16) -> i64 {
        let shift = i64::from(utc_offset_min) * 60_000;
        let day = (now.saturating_add(shift)).div_euclid(86_400_000);
        let moment = |day: i64, minute: u16| {
            let local = day.saturating_mul(86_400_000).saturating_add(i64::from(minute) * 60_000);
            local.saturating_sub(shift)
        };
        let times = self.digest_times();
        let today = times.iter().map(|&minute| moment(day, minute)).find(|&at| at > now);
        today.unwrap_or_else(|| moment(day.saturating_add(1), times[0]))
    }
}

//! When may the next report go? Android asks the user once an app sends more than 30 SMS in 60 s.
//!
//! The numbers are those of AOSP's `SmsUsageMonitor` (`DEFAULT_SMS_MAX_COUNT`, `DEFAULT_SMS_CHECK_PERIOD`); a vendor or
//! the settings may change them. Each part of a long message counts.

/// Parts that Android lets an app send in a window without asking.
pub const ANDROID_LIMIT: usize = 30;
/// Parts that reports take of it. The rest is for the user's own messages.
pub const LIMIT: usize = 20;
/// Length of the window in milliseconds.
pub const WINDOW_MS: i64 = 60_000;

/// What to do with the first report that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Send it.
    SendNow,
    /// Ask again then, milliseconds since 1970 UTC.
    WaitUntil(i64),
}

/// The turn of the first of `waiting`, given as parts of each in their order; none if nothing waits. `sent` are the times,
/// in milliseconds since 1970 UTC, and parts of reports that went, in any order; those outside the window may be left out.
/// A report of more than [`LIMIT`] parts goes once nothing else is in the window; above [`ANDROID_LIMIT`] Android asks. If the clock was set back, what lies less
/// than a window ahead still counts and the rest does not, so nothing waits for long.
#[must_use]
pub fn next(now: i64, sent: &[(i64, usize)], waiting: &[usize]) -> Option<Turn> {
    let parts = *waiting.first()?;
    let mut window: Vec<(i64, usize)> =
        sent.iter().copied().filter(|&(at, _)| now.saturating_sub(at).unsigned_abs() < WINDOW_MS as u64).collect();
    window.sort_unstable();
    let mut used = window.iter().fold(0usize, |used, row| used.saturating_add(row.1));
    let mut free_at = None;
    for (at, leaving) in window {
        if used.saturating_add(parts) <= LIMIT {
            break;
        }
        used = used.saturating_sub(leaving);
        free_at = Some(at.saturating_add(WINDOW_MS));
    }
    Some(free_at.map_or(Turn::SendNow, Turn::WaitUntil))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_report_waits_until_enough_parts_have_left_the_window() {
        assert_eq!(next(0, &[], &[]), None);
        assert_eq!(next(0, &[], &[1]), Some(Turn::SendNow));
        let sent = [(0, 18), (1000, 2)];
        assert_eq!(next(2000, &sent, &[1, 1]), Some(Turn::WaitUntil(60_000)));
        assert_eq!(next(2000, &sent, &[19]), Some(Turn::WaitUntil(61_000)));
        assert_eq!(next(59_999, &sent, &[18]), Some(Turn::WaitUntil(60_000)));
        assert_eq!(next(60_000, &sent, &[18]), Some(Turn::SendNow));
    }

    #[test]
    fn a_report_above_the_limit_goes_alone() {
        assert_eq!(next(0, &[(0, 1)], &[25]), Some(Turn::WaitUntil(60_000)));
        assert_eq!(next(60_000, &[(0, 1)], &[25]), Some(Turn::SendNow));
    }

    #[test]
    fn a_clock_that_was_set_back_holds_nothing_up() {
        assert_eq!(next(0, &[(10_000_000, 20)], &[1]), Some(Turn::SendNow));
        assert_eq!(next(0, &[(30_000, 20)], &[1]), Some(Turn::WaitUntil(90_000)));
        assert_eq!(next(i64::MAX, &[(i64::MIN, 20)], &[1]), Some(Turn::SendNow));
        assert_eq!(next(i64::MAX, &[(i64::MAX, 20)], &[1]), Some(Turn::WaitUntil(i64::MAX)));
    }

    proptest! {
        #[test]
        fn every_report_goes_in_order_and_no_window_holds_more_than_the_limit(
            waiting in proptest::collection::vec(1usize..28, 1..40),
            start in -1_000_000i64..1_000_000,
        ) {
            let (mut now, mut sent, mut left) = (start, Vec::new(), &waiting[..]);
            while let Some(turn) = next(now, &sent, left) {
                match turn {
                    Turn::SendNow => {
                        sent.push((now, left[0]));
                        left = &left[1..];
                    }
                    Turn::WaitUntil(then) => {
                        prop_assert!(now < then && then <= now + WINDOW_MS);
                        now = then;
                    }
                }
            }
            prop_assert!(sent.iter().map(|row| row.1).eq(waiting.iter().copied()));
            for &(at, _) in &sent {
                let window: Vec<usize> = sent.iter().filter(|row| (at..at + WINDOW_MS).contains(&row.0)).map(|row| row.1).collect();
                prop_assert!(window.len() == 1 || window.iter().sum::<usize>() <= LIMIT, "{:?}", window);
            }
        }
    }
}

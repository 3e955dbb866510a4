//! When may the next report go? Android asks the user once an app sends more than 30 SMS in 60 s.
//!
//! The numbers are those of AOSP's `SmsUsageMonitor` (`DEFAULT_SMS_MAX_COUNT`, `DEFAULT_SMS_CHECK_PERIOD`); a vendor or
//! the settings may change them. Each part of a long message counts.
//!
//! Times here are times since the phone started (`SystemClock.elapsedRealtime`), which nobody sets back or forward. What was
//! sent in the last [`WINDOW`] is worth storing, as the app may end in between. After a restart of the phone the clock begins
//! anew, and so does Android's count: what is stored then lies ahead, and counts no more. Android itself counts by the wall
//! clock: when that is set back it may ask all the same.

use std::time::Duration;

/// Parts that Android lets an app send in 60 s without asking.
pub const ANDROID_LIMIT: usize = 30;
/// Parts that reports take of it. The rest is for the user's own messages.
pub const LIMIT: usize = 20;
/// How long a part counts: Android's 60 s, and some more, as Android notes the time of each part a little later than the app.
pub const WINDOW: Duration = Duration::from_secs(65);

/// What to do with the first report that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Send it.
    SendNow,
    /// Ask again after this time, at most [`WINDOW`].
    Wait(Duration),
}

/// The turn of the first of `waiting`, given as parts of each in their order; none if nothing waits. `now` is the time since
/// the phone started, `sent` such times and the parts of reports that went, in any order; those outside the window may be
/// left out. A report of more than [`LIMIT`] parts goes once nothing else is in the window; above [`ANDROID_LIMIT`] Android
/// asks, which [`super::Draft::confirmation`] tells.
///
/// ```
/// use smsfilter::report::queue::{Turn, next};
/// use std::time::Duration;
/// let second = Duration::from_secs;
/// let sent = [(second(100), 18)];
/// assert_eq!(next(second(110), &sent, &[2, 3]), Some(Turn::SendNow));
/// assert_eq!(next(second(110), &sent, &[3]), Some(Turn::Wait(second(55))));
/// ```
#[must_use]
pub fn next(now: Duration, sent: &[(Duration, usize)], waiting: &[usize]) -> Option<Turn> {
    let parts = *waiting.first()?;
    // By age, which what lies ahead has none of.
    let aged = sent.iter().filter_map(|&(at, parts)| Some((now.checked_sub(at)?, parts)));
    let mut window: Vec<(Duration, usize)> = aged.filter(|&(age, _)| age < WINDOW).collect();
    window.sort_unstable();
    let mut used = window.iter().fold(0usize, |used, row| used.saturating_add(row.1));
    let mut turn = Turn::SendNow;
    for (age, leaving) in window.into_iter().rev() {
        if used.saturating_add(parts) <= LIMIT {
            break;
        }
        used = used.saturating_sub(leaving);
        turn = Turn::Wait(WINDOW - age);
    }
    Some(turn)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Turn::{SendNow, Wait};
    use proptest::prelude::*;

    fn ms(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    fn turn(now: u64, sent: &[(u64, usize)], waiting: &[usize]) -> Turn {
        let sent: Vec<_> = sent.iter().map(|&(at, parts)| (ms(at), parts)).collect();
        next(ms(now), &sent, waiting).unwrap()
    }

    #[test]
    fn a_report_waits_until_enough_parts_have_left_the_window() {
        assert_eq!(next(ms(0), &[], &[]), None);
        assert_eq!(turn(0, &[], &[1]), SendNow);
        let sent = [(1000, 2), (0, 18)];
        assert_eq!(turn(2000, &sent, &[1, 1]), Wait(ms(63_000)));
        assert_eq!(turn(2000, &sent, &[19]), Wait(ms(64_000)));
        assert_eq!(turn(64_999, &sent, &[18]), Wait(ms(1)));
        assert_eq!(turn(65_000, &sent, &[18]), SendNow);
    }

    #[test]
    fn a_report_above_the_limit_goes_alone() {
        for parts in [21, 25, 31, 500, usize::MAX] {
            assert_eq!(turn(0, &[(0, 1)], &[parts]), Wait(WINDOW), "{parts}");
            assert_eq!(turn(65_000, &[(0, 1)], &[parts]), SendNow, "{parts}");
            assert_eq!(turn(10, &[(0, parts)], &[1]), Wait(ms(64_990)), "{parts}");
        }
    }

    #[test]
    fn what_was_stored_before_the_phone_started_again_counts_no_more() {
        assert_eq!(turn(9000, &[(10_000_000, 20)], &[1]), SendNow);
        assert_eq!(turn(9000, &[(9001, 20)], &[1]), SendNow);
        // It cannot be told from what was sent since, and holds up for less than a window.
        assert_eq!(turn(9000, &[(8000, 20)], &[1]), Wait(ms(64_000)));
        assert_eq!(next(Duration::MAX, &[(Duration::ZERO, 20), (Duration::MAX, 20)], &[1]), Some(Wait(WINDOW)));
    }

    /// What happens while reports wait.
    #[derive(Clone, Copy, Debug)]
    enum Event {
        /// The app sleeps, or asks before it need.
        Pause(u64),
        /// The app ends, and keeps only what is in the window.
        Stored,
        /// The phone starts again and has run for so long.
        Restart(u64),
    }

    fn event() -> impl Strategy<Value = Event> {
        prop_oneof![
            4 => (0u64..200_000).prop_map(Event::Pause),
            1 => Just(Event::Stored),
            1 => (0u64..100_000).prop_map(Event::Restart),
        ]
    }

    proptest! {
        #[test]
        fn every_report_goes_in_order_and_no_window_holds_more_than_the_limit(
            waiting in proptest::collection::vec(prop_oneof![4 => 1usize..28, 1 => 28usize..80], 1..40),
            start in 0u64..1_000_000_000,
            events in proptest::collection::vec(proptest::option::of(event()), 60),
        ) {
            let (mut now, mut stored, mut left) = (ms(start), Vec::new(), &waiting[..]);
            let mut boots = vec![Vec::new()];
            let mut events = events.into_iter();
            let mut asked = 0;
            while let Some(turn) = next(now, &stored, left) {
                asked += 1;
                prop_assert!(asked <= 4 * (waiting.len() + 60), "it never ends");
                match turn {
                    SendNow => {
                        stored.push((now, left[0]));
                        boots.last_mut().unwrap().push((now, left[0]));
                        left = &left[1..];
                    }
                    Wait(time) => {
                        prop_assert!(time > Duration::ZERO && time <= WINDOW);
                        now += time;
                    }
                }
                match events.next().flatten() {
                    None => {}
                    Some(Event::Pause(millis)) => now += ms(millis),
                    Some(Event::Stored) => stored.retain(|&(at, _)| now.saturating_sub(at) < WINDOW),
                    Some(Event::Restart(millis)) => {
                        now = ms(millis);
                        boots.push(Vec::new());
                    }
                }
            }
            prop_assert!(boots.iter().flatten().map(|row| row.1).eq(waiting.iter().copied()));
            for sent in &boots {
                for &(at, _) in sent {
                    let in_window = sent.iter().filter(|row| (at..at + WINDOW).contains(&row.0));
                    let window: Vec<usize> = in_window.map(|row| row.1).collect();
                    prop_assert!(window.len() == 1 || window.iter().sum::<usize>() <= LIMIT, "{:?}", window);
                }
            }
        }
    }
}

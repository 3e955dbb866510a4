//! Which local day and minute is it? The civil calendar (proleptic Gregorian), from numbers that the caller gives.

use crate::Message;

/// A moment in the receiver's local time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Local {
    /// Days since 1970-01-01.
    pub(crate) day: i64,
    /// Minute of the day, 0–1439.
    pub(crate) minute: u16,
}

impl Local {
    /// When a message was received, if it says so.
    pub(crate) fn of(message: &Message) -> Option<Local> {
        message.received_at.map(|ms| Local::new(ms, message.utc_offset_min))
    }

    /// From milliseconds since 1970 UTC and an offset in minutes. The ends of the range saturate.
    pub(crate) fn new(unix_ms: i64, utc_offset_min: i16) -> Local {
        let minutes = unix_ms.div_euclid(60_000) + i64::from(utc_offset_min);
        Local { day: minutes.div_euclid(1440), minute: minutes.rem_euclid(1440) as u16 }
    }

    /// `2026-11-21 08:05`.
    pub(crate) fn format(self) -> String {
        let (year, month, day) = from_days(self.day);
        format!("{year:04}-{month:02}-{day:02} {:02}:{:02}", self.minute / 60, self.minute % 60)
    }
}

/// Day of the week, Monday 0; 1970-01-01 was a Thursday.
pub(crate) fn weekday(day: i64) -> u8 {
    (day + 3).rem_euclid(7) as u8
}

/// Year, month, day of a number of days since 1970-01-01 (Howard Hinnant, "chrono-compatible date algorithms").
pub(crate) fn from_days(days: i64) -> (i64, u8, u8) {
    let shifted = days + 719_468; // days since 0000-03-01, so that the leap day ends the year
    let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * of_year + 2) / 153;
    let day = (of_year - (153 * march_month + 2) / 5 + 1) as u8;
    let month = if march_month < 10 { march_month + 3 } else { march_month - 9 } as u8;
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// Days since 1970-01-01 of a date that exists.
#[cfg(feature = "author")]
pub(crate) fn to_days(year: i64, month: u8, day: u8) -> i64 {
    let year = year - i64::from(month <= 2);
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let march_month = (i64::from(month) + 9) % 12;
    let of_year = (153 * march_month + 2) / 5 + i64::from(day) - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_days_read_right() {
        assert_eq!(from_days(0), (1970, 1, 1));
        assert_eq!(from_days(-1), (1969, 12, 31));
        assert_eq!(from_days(20_778), (2026, 11, 21));
        assert_eq!(weekday(20_778), 5, "2026-11-21 is a Saturday");
        assert_eq!(Local::new(1_795_219_500_000, 480).format(), "2026-11-21 08:05");
    }

    #[test]
    fn every_day_of_eight_centuries_reads_back() {
        for day in -146_097..146_097 {
            let (year, month, of_month) = from_days(day);
            assert_eq!(to_days(year, month, of_month), day);
        }
    }

    #[test]
    fn a_negative_offset_moves_to_the_day_before() {
        assert_eq!(Local::new(0, -1), Local { day: -1, minute: 1439 });
    }
}

//! Reading a policy file. TOML is an author's format: the phone has policies as values.

use super::{Action, Dates, Exception, Parts, Place, Policy, PolicyError, Problem, Relation, Row, Window};
use crate::{Category, Subcategory, civil};
use serde::{Deserialize, Deserializer, de::Error as _};
use toml::{Spanned, value::Datetime};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    #[serde(default)]
    row: Vec<Spanned<FileRow>>,
    #[serde(default)]
    exception: Vec<Spanned<FileException>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileRow {
    category: Scope,
    #[serde(default = "from_anybody")]
    from: Vec<Relation>,
    #[serde(default = "even_chance")]
    min_score: u16,
    action: Action,
}

/// `promotion` is the whole category, `promotion/other` only that subcategory.
struct Scope(Category, Option<u8>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileException {
    sim: Option<u8>,
    #[serde(default)]
    week: Vec<FileWindow>,
    dates: Option<FileDates>,
    sender: Option<String>,
    signature: Option<String>,
    rule: Option<String>,
    action: Action,
    #[serde(default)]
    over_floor: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileWindow {
    #[serde(default = "every_day")]
    days: Vec<Day>,
    from: Clock,
    to: Clock,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Day {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

struct Clock(u16);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileDates {
    from: FileDate,
    until: FileDate,
}

struct FileDate(i32);

fn from_anybody() -> Vec<Relation> {
    Relation::ALL.to_vec()
}

fn even_chance() -> u16 {
    500
}

fn every_day() -> Vec<Day> {
    vec![Day::Mon, Day::Tue, Day::Wed, Day::Thu, Day::Fri, Day::Sat, Day::Sun]
}

impl<'de> Deserialize<'de> for Scope {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Scope, D::Error> {
        let text = String::deserialize(deserializer)?;
        let scope = match text.contains('/') {
            true => Subcategory::parse(&text).map(|sub| Scope(sub.category, Some(sub.index))),
            false => Category::parse(&text).map(|category| Scope(category, None)),
        };
        let expected = "expected a category such as `promotion` or `promotion/finance`";
        scope.ok_or_else(|| D::Error::custom(format!("{expected}, found `{text}`; see the table in rules/README.md")))
    }
}

impl<'de> Deserialize<'de> for Clock {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Clock, D::Error> {
        let text = String::deserialize(deserializer)?;
        let minute = || {
            let (hour, minute) = text.split_once(':')?;
            let two = |part: &str| (part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse());
            let (hour, minute): (u16, u16) = (two(hour)?.ok()?, two(minute)?.ok()?);
            (minute < 60 && hour * 60 + minute <= 1440).then_some(hour * 60 + minute)
        };
        let minute = minute();
        minute.map(Clock).ok_or_else(|| D::Error::custom(format!("expected a time such as \"22:00\", found `{text}`")))
    }
}

impl<'de> Deserialize<'de> for FileDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<FileDate, D::Error> {
        let found = Datetime::deserialize(deserializer)?;
        match (found.date, found.time) {
            (Some(date), None) => {
                Ok(FileDate(civil::to_days(i64::from(date.year), date.month, date.day) as i32)) // years are 0–9999
            }
            _ => Err(D::Error::custom(format!("expected a day such as 2026-06-18, found `{found}`"))),
        }
    }
}

impl Policy {
    /// Reads a policy file. Errors name the line and column.
    ///
    /// ```
    /// let policy = smsfilter::Policy::from_toml(r#"
    /// name = "quiet weekends"
    /// [[row]]
    /// category = "promotion"                 # or "promotion/finance"; "promotion/other" is only that
    /// from = ["unknown-mobile", "foreign"]   # left out: from anybody
    /// min_score = 600                        # permille; left out: 500
    /// action = "quarantine"
    /// [[exception]]                          # in order; also: dates, sender, signature, rule, sim, over_floor
    /// week = [{ days = ["sat", "sun"], from = "22:00", to = "08:00" }]
    /// action = "silent"
    /// "#)?;
    /// assert_eq!(policy.parts().rows.len(), 2);
    /// # Ok::<(), smsfilter::policy::PolicyError>(())
    /// ```
    pub fn from_toml(text: &str) -> Result<Policy, PolicyError> {
        let file: File = toml::from_str(text).map_err(|error| PolicyError {
            place: error.span().map_or(Place::Policy, |span| line(text, span.start)),
            problem: Problem::Syntax(error.message().to_owned()),
        })?;
        let mut parts = Parts { name: file.name, ..Parts::default() };
        let mut row_places = Vec::new();
        for row in file.row {
            let place = line(text, row.span().start);
            let FileRow { category: Scope(category, sub), from, min_score, action } = row.into_inner();
            if from.is_empty() {
                return Err(PolicyError { place, problem: Problem::Empty { expected: "whom the row is about" } });
            }
            row_places.resize(row_places.len() + from.len(), place);
            parts.rows.extend(from.into_iter().map(|relation| Row { category, sub, relation, min_score, action }));
        }
        let mut exception_places = Vec::new();
        for exception in file.exception {
            exception_places.push(line(text, exception.span().start));
            let one = exception.into_inner();
            let window = |window: FileWindow| Window {
                days: window.days.iter().fold(0, |days, &day| days | 1 << day as u8),
                from: window.from.0,
                to: window.to.0,
            };
            parts.exceptions.push(Exception {
                sim: one.sim,
                week: one.week.into_iter().map(window).collect(),
                dates: one.dates.map(|dates| Dates { from: dates.from.0, until: dates.until.0 }),
                sender: one.sender,
                signature: one.signature,
                rule: one.rule,
                action: one.action,
                over_floor: one.over_floor,
            });
        }
        Policy::new(parts).map_err(|error| PolicyError {
            place: match error.place {
                Place::Row(number) => row_places[number - 1],
                Place::Exception(number) => exception_places[number - 1],
                place => place,
            },
            ..error
        })
    }
}

fn line(text: &str, offset: usize) -> Place {
    let before = text.get(..offset).unwrap_or(text);
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    Place::Line(before.matches('\n').count() + 1, before[start..].chars().count() + 1)
}

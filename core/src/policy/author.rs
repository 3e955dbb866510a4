//! Reading a policy file. TOML is an author's format: the phone has policies as values.

use super::{
    Action, Dates, Exception, Parts, Place, Policy, PolicyError, Preset, Problem, Relation, Retention, Row, Window,
};
use crate::{Category, Subcategory, Text, civil};
use serde::{Deserialize, Deserializer, de::Error as _};
use std::{collections::BTreeMap, ops::Range};
use toml::{Spanned, value::Datetime};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: Spanned<String>,
    /// A preset that the file adds to.
    extends: Option<Spanned<String>>,
    #[serde(default)]
    row: Vec<Spanned<FileRow>>,
    #[serde(default)]
    exception: Vec<Spanned<FileException>>,
    /// Of a publisher's preset.
    title: Option<Text>,
    #[serde(default)]
    overlay: bool,
    #[serde(default)]
    quiet: Vec<Spanned<FileWindow>>,
    #[serde(default)]
    digest: Vec<Spanned<Clock>>,
    #[serde(default)]
    retention: BTreeMap<CategoryName, Spanned<Days>>,
}

/// A category by its wire name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct CategoryName(Category);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileRow {
    category: Scope,
    #[serde(default = "from_anybody")]
    from: Vec<Relation>,
    #[serde(default = "even_chance")]
    min_score: Permille,
    dates: Option<Spanned<FileDates>>,
    action: Action,
}

/// `promotion` is the whole category, `promotion/other` only that subcategory.
struct Scope(Category, Option<u8>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileException {
    sim: Option<u8>,
    #[serde(default)]
    week: Vec<Spanned<FileWindow>>,
    dates: Option<Spanned<FileDates>>,
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

struct Days(u16);

struct Permille(u16);

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

fn even_chance() -> Permille {
    Permille(500)
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

impl<'de> Deserialize<'de> for CategoryName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<CategoryName, D::Error> {
        let text = String::deserialize(deserializer)?;
        let category = Category::parse(&text).map(CategoryName);
        category.ok_or_else(|| D::Error::custom(format!("expected a category such as `promotion`, found `{text}`")))
    }
}

/// A whole number, or what was expected.
fn whole<'de, D: Deserializer<'de>>(deserializer: D, expected: &str) -> Result<u16, D::Error> {
    let found = toml::Value::deserialize(deserializer)?;
    let number = found.as_integer().and_then(|number| u16::try_from(number).ok());
    number.ok_or_else(|| D::Error::custom(format!("expected {expected}, found {found}")))
}

impl<'de> Deserialize<'de> for Days {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Days, D::Error> {
        whole(deserializer, "1 to 3650 days").map(Days)
    }
}

impl<'de> Deserialize<'de> for Permille {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Permille, D::Error> {
        whole(deserializer, "permille as a whole number of 0 to 1000").map(Permille)
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

impl From<FileWindow> for Window {
    fn from(window: FileWindow) -> Window {
        let days = window.days.iter().fold(0, |days, &day| days | 1 << day as u8);
        Window { days, from: window.from.0, to: window.to.0 }
    }
}

impl From<FileDates> for Dates {
    fn from(dates: FileDates) -> Dates {
        Dates { from: dates.from.0, until: dates.until.0 }
    }
}

impl Preset {
    /// Reads a publisher's preset: a policy file with a title in both languages, and `overlay = true` if its rows are to be
    /// added to the user's policy.
    ///
    /// # Errors
    /// As [`Policy::from_toml`]; no title; an exception that passes the floor.
    pub fn from_toml(id: &str, text: &str) -> Result<Preset, PolicyError> {
        let syntax = |what: &str| PolicyError { place: Place::Policy, problem: Problem::Syntax(what.to_owned()) };
        let file = File::read(text)?;
        let title =
            file.title.clone().ok_or_else(|| syntax("expected `title = { zh = \"…\", en = \"…\" }`, found none"))?;
        let overlay = file.overlay;
        let policy = file.policy(text)?;
        if overlay {
            policy.check_overlay()?;
        }
        if policy.parts().exceptions.iter().any(|exception| exception.over_floor) {
            return Err(syntax("expected no `over_floor` in a published preset; only the user may pass the floor"));
        }
        Ok(Preset { id: id.to_owned(), title, overlay, policy })
    }
}

impl Policy {
    /// Reads a policy file. Errors name the line and column.
    ///
    /// ```
    /// let policy = smsfilter::Policy::from_toml(r#"
    /// name = "quiet weekends"
    /// extends = "standard"                   # what the file leaves out is as in this preset; left out: as in `off`
    /// digest = ["08:00", "20:00"]            # left out: 20:00
    /// retention = { promotion = 14 }         # days in the spam box; left out: for ever
    /// [[row]]
    /// category = "promotion"                 # or "promotion/finance"; "promotion/other" is only that
    /// from = ["unknown-mobile", "foreign"]   # left out: from anybody
    /// min_score = 600                        # permille; left out: 500
    /// action = "quarantine"
    /// [[exception]]                          # in order; also: dates, sender, signature, rule, sim, over_floor
    /// week = [{ days = ["sat", "sun"], from = "22:00", to = "08:00" }]
    /// action = "silent"
    /// [[quiet]]                              # no sound but for what stands on the floor
    /// from = "23:00"
    /// to = "07:00"
    /// "#)?;
    /// assert!(policy.parts().rows.len() > 2, "and those of the preset");
    /// # Ok::<(), smsfilter::policy::PolicyError>(())
    /// ```
    pub fn from_toml(text: &str) -> Result<Policy, PolicyError> {
        File::read(text)?.policy(text)
    }
}

impl File {
    fn read(text: &str) -> Result<File, PolicyError> {
        toml::from_str(text).map_err(|error| PolicyError {
            place: error.span().map_or(Place::Policy, |span| line(text, span.start)),
            problem: Problem::Syntax(error.message().to_owned()),
        })
    }

    fn policy(self, text: &str) -> Result<Policy, PolicyError> {
        if self.name.as_ref().trim().is_empty() {
            let problem = Problem::Syntax("expected a name that the user reads, found none; write one".to_owned());
            return Err(PolicyError { place: line(text, self.name.span().start), problem });
        }
        let places = |spans: Vec<Range<usize>>| spans.iter().map(|span| line(text, span.start)).collect::<Vec<_>>();
        let digest_places = places(self.digest.iter().map(Spanned::span).collect());
        let retention_places = places(self.retention.values().map(Spanned::span).collect());
        let exception_places = places(self.exception.iter().map(Spanned::span).collect());
        let mut row_places = Vec::new();
        let windows = |windows: Vec<Spanned<FileWindow>>| -> Result<Vec<Window>, PolicyError> {
            windows.into_iter().map(|window| checked(text, window, |window: &Window| window.check())).collect()
        };
        let days = |dates: Option<Spanned<FileDates>>| -> Result<Option<Dates>, PolicyError> {
            dates.map(|dates| checked(text, dates, |dates: &Dates| dates.check())).transpose()
        };
        let retention = self.retention.into_iter();
        let base = self.extends.map(|name| extended(text, name)).transpose()?.unwrap_or_default();
        let mut parts = Parts {
            name: self.name.into_inner(),
            quiet: windows(self.quiet)?,
            digest: self.digest.into_iter().map(|clock| clock.into_inner().0).collect(),
            retention: retention
                .map(|(name, days)| Retention { category: name.0, days: days.into_inner().0 })
                .collect(),
            ..Parts::default()
        };
        for row in self.row {
            let place = line(text, row.span().start);
            let FileRow { category: Scope(category, sub), from, min_score, dates, action } = row.into_inner();
            if from.is_empty() {
                return Err(PolicyError { place, problem: Problem::Empty { expected: "whom the row is about" } });
            }
            row_places.resize(row_places.len() + from.len(), place);
            let (dates, min_score) = (days(dates)?, min_score.0);
            let rows = from.into_iter().map(|relation| Row { category, sub, relation, min_score, dates, action });
            parts.rows.extend(rows);
        }
        for one in self.exception.into_iter().map(Spanned::into_inner) {
            parts.exceptions.push(Exception {
                sim: one.sim,
                week: windows(one.week)?,
                dates: days(one.dates)?,
                sender: one.sender,
                signature: one.signature,
                rule: one.rule,
                action: one.action,
                over_floor: one.over_floor,
            });
        }
        // A cell of the preset stands where the file says nothing of the same messages on every day.
        let cell = |row: &Row| (row.category, row.sub, row.relation);
        let says = |row: &Row| parts.rows.iter().any(|own| own.dates.is_none() && cell(own) == cell(row));
        let rows: Vec<Row> = base.rows.into_iter().filter(|row| !says(row)).collect();
        parts.rows.extend(rows);
        let keeps = |row: &Retention| parts.retention.iter().any(|own| own.category == row.category);
        let kept: Vec<Retention> = base.retention.into_iter().filter(|row| !keeps(row)).collect();
        parts.retention.extend(kept);
        Policy::new(parts).map_err(|error| PolicyError {
            place: match error.place {
                Place::Row(number) => row_places.get(number - 1).copied().unwrap_or(Place::Policy),
                Place::Exception(number) => exception_places[number - 1],
                Place::Digest(number) => digest_places[number - 1],
                Place::Retention(number) => retention_places.get(number - 1).copied().unwrap_or(Place::Policy),
                place => place,
            },
            ..error
        })
    }
}

/// The preset that a file adds to: rows and retention, as the presets of the product have no more.
fn extended(text: &str, name: Spanned<String>) -> Result<Parts, PolicyError> {
    let place = line(text, name.span().start);
    let preset = Policy::preset(name.as_ref()).map(Parts::from);
    preset.ok_or_else(|| {
        let problem = format!("expected one of {}, found `{}`", Policy::PRESETS.join(", "), name.as_ref());
        PolicyError { place, problem: Problem::Syntax(problem) }
    })
}

/// A part that is right by itself; otherwise what is wrong, with its line.
fn checked<F, T: From<F>>(
    text: &str,
    part: Spanned<F>,
    check: impl Fn(&T) -> Result<(), Problem>,
) -> Result<T, PolicyError> {
    let place = line(text, part.span().start);
    let part = T::from(part.into_inner());
    check(&part).map(|()| part).map_err(|problem| PolicyError { place, problem })
}

fn line(text: &str, offset: usize) -> Place {
    let before = text.get(..offset).unwrap_or(text);
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    Place::Line(before.matches('\n').count() + 1, before[start..].chars().count() + 1)
}

//! In which shapes does a receive policy cross to Kotlin? What comes back is checked by the core.

use smsfilter::{
    Action, Category, Policy, Relation, Subcategory,
    policy::{Dates, Exception, Moved, Parts, Place, PolicyError, Problem, Retention, Row, Window},
};

use crate::error::NativeException;
use crate::records::NativeText;

/// A receive policy.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct NativePolicy {
    /// Shown to the user.
    pub name: String,
    /// The matrix.
    pub rows: Vec<NativeRow>,
    /// The first that holds decides.
    pub exceptions: Vec<NativePolicyException>,
    /// When nothing rings.
    pub quiet: Vec<NativeWindow>,
    /// Minutes of the day.
    pub digest: Vec<u16>,
    /// How long moved messages are kept.
    pub retention: Vec<NativeRetention>,
}

/// One cell of the matrix.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct NativeRow {
    /// Wire name of the category.
    pub category: String,
    /// Wire name of the only subcategory meant, without the category.
    pub subcategory: Option<String>,
    /// Wire name of the relation.
    pub relation: String,
    /// Permille. Whatever Kotlin has for a number, so that a wrong one is told as it is.
    pub min_score: i32,
    /// The days on which it holds.
    pub dates: Option<NativeDates>,
    /// Wire name of the action.
    pub action: String,
}

/// What goes before the matrix.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct NativePolicyException {
    /// Slot of the SIM.
    pub sim_slot: Option<u8>,
    /// Any of these times; empty: any time.
    pub week: Vec<NativeWindow>,
    /// The days on which it holds.
    pub dates: Option<NativeDates>,
    /// The whole number.
    pub sender: Option<String>,
    /// The name in 【】.
    pub signature: Option<String>,
    /// A rule's id.
    pub rule: Option<String>,
    /// Wire name of the action.
    pub action: String,
    /// It passes the floor.
    pub over_floor: bool,
}

/// A stretch of time on some days of the week.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct NativeWindow {
    /// Bit 0 Monday to bit 6 Sunday.
    pub days: u8,
    /// First minute of the day.
    pub from: u16,
    /// First minute after it, 1–1440.
    pub to: u16,
}

/// First and last day, since 1970.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct NativeDates {
    /// First day.
    pub from: i32,
    /// Last day.
    pub until: i32,
}

/// How long moved messages of a category are kept.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct NativeRetention {
    /// Wire name of the category.
    pub category: String,
    /// Days, whatever Kotlin has for a number.
    pub days: i32,
}

/// A policy that came with the rules.
#[derive(uniffi::Record)]
pub struct NativeOfferedPolicy {
    /// Publisher id.
    pub publisher: String,
    /// Its id among that publisher's.
    pub id: String,
    /// Its name.
    pub title: NativeText,
    /// It is added to a policy, and none of its own.
    pub overlay: bool,
    /// What it says.
    pub policy: NativePolicy,
}

/// Messages that a change moves, for one reason.
#[derive(uniffi::Record)]
pub struct NativeMoved {
    /// Wire name of what happened.
    pub from: String,
    /// Wire name of what would happen.
    pub to: String,
    /// What would decide it.
    pub row: String,
    /// How many.
    pub messages: u32,
    /// One-time codes among them that nobody would see at once.
    pub codes: u32,
    /// Notices of banks, cards and payments, likewise.
    pub bank: u32,
    /// Fraud, phishing and unlawful offers among them that leave the spam box.
    pub blocked: u32,
    /// The first of them, counted from 0.
    pub examples: Vec<u32>,
}

impl From<&Policy> for NativePolicy {
    fn from(policy: &Policy) -> NativePolicy {
        let Parts { name, rows, exceptions, quiet, digest, retention } = policy.parts();
        let retention = retention.iter().map(|row| (row.category.name().to_owned(), row.days.into()));
        NativePolicy {
            name: name.clone(),
            rows: rows.iter().map(row).collect(),
            exceptions: exceptions.iter().map(exception).collect(),
            quiet: quiet.iter().map(window).collect(),
            digest: digest.clone(),
            retention: retention.map(|(category, days)| NativeRetention { category, days }).collect(),
        }
    }
}

fn row(row: &Row) -> NativeRow {
    let sub = row.sub.and_then(|index| Subcategory::from_index(row.category, index));
    NativeRow {
        category: row.category.name().to_owned(),
        subcategory: sub.map(|sub| sub.name().to_owned()),
        relation: row.relation.name().to_owned(),
        min_score: row.min_score.into(),
        dates: row.dates.map(dates),
        action: row.action.name().to_owned(),
    }
}

fn exception(exception: &Exception) -> NativePolicyException {
    NativePolicyException {
        sim_slot: exception.sim,
        week: exception.week.iter().map(window).collect(),
        dates: exception.dates.map(dates),
        sender: exception.sender.clone(),
        signature: exception.signature.clone(),
        rule: exception.rule.clone(),
        action: exception.action.name().to_owned(),
        over_floor: exception.over_floor,
    }
}

fn window(&Window { days, from, to }: &Window) -> NativeWindow {
    NativeWindow { days, from, to }
}

fn dates(Dates { from, until }: Dates) -> NativeDates {
    NativeDates { from, until }
}

impl From<&Moved<u32>> for NativeMoved {
    fn from(moved: &Moved<u32>) -> NativeMoved {
        let few = |number: u64| u32::try_from(number).unwrap_or(u32::MAX); // no phone has as many
        NativeMoved {
            from: moved.from.name().to_owned(),
            to: moved.to.name().to_owned(),
            row: moved.row.clone(),
            messages: few(moved.messages),
            codes: few(moved.codes),
            bank: few(moved.bank),
            blocked: few(moved.blocked),
            examples: moved.examples.clone(),
        }
    }
}

/// The policy, or why it cannot be.
pub(crate) fn checked(native: NativePolicy) -> Result<Policy, NativeException> {
    let NativePolicy { name, rows, exceptions, quiet, digest, retention } = native;
    let at = |place: fn(usize) -> Place, number| move |problem| PolicyError { place: place(number), problem };
    let mut parts = Parts { name, quiet: windows(quiet), digest, ..Parts::default() };
    for (number, row) in (1..).zip(rows) {
        let (category, at) = (category(&row.category)?, at(Place::Row, number));
        parts.rows.push(Row {
            category,
            sub: row.subcategory.map(|found| subcategory(category, found)).transpose().map_err(at)?,
            relation: named(Relation::parse(&row.relation))?,
            min_score: u16::try_from(row.min_score).map_err(|_| at(Problem::Score(row.min_score)))?,
            dates: row.dates.map(days),
            action: named(Action::parse(&row.action))?,
        });
    }
    for one in exceptions {
        parts.exceptions.push(Exception {
            sim: one.sim_slot,
            week: windows(one.week),
            dates: one.dates.map(days),
            sender: one.sender,
            signature: one.signature,
            rule: one.rule,
            action: named(Action::parse(&one.action))?,
            over_floor: one.over_floor,
        });
    }
    for (number, row) in (1..).zip(retention) {
        let at = at(Place::Retention, number);
        let days = u16::try_from(row.days).map_err(|_| at(Problem::Days(row.days)))?;
        parts.retention.push(Retention { category: category(&row.category)?, days });
    }
    Ok(Policy::new(parts)?)
}

fn windows(native: Vec<NativeWindow>) -> Vec<Window> {
    native.into_iter().map(|NativeWindow { days, from, to }| Window { days, from, to }).collect()
}

fn days(NativeDates { from, until }: NativeDates) -> Dates {
    Dates { from, until }
}

fn category(name: &str) -> Result<Category, NativeException> {
    named(Category::parse(name))
}

fn subcategory(category: Category, found: String) -> Result<u8, Problem> {
    let category = category.name();
    match Subcategory::parse(&[category, "/", &found].concat()) {
        Some(sub) => Ok(sub.index),
        None => Err(Problem::Subcategory { category, found }),
    }
}

/// What a wire name means; the Kotlin library has no others.
fn named<T>(meaning: Option<T>) -> Result<T, NativeException> {
    meaning.ok_or_else(|| {
        NativeException::refused(
            "policy.name",
            "策略中有无法识别的名称",
            "expected the wire names of categories, relations and actions, found another word",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::{collection::vec, option, prelude::*, sample::select};

    fn any_dates() -> impl Strategy<Value = Option<NativeDates>> {
        option::of((any::<i32>(), any::<i32>()).prop_map(|(a, b)| NativeDates { from: a.min(b), until: a.max(b) }))
    }

    fn any_window() -> impl Strategy<Value = NativeWindow> {
        (1..=0x7fu8, 0..1440u16, 1..=1440u16)
            .prop_filter("not empty", |(_, from, to)| from != to)
            .prop_map(|(days, from, to)| NativeWindow { days, from, to })
    }

    fn any_name(names: impl IntoIterator<Item = &'static str>) -> impl Strategy<Value = String> {
        select(names.into_iter().map(str::to_owned).collect::<Vec<_>>())
    }

    fn any_row() -> impl Strategy<Value = NativeRow> {
        let kinds = Category::ALL.into_iter().flat_map(|category| (0..=u8::MAX).map(move |at| (category, at)));
        let kinds: Vec<Subcategory> =
            kinds.filter_map(|(category, at)| Subcategory::from_index(category, at)).collect();
        let relation = any_name(Relation::ALL.map(Relation::name));
        (select(kinds), any::<bool>(), relation, 0..=1000i32, any_dates(), any_name(Action::ALL.map(Action::name)))
            .prop_map(|(kind, whole, relation, min_score, dates, action)| NativeRow {
                category: kind.category.name().to_owned(),
                subcategory: (!whole).then(|| kind.name().to_owned()),
                relation,
                min_score,
                dates,
                action,
            })
    }

    fn any_exception() -> impl Strategy<Value = NativePolicyException> {
        let sender = option::of(any_name(["10086", "13800138000", "BANK", "+12025550100"]));
        let texts = (sender, option::of("([某店a][某店a ]{0,2})?店"), option::of("[a-z]{1,4}\\.[a-z]{1,4}"));
        let when = (option::of(any::<u8>()), vec(any_window(), 0..3), any_dates());
        (when, texts, any_name(Action::ALL.map(Action::name)), any::<bool>())
            .prop_map(|((sim_slot, week, dates), (sender, signature, rule), action, over_floor)| {
                NativePolicyException { sim_slot, week, dates, sender, signature, rule, action, over_floor }
            })
            .prop_filter("a condition", |one| {
                one.sim_slot.is_some()
                    || !one.week.is_empty()
                    || one.dates.is_some()
                    || [&one.sender, &one.signature, &one.rule].into_iter().any(Option::is_some)
            })
    }

    fn any_policy() -> impl Strategy<Value = NativePolicy> {
        let retention = (proptest::sample::subsequence(Category::ALL.to_vec(), 0..=9), vec(1..=3650i32, 9));
        let digest = proptest::collection::btree_set(0..1440u16, 0..=24);
        ("[^\\x00]{0,8}", vec(any_row(), 0..40), vec(any_exception(), 0..6), vec(any_window(), 0..4), digest, retention)
            .prop_map(|(name, rows, exceptions, quiet, digest, (categories, days))| {
                let cell = |row: &NativeRow| NativeRow { action: String::new(), ..row.clone() };
                let first = |at: &usize| !rows[..*at].iter().any(|row| cell(row) == cell(&rows[*at]));
                let retention = categories.iter().zip(days);
                NativePolicy {
                    name,
                    rows: (0..rows.len()).filter(first).map(|at| rows[at].clone()).collect(),
                    exceptions,
                    quiet,
                    digest: digest.into_iter().collect(),
                    retention: retention
                        .map(|(category, days)| NativeRetention { category: category.name().to_owned(), days })
                        .collect(),
                }
            })
    }

    proptest! {
        #[test]
        fn a_policy_comes_back_as_it_went(native in any_policy()) {
            let policy = checked(native.clone()).unwrap();
            prop_assert_eq!(NativePolicy::from(&policy), native);
        }
    }

    #[test]
    fn numbers_and_names_that_the_core_has_no_room_for_are_refused_as_they_are() {
        let row = |change: fn(&mut NativeRow)| {
            let mut policy = NativePolicy::from(&Policy::preset("standard").unwrap());
            change(&mut policy.rows[1]);
            checked(policy).unwrap_err().to_string()
        };
        assert!(row(|row| row.min_score = -1).starts_with("policy.score: row 2: expected"));
        assert!(row(|row| row.min_score = 65_536 + 500).contains("found 66036"));
        assert!(row(|row| row.subcategory = Some("casino".into())).contains("`illegal`, found `casino`"));
        assert!(row(|row| row.relation = "friend".into()).starts_with("policy.name: "));
        let mut policy = NativePolicy::from(&Policy::preset("strict").unwrap());
        policy.retention[3].days = -7;
        assert!(checked(policy).unwrap_err().to_string().starts_with("policy.days: retention 4: expected 1 to 3650"));
    }
}

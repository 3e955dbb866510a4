mod author;
mod describe;
mod times;

use super::*;
use crate::{Reason, Sender, Sim, verdict::UserMatch};
use proptest::{collection::vec, option, prelude::*, sample::select};

fn verdict(subcategory: &str, score: u16) -> Verdict {
    Verdict { subcategory: Subcategory::parse(subcategory).unwrap(), score, ..Verdict::default() }
}

fn from(sender: &str, known: Known) -> Message {
    Message { sender: Sender::parse(sender), known, ..Message::default() }
}

fn with(exceptions: Vec<Exception>) -> Policy {
    let rows = Policy::preset("standard").unwrap().parts().rows.clone();
    Policy::new(Parts { name: "test".into(), rows, exceptions, ..Parts::default() }).unwrap()
}

fn decided(verdict: &Verdict, message: &Message, policy: &Policy) -> (Action, String) {
    let Decision { action, row, .. } = decide(verdict, message, policy);
    (action, row)
}

#[test]
fn the_first_relation_that_fits_is_taken() {
    let registered = Verdict { known_service: true, ..Verdict::default() };
    let plain = Verdict::default();
    let of = |sender, known, verdict| Relation::of(&from(sender, known), verdict);
    assert_eq!(of("10086", Known::Contact, &registered), Relation::Contact);
    assert_eq!(of("+12025550100", Known::Replied, &plain), Relation::Replied);
    assert_eq!(of("95588", Known::None, &plain), Relation::KnownService);
    assert_eq!(of("1069000012345", Known::None, &registered), Relation::KnownService);
    assert_eq!(of("1069000012345", Known::None, &plain), Relation::UnknownService);
    assert_eq!(of("+12025550100", Known::None, &plain), Relation::Foreign);
    assert_eq!(of("13800138000", Known::None, &plain), Relation::UnknownMobile);
    assert_eq!(of("", Known::None, &plain), Relation::UnknownMobile);
}

#[test]
fn presets_differ_where_a_user_would_notice() {
    let outcome = |name: &str| {
        let policy = Policy::preset(name).unwrap();
        let act = |sub, score, sender| decide(&verdict(sub, score), &from(sender, Known::None), &policy).action;
        [
            act("fraud/loan", 900, "13800138000"),
            act("phishing/bank", 600, "95588"),
            act("promotion/retail", 700, "1069000012345"),
            act("promotion/retail", 550, "13800138000"),
            act("unknown", 900, "+12025550100"),
        ]
    };
    use Action::*;
    assert_eq!(outcome("off"), [Inbox; 5]);
    assert_eq!(outcome("mark"), [Mark, Mark, Mark, Inbox, Inbox]);
    assert_eq!(outcome("standard"), [Quarantine, Mark, Digest, Inbox, Inbox]);
    assert_eq!(outcome("strict"), [Quarantine, Quarantine, Digest, Quarantine, Silent]);
    assert!(Policy::PRESETS.iter().all(|name| Policy::preset(name).unwrap().parts().name == *name));
    assert_eq!(Policy::preset("paranoid"), None);
    let kept = |name: &str, sub| {
        decide(&verdict(sub, 900), &from("13800138000", Known::None), &Policy::preset(name).unwrap()).keep_days
    };
    assert_eq!(Policy::PRESETS.map(|name| kept(name, "fraud/loan")), [None, None, Some(90), Some(30)]);
    assert_eq!(Policy::PRESETS.map(|name| kept(name, "promotion/retail")), [None, None, None, Some(7)]);
}

#[test]
fn no_preset_is_milder_than_the_one_before_it() {
    let policies = Policy::PRESETS.map(|name| Policy::preset(name).unwrap());
    for category in Category::ALL {
        for sender in ["13800138000", "95588", "1069000012345", "+12025550100", ""] {
            for known in [Known::Contact, Known::Replied, Known::None] {
                for score in (0..=1000).step_by(50) {
                    let act = |policy| decide(&verdict(category.name(), score), &from(sender, known), policy).action;
                    let actions = policies.each_ref().map(act);
                    assert!(actions.is_sorted(), "{} {sender} {known:?} {score}: {actions:?}", category.name());
                }
            }
        }
    }
}

#[test]
fn the_users_own_rule_stands_above_exceptions_and_floor() {
    let own = UserMatch { rule: "mine.no-ads".into(), action: Action::Quarantine, spans: Vec::new() };
    let verdict = Verdict { user_rule: Some(own), ..verdict("code", 900) };
    let policy = with(vec![Exception { sim: Some(0), action: Action::Inbox, ..Exception::default() }]);
    let message = Message { sim: Some(Sim::default()), ..from("13800138000", Known::Contact) };
    assert_eq!(decided(&verdict, &message, &policy), (Action::Quarantine, "user:mine.no-ads".into()));
}

#[test]
fn a_row_of_a_subcategory_goes_before_the_row_of_its_category_once_its_score_is_reached() {
    let row = |sub, min_score, action| Row {
        category: Category::Promotion,
        sub,
        relation: Relation::UnknownMobile,
        min_score,
        dates: None,
        action,
    };
    let rows = vec![row(None, 500, Action::Silent), row(Some(2), 800, Action::Quarantine)];
    let policy = Policy::new(Parts { rows, ..Parts::default() }).unwrap();
    let act = |sub, score| decided(&verdict(sub, score), &Message::default(), &policy);
    assert_eq!(act("promotion/finance", 800), (Action::Quarantine, "promotion/finance/unknown-mobile".into()));
    assert_eq!(act("promotion/finance", 799), (Action::Silent, "promotion/unknown-mobile".into()));
    assert_eq!(act("promotion/retail", 999), (Action::Silent, "promotion/unknown-mobile".into()));
    assert_eq!(act("promotion/retail", 499), (Action::Inbox, "default".into()));
}

#[test]
fn each_condition_of_an_exception_is_needed() {
    let all = Exception {
        sim: Some(1),
        week: vec![Window { days: 1 << 5, from: 22 * 60, to: 6 * 60 }],
        dates: Some(Dates { from: 20_779, until: 20_779 }),
        sender: Some("+8613800138000".into()),
        signature: Some("某店".into()),
        rule: Some("shop.sale".into()),
        action: Action::Quarantine,
        over_floor: false,
    };
    let reason = Reason { rule: "shop.sale".into(), publisher: "p".into(), points: 1, spans: Vec::new() };
    let shown = Verdict { signature: Some("某店".into()), reasons: vec![reason], ..Verdict::default() };
    let message = Message {
        // Sunday 2026-11-22 05:59 in China, inside the window that began on Saturday.
        received_at: Some(20_779 * 86_400_000 - 8 * 3_600_000 + (5 * 60 + 59) * 60_000),
        utc_offset_min: 480,
        sim: Some(Sim { slot: 1, operator: String::new() }),
        ..from("13800138000", Known::None)
    };
    let policy = with(vec![all]);
    assert_eq!(decided(&shown, &message, &policy), (Action::Quarantine, "exception:1".into()));
    let misses = [
        (shown.clone(), Message { sim: None, ..message.clone() }),
        (shown.clone(), Message { received_at: None, ..message.clone() }),
        (shown.clone(), Message { received_at: message.received_at.map(|ms| ms + 60_000), ..message.clone() }),
        (shown.clone(), Message { received_at: message.received_at.map(|ms| ms - 7 * 86_400_000), ..message.clone() }),
        (shown.clone(), Message { sender: Sender::parse("13800138001"), ..message.clone() }),
        (Verdict { signature: None, ..shown.clone() }, message.clone()),
        (Verdict { reasons: Vec::new(), ..shown.clone() }, message.clone()),
    ];
    for (verdict, message) in misses {
        assert_eq!(decide(&verdict, &message, &policy).row, "default", "{message:?}");
    }
}

#[test]
fn an_exception_holds_for_what_people_write_into_it() {
    let reason = Reason { rule: "shop.sale".into(), publisher: "shops".into(), points: 1, spans: Vec::new() };
    let shown = Verdict { signature: Some("某店".into()), reasons: vec![reason], ..Verdict::default() };
    let exception = |change: fn(&mut Exception)| {
        let mut exception = Exception { action: Action::Silent, ..Exception::default() };
        change(&mut exception);
        exception
    };
    let message = from("106912345678", Known::None);
    let holds = |change| decide(&shown, &message, &with(vec![exception(change)])).row == "exception:1";
    assert!(holds(|it| it.sender = Some("1069*".into())) && holds(|it| it.sender = Some(" +86 1069* ".into())));
    assert!(!holds(|it| it.sender = Some("1068*".into())) && !holds(|it| it.sender = Some("1069".into())));
    assert!(holds(|it| it.signature = Some("【某店】".into())) && !holds(|it| it.signature = Some("【某】".into())));
    assert!(holds(|it| it.rule = Some("shops/shop.sale".into())));
    assert!(!holds(|it| it.rule = Some("national/shop.sale".into())));
    for star in ["*", "10*69", "**", "Shop*"] {
        let exceptions = vec![Exception { sender: Some(star.into()), ..Exception::default() }];
        assert_eq!(Policy::new(Parts { exceptions, ..Parts::default() }).unwrap_err().problem, Problem::Star, "{star}");
    }
}

#[test]
fn the_floor_lowers_to_a_label_and_names_what_it_overrode() {
    let take = |over_floor| {
        with(vec![Exception { sim: Some(0), action: Action::Quarantine, over_floor, ..Exception::default() }])
    };
    let message = Message { sim: Some(Sim::default()), ..Message::default() };
    let code = verdict("code", 900);
    assert_eq!(decided(&code, &message, &take(false)), (Action::Mark, "floor:exception:1".into()));
    assert_eq!(decided(&code, &message, &take(true)), (Action::Quarantine, "exception:1".into()));
    let doubtful = Verdict { blocked_evidence: true, ..code.clone() };
    assert_eq!(decided(&doubtful, &message, &take(false)), (Action::Quarantine, "exception:1".into()));
    let contact = Message { known: Known::Contact, ..message };
    assert_eq!(decided(&doubtful, &contact, &take(false)), (Action::Mark, "floor:exception:1".into()));
    let parcel = verdict("service/parcel", 900);
    assert_eq!(decide(&parcel, &Message { known: Known::None, ..contact }, &take(false)).action, Action::Quarantine);
}

#[test]
fn a_policy_that_cannot_be_is_refused_with_its_place() {
    let row = Row {
        category: Category::Fraud,
        sub: None,
        relation: Relation::Foreign,
        min_score: 500,
        dates: None,
        action: Action::Mark,
    };
    let rows = |rows: Vec<Row>| Policy::new(Parts { rows, ..Parts::default() }).unwrap_err();
    assert_eq!(rows(vec![row, row]).place, Place::Row(2));
    assert_eq!(rows(vec![Row { min_score: 1001, ..row }]).problem, Problem::Score(1001));
    let other = Problem::Subcategory { category: "fraud", found: "99".into() };
    assert_eq!(rows(vec![Row { sub: Some(99), ..row }]).problem, other);
    let one = |exception| Policy::new(Parts { exceptions: vec![exception], ..Parts::default() }).unwrap_err().problem;
    assert_eq!(one(Exception::default()), Problem::Unconditional);
    let window = |days, from, to| one(Exception { week: vec![Window { days, from, to }], ..Exception::default() });
    for (from, to) in [(60, 60), (1440, 60), (60, 1441), (60, 0)] {
        assert_eq!(window(1, from, to), Problem::Window { from, to });
    }
    assert_eq!([window(0, 0, 60), window(0x80, 0, 60)], [Problem::Weekdays, Problem::Weekdays]);
    let dates = Some(Dates { from: 2, until: 1 });
    assert_eq!(one(Exception { dates, ..Exception::default() }), Problem::Dates { from: 2, until: 1 });
    let empty = Exception { sender: Some(" ".into()), ..Exception::default() };
    assert!(matches!(one(empty), Problem::Empty { .. }));
}

#[test]
fn every_refusal_has_a_code_of_its_own_and_both_sentences() {
    let text = |text: &str| text.to_owned();
    let problems = [
        Problem::TooLong { rows: 600, exceptions: 2 },
        Problem::Score(-1),
        Problem::Duplicate(text("fraud/foreign")),
        Problem::Subcategory { category: "fraud", found: text("casino") },
        Problem::Unconditional,
        Problem::Weekdays,
        Problem::Window { from: 1320, to: 1320 },
        Problem::Dates { from: 1, until: 0 },
        Problem::Empty { expected: "a sender number" },
        Problem::Sender,
        Problem::Star,
        Problem::Overlay,
        Problem::TooMany { what: "quiet hours", most: 24, found: 25 },
        Problem::Minute(1440),
        Problem::Days(0),
        Problem::Syntax(text("x")),
    ];
    let codes: std::collections::BTreeSet<_> = problems.iter().map(Problem::code).collect();
    assert_eq!(codes.len(), problems.len());
    let mut said = Vec::new();
    for problem in problems {
        for (place, number) in [(Place::Policy, ""), (Place::Row(7), "7"), (Place::Line(7, 9), "7")] {
            let error = PolicyError { place, problem: problem.clone() };
            assert!(error.to_string().is_ascii() && error.to_string().contains(number), "{error}");
            assert!(error.zh().contains(number) && error.zh().chars().any(|c| c > '一'), "{}", error.zh());
            said.push(error.zh());
        }
    }
    assert_eq!(said.iter().collect::<std::collections::BTreeSet<_>>().len(), said.len());
    assert_eq!(said[4], "第 7 行：最低得分应为 0 到 1000（千分之），不能是 -1");
}

fn any_action() -> impl Strategy<Value = Action> {
    use Action::*;
    select(vec![Inbox, Mark, Silent, Digest, Quarantine])
}

fn any_verdict() -> impl Strategy<Value = Verdict> {
    let subcategory = (select(Category::ALL.to_vec()), 0..15u8)
        .prop_filter_map("in the table", |(category, index)| Subcategory::from_index(category, index));
    let user_rule = option::weighted(
        0.1,
        any_action().prop_map(|action| UserMatch { rule: "u.r".into(), action, spans: Vec::new() }),
    );
    let signature = option::of(select(vec!["某店".to_owned(), "某行".to_owned()]));
    (subcategory, 0..=1000u16, user_rule, any::<bool>(), any::<bool>(), signature).prop_map(
        |(subcategory, score, user_rule, known_service, blocked_evidence, signature)| Verdict {
            subcategory,
            score,
            user_rule,
            known_service,
            blocked_evidence,
            signature,
            ..Verdict::default()
        },
    )
}

fn any_message() -> impl Strategy<Value = Message> {
    let sender = select(vec!["", "10086", "1069012", "95588", "+1202555", "13800138000", "BANK", "4001"]);
    let known = select(vec![Known::Contact, Known::Replied, Known::None, Known::None, Known::None]);
    (sender, known, option::of(any::<i64>()), any::<i16>(), option::of(0..2u8)).prop_map(
        |(sender, known, received_at, utc_offset_min, slot)| Message {
            sender: Sender::parse(sender),
            known,
            received_at,
            utc_offset_min,
            sim: slot.map(|slot| Sim { slot, operator: String::new() }),
            ..Message::default()
        },
    )
}

fn any_policy() -> impl Strategy<Value = Policy> {
    let dates =
        option::weighted(0.3, (0..40_000i32, 0..400i32).prop_map(|(from, more)| Dates { from, until: from + more }));
    let cell = (select(Category::ALL.to_vec()), option::of(0..9u8), select(Relation::ALL.to_vec()), 0..=1000u16);
    let row = (cell, dates, any_action()).prop_map(|((category, sub, relation, min_score), dates, action)| Row {
        category,
        sub,
        relation,
        min_score,
        dates,
        action,
    });
    let window = (1..=0x7fu8, 0..1440u16, 1..=1440u16).prop_map(|(days, from, to)| Window { days, from, to });
    let exception = (
        option::of(0..2u8),
        vec(window, 0..2),
        option::of(select(vec!["某店".to_owned(), "某行".to_owned()])),
        option::of(select(vec!["10086".to_owned(), "13800138000".to_owned()])),
        any_action(),
        any::<bool>(),
    )
        .prop_map(|(sim, week, signature, sender, action, over_floor)| Exception {
            sim,
            week: week.into_iter().filter(|window| window.from != window.to).collect(),
            signature,
            sender,
            action,
            over_floor,
            ..Exception::default()
        });
    let quiet = vec((1..=0x7fu8, 0..1440u16, 1..=1440u16).prop_map(|(days, from, to)| Window { days, from, to }), 0..2);
    let retention = (select(Category::ALL.to_vec()), 1..=Retention::MAX_DAYS)
        .prop_map(|(category, days)| Retention { category, days });
    let digest = proptest::collection::btree_set(0..1440u16, 0..4);
    (vec(row, 0..60), vec(exception, 0..6), quiet, digest, option::of(retention)).prop_map(|parts| {
        let (rows, exceptions, quiet, digest, retention) = parts;
        let mut parts = Parts {
            name: "any".into(),
            quiet: quiet.into_iter().filter(|window| window.from != window.to).collect(),
            digest: digest.into_iter().collect(),
            retention: retention.into_iter().collect(),
            ..Parts::default()
        };
        for row in rows {
            if row.check(&parts.rows).is_ok() {
                parts.rows.push(row);
            }
        }
        let conditional = |one: &Exception| {
            one.sim.is_some() || !one.week.is_empty() || one.signature.is_some() || one.sender.is_some()
        };
        parts.exceptions = exceptions.into_iter().filter(conditional).collect();
        Policy::new(parts).unwrap()
    })
}

/// `PROPTEST_CASES` runs more.
fn cases() -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig::with_cases(asked.unwrap_or(1500))
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn nothing_but_a_users_rule_or_a_marked_exception_passes_the_floor(
        policy in any_policy(), verdict in any_verdict(), message in any_message(),
    ) {
        let decision = decide(&verdict, &message, &policy);
        let known = message.known != Known::None;
        let kept = ["code/other", "service/bank", "service/card", "service/payment"];
        let by_verdict = verdict.category() == Category::Public || kept.contains(&&*verdict.subcategory.to_string());
        if verdict.user_rule.is_none() && (known || by_verdict && !verdict.blocked_evidence) {
            let marked = decision.row.strip_prefix("exception:").is_some_and(|number| {
                policy.parts().exceptions[number.parse::<usize>().unwrap() - 1].over_floor
            });
            prop_assert!(decision.action < Action::Digest || marked, "{decision:?}");
        }
    }

    #[test]
    fn an_exception_added_at_the_end_never_decides_what_an_earlier_one_decided(
        policy in any_policy(), verdict in any_verdict(), message in any_message(), action in any_action(),
    ) {
        let before = decide(&verdict, &message, &policy);
        let mut parts = policy.parts().clone();
        for slot in [0, 1] {
            parts.exceptions.push(Exception { sim: Some(slot), action, over_floor: true, ..Exception::default() });
        }
        let after = decide(&verdict, &message, &Policy::new(parts).unwrap());
        let earlier = before.row.contains("exception:") || verdict.user_rule.is_some();
        prop_assert!(!earlier || before == after);
        prop_assert!(earlier || message.sim.is_none() || after.row.starts_with("exception:"));
    }

    #[test]
    fn an_overlay_never_does_less_and_touches_nothing_outside_its_days(
        policy in any_policy(), verdict in any_verdict(), message in any_message(), from in 0..30_000i32,
        overlays in vec((any_action(), proptest::option::of(Just(())), 0..=1000u16), 2),
    ) {
        // Half of the messages come on these days.
        let now = message.received_at.map(|ms| Local::new(ms, message.utc_offset_min));
        let from = now.filter(|_| from % 2 == 0).map_or(from, |now| now.day as i32 - from % 31);
        let dates = Dates { from, until: from + 30 };
        let [first, second] = [0, 1].map(|at| {
            let (action, sub, min_score) = overlays[at];
            let sub = sub.map(|()| verdict.subcategory.index);
            let row = |relation| Row { category: verdict.category(), sub, relation, min_score, dates: Some(dates), action };
            Policy::new(Parts { rows: Relation::ALL.into_iter().map(row).collect(), ..Parts::default() }).unwrap()
        });
        // One over the other, too.
        let policy = policy.with(&first).unwrap();
        let (before, after) = (decide(&verdict, &message, &policy), decide(&verdict, &message, &policy.with(&second).unwrap()));
        prop_assert!(before.action <= after.action, "{before:?} {after:?}");
        prop_assert!(dates.hold(now) || before == after);
    }
}

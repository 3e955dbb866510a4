use super::*;

/// 2026-11-21 (a Saturday) at this minute in China.
fn at(minute: i64) -> Message {
    let midnight = 20_778 * 86_400_000 - 8 * 3_600_000;
    Message {
        received_at: Some(midnight + minute * 60_000),
        utc_offset_min: 480,
        sim: Some(Sim::default()),
        ..from("13800138000", Known::None)
    }
}

fn policy(change: impl FnOnce(&mut Parts)) -> Policy {
    let mut parts = Policy::preset("standard").unwrap().parts().clone();
    change(&mut parts);
    Policy::new(parts).unwrap()
}

#[test]
fn quiet_hours_silence_what_would_ring_but_nothing_that_must_be_heard() {
    let night = policy(|parts| {
        parts.quiet = vec![Window { days: Window::ALL_DAYS, from: 23 * 60, to: 7 * 60 }];
        parts.exceptions = vec![Exception { signature: Some("某店".into()), ..Exception::default() }];
    });
    let quiet = |verdict: &Verdict, message: &Message| decide(verdict, message, &night).quiet;
    let chat = verdict("personal", 900);
    assert_eq!(
        [22 * 60 + 59, 23 * 60, 24 * 60 + 419, 24 * 60 + 420].map(|minute| quiet(&chat, &at(minute))),
        [false, true, true, false]
    );
    assert!(!quiet(&chat, &Message { received_at: None, ..at(1400) }), "no time, no quiet hours");
    assert!(!quiet(&chat, &Message { known: Known::Contact, ..at(1400) }));
    assert!(!quiet(&verdict("code", 900), &at(1400)));
    assert!(!quiet(&Verdict { signature: Some("某店".into()), ..chat.clone() }, &at(1400)), "an exception is by hand");
    assert!(!quiet(&verdict("fraud/loan", 900), &at(1400)), "what is moved makes no sound anyway");
}

#[test]
fn a_dated_row_adds_on_its_days_and_never_takes_away() {
    let row = |action| Row {
        category: Category::Promotion,
        sub: None,
        relation: Relation::UnknownMobile,
        min_score: 500,
        dates: Some(Dates { from: 20_778, until: 20_778 }),
        action,
    };
    let advert = verdict("promotion/retail", 550);
    let (festival, mild) = (policy(|p| p.rows.push(row(Action::Digest))), policy(|p| p.rows.push(row(Action::Mark))));
    assert_eq!(decided(&advert, &at(0), &festival), (Action::Digest, "promotion/unknown-mobile".into()));
    assert_eq!(decide(&advert, &at(0), &mild).action, Action::Mark);
    assert_eq!(
        decide(&verdict("promotion/retail", 700), &at(0), &mild).action,
        Action::Digest,
        "the row of every day does more"
    );
    for minute in [-1, 1440] {
        assert_eq!(decide(&advert, &at(minute), &festival).action, Action::Inbox);
    }
    assert_eq!(decide(&advert, &Message { received_at: None, ..at(0) }, &festival).action, Action::Inbox);
}

#[test]
fn a_dated_row_that_the_floor_lowers_to_a_label_displaces_nothing_that_does_more() {
    let row = |dates, min_score, action| Row {
        category: Category::Promotion,
        sub: None,
        relation: Relation::Contact,
        min_score,
        dates,
        action,
    };
    let day = Some(Dates { from: 20_778, until: 20_778 });
    let (silent, digest) = (row(None, 500, Action::Silent), row(day, 500, Action::Digest));
    let contact = Message { known: Known::Contact, ..at(0) };
    let act = |rows: &[Row]| decided(&verdict("promotion/retail", 900), &contact, &policy(|p| p.rows.extend(rows)));
    let cell = "promotion/contact".to_owned();
    assert_eq!(act(&[silent, digest]), (Action::Silent, cell.clone()));
    assert_eq!(act(&[row(day, 600, Action::Silent), digest]), (Action::Silent, cell.clone()), "both of the day");
    assert_eq!(act(&[row(None, 500, Action::Quarantine), row(day, 500, Action::Silent)]), (Action::Silent, cell));
    assert_eq!(act(&[digest]), (Action::Mark, "floor:promotion/contact".into()));
}

#[test]
fn only_what_holds_on_certain_days_is_laid_over_a_policy() {
    let preset = |name| Policy::preset(name).unwrap();
    let refused = |overlay: &Policy| preset("standard").with(overlay).unwrap_err();
    assert_eq!(refused(&preset("strict")), PolicyError { place: Place::Row(1), problem: Problem::Overlay });
    let quiet = vec![Window { days: 1, from: 0, to: 60 }];
    let night = Policy::new(Parts { quiet, ..Parts::default() }).unwrap();
    assert_eq!(refused(&night).place, Place::Policy);
    assert_eq!(preset("standard").with(&preset("off")).unwrap().parts().rows, preset("standard").parts().rows);
}

#[test]
fn the_digest_comes_at_the_next_of_its_times() {
    let two = policy(|parts| parts.digest = vec![8 * 60, 20 * 60]);
    let ms = |minute: i64| at(minute).received_at.unwrap();
    let next = |minute: i64| two.next_digest(ms(minute), 480);
    assert_eq!([next(0), next(479), next(480), next(1200)], [ms(480), ms(480), ms(1200), ms(1440 + 480)]);
    assert_eq!(Policy::preset("off").unwrap().digest_times(), [Policy::DIGEST]);
    for now in [i64::MIN, i64::MAX] {
        for offset in [i16::MIN, i16::MAX] {
            _ = two.next_digest(now, offset); // the ends of the range do not panic
        }
    }
}

#[test]
fn only_what_is_moved_is_ever_deleted() {
    let week = policy(|parts| parts.retention = vec![Retention { category: Category::Fraud, days: 7 }]);
    let keep = |sub, known| decide(&verdict(sub, 900), &Message { known, ..at(0) }, &week).keep_days;
    assert_eq!(keep("fraud/loan", Known::None), Some(7));
    assert_eq!(keep("fraud/loan", Known::Contact), None, "labelled in the inbox");
    assert_eq!(keep("phishing/bank", Known::None), None, "no row: for ever");
}

#[test]
fn times_that_cannot_be_are_refused_with_their_place() {
    let refused = |change: fn(&mut Parts)| {
        let mut parts = Parts::default();
        change(&mut parts);
        let PolicyError { place, problem } = Policy::new(parts).unwrap_err();
        (place, problem)
    };
    assert_eq!(refused(|p| p.digest = vec![60, 60]), (Place::Digest(2), Problem::Minute(60)));
    assert_eq!(refused(|p| p.digest = vec![1440]), (Place::Digest(1), Problem::Minute(1440)));
    let window = Window { days: 1, from: 5, to: 5 };
    assert_eq!(
        refused(|p| p.quiet = vec![Window { days: 1, from: 5, to: 5 }]),
        (Place::Quiet(1), Problem::Window { from: window.from, to: window.to })
    );
    assert_eq!(refused(|p| twice(p, 0)), (Place::Retention(1), Problem::Days(0)));
    assert_eq!(refused(|p| twice(p, 3651)), (Place::Retention(1), Problem::Days(3651)));
    assert_eq!(refused(|p| twice(p, 5)), (Place::Retention(2), Problem::Duplicate("fraud".into())));
    assert_eq!(refused(|p| p.digest = (0..25).collect()).0, Place::Policy);
}

fn twice(parts: &mut Parts, days: u16) {
    parts.retention = vec![Retention { category: Category::Fraud, days }; 2];
}

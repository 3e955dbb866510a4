use super::*;

#[test]
fn a_policy_file_says_what_the_same_values_say() {
    let text = r#"
        name = "weekend"
        [[row]]
        category = "promotion/finance"
        from = ["foreign", "unknown-mobile"]
        action = "quarantine"
        [[exception]]
        week = [{ days = ["sat", "sun"], from = "22:00", to = "08:30" }]
        dates = { from = 2026-11-21, until = 2026-11-22 }
        sender = "+8613800138000"
        over_floor = true
        action = "silent"
    "#;
    let row = |relation| Row {
        category: Category::Promotion,
        sub: Some(2),
        relation,
        min_score: 500,
        dates: None,
        action: Action::Quarantine,
    };
    let exception = Exception {
        week: vec![Window { days: 0b110_0000, from: 1320, to: 510 }],
        dates: Some(Dates { from: 20_778, until: 20_779 }),
        sender: Some("13800138000".into()),
        action: Action::Silent,
        over_floor: true,
        ..Exception::default()
    };
    let rows = vec![row(Relation::Foreign), row(Relation::UnknownMobile)];
    let parts = Parts { name: "weekend".into(), rows, exceptions: vec![exception], ..Parts::default() };
    assert_eq!(Policy::from_toml(text).unwrap().parts(), &parts);
}

#[test]
fn a_file_that_extends_a_preset_differs_where_it_says_so_and_nowhere_else() {
    let text = r#"
        name = "mine"
        extends = "standard"
        retention = { promotion = 3 }
        [[row]]
        category = "fraud"
        from = ["known-service"]
        action = "mark"
        [[exception]]
        signature = "云上书店"
        action = "inbox"
    "#;
    let (mine, standard) = (Policy::from_toml(text).unwrap(), Policy::preset("standard").unwrap());
    let is_it = |row: &&Row| row.category == Category::Fraud && row.relation == Relation::KnownService;
    let (said, rest): (Vec<&Row>, Vec<&Row>) = mine.parts().rows.iter().partition(is_it);
    assert!(said.len() == 1 && said[0].action == Action::Mark, "the preset's two rows of this cell are gone: {said:?}");
    assert_eq!(rest, standard.parts().rows.iter().filter(|row| !is_it(row)).collect::<Vec<_>>());
    let days = |policy: &Policy, of| policy.parts().retention.iter().find(|row| row.category == of).map(|row| row.days);
    assert_eq!(days(&mine, Category::Promotion), Some(3));
    assert_eq!(days(&mine, Category::Fraud), days(&standard, Category::Fraud));

    let error = Policy::from_toml("name = \"x\"\nextends = \"gentle\"").unwrap_err();
    assert_eq!(error.place, Place::Line(2, 11));
    assert!(error.to_string().contains("off, mark, standard, strict, found `gentle`"), "{error}");
}

#[test]
fn errors_of_a_policy_file_name_line_and_column() {
    let at = |text: &str| Policy::from_toml(text).unwrap_err();
    let cases = [
        ("name = \"x\"\n[[row]]\ncategory = \"promo\"\naction = \"mark\"", 3, 12, "found `promo`"),
        ("name = \"x\"\n[[row]]\ncategory = \"fraud\"\naction = \"burn\"", 4, 10, "burn"),
        ("name = \"x\"\nrows = []", 2, 1, "unknown field"),
        (
            "name = \"x\"\n[[exception]]\nweek = [{ from = \"25:00\", to = \"08:00\" }]\naction = \"mark\"",
            3,
            18,
            "found `25:00`",
        ),
        ("name = \"x\"\n\n[[exception]]\naction = \"mark\"", 3, 1, "at least one condition"),
        ("name = \"\"", 1, 8, "expected a name"),
        ("name = \"x\"\nquiet = [\n{ from = \"22:00\", to = \"22:00\" }]", 3, 1, "found 22:00 to 22:00"),
        ("name = \"x\"\nquiet = [{ days = [], from = \"22:00\", to = \"08:00\" }]", 2, 10, "one day of the week"),
        ("name = \"x\"\ndigest = [\"08:00\",\n\"08:00\"]", 3, 1, "found 08:00"),
        ("name = \"x\"\ndigest = [\"24:00\"]", 2, 11, "found 24:00"),
        ("name = \"x\"\n[retention]\ncode = 3\npromotion = 0", 4, 13, "1 to 3650 days, found 0"),
        ("name = \"x\"\nretention = { promotion = 70000 }", 2, 27, "1 to 3650 days, found 70000"),
        (
            "name = \"x\"\n[[row]]\ncategory = \"fraud\"\ndates = { from = 2026-11-11, until = 2026-11-01 }\naction = \"mark\"",
            4,
            9,
            "found 2026-11-11 to 2026-11-01",
        ),
        (
            "name = \"x\"\n[[exception]]\ndates = { from = 2026-11-11, until = 2026-11-01 }\naction = \"mark\"",
            3,
            9,
            "found 2026-11-11 to 2026-11-01",
        ),
        (
            "name = \"x\"\n[[exception]]\naction = \"mark\"\nweek = [{ from = \"24:00\", to = \"08:00\" }]",
            4,
            9,
            "found 24:00 to 08:00",
        ),
        (
            "name = \"x\"\n[[row]]\ncategory = \"fraud\"\nfrom = [\"foreign\", \"foreign\"]\naction = \"mark\"",
            2,
            1,
            "one row for `fraud/foreign`",
        ),
        (
            "name = \"x\"\n[[row]]\ncategory = \"fraud\"\nmin_score = 0.6\naction = \"mark\"",
            4,
            13,
            "permille as a whole number",
        ),
        ("name = \"x\"\n[[row]]\ncategory = \"fraud\"\nmin_score = 1200\naction = \"mark\"", 2, 1, "found 1200"),
    ];
    for (text, line, column, says) in cases {
        let error = at(text);
        assert_eq!(error.place, Place::Line(line, column), "{error}");
        assert!(error.to_string().contains(says), "{error}");
    }
}

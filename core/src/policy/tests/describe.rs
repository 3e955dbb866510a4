use super::*;
use crate::Text;

fn zh(said: &[Text]) -> Vec<&str> {
    said.iter().map(|text| text.zh.as_str()).collect()
}

#[test]
fn the_standard_preset_reads_as_a_person_would_say_it() {
    let said = describe(&Policy::preset("standard").unwrap());
    assert_eq!(
        zh(&said),
        [
            "未登记的服务号码、境外号码、陌生号码的违法、诈骗、钓鱼短信：移入拦截箱。",
            "已知服务号码的违法、诈骗、钓鱼短信，把握不低于 80% 时：移入拦截箱。",
            "未登记的服务号码、境外号码、陌生号码的营销推广短信，把握不低于 60% 时：静默收下，每晚 8 点汇总。",
            "已知服务号码的营销推广短信，把握不低于 60% 时：进入收件箱但不响铃。",
            "已知服务号码、您发过短信的号码、联系人的违法、诈骗、钓鱼短信：进入收件箱并加标签。",
            "拦截箱里的违法、诈骗、钓鱼短信保留 90 天后删除，营销推广短信保留 30 天后删除，其余一直保留。",
            "验证码、公共信息、银行和支付通知、联系人及您发过短信的号码，只要没有诈骗、钓鱼或违法迹象，就不会被收走；联系人及您发过短信的号码在任何情况下都不会被收走。",
            "其余短信正常进入收件箱。",
        ]
    );
    assert_eq!(
        said[2].en,
        "Messages of category promotion from an unregistered service number, a number abroad or an unknown number when at \
         least 60% sure: held without a sound for the digest at 8 pm every day."
    );
}

#[test]
fn exceptions_quiet_hours_and_festival_days_are_told() {
    let text = r#"
        name = "night"
        digest = ["07:30", "20:05"]
        [[quiet]]
        from = "23:00"
        to = "07:00"
        [[quiet]]
        days = ["sun"]
        from = "12:00"
        to = "14:00"
        [[row]]
        category = "promotion"
        from = ["unknown-mobile"]
        dates = { from = 2026-11-01, until = 2026-11-12 }
        action = "digest"
        [[exception]]
        week = [{ days = ["sat", "sun"], from = "22:00", to = "08:30" }, { days = ["mon"], from = "12:00", to = "13:00" }]
        signature = "某店"
        over_floor = true
        action = "digest"
    "#;
    let said = describe(&Policy::from_toml(text).unwrap());
    assert_eq!(
        zh(&said)[..3],
        [
            "陌生号码的营销推广短信（2026-11-01 至 2026-11-12）：静默收下，每天早上 7 点半、晚上 8 点 5 分汇总。",
            "例外 1：在周六、周日 22:00 至次日 08:30 或周一 12:00 至 13:00 收到、签名为【某店】的短信：静默收下，每天早上 7 点半、晚上 8 点 5 分汇总，验证码和联系人也不例外。",
            "每天 23:00 至次日 07:00、周日 12:00 至 14:00 不响铃；验证码、公共信息、银行和支付通知、联系人及您发过短信的号码照常响铃。",
        ]
    );
    assert!(
        said[0]
            .en
            .contains("from 2026-11-01 to 2026-11-12: held without a sound for the digest at 7:30 am and 8:05 pm")
    );
    assert!(
        said[1].en.starts_with("Exception 1: a message received on Sat, Sun 22:00 to 08:30 the next day or on Mon ")
    );
}

#[test]
fn a_change_of_preset_tells_what_is_new_and_what_is_gone() {
    let preset = |name| Policy::preset(name).unwrap();
    let said = changes(&preset("off"), &preset("mark"));
    assert!(said.iter().all(|text| text.zh.starts_with("不再：") && text.en.starts_with("No longer: ")), "{said:?}");
    assert_eq!(changes(&preset("strict"), &preset("strict")), []);
    let said = changes(&preset("strict"), &preset("standard"));
    assert!(zh(&said).contains(&"境外号码、陌生号码的营销推广短信：移入拦截箱。"), "{said:?}");
}

#[test]
fn a_change_of_times_or_order_is_told_too() {
    let one = Exception { sim: Some(0), action: Action::Mark, ..Exception::default() };
    let two = Exception { sim: Some(1), over_floor: true, action: Action::Quarantine, ..Exception::default() };
    let night = Window { days: Window::ALL_DAYS, from: 23 * 60, to: 7 * 60 };
    let policy = |exceptions: Vec<Exception>, quiet: Vec<Window>, digest: Vec<u16>| {
        Policy::new(Parts { exceptions, quiet, digest, ..Parts::default() }).unwrap()
    };
    let old = policy(vec![one.clone(), two.clone()], vec![night], vec![8 * 60]);
    let new = policy(vec![two, one], vec![], vec![]);
    let said = changes(&new, &old);
    assert_eq!(zh(&said)[..2], ["例外的先后次序不同，先符合的生效。", "每晚 8 点汇总。"]);
    assert!(said[2].zh.starts_with("不再：每天 23:00 至次日 07:00 不响铃") && said.len() == 3, "{said:?}");
    assert!(zh(&describe(&new)).iter().any(|text| text.starts_with("除上述例外，验证码")), "one passes the floor");
}

/// What a sentence must hold of a row, in both languages.
fn tells(text: &Text, row: &Row) -> bool {
    let words = [
        ("任何人", "anybody"),
        match row.relation {
            Relation::Contact => ("联系人", "a contact"),
            Relation::Replied => ("您发过短信的号码", "a number you wrote to"),
            Relation::KnownService => ("已知服务号码", "a known service"),
            Relation::UnknownService => ("未登记的服务号码", "an unregistered service number"),
            Relation::Foreign => ("境外号码", "a number abroad"),
            Relation::UnknownMobile => ("陌生号码", "an unknown number"),
        },
    ];
    let then = match row.action {
        Action::Inbox => "正常进入",
        Action::Mark => "加标签",
        Action::Silent => "不响铃",
        Action::Digest => "汇总",
        Action::Quarantine => "拦截箱",
    };
    let sub = row.sub.map(|index| Subcategory { category: row.category, index });
    let kind_zh = sub.map_or(row.category.zh().to_owned(), |sub| format!("{}（{}）", row.category.zh(), sub.zh()));
    let kind_en = sub.map_or(row.category.name().to_owned(), |sub| format!("{} ({})", row.category.name(), sub.name()));
    let percent = format!("{}%", f64::from(row.min_score) / 10.0);
    words.iter().any(|(zh, en)| text.zh.contains(zh) && text.en.contains(en))
        && text.zh.contains(&kind_zh)
        && text.en.contains(&kind_en)
        && text.zh.contains(then)
        && (row.min_score <= 500 || text.zh.contains(&percent) && text.en.contains(&percent))
        && row.dates.is_none_or(|_| text.zh.contains(" 至 "))
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn every_row_that_differs_from_the_preset_is_told(policy in any_policy(), preset in select(Policy::PRESETS.to_vec())) {
        let preset = Policy::preset(preset).unwrap();
        let (whole, changed) = (describe(&policy), changes(&policy, &preset));
        for row in &policy.parts().rows {
            prop_assert!(whole.iter().any(|text| tells(text, row)), "{row:?} {whole:?}");
            // A minimum score below that from which the category is given makes no difference.
            let least = |row: &Row| match row.min_score {
                ..=500 if row.category != Category::Unknown => Row { min_score: 0, ..*row },
                _ => *row,
            };
            let differs = !preset.parts().rows.iter().any(|own| least(own) == least(row));
            prop_assert!(!differs || changed.iter().any(|text| tells(text, row)), "{row:?} {changed:?}");
        }
    }
}

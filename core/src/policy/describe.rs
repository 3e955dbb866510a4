//! What does a policy say, in words a user reads?

use super::{Action, Exception, Policy, Relation, Row, Window};
use crate::{Subcategory, Text, civil};

/// One sentence for each row, then for each exception, then the floor and what happens to all the rest.
#[must_use]
pub fn describe(policy: &Policy) -> Vec<Text> {
    let parts = policy.parts();
    let rows = parts.rows.iter().map(row);
    let exceptions = parts.exceptions.iter().enumerate().map(|(at, one)| exception(at + 1, one));
    let floor = Text {
        zh: "验证码、公共信息、银行和支付通知、联系人及您发过短信的号码，只要没有诈骗、钓鱼或违法迹象，就不会被收走；联系人及您发过短信的号码在任何情况下都不会被收走。".into(),
        en: "One-time codes, public information, bank and payment notices are never moved while nothing points to fraud, \
             phishing or unlawful trade; contacts and numbers you wrote to are never moved at all."
            .into(),
    };
    let rest =
        Text { zh: "其余短信正常进入收件箱。".into(), en: "Everything else goes to the inbox.".into() };
    rows.chain(exceptions).chain([floor, rest]).collect()
}

fn row(row: &Row) -> Text {
    let (from_zh, from_en) = relation(row.relation);
    let (then_zh, then_en) = action(row.action);
    let (what_zh, what_en) = match row.sub {
        None => (row.category.zh().to_owned(), row.category.name().to_owned()),
        Some(index) => {
            let sub = Subcategory { category: row.category, index };
            (format!("{}（{}）", row.category.zh(), sub.zh()), format!("{} ({})", row.category.name(), sub.name()))
        }
    };
    let sure = format!("{}.{}", row.min_score / 10, row.min_score % 10);
    let sure = sure.strip_suffix(".0").unwrap_or(&sure);
    let (sure_zh, sure_en) = match row.min_score {
        0 => (String::new(), String::new()),
        _ => (format!("，把握不低于 {sure}% 时"), format!(" when at least {sure}% sure")),
    };
    Text {
        zh: format!("{from_zh}发来的“{what_zh}”短信{sure_zh}：{then_zh}。"),
        en: format!("A message of category {what_en} from {from_en}{sure_en}: {then_en}."),
    }
}

fn exception(number: usize, exception: &Exception) -> Text {
    let mut zh = Vec::new();
    let mut en = Vec::new();
    if let Some(slot) = exception.sim {
        zh.push(format!("由卡 {} 收到", u16::from(slot) + 1));
        en.push(format!("received by SIM {}", u16::from(slot) + 1));
    }
    if !exception.week.is_empty() {
        let (times_zh, times_en): (Vec<_>, Vec<_>) = exception.week.iter().map(window).unzip();
        zh.push(format!("在{}收到", times_zh.join("或")));
        en.push(format!("received on {}", times_en.join(" or on ")));
    }
    if let Some(dates) = exception.dates {
        let (from, until) = (date(dates.from), date(dates.until));
        zh.push(format!("在 {from} 至 {until} 收到"));
        en.push(format!("received from {from} to {until}"));
    }
    if let Some(sender) = &exception.sender {
        zh.push(format!("来自 {sender}"));
        en.push(format!("from {sender}"));
    }
    if let Some(name) = &exception.signature {
        zh.push(format!("签名为【{name}】"));
        en.push(format!("signed 【{name}】"));
    }
    if let Some(rule) = &exception.rule {
        zh.push(format!("命中规则 {rule}"));
        en.push(format!("matched by rule {rule}"));
    }
    let (then_zh, then_en) = action(exception.action);
    let (floor_zh, floor_en) = if exception.over_floor {
        ("，验证码和联系人也不例外", ", codes and contacts included")
    } else {
        ("", "")
    };
    Text {
        zh: format!("例外 {number}：{}的短信：{then_zh}{floor_zh}。", zh.join("、")),
        en: format!("Exception {number}: a message {}: {then_en}{floor_en}.", en.join(", ")),
    }
}

fn window(window: &Window) -> (String, String) {
    const ZH: [&str; 7] = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];
    const EN: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let pick = |names: [&'static str; 7], every: &str, glue: &str| {
        if window.days == Window::ALL_DAYS {
            return every.to_owned();
        }
        let days = names.into_iter().enumerate().filter(|&(day, _)| window.days >> day & 1 == 1);
        days.map(|(_, name)| name).collect::<Vec<_>>().join(glue)
    };
    let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    let (from, to) = (clock(window.from), clock(window.to));
    let next = window.to <= window.from;
    (
        format!("{} {from} 至{} {to} ", pick(ZH, "每天", "、"), if next { "次日" } else { "" }),
        format!("{} {from} to {to}{}", pick(EN, "every day", ", "), if next { " the next day" } else { "" }),
    )
}

fn date(day: i32) -> String {
    let (year, month, day) = civil::from_days(i64::from(day));
    format!("{year:04}-{month:02}-{day:02}")
}

fn relation(relation: Relation) -> (&'static str, &'static str) {
    match relation {
        Relation::Contact => ("联系人", "a contact"),
        Relation::Replied => ("您发过短信的号码", "a number you wrote to"),
        Relation::KnownService => ("已知服务号码", "a known service"),
        Relation::UnknownService => ("未登记的服务号码", "an unregistered service number"),
        Relation::Foreign => ("境外号码", "a number abroad"),
        Relation::UnknownMobile => ("陌生号码", "an unknown number"),
    }
}

fn action(action: Action) -> (&'static str, &'static str) {
    match action {
        Action::Inbox => ("正常进入收件箱", "goes to the inbox"),
        Action::Mark => ("进入收件箱并加标签", "goes to the inbox with a label"),
        Action::Silent => ("进入收件箱但不响铃", "goes to the inbox without a sound"),
        Action::Digest => ("留到每日摘要", "waits for the daily digest"),
        Action::Quarantine => ("移入垃圾箱", "is moved to the spam box"),
    }
}

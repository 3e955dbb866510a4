//! What does a policy say, in words a user reads?

use super::{Action, Dates, Exception, Parts, Policy, Relation, Retention, Row, Window};
use crate::{Category, Subcategory, Text, civil};

/// A sentence for each group of rows that say the same, for each exception, for the times, then the floor and what happens to
/// all the rest.
///
/// ```
/// let said = smsfilter::policy::describe(&smsfilter::Policy::preset("strict").unwrap());
/// assert_eq!(said[0].zh, "未登记的服务号码、境外号码、陌生号码、已知服务号码的违法、诈骗、钓鱼短信：移入拦截箱。");
/// ```
#[must_use]
pub fn describe(policy: &Policy) -> Vec<Text> {
    let parts = policy.parts();
    let rows = sentences(&parts.rows.iter().collect::<Vec<_>>(), policy);
    let exceptions = parts.exceptions.iter().enumerate().map(|(at, one)| exception(at + 1, one, policy));
    let (but_zh, but_en) = match parts.exceptions.iter().any(|one| one.over_floor) {
        true => ("除上述例外，", "But for the exceptions above, "),
        false => ("", ""),
    };
    let floor = Text {
        zh: format!(
            "{but_zh}验证码、公共信息、银行和支付通知、联系人及您发过短信的号码，只要没有诈骗、钓鱼或违法迹象，就不会被收走；联系人及您发过短信的号码在任何情况下都不会被收走。"
        ),
        en: format!(
            "{but_en}one-time codes, public information, bank and payment notices are never moved while nothing points to \
             fraud, phishing or unlawful trade; contacts and numbers you wrote to are never moved at all."
        ),
    };
    let rest =
        Text { zh: "其余短信正常进入收件箱。".into(), en: "Everything else goes to the inbox.".into() };
    rows.into_iter().chain(exceptions).chain(times(parts)).chain([floor, rest]).collect()
}

/// What a policy does otherwise than another: a sentence for each group of rows that are new or do something else, for each
/// group that is gone, for the exceptions and times that differ.
#[must_use]
pub fn changes(policy: &Policy, from: &Policy) -> Vec<Text> {
    let (new, old) = (policy.parts(), from.parts());
    let differs: Vec<&Row> = new.rows.iter().filter(|row| !old.rows.contains(row)).collect();
    let has_cell = |row: &&Row| new.rows.iter().any(|other| other.cell() == row.cell());
    let gone: Vec<&Row> = old.rows.iter().filter(|row| !has_cell(row)).collect();
    let no_longer = |text: Text| Text { zh: format!("不再：{}", text.zh), en: format!("No longer: {}", text.en) };
    let mut said = sentences(&differs, policy);
    // A minimum score below that from which the category is given makes no difference, nor a sentence.
    let before = sentences(&gone, from);
    let same = |texts: &[Text], text: &Text| texts.contains(text);
    let kept: Vec<Text> = before.iter().filter(|text| !same(&said, text)).cloned().collect();
    said.retain(|text| !same(&before, text));
    said.extend(kept.into_iter().map(no_longer));
    let numbered = |parts: &Parts, policy: &Policy, other: &Parts| {
        let all = parts.exceptions.iter().enumerate().filter(|(_, one)| !other.exceptions.contains(one));
        all.map(|(at, one)| exception(at + 1, one, policy)).collect::<Vec<_>>()
    };
    said.extend(numbered(new, policy, old));
    said.extend(numbered(old, from, new).into_iter().map(no_longer));
    let both = |parts: &Parts, other: &Parts| -> Vec<Exception> {
        parts.exceptions.iter().filter(|one| other.exceptions.contains(one)).cloned().collect()
    };
    if both(new, old) != both(old, new) {
        said.push(Text {
            zh: "例外的先后次序不同，先符合的生效。".into(),
            en: "The exceptions stand in another order; the first that holds decides.".into(),
        });
    }
    if policy.digest_times() != from.digest_times() {
        let (zh, en) = digest(policy.digest_times());
        said.push(Text { zh: format!("{zh}汇总。"), en: format!("The digest comes at {en}.") });
    }
    let (before, after) = (times(old), times(new));
    said.extend(after.iter().filter(|text| !before.contains(text)).cloned());
    said.extend(before.into_iter().filter(|text| !after.contains(text)).map(no_longer));
    said
}

/// Rows that say the same of the same senders.
struct Group<'a> {
    like: &'a Row,
    what: Vec<(Category, Option<u8>)>,
    from: Vec<Relation>,
}

/// A score from which a category is given at all needs no words.
fn least(row: &Row) -> u16 {
    if row.min_score <= crate::score::THRESHOLD && row.category != Category::Unknown { 0 } else { row.min_score }
}

fn alike(a: &Row, b: &Row) -> bool {
    (a.action, least(a), a.dates) == (b.action, least(b), b.dates)
}

/// Rows as sentences, those that do most first: first the relations of a category are joined, then the categories.
fn sentences(rows: &[&Row], policy: &Policy) -> Vec<Text> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for row in rows {
        let what = (row.category, row.sub);
        match groups.iter_mut().find(|group| group.what == [what] && alike(group.like, row)) {
            Some(group) => group.from.push(row.relation),
            None => groups.push(Group { like: row, what: vec![what], from: vec![row.relation] }),
        }
    }
    let mut joined: Vec<Group<'_>> = Vec::new();
    for mut group in groups {
        group.from = ORDER.into_iter().filter(|relation| group.from.contains(relation)).collect();
        match joined.iter_mut().find(|other| other.from == group.from && alike(other.like, group.like)) {
            Some(other) => other.what.append(&mut group.what),
            None => joined.push(group),
        }
    }
    let known = |group: &Group<'_>| ORDER.iter().position(|one| group.from.first() == Some(one));
    joined.sort_by_key(|group| (std::cmp::Reverse(group.like.action), known(group)));
    joined.iter().map(|group| sentence(group, policy)).collect()
}

/// The least known senders first.
const ORDER: [Relation; 6] = [
    Relation::UnknownService,
    Relation::Foreign,
    Relation::UnknownMobile,
    Relation::KnownService,
    Relation::Replied,
    Relation::Contact,
];

fn sentence(group: &Group<'_>, policy: &Policy) -> Text {
    let (from_zh, from_en): (Vec<_>, Vec<_>) = group.from.iter().map(|&one| relation(one)).unzip();
    let (from_zh, from_en) = match group.from.len() {
        6 => ("任何人".to_owned(), "anybody".to_owned()),
        _ => (from_zh.join("、"), listed(&from_en)),
    };
    let (what_zh, what_en): (Vec<_>, Vec<_>) = group.what.iter().map(|&(category, sub)| kind(category, sub)).unzip();
    let (then_zh, then_en) = action(group.like.action, policy);
    let score = least(group.like);
    let sure = format!("{}.{}", score / 10, score % 10);
    let sure = sure.strip_suffix(".0").unwrap_or(&sure);
    let (sure_zh, sure_en) = match score {
        0 => (String::new(), String::new()),
        _ => (format!("，把握不低于 {sure}% 时"), format!(" when at least {sure}% sure")),
    };
    let (days_zh, days_en) = match group.like.dates.map(days) {
        Some((zh, en)) if is_outdone(group, policy) => {
            (format!("（{zh}，平日更严的除外）"), format!(" {en}, but where other days are stricter"))
        }
        Some((zh, en)) => (format!("（{zh}）"), format!(" {en}")),
        None => Default::default(),
    };
    Text {
        zh: format!("{from_zh}的{}短信{sure_zh}{days_zh}：{then_zh}。", what_zh.join("、")),
        en: format!("Messages of category {} from {from_en}{sure_en}{days_en}: {then_en}.", listed(&what_en)),
    }
}

/// Whether a row of every day does more than this one on its days: rows with dates take nothing away.
fn is_outdone(group: &Group<'_>, policy: &Policy) -> bool {
    let mut every_day = policy.parts().rows.iter().filter(|row| row.dates.is_none());
    every_day.any(|row| {
        row.action > group.like.action
            && group.from.contains(&row.relation)
            && group.what.iter().any(|(category, _)| *category == row.category)
    })
}

fn kind(category: Category, sub: Option<u8>) -> (String, String) {
    match sub.and_then(|index| Subcategory::from_index(category, index)) {
        None => (category.zh().to_owned(), category.name().to_owned()),
        Some(sub) => (format!("{}（{}）", category.zh(), sub.zh()), format!("{} ({})", category.name(), sub.name())),
    }
}

/// `a, b or c`.
fn listed(items: &[impl AsRef<str>]) -> String {
    let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
    match items.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        last => last.map_or("", |last| last.0).to_owned(),
    }
}

fn days(dates: Dates) -> (String, String) {
    let (from, until) = (date(dates.from), date(dates.until));
    (format!("{from} 至 {until}"), format!("from {from} to {until}"))
}

/// Quiet hours, digest and retention.
fn times(parts: &Parts) -> Vec<Text> {
    let mut said = Vec::new();
    if !parts.quiet.is_empty() {
        let (zh, en): (Vec<_>, Vec<_>) = parts.quiet.iter().map(window).unzip();
        said.push(Text {
            zh: format!("{} 不响铃；验证码、公共信息、银行和支付通知、联系人及您发过短信的号码照常响铃。", zh.join("、")),
            en: format!(
                "No sound {}, but for one-time codes, public information, bank and payment notices, contacts and numbers \
                 you wrote to.",
                en.join(" and ")
            ),
        });
    }
    let mut actions = parts.rows.iter().map(|row| row.action).chain(parts.exceptions.iter().map(|one| one.action));
    if actions.any(|action| action == Action::Quarantine) || !parts.retention.is_empty() {
        said.push(retention(&parts.retention));
    }
    said
}

fn retention(rows: &[Retention]) -> Text {
    let mut groups: Vec<(u16, Vec<Category>)> = Vec::new();
    for row in rows {
        match groups.iter_mut().find(|group| group.0 == row.days) {
            Some(group) => group.1.push(row.category),
            None => groups.push((row.days, vec![row.category])),
        }
    }
    let zh = groups.iter().map(|(days, of)| {
        let of: Vec<&str> = of.iter().map(|category| category.zh()).collect();
        format!("{}短信保留 {days} 天后删除，", of.join("、"))
    });
    let en = groups.iter().map(|(days, of)| {
        let of: Vec<&str> = of.iter().map(|category| category.name()).collect();
        format!("messages of category {} for {days} {}, ", listed(&of), if *days == 1 { "day" } else { "days" })
    });
    match groups.is_empty() {
        true => Text {
            zh: "拦截箱里的短信一直保留。".into(), en: "What is in the spam box is kept for ever.".into()
        },
        false => Text {
            zh: format!("拦截箱里的{}其余一直保留。", zh.collect::<String>()),
            en: format!("The spam box keeps {}all else for ever.", en.collect::<String>()),
        },
    }
}

fn exception(number: usize, exception: &Exception, policy: &Policy) -> Text {
    let mut zh = Vec::new();
    let mut en = Vec::new();
    if let Some(slot) = exception.sim {
        zh.push(format!("由卡 {} 收到", u16::from(slot) + 1));
        en.push(format!("received by SIM {}", u16::from(slot) + 1));
    }
    if !exception.week.is_empty() {
        let (times_zh, times_en): (Vec<_>, Vec<_>) = exception.week.iter().map(window).unzip();
        zh.push(format!("在{} 收到", times_zh.join(" 或")));
        en.push(format!("received on {}", times_en.join(" or on ")));
    }
    if let Some(dates) = exception.dates {
        let (from, until) = (date(dates.from), date(dates.until));
        zh.push(format!("在 {from} 至 {until} 收到"));
        en.push(format!("received from {from} to {until}"));
    }
    if let Some(sender) = &exception.sender {
        match sender.strip_suffix('*') {
            Some(digits) => {
                zh.push(format!("来自 {digits} 开头的号码"));
                en.push(format!("from a number that begins with {digits}"));
            }
            None => {
                zh.push(format!("来自 {sender}"));
                en.push(format!("from {sender}"));
            }
        }
    }
    if let Some(name) = &exception.signature {
        zh.push(format!("签名为【{name}】"));
        en.push(format!("signed 【{name}】"));
    }
    if let Some(rule) = &exception.rule {
        zh.push(format!("命中规则 {rule}"));
        en.push(format!("matched by rule {rule}"));
    }
    let (then_zh, then_en) = action(exception.action, policy);
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
    let (from, to) = (clock(window.from), clock(window.to));
    let next = window.to <= window.from;
    (
        format!("{} {from} 至{} {to}", pick(ZH, "每天", "、"), if next { "次日" } else { "" }),
        format!("{} {from} to {to}{}", pick(EN, "every day", ", "), if next { " the next day" } else { "" }),
    )
}

/// `22:00`, of a minute of the day.
pub(super) fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// `2026-11-11`, of days since 1970.
pub(super) fn date(day: i32) -> String {
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

fn action(action: Action, policy: &Policy) -> (String, String) {
    let (zh, en) = match action {
        Action::Inbox => ("正常进入收件箱", "to the inbox"),
        Action::Mark => ("进入收件箱并加标签", "to the inbox with a label"),
        Action::Silent => ("进入收件箱但不响铃", "to the inbox without a sound"),
        Action::Quarantine => ("移入拦截箱", "moved to the spam box"),
        Action::Digest => {
            let (zh, en) = digest(policy.digest_times());
            return (format!("静默收下，{zh}汇总"), format!("held without a sound for the digest at {en}"));
        }
    };
    (zh.to_owned(), en.to_owned())
}

/// 每晚 8 点; 8 pm every day.
fn digest(times: &[u16]) -> (String, String) {
    let (zh, en): (Vec<_>, Vec<_>) = times.iter().map(|&minute| spoken(minute)).unzip();
    let zh = match zh.join("、") {
        evening if times.len() == 1 && evening.starts_with("晚上") => evening.replacen("晚上", "每晚", 1),
        other => format!("每天{other}"),
    };
    (zh, format!("{} every day", en.join(" and ")))
}

fn spoken(minute: u16) -> (String, String) {
    let (hour, rest) = (minute / 60, minute % 60);
    let part = match hour {
        0..6 => "凌晨",
        6..9 => "早上",
        9..12 => "上午",
        12 => "中午",
        13..18 => "下午",
        18.. => "晚上",
    };
    let of_twelve = if hour > 12 { hour - 12 } else { hour };
    let zh = match rest {
        0 => format!("{part} {of_twelve} 点"),
        30 => format!("{part} {of_twelve} 点半"),
        rest => format!("{part} {of_twelve} 点 {rest} 分"),
    };
    let half = if hour < 12 { "am" } else { "pm" };
    let of_twelve = if of_twelve == 0 { 12 } else { of_twelve };
    let en = if rest == 0 { format!("{of_twelve} {half}") } else { format!("{of_twelve}:{rest:02} {half}") };
    (zh, en)
}

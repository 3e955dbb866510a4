//! Written forms that the masker was not made for: what it reaches on them is recorded, and no bar.
//!
//! A form that the masker learns belongs to the others; another that it does not know belongs here in its place.

use super::{Kind, Planted, dice::Dice, names, values};

/// A kind, what stands before and behind it, and its form.
type Form = (Kind, &'static str, &'static str, fn(&mut Dice) -> String);

const FORMS: &[Form] = &[
    (Kind::Phone, "速联系", "，谢谢", |dice| joined(&parts(dice), &["-", "/"])),
    (Kind::Phone, "速联系", "，谢谢", |dice| joined(&parts(dice), &["加"])),
    (Kind::Phone, "速联系", "，谢谢", |dice| joined(&parts(dice), &["【", "】"])),
    (Kind::Phone, "速联系", "，谢谢", |dice| joined(&parts(dice), &["......"])),
    (Kind::Phone, "速联系", "，谢谢", |dice| values::mobile(dice).replace('0', "Q").replace('8', "B")),
    (Kind::Phone, "速联系", "，谢谢", |dice| values::mobile(dice).chars().rev().collect()),
    (Kind::Card, "打到这张卡", "，急", |dice| {
        values::card(dice)
            .0
            .char_indices()
            .map(|(at, c)| {
                if at == 6 || at == 11 {
                    format!("、{c}")
                } else if at == 8 {
                    format!("/{c}")
                } else {
                    c.into()
                }
            })
            .collect()
    }),
    (Kind::Plate, "请挪车", "，谢谢", |dice| format!("京 {}{}", dice.letters("ABCDEF", 3), dice.digits(3))),
    (Kind::Plate, "请挪车", "，谢谢", |dice| format!("京牌{}{}", dice.letter("ABCDEF"), dice.digits(3))),
    (Kind::Code, "短信校验数字", "，请勿泄露", |dice| dice.digits(3)),
    (Kind::Code, "回我短信里的", "就行", |dice| dice.letters("ABCDEFGHJK", 6)),
    (Kind::Link, "点 https://", ".example.com/ 查看", |dice| dice.letters("abcdefghjkmnpqrstuvwxyz23456789", 8)),
    (Kind::Link, "点 t.example点cn/", " 查看", |dice| dice.letters("abcdefgh2345", 7)),
    (Kind::Link, "点 t[.]example[.]cn/", " 查看", |dice| dice.letters("abcdefgh2345", 7)),
    (Kind::Link, "点 T。EXAMPLE。CN/", " 查看", |dice| dice.letters("ABCDEFGH2345", 7)),
    (Kind::Email, "写到", "，谢谢", |dice| values::email(dice).replace('@', "#")),
    (Kind::Email, "写到", "，谢谢", |dice| values::email(dice).replace('@', "[at]")),
    (Kind::Email, "写到", "，谢谢", |dice| values::email(dice).replace('.', "点")),
    (Kind::Account, "薇❤", "，谢谢", values::account),
    (Kind::Account, "威♥信", "，谢谢", values::account),
    (Kind::Account, "wei xin ", "，谢谢", values::account),
    (Kind::Account, "蝙蝠号", "，谢谢", values::account),
    (Kind::Account, "探探搜", "，谢谢", values::account),
    (Kind::Name, "我和", "约好了", |dice| {
        joined(&names::chinese(dice).chars().map(String::from).collect::<Vec<_>>(), &[" "])
    }),
    (Kind::Name, "昨天听", "讲起这事", names::chinese),
    (Kind::Name, "换锁师傅", "上门快", names::familiar),
    (Kind::Name, "约了", "周六看房", |dice| {
        dice.pick(&["CHAN Tai Man", "LEE Siu Ming", "WONG Ka Yan"]).to_owned()
    }),
    (Kind::Name, "叫上阿", "一起吃饭", |dice| dice.letter("强明珍花辉")),
    (Kind::Phone, "ring ", " after six", |dice| {
        values::american(dice).replace(['(', ')', '-', '.'], " ").trim().to_owned()
    }),
    (Kind::Code, "校验字母", "，请勿泄露", |dice| dice.letters("ABCDEFGHJK", 4)),
    (Kind::Code, "证件末尾为", "，请核对", |dice| dice.digits(2) + "X"),
    (Kind::Address, "送到三单元", "，谢谢", |dice| dice.letters("一二三四五", 3)),
];

/// So many messages with such forms, always the same.
pub fn unseen(count: usize) -> impl Iterator<Item = Planted> {
    (0..count).map(|number| {
        let (kind, before, behind, form) = FORMS[number % FORMS.len()];
        let mut planted = Planted { text: before.to_owned(), ..Planted::default() };
        planted.plant(kind, &form(&mut Dice::new(number as u64)));
        planted.text += behind;
        planted
    })
}

/// A mobile number in three parts.
fn parts(dice: &mut Dice) -> Vec<String> {
    let number = values::mobile(dice);
    [&number[..3], &number[3..7], &number[7..]].map(str::to_owned).to_vec()
}

/// Parts with one of the separators after the other between them.
fn joined(parts: &[String], separators: &[&str]) -> String {
    let mut text = parts[0].clone();
    for (part, separator) in parts[1..].iter().zip(separators.iter().cycle()) {
        text = text + separator + part;
    }
    text
}

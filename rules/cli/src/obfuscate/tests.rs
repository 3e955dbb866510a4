use super::{Trick, characters, disguise, is_han, letters, links};
use clap::ValueEnum;
use pinyin::ToPinyin;
use smsfilter::fold::{FoldTable, Folded, encode};
use std::{collections::HashSet, sync::LazyLock};

/// Two hundred Han characters, each of which every trick can change, and as many digits.
fn long() -> String {
    "诉话计证".repeat(50) + &"1234567890".repeat(20)
}

fn fold(text: &str) -> Folded {
    static TABLE: LazyLock<FoldTable> = LazyLock::new(|| encode(include_str!("../../../national/fold.tsv")).unwrap());
    let mut folded = Folded::default();
    TABLE.fold(text, &mut folded);
    folded
}

#[test]
fn as_many_characters_are_disguised_as_the_rate_says() {
    let text = long();
    for trick in Trick::SINGLE {
        let kept = |percent| {
            let out = disguise(&text, trick, percent, 1);
            assert_eq!(out, disguise(&text, trick, percent, 1), "the same for the same seed");
            assert_ne!(out, disguise(&text, trick, percent, 2), "another seed, other characters: {trick:?}");
            let left = |is: fn(char) -> bool| out.chars().filter(|&c| is(c)).count();
            match trick {
                Trick::FullWidth | Trick::Letters => 200 - left(|c| c.is_ascii_digit()),
                Trick::EmojiDigits => left(|c| c == '\u{20e3}'),
                Trick::Separators | Trick::ZeroWidth => out.chars().count() - 400,
                Trick::SplitRadicals => out.chars().count() - 400,
                Trick::Pinyin => 200 - left(is_han),
                Trick::Traditional | Trick::Homophones | Trick::LookAlikes => {
                    out.chars().zip(text.chars()).filter(|(a, b)| a != b).count()
                }
                Trick::Mixed => unreachable!("a single one"),
            }
        };
        for (percent, disguised) in [(0.1, 1), (3.0, 6), (30.0, 60)] {
            assert_eq!(kept(percent), disguised, "{trick:?} at {percent} %");
        }
    }
}

#[test]
fn a_trick_changes_what_it_is_about_and_nothing_else() {
    for (trick, from, to) in [
        (Trick::FullWidth, "加QQ:1号 ok", "加ＱＱ：１号 ｏｋ"),
        (Trick::Traditional, "贷款请开门，ABC１2", "貸款請開門，ABC１2"),
        (Trick::SplitRadicals, "好的，群ok", "女子白勺，君羊ok"),
        (Trick::EmojiDigits, "第2,10次 t.cn/k3", "第2\u{fe0f}\u{20e3},1\u{fe0f}\u{20e3}0\u{fe0f}\u{20e3}次 t.cn/k3"),
        (Trick::Pinyin, "女生loan贷款！", "nvshengloandaikuan！"),
        (Trick::Separators, "贷，款a信", "贷，款a信"), // nowhere two Han characters
        (Trick::ZeroWidth, "贷，款a信", "贷，款a信"),
        (Trick::Letters, "贷款，https://a.cn/a?a=1", "贷款，https://a.cn/a?a=1"),
        (Trick::Homophones, "abc, 12", "abc, 12"),
        (Trick::Mixed, "，。 https://a.cn/a", "，。 https://a.cn/a"),
        (Trick::LookAlikes, "", ""),
    ] {
        assert_eq!(disguise(from, trick, 100.0, 1), to, "{trick:?}");
    }
}

#[test]
fn what_a_trick_cannot_change_is_passed_over() {
    let text = "的".repeat(60) + "贷" + &"的".repeat(60);
    assert_eq!(disguise(&text, Trick::Traditional, 3.0, 1), text.replace('贷', "貸"));
}

#[test]
fn what_a_lower_rate_disguises_a_higher_one_does_too() {
    for trick in [Trick::FullWidth, Trick::Traditional, Trick::Homophones, Trick::LookAlikes, Trick::Letters] {
        let text = long();
        let (few, many) = (disguise(&text, trick, 3.0, 7), disguise(&text, trick, 30.0, 7));
        for ((from, few), many) in text.chars().zip(few.chars()).zip(many.chars()) {
            assert!(few == from || few == many, "{trick:?}: {from} {few} {many}");
        }
    }
}

#[test]
fn marks_stand_between_han_characters_only() {
    for trick in [Trick::Separators, Trick::ZeroWidth] {
        let text = "低息贷款a点击b链接c回复";
        let out: Vec<char> = disguise(text, trick, 100.0, 3).chars().collect();
        assert_eq!(out.len(), text.chars().count() + 6, "{trick:?}");
        let rest: String =
            out.iter().enumerate().filter(|(at, c)| text.contains(**c) || *at == 0).map(|(_, c)| c).collect();
        assert_eq!(rest, text);
    }
}

#[test]
fn homophones_are_common_characters_of_the_same_sound() {
    let common: HashSet<char> = characters::common().collect();
    let out = disguise("微信贷款兼职刷单", Trick::Homophones, 100.0, 5);
    for (from, to) in "微信贷款兼职刷单".chars().zip(out.chars()) {
        let sound = |c: char| c.to_pinyin().unwrap().plain();
        assert!(from != to && sound(from) == sound(to) && common.contains(&to), "{from} {to}");
    }
}

#[test]
fn look_alikes_are_other_han_characters() {
    for seed in 0..20 {
        let out = disguise("微末", Trick::LookAlikes, 100.0, seed);
        let [one, two] = out.chars().collect::<Vec<_>>()[..] else { panic!("{out}") };
        assert!("徽薇做".contains(one) && "木束未".contains(two), "{out}");
    }
}

#[test]
fn letters_have_other_forms_in_each_style() {
    for c in ('a'..='z').chain('A'..='Z').chain('0'..='9') {
        let forms: HashSet<char> =
            (0..300).filter_map(|seed| letters::look_alike(c, &mut fastrand::Rng::with_seed(seed))).collect();
        assert!(forms.len() >= 5 && forms.iter().all(|form| !form.is_ascii()), "{c}: {forms:?}");
    }
}

#[test]
fn a_mixture_draws_from_all_that_fit() {
    assert_eq!(Trick::value_variants(), [&Trick::SINGLE[..], &[Trick::Mixed]].concat());
    let out = disguise(&long(), Trick::Mixed, 100.0, 1);
    assert!(!out.contains(|c: char| c.is_ascii_digit() && !out.contains('\u{20e3}')));
    for form in ["１", "訴", "su", "讠", "\u{20e3}"] {
        assert!(out.contains(form), "{form}");
    }
}

#[test]
fn links_are_told_from_other_runs() {
    for (text, is_link) in [("t.cn/a1", true), ("www.ab.cn", true), ("http://x", true), ("1.5", false), ("A,b", false)]
    {
        assert_eq!(links(&text.chars().collect::<Vec<_>>()), vec![is_link; text.chars().count()], "{text}");
    }
}

#[test]
fn ways_of_writing_fold_back() {
    let text = "【某银行】贷款请加QQ 123456，回复TD退订 http://a.cn/k3";
    for trick in [Trick::FullWidth, Trick::EmojiDigits, Trick::ZeroWidth] {
        for seed in 0..30 {
            let out = disguise(text, trick, 100.0, seed);
            assert_ne!(out, text);
            assert_eq!(fold(&out).plain.text(), fold(text).plain.text(), "{trick:?} {out:?}");
        }
    }
    let text = "低息贷款请开门，加群ok";
    for trick in [Trick::Separators, Trick::Traditional] {
        for seed in 0..30 {
            let out = disguise(text, trick, 100.0, seed);
            let out = out.replace('丨', ""); // the one bar that is a Han character, and stays one
            assert_eq!(fold(&out).skeleton.text(), fold(text).skeleton.text(), "{trick:?} {out:?}");
        }
    }
}

//! What folds to what, with what tricks; and what must hold for any text.

use super::*;
use crate::Span;
use bytes::Bytes;
use proptest::prelude::*;
use std::sync::LazyLock;

const SOURCE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../rules/national/fold.tsv"));
static TABLE: LazyLock<FoldTable> = LazyLock::new(|| encode(SOURCE).unwrap());

fn folded(text: &str) -> Folded {
    let mut out = Folded::default();
    TABLE.fold(text, &mut out);
    out
}

const NONE: Tricks = Tricks(0);

/// Original, plain, skeleton, tricks of the whole skeleton.
const ROWS: &[(&str, &str, &str, Tricks)] = &[
    ("", "", "", NONE),
    ("无抵押贷款", "无抵押贷款", "无抵押贷款", NONE),
    ("無抵押貸款", "无抵押贷款", "无抵押贷款", NONE),
    ("ＶＩＰ，９.９元", "vip,9.9元", "vip,9.9元", NONE),
    ("贷 . 款", "贷 . 款", "贷款", Tricks::SEPARATOR),
    ("贷\n款", "贷\n款", "贷款", Tricks::SEPARATOR),
    ("贷💰款", "贷💰款", "贷款", Tricks::SEPARATOR),
    ("贷\u{3000}a", "贷 a", "贷 a", NONE),
    ("贷\u{200b}款", "贷款", "贷款", Tricks::ZERO_WIDTH),
    ("贷\u{336}款\u{336}", "贷款", "贷款", Tricks::ZERO_WIDTH),
    ("\u{feff}贷款\u{200d}", "贷款", "贷款", NONE),
    ("👨\u{200d}👩家", "👨👩家", "👨👩家", NONE),
    ("1\u{fe0f}\u{20e3}3\u{fe0f}\u{20e3}", "13", "13", NONE),
    ("①⑧❶⓿⑴⒈㈠", "181011一", "181011一", NONE),
    ("١٢३๔", "1234", "1234", Tricks::LOOK_ALIKE),
    ("ＱＱ𝐐𝕢Ⓠ🅠", "qqqqqq", "qqqqqq", Tricks::LOOK_ALIKE),
    ("ԛԛ аррІе", "qq appie", "qq appie", Tricks::LOOK_ALIKE),
    ("wéi\u{301}xìn", "weixin", "weixin", Tricks(5)),
    ("亻言用", "信用", "信用", Tricks::SPLIT),
    ("讠正氵去", "证法", "证法", Tricks::SPLIT),
    ("⺅訁", "亻讠", "亻讠", NONE),
    ("釒戔", "钱", "钱", Tricks::SPLIT),
    ("亻.言", "亻.言", "信", Tricks(10)),
    ("亻\u{200b}言", "信", "信", Tricks(9)),
    ("氵 去院", "氵 去院", "法院", Tricks(10)),
    ("女子代款土止宝贝才", "女子代款土止宝贝才", "女子代款土止宝贝才", NONE),
    ("⼈口㊣㎏℃", "人口正kg°c", "人口正kg°c", NONE),
    ("︻工行︼［a］", "【工行】[a]", "【工行】[a]", NONE),
    ("a.b贷-9款", "a.b贷-9款", "a.b贷-9款", NONE),
    ("…￥½", "...¥1/2", "...¥1/2", NONE),
    ("カﾀ〇", "カタ〇", "カタ〇", NONE),
    ("лᴏᴀɴ тᴇʟ кκ", "лoan tel kk", "лoan tel kk", Tricks::LOOK_ALIKE),
    ("3μg З元 Ч00", "3μg 3元 400", "3μg 3元 400", Tricks::LOOK_ALIKE),
    ("贷丨款", "贷|款", "贷款", Tricks::SEPARATOR),
    ("回覆餘額", "回复余额", "回复余额", NONE),
    ("言丁购 矢豆信", "订购 短信", "订购短信", Tricks(10)),
    ("本人介绍女子日月", "本人介绍女子日月", "本人介绍女子日月", NONE),
    ("199八6127七82", "19986127782", "19986127782", Tricks::LOOK_ALIKE),
    ("010-6八6-0119", "010-686-0119", "010-686-0119", Tricks::LOOK_ALIKE),
    ("139О1234567，14ОО元", "13901234567,1400元", "13901234567,1400元", Tricks::LOOK_ALIKE),
    ("3五7，1八九9", "3五7,1八九9", "3五7,1八九9", NONE),
    ("20150101一20150131，二〇二六年", "20150101一20150131,二〇二六年", "20150101一20150131,二〇二六年", NONE),
    ("136Ⅰ234567 6Ь8 5G", "1361234567 668 5g", "1361234567 668 5g", Tricks::LOOK_ALIKE),
    ("1o2 o2 第3二", "1o2 o2 第3二", "1o2 o2 第3二", NONE),
];

#[test]
fn every_row_folds_as_written() {
    for &(text, plain, skeleton, tricks) in ROWS {
        let out = folded(text);
        assert_eq!((out.plain.text(), &*out.skeleton.text()), (plain, skeleton), "{text:?}");
        assert_eq!(out.skeleton.tricks(0..out.skeleton.len()), tricks, "{text:?}");
        assert_eq!(TABLE.keyword(text), skeleton);
    }
}

#[test]
fn tricks_count_inside_a_range_only() {
    let out = folded("办.贷\u{200b}款.吧");
    assert_eq!(out.skeleton.text(), "办贷款吧");
    assert_eq!(out.skeleton.tricks(1..3), Tricks::ZERO_WIDTH);
    assert_eq!(out.skeleton.tricks(0..2), Tricks::SEPARATOR);
    assert_eq!(out.skeleton.tricks(2..3), NONE);
    assert_eq!(out.skeleton.tricks(0..4), Tricks::ZERO_WIDTH.union(Tricks::SEPARATOR));
    assert_eq!(out.skeleton.tricks(3..9), NONE);
}

#[test]
fn spans_lead_back_to_the_original() {
    let out = folded("a贷 . 款㎏亻言");
    assert_eq!(out.skeleton.text(), "a贷款kg信");
    assert_eq!(out.skeleton.span(1..3), Span { start: 1, end: 6 });
    assert_eq!(out.skeleton.span(3..4), Span { start: 6, end: 7 });
    assert_eq!(out.skeleton.span(4..6), Span { start: 6, end: 9 });
    assert_eq!(out.skeleton.span(6..6), Span { start: 9, end: 9 });
    assert_eq!(out.plain.span_of_bytes(1..4), Span { start: 1, end: 2 });
    assert_eq!(out.plain.span_of_bytes(2..3), Span { start: 1, end: 2 }, "a character counts whole");
    assert_eq!(out.plain.span_of_bytes(0..out.plain.text().len()), Span { start: 0, end: 9 });
    assert_eq!(out.plain.span_of_bytes(99..100), Span { start: 9, end: 9 });
}

#[test]
fn a_shorter_table_is_no_table() {
    let bytes = TABLE.bytes();
    for length in (0..200).chain((200..bytes.len()).step_by(997)) {
        assert!(FoldTable::parse(bytes.slice(..length)).is_err());
    }
}

#[test]
fn a_source_error_names_its_line() {
    for (text, line) in [("41\tword", 1), ("# x\n41\tfish\t", 2), ("41\tcase\ta\n41\tcase\tb", 2), ("zz\tdrop\t", 1)] {
        assert_eq!(encode(text).unwrap_err().line, line, "{text:?}");
    }
    // b stands for c, so a may not stand for b.
    assert!(encode("61..63\tword\t\n61\tcase\tb\n62\tcase\tc").is_err());
    assert!(encode("亻言\tsplit\t信").is_err());
}

fn nasty() -> impl Strategy<Value = String> {
    let pieces: Vec<&str> = vec![
        "亻",
        "言",
        "讠",
        "正",
        "氵",
        "去",
        "⺅",
        "釒",
        "戔",
        "艮",
        "阝",
        "者",
        "刂",
        "至",
        "彡",
        "采",
        "攵",
        "正",
        "贷",
        "款",
        "貸",
        " ",
        ".",
        "\n",
        "，",
        "💰",
        "\u{200d}",
        "\u{fe0f}",
        "\u{20e3}",
        "\u{301}",
        "1",
        "9",
        "①",
        "𝐐",
        "é",
        "І",
        "a",
        "Ａ",
        "㎏",
        "【",
        "⒈",
        "\u{3000}",
        "\u{85}",
        "㈱",
        "ß",
        "İ",
        "\u{e0101}",
        "가",
        "ﾀ",
        "が",
        "\u{3099}",
        "乚",
        "示",
        "信",
        "八",
        "О",
        "Ь",
        "133333",
        "-",
        "言",
        "丁",
    ];
    let piece = prop_oneof![
        6 => proptest::sample::select(pieces).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// A character of a view, said in full: its text, its span, its own tricks, those of the gap before it.
type Slow = (char, Span, Tricks, Tricks);

/// The views as the module says it, a list of whole characters each: what the fast pass must come to.
fn slowly(text: &str) -> (Vec<Slow>, Vec<Slow>) {
    let lookup = TABLE.lookup();
    let append = |view: &mut Vec<Slow>, mut new: Slow| {
        while let Some(&(last, from, own, gap)) = view.last()
            && let Some(whole) = lookup.whole(last, new.0)
        {
            view.pop();
            let own = own.union(new.2).union(new.3).union(Tricks::SPLIT);
            new = (whole, Span { start: from.start, end: new.1.end }, own, gap);
        }
        view.push(new);
    };
    let (mut plain, mut dropped) = (Vec::new(), false);
    for (at, c) in (0..).zip(text.chars()) {
        let (targets, look_alike) = match lookup.step(c) {
            table::Step::Keep(_) => (vec![c], false),
            table::Step::Char(target, _, look_alike) => (vec![target], look_alike),
            table::Step::Sequence(from, length, look_alike) => {
                (lookup.sequence(from, length).map(|row| row.0).collect(), look_alike)
            }
            table::Step::Drop => {
                let last = plain.last().map(|last: &Slow| last.0);
                let keycap = "\u{fe0f}\u{20e3}".contains(c) && last.is_some_and(|last| last.is_ascii_digit());
                dropped |= !keycap && last.is_some_and(|last| lookup.class(last) != Class::Separator);
                continue;
            }
        };
        let own = if look_alike { Tricks::LOOK_ALIKE } else { NONE };
        for (n, &target) in targets.iter().enumerate() {
            let inside = targets.len() > 1 || lookup.class(target) != Class::Separator;
            let gap = if dropped && inside && n == 0 { Tricks::ZERO_WIDTH } else { NONE };
            append(&mut plain, (target, Span { start: at, end: at + 1 }, own, gap));
        }
        dropped = false;
    }
    let mut skeleton: Vec<Slow> = Vec::new();
    for &(c, span, own, mut gap) in &plain {
        let kept = skeleton.iter().rposition(|row| lookup.class(row.0) != Class::Separator).map_or(0, |at| at + 1);
        if lookup.class(c).is_han()
            && (1..skeleton.len()).contains(&kept)
            && lookup.class(skeleton[kept - 1].0).is_han()
        {
            skeleton.truncate(kept);
            gap = gap.union(Tricks::SEPARATOR);
        }
        append(&mut skeleton, (c, span, own, gap));
    }
    (in_numbers(plain), in_numbers(skeleton))
}

/// Letters and numerals that are digits of a number, one after the other.
fn in_numbers(mut view: Vec<Slow>) -> Vec<Slow> {
    const NUMERALS: &str = "〇零二三四五六七八九";
    let joins = |row: &Slow| row.0.is_ascii_digit() || NUMERALS.contains(row.0) || "- ".contains(row.0);
    for numerals in [false, true] {
        for at in 1..view.len() {
            let from = view[..at].iter().rposition(|row| !joins(row)).map_or(0, |from| from + 1);
            let to = view[at..].iter().position(|row| !joins(row)).map_or(view.len(), |to| at + to);
            let long = view[from..to].iter().filter(|row| !"- ".contains(row.0)).count() >= 7;
            let next = view.get(at + 1).is_some_and(|row| row.0.is_ascii_digit());
            let digit = match view[at].0 {
                c @ ('o' | 'i' | 'l') if !numerals && view[at].2.contains(Tricks::LOOK_ALIKE) => {
                    if c == 'o' {
                        '0'
                    } else {
                        '1'
                    }
                }
                c @ ('z' | 's' | 'b' | 'g') if !numerals && next && view[at].2.contains(Tricks::LOOK_ALIKE) => {
                    char::from(b"2569"["zsbg".find(c).unwrap()])
                }
                c => match NUMERALS.chars().position(|numeral| numeral == c) {
                    Some(n) if numerals && next && long => char::from(b"0023456789"[n]),
                    _ => continue,
                },
            };
            if view[at - 1].0.is_ascii_digit() {
                view[at].0 = digit;
                view[at].2 = view[at].2.union(Tricks::LOOK_ALIKE);
            }
        }
    }
    view
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]
    #[test]
    fn one_pass_comes_to_what_the_slow_way_does(text in nasty()) {
        let (out, (plain, skeleton)) = (folded(&text), slowly(&text));
        prop_assert_eq!(out.plain.text(), plain.iter().map(|row| row.0).collect::<String>());
        prop_assert_eq!(out.skeleton.text(), skeleton.iter().map(|row| row.0).collect::<String>());
        let mut locator = out.plain.locator();
        for ((byte, _), row) in out.plain.text().char_indices().zip(&plain) {
            prop_assert_eq!(locator.span(byte..byte + 1), row.1);
        }
        for (at, row) in skeleton.iter().enumerate() {
            prop_assert_eq!((out.skeleton.span(at..at + 1), out.skeleton.tricks(at..at + 1)), (row.1, row.2));
            if at > 0 {
                let both = skeleton[at - 1].2.union(row.2).union(row.3);
                prop_assert_eq!(out.skeleton.tricks(at - 1..at + 1), both);
            }
        }
    }

    #[test]
    fn views_are_fixed_points(text in nasty()) {
        let out = folded(&text);
        let again = folded(out.plain.text());
        prop_assert_eq!(again.plain.text(), out.plain.text());
        prop_assert_eq!(again.skeleton.text(), out.skeleton.text());
        let again = folded(&out.skeleton.text());
        prop_assert_eq!(again.plain.text(), out.skeleton.text());
        prop_assert_eq!(again.skeleton.text(), out.skeleton.text());
    }

    #[test]
    fn maps_are_consistent(text in nasty(), a in 0usize..30, b in 0usize..30) {
        let Folded { plain, skeleton } = folded(&text);
        prop_assert_eq!(plain.len(), plain.text().chars().count());
        prop_assert_eq!(skeleton.len(), skeleton.text().chars().count());
        let length = text.chars().count() as u32;
        let mut locator = plain.locator();
        for at in [a, b] {
            let whole = plain.text().char_indices().nth(at).map(|(byte, c)| byte..byte + c.len_utf8());
            let Some(bytes) = whole else { continue };
            prop_assert_eq!(locator.span(bytes.start..bytes.start + 1), plain.span_of_bytes(bytes));
        }
        let span = skeleton.span(a..b);
        prop_assert!(span.start <= span.end && span.end <= length);
        prop_assert!(skeleton.tricks(0..30).contains(skeleton.tricks(a..b)));
    }

    #[test]
    fn reusing_buffers_changes_nothing(first in nasty(), second in nasty()) {
        let mut out = Folded::default();
        TABLE.fold(&first, &mut out);
        TABLE.fold(&second, &mut out);
        prop_assert_eq!(out, folded(&second));
    }

    #[test]
    fn damaged_tables_are_refused_or_usable(flips in proptest::collection::vec((0usize..100_000, any::<u8>()), 1..4), text in nasty()) {
        let mut bytes = TABLE.bytes().to_vec();
        for (at, to) in flips {
            let at = at % bytes.len();
            bytes[at] = to;
        }
        if let Ok(table) = FoldTable::parse(Bytes::from(bytes)) {
            let mut out = Folded::default();
            table.fold(&text, &mut out);
        }
    }
}

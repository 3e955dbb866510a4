//! Invented numbers of every kind, with the check digits that real ones have.

use super::dice::Dice;

const UPPER: &str = "ABCDEFGHJKLMNPQRSTUVWXYZ";
const MIXED: &str = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ0123456789";

/// A phone number and where it may be cut.
pub(super) fn phone(dice: &mut Dice) -> (String, &'static [usize]) {
    match dice.below(8) {
        0 => (dice.pick(&["010", "021", "029"]).to_owned() + "8" + &dice.digits(7), &[3, 7]),
        1 => (dice.pick(&["0755", "0571", "0431"]).to_owned() + "6" + &dice.digits(6), &[4]),
        2 => (dice.pick(&["400", "800"]).to_owned() + "6" + &dice.digits(6), &[3, 6]),
        _ => (mobile(dice), &[3, 7]),
    }
}

pub(super) fn mobile(dice: &mut Dice) -> String {
    let head = dice.pick(&["130", "136", "138", "147", "150", "159", "166", "170", "177", "186", "191", "199"]);
    head.to_owned() + &dice.digits(8)
}

/// A bank card number of 16 or 19 digits.
pub(super) fn card(dice: &mut Dice) -> (String, &'static [usize]) {
    let long = dice.below(2) == 0;
    let head = dice.pick(if long { &["622202", "621700", "623058"] } else { &["622588", "436742", "520169"] });
    let mut number = head.to_owned() + &dice.digits(if long { 12 } else { 9 });
    // Luhn: every second digit from the right, the check digit not counted, doubled.
    let sum: u32 = (0..).zip(number.bytes().rev()).map(|(at, digit)| luhn(u32::from(digit - b'0'), at % 2 == 0)).sum();
    number += &((10 - sum % 10) % 10).to_string();
    (number, &[4, 8, 12, 16])
}

fn luhn(digit: u32, doubled: bool) -> u32 {
    let value = digit * (1 + u32::from(doubled));
    value / 10 + value % 10
}

/// An identity number of 18 (GB 11643).
pub(super) fn identity(dice: &mut Dice) -> (String, &'static [usize]) {
    let region = dice.pick(&["110105", "310104", "440305", "510104", "330106", "610113"]);
    let born = format!("{}{:02}{:02}", dice.between(1950, 2010), dice.between(1, 12), dice.between(1, 28));
    let mut number = format!("{region}{born}{}", dice.digits(3));
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = number.bytes().zip(weights).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    number.push(char::from(b"10X98765432"[(sum % 11) as usize]));
    (number, &[6, 14])
}

/// A passport, a travel permit, an identity card of Hong Kong.
pub(super) fn permit(dice: &mut Dice) -> String {
    match dice.below(4) {
        3 => format!("{}{}({})", dice.letter("ACDEHKPRYZ"), dice.digits(6), dice.letter("0123456789A")),
        0 => dice.letter("EG") + &dice.digits(8),
        1 => dice.letter("HM") + &dice.digits(8),
        _ => "E".to_owned() + &dice.letter(UPPER) + &dice.digits(7),
    }
}

/// A number plate.
pub(super) fn plate(dice: &mut Dice) -> String {
    let province = dice.letter("京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼");
    let city = dice.letter("ABCDEF");
    let separator = dice.pick(&["", "", "", "·", "•", " ", "-"]);
    let serial = match dice.below(5) {
        0 => dice.letter("DF") + &dice.digits(5),
        1 => dice.letter(UPPER) + &dice.digits(4),
        2 => dice.digits(1) + &dice.letter(UPPER) + &dice.digits(3),
        3 => dice.letters(UPPER, 2) + &dice.digits(3),
        _ => dice.digits(5),
    };
    let cut = |dice: &mut Dice| dice.pick(&[" ", "·", ".", "-", " · "]);
    match dice.below(24) {
        0 => format!("粤Z{separator}{}港", dice.digits(4)),
        1 => format!("{province}{city}{separator}{}{}", dice.digits(4), dice.pick(&["学", "警", "挂"])),
        2 => format!("{province}{city}{separator}{serial}").to_lowercase(),
        3 => full_width(&format!("{province}{city}{separator}{serial}")),
        4 | 5 => format!("{province}{}{city}{}{serial}", cut(dice), cut(dice)),
        6 | 7 => format!("{province}{city}{}{}{}{}", cut(dice), &serial[..3], cut(dice), &serial[3..]),
        _ => format!("{province}{city}{separator}{serial}"),
    }
}

/// A parcel's number.
pub(super) fn tracking(dice: &mut Dice) -> String {
    match dice.below(12) {
        10 => {
            let (first, rest) = (dice.letters("0123456789ABCDEF", 3), dice.letters("0123456789ABCDEF", 3));
            format!("1Z {first} {rest} {} {} {}", dice.digits(2), dice.digits(4), dice.digits(4))
        }
        11 => format!(
            "9{} {} {} {} {} {}",
            dice.digits(3),
            dice.digits(4),
            dice.digits(4),
            dice.digits(4),
            dice.digits(4),
            dice.digits(2)
        ),
        0 | 1 => "SF".to_owned() + &dice.digits(13),
        2 => "YT".to_owned() + &dice.digits(13),
        3 => "JT".to_owned() + &dice.digits(13),
        4 => "JDVB".to_owned() + &dice.digits(11),
        5 => format!("E{}{}CN", dice.letter(UPPER), dice.digits(9)),
        6 => "1Z".to_owned() + &dice.letters("0123456789ABCDEF", 6) + &dice.digits(10),
        7 => "7".to_owned() + &dice.digits(14),
        8 => format!("SF {} {} {}", dice.digits(4), dice.digits(4), dice.digits(4)),
        _ => "43".to_owned() + &dice.digits(11),
    }
}

/// A one-time code.
pub(super) fn code(dice: &mut Dice) -> String {
    match dice.below(14) {
        0..=4 => dice.digits(6),
        5 | 6 => dice.digits(4),
        7 => dice.digits(8),
        8 => format!("{} {}", dice.digits(3), dice.digits(3)),
        9 => format!("{}-{}", dice.digits(3), dice.digits(3)),
        10 => dice.letter(UPPER) + &dice.digits(2) + &dice.letter(UPPER) + &dice.digits(2),
        11 => full_width(&dice.digits(6)),
        12 => dice.letters("①②③④⑤⑥⑦⑧⑨", 6),
        _ => dice.digits(6).chars().map(|c| format!("{c} ")).collect::<String>().trim_end().to_owned(),
    }
}

/// A code that is known by what is said before it alone: three digits, or letters and digits.
pub(super) fn short_code(dice: &mut Dice) -> String {
    dice.letter("23456789") + &dice.digits(2)
}

pub(super) fn mixed_code(dice: &mut Dice) -> String {
    match dice.below(3) {
        0 => format!("{}{}", dice.letters(UPPER, 2), dice.digits(4)),
        1 => format!("{}{}{}{}", dice.letter(UPPER), dice.digits(1), dice.letter(UPPER), dice.digits(2)),
        _ => format!("{}{}{}", dice.letters("abcdefgh", 2), dice.digits(2), dice.letters("abcdefgh", 2)),
    }
}

/// The last characters of a card or of an identity number.
pub(super) fn tail(dice: &mut Dice) -> String {
    match dice.below(4) {
        0 => dice.digits(3) + "X",
        _ => dice.digits(4),
    }
}

/// The end of an account as foreign banks write it.
pub(super) fn crossed(dice: &mut Dice) -> String {
    dice.pick(&["x", "X", "XX", "xxx", "XXXX"]).to_owned() + &dice.digits(4)
}

/// A code of letters, or in parts.
pub(super) fn key(dice: &mut Dice) -> String {
    match dice.below(4) {
        0 => dice.letters(UPPER, 4),
        1 => dice.letters("abcdefghjkmnpqrstuvwxyz", 4),
        2 => dice.letters(UPPER, 6),
        _ => format!("{}-{}-{}", dice.letters(UPPER, 4), dice.letters(UPPER, 4), dice.letters(UPPER, 4)),
    }
}

/// A booking.
pub(super) fn booking(dice: &mut Dice) -> String {
    dice.digits(1) + &dice.letters(UPPER, 2) + &dice.digits(1) + &dice.letters(UPPER, 2)
}

/// A password with a sign in it.
pub(super) fn password(dice: &mut Dice) -> String {
    let sign = dice.letter("$#!*&%+=");
    format!("{}{}{sign}{}", dice.letters("abcdefgh", 2), dice.digits(2), dice.letters("JKLMNPQR", 3))
}

/// What a shop's application reads between two signs of money.
pub(super) fn passphrase(dice: &mut Dice) -> String {
    dice.letter(UPPER) + &dice.letters(MIXED, 9) + &dice.letter(UPPER)
}

/// A North American number.
pub(super) fn american(dice: &mut Dice) -> String {
    let part = |dice: &mut Dice| dice.letter("23456789") + &dice.digits(2);
    let (area, exchange, line) = (part(dice), part(dice), dice.digits(4));
    match dice.below(4) {
        0 => format!("({area}) {exchange}-{line}"),
        1 => format!("{area}.{exchange}.{line}"),
        2 => format!("1-{area}-{exchange}-{line}"),
        _ => format!("{area}-{exchange}-{line}"),
    }
}

/// Where a parcel lies: shelf, layer, number.
pub(super) fn pickup(dice: &mut Dice) -> String {
    match dice.below(4) {
        0 => format!("{}-{}-{}", dice.between(1, 30), dice.between(1, 9), dice.digits(4)),
        1 => format!("{}{}-{}", dice.letter("ABCD"), dice.between(1, 9), dice.digits(4)),
        2 => dice.digits(8),
        _ => format!("{}-{}", dice.between(1, 60), dice.digits(4)),
    }
}

/// A shelf of few digits.
pub(super) fn shelf(dice: &mut Dice) -> String {
    match dice.below(2) {
        0 => format!("{}-{}-{}", dice.between(1, 9), dice.between(1, 9), dice.between(1, 99)),
        _ => format!("{}-{}-{}", dice.letter("ABCD"), dice.between(1, 9), dice.between(1, 99)),
    }
}

/// The label of a host that tells who was sent the link.
pub(super) fn label(dice: &mut Dice) -> String {
    (0..dice.between(3, 4)).map(|_| dice.letter("abcdefghjkmnpqrstuvwxyz") + &dice.digits(1)).collect()
}

/// The host of a link with its slash, and what stands behind it.
pub(super) fn link(dice: &mut Dice) -> (String, String) {
    let (mut letters, mut mixed) = (dice.clone(), dice.clone());
    let mut token = |count| mixed.letters(MIXED, count);
    let host = dice.pick(&[
        "https://www.example.com/",
        "http://t.example.cn/",
        "t.example.cn/",
        "https://m.example.net:8443/",
        "dwz.example/",
        "HTTPS://S.EXAMPLE.CN/",
        "http://a-b.example.org/",
        "www.example.com.cn/",
        "https://xn--fiq228c.example/",
        "xn--fiq228c.xn--fiqs8s/",
        "https://例子.中国/",
        "例子。中国/",
        "https://例子.example/",
        "t。example。cn/",
        "t.example．cn/",
        "t . example . cn/",
        "https:\\\\t.example.cn\\",
    ]);
    let path = match dice.below(15) {
        0 | 1 => token(6),
        2 => format!("{}/{}", letters.letters("abcdefgh", 4), token(8)),
        3 => format!("act?id={}&u={}", token(8), token(5)),
        4 => format!("?t={}", token(12)),
        5 => format!("p/{}.html#{}", token(5), token(4)),
        6 => format!("r/{}?phone={}", token(5), phone(&mut letters).0),
        7 => format!("{}_{}", token(4), token(4)),
        8 => format!("用户/{}", token(6)),
        9 => format!("{}/活动?id={}", token(3), token(6)),
        10 => format!("a|{}", token(6)),
        11 => format!("act?d={{\"u\":\"{}\"}}", token(6)),
        12 => format!("act?d=<{}>\\{}", token(6), token(3)),
        13 => format!(" {}{}{}", letters.letters("abcdefgh", 2), token(4), letters.digits(1)),
        _ => format!("{}/{}/{}", token(1), token(2), token(3)),
    };
    (host.to_owned(), path)
}

pub(super) fn email(dice: &mut Dice) -> String {
    let name = match dice.below(3) {
        0 => dice.letters("abcdefghijk", 7),
        1 => format!("{}.{}", dice.letters("lmnop", 4), dice.letters("qrstu", 5)),
        _ => format!("{}_{}", dice.letters("abcde", 4), dice.digits(3)),
    };
    let host = dice.pick(&["mail.example.com", "example.cn", "example.org"]);
    match dice.below(10) {
        0 => format!("{name}＠{host}"),
        1 => format!("{name}@{}", host.replace('.', "。")),
        2 => format!("{name} @ {host}"),
        3 => format!("{name}＠ {}", host.replace('.', " . ")),
        _ => format!("{name}@{host}"),
    }
}

/// A QQ number or the id of a chat application.
pub(super) fn account(dice: &mut Dice) -> String {
    match dice.below(4) {
        0 => dice.letter("123456789") + &dice.digits(8),
        1 => format!("{}{}", dice.letters("abcdefgh", 3), dice.digits(5)),
        2 => format!("{}_{}", dice.letters("lmnopqrst", 5), dice.letters("0123456789", 2)),
        _ => dice.letters("abcdefghijkmnpqrstuvwxyz", 8),
    }
}

pub(super) fn address(dice: &mut Dice) -> String {
    let city = dice.pick(&["北京市朝阳区", "上海市浦东新区", "杭州市西湖区", "广东省深圳市南山区", "成都市武侯区", ""]);
    let road = dice.pick(&["建设路", "人民南路", "文昌街", "解放大道", "学院东路", "科技园路"]);
    let number = dice.between(1, 999);
    match dice.below(6) {
        4 => format!("{city}{road} {}号", dice.between(32, 999)),
        5 => format!(
            "{}{}{}单元{}",
            dice.between(1, 30),
            dice.pick(&["号楼", "栋", "幢"]),
            dice.between(1, 6),
            dice.between(101, 2505)
        ),
        0 => format!("{city}{road}{number}号"),
        1 => format!(
            "{city}{road}{number}号{}栋{}单元{}室",
            dice.between(1, 20),
            dice.between(1, 5),
            dice.between(101, 2505)
        ),
        2 => format!("{city}{road}{number}弄{}号{}", dice.between(1, 60), dice.between(101, 2505)),
        _ => format!("{city}阳光花园{}号楼{}", dice.between(1, 30), dice.between(101, 2505)),
    }
}

pub(super) fn full_width(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_ascii_alphanumeric() { char::from_u32(c as u32 + 0xfee0).unwrap_or(c) } else { c })
        .collect()
}

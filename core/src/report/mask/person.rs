//! Names, number plates and addresses: Chinese shapes.

use super::{Claims, follows, is_han};

/// The common surnames of one character, and those of two.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧肖田董潘袁蔡蒋余于杜叶程苏魏吕丁任沈\
                        姚卢姜崔钟谭陆汪范金石廖贾夏韦傅方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常\
                        温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童毕单裴霍涂成苗\
                        谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫\
                        费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封";
const COMPOUND: [&str; 10] = ["欧阳", "上官", "司马", "诸葛", "司徒", "夏侯", "皇甫", "尉迟", "慕容", "令狐"];
const TITLES: [&str; 6] = ["先生", "女士", "小姐", "同学", "老师", "师傅"];
const LABELS: [&str; 11] =
    ["本人", "我叫", "我是", "尊敬的", "亲爱的", "姓名", "收件人", "收货人", "联系人", "户名", "持卡人"];
/// Words that begin with what may be a surname, and are none.
const ROLES: [&str; 10] = ["顾客", "车主", "商户", "商家", "师生", "司机", "和", "全体", "房主", "成员"];

pub(super) fn claim_names(chars: &[char], claims: &mut Claims) {
    for at in 0..chars.len() {
        if TITLES.iter().any(|title| follows(chars, at, title)) {
            let longest = (1..=4.min(at)).rev().find(|&length| is_name(&chars[at - length..at], 1));
            if let Some(length) = longest {
                claims.mask(at - length, at, "‹name›");
            }
        }
        if let Some(label) = LABELS.iter().find(|label| follows(chars, at, label)) {
            let mut start = at + label.chars().count();
            while matches!(chars.get(start), Some(':' | '：' | ' ')) {
                start += 1;
            }
            claim_name_from(chars, start, claims);
        }
        let begins = at == 0 || !is_han(chars[at - 1]);
        if begins {
            let greeted = (2..=4).find(|&length| {
                let hello = ["您好", "你好", "，您", ",您", "，你", ",你", "，请", "！您"];
                hello.iter().any(|hello| follows(chars, at + length, hello)) && is_name(&chars[at..at + length], 2)
            });
            if let Some(length) = greeted {
                claims.mask(at, at + length, "‹name›");
            }
        }
    }
}

/// A name up to where the sentence goes on.
fn claim_name_from(chars: &[char], start: usize, claims: &mut Claims) {
    let goes_on = |at: usize| {
        let next = chars[at];
        !is_han(next) || "您你的在已请于".contains(next) || TITLES.iter().any(|title| follows(chars, at, title))
    };
    let rest = chars.get(start..).unwrap_or_default();
    let length = (start..chars.len()).take_while(|&at| !goes_on(at)).count().min(3);
    if length >= 2 && is_name(&rest[..length], 2) {
        claims.mask(start, start + length, "‹name›");
    }
}

/// A surname and at most two characters, in all at least `least`.
fn is_name(chars: &[char], least: usize) -> bool {
    let surname = if COMPOUND.iter().any(|name| follows(chars, 0, name)) { 2 } else { 1 };
    let begins = surname == 2 || chars.first().is_some_and(|&c| SURNAMES.contains(c));
    begins
        && (least.max(surname)..=surname + 2).contains(&chars.len())
        && chars.iter().all(|&c| is_han(c))
        && !ROLES.iter().any(|role| follows(chars, 0, role))
}

pub(super) fn claim_plates(chars: &[char], claims: &mut Claims) {
    let provinces = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
    for at in 0..chars.len() {
        if !provinces.contains(chars[at]) || !chars.get(at + 1).is_some_and(char::is_ascii_uppercase) {
            continue;
        }
        let start = at + 2 + usize::from(matches!(chars.get(at + 2), Some('·' | '•' | '-' | ' ')));
        let serial: Vec<char> =
            chars.get(start..).unwrap_or_default().iter().copied().take_while(char::is_ascii_alphanumeric).collect();
        if (5..=6).contains(&serial.len()) && serial.iter().any(char::is_ascii_digit) {
            claims.mask(at, start + serial.len(), "‹plate›");
        }
    }
}

pub(super) fn claim_addresses(chars: &[char], claims: &mut Claims) {
    let is_unit = |c: char| "号弄栋幢座室楼层".contains(c);
    let is_road = |c: char| "路街道巷弄村苑园区厦城庄里镇乡坊场".contains(c);
    let is_house = |c: char| c.is_ascii_alphanumeric() || "-#一二三四五六七八九十".contains(c);
    let goes_there = |c: char| "至到在往址于寄达：".contains(c);
    // End of the last address: the next one starts behind it.
    let mut done = 0;
    for unit in 0..chars.len() {
        if unit < done || !is_unit(chars[unit]) {
            continue;
        }
        let house = unit - chars[..unit].iter().rev().take_while(|&&c| is_house(c)).count();
        if house == unit || house == 0 || !is_road(chars[house - 1]) {
            continue;
        }
        let word = |c: &&char| (is_han(**c) || c.is_ascii_alphanumeric()) && !goes_there(**c);
        let start = done.max(house - chars[..house].iter().rev().take(30).take_while(word).count());
        let rest = |c: &&char| is_house(**c) || is_unit(**c) || "单元".contains(**c);
        let end = unit + 1 + chars[unit + 1..].iter().take_while(rest).count();
        claims.mask(start, end, "‹address›");
        done = end;
    }
}

//! Number plates and addresses: Chinese shapes.

use super::{Claims, is_han};

pub(super) fn claim_plates(chars: &[char], claims: &mut Claims) {
    let provinces = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
    for at in 0..chars.len() {
        if !provinces.contains(chars[at]) || !chars.get(at + 1).is_some_and(char::is_ascii_alphabetic) {
            continue;
        }
        let start = at + 2 + usize::from(chars.get(at + 2).is_some_and(|&c| "·-. _/".contains(c)));
        let serial = chars.get(start..).unwrap_or_default().iter().take_while(|c| c.is_ascii_alphanumeric()).count();
        let digits = chars[at..].iter().skip(start - at).take(serial).filter(|c| c.is_ascii_digit()).count();
        // Trailers, learners, the police and those who cross the border have a character for a fifth.
        let tail = chars.get(start + serial).is_some_and(|&c| "挂学警港澳领使".contains(c));
        match serial {
            5 | 6 if digits >= 3 => claims.mask(at, start + serial, "‹plate›"),
            4 if digits >= 2 && tail => claims.mask(at, start + serial + 1, "‹plate›"),
            _ => {}
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

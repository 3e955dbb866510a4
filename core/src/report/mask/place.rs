//! Number plates and addresses: Chinese shapes.

use super::{Claims, is_han};

pub(super) fn claim_plates(chars: &[char], claims: &mut Claims) {
    let provinces = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
    for city in 1..chars.len() {
        if !chars[city].is_ascii_alphabetic() || matches!(chars[city], 'i' | 'I') {
            continue;
        }
        let gap = chars[..city].iter().rev().take(GAP).take_while(|&&c| is_gap(c)).count();
        let Some(province) =
            (city - gap).checked_sub(1).filter(|&at| is_han(chars[at]) && provinces.contains(chars[at]))
        else {
            continue;
        };
        if let Some(end) = plate_end(chars, city + 1, gap > 0) {
            claims.mask(province, end, "‹plate›");
        }
    }
}

/// Most separators between two parts of a plate.
const GAP: usize = 3;

fn is_gap(c: char) -> bool {
    matches!(c, ' ' | '·' | '-' | '.' | '_' | '/')
}

/// The end of the serial that begins here: five characters or six, however they are cut. A plate cut before its letter is
/// told from words (全新 RTX4090) by a cut behind it or by having digits there.
fn plate_end(chars: &[char], city: usize, is_cut: bool) -> Option<usize> {
    let gap = |at: usize| chars[at..].iter().take(GAP + 1).take_while(|&&c| is_gap(c)).count();
    let (mut at, mut serial, mut digits) = (city, 0, 0);
    let first = gap(city);
    while gap(at) <= GAP {
        at += gap(at);
        let part = chars[at..].iter().take(7).take_while(|c| c.is_ascii_alphanumeric()).count();
        digits += chars[at..at + part].iter().filter(|c| c.is_ascii_digit()).count();
        serial += part;
        at += part;
        // Trailers, learners, the police and those who cross the border have a character for a fifth.
        let tail = usize::from(chars.get(at).is_some_and(|&c| "挂学警港澳领使".contains(c)));
        let is_told = !is_cut || first > 0 || serial - digits <= 1;
        match serial {
            5 | 6 if digits >= 3 && is_told => return Some(at),
            4 if digits >= 2 && is_told && tail > 0 => return Some(at + tail),
            0..=5 if part > 0 => {}
            _ => return None,
        }
    }
    None
}

pub(super) fn claim_addresses(chars: &[char], claims: &mut Claims) {
    let is_unit = |c| matches!(c, '号' | '弄' | '栋' | '幢' | '座' | '室' | '楼' | '层');
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

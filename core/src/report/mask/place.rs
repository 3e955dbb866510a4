//! Number plates and addresses: Chinese shapes.

use super::{Claims, is_han, precedes};

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
        if let Some(end) = plate_end(chars, city + 1, gap > 0)
            && !(gap == 0 && is_flight(chars, province))
        {
            claims.mask(province, end, "‹plate›");
        }
    }
}

/// Whether the province's character ends the name of a city, and a flight number stands behind it: 北京CZ6127.
fn is_flight(chars: &[char], province: usize) -> bool {
    let token = chars[province + 1..].iter().take(7).take_while(|c| c.is_ascii_alphanumeric()).count();
    let (airline, number) = chars[province + 1..=province + token].split_at(token.min(2));
    CITIES.iter().any(|city| precedes(chars, province + 1, city))
        && airline.iter().all(char::is_ascii_uppercase)
        && matches!(number.len(), 3 | 4)
        && number.iter().all(char::is_ascii_digit)
}

/// Cities and provinces with airports that end as the short name of a province is.
const CITIES: &[&str] = &["北京", "南京", "东京", "天津", "西宁", "南宁", "辽宁", "银川", "四川"];

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
        let rest = |c: &&char| is_house(**c) || is_unit(**c) || "单元".contains(**c);
        let end = |most: usize| unit + 1 + chars[unit + 1..].iter().take(most).take_while(rest).count();
        // 文三路 138号, but no day behind a space.
        let gap = usize::from(
            house > 1 && unit - house > 1 && chars[house - 1] == ' ' && "路街巷弄道".contains(chars[house - 2]),
        );
        let road = house - gap;
        if house == unit {
            continue;
        }
        if road == 0 || !is_road(chars[road - 1]) {
            let end = end(FLAT);
            if is_flat(&chars[house..end]) && chars.get(end) != Some(&'年') {
                claims.mask(house, end, "‹address›");
                done = end;
            }
            continue;
        }
        let word = |c: &&char| (is_han(**c) || c.is_ascii_alphanumeric()) && !goes_there(**c);
        let start = done.max(road - chars[..road].iter().rev().take(30).take_while(word).count());
        done = end(usize::MAX);
        claims.mask(start, done, "‹address›");
    }
}

/// Most characters of a flat behind its building's number.
const FLAT: usize = 24;

/// Whether this is a building with a flat in it, whatever the road: 5号楼3单元402.
fn is_flat(chars: &[char]) -> bool {
    let text: String = chars.iter().filter(|c| !c.is_ascii_digit()).collect();
    let mut numbers =
        chars.chunk_by(|a, b| a.is_ascii_digit() && b.is_ascii_digit()).filter(|run| run[0].is_ascii_digit());
    let is_building = ["号楼", "栋", "幢", "座"].iter().any(|building| text.starts_with(building));
    is_building && numbers.clone().count() >= 2 && numbers.next_back().is_some_and(|flat| flat.len() >= 3)
}

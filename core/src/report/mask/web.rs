//! Links, mail addresses, accounts and mixed tokens: everything written in ASCII that is no number.

use super::{Claims, account, follows, link, number, precedes, shape};

pub(super) fn claim(chars: &[char], claims: &mut Claims) {
    claim_passphrases(chars, claims);
    let mut at = 0;
    while at < chars.len() {
        let end = at + chars[at..].iter().take_while(|c| c.is_ascii_graphic()).count();
        at = if end > at { claim_run(chars, at, end, claims) } else { at + 1 };
    }
}

/// Tokens between two signs of money, as shops hand out for their applications: ￥AbCd1234EfG￥.
fn claim_passphrases(chars: &[char], claims: &mut Claims) {
    let is_sign = |c: &char| matches!(c, '¥' | '￥' | '$' | '€' | '£' | '₤' | '₳' | '₴' | '¢');
    for sign in (0..chars.len()).filter(|&at| is_sign(&chars[at])) {
        let token = chars[sign + 1..].iter().take(16).take_while(|c| c.is_ascii_alphanumeric()).count();
        let end = sign + 1 + token;
        if (8..16).contains(&token) && chars.get(end).is_some_and(is_sign) && Mix::of(&chars[sign + 1..end]).letters > 1
        {
            claims.mask(sign + 1, end, "‹code›");
        }
    }
}

/// A run of visible ASCII. It may hold several things: `tel:1380,t.cn/x`. Returns where to go on: a link may be longer.
fn claim_run(chars: &[char], start: usize, end: usize, claims: &mut Claims) -> usize {
    if let Some(scheme) = (start..end).find(|&at| follows(&chars[..end], at, "://")) {
        let name = chars[start..scheme].iter().rev().take_while(|c| c.is_ascii_alphabetic()).count();
        if start < scheme - name {
            claim_run(chars, start, scheme - name, claims);
        }
        return link::claim(chars, scheme + 3, end, claims);
    }
    if matches!(chars[start], '/' | '?') && link::ends_host_in_han(chars, start) {
        return link::claim_path(chars, start, end, claims);
    }
    if let Some(password) = password_end(chars, start, end) {
        claims.mask(start, password, "‹code›");
        return end;
    }
    let mut at = start;
    while at < end {
        let stop = at + chars[at..end].iter().take_while(|&&c| link::is_host_character(c)).count();
        if stop < end && chars[stop] == '@' {
            let host_end = link::host_end(chars, stop + 1, end);
            if stop > at && link::is_host(chars, stop + 1, host_end) {
                let tagged =
                    chars[start..at].iter().rev().take_while(|&&c| link::is_host_character(c) || c == '+').count();
                claims.mask(at - tagged, host_end, "‹email›");
                claims.mask(at, host_end, "‹email›");
                at = host_end;
                continue;
            }
        }
        if link::is_host(chars, at, link::host_end(chars, at, stop)) {
            // Or a code, and the next sentence directly behind it: `Your code is A7K9Q2.Do not share it`.
            let label = chars[at..stop].split(|&c| c == '.').next().unwrap_or_default();
            if label.iter().any(char::is_ascii_digit) && is_behind_code(chars, at, label) {
                claims.mask(at, at + label.len(), "‹code›");
            }
            return link::claim(chars, at, end, claims);
        }
        // A number may be cut: what looks drawn in it is no token.
        if let Some(number) = shape::cut(chars, at).map(|(end, ..)| end).filter(|&number| number > stop) {
            at = number;
            continue;
        }
        if let Some((parcel, symbol)) = cut_token(chars, at, stop) {
            claims.mask(at, parcel, symbol);
            at = parcel;
            continue;
        }
        claim_token(chars, at, stop, claims);
        at = stop + 1;
    }
    at.max(end)
}

/// The end of a password with signs in it, that a word for one and a colon stand before: 登录密码：aB3$kk.
fn password_end(chars: &[char], start: usize, end: usize) -> Option<usize> {
    let is_inner = |c: &char| c.is_ascii_alphanumeric() || "!#$%&*+-_=^~@".contains(*c);
    let last = chars[start..end].iter().rposition(char::is_ascii_alphanumeric)?;
    let word = word_end(chars, start);
    let is_told = chars[word..start].iter().any(|c| matches!(c, ':' | '：' | '是' | '为'));
    let password = &chars[start..=start + last];
    let is_signed = !password.iter().all(char::is_ascii_alphanumeric);
    let is_fit = (4..=24).contains(&password.len()) && is_signed && password.iter().all(is_inner);
    (is_fit && is_told && is_behind(chars, start, &["密码", "password", "Password"])).then_some(start + last + 1)
}

/// Tokens with more than letters, digits and hyphens in them: the end of `1Z 999 AA1 01 2345 6784` (a parcel) and
/// `A123456(7)` (an identity card of Hong Kong).
fn cut_token(chars: &[char], start: usize, end: usize) -> Option<(usize, &'static str)> {
    const PARCEL: usize = 18;
    let is_word = |at: usize| chars.get(at).is_some_and(char::is_ascii_alphanumeric);
    if matches!(chars[start..end], ['1', 'Z' | 'z', ..]) {
        let (mut at, mut count, mut digits) = (start, 0, 0);
        while count < PARCEL && (is_word(at) || at < chars.len() && chars[at] == ' ' && is_word(at + 1)) {
            count += usize::from(is_word(at));
            digits += usize::from(chars[at].is_ascii_digit());
            at += 1;
        }
        return (count == PARCEL && digits > 9 && !is_word(at)).then_some((at, "‹tracking›"));
    }
    let letters = chars[start..end].iter().take_while(|c| c.is_ascii_uppercase()).count();
    let is_number = matches!(letters, 1 | 2)
        && end - start == letters + 6
        && chars[start + letters..end].iter().all(char::is_ascii_digit);
    let check = matches!(chars.get(end..end + 3), Some(['(', '0'..='9' | 'A', ')']));
    (is_number && check).then_some((end + 3, "‹id›"))
}

/// Letters and digits mixed: an account, an order, a code. A few letters before a phone number are left to the numbers.
fn claim_token(chars: &[char], start: usize, end: usize, claims: &mut Claims) {
    let mut from = start;
    for token in chars[start..end].split(|&c| c == '.') {
        let to = from + token.len();
        let named = if account::is_account(chars, from, token) { Some(0) } else { account::joined(token) };
        if let Some(named) = named {
            claims.mask(from + named, to, "‹account›");
        } else if let Some(symbol) = token_kind(token).or_else(|| code(chars, from, token))
            && shape::cut(chars, from).is_none_or(|(end, ..)| end < to)
        {
            claims.mask(from, to, symbol);
        }
        from = to + 1;
    }
}

/// Words that a code stands directly behind.
const CODES: &[&str] = &["码", "code", "Code", "CODE", "口令", "令牌", "OTP", "PIN", "PNR", "code is"];
/// Words that a code of letters alone stands directly behind as well.
const KEYS: &[&str] = &[
    "验证码",
    "校验码",
    "兑换码",
    "激活码",
    "邀请码",
    "提取码",
    "优惠码",
    "确认码",
    "动态码",
    "识别码",
    "取件码",
    "访问码",
    "券码",
    "令牌",
    "PNR",
];
/// Words that the last characters of a number stand directly behind.
const TAILS: &[&str] = &[
    "尾号",
    "位",
    "四码",
    "ending in",
    "ending with",
    "last four",
    "last 4",
    "acct",
    "Acct",
    "account",
    "card",
    "Card",
    "a/c",
    "A/C",
];
/// Words that letters and digits mixed are a code behind.
const ENTERED: &[&str] = &["输入", "登录", "登陆", "填写"];
/// Words for where a parcel lies: A-3-12, 3-2-1.
const SHELVES: &[&str] = &["取件", "货号", "货架", "凭"];
/// Numbers of three digits for help.
const SERVICES: &[&str] = &["110", "112", "114", "119", "120", "122"];

fn code(chars: &[char], start: usize, token: &[char]) -> Option<&'static str> {
    let mix = Mix::of(token);
    let is_entered = (5..=12).contains(&token.len())
        && mix.is_mixed()
        && (mix.runs >= 3 || mix.longest >= 4)
        && is_behind(chars, start, ENTERED);
    let cuts = token.iter().filter(|&&c| c == '-').count();
    let is_shelf = (4..=12).contains(&token.len()) && mix.digits > 0 && (mix.letters > 0 || cuts == 2);
    let is_parcel = is_shelf && number::date(chars, start).is_none() && is_behind(chars, start, SHELVES);
    let is_called =
        (5..=8).contains(&token.len()) && mix.is_mixed() && number::is_called_code(chars, start + token.len());
    let is_key = is_key(token) && is_behind(chars, start, KEYS);
    let is_tail = is_tail(token) && is_behind(chars, start, TAILS);
    (is_entered || is_parcel || is_called || is_key || is_tail || is_behind_code(chars, start, token))
        .then_some("‹code›")
}

/// KXMW, xkcd, ABCD-EFGH-IJKL: letters of one case, or parts of one length.
fn is_key(token: &[char]) -> bool {
    let parts = || token.split(|&c| c == '-');
    let is_alike = token.iter().all(char::is_ascii_lowercase) || token.iter().all(char::is_ascii_uppercase);
    match parts().count() {
        1 => (4..=8).contains(&token.len()) && is_alike,
        parts_count => {
            parts_count <= 6 && token.len() <= 29 && parts().all(|part| part.len() == token.len() / parts_count)
        }
    }
}

/// 002X, 123X: the end of an identity number. XX5678: of an account.
fn is_tail(token: &[char]) -> bool {
    let digits = token.iter().filter(|c| c.is_ascii_digit()).count();
    let letters = token.iter().filter(|c| matches!(c, 'x' | 'X')).count();
    let is_ordered = matches!(token.last(), Some('x' | 'X')) && letters == 1
        || token[..letters].iter().all(|c| matches!(c, 'x' | 'X'));
    (3..=6).contains(&digits) && digits + letters == token.len() && letters > 0 && is_ordered
}

/// Whether a token stands directly behind a word for a code, with a digit in it or behind a colon.
fn is_behind_code(chars: &[char], start: usize, token: &[char]) -> bool {
    let is_fit = match token.len() {
        3 => token.iter().all(char::is_ascii_digit) && stands_alone(chars, start),
        4..=12 => {
            let is_told = chars[word_end(chars, start)..start].iter().any(|c| ":：是为".contains(*c));
            is_told || token.iter().any(char::is_ascii_digit)
        }
        _ => false,
    };
    is_fit && is_behind(chars, start, CODES)
}

fn is_behind(chars: &[char], start: usize, words: &[&str]) -> bool {
    let end = word_end(chars, start);
    words.iter().any(|word| precedes(chars, end, word))
}

/// Where the word ends that something stands behind.
fn word_end(chars: &[char], start: usize) -> usize {
    start - chars[..start].iter().rev().take(4).take_while(|&&c| " :：是为【[「“\"(（".contains(c)).count()
}

/// Whether three digits are no part of a number, count nothing (300秒) and do not call for help (110).
fn stands_alone(chars: &[char], start: usize) -> bool {
    let behind = &chars[start + 3..chars.len().min(start + 5)];
    let is_part = behind.iter().any(char::is_ascii_digit);
    let unit = behind.iter().find(|&&c| c != ' ');
    let counts = unit.is_some_and(|c| "秒分元块次个条位天折期年月日号万米".contains(*c));
    !is_part && !counts && !SERVICES.iter().any(|service| follows(chars, start, service))
}

fn token_kind(token: &[char]) -> Option<&'static str> {
    let mix = Mix::of(token);
    let head = token.iter().take_while(|c| c.is_ascii_alphabetic()).count();
    let is_number_behind_letters = head <= 2 && mix.letters == head && mix.digits == 11;
    if mix.letters == 0 || is_number_behind_letters {
        return None;
    }
    let is_identity = mix.digits == 17 && mix.letters == 1 && matches!(token.last(), Some('x' | 'X'));
    // RTX4090 and i7-13700H name things; A7K9Q2 names nothing, so it was given to somebody.
    let is_drawn = mix.digits >= 7 || mix.longest >= 6 || mix.digits >= 2 && mix.runs >= 6;
    match mix.digits + mix.letters {
        _ if is_identity => Some("‹id›"),
        10.. if is_drawn => Some("‹tracking›"),
        5.. if is_drawn => Some("‹code›"),
        _ => None,
    }
}

/// What a token is made of.
pub(super) struct Mix {
    pub(super) digits: usize,
    pub(super) letters: usize,
    /// Runs of digits, of letters and of neither.
    pub(super) runs: usize,
    /// The longest run of digits.
    pub(super) longest: usize,
}

impl Mix {
    pub(super) fn of(token: &[char]) -> Mix {
        let mut mix = Mix { digits: 0, letters: 0, runs: 0, longest: 0 };
        let is_alike = |a: &char, b: &char| {
            a.is_ascii_digit() == b.is_ascii_digit() && a.is_ascii_alphabetic() == b.is_ascii_alphabetic()
        };
        for run in token.chunk_by(is_alike) {
            mix.runs += 1;
            match run[0] {
                '0'..='9' => {
                    mix.digits += run.len();
                    mix.longest = mix.longest.max(run.len());
                }
                c if c.is_ascii_alphabetic() => mix.letters += run.len(),
                _ => {}
            }
        }
        mix
    }

    pub(super) fn is_mixed(&self) -> bool {
        self.digits > 0 && self.letters > 0
    }
}

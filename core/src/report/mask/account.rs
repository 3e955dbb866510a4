//! Accounts: what stands beside the name of an application where people talk, or behind `@`.

use super::{follows, number, precedes};

/// Applications in Latin letters and in Chinese, and what is said for them.
const APPS: &[&str] = &[
    "qq",
    "vx",
    "wx",
    "wechat",
    "weixin",
    "telegram",
    "whatsapp",
    "tg",
    "v",
    "skype",
    "line id",
    "instagram",
    "douyin",
];
const APPS_HAN: &[&str] = &[
    "微信",
    "薇信",
    "威信",
    "扣扣",
    "企鹅",
    "加v",
    "加V",
    "v信",
    "V信",
    "电报",
    "飞机",
    "支付宝",
    "加薇",
    "加威",
    "加徽",
    "加我",
    "抖音",
    "快手",
    "小红书",
    "微博",
    "陌陌",
    "钉钉",
];
/// Fewest characters of an account.
const SHORTEST: usize = 5;

/// The length of the application's name that the token begins with, if an account stands behind it.
pub(super) fn joined(token: &[char]) -> Option<usize> {
    let named = APPS.iter().find(|app| app.len() > 1 && begins(token, app)).map(|app| app.len())?;
    let is_word = |c: &char| c.is_ascii_alphabetic() || *c == '-';
    (token.len() - named >= SHORTEST && !token.iter().all(is_word)).then_some(named)
}

/// Whether the token that begins here is an account.
pub(super) fn is_account(chars: &[char], start: usize, token: &[char]) -> bool {
    if token.len() < SHORTEST {
        return false;
    }
    // A short or capitalised word beside the name of an application is one of its parts, unless something says otherwise.
    let is_word = token.iter().all(char::is_ascii_alphabetic) && (token.len() < 6 || token[0].is_ascii_uppercase());
    let is_handle = precedes(chars, start, "@") && (!is_word || !is_word_before(chars, start - 1));
    is_handle
        || is_named_before(chars, start, is_word)
        || !is_word && is_named_behind(chars, start + token.len(), token)
}

/// 微信：abc_123.
fn is_named_before(chars: &[char], start: usize, is_word: bool) -> bool {
    let end = start - chars[..start].iter().rev().take(5).take_while(|&&c| is_filler(c)).count();
    let is_told = chars[end..start].iter().any(|c| matches!(c, ':' | '：' | '号' | '是' | '为'));
    let is_latin = |app: &&str| {
        end >= app.len() && begins(&chars[end - app.len()..end], app) && !is_word_before(chars, end - app.len())
    };
    // 薇 alone is a name as well.
    let is_han = |app: &&str| precedes(chars, end, app);
    let is_app = APPS_HAN.iter().any(is_han) || is_told && is_han(&"薇") || APPS.iter().any(is_latin);
    (!is_word || is_told) && is_app
}

/// abc_123（微信）, abc_123是我微信; not a number, which may be anything.
fn is_named_behind(chars: &[char], end: usize, token: &[char]) -> bool {
    let is_filler = |c: &&char| matches!(c, ' ' | '(' | '（' | '【' | '[' | '是' | '我' | '的');
    let app = end + chars[end..].iter().take(4).take_while(is_filler).count();
    let is_told = chars[end..app].iter().any(|c| !matches!(c, ' ' | '我' | '的'));
    let is_latin = |name: &&str| name.len() > 1 && begins(&chars[app..], name);
    let is_app = APPS_HAN.iter().any(|name| follows(chars, app, name)) || APPS.iter().any(is_latin);
    is_told && token.iter().any(char::is_ascii_alphabetic) && is_app
}

/// What may stand between an application and an account: signs inside a sentence, and a few characters.
fn is_filler(c: char) -> bool {
    let is_sign = !c.is_alphanumeric() && !number::ends(c) && !matches!(c, ',' | '，' | '、' | '】');
    is_sign || "号是为加群".contains(c)
}

fn begins(token: &[char], app: &str) -> bool {
    token.len() >= app.len() && token.iter().zip(app.chars()).all(|(a, b)| a.eq_ignore_ascii_case(&b))
}

fn is_word_before(chars: &[char], at: usize) -> bool {
    at > 0 && chars[at - 1].is_ascii_alphanumeric()
}

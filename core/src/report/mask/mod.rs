//! What of a text may leave the phone, and for whom? Two payloads without any way from one to the other.
//!
//! Masking works on a text written plainly (full-width letters and digits of other shapes as ASCII, no zero-width
//! characters), so the usual disguises carry no number past it. It is by rule, not by understanding: what it finds are
//! shapes, and a preview before sharing is for the rest.

mod number;
mod person;
mod web;

/// The unmodified text, for authorities. It cannot become [`Masked`]:
/// ```compile_fail
/// fn share(text: smsfilter::report::Verbatim) -> smsfilter::report::Masked { text.into() }
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Verbatim(String);

/// A text without personal details, for rule sharing. It cannot become [`Verbatim`]:
/// ```compile_fail
/// fn report(text: smsfilter::report::Masked) -> smsfilter::report::Verbatim { text.into() }
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Masked(String);

impl Verbatim {
    pub(super) fn new(text: String) -> Verbatim {
        Verbatim(text)
    }

    /// The text, to be shown to the user or handed to the system. Never to a log.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl Masked {
    /// Masks a text. `own` are the user's own numbers, which are dropped without a trace.
    ///
    /// | slot | stands for |
    /// |---|---|
    /// | `‹phone›` `‹id›` `‹card›` `‹plate›` | phone, identity and bank card numbers, number plates |
    /// | `‹code›` `‹tracking›` | numbers of 4 to 9 digits and mixed tokens; 10 and longer |
    /// | `‹amount›` | an amount with five or more significant digits: a balance, not a price |
    /// | `‹path›` `‹host›` `‹email›` | path and query of a link, a host with a number in it, mail |
    /// | `‹name›` `‹address›` | names beside a title, label or greeting; street and house number |
    ///
    /// Kept, because rules are about them: hosts, prices, dates, five-digit service numbers, signatures.
    #[must_use]
    pub fn of(text: &str, own: &[&str]) -> Masked {
        let chars: Vec<char> = text.chars().filter_map(plain).collect();
        let mut claims = Claims { taken: vec![false; chars.len()], slots: Vec::new() };
        person::claim_plates(&chars, &mut claims);
        web::claim(&chars, &mut claims);
        person::claim_addresses(&chars, &mut claims);
        number::claim(&chars, own, &mut claims);
        person::claim_names(&chars, &mut claims);
        claims.slots.sort_unstable();
        let mut masked = String::with_capacity(text.len());
        let mut at = 0;
        for (start, end, symbol) in claims.slots {
            masked.extend(&chars[at..start]);
            masked.push_str(symbol);
            at = end;
        }
        masked.extend(&chars[at..]);
        Masked(masked)
    }

    /// The masked text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

macro_rules! debug_shows_length_only {
    ($($name:ident),*) => {$(
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!(stringify!($name), "({} characters)"), self.0.chars().count())
            }
        }
    )*};
}
debug_shows_length_only!(Verbatim, Masked);

/// Stretches that a scanner has decided on; the first to claim one has it.
struct Claims {
    taken: Vec<bool>,
    slots: Vec<(usize, usize, &'static str)>,
}

impl Claims {
    fn is_free(&self, start: usize, end: usize) -> bool {
        !self.taken[start..end].contains(&true)
    }

    /// Replaces a stretch by a symbol.
    fn mask(&mut self, start: usize, end: usize, symbol: &'static str) {
        if start < end && self.is_free(start, end) {
            self.taken[start..end].fill(true);
            self.slots.push((start, end, symbol));
        }
    }

    /// Leaves a stretch as it is.
    fn keep(&mut self, start: usize, end: usize) {
        self.taken[start..end].fill(true);
    }
}

/// The character without its disguise; nothing for a zero-width one.
fn plain(c: char) -> Option<char> {
    let shifted = |base: u32, to: char| char::from_u32(c as u32 - base + to as u32);
    match c {
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => None,
        '０'..='９' => shifted('０' as u32, '0'),
        'Ａ'..='Ｚ' => shifted('Ａ' as u32, 'A'),
        'ａ'..='ｚ' => shifted('ａ' as u32, 'a'),
        '①'..='⑨' => shifted('①' as u32, '1'),
        '❶'..='❾' => shifted('❶' as u32, '1'),
        '⓪' | '⓿' => Some('0'),
        '\u{1d7ce}'..='\u{1d7ff}' => char::from_digit((c as u32 - 0x1d7ce) % 10, 10),
        '．' => Some('.'),
        '／' => Some('/'),
        '＠' => Some('@'),
        '－' | '‐' | '‑' | '–' | '—' => Some('-'),
        '\u{a0}' | '\u{3000}' => Some(' '),
        _ => Some(c),
    }
}

/// A Chinese character.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{20000}'..='\u{3ffff}' | '〇')
}

/// Whether the text continues with this at a position.
fn follows(chars: &[char], at: usize, word: &str) -> bool {
    let mut rest = chars.get(at..).unwrap_or_default().iter();
    word.chars().all(|c| rest.next() == Some(&c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn mask(text: &str) -> String {
        Masked::of(text, &["13911112222"]).0
    }

    #[test]
    fn each_kind_of_personal_detail_gets_its_slot() {
        let cases = [
            ("请致电13800138000咨询", "请致电‹phone›咨询"),
            ("电话138-0013-8000或+86 138 0013 8000", "电话‹phone›或‹phone›"),
            ("热线400-800-1234，010-12345678", "热线‹phone›，‹phone›"),
            ("一三八零零一三八零零零", "‹phone›"),
            ("１３８\u{200b}⓪０１３８０００", "‹phone›"),
            ("身份证11010519491231002X有误", "身份证‹id›有误"),
            ("卡号6222021234567890123", "卡号‹card›"),
            ("6222 0212 3456 7890", "‹card›"),
            ("验证码 482913，5分钟内有效", "验证码 ‹code›，5分钟内有效"),
            ("您的验证码是95123", "您的验证码是‹code›"),
            ("验证码：88 66 22", "验证码：‹code›"),
            ("95123 is your Code", "‹code› is your Code"),
            ("尾号1234的卡", "尾号‹code›的卡"),
            ("取件码5-2-1234", "取件码‹code›"),
            ("快递SF1234567890123已到", "快递‹tracking›已到"),
            ("订单202611210000123", "订单‹id›"),
            ("单号7756123456", "单号‹tracking›"),
            ("车辆京A·12345违章", "车辆‹plate›违章"),
            ("粤BD12345", "‹plate›"),
            ("点 https://a.cn/x?t=9f3&u=1 退订", "点 https://a.cn/‹path› 退订"),
            ("t.cn/A6xyz。", "t.cn/‹path›。"),
            ("http://13800138000.vip/", "http://‹host›/"),
            ("联系me.too@mail.cn吧", "联系‹email›吧"),
            ("尊敬的张伟先生：", "尊敬的‹name›先生："),
            ("尊敬的欧阳女士，", "尊敬的‹name›女士，"),
            ("通知王先生领取", "通知‹name›先生领取"),
            ("收件人：李小明，电话", "收件人：‹name›，电话"),
            ("本人王小明，我是你的客服", "本人‹name›，我是你的客服"),
            ("【某店】张三您好，", "【某店】‹name›您好，"),
            ("送至北京市朝阳区建国路88号2单元1501室，请", "送至‹address›，请"),
            ("余额12,345.67元", "余额‹amount›元"),
            ("本机13911112222已", "本机已"),
            ("本机+86 139-1111-2222已", "本机已"),
        ];
        for (text, masked) in cases {
            assert_eq!(mask(text), masked, "{text}");
        }
    }

    #[test]
    fn what_rules_are_about_is_kept() {
        let kept = [
            "【工商银行】请拨打95588，9.9元起，最高200000元，3.5%",
            "2026年11月21日至2026-12-01，22:30前，10-20件",
            "尊敬的客户，尊敬的车主您好，男士女士同价",
            "点 www.icbc.com.cn 或 https://icbc.com.cn/",
            "iPhone15 只要 ¥4999，5G 100M",
            "地铁2号线，3月15号，回T退订",
        ];
        for text in kept {
            assert_eq!(mask(text), text);
        }
    }

    #[test]
    fn debug_output_shows_no_text() {
        assert_eq!(format!("{:?}", Masked::of("机密内容", &[])), "Masked(4 characters)");
        assert_eq!(format!("{:?}", Verbatim::new("机密".into())), "Verbatim(2 characters)");
    }

    proptest! {
        #[test]
        fn no_mobile_number_survives_in_any_surroundings(
            before in "[一-龥a-zA-Z，。 :：\\-/.@]{0,12}", number in "1[3-9][0-9]{9}", after in "[一-龥，。 ]{0,12}",
        ) {
            let masked = mask(&format!("{before}{number}{after}"));
            prop_assert!(!masked.contains(&number), "{masked}");
            prop_assert!(!masked.contains(&number[4..]), "{masked}");
        }

        #[test]
        fn masking_twice_is_masking_once(text in "[张王号路市元京A-Fa-z0-9./:@，：‹›一二三 -]{0,60}") {
            let once = mask(&text);
            prop_assert_eq!(mask(&once), once.clone());
        }
    }
}

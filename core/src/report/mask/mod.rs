//! What of a text may leave the phone, and for whom? Two payloads without any way from one to the other.
//!
//! Masking looks at a text written plainly (full-width letters and digits of all scripts as ASCII, traditional characters as
//! simplified ones, no zero-width characters, torn hosts closed), so the usual disguises carry no number past it; what is
//! kept stays as it was written, for rules are about disguises too. It is by rule, not by understanding: what it finds are
//! shapes and what stands beside them, and a preview before sharing is for the rest.

mod account;
mod english;
mod link;
mod name;
mod number;
mod place;
mod plain;
mod shape;
mod surname;
mod traditional;
mod web;
mod words;

use crate::Span;
use plain::Plain;

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
    /// | `‹code›` `‹tracking›` | numbers of 4 to 9 digits, of 3 behind a word for a code, mixed tokens, ends of identity numbers; 10 and longer |
    /// | `‹account›` | a token beside QQ, WeChat and the like, or behind `@` |
    /// | `‹amount›` | an amount with five or more significant digits: a balance, not a price |
    /// | `‹path›` `‹host›` `‹email›` | path and query of a link, a host with a number in it, a label that looks drawn, mail |
    /// | `‹name›` `‹address›` | names beside a title, label, greeting, phone or account; street and house number |
    ///
    /// Kept, because rules are about them: hosts, prices, dates, years, round numbers, models, five-digit service
    /// numbers, signatures.
    #[must_use]
    pub fn of(text: &str, own: &[&str]) -> Masked {
        let mut masked = String::with_capacity(text.len());
        let mut rest = text.chars();
        let mut at = 0;
        for Detail { span, slot } in details(text, own) {
            masked.extend(rest.by_ref().take((span.start - at) as usize));
            masked.push_str(slot);
            rest.by_ref().take((span.end - span.start) as usize).for_each(drop);
            at = span.end;
        }
        masked.extend(rest);
        Masked(masked)
    }

    /// The masked text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A detail that masking replaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Detail {
    /// Where it stands in the text.
    pub span: Span,
    /// What stands for it in the masked text; empty for the user's own number.
    pub slot: &'static str,
}

/// What [`Masked::of`] replaces, in order and without overlaps: for a preview.
#[must_use]
pub fn details(text: &str, own: &[&str]) -> Vec<Detail> {
    let plain = Plain::of(text);
    let chars = &plain.chars[..];
    let mut claims = Claims { marks: vec![Mark::Free; chars.len()], slots: Vec::new() };
    place::claim_plates(chars, &mut claims);
    web::claim(chars, &mut claims);
    place::claim_addresses(chars, &mut claims);
    number::claim(chars, own, &mut claims);
    name::claim(chars, &mut claims);
    english::claim(chars, &mut claims);
    claims.slots.sort_unstable();
    claims.slots.iter().map(|&(start, end, slot)| Detail { span: plain.span(start, end), slot }).collect()
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

/// What a scanner decided on a character.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Free,
    Kept,
    Masked,
    /// Masked, and somebody is reached or known by it: a phone, card or identity number, an account, an address for mail.
    Contact,
    /// Masked as part of a name.
    Name,
}

/// Stretches that a scanner has decided on; the first to claim one has it.
struct Claims {
    marks: Vec<Mark>,
    slots: Vec<(usize, usize, &'static str)>,
}

impl Claims {
    /// What was decided on the character here; free behind the text.
    fn mark(&self, at: usize) -> Mark {
        self.marks.get(at).copied().unwrap_or(Mark::Free)
    }

    fn is_free(&self, start: usize, end: usize) -> bool {
        self.marks[start..end].iter().all(|&mark| mark == Mark::Free)
    }

    /// Replaces a stretch by a symbol.
    fn mask(&mut self, start: usize, end: usize, symbol: &'static str) {
        if start < end && self.is_free(start, end) {
            self.marks[start..end].fill(match symbol {
                "‹phone›" | "‹card›" | "‹id›" | "‹account›" | "‹email›" => Mark::Contact,
                "‹name›" => Mark::Name,
                _ => Mark::Masked,
            });
            self.slots.push((start, end, symbol));
        }
    }

    /// Leaves a stretch as it is.
    fn keep(&mut self, start: usize, end: usize) {
        self.marks[start..end].fill(Mark::Kept);
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

/// Whether the text before a position ends with this.
fn precedes(chars: &[char], end: usize, word: &str) -> bool {
    let length = word.chars().count();
    end >= length && follows(chars, end - length, word)
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
            ("拨138/0013/8000、138_0013_8000或138·0013·8000", "拨‹phone›、‹phone›或‹phone›"),
            ("١٣٨٠٠١٣٨٠٠٠，1\u{fe0f}\u{20e3}3⑧⁰0₁3❽००٠", "‹phone›，‹phone›"),
            ("幺三八-零零一三 八〇〇〇", "‹phone›"),
            ("身份证110105/19491231/002X", "身份证‹id›"),
            ("顺丰SF 1234 5678 9012", "顺丰‹tracking›"),
            ("提取码：xkcd", "提取码：‹code›"),
            ("加微信abc12345或QQ：10001000", "加微信‹account›或QQ：‹account›"),
            ("粤Z1234港，京a12345", "‹plate›，‹plate›"),
            ("寄给诸葛小明的包裹由王芳签收", "寄给‹name›的包裹由‹name›签收"),
            ("李雷给您转账88元", "‹name›给您转账88元"),
            ("Dear Emily Clark, this is Mr. Wang", "Dear ‹name›, this is Mr. ‹name›"),
            ("We sent $9.99 to Tom.", "We sent $9.99 to ‹name›."),
            // Torn links, other dots, hosts and paths in Chinese.
            ("点 https://例子.中国/a1b2 或 例子.cn/a1b2", "点 https://例子.中国/‹path› 或 例子.cn/‹path›"),
            ("点 t.cn/用户/k3J9 领取，xn--a.xn--b/k3J9x", "点 t.cn/‹path› 领取，xn--a.xn--b/‹path›"),
            ("点 t。cn/k3J9x 或 t . cn / k3J9x2", "点 t。cn/‹path› 或 t . cn‹path›"),
            ("t.cn/a|b{\"k3J\"}<9x> t.cn\\k3J9x", "t.cn/‹path›> t.cn\\‹path›"),
            ("http://t.cn/ k3J9x 退订", "http://t.cn/‹path› 退订"),
            ("http://a1b2c3d4.m.a.com.cn/", "http://‹host›.m.a.com.cn/"),
            ("A7K9Q2，A7K9Q2,http://t.cn/x", "‹code›，‹code›,http://t.cn/‹path›"),
            // Cut numbers.
            ("拨138,0013,8000、138：0013：8000", "拨‹phone›、‹phone›"),
            ("138;0013;8000 1\n3\n8\r\n0\n0\n1\n3\n8\n0\n0\n0", "‹phone› ‹phone›"),
            ("138#0013#8000，138'0013'8000，138$0013$8000", "‹phone›，‹phone›，‹phone›"),
            ("l38OO13 8o0o，I3800l38000", "‹phone›，‹phone›"),
            ("6222:0212:3456:7890，110105,19491231,002X", "‹card›，‹id›"),
            ("一三八，零零一三，八零零零", "‹phone›"),
            // Codes behind a word for them.
            ("请输入A7K92C，登录口令 kx82ma", "请输入‹code›，登录口令 ‹code›"),
            ("取件 3-2-1，凭A-3-12取件", "取件 ‹code›，凭‹code›取件"),
            ("验证码 382，请勿", "验证码 ‹code›，请勿"),
            ("Your code is A7K9Q2.Do not share", "Your code is ‹code›.Do not share"),
            // Plates, mail and accounts with signs in them.
            ("京 A·12345，京.A.123 45，粤B-D1-2345", "‹plate›，‹plate›，‹plate›"),
            ("me.too＠mail。cn或me+x @ mail . cn", "‹email›或‹email›"),
            ("电报 @abc_12，abc_123（微信）", "电报 @‹account›，‹account›（微信）"),
            ("抖音号：abc_123，快手abc123x，V❤：abc123", "抖音号：‹account›，快手‹account›，V❤：‹account›"),
            // Names beside what somebody is reached by, and what they do with money.
            ("李强 13800138000，李强：13800138000", "‹name› ‹phone›，‹name›：‹phone›"),
            ("【顺丰速运】李强(13800138000)将为您派送", "【顺丰速运】‹name›(‹phone›)将为您派送"),
            ("王小明，13800138000，浙江省", "‹name›，‹phone›，浙江省"),
            ("维修师傅王建国(13800138000)已出发", "维修师傅‹name›(‹phone›)已出发"),
            ("3月5日向张建国(尾号5678)转账", "3月5日向‹name›(尾号‹code›)转账"),
            ("收款方：张建国，对方：张建国，财付通-张建国", "收款方：‹name›，对方：‹name›，财付通-‹name›"),
            ("来自张建国的转账，收到李晓红转入的200元", "来自‹name›的转账，收到‹name›转入的200元"),
            ("王小明您已购3月5日G7502次", "‹name›您已购3月5日G7502次"),
            ("小李你好，阿依古丽·买买提您好", "小‹name›你好，‹name›您好"),
            ("参会：张伟、李强、王芳", "参会：张伟、李强、王芳"),
            ("联系人：张伟、李强、王芳", "联系人：‹name›、‹name›、‹name›"),
            // Traditional characters.
            ("尊敬的張偉小姐，您的驗證碼為95123", "尊敬的‹name›小姐，您的驗證碼為‹code›"),
            ("親愛的黃美玲女士，閣下的驗證碼是 2019", "親愛的‹name›女士，閣下的驗證碼是 ‹code›"),
            ("卡號末四碼0027，滬A·12345，車牌粵B12345", "卡號末四碼‹code›，‹plate›，車牌‹plate›"),
            // Ends of numbers, keys, passwords, other countries' forms.
            ("后四位002X，尾号123X，acct XX5678，card x5678", "后四位‹code›，尾号‹code›，acct ‹code›，card ‹code›"),
            ("last four 2019, PNR 6XK2PQ", "last four ‹code›, PNR ‹code›"),
            ("兑换码 ABCD-EFGH-IJKL，验证码KXMW，提取码 xkcd", "兑换码 ‹code›，验证码‹code›，提取码 ‹code›"),
            ("令牌 K7M2P，登录密码：aB3$kk，请", "令牌 ‹code›，登录密码：‹code›，请"),
            ("复制8￥AbCd1234EfG￥或$kXyzQwErTyU$", "复制8￥‹code›￥或$‹code›$"),
            ("(415) 555-0132，415.555.0132，1-415-555-0132", "(‹phone›，‹phone›，‹phone›"),
            ("call o57I 636o85O or reply", "call ‹phone› or reply"),
            ("1Z 999 AA1 01 2345 6784，9400 1118 9922 3344 5566 77", "‹tracking›，‹tracking›"),
            ("HKID A123456(7)，QQYS-BZTB", "HKID ‹id›，QQYS-BZTB"),
            ("热线50401234 75161234", "热线‹code› ‹code›"),
            ("放5号楼3单元402，文三路 138号", "放‹address›，‹address›"),
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
            "RTX4090满2000减300，1200名，【12306】2026-11-2122:30",
            "我是安全员，联系单位，高级经理，Dear Customer, welcome to Beijing",
            "ＶＩＰ会员\u{200b}专享",
            "价格1,388,000,000，2021,2022,2023,2024年，红球02,05,08,09,12,17,20,24,27",
            "验证码120秒内有效，扫码100元，号码110，取件2026-11-21",
            "新 RTX4090，全新 i5-13400，安卓Win10，登录m4399.example.com",
            "p3-sign.example.com，img14.example.com.cn，www.icbc.com.cn/或致电95588",
            "Meet @ Starbucks. Hello . World，客服@所有人，13:45:30，比分1:0",
            "密码：https://t.cn/，【12306】三峡",
            "大连-北京CZ6127，天津GS7890，1号楼2026年开盘",
            "120-230平米，50-4999元奖金，看台580 880元，购票￥199，￥299￥",
            "我是房东，尊敬的全球通客户，班主任，美容顾问，基金经理，课程顾问，车牌尾号，对方账号尾号",
            "敬请您光临，麻烦您了，这张卡，维修师傅",
            "喜迎国庆·欢度中秋，学生游泳溺水",
            "Where is it. Auction is FREE, Dear Voucher holder",
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
        fn masking_twice_is_masking_once(
            text in "[张王号路市元京A-Fa-z0-9./:@，：‹›一二三 -]{0,60}|[微信码中国京AlOo01389./:@#,，。|<>\\\\\n ‹›_-]{0,60}",
        ) {
            let once = mask(&text);
            prop_assert_eq!(mask(&once), once.clone());
        }
    }
}

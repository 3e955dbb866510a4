//! What may a message be? The one table of categories and subcategories.

use serde::{Deserialize, Serialize};

/// What a message is. Declared from mildest to most severe, so that `max` is the most severe.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[repr(u8)]
pub enum Category {
    /// No rule and no model reached a threshold.
    #[default]
    Unknown,
    /// Somebody writing to the user.
    Personal,
    /// A notice about something the user has or did: bank, parcel, order …
    Service,
    /// Government, emergency and public information.
    Public,
    /// A whole one-time-code message.
    Code,
    /// Lawful advertising, lawful loans included.
    Promotion,
    /// Sells what may not be sold.
    Illegal,
    /// Wants money or contact under a false story.
    Fraud,
    /// Wants a link opened or credentials entered in somebody's name.
    Phishing,
}

/// The three classes of Chinese regulation that a category falls into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegulatoryClass {
    /// 商业性 (commercial).
    Commercial,
    /// 服务性 (service).
    Service,
    /// 公益性 (public service).
    PublicService,
}

use Category::*;

/// `(category, name, zh, [(subcategory, zh)])`; the subcategory `other` (index 0) is in each and not listed.
type TableRow = (Category, &'static str, &'static str, &'static [(&'static str, &'static str)]);

/// Every category with its wire name, Chinese name and subcategories.
const TABLE: [TableRow; 9] = [
    (Unknown, "unknown", "未判定", &[]),
    (Personal, "personal", "个人", &[]),
    (
        Service,
        "service",
        "服务通知",
        &[
            ("bank", "银行"),
            ("card", "银行卡"),
            ("payment", "支付"),
            ("parcel", "快递"),
            ("order", "订单"),
            ("travel", "出行"),
            ("carrier", "运营商"),
            ("utility", "生活缴费"),
            ("medical", "医疗"),
            ("education", "教育"),
            ("property", "物业"),
            ("work", "工作"),
            ("account", "账号"),
            ("insurance", "保险"),
        ],
    ),
    (
        Public,
        "public",
        "公共信息",
        &[
            ("government", "政务"),
            ("police", "公安"),
            ("court", "法院"),
            ("tax", "税务"),
            ("social", "社保"),
            ("emergency", "应急"),
            ("weather", "气象"),
            ("anti-fraud", "反诈提醒"),
        ],
    ),
    (Code, "code", "验证码", &[]),
    (
        Promotion,
        "promotion",
        "营销推广",
        &[
            ("retail", "零售"),
            ("finance", "金融"),
            ("property", "房产"),
            ("education", "教育"),
            ("leisure", "休闲"),
            ("app", "应用"),
            ("recruitment", "招聘"),
            ("survey", "调查"),
            ("carrier", "运营商"),
        ],
    ),
    (
        Illegal,
        "illegal",
        "违法",
        &[
            ("gambling", "赌博"),
            ("adult", "色情"),
            ("forgery", "假证假票"),
            ("drugs", "毒品"),
            ("weapons", "枪支"),
            ("data", "数据买卖"),
        ],
    ),
    (
        Fraud,
        "fraud",
        "诈骗",
        &[
            ("loan", "贷款"),
            ("part-time", "兼职刷单"),
            ("impersonation", "冒充"),
            ("prize", "中奖"),
            ("investment", "投资"),
            ("refund", "退款"),
            ("romance", "婚恋"),
            ("ticket", "票务"),
        ],
    ),
    (
        Phishing,
        "phishing",
        "钓鱼",
        &[
            ("bank", "银行"),
            ("card", "银行卡"),
            ("government", "政务"),
            ("parcel", "快递"),
            ("platform", "平台"),
            ("account", "账号"),
        ],
    ),
];

impl Category {
    /// All categories, mildest first.
    pub const ALL: [Category; 9] = [Unknown, Personal, Service, Public, Code, Promotion, Illegal, Fraud, Phishing];

    /// Most subcategories of one, `other` not counted.
    pub(crate) const MAX_SUBCATEGORIES: usize = 14;

    /// The wire name, such as `phishing`.
    #[must_use]
    pub fn name(self) -> &'static str {
        TABLE[self as usize].1
    }

    /// The name a Chinese user reads.
    #[must_use]
    pub fn zh(self) -> &'static str {
        TABLE[self as usize].2
    }

    /// Reads a wire name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Category> {
        TABLE.iter().find(|row| row.1 == name).map(|row| row.0)
    }

    /// The category with this number (`as u8`).
    #[must_use]
    pub fn from_index(index: u8) -> Option<Category> {
        Self::ALL.get(usize::from(index)).copied()
    }

    /// Promotion or worse.
    #[must_use]
    pub fn is_spam(self) -> bool {
        self >= Promotion
    }

    /// Illegal, fraud or phishing.
    #[must_use]
    pub fn is_blocked(self) -> bool {
        self >= Illegal
    }

    /// Apple's `ILMessageFilterAction` for the category.
    #[must_use]
    pub fn apple(self) -> &'static str {
        match self {
            Unknown | Personal => "allow",
            Service | Public | Code => "transaction",
            Promotion => "promotion",
            Illegal | Fraud | Phishing => "junk",
        }
    }

    /// The regulatory class, where one applies: an unlawful or personal message has none.
    #[must_use]
    pub fn regulatory(self) -> Option<RegulatoryClass> {
        match self {
            Promotion => Some(RegulatoryClass::Commercial),
            Service | Code => Some(RegulatoryClass::Service),
            Public => Some(RegulatoryClass::PublicService),
            Unknown | Personal | Illegal | Fraud | Phishing => None,
        }
    }
}

/// A category with its subcategory: an index into the table, 0 being `other`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Subcategory {
    /// The category it belongs to.
    pub category: Category,
    /// 0 is `other`; otherwise one more than the position in the table.
    pub index: u8,
}

impl Subcategory {
    /// Reads `category` or `category/sub`.
    ///
    /// ```
    /// use smsfilter::{Category, Subcategory};
    /// let sub = Subcategory::parse("service/bank").unwrap();
    /// assert_eq!((sub.category, sub.name()), (Category::Service, "bank"));
    /// assert!(Subcategory::parse("service/casino").is_none());
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Subcategory> {
        let (category, sub) = text.split_once('/').unwrap_or((text, "other"));
        let category = Category::parse(category)?;
        if sub == "other" {
            return Some(Subcategory { category, index: 0 });
        }
        let at = TABLE[category as usize].3.iter().position(|row| row.0 == sub)?;
        Some(Subcategory { category, index: at as u8 + 1 })
    }

    /// The subcategory with these numbers, if the table has it.
    #[must_use]
    pub fn from_index(category: Category, index: u8) -> Option<Subcategory> {
        (usize::from(index) <= TABLE[category as usize].3.len()).then_some(Subcategory { category, index })
    }

    /// The wire name without the category, such as `bank`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().map_or("other", |row| row.0)
    }

    /// The name a Chinese user reads, without the category.
    #[must_use]
    pub fn zh(self) -> &'static str {
        self.row().map_or("其他", |row| row.1)
    }

    fn row(self) -> Option<&'static (&'static str, &'static str)> {
        TABLE[self.category as usize].3.get(usize::from(self.index).checked_sub(1)?)
    }
}

impl std::fmt::Display for Subcategory {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.category.name(), self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_reads_back_and_rows_stand_at_their_number() {
        for (number, row) in TABLE.iter().enumerate() {
            assert_eq!(row.0 as usize, number);
            assert!(row.3.len() <= Category::MAX_SUBCATEGORIES);
            for index in 0..=row.3.len() as u8 {
                let sub = Subcategory::from_index(row.0, index).unwrap();
                assert_eq!(Subcategory::parse(&sub.to_string()), Some(sub));
            }
            assert_eq!(Subcategory::from_index(row.0, row.3.len() as u8 + 1), None);
        }
    }
}

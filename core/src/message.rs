//! Who sent what, when, to which SIM? The value that everything starts from.

mod sender;

pub use sender::{PortLevel, PortOperator, Sender};

use serde::{Deserialize, Serialize};

/// One received message, as the caller knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message {
    /// The sender, parsed.
    pub sender: Sender,
    /// The whole text, all parts joined.
    pub body: String,
    /// When it was received, milliseconds since 1970 UTC. Without it dated rules and schedules are off.
    pub received_at: Option<i64>,
    /// The receiver's offset from UTC in minutes.
    pub utc_offset_min: i16,
    /// The SIM that received it.
    pub sim: Option<Sim>,
    /// What the user has to do with the sender.
    pub known: Known,
}

/// A SIM: its slot and its operator.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sim {
    /// 0 or 1 on most phones.
    pub slot: u8,
    /// MCC and MNC as digits, such as `46000`; empty when unknown.
    pub operator: String,
}

/// What the user has to do with the sender.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Known {
    /// In the address book.
    Contact,
    /// The user wrote to this number.
    Replied,
    /// Neither.
    #[default]
    None,
}

/// The class of a number. Weak evidence: numbers can be spoofed, so no class gets an absolute pass.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[repr(u8)]
pub enum SenderClass {
    /// No sender was given.
    #[default]
    None,
    /// An ordinary Chinese mobile number.
    Mobile,
    /// A mobile number of a virtual operator (162, 165, 167, 170, 171).
    Virtual,
    /// A 106 port.
    Port,
    /// 95xxx or 96xxx.
    Enterprise,
    /// 10086, 10010, 10000, 10099 and their longer ports.
    Carrier,
    /// Government and public service numbers: 12345, 12381, 12321 …
    Government,
    /// 110, 119, 120, 122, 96110.
    Emergency,
    /// Outside China.
    Foreign,
    /// 400 and 800 numbers, which do not send SMS: spoofed.
    FourHundred,
    /// Any other short number.
    ShortCode,
    /// Letters.
    Alphanumeric,
    /// A fixed line.
    Landline,
}

impl SenderClass {
    /// What a user reads, Chinese and English.
    #[must_use]
    pub fn names(self) -> (&'static str, &'static str) {
        match self {
            SenderClass::None => ("没有号码的发送方", "no number at all"),
            SenderClass::Mobile => ("个人手机号", "a private mobile number"),
            SenderClass::Virtual => ("虚拟运营商手机号", "a mobile number of a virtual operator"),
            SenderClass::Port => ("106 端口", "a 106 port"),
            SenderClass::Enterprise => ("95/96 企业号码", "a 95 or 96 number of an enterprise"),
            SenderClass::Carrier => ("运营商号码", "a carrier's number"),
            SenderClass::Government => ("政务号码", "a number of the government"),
            SenderClass::Emergency => ("紧急号码", "an emergency number"),
            SenderClass::Foreign => ("境外号码", "a number outside China"),
            SenderClass::FourHundred => ("400/800 号码", "a 400 or 800 number"),
            SenderClass::ShortCode => ("其他短号码", "another short number"),
            SenderClass::Alphanumeric => ("字母号码", "a name in place of a number"),
            SenderClass::Landline => ("固定电话", "a fixed line"),
        }
    }
}

//! Where can a message be reported, in what form, and how sure is that? Facts as data.

use crate::Text;

/// A way to report a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Channel {
    /// Which.
    pub id: ChannelId,
    /// Chinese and English name.
    pub name: (&'static str, &'static str),
    /// The number that a report by SMS goes to.
    pub number: Option<&'static str>,
    /// What is sent.
    pub format: Format,
    /// Whether it can be relied on.
    pub status: Status,
    /// What sending costs the user.
    pub tariff: Tariff,
    /// What the row rests on, Chinese and English.
    pub source: (&'static str, &'static str),
    /// The day the row was written down from public sources. Nothing was sent to a real number to try it.
    pub noted: &'static str,
}

/// The channels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChannelId {
    /// China Mobile, 10086999.
    ChinaMobile,
    /// China Unicom, 10010.
    ChinaUnicom,
    /// China Telecom; disabled.
    ChinaTelecom,
    /// The 12321 centre by SMS.
    Centre12321Sms,
    /// The 12321 centre's site or app, through the share sheet.
    Centre12321Share,
    /// GSMA 7726, outside China.
    Gsma7726,
}

/// What a report says, and in how many steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `号码*全文`
    NumberStarText,
    /// `LJDXJB#号码#全文`
    PrefixNumberHashText,
    /// Sender, text and time, shared with an app the user chooses.
    Share,
    /// The text; then, when asked, the sender.
    TextThenSender,
    /// Sources contradict each other.
    Conflicting,
}

/// Whether a channel can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Public sources agree.
    Current,
    /// Documented once; nothing found says that it still works.
    Historical,
    /// Not offered, for the reason in `source`.
    Disabled,
}

/// What sending a report costs the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tariff {
    /// Nothing, as the sources say.
    Free,
    /// What an SMS costs in the user's plan.
    Ordinary,
    /// It is no SMS.
    None,
}

/// Every channel.
pub const CHANNELS: [Channel; 6] = [
    Channel {
        id: ChannelId::ChinaMobile,
        name: ("中国移动 10086999", "China Mobile 10086999"),
        number: Some("10086999"),
        format: Format::NumberStarText,
        status: Status::Current,
        tariff: Tariff::Free,
        source: ("多个公开来源一致，免费", "several public sources agree; free of charge"),
        noted: "2026-11-21",
    },
    Channel {
        id: ChannelId::ChinaUnicom,
        name: ("中国联通 10010", "China Unicom 10010"),
        number: Some("10010"),
        format: Format::PrefixNumberHashText,
        status: Status::Current,
        tariff: Tariff::Ordinary,
        source: ("两个公开来源一致", "two public sources agree"),
        noted: "2026-11-21",
    },
    Channel {
        id: ChannelId::ChinaTelecom,
        name: ("中国电信", "China Telecom"),
        number: None,
        format: Format::Conflicting,
        status: Status::Disabled,
        tariff: Tariff::Ordinary,
        source: (
            "公开来源对接收号码（10000999 或 10000）和格式说法不一，发错会白费一条短信，所以停用；请改用 12321 网站或应用",
            "public sources disagree on the number (10000999 or 10000) and the format, and a wrong one wastes a message, \
             so this is off; use the 12321 site or app",
        ),
        noted: "2026-11-21",
    },
    Channel {
        id: ChannelId::Centre12321Sms,
        name: ("12321 短信举报", "12321 by SMS"),
        number: Some("12321"),
        format: Format::NumberStarText,
        status: Status::Historical,
        tariff: Tariff::Ordinary,
        source: (
            "早期公开资料中的格式，是否仍受理未知",
            "documented in the past; whether it is still answered is unknown",
        ),
        noted: "2026-11-21",
    },
    Channel {
        id: ChannelId::Centre12321Share,
        name: ("12321 网站或应用", "12321 site or app"),
        number: None,
        format: Format::Share,
        status: Status::Current,
        tariff: Tariff::None,
        source: ("12321 中心现行举报指南", "the 12321 centre's current guide"),
        noted: "2026-11-21",
    },
    Channel {
        id: ChannelId::Gsma7726,
        name: ("7726（境外运营商）", "7726 (carriers outside China)"),
        number: Some("7726"),
        format: Format::TextThenSender,
        status: Status::Current,
        tariff: Tariff::Ordinary,
        source: (
            "GSMA 7726 服务：先转发原文，收到询问后回复发送号码",
            "GSMA 7726: forward the text, reply with the sender when asked",
        ),
        noted: "2026-11-21",
    },
];

/// Wire names, in the order of [`CHANNELS`].
const NAMES: [&str; 6] = ["china-mobile", "china-unicom", "china-telecom", "12321-sms", "12321-share", "gsma-7726"];

impl ChannelId {
    /// The wire name, such as `china-mobile`.
    #[must_use]
    pub fn name(self) -> &'static str {
        NAMES[self as usize]
    }

    /// Reads a wire name.
    #[must_use]
    pub fn parse(name: &str) -> Option<ChannelId> {
        CHANNELS.iter().map(|channel| channel.id).find(|id| id.name() == name)
    }

    /// The channel that answers from a number. None for a number that other messages come from as well, as from 10010.
    #[must_use]
    pub fn answering(number: &str) -> Option<ChannelId> {
        let is_own = |channel: &&Channel| channel.id != ChannelId::ChinaUnicom && channel.number == Some(number);
        CHANNELS.iter().find(is_own).map(|channel| channel.id)
    }

    /// The operator that runs the channel, where one does.
    #[must_use]
    pub(super) fn is_of_operator(self) -> bool {
        matches!(self, ChannelId::ChinaMobile | ChannelId::ChinaUnicom | ChannelId::ChinaTelecom)
    }

    /// The channel of a SIM's operator by MCC and MNC, disabled or not; none where none is known.
    pub(super) fn of_operator(operator: &str) -> Option<ChannelId> {
        match operator {
            "46000" | "46002" | "46004" | "46007" | "46008" => Some(ChannelId::ChinaMobile),
            "46001" | "46006" | "46009" => Some(ChannelId::ChinaUnicom),
            "46003" | "46005" | "46011" | "46012" => Some(ChannelId::ChinaTelecom),
            _ if operator.is_empty() || operator.starts_with("460") => None, // China Broadnet (46015) has none that is known
            _ => Some(ChannelId::Gsma7726),
        }
    }

    /// The channel's row.
    #[must_use]
    pub fn row(self) -> &'static Channel {
        &CHANNELS[self as usize]
    }
}

impl Status {
    /// The wire name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().0
    }

    /// What a user reads.
    #[must_use]
    pub fn text(self) -> Text {
        let (_, zh, en) = self.row();
        Text { zh: zh.to_owned(), en: en.to_owned() }
    }

    fn row(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Status::Current => ("current", "资料现行", "current sources"),
            Status::Historical => ("historical", "资料较早", "older sources"),
            Status::Disabled => ("disabled", "停用", "off"),
        }
    }
}

impl Tariff {
    /// What a report of so many parts costs, as a sentence. The parts are an estimate.
    #[must_use]
    pub fn cost(self, parts: usize) -> Text {
        let plural = if parts == 1 { "" } else { "s" };
        match self {
            Tariff::Free => Text {
                zh: format!("约 {parts} 条短信，公开来源称免费"),
                en: format!("about {parts} SMS part{plural}, free of charge as public sources say"),
            },
            Tariff::Ordinary => Text {
                zh: format!("约 {parts} 条短信，按套餐计费"),
                en: format!("about {parts} SMS part{plural}, charged by your plan"),
            },
            Tariff::None => Text {
                zh: "通过您选择的应用分享，不发送短信".to_owned(),
                en: "shared through an app you choose; no SMS is sent".to_owned(),
            },
        }
    }
}

impl Channel {
    /// What the row rests on; of a disabled channel, why it is.
    #[must_use]
    pub fn source(&self) -> Text {
        Text { zh: self.source.0.to_owned(), en: self.source.1.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_channel_stands_at_its_number() {
        for channel in CHANNELS {
            assert_eq!(channel.id.row(), &channel);
            assert_eq!(ChannelId::parse(channel.id.name()), Some(channel.id));
            assert_eq!(channel.tariff == Tariff::None, channel.format == Format::Share);
        }
    }

    #[test]
    fn only_numbers_that_take_nothing_but_reports_answer_for_a_channel() {
        assert_eq!(ChannelId::answering("10086999"), Some(ChannelId::ChinaMobile));
        assert_eq!(ChannelId::answering("12321"), Some(ChannelId::Centre12321Sms));
        assert_eq!(ChannelId::answering("7726"), Some(ChannelId::Gsma7726));
        for number in ["10010", "10086", "", "77260"] {
            assert_eq!(ChannelId::answering(number), None, "{number}");
        }
    }
}

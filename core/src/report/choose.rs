//! Which channel suits this message on this SIM? Every channel, with what speaks against it.

use super::{Channel, ChannelId, channel::CHANNELS, channel::Status};
use crate::{Category, Sim, Text, Verdict};

/// What is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// An SMS nobody wanted.
    Spam,
    /// An SMS that is fraud or phishing.
    Fraud,
    /// A rich message (RCS), or a message that came nobody knows how.
    NoSms,
}

/// A channel, and whether it suits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The channel.
    pub channel: &'static Channel,
    /// Whether it can be chosen. One that cannot is shown all the same.
    pub enabled: bool,
    /// Why it can, cannot, or is proposed.
    pub reason: Text,
    /// Whether it is proposed: exactly one is.
    pub proposed: bool,
}

impl About {
    /// What an SMS with this verdict is.
    #[must_use]
    pub fn of(verdict: &Verdict) -> About {
        match verdict.category() {
            Category::Fraud | Category::Phishing => About::Fraud,
            _ => About::Spam,
        }
    }

    /// What else helps, beside a report.
    #[must_use]
    pub fn hint(self) -> Option<Text> {
        (self == About::Fraud).then(|| Text {
            zh: "涉及诈骗可拨打反诈专线 96110 咨询；已经转账请立即拨打 110".to_owned(),
            en: "In China, 96110 advises on fraud; if money has gone, call 110 at once".to_owned(),
        })
    }
}

/// The channel that is proposed for a message that came on this SIM: 7726 outside China, the 12321 share sheet for fraud and
/// for what is no SMS, otherwise the channel of the SIM's operator; without one that can be used, the share sheet.
#[must_use]
pub fn proposed(sim: Option<&Sim>, about: About) -> ChannelId {
    let own = own(sim).filter(|own| own.row().status != Status::Disabled);
    match (own, about) {
        (_, About::NoSms) | (None, _) => ChannelId::Centre12321Share,
        (Some(ChannelId::Gsma7726), _) => ChannelId::Gsma7726,
        (Some(_), About::Fraud) => ChannelId::Centre12321Share,
        (Some(own), About::Spam) => own,
    }
}

/// A report is from the receiving SIM: the channel of its operator, where that is known.
fn own(sim: Option<&Sim>) -> Option<ChannelId> {
    sim.and_then(|sim| ChannelId::of_operator(&sim.operator))
}

/// Every channel in the order of [`CHANNELS`], for the SIM that received the message; one of them is [`proposed`].
#[must_use]
pub fn channels_for(sim: Option<&Sim>, about: About) -> Vec<Choice> {
    let (own, proposed) = (own(sim), proposed(sim, about));
    let choice = |channel: &'static Channel| {
        let proposed = channel.id == proposed;
        let (enabled, reason) = match against(channel, sim, own, about) {
            Some(reason) => (false, reason),
            None => (true, channel.source()),
        };
        Choice { channel, enabled, reason, proposed }
    };
    CHANNELS.iter().map(choice).collect()
}

/// What speaks against a channel. A report is from the receiving SIM, so another operator's does not take it.
fn against(channel: &Channel, sim: Option<&Sim>, own: Option<ChannelId>, about: About) -> Option<Text> {
    let text = |zh: &str, en: &str| Some(Text { zh: zh.to_owned(), en: en.to_owned() });
    if channel.status == Status::Disabled {
        return Some(channel.source());
    }
    if about == About::NoSms && channel.number.is_some() {
        return text("这条消息不是短信，短信举报渠道不受理", "this is no SMS, and a channel by SMS does not take it");
    }
    let known = sim.is_some_and(|sim| !sim.operator.is_empty());
    match channel.id {
        id if id.is_of_operator() && known && own != Some(id) => {
            text("收到短信的卡不是这家运营商的", "the SIM that received the message is of another operator")
        }
        ChannelId::Gsma7726 if own != Some(ChannelId::Gsma7726) => {
            text("7726 由境外运营商受理", "7726 is answered by carriers outside China")
        }
        ChannelId::Centre12321Sms if own == Some(ChannelId::Gsma7726) => {
            text("境外卡发不到 12321", "a SIM from outside China does not reach 12321")
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choices(operator: &str, about: About) -> Vec<Choice> {
        channels_for(Some(&Sim { slot: 0, operator: operator.into() }), about)
    }

    /// The proposed channel and all that can be chosen.
    fn offered(operator: &str, about: About) -> (&'static str, Vec<&'static str>) {
        let choices = choices(operator, about);
        let proposed: Vec<_> = choices.iter().filter(|choice| choice.proposed).collect();
        assert_eq!((choices.len(), proposed.len()), (CHANNELS.len(), 1));
        assert!(proposed[0].enabled);
        let enabled = choices.iter().filter(|choice| choice.enabled).map(|choice| choice.channel.id.name());
        (proposed[0].channel.id.name(), enabled.collect())
    }

    #[test]
    fn operator_and_kind_of_message_decide_what_is_proposed() {
        let mobile = vec!["china-mobile", "12321-sms", "12321-share"];
        assert_eq!(offered("46000", About::Spam), ("china-mobile", mobile.clone()));
        assert_eq!(offered("46000", About::Fraud), ("12321-share", mobile));
        assert_eq!(offered("46000", About::NoSms), ("12321-share", vec!["12321-share"]));
        assert_eq!(offered("46001", About::Spam).0, "china-unicom");
        assert_eq!(offered("46009", About::Spam).0, "china-unicom");
        assert_eq!(offered("46001", About::Fraud).0, "12321-share");
        assert_eq!(offered("46011", About::Spam), ("12321-share", vec!["12321-sms", "12321-share"]));
        assert_eq!(offered("46015", About::Spam).0, "12321-share");
        assert_eq!(offered("310260", About::Fraud), ("gsma-7726", vec!["12321-share", "gsma-7726"]));
        assert_eq!(offered("45400", About::Spam).0, "gsma-7726", "in Hong Kong");
        let unknown = vec!["china-mobile", "china-unicom", "12321-sms", "12321-share"];
        assert_eq!(offered("", About::Spam), ("12321-share", unknown), "the user may know the SIM");
        assert_eq!(proposed(None, About::Spam), ChannelId::Centre12321Share);
    }

    #[test]
    fn what_cannot_be_chosen_says_why() {
        let choices = choices("46000", About::Spam);
        let reason = |id: ChannelId| choices[id as usize].reason.zh.as_str();
        assert!(reason(ChannelId::ChinaTelecom).contains("10000999"));
        assert!(reason(ChannelId::ChinaUnicom).contains("不是这家运营商"));
        assert!(reason(ChannelId::Gsma7726).contains("境外"));
        assert!(choices.iter().all(|choice| !choice.reason.zh.is_empty() && !choice.reason.en.is_empty()));
    }

    #[test]
    fn fraud_has_a_hint() {
        assert!(About::Fraud.hint().unwrap().zh.contains("96110"));
        assert_eq!((About::Spam.hint(), About::NoSms.hint()), (None, None));
        let of = |name: &str| {
            About::of(&Verdict { subcategory: crate::Subcategory::parse(name).unwrap(), ..Verdict::default() })
        };
        assert_eq!(
            [of("fraud/loan"), of("phishing/bank"), of("promotion"), of("illegal/gambling")],
            [About::Fraud, About::Fraud, About::Spam, About::Spam]
        );
    }
}

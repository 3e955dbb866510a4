//! What would be sent to an authority, to whom, and is it all right to send it?

use super::{About, Channel, ChannelId, Verbatim, channel::Format, channel::Status, choose::proposed, queue};
use crate::{Category, Message, Text, Verdict, civil::Local, consent::Evidence, rule::Trait};

/// What the user wants to report.
#[derive(Clone, Copy, Debug)]
pub struct ReportRequest<'a> {
    /// The message.
    pub message: &'a Message,
    /// What was said of it.
    pub verdict: &'a Verdict,
    /// The channel the user chose, perhaps from [`super::channels_for`]; without a choice the one that is proposed there for an SMS.
    pub channel: Option<ChannelId>,
    /// The user confirmed a second time that this one-time code is to be reported.
    pub override_code: bool,
}

/// A report ready to be shown, and sent by the user.
#[derive(Debug, PartialEq, Eq)]
pub struct Draft {
    /// Where it goes.
    pub channel: &'static Channel,
    /// What is sent, in order.
    pub steps: Vec<Step>,
    /// The SIM to send from: the one that received the message.
    pub sim_slot: Option<u8>,
    /// What is known beside the message. In the share sheet it stands before the text; a report by SMS has a fixed form and
    /// goes without, and the user is shown it.
    pub evidence: Option<Evidence>,
}

impl Draft {
    /// What sending all steps costs.
    #[must_use]
    pub fn cost(&self) -> Text {
        self.channel.tariff.cost(self.steps.iter().map(|step| step.length.parts).sum())
    }

    /// What Android asks when this is sent, so that the user is not taken by surprise: above [`queue::ANDROID_LIMIT`] parts at
    /// once it wants a yes of its own.
    #[must_use]
    pub fn confirmation(&self) -> Option<Text> {
        let most = queue::ANDROID_LIMIT;
        let asks = |step: &Step| step.to.is_some() && step.length.parts > most;
        self.steps.iter().any(asks).then(|| Text {
            zh: format!("一次超过 {most} 条短信，发送时系统会再请您确认"),
            en: format!("more than {most} SMS parts at once: Android asks you again before it sends them"),
        })
    }

    /// The same with evidence that the sender went on after a refusal. The message itself stays as it was received.
    #[must_use]
    pub fn with_evidence(mut self, evidence: Evidence) -> Draft {
        for step in self.steps.iter_mut().filter(|_| self.channel.format == Format::Share) {
            let text = format!("退订情况：{}\n{}", evidence.text().zh, step.text.expose());
            (step.length, step.text) = (Length::of(&text), Verbatim::new(text));
        }
        self.evidence = Some(evidence);
        self
    }
}

/// One thing to send.
#[derive(Debug, PartialEq, Eq)]
pub struct Step {
    /// The number it goes to; without one it goes to the share sheet.
    pub to: Option<&'static str>,
    /// What is sent.
    pub text: Verbatim,
    /// How long that is as an SMS.
    pub length: Length,
    /// When to send it, where that is not at once.
    pub when: Option<Text>,
}

/// The length of an SMS. An estimate for the preview: Android's `SmsManager.divideMessage` decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    /// Whether the text needs UCS-2 (70 units, 67 a part) rather than the GSM 7-bit alphabet (160, 153 a part).
    pub ucs2: bool,
    /// UTF-16 units, or septets.
    pub units: usize,
    /// Parts.
    pub parts: usize,
}

/// Why there is no draft.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A one-time code is the user's secret. A second confirmation overrides.
    #[error(
        "expected a message that may leave the phone, found a one-time code without link, phone or contact; confirm once more to report it"
    )]
    OneTimeCode,
    /// The channel is not offered.
    #[error("expected a channel that works, found `{0}`, which is off: {1}")]
    Disabled(&'static str, &'static str),
    /// The channel's format needs the sender's number.
    #[error("expected a sender, found none, and `{0}` needs one; use the 12321 site or app")]
    NoSender(&'static str),
    /// There is no text.
    #[error("expected a text, found an empty message; there is nothing to report")]
    Empty,
}

impl Refusal {
    /// Stable, for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Refusal::OneTimeCode => "one-time-code",
            Refusal::Disabled(..) => "disabled",
            Refusal::NoSender(_) => "no-sender",
            Refusal::Empty => "empty",
        }
    }

    /// The sentence for a Chinese user.
    #[must_use]
    pub fn zh(&self) -> &'static str {
        match self {
            Refusal::OneTimeCode => "这是一条验证码短信，没有链接、电话或联系方式；确实要举报请再确认一次",
            Refusal::Disabled(..) => "这个举报渠道暂不可用，请换一个渠道",
            Refusal::NoSender(_) => "没有发送号码，这个渠道需要号码；请改用 12321 网站或 App",
            Refusal::Empty => "短信内容为空，没有可举报的内容",
        }
    }
}

/// Drafts a report.
pub fn draft(request: ReportRequest<'_>) -> Result<Draft, Refusal> {
    let ReportRequest { message, verdict, .. } = request;
    if message.body.trim().is_empty() {
        return Err(Refusal::Empty);
    }
    let led_on = [Trait::Url, Trait::ShortLink, Trait::Phone, Trait::AskContact];
    let is_code = verdict.category() == Category::Code && !led_on.iter().any(|&item| verdict.traits.contains(item));
    if is_code && !request.override_code {
        return Err(Refusal::OneTimeCode);
    }
    let channel = request.channel.unwrap_or_else(|| proposed(message.sim.as_ref(), About::of(verdict))).row();
    if channel.status == Status::Disabled {
        return Err(Refusal::Disabled(channel.name.1, channel.source.1));
    }
    let sender = match message.sender.number() {
        "" => message.sender.raw().trim(),
        number => number,
    };
    if sender.is_empty() && channel.format != Format::Share {
        return Err(Refusal::NoSender(channel.name.1));
    }
    let step =
        |text: String, when| Step { to: channel.number, length: Length::of(&text), text: Verbatim::new(text), when };
    let body = &message.body;
    let steps = match channel.format {
        Format::NumberStarText => vec![step(format!("{sender}*{body}"), None)],
        Format::PrefixNumberHashText => vec![step(format!("LJDXJB#{sender}#{body}"), None)],
        Format::TextThenSender => {
            let when = Text {
                zh: "收到 7726 询问发送号码的回复后再发".into(),
                en: "when 7726 replies and asks for the sender".into(),
            };
            vec![step(body.clone(), None), step(sender.to_owned(), Some(when))]
        }
        Format::Share | Format::Conflicting => vec![step(shared(message, sender), None)],
    };
    Ok(Draft { channel, steps, sim_slot: message.sim.as_ref().map(|sim| sim.slot), evidence: None })
}

/// What the 12321 centre's form asks for.
fn shared(message: &Message, sender: &str) -> String {
    let sender = if sender.is_empty() { "未知" } else { sender };
    let time = Local::of(message).map(Local::format);
    let time = time.map_or_else(String::new, |time| format!("接收时间：{time}\n"));
    format!("发送号码：{sender}\n{time}短信内容：\n{}", message.body)
}

/// The GSM 7-bit default alphabet (3GPP TS 23.038), and what takes two septets.
const GSM: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?\
                   ¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
const GSM_ESCAPED: &str = "\u{c}^{}\\[~]|€";

impl Length {
    /// The length of a text.
    #[must_use]
    pub fn of(text: &str) -> Length {
        let septets = |c: char| match c {
            c if GSM.contains(c) => Some(1),
            c if GSM_ESCAPED.contains(c) => Some(2),
            _ => None,
        };
        match text.chars().map(septets).collect::<Option<Vec<usize>>>() {
            Some(sizes) => Length::packed(&sizes, false, 160, 153),
            None => Length::packed(&text.chars().map(char::len_utf16).collect::<Vec<_>>(), true, 70, 67),
        }
    }

    /// Fills parts without cutting a character in two.
    fn packed(sizes: &[usize], ucs2: bool, whole: usize, part: usize) -> Length {
        let units = sizes.iter().sum();
        if units <= whole {
            return Length { ucs2, units, parts: 1 };
        }
        let (mut parts, mut used) = (1, 0);
        for size in sizes {
            if used + size > part {
                parts += 1;
                used = 0;
            }
            used += size;
        }
        Length { ucs2, units, parts }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Sender, Sim, Subcategory};

    fn spam() -> Message {
        Message {
            sender: Sender::parse("+8613800138000"),
            body: "低息贷款 加V：abc".into(),
            received_at: Some(1_795_219_500_000),
            utc_offset_min: 480,
            sim: Some(Sim { slot: 1, operator: "46000".into() }),
            ..Message::default()
        }
    }

    fn texts(message: &Message, channel: Option<ChannelId>) -> Vec<(Option<&'static str>, String)> {
        let verdict = Verdict::default();
        let drafted = draft(ReportRequest { message, verdict: &verdict, channel, override_code: false }).unwrap();
        assert_eq!(drafted.sim_slot, Some(1));
        drafted.steps.iter().map(|step| (step.to, step.text.expose().to_owned())).collect()
    }

    #[test]
    fn each_channel_gets_the_text_in_its_own_form() {
        let message = spam();
        assert_eq!(texts(&message, None), [(Some("10086999"), "13800138000*低息贷款 加V：abc".into())]);
        let unicom = texts(&message, Some(ChannelId::ChinaUnicom));
        assert_eq!(unicom, [(Some("10010"), "LJDXJB#13800138000#低息贷款 加V：abc".into())]);
        let two = texts(&message, Some(ChannelId::Gsma7726));
        assert_eq!(two, [(Some("7726"), message.body.clone()), (Some("7726"), "13800138000".into())]);
        let shared = texts(&message, Some(ChannelId::Centre12321Share));
        let whole = "发送号码：13800138000\n接收时间：2026-11-21 08:05\n短信内容：\n低息贷款 加V：abc";
        assert_eq!(shared, [(None, whole.into())]);
    }

    #[test]
    fn evidence_of_a_broken_promise_stands_before_a_shared_text_and_in_no_sms() {
        use crate::consent::ledger::{Event, GRACE_MS, Promise, What};
        let message = spam();
        let came = message.received_at.unwrap();
        let asked = Promise::default().on(Event { id: 1, what: What::AskedToStop }, came - GRACE_MS - 1).unwrap();
        let promotion = Verdict { subcategory: Subcategory::parse("promotion").unwrap(), ..Verdict::default() };
        let evidence = asked.evidence(&message, &promotion).unwrap();
        let with = |channel| {
            let request =
                ReportRequest { message: &message, verdict: &Verdict::default(), channel, override_code: false };
            let plain = draft(request).unwrap().steps.remove(0).text;
            let drafted = draft(request).unwrap().with_evidence(evidence.clone());
            assert_eq!(drafted.evidence.as_ref(), Some(&evidence));
            assert_eq!(drafted.steps[0].length, Length::of(drafted.steps[0].text.expose()));
            (plain.expose().to_owned(), drafted.steps[0].text.expose().to_owned())
        };
        let (plain, shared) = with(Some(ChannelId::Centre12321Share));
        assert_eq!(shared, format!("退订情况：{}\n{plain}", evidence.text().zh));
        for channel in [ChannelId::ChinaMobile, ChannelId::ChinaUnicom, ChannelId::Centre12321Sms, ChannelId::Gsma7726]
        {
            let (plain, sms) = with(Some(channel));
            assert_eq!(sms, plain, "{channel:?}");
        }
    }

    #[test]
    fn the_cost_counts_the_parts_of_all_steps() {
        let message = Message { body: "短".repeat(70), ..spam() };
        let cost = |channel| {
            let request = ReportRequest {
                message: &message,
                verdict: &Verdict::default(),
                channel: Some(channel),
                override_code: false,
            };
            draft(request).unwrap().cost().zh
        };
        assert_eq!(cost(ChannelId::ChinaMobile), "约 2 条短信，公开来源称免费", "the number before the text counts");
        assert_eq!(cost(ChannelId::ChinaUnicom), "约 2 条短信，按套餐计费");
        assert_eq!(cost(ChannelId::Gsma7726), "约 2 条短信，按套餐计费", "the text, then the number");
        assert_eq!(cost(ChannelId::Centre12321Share), "通过您选择的应用分享，不发送短信");
    }

    #[test]
    fn without_a_choice_the_proposed_channel_takes_it() {
        let message = spam();
        for (category, channel) in [
            ("promotion", ChannelId::ChinaMobile),
            ("illegal/gambling", ChannelId::ChinaMobile),
            ("fraud/loan", ChannelId::Centre12321Share),
            ("phishing/bank", ChannelId::Centre12321Share),
        ] {
            let verdict = Verdict { subcategory: Subcategory::parse(category).unwrap(), ..Verdict::default() };
            let request = ReportRequest { message: &message, verdict: &verdict, channel: None, override_code: false };
            assert_eq!(draft(request).unwrap().channel.id, channel, "{category}");
        }
    }

    #[test]
    fn what_android_will_ask_about_is_told_beforehand() {
        let asks = |length: usize, channel| {
            let message = Message { body: "短".repeat(length), ..spam() };
            let verdict = Verdict::default();
            let request =
                ReportRequest { message: &message, verdict: &verdict, channel: Some(channel), override_code: false };
            draft(request).unwrap().confirmation().is_some()
        };
        let thirty = 30 * 67 - "13800138000*".len();
        assert!(!asks(thirty, ChannelId::ChinaMobile) && asks(thirty + 1, ChannelId::ChinaMobile));
        assert!(!asks(30 * 67, ChannelId::Gsma7726), "text and sender go apart");
        assert!(asks(30 * 67 + 1, ChannelId::Gsma7726));
        assert!(!asks(10_000, ChannelId::Centre12321Share), "no SMS");
    }

    #[test]
    fn a_bare_one_time_code_is_refused_until_confirmed_again() {
        let message = spam();
        let mut verdict = Verdict { subcategory: Subcategory::parse("code").unwrap(), ..Verdict::default() };
        let go = |verdict: &Verdict, override_code| {
            draft(ReportRequest { message: &message, verdict, channel: None, override_code }).map(|_| ())
        };
        assert_eq!(go(&verdict, false), Err(Refusal::OneTimeCode));
        assert_eq!(go(&verdict, true), Ok(()));
        verdict.traits.insert(Trait::AskContact);
        assert_eq!(go(&verdict, false), Ok(()));
    }

    #[test]
    fn a_channel_that_is_off_says_why_and_one_that_needs_a_sender_says_so() {
        let go = |message: &Message, channel| {
            let verdict = Verdict::default();
            draft(ReportRequest { message, verdict: &verdict, channel: Some(channel), override_code: true })
        };
        assert!(
            matches!(go(&spam(), ChannelId::ChinaTelecom), Err(Refusal::Disabled(_, why)) if why.contains("10000999"))
        );
        let nobody = Message { sender: Sender::parse(""), ..spam() };
        assert!(matches!(go(&nobody, ChannelId::ChinaMobile), Err(Refusal::NoSender(_))));
        assert!(go(&nobody, ChannelId::Centre12321Share).unwrap().steps[0].text.expose().contains("未知"));
        assert_eq!(go(&Message { body: " \n".into(), ..spam() }, ChannelId::ChinaMobile), Err(Refusal::Empty));
    }

    #[test]
    fn lengths_change_exactly_at_the_limits_of_a_part() {
        let length = |unit: &str, times: usize| Length::of(&unit.repeat(times));
        assert_eq!(length("a", 160), Length { ucs2: false, units: 160, parts: 1 });
        assert_eq!(length("a", 161).parts, 2);
        assert_eq!((length("a", 306).parts, length("a", 307).parts), (2, 3));
        assert_eq!(length("€", 80), Length { ucs2: false, units: 160, parts: 1 });
        assert_eq!(length("€", 153).parts, 3, "153 is odd, and an escape is not cut in two");
        assert_eq!(length("短", 70), Length { ucs2: true, units: 70, parts: 1 });
        assert_eq!((length("短", 71).parts, length("短", 134).parts, length("短", 135).parts), (2, 2, 3));
        assert_eq!(length("😀", 67).parts, 3, "67 is odd, and a surrogate pair is not cut in two");
    }
}

//! Can this message be answered with its opt-out? Only a signed promotion from a 106 port that nothing speaks against.

use crate::{
    Category, Message, Sender, SenderClass, Text, Verdict,
    extract::{Extracts, OptOut},
    rule::Trait,
};

/// A way to refuse further promotions. The user confirms before anything is sent; nothing is ever opened.
#[derive(Clone, PartialEq, Eq)]
pub struct OptOutOffer {
    /// What there is to do.
    pub how: How,
    /// The same as a sentence, for the confirmation.
    pub text: Text,
}

/// What there is to do.
#[derive(Clone, PartialEq, Eq)]
pub enum How {
    /// Send a word.
    Reply {
        /// The number: the one the message names, otherwise its sender.
        to: String,
        /// The word, such as `TD`.
        say: String,
    },
    /// The message has only a link. It is shown, never opened.
    Link {
        /// As it stands in the message.
        address: String,
    },
}

/// What to reply to a promotion so that no more come, if that is safe to offer.
///
/// To answer tells a stranger that the number is in use, and a word to a service number may order something. So there is an
/// offer only for a promotion that is signed (【】) and from a 106 port, without any evidence of phishing, fraud or an illegal
/// offer, however weak, without suspicion of a spoofed sender, that neither asks for money nor to go on in a messenger (as in
/// 加微信); only for a word that means to unsubscribe wherever it is sent; and only to the sender
/// itself or a port beside it. `extracts` are those of the same message ([`crate::Filter::extracts`]).
#[must_use]
pub fn offer(verdict: &Verdict, message: &Message, extracts: &Extracts) -> Option<OptOutOffer> {
    let is_promotion = verdict.category() == Category::Promotion && !verdict.blocked_evidence;
    let from_port = message.sender.class() == SenderClass::Port && !verdict.flags.spoof_suspected;
    let signed = extracts.signature.as_ref().is_some_and(|signature| signature.certain);
    let asks = |ask| verdict.traits.contains(ask);
    let lures = verdict.suspect || asks(Trait::AskTransfer) || asks(Trait::AskHandoff);
    if !(is_promotion && from_port && signed) || lures {
        return None;
    }
    let opt_out = extracts.opt_out.as_ref()?;
    match &opt_out.reply {
        Some(say) => {
            let named = opt_out.number.as_ref().map(|number| Sender::parse(extracts.word(number)));
            let to = named.as_ref().unwrap_or(&message.sender);
            let say = extracts.word(say);
            let beside = is_beside(to.number(), message.sender.number());
            (beside && means_stop(say) && nothing_twists(message, opt_out))
                .then(|| OptOutOffer::reply(to.number(), say))
        }
        None => {
            let span = extracts.opt_out_link()?.span;
            let length = (span.end - span.start) as usize;
            Some(OptOutOffer::link(message.body.chars().skip(span.start as usize).take(length).collect()))
        }
    }
}

/// Digits in which ports of one sender agree: 106, operator and the number that the sender was given.
const OWN: usize = 8;

/// Whether a number is the sender's port or one beside it.
fn is_beside(number: &str, sender: &str) -> bool {
    number == sender || number.get(..OWN).is_some_and(|own| sender.starts_with(own))
}

/// Words that mean to unsubscribe whoever reads them; other tokens, and digits but zeros, may order something.
fn means_stop(say: &str) -> bool {
    const WORDS: [&str; 13] =
        ["T", "TD", "TT", "TF", "R", "N", "D", "Q", "QX", "STOP", "UNSUB", "UNSUBSCRIBE", "OPTOUT"];
    let letters: String = say.chars().filter(char::is_ascii_alphanumeric).collect();
    let zeros = !letters.is_empty() && letters.bytes().all(|b| b == b'0');
    // 退订, 拒收: the word itself is the token.
    say.chars().all(|c| !c.is_ascii())
        || zeros
        || letters.starts_with("TD") && letters.len() <= 4
        || WORDS.contains(&&*letters)
}

/// Whether a message that the user sends only refuses further ones, such as `TD` or 退订: to refuse is not to know the
/// sender, so it makes nobody [`crate::Known::Replied`].
///
/// ```
/// use smsfilter::consent::is_refusal;
/// assert!(is_refusal(" td ") && is_refusal("退订") && !is_refusal("好的") && !is_refusal("Thanks"));
/// ```
#[must_use]
pub fn is_refusal(body: &str) -> bool {
    let say = body.trim().to_uppercase();
    match say.is_ascii() {
        true => !say.is_empty() && !say.contains(char::is_whitespace) && means_stop(&say),
        false => ["退订", "拒收", "取消订阅"].contains(&&*say),
    }
}

/// Whether neither what stands before the words nor what stands behind them turns them round: 请勿退订…, 回复TD确认订购,
/// or sends them elsewhere: 到110.
fn nothing_twists(message: &Message, opt_out: &OptOut) -> bool {
    let (start, end) = (opt_out.span.start as usize, opt_out.span.end as usize);
    let before: String = message.body.chars().take(start).collect();
    let behind: String =
        message.body.chars().skip(end).filter(|c| !c.is_whitespace() && !"”\"'，,".contains(*c)).take(8).collect();
    let negated = ["勿", "不", "别", "无需"].iter().any(|no| before.trim_end().ends_with(no));
    let elsewhere = ["到", "至", "发送到", "发送至", "发到", "to"].iter().any(|to| behind.starts_with(to));
    let orders =
        ["订购", "订阅", "确认", "办理", "开通", "参与", "领取", "参加"].iter().any(|word| behind.contains(word));
    !(negated || elsewhere || orders)
}

impl OptOutOffer {
    fn reply(to: &str, say: &str) -> OptOutOffer {
        let text = Text {
            zh: format!("发送“{say}”到 {to} 拒收此类短信。确认后才发送，约 1 条短信，按套餐计费。"),
            en: format!(
                "Send \"{say}\" to {to} to refuse such messages. Sent only after you confirm; about 1 SMS, charged by your plan."
            ),
        };
        OptOutOffer { how: How::Reply { to: to.to_owned(), say: say.to_owned() }, text }
    }

    fn link(address: String) -> OptOutOffer {
        let text = Text {
            zh: format!("短信只给出退订链接：{address}。这里只显示，不会打开；不确定就不要打开。"),
            en: format!(
                "The message offers only a link to unsubscribe: {address}. It is shown, never opened; if unsure, leave it."
            ),
        };
        OptOutOffer { how: How::Link { address }, text }
    }
}

/// Names the way alone: numbers and addresses belong into no log.
impl std::fmt::Debug for How {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            How::Reply { .. } => "Reply",
            How::Link { .. } => "Link",
        })
    }
}

impl std::fmt::Debug for OptOutOffer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "OptOutOffer({:?})", self.how)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Subcategory,
        fold::{FoldTable, Folded, encode},
    };
    use std::sync::LazyLock;

    static TABLE: LazyLock<FoldTable> = LazyLock::new(|| {
        encode(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../rules/national/fold.tsv"))).unwrap()
    });

    fn given(change: impl FnOnce(&mut Message, &mut Verdict)) -> Option<OptOutOffer> {
        let mut message = Message {
            sender: Sender::parse("10690000000000"),
            body: "【试验商城】全场五折，退订回TD".into(),
            ..Message::default()
        };
        let mut verdict = Verdict { subcategory: Subcategory::parse("promotion").unwrap(), ..Verdict::default() };
        change(&mut message, &mut verdict);
        let mut folded = Folded::default();
        TABLE.fold(&message.body, &mut folded);
        offer(&verdict, &message, &Extracts::scan(&folded.plain))
    }

    #[test]
    fn a_signed_promotion_from_a_port_may_be_refused_at_its_sender_or_the_number_it_names() {
        let how = |body: &str| given(|message, _| message.body = body.into()).map(|offer| offer.how);
        let reply = |to: &str, say: &str| Some(How::Reply { to: to.into(), say: say.into() });
        assert_eq!(how("【试验商城】全场五折，退订回td"), reply("10690000000000", "TD"));
        assert_eq!(how("【试验商城】退订请发送TD到10690000000001"), reply("10690000000001", "TD"));
        let link = Some(How::Link { address: "https://dl.example.com/A1".into() });
        assert_eq!(how("【试验商城】退订请点https://dl.example.com/A1"), link);
        assert_eq!(how("【试验商城】退订请发送TD到13800138000"), None, "a private number collects answers");
        for body in [
            "五折，退订请发送KTCL到10086",
            "五折，退订请发送TD到10086",
            "五折，退订请发送10000到95588",
            "退订发送TD到1258012345",
            "退订发送TD到106612345",
            "退订发送1到110",
            "退订发送TD到+12025550100",
            "退订，回复Y订购会员",
            "退订回复TD确认订购",
            "请勿退订回复1参与",
            "请勿退订回TD",
            "退订回复482913",
        ] {
            assert_eq!(how(&format!("【试验商城】{body}")), None, "{body}");
        }
        assert_eq!(how("全场五折，退订回TD"), None, "not signed");
        assert_eq!(how("[试验商城]全场五折，退订回TD"), None, "such brackets sign nothing");
        assert_eq!(how("【试验商城】全场五折"), None);
    }

    #[test]
    fn nothing_is_offered_where_anything_speaks_against_it() {
        assert!(given(|_, _| ()).is_some());
        for sender in ["13800138000", "95588", "+12025550100", "12321", ""] {
            assert_eq!(given(|message, _| message.sender = Sender::parse(sender)), None, "{sender}");
        }
        for category in ["unknown", "service/bank", "code", "illegal/gambling", "fraud/loan", "phishing/bank"] {
            assert_eq!(
                given(|_, verdict| verdict.subcategory = Subcategory::parse(category).unwrap()),
                None,
                "{category}"
            );
        }
        assert_eq!(given(|_, verdict| verdict.blocked_evidence = true), None);
        assert_eq!(given(|_, verdict| verdict.flags.spoof_suspected = true), None);
        assert_eq!(given(|_, verdict| verdict.traits.insert(Trait::AskTransfer)), None);
        assert_eq!(given(|_, verdict| verdict.traits.insert(Trait::AskHandoff)), None);
        assert_eq!(given(|_, verdict| verdict.suspect = true), None);
        let by_phone = given(|_, verdict| verdict.traits.insert(Trait::AskContact));
        assert!(by_phone.is_some(), "a shop may name its phone");
    }

    #[test]
    fn the_sentence_says_what_is_sent_and_debug_does_not() {
        let offer = given(|_, _| ()).unwrap();
        for text in [&offer.text.zh, &offer.text.en] {
            assert!(text.contains("TD") && text.contains("10690000000000"), "{text}");
        }
        assert_eq!(format!("{offer:?}"), "OptOutOffer(Reply)");
    }
}

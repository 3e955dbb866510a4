//! Did this signature ever come from such a number? A pure function of what the phone remembers of that signature.

use crate::{Sender, SenderClass, Text, message::PortLevel};

/// Most signatures that a table keeps. Of more the one not seen for longest is forgotten; when it comes again it is new, and
/// that raises nothing.
pub const MOST_SIGNATURES: u32 = 2048;

/// What is remembered of a signature: a row of the table, under its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Kinds of number, a bit each: stable, but of no meaning outside.
    pub kinds: u32,
    /// When it last came, milliseconds since 1970 UTC.
    pub last_at: i64,
}

/// A signature came from a kind of number it never used here. A hint beside the message, never a reason to block: services
/// change their ports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flag(Text);

impl Flag {
    /// The hint at a message whose sender is of a kind that is new for its signature.
    #[must_use]
    pub fn of(sender: &Sender) -> Flag {
        let (zh, en) = name(sender.class());
        Flag(Text {
            zh: format!("这个签名第一次从{zh}发来，以前不是；请留意是否冒用"),
            en: format!("For the first time this signature comes from {en}; see whether it is borrowed"),
        })
    }

    /// The sentence for the user.
    #[must_use]
    pub fn text(&self) -> &Text {
        &self.0
    }
}

/// A signature came from a number at a time, in milliseconds since 1970 UTC: what is to be remembered of it in place of what
/// was. Flags a kind of number that is new for it; the first time that a signature comes there is nothing to compare with.
#[must_use]
pub fn observe(before: Option<Seen>, sender: &Sender, at: i64) -> (Seen, Option<Flag>) {
    let kind = 1 << kind(sender);
    let Some(seen) = before else { return (Seen { kinds: kind, last_at: at }, None) };
    let flag = (seen.kinds & kind == 0).then(|| Flag::of(sender));
    (Seen { kinds: seen.kinds | kind, last_at: seen.last_at.max(at) }, flag)
}

/// Number of a kind: the class, ports told apart by what they were given out for.
fn kind(sender: &Sender) -> u32 {
    match sender.port_level() {
        None => sender.class() as u32,
        Some(level) => 16 + level as u32,
    }
}

const _: () = assert!((SenderClass::Landline as u32) < 16 && 16 + (PortLevel::Other as u32) < 32);

/// What is new about a number.
fn name(class: SenderClass) -> (&'static str, &'static str) {
    match class {
        SenderClass::Port => ("这一类 106 端口", "this kind of 106 port"),
        other => other.names(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    /// Brings a message into a table, and says what is flagged.
    fn receive(table: &mut BTreeMap<String, Seen>, signature: &str, sender: &str, at: i64) -> Option<Flag> {
        let (seen, flag) = observe(table.get(signature).copied(), &Sender::parse(sender), at);
        table.insert(signature.to_owned(), seen);
        flag
    }

    #[test]
    fn a_kind_of_number_is_new_once_and_never_at_the_first_sight() {
        let mut table = BTreeMap::new();
        let mut flags = |sender: &str| receive(&mut table, "试验银行", sender, 0).map(|flag| flag.0.zh);
        assert_eq!(flags("95588"), None, "nothing to compare with");
        assert_eq!(flags("95599"), None, "another number of the kind");
        assert!(flags("13800138000").unwrap().contains("个人手机号"));
        assert_eq!(flags("13800138001"), None);
        assert!(flags("10690000000000").is_some());
        assert_eq!(flags("10691111111111"), None);
        assert!(flags("10620000000000").is_some(), "a port given out for something else");
        assert_eq!(receive(&mut table, "试验书店", "+12025550100", 0), None, "another signature");
    }

    #[test]
    fn a_clock_that_was_set_back_makes_no_signature_older() {
        let port = Sender::parse("10690000000000");
        let (seen, _) = observe(None, &port, 5);
        assert_eq!(observe(Some(seen), &port, 3), (seen, None));
        assert_eq!(observe(Some(seen), &port, 7).0.last_at, 7);
    }

    proptest! {
        #[test]
        fn any_order_of_messages_flags_each_new_kind_once(
            messages in proptest::collection::vec((0usize..3, 0usize..6, any::<i64>()), 0..60),
        ) {
            const SENDERS: [&str; 6] = ["", "95588", "13800138000", "10690000000000", "10680000000000", "BANK"];
            let (mut table, mut told) = (BTreeMap::new(), std::collections::BTreeSet::new());
            for (name, sender, at) in messages {
                let known = told.iter().any(|&(known, _)| known == name);
                let flag = receive(&mut table, &name.to_string(), SENDERS[sender], at);
                prop_assert_eq!(flag.is_some(), told.insert((name, sender)) && known);
            }
        }
    }
}

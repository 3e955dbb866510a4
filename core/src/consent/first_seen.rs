//! Did this signature ever come from such a number? What this phone has seen, bounded.

use crate::{Sender, SenderClass, Text, message::PortLevel};
use std::collections::BTreeMap;

/// Most signatures remembered. Of more the one not seen for longest is forgotten; when it comes again it is new, and that
/// raises nothing.
pub const MOST_SIGNATURES: usize = 2048;

/// Which kinds of number each signature came from on this phone.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct FirstSeen(BTreeMap<String, Seen>);

/// What is remembered of a signature; its name is the key of the table's row.
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
    /// The sentence for the user.
    #[must_use]
    pub fn text(&self) -> &Text {
        &self.0
    }
}

impl FirstSeen {
    /// What was stored before, of which the latest [`MOST_SIGNATURES`] are kept.
    #[must_use]
    pub fn from_rows(rows: impl IntoIterator<Item = (String, Seen)>) -> FirstSeen {
        let mut seen = FirstSeen(rows.into_iter().collect());
        seen.forget();
        seen
    }

    /// The rows to store, by signature.
    pub fn rows(&self) -> impl Iterator<Item = (&str, Seen)> {
        self.0.iter().map(|(signature, seen)| (signature.as_str(), *seen))
    }

    /// Remembers that a signature came from a number at a time, in milliseconds since 1970 UTC. Flags a kind of number that
    /// is new for it; the first time that a signature comes there is nothing to compare with.
    pub fn observe(&mut self, signature: &str, sender: &Sender, at: i64) -> Option<Flag> {
        let kind = 1 << kind(sender);
        let Some(seen) = self.0.get_mut(signature) else {
            self.0.insert(signature.to_owned(), Seen { kinds: kind, last_at: at });
            self.forget();
            return None;
        };
        let is_new = seen.kinds & kind == 0;
        seen.kinds |= kind;
        seen.last_at = seen.last_at.max(at);
        is_new.then(|| {
            Flag(Text {
                zh: format!("这个签名第一次从{}发来，以前不是；请留意是否冒用", name(sender.class()).0),
                en: format!(
                    "For the first time this signature comes from {}; see whether it is borrowed",
                    name(sender.class()).1
                ),
            })
        })
    }

    fn forget(&mut self) {
        while self.0.len() > MOST_SIGNATURES {
            let oldest = self.0.iter().min_by_key(|(_, seen)| seen.last_at).map(|(signature, _)| signature.clone());
            oldest.and_then(|signature| self.0.remove(&signature));
        }
    }
}

/// The count alone: whom somebody hears from belongs into no log.
impl std::fmt::Debug for FirstSeen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FirstSeen({} signatures)", self.0.len())
    }
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

    #[test]
    fn a_kind_of_number_is_new_once_and_never_at_the_first_sight() {
        let mut seen = FirstSeen::default();
        let mut flags = |sender: &str| seen.observe("试验银行", &Sender::parse(sender), 0).map(|flag| flag.0.zh);
        assert_eq!(flags("95588"), None, "nothing to compare with");
        assert_eq!(flags("95599"), None, "another number of the kind");
        assert!(flags("13800138000").unwrap().contains("个人手机号"));
        assert_eq!(flags("13800138001"), None);
        assert!(flags("10690000000000").is_some());
        assert_eq!(flags("10691111111111"), None);
        assert!(flags("10620000000000").is_some(), "a port given out for something else");
        assert_eq!(seen.observe("试验书店", &Sender::parse("+12025550100"), 0), None, "another signature");
        assert_eq!(format!("{seen:?}"), "FirstSeen(2 signatures)");
    }

    #[test]
    fn of_too_many_the_one_not_seen_for_longest_is_forgotten() {
        let mut seen = FirstSeen::default();
        let port = Sender::parse("10690000000000");
        for n in 0..MOST_SIGNATURES as i64 {
            seen.observe(&format!("签{n}"), &port, n);
        }
        seen.observe("签0", &port, 9999);
        seen.observe("新签", &port, 10_000);
        let has = |name: &str| seen.rows().any(|(signature, _)| signature == name);
        assert!(has("签0") && has("新签") && !has("签1"));
        assert_eq!(seen.rows().count(), MOST_SIGNATURES);
        let rows: Vec<(String, Seen)> = seen.rows().map(|(name, row)| (name.to_owned(), row)).collect();
        assert_eq!(FirstSeen::from_rows(rows), seen);
    }

    proptest! {
        #[test]
        fn any_order_of_messages_flags_each_new_kind_once(
            messages in proptest::collection::vec((0usize..3, 0usize..6, any::<i64>()), 0..60),
        ) {
            const SENDERS: [&str; 6] = ["", "95588", "13800138000", "10690000000000", "10680000000000", "BANK"];
            let (mut seen, mut told) = (FirstSeen::default(), std::collections::BTreeSet::new());
            for (name, sender, at) in messages {
                let known = told.iter().any(|&(known, _)| known == name);
                let flag = seen.observe(&name.to_string(), &Sender::parse(SENDERS[sender]), at);
                prop_assert_eq!(flag.is_some(), told.insert((name, sender)) && known);
            }
        }
    }
}

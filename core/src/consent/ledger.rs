//! What was a sender told, and does it keep to that? One value a signature and port number, moved by events.

use crate::{Message, SenderClass, Text, Verdict, category::RegulatoryClass, civil::Local, extract::Extracts};

/// Time a sender has after the user asked it to stop, in milliseconds: 72 hours. Our choice, no rule's: messages already
/// under way and a day for the answer should accuse nobody.
pub const GRACE_MS: i64 = 72 * 60 * 60 * 1000;

/// Whose promise it is: the name in the signature and the number, both as parsed.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The name in 【】.
    pub signature: String,
    /// [`crate::Sender::number`] of the port.
    pub port: String,
}

impl Key {
    /// Whose promise a message is about: of one that is signed (【】) and came from a 106 port. `extracts` are those of the
    /// same message ([`crate::Filter::extracts`]).
    #[must_use]
    pub fn of(message: &Message, extracts: &Extracts) -> Option<Key> {
        let signature = certain_signature(extracts)?.to_owned();
        let from_port = message.sender.class() == SenderClass::Port;
        from_port.then(|| Key { signature, port: message.sender.number().to_owned() })
    }
}

/// The name in 【】, as folded. Other brackets hold smileys as well.
#[must_use]
pub fn certain_signature(extracts: &Extracts) -> Option<&str> {
    extracts.signature.as_ref().filter(|signature| signature.certain).map(|signature| extracts.word(&signature.name))
}

/// Whether a message with this verdict is one that a refusal forbids.
#[must_use]
pub fn is_commercial(verdict: &Verdict) -> bool {
    verdict.category().regulatory() == Some(RegulatoryClass::Commercial)
}

/// Shows nothing: names and numbers belong into no log.
impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key")
    }
}

/// Where things stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum State {
    /// Nothing was said.
    #[default]
    Unknown,
    /// The user wants these messages.
    Consented,
    /// The user sent the opt-out.
    AskedToStop,
    /// The sender confirmed it.
    Stopped,
    /// A commercial message came more than [`GRACE_MS`] after the refusal. Holds until the user revokes the refusal.
    BrokeThePromise,
}

names!(State: "unknown" Unknown, "consented" Consented, "asked-to-stop" AskedToStop, "stopped" Stopped,
    "broke-the-promise" BrokeThePromise);

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum What {
    /// The user said yes.
    Consented,
    /// The user sent the opt-out.
    AskedToStop,
    /// A message confirmed it, such as 您已退订成功.
    Confirmed,
    /// A commercial message came.
    Commercial,
    /// The user took the refusal back.
    Revoked,
}

names!(What: "consented" Consented, "asked-to-stop" AskedToStop, "confirmed" Confirmed, "commercial" Commercial,
    "revoked" Revoked);

/// Something that happened, once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// Rises from event to event, such as the row of a journal. One that is not above the last changes nothing.
    pub id: u64,
    /// What.
    pub what: What,
}

/// One row of the ledger; its [`Key`] is kept beside it. Times are milliseconds since 1970 UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Promise {
    /// Where things stand.
    pub state: State,
    /// When the user first asked to stop, as long as that holds.
    pub asked_at: Option<i64>,
    /// When the sender confirmed that.
    pub confirmed_at: Option<i64>,
    /// When the first and the latest commercial message came that broke it.
    pub broken_at: Option<(i64, i64)>,
    /// The last event.
    pub last: Option<u64>,
}

/// Why an event changes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Consent while a refusal stands.
    #[error("expected no refusal, found one that stands; take it back first")]
    RefusalStands,
    /// A confirmation of what nobody asked for may be a lure.
    #[error("expected a request to stop before its confirmation, found none; do not trust the message")]
    NeverAsked,
    /// There is no refusal to revoke.
    #[error("expected a refusal to take back, found none; nothing needs to be done")]
    NothingToRevoke,
}

impl Refused {
    /// Stable, for programs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Refused::RefusalStands => "refusal-stands",
            Refused::NeverAsked => "never-asked",
            Refused::NothingToRevoke => "nothing-to-revoke",
        }
    }

    /// The sentence for a Chinese user.
    #[must_use]
    pub fn zh(self) -> &'static str {
        match self {
            Refused::RefusalStands => "您已拒收该发送方，请先撤销拒收",
            Refused::NeverAsked => "您没有发送过退订，这条“确认”不可信",
            Refused::NothingToRevoke => "没有可撤销的拒收",
        }
    }
}

impl Promise {
    /// What follows from an event at a time. An event that was seen before changes nothing.
    ///
    /// # Errors
    /// [`Refused`] if the event cannot be, as things stand; nothing changes.
    pub fn on(self, event: Event, at: i64) -> Result<Promise, Refused> {
        if self.last.is_some_and(|last| event.id <= last) {
            return Ok(self);
        }
        let next = Promise { last: Some(event.id), ..self };
        let has_refused = self.asked_at.is_some();
        Ok(match event.what {
            What::Consented if has_refused => return Err(Refused::RefusalStands),
            What::Consented => Promise { state: State::Consented, ..next },
            // Asking again renews nothing: the first request counts.
            What::AskedToStop if has_refused => next,
            What::AskedToStop => Promise { state: State::AskedToStop, asked_at: Some(at), ..next },
            What::Confirmed if !has_refused => return Err(Refused::NeverAsked),
            // A clock that was set back makes no answer come before its question.
            What::Confirmed if self.asked_at.is_some_and(|asked| at < asked) => next,
            What::Confirmed if self.state == State::AskedToStop => {
                Promise { state: State::Stopped, confirmed_at: Some(at), ..next }
            }
            What::Confirmed => next,
            What::Commercial if self.is_broken_by(at) => {
                let (first, last) = self.broken_at.unwrap_or((at, at));
                Promise { state: State::BrokeThePromise, broken_at: Some((first.min(at), last.max(at))), ..next }
            }
            What::Commercial => next,
            What::Revoked if !has_refused => return Err(Refused::NothingToRevoke),
            What::Revoked => Promise { last: next.last, ..Promise::default() },
        })
    }

    /// Whether a commercial message at a time breaks the promise.
    fn is_broken_by(self, at: i64) -> bool {
        self.asked_at.is_some_and(|asked| at.saturating_sub(asked) > GRACE_MS)
    }

    /// What an authority may be told of a message that breaks the promise: a commercial one that came more than [`GRACE_MS`]
    /// after the refusal. Neither sender nor text is in it: those are in the report.
    #[must_use]
    pub fn evidence(&self, message: &Message, verdict: &Verdict) -> Option<Evidence> {
        let at = message.received_at.filter(|&at| is_commercial(verdict) && self.is_broken_by(at))?;
        let day = |at: i64| Local::new(at, message.utc_offset_min).format();
        let (zh, en) = match self.confirmed_at.map(day) {
            Some(when) => (format!("，对方于{when}确认"), format!(", the sender confirmed it on {when}")),
            None => Default::default(),
        };
        let (asked, came) = (day(self.asked_at?), day(at));
        Some(Evidence(Text {
            zh: format!("本人于{asked}发送退订{zh}，{came}仍收到该商业短信"),
            en: format!("I asked the sender to stop on {asked}{en}, and this commercial message still came on {came}"),
        }))
    }
}

/// That a sender went on after a refusal: a sentence with the dates. It is added to a report beside the message, never in it
/// ([`crate::report::Draft::with_evidence`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence(Text);

impl Evidence {
    /// Chinese for the authority, English beside it.
    #[must_use]
    pub fn text(&self) -> &Text {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Sender, Subcategory,
        fold::{FoldTable, Folded, encode},
    };
    use What::{AskedToStop, Commercial, Confirmed, Consented, Revoked};
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static TABLE: LazyLock<FoldTable> = LazyLock::new(|| {
        encode(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../rules/national/fold.tsv"))).unwrap()
    });
    const ASKED: i64 = 1_795_219_500_000; // 2026-11-21 08:05 in China

    /// The state after events at their times, numbered from 1.
    fn after(events: &[(What, i64)]) -> Result<Promise, Refused> {
        let mut numbered = (1..).zip(events);
        numbered.try_fold(Promise::default(), |promise, (id, &(what, at))| promise.on(Event { id, what }, at))
    }

    #[test]
    fn a_promise_is_made_kept_broken_and_released() {
        let state = |events: &[(What, i64)]| after(events).map(|promise| promise.state);
        let late = ASKED + GRACE_MS + 1;
        assert_eq!(state(&[]), Ok(State::Unknown));
        assert_eq!(state(&[(Commercial, 0)]), Ok(State::Unknown));
        assert_eq!(state(&[(Consented, 0), (Commercial, 1)]), Ok(State::Consented));
        assert_eq!(state(&[(Consented, 0), (AskedToStop, ASKED)]), Ok(State::AskedToStop));
        assert_eq!(state(&[(AskedToStop, ASKED), (Confirmed, ASKED)]), Ok(State::Stopped));
        assert_eq!(state(&[(AskedToStop, ASKED), (Commercial, late - 1)]), Ok(State::AskedToStop), "within the grace");
        assert_eq!(state(&[(AskedToStop, ASKED), (Commercial, late)]), Ok(State::BrokeThePromise));
        assert_eq!(state(&[(AskedToStop, ASKED), (Confirmed, ASKED), (Commercial, late)]), Ok(State::BrokeThePromise));
        let again = [(AskedToStop, ASKED), (AskedToStop, late), (Commercial, late)];
        assert_eq!(state(&again), Ok(State::BrokeThePromise), "the first request counts");
        assert_eq!(state(&[(AskedToStop, ASKED), (Commercial, late), (Revoked, late)]), Ok(State::Unknown));
        assert_eq!(state(&[(AskedToStop, ASKED), (Consented, late)]), Err(Refused::RefusalStands));
        assert_eq!(state(&[(Confirmed, 0)]), Err(Refused::NeverAsked));
        assert_eq!(state(&[(Revoked, 0)]), Err(Refused::NothingToRevoke));
    }

    /// A message of a category at a time.
    fn came(category: &str, at: i64) -> (Message, Verdict) {
        let message = Message { received_at: Some(at), utc_offset_min: 480, ..Message::default() };
        (message, Verdict { subcategory: Subcategory::parse(category).unwrap(), ..Verdict::default() })
    }

    #[test]
    fn the_evidence_has_the_dates_and_only_a_broken_promise_brings_it() {
        let evidence = |promise: Promise, category, at| {
            let (message, verdict) = came(category, at);
            promise.evidence(&message, &verdict).map(|evidence| evidence.0)
        };
        let asked = after(&[(AskedToStop, ASKED), (Confirmed, ASKED + 60_000)]).unwrap();
        let late = ASKED + GRACE_MS + 60_000;
        assert_eq!(evidence(asked, "promotion/retail", ASKED + GRACE_MS), None, "within the grace");
        let Text { zh, en } = evidence(asked, "promotion/retail", late).unwrap();
        assert_eq!(zh, "本人于2026-11-21 08:05发送退订，对方于2026-11-21 08:06确认，2026-11-24 08:06仍收到该商业短信");
        assert!(en.contains("2026-11-21 08:05") && en.contains("2026-11-24 08:06"), "{en}");
        assert_eq!(evidence(asked, "service/parcel", late), None, "a notice may come");
        assert_eq!(evidence(Promise::default(), "promotion/retail", late), None, "nobody was asked");
        let (timeless, verdict) = (Message::default(), came("promotion/retail", 0).1);
        assert_eq!(asked.evidence(&timeless, &verdict), None, "nobody knows when it came");
        let revoked = asked.on(Event { id: 3, what: Revoked }, late).unwrap();
        assert_eq!(evidence(revoked, "promotion/retail", late), None, "taken back");
    }

    #[test]
    fn a_broken_promise_has_the_first_and_the_latest_message_that_broke_it() {
        let late = ASKED + GRACE_MS + 1;
        let broken = after(&[(AskedToStop, ASKED), (Commercial, late), (Commercial, late + 9), (Commercial, late + 5)]);
        assert_eq!(broken.unwrap().broken_at, Some((late, late + 9)));
        let early = after(&[(AskedToStop, ASKED), (Confirmed, ASKED - 1)]).unwrap();
        assert_eq!((early.state, early.confirmed_at), (State::AskedToStop, None), "no answer before its question");
    }

    #[test]
    fn a_promise_is_that_of_a_signature_and_a_port() {
        let key = |sender: &str, body: &str| {
            let mut folded = Folded::default();
            TABLE.fold(body, &mut folded);
            let message = Message { sender: Sender::parse(sender), body: body.into(), ..Message::default() };
            Key::of(&message, &Extracts::scan(&folded.plain)).map(|key| (key.signature, key.port))
        };
        let own = Some(("试验商城".to_owned(), "10690000000000".to_owned()));
        assert_eq!(key("+86 1069 0000000000", "【试验商城】全场五折"), own);
        assert_eq!(key("10690000000000", "全场五折【试验商城】"), own);
        assert_eq!(key("10690000000000", "全场五折"), None);
        assert_eq!(key("10690000000000", "[微笑]全场五折"), None, "a smiley");
        assert_eq!(key("13800138000", "【试验商城】全场五折"), None, "a private number");
    }

    #[test]
    fn names_are_read_back_and_strange_ones_refused() {
        for name in ["unknown", "consented", "asked-to-stop", "stopped", "broke-the-promise"] {
            assert_eq!(State::parse(name).unwrap().name(), name);
        }
        for name in ["consented", "asked-to-stop", "confirmed", "commercial", "revoked"] {
            assert_eq!(What::parse(name).unwrap().name(), name);
        }
        assert_eq!((State::parse("confirmed"), What::parse("")), (None, None));
    }

    proptest! {
        #[test]
        fn any_events_end_in_a_state_that_its_dates_bear_out(
            events in proptest::collection::vec((0usize..5, any::<i64>(), 0u64..12), 0..40),
        ) {
            let kinds = [Consented, AskedToStop, Confirmed, Commercial, Revoked];
            let mut promise = Promise::default();
            for (what, at, id) in events {
                let event = Event { id, what: kinds[what] };
                let next = promise.on(event, at);
                if let Ok(next) = next {
                    prop_assert_eq!(next.on(event, at), Ok(next), "a replay changes nothing");
                    let left = promise.state == State::BrokeThePromise && next.state != promise.state;
                    prop_assert!(!left || event.what == Revoked, "a broken promise holds");
                }
                promise = next.unwrap_or(promise);
                let Promise { state, asked_at, confirmed_at, broken_at, .. } = promise;
                let refused = matches!(state, State::AskedToStop | State::Stopped | State::BrokeThePromise);
                prop_assert_eq!(asked_at.is_some(), refused);
                prop_assert_eq!(broken_at.is_some(), state == State::BrokeThePromise);
                prop_assert!(state != State::Stopped || confirmed_at.is_some());
            }
        }
    }
}

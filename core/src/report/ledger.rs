//! How far is a report? A value for each, moved by events; no text of the message is in it.
//!
//! ```text
//! drafted ─ previewed ─ sent ─ answered      undone: from drafted and previewed, and from failed if nothing went
//!               └─ failed ─┘                 7726: sent, asked, sent again, answered
//! ```
//! A step that was handed to the system is under way until its outcome is known: neither taken back nor sent again.

use super::ChannelId;

/// Failures after which a report is given up.
pub const MAX_FAILURES: u8 = 3;

/// How far a report is. The wire names are those of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// Written, not yet seen.
    Drafted,
    /// The user saw what would be sent.
    Previewed,
    /// A step has gone.
    Sent,
    /// A step did not go.
    Failed,
    /// The user took it back. Final.
    Undone,
    /// The channel answered. Final.
    Answered,
}

names!(State: "drafted" Drafted, "previewed" Previewed, "sent" Sent, "failed" Failed, "undone" Undone,
    "answered" Answered);

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum What {
    /// The user saw the preview.
    Previewed,
    /// A step was handed to the system, which is to send it.
    Handed,
    /// A step has gone, all of its parts.
    Sent,
    /// A step did not go.
    Failed,
    /// A step went in part: some of a long message's parts were sent.
    Partly,
    /// The user took it back.
    Undone,
    /// The channel answered and asks for the next step, as 7726 asks for the sender.
    Asked,
    /// The channel answered, and that was all.
    Answered,
}

names!(What: "previewed" Previewed, "handed" Handed, "sent" Sent, "failed" Failed, "partly" Partly, "undone" Undone,
    "asked" Asked, "answered" Answered);

/// Something that happened, once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// Rises from event to event, such as the row of a journal. One that is not above the last changes nothing.
    pub id: u64,
    /// What.
    pub what: What,
}

/// One row of the ledger. Times are milliseconds since 1970 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Which report.
    pub id: u64,
    /// Which message, by its row in the phone's message store.
    pub message: i64,
    /// Where it goes.
    pub channel: ChannelId,
    /// How far it is.
    pub state: State,
    /// Steps in all.
    pub steps: u8,
    /// Steps that have gone.
    pub sent: u8,
    /// A step was handed to the system, and its outcome is not known.
    pub under_way: bool,
    /// The channel asked for the next step.
    pub asked: bool,
    /// Failures so far.
    pub failures: u8,
    /// A step went in part: nothing is taken back.
    pub partly: bool,
    /// When it was drafted.
    pub drafted_at: i64,
    /// When the last step went.
    pub sent_at: Option<i64>,
    /// When the channel's answer closed it.
    pub answered_at: Option<i64>,
    /// The last event.
    pub last: Option<u64>,
}

/// Why an event changes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Nothing goes that the user has not seen.
    #[error("expected a report that was previewed, found one that was not; show it first")]
    NotPreviewed,
    /// An answer before anything went is to something else.
    #[error("expected a report that was sent, found one that was not; the answer belongs to something else")]
    NotSent,
    /// What has gone cannot be taken back or sent again.
    #[error("expected a report that has not gone, found one that has; an SMS cannot be called back")]
    AlreadySent,
    /// A step that is being sent can neither be taken back nor sent again.
    #[error("expected a report at rest, found a step under way; wait for its outcome")]
    UnderWay,
    /// The next step waits for the channel's question.
    #[error("expected the channel's question before the next step, found none; wait for its answer")]
    NotAsked,
    /// The channel has no further step.
    #[error("expected a further step to send, found none; the report is complete")]
    NothingToAdd,
    /// It failed too often.
    #[error("expected fewer than {MAX_FAILURES} failures, found as many; take another channel")]
    TooManyFailures,
    /// It is undone or answered.
    #[error("expected a report that is open, found a closed one; draft a new one")]
    Closed,
}

impl Refused {
    /// Stable, for programs.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.row().0
    }

    /// The sentence for a Chinese user.
    #[must_use]
    pub fn zh(self) -> &'static str {
        self.row().1
    }

    fn row(self) -> (&'static str, &'static str) {
        match self {
            Refused::NotPreviewed => ("not-previewed", "请先预览举报内容，确认后再发送"),
            Refused::NotSent => ("not-sent", "举报还没有发出，这条回复与它无关"),
            Refused::AlreadySent => ("already-sent", "举报短信已经发出，无法撤回，也不会重复发送"),
            Refused::UnderWay => ("under-way", "举报短信正在发送，请等待发送结果"),
            Refused::NotAsked => ("not-asked", "要等举报渠道回复询问后才发送下一步"),
            Refused::NothingToAdd => ("nothing-to-add", "这个举报没有下一步要发送"),
            Refused::TooManyFailures => ("too-many-failures", "多次发送失败，请换一个举报渠道"),
            Refused::Closed => ("closed", "这个举报已经结束，需要时请重新举报"),
        }
    }
}

impl Entry {
    /// A draft of so many steps, at least one.
    #[must_use]
    pub fn drafted(id: u64, message: i64, channel: ChannelId, steps: u8, at: i64) -> Entry {
        Entry {
            id,
            message,
            channel,
            state: State::Drafted,
            steps: steps.max(1),
            sent: 0,
            under_way: false,
            asked: false,
            failures: 0,
            partly: false,
            drafted_at: at,
            sent_at: None,
            answered_at: None,
            last: None,
        }
    }

    /// Which step may go now, counted from 0: the first after the preview, a further one when the channel asked for it, and
    /// one that failed again.
    ///
    /// # Errors
    /// Why none may.
    pub fn due(&self) -> Result<u8, Refused> {
        match self.state {
            _ if self.under_way => Err(Refused::UnderWay),
            State::Drafted => Err(Refused::NotPreviewed),
            State::Undone | State::Answered => Err(Refused::Closed),
            State::Failed if self.failures >= MAX_FAILURES => Err(Refused::TooManyFailures),
            State::Sent if self.sent >= self.steps => Err(Refused::AlreadySent),
            State::Sent if !self.asked => Err(Refused::NotAsked),
            State::Previewed | State::Failed | State::Sent => Ok(self.sent),
        }
    }

    /// What follows from an event at a time. An event that was seen before changes nothing.
    ///
    /// # Errors
    /// [`Refused`] if the event cannot be, as things stand; nothing changes.
    pub fn on(self, event: Event, at: i64) -> Result<Entry, Refused> {
        if self.last.is_some_and(|last| event.id <= last) {
            return Ok(self);
        }
        if matches!(self.state, State::Undone | State::Answered) {
            return Err(Refused::Closed);
        }
        let next = Entry { last: Some(event.id), ..self };
        let rest = Entry { under_way: false, ..next };
        Ok(match event.what {
            What::Previewed if self.state == State::Drafted => Entry { state: State::Previewed, ..next },
            What::Previewed => next, // looked at once more
            What::Handed => {
                self.due()?;
                Entry { under_way: true, ..next }
            }
            What::Sent => {
                let sent = rest.due()?.saturating_add(1);
                Entry { state: State::Sent, sent, asked: false, sent_at: Some(at), ..rest }
            }
            What::Failed | What::Partly => {
                rest.due()?;
                let (failures, partly) = (self.failures.saturating_add(1), self.partly || event.what == What::Partly);
                Entry { state: State::Failed, failures, partly, ..rest }
            }
            What::Undone if self.sent > 0 || self.partly => return Err(Refused::AlreadySent),
            What::Undone if self.under_way => return Err(Refused::UnderWay),
            What::Undone => Entry { state: State::Undone, ..next },
            // What is answered has gone, even if the system has not said so yet.
            What::Asked | What::Answered if self.under_way => {
                let gone = Entry { last: None, ..self }.on(Event { what: What::Sent, ..event }, at)?;
                Entry { last: None, ..gone }.on(event, at)?
            }
            What::Asked | What::Answered if self.sent == 0 => return Err(Refused::NotSent),
            What::Asked if self.sent >= self.steps => return Err(Refused::NothingToAdd),
            What::Asked => Entry { asked: true, ..next },
            What::Answered => Entry { state: State::Answered, asked: false, answered_at: Some(at), ..next },
        })
    }

    /// What a message from the channel's own number ([`ChannelId::answering`]) is to this report: the question for the next
    /// step, or the answer to the last. None of a report that nothing is expected for, nor of a message that came before it.
    #[must_use]
    pub fn reply(&self, at: i64) -> Option<What> {
        let is_closed = matches!(self.state, State::Undone | State::Answered) || at < self.drafted_at;
        let gone = self.sent.saturating_add(u8::from(self.under_way));
        match gone {
            0 => None,
            _ if is_closed || self.asked && !self.under_way => None,
            gone if gone < self.steps => Some(What::Asked),
            _ => Some(What::Answered),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use What::{Answered, Asked, Failed, Handed, Partly, Previewed, Sent, Undone};
    use proptest::prelude::*;

    fn after(steps: u8, events: &[What]) -> Result<Entry, Refused> {
        let entry = Entry::drafted(1, 7, ChannelId::Gsma7726, steps, 0);
        (1..).zip(events).try_fold(entry, |entry, (id, &what)| entry.on(Event { id, what }, id as i64))
    }

    #[test]
    fn a_report_goes_its_way_and_no_other() {
        let state = |events: &[What]| after(1, events).map(|entry| entry.state);
        assert_eq!(state(&[]), Ok(State::Drafted));
        assert_eq!(state(&[Previewed, Sent, Answered]), Ok(State::Answered));
        assert_eq!(state(&[Previewed, Failed, Failed, Sent]), Ok(State::Sent));
        assert_eq!(state(&[Previewed, Undone]), Ok(State::Undone));
        assert_eq!(state(&[Previewed, Failed, Undone]), Ok(State::Undone));
        assert_eq!(state(&[Previewed, Handed, Sent]), Ok(State::Sent));
        assert_eq!(state(&[Previewed, Handed, Failed, Handed, Sent]), Ok(State::Sent));
        assert_eq!(state(&[Previewed, Handed, Failed, Undone]), Ok(State::Undone));
        for (events, why) in [
            (&[Sent][..], Refused::NotPreviewed),
            (&[Previewed, Answered], Refused::NotSent),
            (&[Previewed, Sent, Undone], Refused::AlreadySent),
            (&[Previewed, Handed, Undone], Refused::UnderWay),
            (&[Previewed, Handed, Handed], Refused::UnderWay),
            (&[Handed], Refused::NotPreviewed),
            (&[Previewed, Sent, Handed], Refused::AlreadySent),
            (&[Previewed, Partly, Undone], Refused::AlreadySent),
            (&[Previewed, Partly, Failed, Undone], Refused::AlreadySent),
            (&[Previewed, Sent, Sent], Refused::AlreadySent),
            (&[Previewed, Sent, Asked], Refused::NothingToAdd),
            (&[Previewed, Failed, Failed, Failed, Sent], Refused::TooManyFailures),
            (&[Previewed, Failed, Failed, Failed, Failed], Refused::TooManyFailures),
            (&[Undone, Previewed], Refused::Closed),
            (&[Previewed, Sent, Answered, Sent], Refused::Closed),
        ] {
            assert_eq!(state(events), Err(why), "{events:?}");
        }
    }

    #[test]
    fn the_second_step_is_due_only_when_7726_asks_and_its_answer_closes() {
        let due = |events: &[What]| after(2, events).unwrap().due();
        assert_eq!(due(&[Previewed]), Ok(0));
        assert_eq!(due(&[Previewed, Sent]), Err(Refused::NotAsked));
        assert_eq!(due(&[Previewed, Sent, Asked]), Ok(1));
        assert_eq!(due(&[Previewed, Sent, Asked, Failed]), Ok(1), "the second step again, not the first");
        assert_eq!(due(&[Previewed, Sent, Asked, Sent]), Err(Refused::AlreadySent));
        assert_eq!(after(2, &[Previewed, Sent, Asked, Failed, Undone]), Err(Refused::AlreadySent));
        let done = after(2, &[Previewed, Sent, Asked, Sent, Answered]).unwrap();
        assert_eq!((done.state, done.sent, done.sent_at, done.answered_at), (State::Answered, 2, Some(4), Some(5)));
    }

    #[test]
    fn a_reply_is_the_question_or_the_answer_and_tells_that_a_step_has_gone() {
        let reply = |steps, events: &[What]| after(steps, events).unwrap().reply(0);
        assert_eq!(after(2, &[Previewed, Sent]).unwrap().reply(-1), None, "no answer before its question");
        assert_eq!(reply(2, &[Previewed]), None);
        assert_eq!(reply(2, &[Previewed, Failed]), None);
        assert_eq!(reply(2, &[Previewed, Sent]), Some(Asked));
        assert_eq!(reply(2, &[Previewed, Sent, Asked]), None, "the user is to send the second step");
        assert_eq!(reply(2, &[Previewed, Sent, Asked, Sent]), Some(Answered));
        assert_eq!(reply(2, &[Previewed, Sent, Asked, Sent, Answered]), None);
        assert_eq!(reply(1, &[Previewed, Handed]), Some(Answered));
        assert_eq!(reply(1, &[Undone]), None);
        // The reply is there before the system says that the step has gone.
        let asked = after(2, &[Previewed, Handed, Asked]).unwrap();
        assert_eq!((asked.state, asked.sent, asked.asked, asked.under_way), (State::Sent, 1, true, false));
        assert_eq!((asked.sent_at, asked.last), (Some(3), Some(3)));
        assert_eq!(after(2, &[Previewed, Handed, Asked, Handed, Answered]).unwrap().state, State::Answered);
    }

    #[test]
    fn names_are_read_back_and_strange_ones_refused() {
        for name in ["drafted", "previewed", "sent", "failed", "undone", "answered"] {
            assert_eq!(State::parse(name).unwrap().name(), name);
        }
        for name in ["previewed", "handed", "sent", "failed", "partly", "undone", "asked", "answered"] {
            assert_eq!(What::parse(name).unwrap().name(), name);
        }
        assert_eq!((State::parse("asked"), What::parse("")), (None, None));
    }

    proptest! {
        #[test]
        fn any_events_end_in_a_state_that_its_numbers_bear_out(
            steps in 1u8..3,
            events in proptest::collection::vec((0usize..8, any::<i64>(), 0u64..16), 0..60),
        ) {
            let kinds = [Previewed, Handed, Sent, Failed, Partly, Undone, Asked, Answered];
            let mut entry = Entry::drafted(1, 7, ChannelId::ChinaMobile, steps, 0);
            for (what, at, id) in events {
                let event = Event { id, what: kinds[what] };
                let closed = matches!(entry.state, State::Undone | State::Answered);
                let next = entry.on(event, at);
                if let Ok(next) = next {
                    prop_assert_eq!(next.on(event, at), Ok(next), "a replay changes nothing");
                    prop_assert!(!closed || next == entry, "what is closed stays so");
                }
                entry = next.unwrap_or(entry);
                prop_assert!(entry.sent <= entry.steps && entry.failures <= MAX_FAILURES);
                prop_assert_eq!(entry.sent > 0, entry.sent_at.is_some());
                prop_assert_eq!(entry.state == State::Answered, entry.answered_at.is_some());
                prop_assert!(entry.state != State::Undone || entry.sent == 0 && !entry.partly);
                prop_assert!(!entry.under_way || entry.sent < entry.steps && entry.failures < MAX_FAILURES);
                if let Some(what) = entry.reply(0) {
                    let next = entry.on(Event { id: 99, what }, 0);
                    prop_assert!(next.is_ok_and(|next| next != entry), "a reply that is expected is taken");
                }
            }
        }
    }
}

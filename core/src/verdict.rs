//! What is the message, how sure is that, and why?

use crate::{Action, Category, Span, Subcategory, rule::condition::Traits};

/// What one image says of one message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// The most severe category that reached its threshold in any layer, with its subcategory.
    pub subcategory: Subcategory,
    /// Probability of that category in permille, 0–1000; of `unknown`: 1000 less the highest other.
    pub score: u16,
    /// The points behind it: the sum over the reasons.
    pub points: i32,
    /// The evidence in the deciding layer, the bias (`@bias`) included, in order of evaluation; empty if only
    /// [`crate::Filter::assess_with`] was asked.
    pub reasons: Vec<Reason>,
    /// Things worth telling that are no category.
    pub flags: Flags,
    /// The user's own rule that decides, if one holds.
    pub user_rule: Option<UserMatch>,
    /// What the scanners and the base layer's asks found.
    pub traits: Traits,
    /// The name in the message's signature 【…】, registered or not.
    pub signature: Option<String>,
    /// The signature is registered and the sender is one of its ports, or the number itself is registered.
    pub known_service: bool,
    /// Whether the base layer alone says code, public, or service of bank, card or payment: no other layer can take such a
    /// message from the floor.
    pub base_floored: bool,
    /// Whether phishing, fraud or illegal evidence reached its threshold in any layer: the floor is off.
    pub blocked_evidence: bool,
    /// Whether any rule of any layer found such evidence, enough or not: nothing is offered that answers the sender.
    pub suspect: bool,
}

impl Verdict {
    /// The category alone.
    #[must_use]
    pub fn category(&self) -> Category {
        self.subcategory.category
    }
}

/// One piece of evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The rule's id (`topic.name`), or `@bias`, or `@model`.
    pub rule: String,
    /// Who published it.
    pub publisher: String,
    /// What it added.
    pub points: i32,
    /// Where in the original body, sorted, without overlaps.
    pub spans: Vec<Span>,
}

/// The user's own rule that decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserMatch {
    /// The rule's id.
    pub rule: String,
    /// What it does.
    pub action: Action,
    /// Where in the original body.
    pub spans: Vec<Span>,
}

/// Things worth telling that are no category.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    /// A promotion without a way to refuse.
    pub no_opt_out: bool,
    /// A promotion, or a message from a port, without a signature.
    pub no_signature: bool,
    /// A promotion from a number that may only send service or public messages.
    pub advert_in_service_port: bool,
    /// A registered signature from a number of a class it does not send from, or a 12381 warning with a link.
    pub spoof_suspected: bool,
}

impl Flags {
    /// Wire names of the flags that are set.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        [
            (self.no_opt_out, "no-opt-out"),
            (self.no_signature, "no-signature"),
            (self.advert_in_service_port, "advert-in-service-port"),
            (self.spoof_suspected, "spoof-suspected"),
        ]
        .into_iter()
        .filter_map(|(set, name)| set.then_some(name))
    }
}

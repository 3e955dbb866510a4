//! What is a rule? The source model of a layer: what authors write, what a bundle carries, what the image compiler reads.

#[cfg(feature = "author")]
pub mod author;
pub mod condition;
mod own;

use crate::{
    Message, Sender, Subcategory, Text,
    policy::{Action, Preset},
};
use serde::{Deserialize, Serialize};

pub use condition::{Condition, Op, Trait};
pub use own::{OwnRule, OwnRuleError};

/// All a publisher says in one bundle. Lists are in canonical order, so equal layers encode to equal bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layer {
    /// Who, which, when.
    pub meta: Meta,
    /// The fold tables ([`crate::fold::FoldTable`]); in a base layer only.
    pub fold: Option<bytes::Bytes>,
    /// The statistical model ([`crate::model::Model`]), trained with these fold tables; in a base layer only.
    pub model: Option<bytes::Bytes>,
    /// What proves the model's arithmetic; at least one if there is a model.
    pub canaries: Vec<crate::model::Canary>,
    /// Keyword lists and what sounds or looks alike.
    pub words: Words,
    /// Rules in evaluation order: a rule stands after every rule it names.
    pub rules: Vec<Rule>,
    /// Known signatures, hosts and numbers.
    pub registries: Registries,
    /// What must and must not match.
    pub examples: Vec<Example>,
    /// Policies that the publisher offers, sorted by id; none in a user layer.
    pub presets: Vec<Preset>,
}

impl Layer {
    /// An example as a message, received on a day on which its rule is on.
    #[must_use]
    pub fn message(&self, example: &Example) -> Message {
        let rule = self.rules.iter().find(|rule| rule.id == example.rule);
        let day = rule.and_then(|rule| rule.from.or(rule.until));
        Message {
            sender: Sender::parse(&example.sender),
            body: example.text.clone(),
            received_at: day.map(|day| i64::from(day) * 86_400_000),
            ..Message::default()
        }
    }
}

/// Who publishes a layer, and how its points are read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meta {
    /// Publisher id, at most 16 of `a–z 0–9 . -`.
    pub publisher: String,
    /// Layer id, the same alphabet.
    pub layer: String,
    /// Base, addition or user.
    pub kind: LayerKind,
    /// Only ever grows.
    pub seq: u64,
    /// Seconds since 1970 UTC.
    pub issued_at: i64,
    /// Seconds since 1970 UTC; later the layer is stale, never unloaded.
    pub not_after: i64,
    /// Shown to users.
    pub title: Text,
}

/// The place of a layer in the image.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[repr(u8)]
pub enum LayerKind {
    /// Exactly one in an image of published layers: fold tables, and perhaps a model.
    #[default]
    Base,
    /// Adds rules.
    Addition,
    /// The user's own rules, in an image of their own.
    User,
}

/// Keyword lists, aliases, patterns.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// Keyword lists, sorted by name.
    pub lists: Vec<KeywordList>,
    /// Aliases, sorted by word.
    pub aliases: Vec<Alias>,
    /// Patterns, sorted by name.
    pub patterns: Vec<Pattern>,
}

/// A named list of keywords, `topic.name`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeywordList {
    /// `topic.name`.
    pub name: String,
    /// As written, sorted, without duplicates.
    pub keywords: Vec<String>,
}

/// Other ways to write a word that are no true equivalence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alias {
    /// The word.
    pub word: String,
    /// Its other forms.
    pub forms: Vec<String>,
}

/// A named regular expression over the plain view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pattern {
    /// `topic.name`.
    pub name: String,
    /// `regex-lite` syntax.
    pub regex: String,
}

/// Compiles a pattern, within 64 KiB: more only serves to make matching slow, and counted repetitions multiply.
///
/// # Errors
/// What `regex-lite` says.
pub(crate) fn pattern(regex: &str) -> Result<regex_lite::Regex, regex_lite::Error> {
    regex_lite::RegexBuilder::new(regex).size_limit(64 << 10).build()
}

/// A named piece of evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// `topic.name`; with the publisher it names the rule everywhere.
    pub id: String,
    /// Shown to users.
    pub title: Text,
    /// What follows when the condition holds.
    pub effect: Effect,
    /// When it holds.
    pub condition: Condition,
    /// First local day, days since 1970.
    pub from: Option<i32>,
    /// Last local day, days since 1970.
    pub until: Option<i32>,
    /// Who answers for it.
    pub owner: String,
    /// What a user should do; may be empty.
    pub tip: Text,
}

/// What a rule does when it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Effect {
    /// Nothing by itself; other rules name it.
    Evidence,
    /// Points towards a category.
    Points {
        /// Towards what.
        category: Subcategory,
        /// How much; the bias of a category is [`crate::score::BIAS`].
        points: i16,
    },
    /// The user's own rule: this happens, above everything else.
    Act(Action),
}

/// Registered signatures, hosts and numbers, each sorted by its key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registries {
    /// Who signs how, from which ports.
    pub signatures: Vec<Signature>,
    /// Which host is whose.
    pub domains: Vec<Domain>,
    /// Whose number it is.
    pub senders: Vec<KnownSender>,
}

/// A registered signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// As it stands in 【】; other names are entries of their own.
    pub name: String,
    /// What the owner is, such as `bank`.
    pub kind: String,
    /// Prefixes of the numbers it sends from; empty when unknown.
    pub ports: Vec<String>,
}

/// A registered host.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Domain {
    /// Lower case, without a leading dot; subdomains are included.
    pub host: String,
    /// What the owner is; `short` is a link shortener.
    pub kind: String,
}

/// A registered number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownSender {
    /// The whole number, normalised.
    pub number: String,
    /// Shown to users.
    pub name: Text,
    /// What the owner is.
    pub kind: String,
}

/// A message with what a rule must say of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    /// The rule's id.
    pub rule: String,
    /// What is expected.
    pub expect: Expect,
    /// The body.
    pub text: String,
    /// The sender, may be empty.
    pub sender: String,
}

/// What an example says of its rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Expect {
    /// Must hold.
    Match,
    /// Must not hold.
    NoMatch,
    /// Should hold, and is known not to.
    Gap,
}

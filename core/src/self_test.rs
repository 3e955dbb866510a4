//! Do rules do what their authors say? Asked of every bundle before it is used, with the matcher that will use it.

use crate::{
    Filter, Message,
    rule::{Effect, Example, Expect, Layer},
};

/// The examples of a layer that do not hold: a match or no match that is otherwise, a known gap that matches.
///
/// `filter` has the layer among its own.
pub fn failing<'a>(filter: &Filter, layer: &'a Layer) -> impl Iterator<Item = &'a Example> {
    let holds = |example: &Example| {
        let message = layer.message(example);
        let acts = layer.rules.iter().any(|rule| rule.id == example.rule && matches!(rule.effect, Effect::Act(_)));
        if acts {
            return filter.classify(&message).user_rule.is_some_and(|user| user.rule == example.rule);
        }
        let publisher = &layer.meta.publisher;
        filter.explain(&message).rules.iter().any(|rule| rule.rule == example.rule && rule.publisher == *publisher)
    };
    layer.examples.iter().filter(move |example| holds(example) != (example.expect == Expect::Match))
}

/// Why new rules may not be used. No text of a message is in it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SelfTestError {
    /// An example beside a rule fails.
    #[error("{publisher}/{layer}: expected the examples of rule {rule} to hold, found one that does not")]
    Example {
        /// Publisher id.
        publisher: String,
        /// Layer id.
        layer: String,
        /// The rule's id.
        rule: String,
    },
    /// A message that the app wants delivered whatever happens would be hidden.
    #[error("expected must-allow message {number} to be left alone, found it {category}")]
    MustAllow {
        /// Its number in the app's list, from 1.
        number: usize,
        /// Wire name of the category it is put into.
        category: &'static str,
    },
}

/// Runs the examples of all layers, gaps aside, and what must never be called phishing, fraud or illegal.
///
/// # Errors
/// The first that does not hold.
pub fn run<'a>(
    filter: &Filter,
    layers: impl IntoIterator<Item = &'a Layer>,
    must_allow: &[Message],
) -> Result<(), SelfTestError> {
    for layer in layers {
        if let Some(example) = failing(filter, layer).find(|example| example.expect != Expect::Gap) {
            let (publisher, id) = (layer.meta.publisher.clone(), layer.meta.layer.clone());
            return Err(SelfTestError::Example { publisher, layer: id, rule: example.rule.clone() });
        }
    }
    let categories = must_allow.iter().map(|message| filter.classify(message).category());
    match categories.enumerate().find(|(_, category)| category.is_blocked()) {
        None => Ok(()),
        Some((at, category)) => Err(SelfTestError::MustAllow { number: at + 1, category: category.name() }),
    }
}

//! What may a user's own rule say? Words that all occur, and what happens then.

use super::{Condition, Effect, KeywordList, Layer, LayerKind, Meta, Op, Rule, Words};
use crate::{Text, policy::Action};
use serde::{Deserialize, Serialize};

/// A rule of the user's own. It stands above everything, the floor included; of several the first decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnRule {
    /// Names it in [`crate::Decision::row`] as `user:<id>`.
    pub id: String,
    /// Words that must all occur, 1 to [`OwnRule::MOST_WORDS`]. They are folded as messages are.
    pub words: Vec<String>,
    /// What happens then.
    pub action: Action,
}

/// Why rules of the user's own are refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OwnRuleError {
    /// Too many.
    #[error("expected at most {} rules, found {found}; remove some", OwnRule::MOST)]
    TooMany {
        /// How many.
        found: usize,
    },
    /// Too few or too many words.
    #[error("rule {number}: expected 1 to {} words, found {found}", OwnRule::MOST_WORDS)]
    Words {
        /// Number of the rule, from 1.
        number: usize,
        /// How many.
        found: usize,
    },
    /// Two of one id, or an empty one.
    #[error("rule {number}: expected an id of its own, found one that is empty or taken")]
    Id {
        /// Number of the rule, from 1.
        number: usize,
    },
}

impl OwnRule {
    /// Most rules of a user.
    pub const MOST: usize = 500;
    /// Most words of a rule.
    pub const MOST_WORDS: usize = 8;

    /// The rules as a layer, for [`crate::image::compile_user`].
    ///
    /// # Errors
    /// [`OwnRuleError`]. Words that cannot be searched for are refused when it is compiled.
    pub fn layer(rules: &[OwnRule]) -> Result<Layer, OwnRuleError> {
        if rules.len() > Self::MOST {
            return Err(OwnRuleError::TooMany { found: rules.len() });
        }
        let mut layer = Layer {
            meta: Meta {
                publisher: "user".into(),
                layer: "own".into(),
                kind: LayerKind::User,
                title: Text { zh: "我的规则".into(), en: "My rules".into() },
                ..Meta::default()
            },
            words: Words::default(),
            ..Layer::default()
        };
        for (at, rule) in rules.iter().enumerate() {
            let number = at + 1;
            if !(1..=Self::MOST_WORDS).contains(&rule.words.len()) {
                return Err(OwnRuleError::Words { number, found: rule.words.len() });
            }
            if rule.id.is_empty() || rules[..at].iter().any(|earlier| earlier.id == rule.id) {
                return Err(OwnRuleError::Id { number });
            }
            let mut ops = Vec::new();
            for word in &rule.words {
                let list = layer.words.lists.len() as u32;
                layer.words.lists.push(KeywordList { name: format!("own.{list}"), keywords: vec![word.clone()] });
                ops.push(Op::List(list, 1));
                if ops.len() > 1 {
                    ops.push(Op::And);
                }
            }
            layer.rules.push(Rule {
                id: rule.id.clone(),
                title: layer.meta.title.clone(),
                effect: Effect::Act(rule.action),
                condition: Condition(ops),
                from: None,
                until: None,
                owner: "user".into(),
                tip: Text::default(),
            });
        }
        Ok(layer)
    }
}

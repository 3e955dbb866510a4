//! What is this message? An opened image plus `classify`: immutable, shared by threads, swapped as a whole.

use crate::{
    Category, Decision, Message, Policy, Reason, SenderClass, Span, Subcategory, Verdict,
    category::RegulatoryClass,
    extract::Extracts,
    fold::Folded,
    image::{Image, ImageError, Test, op},
    matcher::{Facts, Hits},
    model::Reader,
    policy::{decide, is_floor},
    rule::condition::{TRAITS, Trait},
    score::{BIAS, Evaluation, Held, LayerScore, is_set, permille, set},
    verdict::{Flags, UserMatch},
};
use std::sync::Arc;

/// An opened image of published layers, and the user's own rules if there are any.
///
/// ```
/// fn shared<T: Send + Sync>() {}
/// shared::<smsfilter::Filter>();
/// ```
#[derive(Clone, Debug)]
pub struct Filter {
    published: Arc<Image>,
    user: Option<Arc<Image>>,
    /// A bit for each published rule that the user turned off; nothing if none.
    off: Arc<[u64]>,
    /// Whether the image's model is heard.
    model: bool,
}

/// Memory that [`Filter::assess_with`] and [`Filter::classify_with`] reuse from message to message.
#[derive(Debug, Default)]
pub struct Scratch {
    folded: Folded,
    facts: Facts,
    hits: Hits,
    evaluation: Evaluation,
    /// The same for the user's own rules.
    user_hits: Hits,
    user_evaluation: Evaluation,
    verdict: Verdict,
    /// Memory for a signature, while the verdict has none.
    signature: String,
}

/// All that was seen on the way to a verdict.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// The verdict.
    pub verdict: Verdict,
    /// The text with equivalences undone.
    pub plain: String,
    /// The same without separators between Han characters: what keywords are searched in.
    pub skeleton: String,
    /// Every rule that holds, evidence included, in order of evaluation.
    pub rules: Vec<HeldRule>,
    /// Points of each category in each layer, in the order of [`Category::ALL`] and of the image's layers.
    pub points: Vec<(String, [i32; Category::ALL.len()])>,
}

/// A published rule, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleName {
    /// Who published it.
    pub publisher: String,
    /// `topic.name`.
    pub rule: String,
    /// Its title.
    pub title: crate::Text,
    /// The user turned it off.
    pub off: bool,
}

/// A rule that holds.
#[derive(Clone, Debug)]
pub struct HeldRule {
    /// `topic.name`.
    pub rule: String,
    /// Who published it.
    pub publisher: String,
    /// Its title.
    pub title: crate::Text,
    /// What the user should do; may be empty.
    pub tip: crate::Text,
    /// Its category and points; none for evidence.
    pub points: Option<(Subcategory, i32)>,
    /// Where in the original body.
    pub spans: Vec<Span>,
}

impl Filter {
    /// A filter over published layers.
    ///
    /// # Errors
    /// [`ImageError::NoFold`] if `published` is an image of user rules: it has no fold tables.
    pub fn new(published: Image) -> Result<Filter, ImageError> {
        match published.fold() {
            Some(_) => Ok(Filter { published: Arc::new(published), user: None, off: Arc::default(), model: true }),
            None => Err(ImageError::NoFold),
        }
    }

    /// The same with the user's own rules above it.
    ///
    /// # Errors
    /// [`ImageError::FoldMismatch`] if they were compiled with other fold tables.
    pub fn with_user_rules(&self, user: Image) -> Result<Filter, ImageError> {
        if user.fold_digest() != self.published.fold_digest() {
            return Err(ImageError::FoldMismatch);
        }
        Ok(Filter { user: Some(Arc::new(user)), ..self.clone() })
    }

    /// The same without the statistical model: rules alone.
    #[must_use]
    pub fn without_model(&self) -> Filter {
        Filter { model: false, ..self.clone() }
    }

    /// The same without the user's own rules.
    #[must_use]
    pub fn without_user_rules(&self) -> Filter {
        Filter { user: None, ..self.clone() }
    }

    /// The same without these published rules, each a publisher's id and a rule's; the others are on. Unknown ones are passed
    /// over. Nothing is compiled.
    #[must_use]
    pub fn without_rules(&self, off: &[(&str, &str)]) -> Filter {
        let rules = (0..self.published.rules().len()).map(|at| (at, self.published.rule(at)));
        let mut bits = vec![0; self.published.rules().len().div_ceil(64)];
        let named = rules.filter(|(_, rule)| off.contains(&(rule.publisher(), rule.id())));
        named.for_each(|(at, _)| set(&mut bits, at));
        Filter { off: bits.into(), ..self.clone() }
    }

    /// Which published rules have a keyword that occurs in `text`, themselves or through a rule or an ask that they name: what
    /// might hide it, and whose word that is. In order of evaluation; rules without points left out.
    #[must_use]
    pub fn who(&self, text: &str) -> Vec<RuleName> {
        let image = &*self.published;
        let (mut folded, mut hits) = (Folded::default(), Hits::default());
        let Some(fold) = image.fold() else { return Vec::new() };
        fold.fold(text, &mut folded);
        hits.scan(image, &folded.skeleton, None);
        let (mut touched, mut asks, mut named) = (vec![0; image.rules().len().div_ceil(64)], 0u32, Vec::new());
        for at in 0..image.rules().len() {
            let rule = image.rule(at);
            let touches = |test: Test| match test.op {
                op::LIST | op::COUNT => hits.any(test.argument),
                op::RULE => is_set(&touched, test.argument as usize),
                op::TRAIT => asks.checked_shr(test.argument).is_some_and(|bits| bits & 1 == 1),
                _ => false,
            };
            if !rule.tests().filter(|test| test.positive).any(touches) {
                continue;
            }
            set(&mut touched, at);
            asks |= rule.ask().and_then(|ask| 1u32.checked_shl(TRAITS[ask as usize].0 as u32)).unwrap_or_default();
            if rule.points().is_some() {
                let (publisher, id) = (rule.publisher().to_owned(), rule.id().to_owned());
                named.push(RuleName { publisher, rule: id, title: rule.title(), off: is_set(&self.off, at) });
            }
        }
        named
    }

    /// The published image.
    #[must_use]
    pub fn image(&self) -> &Image {
        &self.published
    }

    /// What the scanners find in a message, for [`crate::consent::offer`].
    #[must_use]
    pub fn extracts(&self, message: &Message) -> Extracts {
        let mut folded = Folded::default();
        if let Some(fold) = self.published.fold() {
            fold.fold(&message.body, &mut folded);
        }
        Extracts::scan(&folded.plain)
    }

    /// Classifies one message.
    #[must_use]
    pub fn classify(&self, message: &Message) -> Verdict {
        self.classify_with(message, &mut Scratch::default())
    }

    /// Classifies one message, reusing memory. Equal messages get equal verdicts, whatever came before.
    #[must_use]
    pub fn classify_with(&self, message: &Message, scratch: &mut Scratch) -> Verdict {
        std::mem::take(self.judge(message, scratch, &mut |seen| seen.reasons()))
    }

    /// Classifies one message without saying why: the verdict of [`Filter::classify`], its reasons left out. This is what a
    /// receiver needs, and quicker; once the memory has grown nothing is allocated, unless a rule of the user's
    /// own holds. A policy with an exception for a rule needs the reasons.
    ///
    /// ```
    /// use smsfilter::{Action, Filter, Message, Policy, decide, filter::Scratch, fold, image, rule::Layer};
    /// // A layer that says nothing: Han characters stand for themselves.
    /// let fold = fold::encode("4E00..9FFF\than\t")?.bytes().clone();
    /// let layer = Layer { fold: Some(fold), ..Layer::default() };
    /// let bytes = image::compile(&[image::Input { layer: &layer, digest: [0; 32] }])?;
    /// let filter = Filter::new(image::Image::open(bytes.into())?)?;
    ///
    /// let (mut scratch, policy) = (Scratch::default(), Policy::preset("standard").expect("a preset"));
    /// let message = Message { body: "明天见".into(), ..Message::default() };
    /// let decision = decide(filter.assess_with(&message, &mut scratch), &message, &policy);
    /// assert_eq!(decision.action, Action::Inbox);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn assess_with<'a>(&self, message: &Message, scratch: &'a mut Scratch) -> &'a Verdict {
        self.judge(message, scratch, &mut |_| Vec::new())
    }

    /// Classifies one message and applies a policy to it.
    #[must_use]
    pub fn decide(&self, message: &Message, policy: &Policy) -> (Verdict, Decision) {
        let verdict = self.classify(message);
        let decision = decide(&verdict, message, policy);
        (verdict, decision)
    }

    /// Classifies one message and tells everything that was seen on the way.
    #[must_use]
    pub fn explain(&self, message: &Message) -> Explanation {
        let mut scratch = Scratch::default();
        let (mut rules, mut points) = (Vec::new(), Vec::new());
        let verdict = self.judge(message, &mut scratch, &mut |seen| {
            rules = seen.held.rules().map(|at| seen.rule(at)).collect();
            let layers = seen.image.layers().iter().enumerate();
            points = layers.map(|(n, layer)| (layer.meta.publisher.clone(), seen.held.points(n))).collect();
            seen.reasons()
        });
        let verdict = std::mem::take(verdict);
        let Folded { plain, skeleton, .. } = &scratch.folded;
        Explanation { verdict, plain: plain.text().to_owned(), skeleton: skeleton.text(), rules, points }
    }

    /// The one way to a verdict, which stays in `scratch`; `reasons` tells why. Compiled once, not once a caller.
    fn judge<'a>(
        &self,
        message: &Message,
        scratch: &'a mut Scratch,
        reasons: &mut dyn FnMut(&Seen<'_>) -> Vec<Reason>,
    ) -> &'a mut Verdict {
        let image = &*self.published;
        let Scratch { folded, facts, hits, evaluation, user_hits, user_evaluation, verdict, signature } = scratch;
        // An image without fold tables makes no filter.
        let Some(fold) = image.fold() else { return verdict };
        fold.fold(&message.body, folded);
        facts.read(image, message, &folded.plain);
        let model = image.model().filter(|_| self.model);
        let mut reader = model.map(Reader::new);
        hits.scan(image, &folded.skeleton, reader.as_mut());
        facts.base.traits.disguises(hits.base_tricks);
        facts.all.traits.disguises(hits.tricks);
        let mut held = Held::evaluate(image, &self.off, facts, hits, folded, evaluation);
        if let (Some(model), Some(reader)) = (model, reader) {
            held.hear(model, reader.sums(), facts);
        }
        let seen = Seen { image, hits, folded, facts, held, deciding: None };
        seen.judge(verdict, signature, reasons);
        verdict.user_rule = self.user.as_deref().and_then(|user| {
            // The user's image has one layer and hears every registry.
            facts.all.kinds = user.translate_kinds(facts.all.kinds, image);
            facts.base = facts.all;
            user_hits.scan(user, &folded.skeleton, None);
            let held = Held::evaluate(user, &[], facts, user_hits, folded, user_evaluation);
            // Of several the first: the user orders them.
            held.rules().find_map(|at| {
                let rule = user.rule(at);
                let spans = || held.spans(at, facts, user_hits, folded);
                rule.action().map(|action| UserMatch { rule: rule.id().to_owned(), action, spans: spans() })
            })
        });
        verdict
    }
}

/// All that was seen of a message.
struct Seen<'a> {
    image: &'a Image,
    hits: &'a Hits,
    folded: &'a Folded,
    facts: &'a Facts,
    held: Held<'a>,
    /// The layer whose word counts, and what it says.
    deciding: Option<LayerScore>,
}

impl Seen<'_> {
    /// Writes the verdict. `spare` is memory for a signature.
    fn judge(mut self, verdict: &mut Verdict, spare: &mut String, reasons: &mut dyn FnMut(&Self) -> Vec<Reason>) {
        let (mut base, mut blocked_evidence) = (Category::Unknown, false);
        let layers = self.held.layers().inspect(|layer| {
            base = if layer.layer == 0 { layer.category } else { base };
            blocked_evidence |= layer.category.is_blocked();
        });
        // The base speaks first. A later layer is heard where it is more severe, surer of the same, or the base knows
        // nothing: so an addition can never lower a verdict.
        let deciding = layers.reduce(|best, next| {
            let (old, new) = (best.category, next.category);
            let louder = new.is_spam() && new > old || new == old && next.points > best.points;
            if louder || (old == Category::Unknown && new != old) { next } else { best }
        });
        self.deciding = deciding;
        let LayerScore { layer, category, points } = deciding.unwrap_or_default();
        let likeliest = permille(points);
        let (facts, known) = (self.facts, category != Category::Unknown);
        let subcategory = self.held.subcategory(layer, category);
        *verdict = Verdict {
            subcategory,
            score: if known { likeliest } else { 1000 - likeliest },
            points: if known { points } else { 0 },
            reasons: reasons(&self),
            flags: flags(category, facts),
            user_rule: None,
            traits: facts.all.traits,
            // The base's word: an addition that registers a sender must not soften what happens to its messages.
            known_service: facts.base.traits.contains(Trait::SignatureOwnPort) || facts.base.kinds[2] != 0,
            base_floored: is_floor(if layer == 0 { subcategory } else { self.held.subcategory(0, base) }),
            blocked_evidence,
            suspect: self.held.is_suspect(),
            signature: renewed(verdict.signature.take(), facts.extracts.signature_name(), spare),
        };
    }

    /// What the deciding layer's points are made of, if they say anything.
    fn reasons(&self) -> Vec<Reason> {
        let known = self.deciding.filter(|deciding| deciding.category != Category::Unknown);
        let Some(LayerScore { layer, category, .. }) = known else { return Vec::new() };
        let publisher = &self.image.layers()[layer].meta.publisher;
        let reason =
            |rule: &str, points, spans| Reason { rule: rule.to_owned(), publisher: publisher.clone(), points, spans };
        let mut reasons = vec![reason("@bias", BIAS, Vec::new())];
        let model = self.held.model_points(layer, category);
        if model != 0 {
            reasons.push(reason("@model", model, Vec::new()));
        }
        let evidence = self.held.evidence(layer, category);
        reasons.extend(evidence.map(|(at, _, points)| reason(self.image.rule(at).id(), points, self.spans(at))));
        reasons
    }

    fn rule(&self, at: usize) -> HeldRule {
        let rule = self.image.rule(at);
        HeldRule {
            rule: rule.id().to_owned(),
            publisher: rule.publisher().to_owned(),
            title: rule.title(),
            tip: rule.tip(),
            points: rule.points(),
            spans: self.spans(at),
        }
    }

    fn spans(&self, at: usize) -> Vec<Span> {
        self.held.spans(at, self.facts, self.hits, self.folded)
    }
}

/// Replaces a text, keeping its memory in `spare` while there is none.
fn renewed(old: Option<String>, new: Option<&str>, spare: &mut String) -> Option<String> {
    let mut text = old.unwrap_or_else(|| std::mem::take(spare));
    text.clear();
    match new {
        Some(new) => {
            text.push_str(new);
            Some(text)
        }
        None => {
            *spare = text;
            None
        }
    }
}

fn flags(category: Category, facts: &Facts) -> Flags {
    let has = |item| facts.all.traits.contains(item);
    let commercial = category.regulatory() == Some(RegulatoryClass::Commercial);
    let from_port = facts.class == SenderClass::Port;
    Flags {
        no_opt_out: commercial && !has(Trait::OptOut),
        no_signature: (commercial || from_port) && !has(Trait::Signature),
        advert_in_service_port: commercial && facts.service_port,
        spoof_suspected: facts.base.foreign_port || facts.warns_with_link,
    }
}

//! What is this message? An opened image plus `classify`: immutable, shared by threads, swapped as a whole.

use crate::{
    Category, Decision, Message, Policy, Reason, SenderClass, Span, Subcategory, Verdict,
    category::RegulatoryClass,
    fold::Folded,
    image::{Image, ImageError},
    matcher::{Facts, Hits},
    policy::{decide, is_floor},
    rule::condition::Trait,
    score::{BIAS, Held, permille},
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
}

/// Memory that [`Filter::classify_with`] reuses from message to message.
#[derive(Debug, Default)]
pub struct Scratch {
    folded: Folded,
    hits: Hits,
    user_hits: Hits,
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
            Some(_) => Ok(Filter { published: Arc::new(published), user: None }),
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
        Ok(Filter { published: Arc::clone(&self.published), user: Some(Arc::new(user)) })
    }

    /// The published image.
    #[must_use]
    pub fn image(&self) -> &Image {
        &self.published
    }

    /// Classifies one message.
    #[must_use]
    pub fn classify(&self, message: &Message) -> Verdict {
        self.classify_with(message, &mut Scratch::default())
    }

    /// Classifies one message, reusing memory. Equal messages get equal verdicts, whatever came before.
    #[must_use]
    pub fn classify_with(&self, message: &Message, scratch: &mut Scratch) -> Verdict {
        self.judge(message, scratch, |_, _, _| ())
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
        let verdict = self.judge(message, &mut scratch, |held, facts, work: &Work<'_>| {
            rules = held.rules().map(|at| held_rule(work.image, held, at, facts, work)).collect();
            let layers = work.image.layers().iter().enumerate();
            points = layers.map(|(n, layer)| (layer.meta.publisher.clone(), held.points(n))).collect();
        });
        let Folded { plain, skeleton, .. } = &scratch.folded;
        Explanation { verdict, plain: plain.text().to_owned(), skeleton: skeleton.text().to_owned(), rules, points }
    }

    fn judge(
        &self,
        message: &Message,
        scratch: &mut Scratch,
        see: impl FnOnce(&Held<'_>, &Facts, &Work<'_>),
    ) -> Verdict {
        let image = &*self.published;
        let Some(fold) = image.fold() else { return Verdict::default() };
        fold.fold(&message.body, &mut scratch.folded);
        let mut facts = Facts::read(image, message, &scratch.folded.plain);
        scratch.hits.scan(image, &scratch.folded.skeleton);
        facts.base.traits.disguises(scratch.hits.base_tricks);
        facts.all.traits.disguises(scratch.hits.tricks);
        let held = Held::evaluate(image, &mut facts, &scratch.hits, &scratch.folded);
        let work = Work { image, hits: &scratch.hits, folded: &scratch.folded };
        let mut verdict = verdict(&held, &facts, &work);
        see(&held, &facts, &work);
        verdict.user_rule = self.user.as_deref().and_then(|user| {
            // The user's image has one layer and hears every registry.
            facts.all.kinds = user.translate_kinds(facts.all.kinds, image);
            facts.base = facts.all;
            scratch.user_hits.scan(user, &scratch.folded.skeleton);
            let work = Work { image: user, hits: &scratch.user_hits, folded: &scratch.folded };
            let held = Held::evaluate(user, &mut facts, work.hits, work.folded);
            // Of several the first: the user orders them.
            held.rules().find_map(|at| {
                let rule = user.rule(at);
                let spans = || held.spans(at, &facts, work.hits, work.folded);
                rule.action().map(|action| UserMatch { rule: rule.id().to_owned(), action, spans: spans() })
            })
        });
        verdict
    }
}

/// What rules are evaluated over.
struct Work<'a> {
    image: &'a Image,
    hits: &'a Hits,
    folded: &'a Folded,
}

fn held_rule(image: &Image, held: &Held<'_>, at: usize, facts: &Facts, work: &Work<'_>) -> HeldRule {
    let rule = image.rule(at);
    HeldRule {
        rule: rule.id().to_owned(),
        publisher: rule.publisher().to_owned(),
        title: rule.title(),
        tip: rule.tip(),
        points: rule.points(),
        spans: held.spans(at, facts, work.hits, work.folded),
    }
}

fn verdict(held: &Held<'_>, facts: &Facts, work: &Work<'_>) -> Verdict {
    let layers: Vec<_> = held.layers().collect();
    // The base speaks first. A later layer is heard where it is more severe, surer of the same, or the base knows nothing:
    // so an addition can never lower a verdict.
    let deciding = layers.iter().reduce(|best, next| {
        let (old, new) = (best.subcategory.category, next.subcategory.category);
        let louder = new.is_spam() && new > old || new == old && next.points > best.points;
        if louder || (old == Category::Unknown && new != old) { next } else { best }
    });
    let Some(deciding) = deciding else { return Verdict::default() };
    let category = deciding.subcategory.category;
    let mut reasons = Vec::new();
    if category != Category::Unknown {
        let publisher = &work.image.layers()[deciding.layer].meta.publisher;
        reasons.push(Reason { rule: "@bias".into(), publisher: publisher.clone(), points: BIAS, spans: Vec::new() });
        for at in held.rules() {
            let rule = work.image.rule(at);
            let Some((subcategory, points)) = rule.points() else { continue };
            if rule.layer() == deciding.layer && subcategory.category == category {
                let spans = held.spans(at, facts, work.hits, work.folded);
                reasons.push(Reason { rule: rule.id().to_owned(), publisher: publisher.clone(), points, spans });
            }
        }
    }
    let likeliest = permille(deciding.points);
    // The base's word: an addition that registers a sender must not soften what happens to its messages.
    let known_service = facts.base.traits.contains(Trait::SignatureOwnPort) || facts.base.kinds[2] != 0;
    Verdict {
        subcategory: deciding.subcategory,
        score: if category == Category::Unknown { 1000 - likeliest } else { likeliest },
        points: reasons.iter().map(|reason| reason.points).sum(),
        reasons,
        flags: flags(category, facts),
        user_rule: None,
        traits: facts.all.traits,
        known_service,
        base_floored: layers.first().is_some_and(|base| is_floor(base.subcategory)),
        blocked_evidence: layers.iter().any(|layer| layer.subcategory.category.is_blocked()),
        signature: facts.extracts.signature.as_ref().map(|signature| signature.name.clone()),
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

//! What must the engine say? A second, naive implementation of everything from the folded text to the verdict.
//!
//! It shares no code with the engine: it reads `fold.tsv` and the source [`Layer`], looks for every keyword at every
//! place, walks conditions as trees, and has the thresholds written out again. Slow on purpose, and easy to believe.
//! It has no scanners for links, numbers and signatures: what those found can be [`Given`], but for hosts.
//! [`Oracle::reach`] says of which rules it can speak.

mod fold;
mod judgement;
mod score;

pub use fold::Table;
pub use judgement::{Held, Judgement, Reason};

use fold::Char;
use regex_lite::Regex;
use smsfilter::{
    Message, Sender, SenderClass, Span,
    rule::{Effect, Layer, Op, Rule, Trait, condition::Traits},
};
use std::collections::BTreeSet;

/// Senders with their class, by hand.
pub const SENDERS: [(&str, SenderClass); 7] = [
    ("", SenderClass::None),
    ("13800000000", SenderClass::Mobile),
    ("17000000000", SenderClass::Virtual),
    ("1069000000001", SenderClass::Port),
    ("95588", SenderClass::Enterprise),
    ("10086", SenderClass::Carrier),
    ("BANK", SenderClass::Alphanumeric),
];

const LONGEST_KEYWORD: usize = 32;
const MOST_FORMS: usize = 64;

/// Layers, the base first, ready to judge by.
#[derive(Debug)]
pub struct Oracle<'a> {
    table: &'a Table,
    layers: &'a [Layer],
    /// By layer, list and keyword: every form that is looked for.
    forms: Vec<Vec<Vec<BTreeSet<String>>>>,
    /// By layer: registered signatures, folded, with their kinds.
    signatures: Vec<Vec<(String, &'a str)>>,
    /// By layer.
    patterns: Vec<Vec<Regex>>,
}

/// What the engine's scanners found, taken for granted.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// Links, numbers and the like, and asks that stand on hosts.
    pub traits: Traits,
    /// The name in the brackets.
    pub signature: Option<String>,
}

/// How much the oracle can say of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// Nothing.
    Nothing,
    /// Whether it holds, given what the scanners found.
    Holds,
    /// And where.
    Spans,
}

/// What is known of a message before rules are asked.
struct Seen<'a> {
    given: Given,
    message: &'a Message,
    class: SenderClass,
    day: Option<i64>,
    plain: Vec<Char>,
    /// By layer, list and keyword: where it occurs.
    hits: Vec<Vec<Vec<Vec<Span>>>>,
    /// How the keywords of each layer were hidden.
    tricks: Vec<u8>,
}

/// A rule once it was asked: whether it holds, and which code points of the body speak for it.
#[derive(Default)]
struct Answer {
    holds: bool,
    marked: Vec<bool>,
}

impl<'a> Oracle<'a> {
    /// Expands aliases. `None` if a keyword has too many forms, or one that is too long or empty: nobody compiles that.
    #[must_use]
    pub fn new(table: &'a Table, layers: &'a [Layer]) -> Option<Oracle<'a>> {
        let mut forms = Vec::new();
        for layer in layers {
            let keywords = |list: &smsfilter::rule::KeywordList| {
                list.keywords.iter().map(|keyword| expand(table, layer, keyword)).collect::<Option<Vec<_>>>()
            };
            forms.push(layer.words.lists.iter().map(keywords).collect::<Option<Vec<_>>>()?);
        }
        let signatures = layers.iter().map(|layer| {
            let entries = layer.registries.signatures.iter();
            entries.map(|entry| (table.keyword(&entry.name), entry.kind.as_str())).collect()
        });
        let patterns = layers.iter().map(|layer| {
            let sources = layer.words.patterns.iter();
            sources.map(|pattern| Regex::new(&pattern.regex).expect("a regular expression")).collect()
        });
        Some(Oracle { table, layers, forms, signatures: signatures.collect(), patterns: patterns.collect() })
    }

    /// Judges a message from one of [`SENDERS`].
    ///
    /// # Panics
    /// With another sender.
    #[must_use]
    pub fn judge(&self, message: &Message, given: Given) -> Judgement {
        let plain = self.table.plain(&message.body);
        let skeleton = self.table.skeleton(&plain);
        let seen = self.look(message, given, plain, &skeleton);
        let answers = self.ask(&seen);
        let held: Vec<(usize, &Rule, Held)> = (0..)
            .zip(self.layers)
            .zip(&answers)
            .flat_map(|((number, layer), answers)| {
                let rules = layer.rules.iter().zip(answers).filter(|(_, answer)| answer.holds);
                rules.map(move |(rule, answer)| {
                    let (publisher, id) = (layer.meta.publisher.clone(), rule.id.clone());
                    (number, rule, Held { publisher, rule: id, spans: runs(&answer.marked) })
                })
            })
            .collect();
        let points = (0..self.layers.len()).map(|n| {
            let of_layer = held.iter().filter(|(layer, ..)| *layer == n);
            score::LayerPoints::of(of_layer.filter_map(|(_, rule, _)| match rule.effect {
                Effect::Points { category, points } => Some((category, i32::from(points))),
                _ => None,
            }))
        });
        let layers: Vec<score::LayerPoints> = points.collect();
        let deciding = score::deciding(&layers);
        let (subcategory, score) = (layers[deciding].subcategory(), layers[deciding].score());
        let mut reasons = Vec::new();
        if score::is_known(subcategory) {
            reasons.push(Reason { rule: "@bias".into(), points: score::BIAS, spans: Vec::new() });
            for (_, rule, held) in held.iter().filter(|(layer, ..)| *layer == deciding) {
                if let Effect::Points { category, points } = rule.effect
                    && category.category == subcategory.category
                {
                    let (id, spans) = (rule.id.clone(), held.spans.clone());
                    reasons.push(Reason { rule: id, points: points.into(), spans });
                }
            }
        }
        Judgement {
            plain: fold::text(&seen.plain),
            skeleton: fold::text(&skeleton),
            subcategory,
            score,
            points: reasons.iter().map(|reason| reason.points).sum(),
            reasons,
            held: held.into_iter().map(|(.., held)| held).collect(),
            layers: layers.into_iter().map(|layer| layer.points).collect(),
        }
    }

    /// How much of what a rule stands on the oracle understands.
    #[must_use]
    pub fn reach(&self, layer: usize, rule: usize) -> Reach {
        let of = |op: &Op| match op {
            Op::Domain(_) => Reach::Nothing,
            Op::Signature(_) | Op::Sender(_) => Reach::Holds,
            Op::Rule(earlier) => self.reach(layer, *earlier as usize),
            Op::Trait(item) if self.is_given(*item) => Reach::Holds,
            Op::Trait(item) => {
                let heard = self.asking(*item).filter(|&ask| layer > 0 || ask < rule);
                heard.map(|ask| self.reach(0, ask)).min().unwrap_or(Reach::Spans)
            }
            _ => Reach::Spans,
        };
        self.layers[layer].rules[rule].condition.0.iter().map(of).min().unwrap_or(Reach::Nothing)
    }

    /// Whether a trait is what scanners found, or an ask whose rule is beyond the oracle.
    fn is_given(&self, item: Trait) -> bool {
        let beyond = self.asking(item).any(|ask| !self.understands(0, ask));
        beyond || trick(item).is_none() && ask(item).is_none()
    }

    /// Whether a rule stands on nothing that can neither be judged nor given.
    fn understands(&self, layer: usize, rule: usize) -> bool {
        self.layers[layer].rules[rule].condition.0.iter().all(|op| match op {
            Op::Domain(_) => false,
            Op::Rule(earlier) => self.understands(layer, *earlier as usize),
            _ => true,
        })
    }

    /// Rules of the base that define this ask. One that scores is no ask.
    fn asking(&self, item: Trait) -> impl Iterator<Item = usize> {
        let asks = self.layers[0].rules.iter().enumerate().filter(|(_, rule)| rule.effect == Effect::Evidence);
        asks.filter(move |(_, rule)| ask(item).is_some_and(|id| rule.id == id)).map(|(n, _)| n)
    }

    fn look<'m>(&self, message: &'m Message, given: Given, plain: Vec<Char>, skeleton: &[Char]) -> Seen<'m> {
        let text = fold::text(skeleton);
        // What begins with none of them is not looked for: as naive as it is, the oracle should end.
        let letters: BTreeSet<char> = text.chars().collect();
        let mut tricks = Vec::new();
        let mut hits = Vec::new();
        for lists in &self.forms {
            let mut of_layer = 0;
            let mut find = |forms: &BTreeSet<String>| {
                let mut spans = Vec::new();
                let possible = forms.iter().filter(|form| form.starts_with(|first| letters.contains(&first)));
                for at in possible.flat_map(|form| occurrences(&text, form)) {
                    let word = &skeleton[at];
                    of_layer |= fold::tricks(word);
                    spans.push(Span { start: word[0].start, end: word[word.len() - 1].end });
                }
                spans
            };
            hits.push(lists.iter().map(|list| list.iter().map(&mut find).collect()).collect());
            tricks.push(of_layer);
        }
        let sender = SENDERS.iter().find(|row| Sender::parse(row.0) == message.sender).expect("one of SENDERS");
        let local = |ms: i64| (ms + 60_000 * i64::from(message.utc_offset_min)).div_euclid(86_400_000);
        Seen { given, plain, message, class: sender.1, day: message.received_at.map(local), hits, tricks }
    }

    /// Asks every rule of every layer, in order: a rule may stand on those before it, and on the base's asks.
    fn ask(&self, seen: &Seen<'_>) -> Vec<Vec<Answer>> {
        let mut answers: Vec<Vec<Answer>> = Vec::new();
        for (number, layer) in self.layers.iter().enumerate() {
            answers.push(Vec::new());
            for rule in &layer.rules {
                let mut node = Node { oracle: self, seen, layer: number, answers: &answers, rest: &rule.condition.0 };
                let mut marked = vec![false; seen.message.body.chars().count()];
                let holds = node.holds(true, &mut marked) && is_on(rule, seen.day);
                answers[number].push(Answer { holds, marked });
            }
        }
        answers
    }
}

/// A condition, read from its end: the last operation is the root of the tree.
struct Node<'n> {
    oracle: &'n Oracle<'n>,
    seen: &'n Seen<'n>,
    layer: usize,
    answers: &'n [Vec<Answer>],
    rest: &'n [Op],
}

impl Node<'_> {
    /// Whether it holds. Marks what speaks for it, if it does not stand under a negation.
    fn holds(&mut self, positive: bool, marked: &mut Vec<bool>) -> bool {
        let (op, rest) = self.rest.split_last().expect("a condition that is well formed");
        self.rest = rest;
        let mut mark = |spans: &mut dyn Iterator<Item = Span>| {
            for span in spans.filter(|_| positive) {
                marked[span.start as usize..span.end as usize].fill(true);
            }
        };
        match op {
            Op::List(list, least) => {
                let keywords = &self.seen.hits[self.layer][*list as usize];
                mark(&mut keywords.iter().flatten().copied());
                keywords.iter().filter(|spans| !spans.is_empty()).count() >= usize::from(*least).max(1)
            }
            Op::Rule(earlier) => {
                let answer = &self.answers[self.layer][*earlier as usize];
                mark(&mut answer.spans().into_iter());
                answer.holds
            }
            Op::Trait(item) => {
                let layers = if self.layer == 0 { 1 } else { self.seen.tricks.len() };
                let hidden = self.seen.tricks[..layers].iter().any(|&all| trick(*item).is_some_and(|t| all & t != 0));
                // The base's own rules hear an ask only once it has been asked.
                let asked = self.oracle.asking(*item).filter_map(|rule| self.answers[0].get(rule));
                let asked: Vec<&Answer> = asked.filter(|answer| answer.holds).collect();
                mark(&mut asked.iter().flat_map(|answer| answer.spans()));
                let given = self.oracle.is_given(*item) && self.seen.given.traits.contains(*item);
                hidden || given || !asked.is_empty()
            }
            Op::From(class) => self.seen.class == *class,
            Op::Not => !self.holds(!positive, marked),
            Op::And | Op::Or => {
                let (b, a) = (self.holds(positive, marked), self.holds(positive, marked));
                if *op == Op::And { a && b } else { a || b }
            }
            Op::Pattern(pattern) => {
                let plain = fold::text(&self.seen.plain);
                let found = self.oracle.patterns[self.layer][*pattern as usize].find(&plain);
                let at = |bytes: usize| plain[..bytes].chars().count();
                let chars = found.map_or(&[][..], |found| &self.seen.plain[at(found.start())..at(found.end())]);
                mark(
                    &mut chars.first().zip(chars.last()).map(|(a, z)| Span { start: a.start, end: z.end }).into_iter(),
                );
                found.is_some()
            }
            Op::Signature(kind) => {
                let name = self.seen.given.signature.as_ref().map(|name| self.oracle.table.keyword(name));
                let mut known = self.oracle.signatures[self.layer].iter();
                known.any(|entry| entry.1 == kind && Some(&entry.0) == name.as_ref())
            }
            Op::Sender(kind) => {
                let number = self.seen.message.sender.number();
                let mut known = self.oracle.layers[self.layer].registries.senders.iter();
                known.any(|entry| entry.kind == *kind && entry.number == number)
            }
            // Beyond the oracle; `reach` says so.
            Op::Domain(_) => false,
        }
    }
}

impl Answer {
    /// What a rule that holds hands on to those that name it.
    fn spans(&self) -> Vec<Span> {
        if self.holds { runs(&self.marked) } else { Vec::new() }
    }
}

/// Both days inclusive; a dated rule is off when the day is not known.
fn is_on(rule: &Rule, day: Option<i64>) -> bool {
    match (rule.from, rule.until, day) {
        (None, None, _) => true,
        (_, _, None) => false,
        (from, until, Some(day)) => {
            from.is_none_or(|from| i64::from(from) <= day) && until.is_none_or(|until| day <= i64::from(until))
        }
    }
}

fn trick(item: Trait) -> Option<u8> {
    match item {
        Trait::DisguiseZeroWidth => Some(fold::ZERO_WIDTH),
        Trait::DisguiseSeparator => Some(fold::SEPARATOR),
        Trait::DisguiseLookAlike => Some(fold::LOOK_ALIKE),
        Trait::DisguiseSplit => Some(fold::SPLIT),
        _ => None,
    }
}

fn ask(item: Trait) -> Option<&'static str> {
    match item {
        Trait::AskLink => Some("ask.link"),
        Trait::AskContact => Some("ask.contact"),
        Trait::AskReply => Some("ask.reply"),
        Trait::AskTransfer => Some("ask.transfer"),
        _ => None,
    }
}

/// A keyword as written, and with every alias of its layer, in their order, put for its word.
fn expand(table: &Table, layer: &Layer, keyword: &str) -> Option<BTreeSet<String>> {
    let mut forms = BTreeSet::from([table.keyword(keyword)]);
    for alias in &layer.words.aliases {
        let word = table.keyword(&alias.word);
        for form in forms.clone().iter().filter(|form| !word.is_empty() && form.contains(&word)) {
            forms.extend(alias.forms.iter().map(|other| form.replace(&word, &table.keyword(other))));
        }
        if forms.len() > MOST_FORMS || forms.iter().any(|form| form.chars().count() > 8 * LONGEST_KEYWORD) {
            return None;
        }
    }
    // What an alias put in may complete a character.
    let forms: BTreeSet<String> = forms.iter().map(|form| table.keyword(form)).collect();
    forms.iter().all(|form| (1..=LONGEST_KEYWORD).contains(&form.chars().count())).then_some(forms)
}

/// Where a word occurs in a text, overlapping itself too, in characters.
fn occurrences<'t>(text: &'t str, word: &'t str) -> impl Iterator<Item = std::ops::Range<usize>> + 't {
    let length = word.chars().count();
    let starts = text.char_indices().enumerate();
    starts.filter(move |(_, (byte, _))| text[*byte..].starts_with(word)).map(move |(at, _)| at..at + length)
}

/// Marked code points that touch, as spans.
fn runs(marked: &[bool]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for (at, _) in (0u32..).zip(marked).filter(|(_, marked)| **marked) {
        match spans.last_mut() {
            Some(last) if last.end == at => last.end += 1,
            _ => spans.push(Span { start: at, end: at + 1 }),
        }
    }
    spans
}

//! Layers → image. The compiler is the validator: what it does not understand it refuses.

use super::{
    Cold, DOMAIN, ENTRY_WORDS, HEADER, LayerInfo, MAGIC, NO_DAY, RULE_WORDS, SECTIONS, SENDER, SIGNATURE, Section,
    condition::{self, Node},
    keywords::{Keywords, MAX_FORMS},
    op, registry_key,
    triggers::{self, Cues},
};
use crate::{
    ENGINE_VERSION, Text,
    bundle::{Bundle, wire},
    dictionary::{Full, MAX_KEYWORD},
    fold::{FoldError, FoldTable},
    model::{Model, ModelError},
    rule::{Condition, Effect, Layer, LayerKind, Op, condition::TRAITS},
};
use fst::raw;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};

/// A layer to compile, with the SHA-256 of the bundle it came from.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The layer.
    pub layer: &'a Layer,
    /// Of the whole bundle file.
    pub digest: [u8; 32],
}

impl<'a> From<&'a Bundle> for Input<'a> {
    fn from(bundle: &'a Bundle) -> Self {
        Input { layer: &bundle.layer, digest: bundle.digest }
    }
}

/// Why layers do not make an image.
#[derive(Debug, thiserror::Error)]
pub enum CompileError {
    /// An image of published layers has exactly one base layer, an image of user rules exactly one user layer.
    #[error("expected exactly one {expected} layer, found {found}: install one")]
    Layers {
        /// What was wanted.
        expected: &'static str,
        /// How many there were.
        found: usize,
    },
    /// The base layer's fold tables do not read.
    #[error("the fold tables of the base layer do not read: {0}")]
    Fold(#[from] FoldError),
    /// A keyword folds to nothing or to too much.
    #[error("keyword {number} of list `{list}` folds to {found} characters; expected 1 to {MAX_KEYWORD}: change it")]
    Keyword {
        /// The list's name.
        list: String,
        /// Its position in the list, 0-based.
        number: usize,
        /// Its length.
        found: usize,
    },
    /// Aliases multiply.
    #[error("keyword {number} of list `{list}` has over {MAX_FORMS} forms: shorten its aliases")]
    Forms {
        /// The list's name.
        list: String,
        /// Its position in the list, 0-based.
        number: usize,
    },
    /// A condition that no bundle may hold.
    #[error(
        "the condition of rule `{rule}` is not well-formed, or names a list, pattern or earlier rule that is not there: change it"
    )]
    Condition {
        /// The rule's id.
        rule: String,
    },
    /// The model of the base layer does not read, or computes other than when it was trained.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// The keywords do not fit a dictionary.
    #[error("{0}: split the layer")]
    Dictionary(Full),
    /// A table outgrows the format.
    #[error("{0} exceed what an image can hold: split the layer")]
    TooLarge(&'static str),
}

impl CompileError {
    /// Stable, for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            CompileError::Layers { .. } => "layers",
            CompileError::Fold(_) => "fold",
            CompileError::Condition { .. } => "condition",
            CompileError::Model(error) => error.code(),
            CompileError::Keyword { .. } => "keyword",
            CompileError::Forms { .. } => "forms",
            CompileError::Dictionary(_) | CompileError::TooLarge(_) => "too-large",
        }
    }
}

/// Compiles one base layer and any additions.
///
/// # Errors
/// [`CompileError`] as its variants say.
pub fn compile(inputs: &[Input<'_>]) -> Result<Vec<u8>, CompileError> {
    let mut inputs = inputs.to_vec();
    // The base first, whatever the order of installation: its asks are what the others see.
    inputs.sort_by(|a, b| key(a.layer).cmp(&key(b.layer)));
    let bases = inputs.iter().filter(|input| input.layer.meta.kind == LayerKind::Base).count();
    let users = inputs.iter().filter(|input| input.layer.meta.kind == LayerKind::User).count();
    let (1, 0, Some(fold)) = (bases, users, inputs.first().and_then(|base| base.layer.fold.clone())) else {
        return Err(CompileError::Layers { expected: "base", found: bases + users });
    };
    Compiler::new(&FoldTable::parse(fold.clone())?).run(&inputs, &fold)
}

/// Compiles the user's own rules, folding their keywords as the published image does.
///
/// # Errors
/// [`CompileError`] as its variants say.
pub fn compile_user(input: Input<'_>, fold: &FoldTable) -> Result<Vec<u8>, CompileError> {
    if input.layer.meta.kind != LayerKind::User {
        return Err(CompileError::Layers { expected: "user", found: 0 });
    }
    Compiler::new(fold).run(&[input], &[])
}

fn key(layer: &Layer) -> (u8, &str, &str) {
    (layer.meta.kind as u8, &layer.meta.publisher, &layer.meta.layer)
}

struct Compiler<'a> {
    fold: &'a FoldTable,
    keywords: Keywords,
    patterns: Vec<String>,
    kinds: [BTreeMap<String, u32>; 3],
    /// What the base layer says of a key, and what all layers say: kinds and ports.
    registry: BTreeMap<Vec<u8>, [(u64, String); 2]>,
    base_lists: u32,
    rules: Vec<u32>,
    code: Vec<u32>,
    /// What each rule is looked at for.
    cues: Vec<Option<Cues>>,
    strings: Vec<u8>,
    interned: BTreeMap<String, u32>,
}

impl<'a> Compiler<'a> {
    fn new(fold: &'a FoldTable) -> Self {
        Compiler {
            fold,
            keywords: Keywords::default(),
            patterns: Vec::new(),
            // Bit 0 of the domain kinds is SHORT_LINK.
            kinds: [BTreeMap::new(), BTreeMap::from([("short".to_owned(), 0)]), BTreeMap::new()],
            registry: BTreeMap::new(),
            base_lists: 0,
            rules: Vec::new(),
            code: Vec::new(),
            cues: Vec::new(),
            strings: Vec::new(),
            interned: BTreeMap::new(),
        }
    }

    fn run(mut self, inputs: &[Input<'_>], fold: &[u8]) -> Result<Vec<u8>, CompileError> {
        for (number, input) in (0u32..).zip(inputs) {
            self.layer(number, input.layer)?;
        }
        let layers = inputs.iter().map(|i| LayerInfo { meta: i.layer.meta.clone(), digest: i.digest }).collect();
        let model = inputs.first().and_then(|base| base.layer.model.clone()).unwrap_or_default();
        if !model.is_empty() {
            Model::parse(model.clone())?.self_test(self.fold, &inputs[0].layer.canaries)?;
        }
        let cold = Cold {
            layers,
            patterns: std::mem::take(&mut self.patterns),
            lists: self.keywords.lists,
            base_lists: self.base_lists,
            kinds: std::mem::take(&mut self.kinds).map(|kinds| {
                let mut names: Vec<(String, u32)> = kinds.into_iter().collect();
                names.sort_by_key(|kind| kind.1);
                names.into_iter().map(|kind| kind.0).collect()
            }),
            fold: Sha256::digest(self.fold.bytes()).into(),
        };
        let (registry, entries) = self.registry()?;
        let triggers = triggers::words(std::mem::take(&mut self.cues), self.keywords.lists);
        let (dictionary, postings) = std::mem::take(&mut self.keywords).finish()?;
        // In the order of `Section`; each is let go as soon as it is written.
        let mut image = Assembly::new();
        image.add(&wire::encode(&cold))?;
        image.add(fold)?;
        image.add(&dictionary)?;
        drop(dictionary);
        image.add(&postings)?;
        image.words(&self.rules)?;
        image.words(&self.code)?;
        image.words(&triggers)?;
        image.add(&registry)?;
        image.words(&entries)?;
        image.add(&self.strings)?;
        image.add(&model)?;
        Ok(image.finish())
    }

    fn layer(&mut self, number: u32, layer: &Layer) -> Result<(), CompileError> {
        let (first_list, first_pattern) = (self.keywords.lists, self.patterns.len() as u32);
        let first_rule = (self.rules.len() / RULE_WORDS) as u32;
        for rule in &layer.rules {
            for op in &rule.condition.0 {
                if let Op::List(list, 2..) = op {
                    self.keywords.counted.insert(first_list + list);
                }
            }
        }
        self.keywords.add(&layer.words, self.fold)?;
        let of_base = layer.meta.kind != LayerKind::Addition;
        if of_base {
            self.base_lists = self.keywords.lists;
        }
        self.patterns.extend(layer.words.patterns.iter().map(|pattern| pattern.regex.clone()));
        for entry in &layer.registries.signatures {
            let name = self.fold.keyword(&entry.name);
            self.register(of_base, SIGNATURE, &name, &entry.kind, &entry.ports.join(","))?;
        }
        for entry in &layer.registries.domains {
            self.register(of_base, DOMAIN, &entry.host, &entry.kind, "")?;
        }
        for entry in &layer.registries.senders {
            self.register(of_base, SENDER, &entry.number, &entry.kind, "")?;
        }
        for (at, rule) in layer.rules.iter().enumerate() {
            let (packed, points) = match rule.effect {
                Effect::Evidence => (asked(layer.meta.kind, &rule.id) << 24, 0),
                Effect::Points { category, points } => {
                    (category.category as u32 | u32::from(category.index) << 8 | 1 << 16, i32::from(points))
                }
                Effect::Act(action) => (action as u32 | 2 << 16, 0),
            };
            let condition = (rule.condition.is_well_formed() && refers(layer, at, &rule.condition))
                .then(|| self.condition(&rule.condition, first_list, first_pattern, first_rule))
                .ok_or_else(|| CompileError::Condition { rule: rule.id.clone() })??;
            let start = self.code.len();
            self.cues.push(triggers::cues(&condition, &self.cues));
            self.code.extend(condition.words()?);
            let length = self.code.len() - start;
            let Text { zh: title_zh, en: title_en } = &rule.title;
            let Text { zh: tip_zh, en: tip_en } = &rule.tip;
            let record = [
                number,
                packed,
                points as u32,
                rule.from.unwrap_or(NO_DAY) as u32,
                rule.until.unwrap_or(NO_DAY) as u32,
                start as u32,
                length as u32,
                self.string(&rule.id)?,
                self.string(title_zh)?,
                self.string(title_en)?,
                self.string(tip_zh)?,
                self.string(tip_en)?,
            ];
            self.rules.extend(record);
        }
        Ok(())
    }

    fn condition(
        &mut self,
        Condition(ops): &Condition,
        list: u32,
        pattern: u32,
        rule: u32,
    ) -> Result<Node, CompileError> {
        let numbers = [self.keywords.lists as usize, self.patterns.len(), self.rules.len() / RULE_WORDS];
        if ops.len() > condition::MOST || numbers.iter().any(|&n| n >= 1 << 24) || self.code.len() >= 1 << 30 {
            return Err(CompileError::TooLarge("conditions"));
        }
        let mut stack: Vec<Node> = Vec::new();
        for step in ops {
            let test = |code: u32, argument: u32| Node::Test(code | argument << 8, 0);
            let mut pop = || stack.pop().expect("the condition is well-formed");
            let node = match step {
                Op::List(n, 0 | 1) => test(op::LIST, list + n),
                Op::List(n, least) => Node::Test(op::COUNT | (list + n) << 8, *least),
                Op::Pattern(n) => test(op::PATTERN, pattern + n),
                Op::Rule(n) => test(op::RULE, rule + n),
                Op::Trait(item) => test(op::TRAIT, *item as u32),
                Op::From(class) => test(op::FROM, *class as u32),
                Op::Signature(kind) => test(op::SIGNATURE, self.kind(op::SIGNATURE, kind)?),
                Op::Domain(kind) => test(op::DOMAIN, self.kind(op::DOMAIN, kind)?),
                Op::Sender(kind) => test(op::SENDER, self.kind(op::SENDER, kind)?),
                Op::Not => Node::Not(Box::new(pop())),
                Op::And | Op::Or => {
                    let (right, left) = (pop(), pop());
                    if *step == Op::And { left.and(right) } else { left.or(right) }
                }
            };
            stack.push(node);
        }
        Ok(stack.pop().expect("the condition is well-formed"))
    }

    /// The bit of a kind in its register; at most 64 kinds each.
    fn kind(&mut self, code: u32, kind: &str) -> Result<u32, CompileError> {
        let kinds = &mut self.kinds[(code - op::SIGNATURE) as usize];
        let next = kinds.len() as u32;
        let bit = *kinds.entry(kind.to_owned()).or_insert(next);
        if bit < 64 { Ok(bit) } else { Err(CompileError::TooLarge("kinds of one registry")) }
    }

    fn register(
        &mut self,
        of_base: bool,
        register: u8,
        name: &str,
        kind: &str,
        ports: &str,
    ) -> Result<(), CompileError> {
        let code = match register {
            SIGNATURE => op::SIGNATURE,
            DOMAIN => op::DOMAIN,
            _ => op::SENDER,
        };
        let bit = self.kind(code, kind)?;
        let mut key = Vec::new();
        registry_key(register, name, &mut key);
        let [base, all] = self.registry.entry(key).or_default();
        for (kinds, known) in [Some(all), of_base.then_some(base)].into_iter().flatten() {
            *kinds |= 1 << bit;
            if !ports.is_empty() {
                known.push_str(if known.is_empty() { "" } else { "," });
                known.push_str(ports);
            }
        }
        Ok(())
    }

    fn string(&mut self, text: &str) -> Result<u32, CompileError> {
        if let Some(&at) = self.interned.get(text) {
            return Ok(at);
        }
        let at = self.strings.len() as u32;
        let length = u16::try_from(text.len()).map_err(|_| CompileError::TooLarge("texts"))?;
        self.strings.extend(length.to_le_bytes());
        self.strings.extend(text.as_bytes());
        self.interned.insert(text.to_owned(), at);
        Ok(at)
    }

    fn registry(&mut self) -> Result<(Vec<u8>, Vec<u32>), CompileError> {
        let mut entries = Vec::new();
        // Most names say one of few things.
        let mut numbers = HashMap::new();
        let mut builder = raw::Builder::memory();
        for (key, said) in std::mem::take(&mut self.registry) {
            let mut record = Vec::with_capacity(ENTRY_WORDS);
            for (kinds, ports) in said {
                record.extend([kinds as u32, (kinds >> 32) as u32, self.string(&ports)?]);
            }
            let next = numbers.len() as u64;
            let number = *numbers.entry(record.clone()).or_insert_with(|| {
                entries.extend(record);
                next
            });
            builder.insert(key, number).expect("keys come sorted");
        }
        let fst = builder.into_inner().expect("writing to memory");
        let root = raw::Fst::new(&fst[..]).expect("just written").root().addr() as u32;
        Ok(([&root.to_le_bytes(), &[0; 4], &fst[..]].concat(), entries))
    }
}

/// Whether all that the condition of a rule with this number names is there.
fn refers(layer: &Layer, number: usize, condition: &Condition) -> bool {
    condition.0.iter().all(|op| match op {
        Op::List(list, _) => (*list as usize) < layer.words.lists.len(),
        Op::Pattern(pattern) => (*pattern as usize) < layer.words.patterns.len(),
        Op::Rule(rule) => (*rule as usize) < number,
        _ => true,
    })
}

/// One more than the trait number that an ask of the base layer sets, or 0.
fn asked(kind: LayerKind, id: &str) -> u32 {
    let found = TRAITS.iter().find(|row| kind == LayerKind::Base && id.starts_with("ask.") && row.1 == id);
    found.map_or(0, |row| row.0 as u32 + 1)
}

/// An image while its sections are written.
struct Assembly {
    bytes: Vec<u8>,
    sections: usize,
}

impl Assembly {
    fn new() -> Assembly {
        Assembly { bytes: vec![0; HEADER + SECTIONS * 8], sections: 0 }
    }

    fn add(&mut self, section: &[u8]) -> Result<(), CompileError> {
        self.bytes.resize(self.bytes.len().next_multiple_of(8), 0);
        let at = HEADER + self.sections * 8;
        for (entry, number) in [(at, self.bytes.len()), (at + 4, section.len())] {
            let number = u32::try_from(number).map_err(|_| CompileError::TooLarge("sections"))?;
            self.bytes[entry..entry + 4].copy_from_slice(&number.to_le_bytes());
        }
        self.sections += 1;
        self.bytes.extend_from_slice(section);
        Ok(())
    }

    fn words(&mut self, words: &[u32]) -> Result<(), CompileError> {
        self.add(&words.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<u8>>())
    }

    fn finish(mut self) -> Vec<u8> {
        debug_assert_eq!((self.sections, Section::Model as usize), (SECTIONS, SECTIONS - 1));
        let hash = Sha256::digest(&self.bytes[HEADER..]);
        self.bytes[..8].copy_from_slice(&MAGIC);
        self.bytes[8..12].copy_from_slice(&ENGINE_VERSION.to_le_bytes());
        self.bytes[12..16].copy_from_slice(&(SECTIONS as u32).to_le_bytes());
        self.bytes[16..HEADER].copy_from_slice(&hash);
        self.bytes
    }
}

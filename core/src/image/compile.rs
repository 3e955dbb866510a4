//! Layers → image. The compiler is the validator: what it does not understand it refuses.

use super::{
    Cold, DOMAIN, ENTRY_WORDS, HEADER, LayerInfo, MAGIC, NO_DAY, RULE_WORDS, SECTIONS, SENDER, SIGNATURE, Section, op,
    registry_key, start_bit,
};
use crate::{
    ENGINE_VERSION, Text,
    bundle::{Bundle, wire},
    fold::{FoldError, FoldTable},
    rule::{Alias, Effect, Layer, LayerKind, Op, condition::Trait},
};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// Longest keyword in folded characters.
pub const MAX_KEYWORD: usize = 32;
/// Most forms of one keyword, itself included.
pub const MAX_FORMS: usize = 64;

/// Bytes of the longest form: 32 characters of four bytes.
const LONGEST_FORM: usize = MAX_KEYWORD * 4;
/// Most keywords of an image, aliases included: above it compiling takes more memory than a phone gives.
const MAX_TOTAL_FORMS: usize = 2_000_000;
/// Most keywords times aliases of a layer: each pair is looked at, some 60 ns each.
const MAX_ALIAS_WORK: usize = 1 << 26;

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
            CompileError::Keyword { .. } => "keyword",
            CompileError::Forms { .. } => "forms",
            CompileError::TooLarge(_) => "too-large",
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

/// A keyword's appearance in a list: (list, number of the keyword in it).
type Posting = (u32, u32);

struct Compiler<'a> {
    fold: &'a FoldTable,
    keywords: BTreeMap<String, BTreeSet<Posting>>,
    counted: BTreeSet<u32>,
    forms: usize,
    lists: u32,
    patterns: Vec<String>,
    kinds: [BTreeMap<String, u32>; 3],
    /// What the base layer says of a key, and what all layers say: kinds and ports.
    registry: BTreeMap<Vec<u8>, [(u64, String); 2]>,
    base_lists: u32,
    rules: Vec<u32>,
    code: Vec<u32>,
    strings: Vec<u8>,
    interned: BTreeMap<String, u32>,
}

impl<'a> Compiler<'a> {
    fn new(fold: &'a FoldTable) -> Self {
        Compiler {
            fold,
            keywords: BTreeMap::new(),
            counted: BTreeSet::new(),
            forms: 0,
            lists: 0,
            patterns: Vec::new(),
            // Bit 0 of the domain kinds is SHORT_LINK.
            kinds: [BTreeMap::new(), BTreeMap::from([("short".to_owned(), 0)]), BTreeMap::new()],
            registry: BTreeMap::new(),
            base_lists: 0,
            rules: Vec::new(),
            code: Vec::new(),
            strings: Vec::new(),
            interned: BTreeMap::new(),
        }
    }

    fn run(mut self, inputs: &[Input<'_>], fold: &[u8]) -> Result<Vec<u8>, CompileError> {
        for (number, input) in (0u32..).zip(inputs) {
            self.layer(number, input.layer)?;
        }
        let layers = inputs.iter().map(|i| LayerInfo { meta: i.layer.meta.clone(), digest: i.digest }).collect();
        let cold = Cold {
            layers,
            patterns: std::mem::take(&mut self.patterns),
            lists: self.lists,
            base_lists: self.base_lists,
            kinds: std::mem::take(&mut self.kinds).map(|kinds| {
                let mut names: Vec<(String, u32)> = kinds.into_iter().collect();
                names.sort_by_key(|kind| kind.1);
                names.into_iter().map(|kind| kind.0).collect()
            }),
            fold: Sha256::digest(self.fold.bytes()).into(),
        };
        let (starts, keywords, postings) = self.dictionary();
        let (registry, entries) = self.registry()?;
        let sections: [Vec<u8>; SECTIONS] = [
            wire::encode(&cold),
            fold.to_vec(),
            starts,
            keywords,
            words(&postings),
            words(&self.rules),
            words(&self.code),
            registry,
            words(&entries),
            self.strings,
        ];
        assemble(&sections)
    }

    fn layer(&mut self, number: u32, layer: &Layer) -> Result<(), CompileError> {
        let (first_list, first_pattern) = (self.lists, self.patterns.len() as u32);
        let first_rule = (self.rules.len() / RULE_WORDS) as u32;
        for rule in &layer.rules {
            for op in &rule.condition.0 {
                if let Op::List(list, 2..) = op {
                    self.counted.insert(first_list + list);
                }
            }
        }
        let keywords: usize = layer.words.lists.iter().map(|list| list.keywords.len()).sum();
        if keywords.saturating_mul(layer.words.aliases.len()) > MAX_ALIAS_WORK {
            return Err(CompileError::TooLarge("keywords times aliases"));
        }
        let aliases: Vec<(String, Vec<String>)> = layer.words.aliases.iter().map(|alias| self.folded(alias)).collect();
        for list in &layer.words.lists {
            for (n, keyword) in list.keywords.iter().enumerate() {
                let error = || CompileError::Forms { list: list.name.clone(), number: n };
                let forms = expand(self.fold.keyword(keyword), &aliases).ok_or_else(error)?;
                for form in forms {
                    let form = self.fold.keyword(&form);
                    let found = form.chars().count();
                    if !(1..=MAX_KEYWORD).contains(&found) {
                        return Err(CompileError::Keyword { list: list.name.clone(), number: n, found });
                    }
                    self.forms += usize::from(self.keywords.entry(form).or_default().insert((self.lists, n as u32)));
                    if self.forms > MAX_TOTAL_FORMS {
                        return Err(CompileError::TooLarge("keywords with their aliases"));
                    }
                }
            }
            self.lists += 1;
        }
        let of_base = layer.meta.kind != LayerKind::Addition;
        if of_base {
            self.base_lists = self.lists;
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
        for rule in &layer.rules {
            let (packed, points) = match rule.effect {
                Effect::Evidence => (asked(layer.meta.kind, &rule.id) << 24, 0),
                Effect::Points { category, points } => {
                    (category.category as u32 | u32::from(category.index) << 8 | 1 << 16, i32::from(points))
                }
                Effect::Act(action) => (action as u32 | 2 << 16, 0),
            };
            let start = self.code.len();
            for op in &rule.condition.0 {
                self.op(op, first_list, first_pattern, first_rule)?;
            }
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

    fn folded(&self, alias: &Alias) -> (String, Vec<String>) {
        (self.fold.keyword(&alias.word), alias.forms.iter().map(|form| self.fold.keyword(form)).collect())
    }

    fn op(&mut self, op: &Op, list: u32, pattern: u32, rule: u32) -> Result<(), CompileError> {
        let mut push = |code: u32, argument: u32| self.code.push(code | argument << 8);
        match op {
            Op::List(n, 0 | 1) => push(op::LIST, list + n),
            Op::List(n, least) => {
                push(op::COUNT, list + n);
                self.code.push(u32::from(*least));
            }
            Op::Pattern(n) => push(op::PATTERN, pattern + n),
            Op::Rule(n) => push(op::RULE, rule + n),
            Op::Trait(item) => push(op::TRAIT, *item as u32),
            Op::From(class) => push(op::FROM, *class as u32),
            Op::Signature(kind) => return self.kind_op(op::SIGNATURE, kind),
            Op::Domain(kind) => return self.kind_op(op::DOMAIN, kind),
            Op::Sender(kind) => return self.kind_op(op::SENDER, kind),
            Op::Not => push(op::NOT, 0),
            Op::And => push(op::AND, 0),
            Op::Or => push(op::OR, 0),
        }
        if list + self.lists >= 1 << 24 || self.code.len() >= 1 << 30 {
            Err(CompileError::TooLarge("conditions"))
        } else {
            Ok(())
        }
    }

    fn kind_op(&mut self, code: u32, kind: &str) -> Result<(), CompileError> {
        let bit = self.kind(code, kind)?;
        self.code.push(code | bit << 8);
        Ok(())
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

    /// Start bits, keyword FST, postings.
    ///
    /// An FST value is `list << 1` for a keyword of one list that nobody counts, else `offset << 1 | 1` of a group:
    /// its length, then per posting `list << 1`, or `list << 1 | 1` followed by the keyword's number in a counted list.
    fn dictionary(&mut self) -> (Vec<u8>, Vec<u8>, Vec<u32>) {
        let mut starts = vec![0u8; 1 << 13];
        let (mut postings, mut groups) = (Vec::new(), BTreeMap::<Vec<u32>, u64>::new());
        let mut builder = fst::MapBuilder::memory();
        for (word, lists) in std::mem::take(&mut self.keywords) {
            let mut characters = word.chars();
            let (first, second) = (characters.next().unwrap_or_default(), characters.next().map_or(0, u32::from));
            let bit = start_bit(first, second);
            starts[bit / 8] |= 1 << (bit % 8);
            let mut group: Vec<u32> = Vec::new();
            let mut last = None;
            for (list, number) in lists {
                if self.counted.contains(&list) {
                    group.extend([list << 1 | 1, number]);
                } else if last != Some(list) {
                    group.push(list << 1);
                }
                last = Some(list);
            }
            let value = match group[..] {
                [list] if list & 1 == 0 => u64::from(list),
                _ => *groups.entry(group).or_insert_with_key(|group| {
                    let at = postings.len() as u64;
                    postings.push(group.len() as u32);
                    postings.extend(group);
                    at << 1 | 1
                }),
            };
            // Sorted input to memory: neither kind of fst error can happen.
            builder.insert(word, value).expect("keywords come sorted");
        }
        (starts, builder.into_inner().expect("writing to memory"), postings)
    }

    fn registry(&mut self) -> Result<(Vec<u8>, Vec<u32>), CompileError> {
        let mut entries = Vec::new();
        let mut builder = fst::MapBuilder::memory();
        for (number, (key, said)) in (0u64..).zip(std::mem::take(&mut self.registry)) {
            let mut record = Vec::with_capacity(ENTRY_WORDS);
            for (kinds, ports) in said {
                record.extend([kinds as u32, (kinds >> 32) as u32, self.string(&ports)?]);
            }
            entries.extend(record);
            builder.insert(key, number).expect("keys come sorted");
        }
        Ok((builder.into_inner().expect("writing to memory"), entries))
    }
}

/// One more than the trait number that an ask of the base layer sets, or 0.
fn asked(kind: LayerKind, id: &str) -> u32 {
    let asks = [
        ("ask.link", Trait::AskLink),
        ("ask.contact", Trait::AskContact),
        ("ask.reply", Trait::AskReply),
        ("ask.transfer", Trait::AskTransfer),
    ];
    let found = asks.iter().find(|row| kind == LayerKind::Base && row.0 == id);
    found.map_or(0, |row| row.1 as u32 + 1)
}

/// The keyword and what its aliases make of it; `None` above [`MAX_FORMS`], or if a form grows far past [`MAX_KEYWORD`]:
/// aliases that lengthen each other's words would fill the memory.
fn expand(keyword: String, aliases: &[(String, Vec<String>)]) -> Option<BTreeSet<String>> {
    let mut forms = BTreeSet::from([keyword]);
    for (word, others) in aliases.iter().filter(|alias| !alias.0.is_empty()) {
        let with: Vec<String> = forms.iter().filter(|form| form.contains(word.as_str())).cloned().collect();
        for form in with {
            let grows = form.matches(word.as_str()).count();
            for other in others {
                if form.len() + grows * other.len() > 4 * LONGEST_FORM {
                    return None;
                }
                forms.insert(form.replace(word.as_str(), other));
            }
        }
        if forms.len() > MAX_FORMS {
            return None;
        }
    }
    Some(forms)
}

fn words(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

fn assemble(sections: &[Vec<u8>; SECTIONS]) -> Result<Vec<u8>, CompileError> {
    let mut body = vec![0u8; SECTIONS * 8];
    for (number, section) in sections.iter().enumerate() {
        body.resize((HEADER + body.len()).next_multiple_of(8) - HEADER, 0);
        let offset = u32::try_from(HEADER + body.len()).map_err(|_| CompileError::TooLarge("sections"))?;
        let length = u32::try_from(section.len()).map_err(|_| CompileError::TooLarge("sections"))?;
        body[number * 8..number * 8 + 4].copy_from_slice(&offset.to_le_bytes());
        body[number * 8 + 4..number * 8 + 8].copy_from_slice(&length.to_le_bytes());
        body.extend_from_slice(section);
    }
    debug_assert_eq!(Section::Strings as usize, SECTIONS - 1);
    let mut image = Vec::with_capacity(HEADER + body.len());
    image.extend(MAGIC);
    image.extend(ENGINE_VERSION.to_le_bytes());
    image.extend((SECTIONS as u32).to_le_bytes());
    image.extend(Sha256::digest(&body));
    image.extend(body);
    Ok(image)
}

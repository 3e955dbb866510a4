//! How much may a signed file hold? Every limit of the reader, in one place.

use super::Kind;

/// Bounds checked before anything is allocated or parsed. The defaults are what phones use; writers obey them too.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Bytes of a bundle file: 16 MiB.
    pub bundle_bytes: u64,
    /// Bytes of a keyset file: 16 KiB.
    pub keyset_bytes: u64,
    /// Bytes of a feed file: 8 KiB.
    pub feed_bytes: u64,
    /// Sections of a file: 64.
    pub sections: u32,
    /// Signatures of a file: 8.
    pub signatures: usize,
    /// Bytes of the meta section: 4 KiB.
    pub meta_bytes: u64,
    /// Bytes of the fold tables: 4 MiB.
    pub fold_bytes: u64,
    /// Bytes of the words section: 12 MiB, six times that decoded at worst (empty strings, a list that just grew).
    pub words_bytes: u64,
    /// Bytes of the rules section: 4 MiB, sixteen times that decoded at worst (operations without operands).
    pub rules_bytes: u64,
    /// Bytes of the registries section: 4 MiB.
    pub registries_bytes: u64,
    /// Bytes of the examples section: 4 MiB.
    pub examples_bytes: u64,
    /// Bytes of the model: 1 MiB and 64 KiB, the largest table and its head.
    pub model_bytes: u64,
    /// Bytes of the model's canaries: 128 KiB.
    pub canaries_bytes: u64,
    /// Bytes of the presets: 256 KiB.
    pub presets_bytes: u64,
    /// Bytes of a name, an id, a kind, a host or a number: 96.
    pub name_bytes: usize,
    /// Bytes of a title or tip in one language: 1,024.
    pub text_bytes: usize,
    /// Characters of a keyword as written: 64, because 32 folded characters may be written as two parts each.
    pub keyword_chars: usize,
    /// Keyword lists: 4,096.
    pub lists: usize,
    /// Keywords of all lists together: 1,048,576.
    pub keywords: usize,
    /// Aliases: 16,384.
    pub aliases: usize,
    /// Forms of an alias: 64.
    pub forms: usize,
    /// Patterns: 1,024.
    pub patterns: usize,
    /// Bytes of a pattern: 1,024.
    pub pattern_bytes: usize,
    /// Rules: 16,384.
    pub rules: usize,
    /// Operations of a condition: 512.
    pub operations: usize,
    /// Entries of each registry: 65,536.
    pub registry: usize,
    /// Ports of a signature: 64.
    pub ports: usize,
    /// Examples: 65,536.
    pub examples: usize,
    /// Bytes of an example's text: 16 KiB.
    pub example_bytes: usize,
    /// Presets: 64.
    pub presets: usize,
    /// Points of a rule, either way: 1,000.
    pub points: i16,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            bundle_bytes: 16 << 20,
            keyset_bytes: 16 << 10,
            feed_bytes: 8 << 10,
            sections: 64,
            signatures: 8,
            meta_bytes: 4 << 10,
            fold_bytes: 4 << 20,
            words_bytes: 12 << 20,
            rules_bytes: 4 << 20,
            registries_bytes: 4 << 20,
            examples_bytes: 4 << 20,
            model_bytes: (1 << 20) + (64 << 10),
            canaries_bytes: 128 << 10,
            presets_bytes: 256 << 10,
            name_bytes: 96,
            text_bytes: 1024,
            keyword_chars: 64,
            lists: 4096,
            keywords: 1 << 20,
            aliases: 1 << 14,
            forms: 64,
            patterns: 1024,
            pattern_bytes: 1024,
            rules: 1 << 14,
            operations: 512,
            registry: 1 << 16,
            ports: 64,
            examples: 1 << 16,
            example_bytes: 16 << 10,
            presets: 64,
            points: 1000,
        }
    }
}

impl Limits {
    /// Most bytes that a file of this kind may have, signatures included.
    #[must_use]
    pub fn file_bytes(&self, kind: Kind) -> u64 {
        match kind {
            Kind::Bundle => self.bundle_bytes,
            Kind::Keyset => self.keyset_bytes,
            Kind::Feed => self.feed_bytes,
        }
    }
}

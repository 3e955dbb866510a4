//! Is this file whole, and who signed it? One envelope for bundles, keysets and feeds. All numbers are little-endian.
//!
//! ```text
//! 0          128            128 + 64·n   sections, each at a multiple of 64           file_len
//! | header   | table: n rows | meta … 0 0 | fold … 0 0 | words … | …                   | signature | signature |
//! └──── signed, as preimage ─┘            └─ each named in the table by its SHA-256 ─┘  └─ 1 to 8, by key id ──┘
//! ```
//!
//! A file has exactly one form: sections follow each other at the next multiple of 64, what lies between is zero, the
//! last ends at `file_len`, and the file ends with the last signature. Signatures lie outside `file_len`, so adding one
//! changes nothing that is signed.

use super::{BundleError, KeyId, Limits, SigningKey, TrustRoot};
use crate::ENGINE_VERSION;
use sha2::{Digest, Sha256};
use std::{fmt::Display, ops::Range};

/// CR LF and ^Z show a copy in text mode at once, as in PNG.
const MAGIC: [u8; 8] = *b"SMSB\r\n\x1a\n";
const MAJOR: u8 = 1;
const MINOR: u8 = 0;
const HEADER: usize = 128;
const ROW: usize = 64;
const SIGNATURE: usize = 80;
const ALIGN: u64 = 64;
const ED25519: u16 = 1;
const CRITICAL: u16 = 1;

/// What a signed file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u16)]
pub enum Kind {
    /// One layer of rules.
    Bundle = 1,
    /// Keys of publishers, signed by the root.
    Keyset = 2,
    /// The list of current bundles.
    Feed = 3,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Kind::Bundle => "bundle",
            Kind::Keyset => "keyset",
            Kind::Feed => "feed",
        }
    }

    /// First bytes of the preimage, so that no signature for one kind serves another.
    fn domain(self) -> &'static [u8] {
        match self {
            Kind::Bundle => b"smsf/bundle/v1\0",
            Kind::Keyset => b"smsf/keyset/v1\0",
            Kind::Feed => b"smsf/feed/v1\0",
        }
    }
}

/// The first 128 bytes of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// What the file is.
    pub kind: Kind,
    /// Minor version of the format; a newer one is read as far as it is known.
    pub minor: u8,
    /// End of the last section and start of the signatures.
    pub file_len: u64,
    /// Only ever grows, for each publisher and layer.
    pub seq: u64,
    /// Seconds since 1970 UTC.
    pub issued_at: i64,
    /// Seconds since 1970 UTC, not before `issued_at`.
    pub not_after: i64,
    /// Oldest keyset that may vouch for the file; 0 asks for none.
    pub min_keyset: u32,
    /// Oldest [`ENGINE_VERSION`] that understands the content.
    pub min_engine: u32,
    /// Rows of the section table.
    pub section_count: u32,
    /// SHA-256 of the rule files that the content was built from.
    pub source_hash: [u8; 32],
    /// Publisher id, 1 to 16 of `a–z 0–9 . -`.
    pub publisher: String,
    /// Layer id, the same alphabet; empty in keysets and feeds.
    pub layer: String,
}

/// A row of the section table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionInfo {
    /// What the section holds; [`super::section_name`] names it.
    pub kind: u16,
    /// Whether an engine that does not know the kind must refuse the file.
    pub critical: bool,
    /// Version of the section's encoding.
    pub schema: u32,
    /// First byte, a multiple of 64.
    pub offset: u64,
    /// Bytes, at least 1.
    pub length: u64,
    /// Entries, as the kind counts them.
    pub items: u32,
    /// SHA-256 of the bytes.
    pub sha256: [u8; 32],
}

/// One signature, not yet verified.
struct Entry {
    key: KeyId,
    signature: [u8; 64],
}

/// A file whose framing is sound. Nothing in it is trusted before [`Envelope::verify`].
pub(super) struct Envelope<'a> {
    pub(super) header: Header,
    pub(super) sections: Vec<SectionInfo>,
    bytes: &'a [u8],
    table_end: usize,
    entries: Vec<Entry>,
}

impl<'a> Envelope<'a> {
    /// Reads the framing. A critical section whose kind is not in `known` is refused.
    pub(super) fn parse(bytes: &'a [u8], kind: Kind, known: &[u16], limits: &Limits) -> Result<Self, BundleError> {
        within(|| format!("{} bytes", kind.name()), limits.file_bytes(kind), bytes.len() as u64)?;
        let header = Header::decode(bytes, kind)?;
        within(|| "sections".into(), limits.sections.into(), header.section_count.into())?;
        let table_end = HEADER + ROW * header.section_count as usize;
        let table = part(bytes, HEADER..table_end, "section table")?;
        let mut sections: Vec<SectionInfo> = Vec::with_capacity(header.section_count as usize);
        let mut end = table_end as u64;
        for (at, row) in table.chunks_exact(ROW).enumerate() {
            let section = SectionInfo::decode(row, at)?;
            if sections.last().is_some_and(|last| last.kind >= section.kind) {
                return malformed(format!("section row {at}"), "ascending section types", section.kind);
            }
            let start = end.next_multiple_of(ALIGN);
            if section.offset != start {
                return malformed(format!("offset of section {}", section.kind), start, section.offset);
            }
            if section.length == 0 || section.length > header.file_len {
                return malformed(format!("length of section {}", section.kind), "1 to the file's", section.length);
            }
            // Offsets are exact and lengths at most file_len (itself at most the file), so this cannot overflow.
            let padding = part(bytes, end as usize..start as usize, "padding")?;
            if padding.iter().any(|&byte| byte != 0) {
                return malformed(format!("padding before section {}", section.kind), "zeros", "other bytes");
            }
            end = start + section.length;
            part(bytes, start as usize..end as usize, "section")?;
            if section.critical && !known.contains(&section.kind) {
                return newer(format!("section type {}", section.kind));
            }
            sections.push(section);
        }
        if end != header.file_len {
            return malformed("file_len", end, header.file_len);
        }
        let entries = read_signatures(&bytes[end as usize..], limits)?;
        Ok(Envelope { header, sections, bytes, table_end, entries })
    }

    /// Who signed, once `trust` is satisfied. Keys are counted after verifying; a trusted key's wrong signature refuses.
    pub(super) fn verify(&self, trust: &TrustRoot) -> Result<Vec<KeyId>, BundleError> {
        if self.header.min_keyset > 0 {
            let needed = self.header.min_keyset;
            return Err(BundleError::NeedsNewerKeyset { needed, trust: trust.name().into() });
        }
        let preimage = self.preimage();
        let (mut signers, mut unknown) = (Vec::new(), Vec::new());
        for entry in &self.entries {
            match trust.key(entry.key) {
                None => unknown.push(entry.key),
                Some(key) if key.verifies(&preimage, &entry.signature) => signers.push(entry.key),
                Some(_) => return Err(BundleError::WrongSignature { key: entry.key }),
            }
        }
        let trust_name = || trust.name().to_owned();
        if signers.is_empty() {
            return Err(BundleError::UnknownSigner { found: unknown, trust: trust_name() });
        }
        if signers.len() < trust.threshold() {
            let (needed, found, unknown) = (trust.threshold(), signers.len(), unknown.len());
            return Err(BundleError::ThresholdNotMet { needed, found, unknown, trust: trust_name() });
        }
        Ok(signers)
    }

    /// Checks the hash of every section, of unknown ones too.
    pub(super) fn check_hashes(&self) -> Result<(), BundleError> {
        match self.sections.iter().find(|section| sha256(self.bytes_of(section)) != section.sha256) {
            Some(section) => Err(BundleError::SectionDamaged { section: super::describe(section.kind) }),
            None => Ok(()),
        }
    }

    /// The bytes of a section, which [`Envelope::parse`] found to be there.
    pub(super) fn bytes_of(&self, section: &SectionInfo) -> &'a [u8] {
        &self.bytes[section.offset as usize..(section.offset + section.length) as usize]
    }

    /// Ids that the signatures claim, ascending.
    pub(super) fn claimed(&self) -> impl Iterator<Item = KeyId> {
        self.entries.iter().map(|entry| entry.key)
    }

    /// The file with one signature more.
    pub(super) fn with_signature(&self, key: &SigningKey) -> Vec<u8> {
        let mut entries: Vec<_> = self.entries.iter().map(|entry| (entry.key, entry.signature)).collect();
        entries.push((key.id(), key.sign(&self.preimage())));
        append_signatures(&self.bytes[..self.header.file_len as usize], entries)
    }

    fn preimage(&self) -> Vec<u8> {
        preimage(self.header.kind, &self.bytes[..HEADER], &self.bytes[HEADER..self.table_end])
    }
}

/// Lays out a file without signatures; `length`, `offset`, `sha256`, `file_len` and `section_count` are computed here.
pub(super) fn build(mut header: Header, parts: &[(u16, u32, u32, Vec<u8>)]) -> Vec<u8> {
    let mut end = HEADER + ROW * parts.len();
    let (mut table, mut body) = (Vec::new(), Vec::new());
    for (kind, schema, items, bytes) in parts {
        let start = end.next_multiple_of(ALIGN as usize);
        body.resize(body.len() + start - end, 0);
        body.extend_from_slice(bytes);
        end = start + bytes.len();
        table.extend(kind.to_le_bytes());
        table.extend(CRITICAL.to_le_bytes());
        table.extend(schema.to_le_bytes());
        table.extend((start as u64).to_le_bytes());
        table.extend((bytes.len() as u64).to_le_bytes());
        table.extend(items.to_le_bytes());
        table.extend([0; 4]);
        table.extend(sha256(bytes));
    }
    header.file_len = end as u64;
    header.section_count = parts.len() as u32;
    let mut file = header.encode();
    file.extend(table);
    file.extend(body);
    file
}

/// Signs a file that [`build`] laid out. A key given twice signs once.
pub(super) fn sign(unsigned: &[u8], kind: Kind, sections: usize, keys: &[&SigningKey]) -> Vec<u8> {
    let preimage = preimage(kind, &unsigned[..HEADER], &unsigned[HEADER..HEADER + ROW * sections]);
    append_signatures(unsigned, keys.iter().map(|key| (key.id(), key.sign(&preimage))).collect())
}

pub(super) fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// What is signed: domain, then header and table, each after its length.
fn preimage(kind: Kind, header: &[u8], table: &[u8]) -> Vec<u8> {
    let mut out = kind.domain().to_vec();
    for bytes in [header, table] {
        out.extend((bytes.len() as u32).to_le_bytes());
        out.extend(bytes);
    }
    out
}

fn append_signatures(file: &[u8], mut entries: Vec<(KeyId, [u8; 64])>) -> Vec<u8> {
    entries.sort();
    entries.dedup_by_key(|entry| entry.0);
    let mut out = file.to_vec();
    for (key, signature) in entries {
        out.extend(ED25519.to_le_bytes());
        out.extend([0; 6]);
        out.extend(key.0);
        out.extend(signature);
    }
    out
}

fn read_signatures(block: &[u8], limits: &Limits) -> Result<Vec<Entry>, BundleError> {
    if block.is_empty() {
        return Err(BundleError::NotSigned);
    }
    if !block.len().is_multiple_of(SIGNATURE) {
        return malformed(
            "signatures",
            format!("whole entries of {SIGNATURE} bytes"),
            format!("{} bytes", block.len()),
        );
    }
    within(|| "signatures".into(), limits.signatures as u64, (block.len() / SIGNATURE) as u64)?;
    let mut entries: Vec<Entry> = Vec::with_capacity(block.len() / SIGNATURE);
    for (at, row) in block.chunks_exact(SIGNATURE).enumerate() {
        let mut fields = Fields(row);
        let algorithm = u16::from_le_bytes(fields.take()?);
        if algorithm != ED25519 {
            return newer(format!("signature algorithm {algorithm}"));
        }
        if fields.take::<6>()? != [0; 6] {
            return malformed(format!("reserved bytes of signature {at}"), "zeros", "other bytes");
        }
        let key = KeyId(fields.take()?);
        if entries.last().is_some_and(|last| last.key >= key) {
            return malformed(format!("signature {at}"), "different keys, ascending by id", key);
        }
        entries.push(Entry { key, signature: fields.take()? });
    }
    Ok(entries)
}

impl Header {
    fn decode(bytes: &[u8], expected: Kind) -> Result<Header, BundleError> {
        let Some(rest) = bytes.strip_prefix(&MAGIC) else {
            if !bytes.is_empty() && MAGIC.starts_with(bytes) {
                part(bytes, 0..HEADER, "header")?;
            }
            return Err(BundleError::NotABundle { found: super::hex(&bytes[..bytes.len().min(8)]) });
        };
        part(bytes, 0..HEADER, "header")?;
        let mut fields = Fields(rest);
        let kind = u16::from_le_bytes(fields.take()?);
        let [major, minor] = fields.take()?;
        // First of all, because a newer major may mean anything by the rest.
        if major > MAJOR {
            return newer(format!("format version {major}.{minor}"));
        }
        if major < MAJOR {
            return malformed("major version", MAJOR, major);
        }
        if kind != expected as u16 {
            let named = [Kind::Bundle, Kind::Keyset, Kind::Feed].into_iter().find(|known| *known as u16 == kind);
            let found = named.map_or_else(|| format!("kind {kind}"), |kind| kind.name().into());
            return Err(BundleError::WrongKind { expected: expected.name(), found });
        }
        let header_len = u32::from_le_bytes(fields.take()?);
        if header_len != HEADER as u32 {
            return malformed("header_len", HEADER, header_len);
        }
        let header = Header {
            kind: expected,
            minor,
            file_len: u64::from_le_bytes(fields.take()?),
            seq: u64::from_le_bytes(fields.take()?),
            issued_at: i64::from_le_bytes(fields.take()?),
            not_after: i64::from_le_bytes(fields.take()?),
            min_keyset: u32::from_le_bytes(fields.take()?),
            min_engine: u32::from_le_bytes(fields.take()?),
            section_count: u32::from_le_bytes(fields.take()?),
            source_hash: {
                if fields.take::<4>()? != [0; 4] {
                    return malformed("reserved bytes of the header", "zeros", "other bytes");
                }
                fields.take()?
            },
            publisher: read_id(fields.take()?, "publisher")?,
            layer: read_id(fields.take()?, "layer")?,
        };
        if header.file_len > bytes.len() as u64 {
            return Err(BundleError::Truncated { what: "file", needed: header.file_len, found: bytes.len() as u64 });
        }
        if header.min_engine > ENGINE_VERSION {
            return newer(format!("engine version {}, this one is {ENGINE_VERSION}", header.min_engine));
        }
        header.check().map(|()| header)
    }

    /// The rules that header fields obey by themselves, for readers and writers.
    pub(super) fn check(&self) -> Result<(), BundleError> {
        if self.issued_at < 0 || self.issued_at > self.not_after {
            let found = format!("{} to {}", self.issued_at, self.not_after);
            return malformed("issued_at and not_after", "times since 1970, the first not after the second", found);
        }
        for (field, id) in [("publisher", &self.publisher), ("layer", &self.layer)] {
            let alphabet = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-');
            let needed = field == "publisher" || self.kind == Kind::Bundle;
            if id.len() > 16 || needed == id.is_empty() || !id.bytes().all(alphabet) {
                return malformed(field, "an id of 1 to 16 of a-z 0-9 . -", format!("{id:?}"));
            }
        }
        Ok(())
    }

    fn encode(&self) -> Vec<u8> {
        let id = |text: &str| std::array::from_fn::<u8, 16, _>(|at| text.as_bytes().get(at).copied().unwrap_or(0));
        let mut out = MAGIC.to_vec();
        out.extend((self.kind as u16).to_le_bytes());
        out.extend([MAJOR, self.minor]);
        out.extend((HEADER as u32).to_le_bytes());
        out.extend(self.file_len.to_le_bytes());
        out.extend(self.seq.to_le_bytes());
        out.extend(self.issued_at.to_le_bytes());
        out.extend(self.not_after.to_le_bytes());
        out.extend(self.min_keyset.to_le_bytes());
        out.extend(self.min_engine.to_le_bytes());
        out.extend(self.section_count.to_le_bytes());
        out.extend([0; 4]);
        out.extend(self.source_hash);
        out.extend(id(&self.publisher));
        out.extend(id(&self.layer));
        out
    }

    /// A header for [`build`], which fills in the counts.
    pub(super) fn new(kind: Kind, publisher: &str, layer: &str) -> Header {
        Header {
            kind,
            minor: MINOR,
            file_len: 0,
            seq: 0,
            issued_at: 0,
            not_after: 0,
            min_keyset: 0,
            min_engine: 1,
            section_count: 0,
            source_hash: [0; 32],
            publisher: publisher.into(),
            layer: layer.into(),
        }
    }
}

impl SectionInfo {
    fn decode(row: &[u8], at: usize) -> Result<SectionInfo, BundleError> {
        let mut fields = Fields(row);
        let kind = u16::from_le_bytes(fields.take()?);
        let flags = u16::from_le_bytes(fields.take()?);
        if flags & !CRITICAL != 0 {
            return malformed(format!("flags of section row {at}"), "0 or 1", flags);
        }
        let schema = u32::from_le_bytes(fields.take()?);
        let offset = u64::from_le_bytes(fields.take()?);
        let length = u64::from_le_bytes(fields.take()?);
        let items = u32::from_le_bytes(fields.take()?);
        if fields.take::<4>()? != [0; 4] {
            return malformed(format!("reserved bytes of section row {at}"), "zeros", "other bytes");
        }
        let critical = flags == CRITICAL;
        Ok(SectionInfo { kind, critical, schema, offset, length, items, sha256: fields.take()? })
    }
}

/// Takes fixed-width fields off the front of a slice.
struct Fields<'a>(&'a [u8]);

impl Fields<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], BundleError> {
        let found = self.0.len() as u64;
        let (field, rest) =
            self.0.split_first_chunk::<N>().ok_or(BundleError::Truncated { what: "field", needed: N as u64, found })?;
        self.0 = rest;
        Ok(*field)
    }
}

fn part<'a>(bytes: &'a [u8], range: Range<usize>, what: &'static str) -> Result<&'a [u8], BundleError> {
    let (needed, found) = (range.end as u64, bytes.len() as u64);
    bytes.get(range).ok_or(BundleError::Truncated { what, needed, found })
}

fn read_id(field: [u8; 16], name: &str) -> Result<String, BundleError> {
    let end = field.iter().position(|&byte| byte == 0).unwrap_or(field.len());
    match std::str::from_utf8(&field[..end]) {
        Ok(id) if field[end..].iter().all(|&byte| byte == 0) => Ok(id.into()),
        _ => malformed(name, "ASCII, then zeros", super::hex(&field)),
    }
}

pub(super) fn within(what: impl Fn() -> String, limit: u64, found: u64) -> Result<(), BundleError> {
    if found <= limit { Ok(()) } else { Err(BundleError::OverLimit { what: what(), limit, found }) }
}

fn malformed<T>(at: impl Into<String>, expected: impl Display, found: impl Display) -> Result<T, BundleError> {
    Err(BundleError::Malformed { at: at.into(), expected: expected.to_string(), found: found.to_string() })
}

fn newer<T>(what: String) -> Result<T, BundleError> {
    Err(BundleError::NeedsNewerEngine { what })
}

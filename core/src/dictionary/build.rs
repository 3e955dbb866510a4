//! Keywords → dictionary. Deterministic: the same keywords give the same bytes.

use super::{
    HEADER, MAX_KEYWORD, SINGLE,
    alphabet::{self, Alphabet, Codes, PAGE_BYTES},
    anchors,
    transducer::Walk,
};
use fst::raw;
use std::collections::HashMap;

/// Bytes above which a transducer is closed and the next begun, at the next first character: below 64 KiB the steps
/// from state to state take two bytes.
const SHARD: u64 = 60_000;

/// Why keywords make no dictionary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Full {
    /// Empty, or longer than [`MAX_KEYWORD`].
    #[error("a keyword has {0} characters; expected 1 to {MAX_KEYWORD}")]
    Length(usize),
    /// The same keyword twice.
    #[error("a keyword is given twice")]
    Twice,
    /// More different characters than there are codes.
    #[error("the keywords have {0} different characters; expected at most {most}", most = Codes::MOST)]
    Characters(usize),
    /// Larger than the format can say.
    #[error("the keywords take over 2 GiB")]
    Size,
}

/// Makes a dictionary of keywords in any order, each with the value that its hits carry.
///
/// # Errors
/// [`Full`] as its variants say.
///
/// ```
/// use smsfilter::dictionary::{Dictionary, Hit, Memory, build};
/// let bytes = build([("贷款", 7), ("无抵押贷款", 8)].into_iter())?;
/// let dictionary = Dictionary::open(bytes.into()).expect("just made");
/// let (text, mut hits) = (Vec::from_iter("办无抵押贷款".chars()), Vec::new());
/// dictionary.search(&text, &mut Memory::default(), |_| (), |hit| hits.push(hit));
/// assert_eq!(hits, [Hit { start: 1, end: 6, value: 8 }, Hit { start: 4, end: 6, value: 7 }]);
/// # Ok::<(), smsfilter::dictionary::Full>(())
/// ```
pub fn build<'a>(keywords: impl Iterator<Item = (&'a str, u32)> + Clone) -> Result<Vec<u8>, Full> {
    let ranked = rank(keywords.clone().map(|keyword| keyword.0))?;
    let codes = Codes::new(ranked.len());
    let [index, pages, ranks] = alphabet::encode(&ranked);
    let keys = Keys::encode(keywords, codes, &Alphabet::new(&index, &pages, &ranks));
    let anchors::Builder { filter, lanes, pairs } = anchors(&keys, &ranked);
    let (first, fst, singles) = transducers(&keys, codes, &ranked)?;
    let counts = [
        keys.ends.len() << 1 | usize::from(singles),
        filter.len(),
        lanes.len(),
        pairs.len(),
        ranked.len(),
        index.len() / 2,
        pages.len() / PAGE_BYTES,
        fst.len(),
    ];
    drop(keys);
    let length = HEADER
        + (filter.len() + lanes.len() + pairs.len()) * 8
        + first.len() * 8
        + index.len()
        + pages.len()
        + ranks.len()
        + fst.len();
    let mut out = Vec::with_capacity(length);
    for count in counts {
        out.extend(u32::try_from(count).map_err(|_| Full::Size)?.to_le_bytes());
    }
    filter.iter().chain(&lanes).chain(&pairs).for_each(|word| out.extend(word.to_le_bytes()));
    first.iter().flatten().for_each(|word| out.extend(word.to_le_bytes()));
    for part in [index, pages, ranks, fst] {
        out.extend(part);
    }
    Ok(out)
}

/// All characters, the commonest first; equally common ones by code point.
fn rank<'a>(keywords: impl Iterator<Item = &'a str>) -> Result<Vec<char>, Full> {
    let mut counts = HashMap::<char, u32>::new();
    for keyword in keywords {
        let length = keyword.chars().inspect(|&c| *counts.entry(c).or_default() += 1).count();
        if !(1..=MAX_KEYWORD).contains(&length) {
            return Err(Full::Length(length));
        }
    }
    // A dictionary without keywords has one character, which is in none.
    if counts.is_empty() {
        return Ok(vec!['\0']);
    }
    let mut ranked: Vec<(std::cmp::Reverse<u32>, char)> =
        counts.into_iter().map(|(c, count)| (std::cmp::Reverse(count), c)).collect();
    if ranked.len() > Codes::MOST {
        return Err(Full::Characters(ranked.len()));
    }
    ranked.sort_unstable();
    Ok(ranked.into_iter().map(|row| row.1).collect())
}

/// Encoded keywords, one behind the other.
struct Keys {
    bytes: Vec<u8>,
    /// Where each ends.
    ends: Vec<u32>,
    values: Vec<u32>,
    codes: Codes,
}

impl Keys {
    fn encode<'a>(
        keywords: impl Iterator<Item = (&'a str, u32)> + Clone,
        codes: Codes,
        alphabet: &Alphabet<'_>,
    ) -> Keys {
        let count = keywords.clone().count();
        let (ends, values) = (Vec::with_capacity(count), Vec::with_capacity(count));
        let mut keys = Keys { bytes: Vec::new(), ends, values, codes };
        for (keyword, value) in keywords {
            for rank in keyword.chars().filter_map(|c| alphabet.rank(c)) {
                let code = codes.of(rank);
                keys.bytes.push(code.lead);
                keys.bytes.extend(code.second);
            }
            keys.ends.push(keys.bytes.len() as u32);
            keys.values.push(value);
        }
        keys.bytes.shrink_to_fit();
        keys
    }

    fn get(&self, at: usize) -> &[u8] {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.bytes[start as usize..self.ends[at] as usize]
    }

    /// Numbers of the keys in the order of their bytes.
    fn sorted(&self) -> Vec<u32> {
        // The first eight bytes decide almost always.
        let head = |at: usize| {
            let key = self.get(at);
            let mut eight = [0; 8];
            eight[..key.len().min(8)].copy_from_slice(&key[..key.len().min(8)]);
            u64::from_be_bytes(eight)
        };
        let mut order: Vec<(u64, u32)> = (0..self.ends.len()).map(|at| (head(at), at as u32)).collect();
        order.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| self.get(a.1 as usize).cmp(self.get(b.1 as usize))));
        let mut order: Vec<u32> = order.into_iter().map(|row| row.1).collect();
        // It was collected where it stood, in a room four times as large.
        order.shrink_to_fit();
        order
    }
}

fn anchors(keys: &Keys, ranked: &[char]) -> anchors::Builder {
    // What a lead or a pair of bytes stands for.
    let mut characters = HashMap::new();
    for (rank, &c) in ranked.iter().enumerate() {
        let code = keys.codes.of(rank);
        characters.insert((code.lead, code.second), c);
    }
    let decode = |key: &[u8], out: &mut Vec<char>| {
        out.clear();
        let mut bytes = key.iter().copied();
        while let Some(lead) = bytes.next() {
            let one = characters.get(&(lead, None)).copied();
            out.extend(one.or_else(|| characters.get(&(lead, bytes.next())).copied()));
        }
    };
    let mut keyword = Vec::with_capacity(MAX_KEYWORD);
    let mut by_length: [Vec<u32>; MAX_KEYWORD + 1] = std::array::from_fn(|_| Vec::new());
    for at in 0..keys.ends.len() {
        decode(keys.get(at), &mut keyword);
        by_length[keyword.len()].push(at as u32);
    }
    let long = by_length[3..].iter().map(Vec::len).sum();
    let mut builder = anchors::Builder::new(by_length[2].len(), long);
    for &at in by_length[2..].iter().flatten() {
        decode(keys.get(at as usize), &mut keyword);
        builder.add(&keyword);
    }
    builder
}

/// State after each character and the output so far, the transducers, and whether a keyword is one character long.
type Transducers = (Vec<[u32; 2]>, Vec<u8>, bool);

fn transducers(keys: &Keys, codes: Codes, ranked: &[char]) -> Result<Transducers, Full> {
    let mut first = vec![[0u32; 2]; ranked.len()];
    let mut ranks = HashMap::new();
    for rank in 0..ranked.len() {
        let code = codes.of(rank);
        ranks.insert((code.lead, code.second), rank);
    }
    let first_rank = |key: &[u8]| {
        let lead = *key.first()?;
        ranks.get(&(lead, None)).or_else(|| ranks.get(&(lead, key.get(1).copied()))).copied()
    };
    // A state takes little more than a byte of a key: room for all without moving.
    let (mut all, mut any_single) = (Vec::with_capacity(keys.bytes.len() / 4 * 6), false);
    let mut open = raw::Builder::memory();
    let mut inside: Vec<usize> = Vec::new();
    let mut last: &[u8] = &[];
    for at in keys.sorted() {
        let key = keys.get(at as usize);
        let rank = first_rank(key);
        if let Some(rank) = rank.filter(|rank| inside.last() != Some(rank)) {
            if open.bytes_written() > SHARD {
                any_single |=
                    close(std::mem::replace(&mut open, raw::Builder::memory()), &mut all, &mut first, &inside, codes)?;
                inside.clear();
            }
            inside.push(rank);
        }
        if key == last {
            return Err(Full::Twice);
        }
        open.insert(key, u64::from(keys.values[at as usize])).map_err(|_| Full::Size)?;
        last = key;
    }
    any_single |= close(open, &mut all, &mut first, &inside, codes)?;
    all.shrink_to_fit();
    Ok((first, all, any_single))
}

/// Closes a transducer and notes the states after its first characters.
fn close(
    open: raw::Builder<Vec<u8>>,
    all: &mut Vec<u8>,
    first: &mut [[u32; 2]],
    inside: &[usize],
    codes: Codes,
) -> Result<bool, Full> {
    let bytes = open.into_inner().map_err(|_| Full::Size)?;
    let root = raw::Fst::new(&bytes[..]).map_err(|_| Full::Size)?.root().addr();
    let mut any_single = false;
    for &rank in inside {
        let mut walk = Walk { address: root, out: 0 };
        walk.step(&bytes, codes.of(rank));
        let single = walk.end(&bytes).is_some();
        any_single |= single;
        // Address 0 is the state without ways in every transducer.
        let address = if walk.address == 0 { 0 } else { all.len() + walk.address };
        let address = u32::try_from(address).ok().filter(|address| address & SINGLE == 0).ok_or(Full::Size)?;
        first[rank] = [if single { address | SINGLE } else { address }, walk.out];
    }
    all.extend(bytes);
    Ok(any_single)
}

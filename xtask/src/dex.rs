//! Which classes does a dex file define, and which does it use? After the Dalvik executable format, header and class
//! definitions alone.

use std::collections::BTreeSet;

use crate::shell::Outcome;

/// What a dex file knows of classes, by their names in Java.
pub(crate) struct Dex {
    pub(crate) defined: BTreeSet<String>,
    pub(crate) used: BTreeSet<String>,
}

impl Dex {
    /// Classes that are used, not defined, and no part of a platform.
    pub(crate) fn undefined(&self) -> Vec<String> {
        let platform =
            |name: &str| ["java.", "javax.", "android.", "dalvik.", "org.json."].iter().any(|it| name.starts_with(it));
        self.used.difference(&self.defined).filter(|name| !platform(name)).cloned().collect()
    }
}

/// Where the header has the number of items of a section; the place of the first follows.
const STRINGS: usize = 0x38;
const TYPES: usize = 0x40;
const CLASSES: usize = 0x60;
/// Bytes of a class definition, of which the first four are its type.
const CLASS: usize = 32;

/// Reads a dex file.
pub(crate) fn read(dex: &[u8]) -> Outcome<Dex> {
    if !dex.starts_with(b"dex\n") {
        return Err("no dex file".into());
    }
    let types = (0..section(dex, TYPES, 4)?.len() / 4).map(|at| class(dex, at)).collect::<Outcome<Vec<_>>>()?;
    let defined = section(dex, CLASSES, CLASS)?.chunks_exact(CLASS).map(|item| {
        let name = types.get(number(item, 0)?).ok_or("a class of no type")?;
        name.clone().ok_or_else(|| "a class that is none".into())
    });
    Ok(Dex { defined: defined.collect::<Outcome<_>>()?, used: types.iter().flatten().cloned().collect() })
}

/// The class of a type by number; none for a primitive. An array is its elements.
fn class(dex: &[u8], number_of_type: usize) -> Outcome<Option<String>> {
    let string = number(section(dex, TYPES, 4)?, number_of_type * 4)?;
    let text = dex.get(number(section(dex, STRINGS, 4)?, string * 4)?..).ok_or("a text outside of the file")?;
    // Its length in UTF-16, a number of one to five bytes, stands before it; it ends with a zero.
    let start = text.iter().position(|byte| byte & 0x80 == 0).map_or(0, |last| last + 1);
    let text = text[start..].split(|byte| *byte == 0).next().unwrap_or_default();
    let descriptor = String::from_utf8_lossy(text);
    let class = descriptor.trim_start_matches('[').strip_prefix('L').and_then(|it| it.strip_suffix(';'));
    Ok(class.map(|name| name.replace('/', ".")))
}

/// The bytes of a section whose items have `size` bytes.
fn section(dex: &[u8], header: usize, size: usize) -> Outcome<&[u8]> {
    let (count, start) = (number(dex, header)?, number(dex, header + 4)?);
    dex.get(start..start.saturating_add(count.saturating_mul(size)))
        .ok_or_else(|| "a section outside of the file".into())
}

fn number(bytes: &[u8], at: usize) -> Outcome<usize> {
    let four = bytes.get(at..at + 4).and_then(|it| it.try_into().ok()).ok_or("a number outside of its section")?;
    Ok(u32::from_le_bytes(four) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Types `[Lorg/A;`, `Lorg/A;`, `I`, `Lorg/B;`, `Ljava/C;`, of which the second is defined.
    fn sample() -> Vec<u8> {
        let mut dex = vec![0; 0x70];
        dex[..8].copy_from_slice(b"dex\n038\0");
        let mut texts = Vec::new();
        for text in ["[Lorg/A;", "Lorg/A;", "I", "Lorg/B;", "Ljava/C;"] {
            texts.push(dex.len() as u32);
            dex.push(text.len() as u8);
            dex.extend(text.bytes().chain([0]));
        }
        let class: Vec<u32> = [1].into_iter().chain([0; 7]).collect();
        let types = (0..5).collect();
        for (header, items, count) in [(STRINGS, texts, 5u32), (TYPES, types, 5), (CLASSES, class, 1)] {
            let start = dex.len() as u32;
            dex[header..header + 4].copy_from_slice(&count.to_le_bytes());
            dex[header + 4..header + 8].copy_from_slice(&start.to_le_bytes());
            dex.extend(items.iter().flat_map(|item| item.to_le_bytes()));
        }
        dex
    }

    #[test]
    fn classes_that_are_used_and_nowhere_defined_are_told() {
        let dex = read(&sample()).unwrap();
        assert_eq!(Vec::from_iter(dex.defined.clone()), ["org.A"]);
        assert_eq!(Vec::from_iter(dex.used.clone()), ["java.C", "org.A", "org.B"]);
        assert_eq!(dex.undefined(), ["org.B"]);
    }

    #[test]
    fn a_broken_file_is_refused_wherever_it_ends() {
        let dex = sample();
        for end in 0..dex.len() {
            assert!(read(&dex[..end]).is_err(), "{end}");
        }
    }
}

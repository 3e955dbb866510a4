//! How do stored values become bytes? The only place that calls bincode.
//!
//! bincode's readers allocate what a length field claims (8 GiB from 11 bytes), so decoding is from slices only, within
//! the slice's own length, fixed-width, without trailing bytes. serde caps what a claimed count reserves at 1 MiB a
//! list; past that a list grows only as bytes are really there. Every value has exactly one encoding.

use bincode::{DefaultOptions, Options};
use serde::{Serialize, de::DeserializeOwned};

/// The bytes of a value.
pub(crate) fn encode<T: Serialize>(value: &T) -> Vec<u8> {
    DefaultOptions::new().with_fixint_encoding().serialize(value).expect("writing to memory does not fail")
}

/// The value of the bytes, all of which must be used.
pub(crate) fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, bincode::Error> {
    const { assert!(size_of::<T>() > 0) };
    DefaultOptions::new()
        .with_fixint_encoding()
        .with_limit(bytes.len() as u64)
        .reject_trailing_bytes()
        .deserialize(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claimed_length_without_its_bytes_is_refused() {
        let mut bytes = u64::MAX.to_le_bytes().to_vec();
        bytes.extend([0; 16]);
        assert!(decode::<Vec<u8>>(&bytes).is_err());
        assert!(decode::<String>(&bytes).is_err());
        assert!(decode::<Vec<Vec<String>>>(&bytes).is_err());
    }

    #[test]
    fn trailing_bytes_are_refused() {
        let mut bytes = encode(&vec![String::from("借款")]);
        assert!(decode::<Vec<String>>(&bytes).is_ok());
        bytes.push(0);
        assert!(decode::<Vec<String>>(&bytes).is_err());
    }
}

//! Does the library work on the processor that it was built for? One C function beside the surface. `cargo xtask native`
//! asks it of every ABI, of the very file that ships.

use std::panic::catch_unwind;

use smsfilter::Filter;
use smsfilter::bundle::{self, BundleError, Limits, TrustRoot};
use smsfilter::image::{self, Image};
use smsfilter::rule::Layer;

/// What did not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
enum Fault {
    /// The bundle was refused.
    Bundle = 1,
    /// The bundle was accepted with another bit in a signature.
    Signature = 2,
    /// The bundle does not compile.
    Compile = 3,
    /// The image is not the expected one.
    Image = 4,
    /// An image does not open.
    Open = 5,
    /// The rules' examples are not judged as expected.
    Verdicts = 6,
    /// A panic was not caught.
    Panic = 7,
}

/// Walks the whole way on `bundle`, which the development keys have signed: verify, refuse a forged signature, compile,
/// compare with `image`, which a 64-bit build made of the same bundle, judge every example of the rules by both, catch a
/// panic. `verdicts` is what points and scores of these judgements add up to. Returns 0, or the number of what did not work.
///
/// # Safety
/// Each pointer leads to as many bytes as the length after it says.
// no_mangle: the caller is a C program.
#[allow(unsafe_code)]
#[unsafe(no_mangle)]
unsafe extern "C" fn smsfilter_self_check(
    bundle: *const u8,
    bundle_length: usize,
    image: *const u8,
    image_length: usize,
    verdicts: i64,
) -> i32 {
    // SAFETY: as the caller promises.
    let bytes = |at, length| unsafe { std::slice::from_raw_parts(at, length) };
    let (bundle, image) = (bytes(bundle, bundle_length), bytes(image, image_length));
    match catch_unwind(|| check(bundle, image, verdicts)) {
        Ok(Ok(())) if catch_unwind(|| panic!("on purpose, to be caught")).is_err() => 0,
        Ok(Err(fault)) => fault as i32,
        _ => Fault::Panic as i32,
    }
}

fn check(bytes: &[u8], expected: &[u8], verdicts: i64) -> Result<(), Fault> {
    let (root, limits) = (TrustRoot::development(), Limits::default());
    let bundle = bundle::open(bytes, &root, &limits).map_err(|_| Fault::Bundle)?;
    // The signatures stand at the end.
    let mut forged = bytes.to_vec();
    *forged.last_mut().ok_or(Fault::Bundle)? ^= 1;
    if !matches!(bundle::open(&forged, &root, &limits), Err(BundleError::WrongSignature { .. })) {
        return Err(Fault::Signature);
    }

    let made = image::compile(&[(&bundle).into()]).map_err(|_| Fault::Compile)?;
    // `fst` finds nodes to share by a hash cut to usize: a 32-bit build makes other bytes of the same meaning.
    if cfg!(target_pointer_width = "64") && made != expected {
        return Err(Fault::Image);
    }
    let open = |image: Vec<u8>| Image::open(image.into()).and_then(Filter::new).map_err(|_| Fault::Open);
    for image in [made, expected.to_vec()] {
        if added_up(&open(image)?, &bundle.layer) != verdicts {
            return Err(Fault::Verdicts);
        }
    }
    Ok(())
}

/// Points and scores of the verdicts on all examples of a layer.
fn added_up(filter: &Filter, layer: &Layer) -> i64 {
    let verdicts = layer.examples.iter().map(|example| filter.classify(&layer.message(example)));
    verdicts.map(|verdict| i64::from(verdict.points) + i64::from(verdict.score)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUNDLE: &[u8] = include_bytes!("../../../tests/golden/mini.smsb");

    /// The image, and what the verdicts add up to.
    fn expected() -> (Vec<u8>, i64) {
        let bundle = bundle::open(BUNDLE, &TrustRoot::development(), &Limits::default()).unwrap();
        let image = image::compile(&[(&bundle).into()]).unwrap();
        let filter = Image::open(image.clone().into()).and_then(Filter::new).unwrap();
        (image, added_up(&filter, &bundle.layer))
    }

    #[test]
    fn nothing_is_wrong_here() {
        let (image, verdicts) = expected();
        assert!(verdicts > 0);
        // SAFETY: the lengths are those of the slices.
        #[allow(unsafe_code)]
        let found =
            unsafe { smsfilter_self_check(BUNDLE.as_ptr(), BUNDLE.len(), image.as_ptr(), image.len(), verdicts) };
        assert_eq!(found, 0);
    }

    #[test]
    fn faults_are_told_apart() {
        let (image, verdicts) = expected();
        let mut other = image.clone();
        other[100] ^= 1;
        assert_eq!(check(&BUNDLE[1..], &image, verdicts), Err(Fault::Bundle));
        assert_eq!(check(BUNDLE, &other, verdicts), Err(Fault::Image));
        assert_eq!(check(BUNDLE, &image, verdicts + 1), Err(Fault::Verdicts));
    }
}

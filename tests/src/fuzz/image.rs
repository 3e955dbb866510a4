//! Does a damaged image whose hash is right do no more than judge wrongly? Edited sections under a new SHA-256.

use super::{
    choice,
    edit::{self, number},
    tagged,
};
use arbitrary::Unstructured;
use sha2::{Digest, Sha256};
use smsfilter::{Filter, Message, Sender, image::Image};
use std::sync::LazyLock;

// As in core/src/image/mod.rs.
const HEADER: usize = 48;
const ROW: usize = 8;

static IMAGE: LazyLock<Vec<u8>> = LazyLock::new(|| crate::compile(&[crate::bundle("mini"), crate::bundle("city")]));

const BODY: &str = "【试验银行】低息贷款，代款，手续费和保证金，亻言用 加微\u{200b}信 13800000000，购物节年息3%，摇号 停.车，\
                    点击 http://www.city.example/a 退订回T";

/// An input is edits to an image, or a file.
pub fn image(data: &[u8]) {
    let Some((what, rest)) = choice(data, 4) else { return };
    let file = if what == 3 { rest.to_vec() } else { hostile(&IMAGE, rest) };
    let Ok(opened) = Image::open(file.into()) else { return };
    let Ok(filter) = Filter::new(opened) else { return };
    for (sender, body) in [("95599", BODY), ("", "贷款")] {
        let received_at = Some(1_793_491_200_000);
        let message = Message { sender: Sender::parse(sender), body: body.into(), received_at, ..Message::default() };
        assert_eq!(filter.explain(&message).verdict, filter.classify(&message));
    }
}

pub(super) fn seeds() -> Vec<Vec<u8>> {
    vec![tagged(0, &[]), tagged(3, &IMAGE)]
}

/// Takes an image apart, edits its sections, and puts it together so that table and hash are right.
fn hostile(file: &[u8], script: &[u8]) -> Vec<u8> {
    let count = number(file, 12, 4);
    let rows = file[HEADER..HEADER + ROW * count].as_chunks::<ROW>().0;
    let section = |row: &[u8; ROW]| {
        let (offset, length) = (number(row, 0, 4), number(row, 4, 4));
        file[offset..offset + length].to_vec()
    };
    let mut sections: Vec<Vec<u8>> = rows.iter().map(section).collect();
    // The end of the input ends the edits.
    _ = edit::edit(&mut Unstructured::new(script), &mut sections);
    let mut body = vec![0; ROW * count];
    for (n, section) in sections.iter().enumerate() {
        body.resize((HEADER + body.len()).next_multiple_of(8) - HEADER, 0);
        let place = [HEADER + body.len(), section.len()].map(|number| (number as u32).to_le_bytes());
        body[ROW * n..ROW * (n + 1)].copy_from_slice(&place.concat());
        body.extend(section);
    }
    [&file[..16], &Sha256::digest(&body)[..], &body].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_too_large_in_any_table_does_no_more_than_judge_wrongly() {
        let (small, body) = (IMAGE.len(), HEADER + ROW * number(&IMAGE, 12, 4));
        // The fold tables and transducers are most of it, and have their own tests: every word of the rest.
        let tables = (body..small - 3).step_by(4).filter(|at| !is_large(*at));
        for at in tables.step_by(5) {
            let mut file = IMAGE.clone();
            file[at + 3] = 0xff;
            let hash = Sha256::digest(&file[HEADER..]);
            file[16..HEADER].copy_from_slice(&hash);
            image(&[&[3], &file[..]].concat());
        }
    }

    /// Whether a place lies in a section of more than 16 KiB.
    fn is_large(at: usize) -> bool {
        let count = number(&IMAGE, 12, 4);
        let rows = IMAGE[HEADER..HEADER + ROW * count].as_chunks::<ROW>().0;
        let mut places = rows.iter().map(|row| (number(row, 0, 4), number(row, 4, 4)));
        places.any(|(offset, length)| length > 16 << 10 && (offset..offset + length).contains(&at))
    }

    #[test]
    fn without_edits_an_image_comes_out_as_it_was() {
        assert!(hostile(&IMAGE, &[]) == *IMAGE);
    }
}

//! Does folding end, agree with the oracle, stay what it is when folded again, and know where everything came from?

use super::{choice, edit, tagged};
use crate::{layer_dir, oracle::Table};
use arbitrary::Unstructured;
use bytes::Bytes;
use smsfilter::{
    Span,
    fold::{self, FoldTable, Folded},
};
use std::sync::LazyLock;

static NATIONAL: LazyLock<FoldTable> = LazyLock::new(|| fold::encode(&tsv("national")).expect("a fold table"));
static ORACLE: LazyLock<Table> = LazyLock::new(|| Table::read(&tsv("national")));
static SMALL: LazyLock<FoldTable> = LazyLock::new(|| fold::encode(&tsv("mini")).expect("a fold table"));

/// What hostile tables fold.
const TEXT: &str = "亻言用 Ａ\u{200b}а １2.贷\u{301}貸…½ㅤ\u{fe0f}亻\u{1f4b0}\u{e0001}";

pub(super) fn tsv(layer: &str) -> String {
    std::fs::read_to_string(layer_dir(layer).join("fold.tsv")).expect("a base layer has fold.tsv")
}

/// An input is a text, edits to a table, or a table.
pub fn fold(data: &[u8]) {
    let Some((what, rest)) = choice(data, 3) else { return };
    match what {
        0 => text(&String::from_utf8_lossy(rest)),
        1 => {
            let mut sections = [SMALL.bytes().to_vec()];
            // The end of the input ends the edits.
            _ = edit::edit(&mut Unstructured::new(rest), &mut sections);
            hostile(&sections[0]);
        }
        _ => hostile(rest),
    }
}

pub(super) fn seeds() -> Vec<Vec<u8>> {
    let cases = crate::cases().into_iter().map(|case| case.body).filter(|body| body.len() < 2000);
    let split = tsv("national").lines().filter(|line| line.contains("split")).take(20).map(str::to_owned).collect();
    let texts = cases.chain([TEXT.to_owned(), split]).map(|text| tagged(0, text.as_bytes()));
    texts.chain([tagged(1, &[]), tagged(2, SMALL.bytes())]).collect()
}

/// A view of a folded text, and where each of its characters came from. The one place that knows the engine's views.
struct Seen {
    text: String,
    spans: Vec<Span>,
}

impl Seen {
    fn pairs(&self) -> Vec<(char, Span)> {
        self.text.chars().zip(self.spans.iter().copied()).collect()
    }
}

fn see(folded: &Folded) -> [Seen; 2] {
    let (plain, skeleton) = (&folded.plain, &folded.skeleton);
    let mut locator = plain.locator();
    let bytes = plain.text().char_indices().map(|(at, c)| at..at + c.len_utf8());
    [
        Seen { text: plain.text().to_owned(), spans: bytes.map(|bytes| locator.span(bytes)).collect() },
        Seen { text: skeleton.text(), spans: (0..skeleton.len()).map(|at| skeleton.span(at..at + 1)).collect() },
    ]
}

fn text(text: &str) {
    let table = &*NATIONAL;
    let (mut once, mut again) = (Folded::default(), Folded::default());
    table.fold(text, &mut once);
    let views = see(&once);
    maps(&views, text);
    assert_eq!(views.each_ref().map(Seen::pairs), ORACLE.views(text));
    let [plain, skeleton] = views;
    // A buffer that held something else changes nothing.
    table.fold(TEXT, &mut again);
    table.fold(text, &mut again);
    assert_eq!(once, again);
    table.fold(&plain.text, &mut again);
    assert_eq!(see(&again)[0].text, plain.text, "plain folds to itself");
    table.fold(&skeleton.text, &mut again);
    assert_eq!(see(&again)[1].text, skeleton.text, "skeleton folds to itself");
    assert_eq!(table.keyword(text), skeleton.text);
}

/// Every character came from somewhere, and from no earlier place than the one before it.
fn maps(views: &[Seen; 2], text: &str) {
    let length = text.chars().count() as u32;
    for view in views {
        assert_eq!(view.text.chars().count(), view.spans.len());
        assert!(view.spans.iter().all(|span| span.start < span.end && span.end <= length));
        assert!(view.spans.windows(2).all(|pair| pair[0].start <= pair[1].start && pair[0].end <= pair[1].end));
    }
}

/// A table that nobody made with care: refused, or it folds.
fn hostile(bytes: &[u8]) {
    if let Ok(table) = FoldTable::parse(Bytes::copy_from_slice(bytes)) {
        let mut folded = Folded::default();
        table.fold(TEXT, &mut folded);
        maps(&see(&folded), TEXT);
    }
}

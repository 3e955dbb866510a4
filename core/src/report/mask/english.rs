//! Names of people in Latin letters: capitalised words behind a greeting, or behind a word for where something goes in a
//! sentence about sending, or at the start of one about what somebody did.

use super::{Claims, words::Words};
use std::sync::LazyLock;

/// What is said to a person, or of one.
static GREETINGS: LazyLock<Words> = LazyLock::new(|| {
    Words::of(
        "\
    dear hi hello hey mr mrs ms miss dr name recipient passenger driver guest patient courier student holder \
    sir madam addressee consignee payee beneficiary",
    )
});
/// Pairs of words with the same force.
const PHRASES: &[&str] = &[
    "this is",
    "it's",
    "i'm",
    "i am",
    "addressed to",
    "delivered to",
    "delivery for",
    "delivery to",
    "sent to",
    "sent by",
    "signed by",
    "signed for by",
    "received by",
    "paid to",
    "paid by",
    "attention of",
    "on behalf of",
    "contact",
    "call me",
];
static PREPOSITIONS: LazyLock<Words> = LazyLock::new(|| {
    Words::of(
        "\
    to from for by with",
    )
});
/// Words of sentences in which prepositions stand before people.
static SENDING: LazyLock<Words> = LazyLock::new(|| {
    Words::of(
        "\
    send sent transfer transferred pay paid payment received remit deliver parcel package gift message deposit \
    refund invitation booking appointment order loan borrow owe",
    )
});
/// What people do in messages, as the next word.
static DOINGS: LazyLock<Words> = LazyLock::new(|| {
    Words::of(
        "\
    sent wants invited paid requested shared added tagged transferred asked",
    )
});
/// Capitalised words that name nobody.
static OTHERS: LazyLock<Words> = LazyLock::new(|| {
    Words::of(
        "\
    customer customers client user member members friend friends sir madam all team valued guest student \
    parent parents passenger passengers resident residents taxpayer applicant candidate subscriber account \
    holder cardholder there everyone colleague colleagues the your you we our my this that it a an and or if \
    please reply call visit click text stop help no yes not in on at to from for by january february march \
    april may june july august september october november december monday tuesday wednesday thursday friday \
    saturday sunday bank police post support service security china beijing shanghai hong kong london paris \
    tokyo america terms conditions settings total track delivery order payment reminder notice traffic winner \
    mom dad mum thanks what when who how everything he she they i is are was new now free today tomorrow use \
    code alert dr mr ms mrs hi just here which who where only so oh did then good gud great happy someone \
    nobody why take tell hope love damn babe darlin darling girl mate boys its im ive go u",
    )
});
/// What two words drawn together end in: I'm, you've.
const CONTRACTED: &[&str] = &["'m", "'ve", "'re", "'ll", "n't", "that's"];
/// Most words of a name.
const LONGEST: usize = 3;

/// A word: its letters in lower case, where it stands, whether it begins with a capital, and what separates it from the
/// next one.
struct Word {
    text: String,
    start: usize,
    end: usize,
    is_capital: bool,
}

pub(super) fn claim(chars: &[char], claims: &mut Claims) {
    let words = words(chars);
    let mut at = 0;
    while at < words.len() {
        let length = words[at..]
            .iter()
            .take(LONGEST)
            .enumerate()
            .take_while(|(n, word)| {
                word.could_name() && (*n == 0 || is_space(chars, words[at + n - 1].end, word.start))
            })
            .count();
        if length > 0 && is_named(chars, &words, at, length) {
            claims.mask(words[at].start, words[at + length - 1].end, "‹name›");
        }
        at += length.max(1);
    }
}

fn words(chars: &[char]) -> Vec<Word> {
    let is_word = |at: usize| {
        let inside = at > 0 && "'’-".contains(chars[at]) && chars.get(at + 1).is_some_and(char::is_ascii_alphabetic);
        chars[at].is_ascii_alphabetic() || inside && chars[at - 1].is_ascii_alphabetic()
    };
    let mut words = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let end = at + (at..chars.len()).take_while(|&at| is_word(at)).count();
        if end > at {
            let text = chars[at..end].iter().map(|c| if *c == '’' { '\'' } else { c.to_ascii_lowercase() }).collect();
            words.push(Word { text, start: at, end, is_capital: chars[at].is_ascii_uppercase() });
        }
        at = end.max(at + 1);
    }
    words
}

impl Word {
    fn could_name(&self) -> bool {
        let text = self.text.as_str();
        let is_contracted = CONTRACTED.iter().any(|end| text.ends_with(end));
        self.is_capital
            && self.end - self.start >= 2
            && !is_contracted
            && !OTHERS.contain(text)
            && !GREETINGS.contain(text)
    }
}

fn is_space(chars: &[char], from: usize, to: usize) -> bool {
    chars[from..to] == [' ']
}

fn is_named(chars: &[char], words: &[Word], at: usize, length: usize) -> bool {
    let (first, last) = (&words[at], &words[at + length - 1]);
    // A greeting may have a full stop or colon behind it.
    let gap = |from: usize, to: usize| to - from <= 2 && chars[from..to].iter().all(|c| " .:：,".contains(*c));
    if let Some(before) = at.checked_sub(1).map(|n| &words[n]).filter(|before| gap(before.end, first.start)) {
        if GREETINGS.contain(before.text.as_str()) {
            // Dear Voucher Holder.
            let next = words.get(at + length).filter(|next| is_space(chars, last.end, next.start));
            return next.is_none_or(|next| !GREETINGS.contain(next.text.as_str()));
        }
        let spoken =
            words[at.saturating_sub(3)..at].iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        if PHRASES.iter().any(|phrase| {
            spoken.ends_with(phrase)
                && (spoken.len() == phrase.len() || spoken[..spoken.len() - phrase.len()].ends_with(' '))
        }) {
            return true;
        }
        if PREPOSITIONS.contain(before.text.as_str()) && before.end + 1 == first.start {
            let is_end =
                |at: usize| "!?。！？\n".contains(chars[at]) || chars[at] == '.' && chars.get(at + 1) == Some(&' ');
            let sentence = |word: &&Word| !(word.end.min(first.start)..first.start).any(is_end);
            return words[..at]
                .iter()
                .rev()
                .take(10)
                .take_while(sentence)
                .any(|word| SENDING.contain(word.text.as_str()));
        }
    }
    let begins = chars[..first.start].iter().rev().find(|c| **c != ' ').is_none_or(|c| ".!?。！？\n】]".contains(*c));
    let next = words.get(at + length).filter(|next| is_space(chars, last.end, next.start));
    begins && next.is_some_and(|next| DOINGS.contain(next.text.as_str()))
}

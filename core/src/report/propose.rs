//! Which rule would catch these reports? Turns a handful of similar reports into a candidate for a maintainer to judge.
//!
//! What all reports say and no lawful sample says becomes two keyword lists, one from the front of the text and one
//! from the back; both must be met, and so must a link, a phone
//! or an ask that every report has. Slots and digits are blanked first, so
//! nothing personal becomes a keyword.

use super::{Masked, mask::is_han};
use crate::{
    Subcategory,
    rule::{
        Trait,
        condition::{TRAITS, Traits},
    },
};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use toml::Value;

/// A report as it is shared: masked, without the sender's number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The text.
    pub text: Masked,
    /// What the filter found in the whole text; none where it was not asked.
    pub traits: Traits,
    /// What the reporter's filter or the maintainer says it is.
    pub category: Subcategory,
}

/// A rule file with one rule that nobody answers for yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The topic, hence the file's name: `candidate-` and eight hex digits of what it looks for.
    pub topic: String,
    /// Keywords that all reports share, from the front and from the back of the text.
    pub keywords: [Vec<String>; 2],
    /// The file.
    pub toml: String,
}

/// Why there is no candidate.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProposeError {
    /// One report is no pattern, and comparing each with each has to end.
    #[error("expected 2 to {MAX_REPORTS} reports, found {0}; collect more, or split them")]
    Count(usize),
    /// The reports are about different things.
    #[error("expected reports of one category, found {0} and {1}; propose a rule for each")]
    Mixed(Subcategory, Subcategory),
    /// A rule against lawful messages is not proposed.
    #[error("expected promotion, illegal, fraud or phishing, found {0}; only these get a candidate")]
    NotSpam(Subcategory),
    /// Reports differ too much.
    #[error(
        "expected reports at least {SIMILAR} permille alike, found {found} between {first} and {second}; split them"
    )]
    NotSimilar {
        /// Index of one report.
        first: usize,
        /// Index of the other.
        second: usize,
        /// Their likeness, permille.
        found: usize,
    },
    /// What they share is also in lawful messages, or too short.
    #[error(
        "expected two phrases in all reports and in no lawful sample, found {0}; add reports, or write the rule by hand"
    )]
    NothingDistinctive(usize),
}

/// Least likeness of any two reports: Jaccard index of their sets of three characters, permille. Two texts on the same
/// subject by different hands stay well below, one text with other names, numbers and a changed sentence well above.
pub const SIMILAR: usize = 300;
/// Most reports that are compared.
pub const MAX_REPORTS: usize = 64;
/// Characters of the shortest and the longest phrase. Longer ones are cut: a long keyword misses at the first change.
const PHRASE: (usize, usize) = (3, 8);
/// Traits that a campaign cannot well do without, so that a rule may ask for them.
const NEEDED: [Trait; 6] =
    [Trait::Url, Trait::Phone, Trait::AskLink, Trait::AskContact, Trait::AskReply, Trait::AskTransfer];
/// Most keywords of a list, and most lawful samples written down.
const MOST_KEYWORDS: usize = 4;
const MOST_SAMPLES: usize = 3;

/// Proposes a rule that holds for all `reports` and for none of the lawful messages `against`. The same input gives the
/// same text.
pub fn propose(reports: &[Report], against: &[&str]) -> Result<Candidate, ProposeError> {
    if !(2..=MAX_REPORTS).contains(&reports.len()) {
        return Err(ProposeError::Count(reports.len()));
    }
    let category = common_category(reports)?;
    let blanked: Vec<Phrases> = reports.iter().map(|report| Phrases::of(&report.text)).collect();
    check_alike(&blanked)?;
    let lawful: Vec<Masked> = against.iter().map(|text| Masked::of(text, &[])).collect();
    let lawful_phrases: Vec<Phrases> = lawful.iter().map(Phrases::of).collect();
    let phrases = distinctive(&blanked, &lawful_phrases);
    if phrases.len() < 2 {
        return Err(ProposeError::NothingDistinctive(phrases.len()));
    }
    let (front, back) = phrases.split_at(phrases.len().div_ceil(2));
    let keywords = [best(front), best(back)];
    let mut samples: Vec<usize> = (0..lawful.len()).collect();
    let closeness = |&at: &usize| blanked.iter().map(|report| alike(report, &lawful_phrases[at])).max();
    samples.sort_by_key(|at| std::cmp::Reverse(closeness(at)));
    samples.truncate(MOST_SAMPLES);
    let nomatch = samples.into_iter().map(|at| stand_ins(&lawful[at])).collect();
    Ok(write(category, keywords, reports, nomatch))
}

/// The category of all; without agreement on the subcategory, `other`.
fn common_category(reports: &[Report]) -> Result<Subcategory, ProposeError> {
    let first = reports[0].category;
    if let Some(other) = reports.iter().find(|other| other.category.category != first.category) {
        return Err(ProposeError::Mixed(first, other.category));
    }
    if !first.category.is_spam() {
        return Err(ProposeError::NotSpam(first));
    }
    let agree = reports.iter().all(|report| report.category == first);
    Ok(if agree { first } else { Subcategory { category: first.category, index: 0 } })
}

/// A text without slots, links, digits and punctuation: stretches of letters in their order.
struct Phrases(Vec<Vec<char>>);

impl Phrases {
    fn of(text: &Masked) -> Phrases {
        let mut stretches = vec![Vec::new()];
        for word in text.as_str().split_inclusive(|c: char| c == '›' || !is_link_character(c) && c != '‹') {
            // Within a word of link characters a full stop or colon means a link or host; it is no phrase.
            let is_link =
                word.chars().all(|c| is_link_character(c) || c == '‹' || c == '›') && word.contains(['.', '/']);
            let in_slot = word.ends_with('›');
            for c in word.chars() {
                let is_phrase = !is_link && !in_slot && (is_han(c) || c.is_ascii_alphabetic());
                match is_phrase {
                    true => stretches.last_mut().expect("never empty").push(c.to_ascii_lowercase()),
                    false => stretches.push(Vec::new()),
                }
            }
        }
        stretches.retain(|stretch| !stretch.is_empty());
        Phrases(stretches)
    }

    fn contains(&self, phrase: &[char]) -> bool {
        self.0.iter().any(|stretch| stretch.windows(phrase.len()).any(|window| window == phrase))
    }

    fn trigrams(&self) -> BTreeSet<&[char]> {
        self.0.iter().flat_map(|stretch| stretch.windows(3)).collect()
    }
}

fn is_link_character(c: char) -> bool {
    c.is_ascii_graphic()
}

/// Jaccard index of the sets of three characters, permille.
fn alike(one: &Phrases, other: &Phrases) -> usize {
    let (one, other) = (one.trigrams(), other.trigrams());
    let shared = one.intersection(&other).count();
    1000 * shared / (one.len() + other.len() - shared).max(1)
}

fn check_alike(reports: &[Phrases]) -> Result<(), ProposeError> {
    for second in 1..reports.len() {
        for first in 0..second {
            let found = alike(&reports[first], &reports[second]);
            if found < SIMILAR {
                return Err(ProposeError::NotSimilar { first, second, found });
            }
        }
    }
    Ok(())
}

/// Longest phrases in all reports and in no lawful sample, in the order of the first report, without overlaps.
fn distinctive(reports: &[Phrases], lawful: &[Phrases]) -> Vec<String> {
    let mut found: Vec<&[char]> = Vec::new();
    for stretch in &reports[0].0 {
        let mut at = 0;
        while at < stretch.len() {
            let in_all = |length: &usize| reports.iter().all(|report| report.contains(&stretch[at..at + length]));
            let shared = (PHRASE.0..=stretch.len() - at).take_while(in_all).last().unwrap_or(0);
            for phrase in trimmed(&stretch[at..at + shared]).chunks(PHRASE.1) {
                let han = phrase.iter().filter(|&&c| is_han(c)).count();
                let is_fit = phrase.len() >= PHRASE.0 && 2 * han >= phrase.len() && !found.contains(&phrase);
                if is_fit && !lawful.iter().any(|text| text.contains(phrase)) {
                    found.push(phrase);
                }
            }
            at += shared.max(1);
        }
    }
    found.into_iter().map(String::from_iter).collect()
}

/// Without particles at its ends, which say nothing and read badly.
fn trimmed(mut phrase: &[char]) -> &[char] {
    let is_particle = |c: &char| "的了和与及或在是您你我请将把被就也都吗吧呢啊有可已".contains(*c);
    while phrase.len() > PHRASE.0 && is_particle(&phrase[0]) {
        phrase = &phrase[1..];
    }
    while phrase.len() > PHRASE.0 && is_particle(&phrase[phrase.len() - 1]) {
        phrase = &phrase[..phrase.len() - 1];
    }
    phrase
}

/// The longest ones, sorted as keyword lists are.
fn best(phrases: &[String]) -> Vec<String> {
    let mut best = phrases.to_vec();
    best.sort_by_key(|phrase| std::cmp::Reverse(phrase.chars().count()));
    best.truncate(MOST_KEYWORDS);
    best.sort_unstable();
    best
}

/// Puts something nobody owns where an example needs the shape, so that the rule's own examples hold: 13800138000 is
/// the carrier's demonstration number.
fn stand_ins(text: &Masked) -> String {
    let pairs = [
        ("‹phone›", "13800138000"),
        ("‹code›", "123456"),
        ("‹account›", "abc12345"),
        ("‹path›", "a1"),
        ("‹host›", "a.example"),
    ];
    pairs.iter().fold(text.as_str().to_owned(), |text, (slot, value)| text.replace(slot, value))
}

fn write(category: Subcategory, keywords: [Vec<String>; 2], reports: &[Report], nomatch: Vec<String>) -> Candidate {
    let digest = Sha256::digest(format!("{category}\n{keywords:?}"));
    let topic = format!("candidate-{}", digest[..4].iter().map(|byte| format!("{byte:02x}")).collect::<String>());
    let needs = |list: &str, keywords: &[String]| match keywords.len() {
        3.. => format!("{list} >= 2"),
        _ => list.to_owned(),
    };
    let mut when = vec![needs("opening", &keywords[0]), needs("closing", &keywords[1])];
    let shared = TRAITS
        .iter()
        .filter(|row| NEEDED.contains(&row.0) && reports.iter().all(|report| report.traits.contains(row.0)));
    when.extend(shared.map(|row| row.1.to_owned()));
    let list = |texts: &[String]| {
        let quoted: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
        quoted.join(", ")
    };
    let lines = |texts: &[String]| texts.iter().map(|text| format!("    {},\n", quoted(text))).collect::<String>();
    let matches: BTreeSet<String> = reports.iter().map(|report| stand_ins(&report.text)).collect();
    let matches: Vec<String> = matches.into_iter().collect();
    let name = &keywords[0][0];
    let toml = format!(
        "# A candidate from {} masked reports. Before publishing: read it, name an owner, give it a proper title and id.\n\
         [keywords]\n\
         opening = [{}]\n\
         closing = [{}]\n\n\
         [[rule]]\n\
         id = \"campaign\"\n\
         title = {{ zh = {}, en = {} }}\n\
         category = \"{category}\"\n\
         points = 60\n\
         when = \"{}\"\n\
         match = [\n{}]\n\
         nomatch = [\n{}]\n",
        reports.len(),
        list(&keywords[0]),
        list(&keywords[1]),
        quoted(&format!("候选：{name}")),
        quoted(&format!("Candidate: {name}")),
        when.join(" & "),
        lines(&matches),
        lines(&nomatch),
    );
    Candidate { topic, keywords, toml }
}

/// A text as a TOML string on one line.
fn quoted(text: &str) -> String {
    Value::String(text.split_whitespace().collect::<Vec<_>>().join(" ")).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(text: &str) -> Report {
        let mut traits = Traits::default();
        traits.set(Trait::Url, text.contains("://"));
        traits.set(Trait::AskContact, text.contains("顺丰"));
        traits.insert(Trait::AskLink);
        Report { text: Masked::of(text, &[]), traits, category: Subcategory::parse("phishing/parcel").unwrap() }
    }

    fn campaign() -> Vec<Report> {
        [
            "【顺丰】尊敬的张伟先生，您的快递滞留海关仓库，请点击补缴关税 https://sf-a.top/x1 电话13912345678",
            "【顺丰】尊敬的李娜女士，您的快递滞留海关仓库，请马上点击补缴关税 https://sf-b.top/q9z 电话13700001111",
            "【中通】尊敬的王芳女士，您的快递滞留海关仓库。请点击补缴关税：https://zt.vip/77 电话15012345678",
        ]
        .map(report)
        .to_vec()
    }

    const HAM: [&str; 2] = ["【顺丰】您的快递已到驿站，请凭取件码123456领取", "【某行】尊敬的客户，请按时还款"];

    #[test]
    fn similar_reports_become_a_rule_that_reads_well_and_parses() {
        let candidate = propose(&campaign(), &HAM).unwrap();
        let file: toml::Table = candidate.toml.parse().unwrap();
        let rule = &file["rule"].as_array().unwrap()[0];
        assert_eq!(rule["when"].as_str(), Some("opening & closing & has.url & ask.link"));
        assert_eq!(rule["category"].as_str(), Some("phishing/parcel"));
        assert_eq!(rule["points"].as_integer(), Some(60));
        assert_eq!(candidate.keywords, [vec!["快递滞留海关仓库".to_owned()], vec!["点击补缴关税".to_owned()]]);
        let examples = rule["match"].as_array().unwrap();
        assert_eq!(examples.len(), 3);
        assert!(rule["nomatch"].as_array().unwrap()[0].as_str().unwrap().contains("驿站"));
        assert_eq!(propose(&campaign(), &HAM), Ok(candidate.clone()), "the same input gives the same text");
        for secret in ["张伟", "13912345678", "q9z", "李娜"] {
            assert!(!candidate.toml.contains(secret), "{secret} in {}", candidate.toml);
        }
    }

    #[test]
    fn every_list_is_met_by_every_report_and_no_keyword_by_a_lawful_sample() {
        let candidate = propose(&campaign(), &HAM).unwrap();
        let file: toml::Table = candidate.toml.parse().unwrap();
        for example in file["rule"][0]["match"].as_array().unwrap() {
            for list in &candidate.keywords {
                assert!(list.iter().any(|word| example.as_str().unwrap().contains(word)), "{example}");
            }
        }
        for word in candidate.keywords.concat() {
            assert!(!HAM.iter().any(|text| text.contains(&word)), "{word}");
        }
    }

    #[test]
    fn reports_that_differ_or_say_only_what_lawful_messages_say_are_refused() {
        let mut reports = campaign();
        assert_eq!(propose(&reports[..1], &HAM), Err(ProposeError::Count(1)));
        let lawful = ["您的快递滞留海关仓库", "请点击补缴关税", "电话通知"];
        assert!(matches!(propose(&reports, &lawful), Err(ProposeError::NothingDistinctive(0 | 1))));
        reports.push(report("低息贷款，无抵押，凭身份证当天放款，加微信了解"));
        let error = propose(&reports, &HAM).unwrap_err();
        assert_eq!(error, ProposeError::NotSimilar { first: 0, second: 3, found: 0 });
        reports[3].category = Subcategory::parse("fraud/loan").unwrap();
        assert!(matches!(propose(&reports, &HAM), Err(ProposeError::Mixed(..))));
        let mut lawful = campaign();
        lawful.iter_mut().for_each(|one| one.category = Subcategory::parse("service/parcel").unwrap());
        assert!(matches!(propose(&lawful, &HAM), Err(ProposeError::NotSpam(_))));
    }

    #[test]
    fn links_slots_and_digits_never_become_phrases() {
        let text = Masked::of("点击https://evil-site.com/abc领取，加VIP群13800138000", &[]);
        let stretches: Vec<String> = Phrases::of(&text).0.into_iter().map(String::from_iter).collect();
        assert_eq!(stretches, ["点击", "领取", "加vip群"]);
    }
}

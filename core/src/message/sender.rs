//! Who is a number? Its digits made comparable, and its class in the Chinese numbering plan.

use super::SenderClass;
use crate::fold::narrow;
use serde::{Deserialize, Serialize};

/// A sender's number, parsed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sender {
    raw: String,
    /// Comparable, with the prefix of China; none if it was given so.
    written: Option<String>,
    /// Bytes of that prefix.
    prefix: usize,
    class: SenderClass,
}

/// Whose network a 106 port is rented on, where the number tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PortOperator {
    /// 10655.
    Unicom,
    /// 10657, 10658.
    Mobile,
    /// 10659.
    Telecom,
}

/// What a 106 port was given out for. Historical: the plan of 2010. A plan of 2017 replaced it and ports are still used as
/// they were given out, so this is a hint and never decides alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PortLevel {
    /// 1062: one province, commercial.
    ProvincialCommercial,
    /// 1063: one province, not commercial.
    Provincial,
    /// 1064: machines to machines.
    Machine,
    /// 1065: given out by an operator from its own block.
    Operator,
    /// 1066: the country, commercial.
    NationalCommercial,
    /// 1069: the country, not commercial (2010). Carries most notices and most advertising today.
    National,
    /// 1060, 1061, 1067 and 1068; the last is live.
    Other,
}

impl PortLevel {
    /// Whether advertising may be sent from here. `None`: the plan does not say.
    #[must_use]
    pub fn is_commercial(self) -> Option<bool> {
        match self {
            PortLevel::ProvincialCommercial | PortLevel::NationalCommercial => Some(true),
            PortLevel::Provincial | PortLevel::National | PortLevel::Machine => Some(false),
            PortLevel::Operator | PortLevel::Other => None,
        }
    }
}

/// Whole numbers that answer emergencies; 96110 warns of fraud.
const EMERGENCY: &[&str] = &["110", "119", "120", "122", "12110", "12119", "12122", "12395", "96110"];

/// Carriers' service numbers, China Broadnet (10099) last. Longer numbers that start so are their ports.
const CARRIERS: &[&str] = &["10086", "10010", "10000", "10099", "10001", "10011", "10085"];

/// Whole numbers of companies among the 123xx.
const COMPANIES: &[&str] = &["12306", "12530", "12580", "12583", "12590"];

/// First digits of fixed lines: area codes 010, 02x and 03xx–09xx.
fn is_landline(number: &str) -> bool {
    match number.as_bytes() {
        [b'0', b'1', b'0', rest @ ..] | [b'0', b'2', b'0'..=b'9', rest @ ..] => (7..=8).contains(&rest.len()),
        [b'0', b'3'..=b'9', b'0'..=b'9', b'0'..=b'9', rest @ ..] => (7..=8).contains(&rest.len()),
        _ => false,
    }
}

fn is_mobile(number: &str) -> bool {
    matches!(number.as_bytes(), [b'1', b'3'..=b'9', ..]) && number.len() == 11
}

impl Sender {
    /// Parses a sender as the network or the user wrote it. Never fails: what cannot be classified is a short code or letters.
    ///
    /// ```
    /// use smsfilter::{Sender, SenderClass};
    /// let sender = Sender::parse("+86 138-0013-8000");
    /// assert_eq!((sender.number(), sender.class()), ("13800138000", SenderClass::Mobile));
    /// ```
    #[must_use]
    pub fn parse(raw: &str) -> Sender {
        let written = (!is_normal(raw)).then(|| normalise(raw));
        let whole = written.as_deref().unwrap_or(raw);
        let number = national(whole).unwrap_or(whole);
        let (prefix, class) = (whole.len() - number.len(), classify(number));
        Sender { raw: raw.to_owned(), written, prefix, class }
    }

    /// As it was given.
    #[must_use]
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// Digits without spaces, hyphens, brackets and the prefix of China; letters in upper case.
    #[must_use]
    pub fn number(&self) -> &str {
        &self.written.as_deref().unwrap_or(&self.raw)[self.prefix..]
    }

    /// Its class. Weak evidence: see [`SenderClass`].
    #[must_use]
    pub fn class(&self) -> SenderClass {
        self.class
    }

    /// Whose network a 106 port is on. Ports of third parties (1062, 1069 …) do not tell.
    #[must_use]
    pub fn port_operator(&self) -> Option<PortOperator> {
        if self.class != SenderClass::Port {
            return None;
        }
        match self.number().as_bytes().get(3..5)? {
            b"55" => Some(PortOperator::Unicom),
            b"57" | b"58" => Some(PortOperator::Mobile),
            b"59" => Some(PortOperator::Telecom),
            _ => None,
        }
    }

    /// What a 106 port was given out for; `None` for other numbers.
    #[must_use]
    pub fn port_level(&self) -> Option<PortLevel> {
        if self.class != SenderClass::Port {
            return None;
        }
        Some(match self.number().as_bytes().get(3)? {
            b'2' => PortLevel::ProvincialCommercial,
            b'3' => PortLevel::Provincial,
            b'4' => PortLevel::Machine,
            b'5' => PortLevel::Operator,
            b'6' => PortLevel::NationalCommercial,
            b'9' => PortLevel::National,
            _ => PortLevel::Other,
        })
    }
}

/// Whether [`normalise`] would change nothing, as far as one look tells: digits, capital letters, a plus before a digit.
fn is_normal(raw: &str) -> bool {
    let rest = raw.strip_prefix('+').unwrap_or(raw);
    rest.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
        && (rest.len() == raw.len() || rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// Full width to ASCII, letters to upper case, separators and invisible characters away.
fn normalise(raw: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, '+' | '&' | '_' | '.' | '@' | '*' | '#');
    let text: String = raw.chars().map(narrow).filter(kept).flat_map(char::to_uppercase).collect();
    // A plus sign says something only in front of digits.
    match text.strip_prefix('+') {
        Some(rest) if !rest.starts_with(|c: char| c.is_ascii_digit()) => rest.trim_start_matches('+').to_owned(),
        _ => text,
    }
}

/// The number inside China, if it is written with the prefix of the country.
fn national(written: &str) -> Option<&str> {
    let explicit = written.strip_prefix("+86").or_else(|| written.strip_prefix("0086"));
    if let Some(rest) = explicit {
        return (!rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit())).then_some(rest);
    }
    // Without a sign 86 may start other numbers (a short code, 8610…): it is the prefix before a mobile number or a port.
    let rest = written.strip_prefix("86")?;
    let port = rest.starts_with("106") && (10..=20).contains(&rest.len());
    (rest.bytes().all(|b| b.is_ascii_digit()) && (is_mobile(rest) || port)).then_some(rest)
}

fn classify(number: &str) -> SenderClass {
    if number.is_empty() {
        return SenderClass::None;
    }
    let digits = number.strip_prefix('+').unwrap_or(number);
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return SenderClass::Alphanumeric;
    }
    if number.starts_with('+') || (number.starts_with("00") && number.len() > 6) {
        return SenderClass::Foreign;
    }
    if EMERGENCY.contains(&number) {
        return SenderClass::Emergency;
    }
    if CARRIERS.iter().any(|carrier| number.starts_with(carrier)) {
        return SenderClass::Carrier;
    }
    if number.starts_with("106") && number.len() >= 5 {
        return SenderClass::Port;
    }
    if (number.starts_with("95") || number.starts_with("96")) && number.len() >= 5 {
        return SenderClass::Enterprise;
    }
    if is_mobile(number) {
        let virtual_operator = ["162", "165", "167", "170", "171"].iter().any(|prefix| number.starts_with(prefix));
        return if virtual_operator { SenderClass::Virtual } else { SenderClass::Mobile };
    }
    if (number.starts_with("400") || number.starts_with("800")) && number.len() == 10 {
        return SenderClass::FourHundred;
    }
    // 12xxx are lines of public service, a few of companies excepted.
    let public = number.len() == 5 && ["121", "123"].iter().any(|prefix| number.starts_with(prefix));
    if public && !COMPANIES.contains(&number) {
        return SenderClass::Government;
    }
    // What the plan does not know is made up, or a short code with a suffix.
    if is_landline(number) { SenderClass::Landline } else { SenderClass::ShortCode }
}

#[cfg(test)]
mod tests;

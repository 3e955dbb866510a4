//! Is masked what must be, and nothing else? Messages of templates and invented details, with a record of what was planted.
//!
//! The masker was written with every second template in view. On the others it then reached 96.5 % of the names, 99.0 % of
//! the codes and all of the other numbers, before what it had left there was looked at as well. The names are no data of
//! the masker. One message in eight is in traditional characters. It was also made for every written form that is planted; the forms of `unseen` it was not made for.

mod dice;
mod names;
mod templates;
mod unseen;
mod values;
mod written;

use dice::Dice;
use smsfilter::report::mask;
use std::ops::Range;
pub use unseen::unseen;

/// A kind of personal detail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Mobile, fixed line and 400 numbers.
    Phone,
    /// Bank cards.
    Card,
    /// Identity numbers, passports and permits.
    Identity,
    /// Number plates.
    Plate,
    /// Parcels.
    Tracking,
    /// One-time and pickup codes, last digits of cards.
    Code,
    /// Path and query of a link.
    Link,
    /// Names of people.
    Name,
    /// Street and house number.
    Address,
    /// Mail addresses.
    Email,
    /// QQ numbers and ids of chat applications.
    Account,
}

impl Kind {
    /// All of them; the first seven must be masked whole.
    pub const ALL: [Kind; 11] = [
        Kind::Phone,
        Kind::Card,
        Kind::Identity,
        Kind::Plate,
        Kind::Tracking,
        Kind::Code,
        Kind::Link,
        Kind::Name,
        Kind::Address,
        Kind::Email,
        Kind::Account,
    ];

    /// Percent of what is planted that must be masked, where there is a bar.
    #[must_use]
    pub fn bar(self) -> Option<f64> {
        match self {
            Kind::Name => Some(95.0),
            Kind::Address | Kind::Email | Kind::Account => None,
            _ => Some(100.0),
        }
    }
}

/// Percent of what was not planted that may be masked.
pub const MOST_UNPLANTED: f64 = 2.0;

/// A detail in a message.
#[derive(Clone, Debug)]
pub struct Piece {
    /// What it is.
    pub kind: Kind,
    /// Where it stands, in code points.
    pub span: Range<usize>,
}

/// A message with what was planted in it.
#[derive(Clone, Debug, Default)]
pub struct Planted {
    /// The message.
    pub text: String,
    /// In order, without overlaps.
    pub pieces: Vec<Piece>,
}

/// So many messages, always the same.
pub fn planted(count: usize) -> impl Iterator<Item = Planted> {
    (0..count).map(|number| {
        let template = templates::TEMPLATES[number % templates::TEMPLATES.len()];
        let mut planted = Planted::default();
        let mut dice = Dice::new(number as u64);
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').unwrap_or_else(|| panic!("an open brace in {template}"));
            planted.text += before;
            planted.fill(name, &mut dice);
            rest = after;
        }
        planted.text += rest;
        match dice.below(8) {
            0 => planted.traditional(number as u64),
            _ => planted,
        }
    })
}

impl Planted {
    /// The same message in traditional characters, as people in Hong Kong and Taiwan write.
    #[must_use]
    pub fn traditional(self, seed: u64) -> Planted {
        Planted { text: written::traditional(&mut Dice::new(seed), &self.text), ..self }
    }

    fn plant(&mut self, kind: Kind, detail: &str) {
        let start = self.text.chars().count();
        self.text += detail;
        self.pieces.push(Piece { kind, span: start..start + detail.chars().count() });
    }

    fn fill(&mut self, name: &str, dice: &mut Dice) {
        use values::{full_width, link};
        match name {
            "phone" => {
                let (plain, cuts) = values::phone(dice);
                self.plant(Kind::Phone, &written::phone(dice, &plain, cuts));
            }
            "card" => {
                let (plain, cuts) = values::card(dice);
                self.plant(Kind::Card, &written::number(dice, &plain, cuts));
            }
            "id" => {
                let (plain, cuts) = values::identity(dice);
                self.plant(Kind::Identity, &written::number(dice, &plain, cuts));
            }
            "permit" => self.plant(Kind::Identity, &values::permit(dice)),
            "plate" => self.plant(Kind::Plate, &values::plate(dice)),
            "track" => self.plant(Kind::Tracking, &values::tracking(dice)),
            "code" => self.plant(Kind::Code, &values::code(dice)),
            "short" => self.plant(Kind::Code, &values::short_code(dice)),
            "mixed" => self.plant(Kind::Code, &values::mixed_code(dice)),
            "shelf" => self.plant(Kind::Code, &values::shelf(dice)),
            "label" => self.plant(Kind::Link, &values::label(dice)),
            "pickup" => self.plant(Kind::Code, &values::pickup(dice)),
            "tail" => self.plant(Kind::Code, &values::tail(dice)),
            "crossed" => self.plant(Kind::Code, &values::crossed(dice)),
            "key" => self.plant(Kind::Code, &values::key(dice)),
            "booking" => self.plant(Kind::Code, &values::booking(dice)),
            "password" => self.plant(Kind::Code, &values::password(dice)),
            "passphrase" => self.plant(Kind::Code, &values::passphrase(dice)),
            "american" => self.plant(Kind::Phone, &values::american(dice)),
            "link" => {
                let (host, path) = link(dice);
                let disguise =
                    |text: &str| if dice.clone().below(12) == 0 { full_width(text) } else { text.to_owned() };
                self.text += &host;
                self.plant(Kind::Link, &disguise(&path));
                // A link ends where something begins that cannot be part of one.
                self.text.push(' ');
            }
            "name" => self.plant(Kind::Name, &names::chinese(dice)),
            "tname" => self.plant(Kind::Name, &names::titled(dice)),
            "familiar" => self.plant(Kind::Name, &names::familiar(dice)),
            "dotted" => self.plant(Kind::Name, &names::dotted(dice)),
            "en" => self.plant(Kind::Name, &names::english(dice)),
            "ent" => self.plant(Kind::Name, &names::english_titled(dice)),
            "addr" => self.plant(Kind::Address, &values::address(dice)),
            "email" => self.plant(Kind::Email, &values::email(dice)),
            "account" => self.plant(Kind::Account, &values::account(dice)),
            _ => self.text += &unplanted(name, dice),
        }
    }
}

/// What looks like a detail and tells nothing of anybody.
fn unplanted(name: &str, dice: &mut Dice) -> String {
    match name {
        "sign" => dice.pick(templates::SIGNS).to_owned(),
        "brand" => dice.pick(templates::BRANDS).to_owned(),
        "model" => dice.pick(templates::MODELS).to_owned(),
        "idiom" => dice.pick(templates::IDIOMS).to_owned(),
        "n" => dice.between(2, 30).to_string(),
        "service" => dice
            .pick(&["95588", "95533", "10086", "12345", "96110", "12306", "95599", "10010", "12315", "11185"])
            .to_owned(),
        "price" => dice
            .pick(&[
                "9.9元",
                "￥199",
                "1299元",
                "¥4999.00",
                "5000元",
                "20万元",
                "128.50元",
                "人民币3,500.00元",
                "88块",
                "300000元",
                "1,288元",
            ])
            .to_owned(),
        "usd" => dice.pick(&["$9.99", "$1,200", "USD 350", "$45.50", "2000 USD"]).to_owned(),
        "range" => {
            let (from, more) = (dice.between(30, 900), dice.between(10, 900));
            format!("{from}-{}{}", from + more, dice.pick(&["平米", "元", "㎡", "分", "名"]))
        }
        "flight" => {
            let (from, to) = (dice.pick(&["大连", "上海", "南宁"]), dice.pick(&["北京", "天津", "南京", "四川"]));
            format!("{from}-{to}{}{}", dice.pick(&["CZ", "MU", "GS", "CA"]), dice.between(1000, 9999))
        }
        "percent" => dice.pick(&["3.5%", "50%", "99.9%", "7.2%"]).to_owned(),
        "year" => dice.pick(&["2025", "2026", "2027"]).to_owned(),
        "host" => {
            dice.pick(&["www.example.com", "https://m.example.cn", "example.gov.cn", "app.example.org"]).to_owned()
        }
        "time" => format!("{:02}:{:02}", dice.between(0, 23), dice.between(0, 59)),
        "date" => {
            let (year, month, day) = (dice.between(2024, 2027), dice.between(1, 12), dice.between(1, 28));
            match dice.below(7) {
                0 => format!("{year}年{month}月{day}日"),
                1 => format!("{year}-{month:02}-{day:02}"),
                2 => format!("{month}月{day}日"),
                3 => format!("{year}/{month:02}/{day:02}"),
                4 => format!("{month:02}-{day:02}"),
                5 => format!("{year}.{month}.{day}"),
                _ => format!("{month}.{day}"),
            }
        }
        _ => panic!("no such place: {name}"),
    }
}

/// How many there were, and how many of them were masked.
#[derive(Clone, Copy, Debug, Default)]
pub struct Share {
    /// All.
    pub all: usize,
    /// Masked.
    pub masked: usize,
}

impl Share {
    /// In percent; of nothing, all.
    #[must_use]
    pub fn percent(self) -> f64 {
        if self.all == 0 { 100.0 } else { 100.0 * self.masked as f64 / self.all as f64 }
    }

    fn count(&mut self, masked: bool) {
        self.all += 1;
        self.masked += usize::from(masked);
    }
}

/// What the masker did to planted messages.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    /// Details by kind, in the order of [`Kind::ALL`]: masked if none of their letters and digits is left.
    pub kinds: [Share; Kind::ALL.len()],
    /// Characters that belong to no detail.
    pub unplanted: Share,
}

impl Figures {
    /// The least share of the kinds that must be masked whole, in percent.
    #[must_use]
    pub fn least_number(&self) -> f64 {
        let whole = Kind::ALL.iter().zip(self.kinds).filter(|(kind, _)| kind.bar() == Some(100.0));
        whole.map(|(_, share)| share.percent()).fold(100.0, f64::min)
    }

    /// The share of a kind.
    #[must_use]
    pub fn kind(&self, kind: Kind) -> Share {
        self.kinds[kind as usize]
    }

    /// Masks a message and counts; returns the details that were left and the unplanted stretches that were not.
    pub fn add(&mut self, planted: &Planted) -> (Vec<Piece>, Vec<Range<usize>>) {
        let chars: Vec<char> = planted.text.chars().collect();
        let mut masked = vec![false; chars.len()];
        let details = mask::details(&planted.text, &[]);
        for detail in &details {
            masked[detail.span.start as usize..detail.span.end as usize].fill(true);
        }
        let mut is_planted = vec![false; chars.len()];
        let mut left = Vec::new();
        for piece in &planted.pieces {
            is_planted[piece.span.clone()].fill(true);
            let is_masked = piece.span.clone().all(|at| masked[at] || !chars[at].is_alphanumeric());
            self.kinds[piece.kind as usize].count(is_masked);
            if !is_masked {
                left.push(piece.clone());
            }
        }
        (0..chars.len()).filter(|&at| !is_planted[at]).for_each(|at| self.unplanted.count(masked[at]));
        let spans = details.iter().map(|detail| detail.span.start as usize..detail.span.end as usize);
        (left, spans.filter(|span| span.clone().any(|at| !is_planted[at])).collect())
    }
}

/// Masks so many messages.
#[must_use]
pub fn masking_figures(count: usize) -> Figures {
    let mut figures = Figures::default();
    planted(count).for_each(|planted| drop(figures.add(&planted)));
    figures
}

/// How many of so many written forms that the masker was not made for it masks.
#[must_use]
pub fn unseen_share(count: usize) -> Share {
    let mut figures = Figures::default();
    unseen(count).for_each(|planted| drop(figures.add(&planted)));
    let sum = |part: fn(&Share) -> usize| figures.kinds.iter().map(part).sum();
    Share { all: sum(|share| share.all), masked: sum(|share| share.masked) }
}

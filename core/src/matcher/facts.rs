//! Everything about a message that is no keyword.

use crate::{
    Message, SenderClass, Span,
    civil::Local,
    extract::{Extracts, Signature},
    fold::View,
    image::{self, Image, Whose},
    rule::condition::{Trait, Traits},
};

/// The number of the ministry's fraud warnings, which hold no link.
const WARNINGS: &str = "12381";

/// Everything about a message that is no keyword.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    /// Links, phones, codes …
    pub(crate) extracts: Extracts,
    /// Class of the sender.
    pub(crate) class: SenderClass,
    /// The receiver's day, days since 1970.
    pub(crate) day: Option<i32>,
    /// The sender is a government or emergency number, which sends no adverts.
    pub(crate) service_port: bool,
    /// A 12381 warning with a link: the real ones have none.
    pub(crate) warns_with_link: bool,
    /// As the base layer's rules see it: with the base's registries alone.
    pub(crate) base: Known,
    /// As every other rule sees it.
    pub(crate) all: Known,
}

/// What is true of a message given some registries.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Known {
    /// What the scanners found. Disguises and asks are added once they are known.
    pub(crate) traits: Traits,
    /// Kinds of the signature, the links' hosts and the number in the registries, a bit each.
    pub(crate) kinds: [u64; 3],
    /// The signature is registered with ports, and the sender is none of them.
    pub(crate) foreign_port: bool,
}

impl Facts {
    /// Reads the facts of a message.
    pub(crate) fn read(image: &Image, message: &Message, plain: &View) -> Facts {
        let mut extracts = Extracts::scan(plain);
        let number = message.sender.number();
        let class = message.sender.class();
        let base = Known::read(image, Whose::Base, &extracts, number);
        let all = Known::read(image, Whose::All, &extracts, number);
        let warner = number == WARNINGS || extracts.signature.as_ref().is_some_and(|found| found.name == WARNINGS);
        let warns_with_link = warner && !extracts.links.is_empty();
        if !all.traits.contains(Trait::Signature) {
            extracts.signature = None;
        }
        Facts {
            class,
            day: message.received_at.and_then(|time| i32::try_from(Local::new(time, message.utc_offset_min).day).ok()),
            service_port: matches!(class, SenderClass::Government | SenderClass::Emergency),
            warns_with_link,
            extracts,
            base,
            all,
        }
    }

    /// What a rule of this layer sees.
    pub(crate) fn of(&self, layer: usize) -> &Known {
        if layer == 0 { &self.base } else { &self.all }
    }

    /// Where a trait was found; empty for traits that are no place.
    pub(crate) fn spans(&self, item: Trait) -> Vec<Span> {
        let found = &self.extracts;
        match item {
            Trait::Url | Trait::ShortLink | Trait::DomainUnknown => found.links.iter().map(|link| link.span).collect(),
            Trait::Phone => found.phones.clone(),
            Trait::Code => found.codes.clone(),
            Trait::Amount => found.amounts.clone(),
            Trait::Signature | Trait::SignatureKnown | Trait::SignatureOwnPort => {
                found.signature.iter().map(|signature| signature.span).collect()
            }
            Trait::OptOut => found.opt_out.iter().map(|opt_out| opt_out.span).collect(),
            _ => Vec::new(),
        }
    }
}

impl Known {
    fn read(image: &Image, whose: Whose, extracts: &Extracts, number: &str) -> Known {
        let mut known = Known::default();
        let traits = &mut known.traits;
        traits.set(Trait::Url, !extracts.links.is_empty());
        traits.set(Trait::Phone, !extracts.phones.is_empty());
        traits.set(Trait::Code, !extracts.codes.is_empty());
        traits.set(Trait::Amount, !extracts.amounts.is_empty());
        traits.set(Trait::OptOut, extracts.opt_out.is_some());
        for link in &extracts.links {
            let kinds = image.domain_kinds(&link.host, whose);
            traits.set(Trait::DomainUnknown, kinds == 0);
            traits.set(Trait::ShortLink, kinds & image::SHORT_LINK != 0);
            known.kinds[1] |= kinds;
        }
        if let Some(signature) = &extracts.signature {
            known.signed(image, whose, signature, number);
        }
        known.kinds[2] = image.registered(image::SENDER, number, whose).map_or(0, |entry| entry.kinds);
        known
    }

    fn signed(&mut self, image: &Image, whose: Whose, signature: &Signature, number: &str) {
        let name = image.fold().map_or_else(|| signature.name.clone(), |fold| fold.keyword(&signature.name));
        let entry = image.registered(image::SIGNATURE, &name, whose);
        self.traits.set(Trait::Signature, signature.certain || entry.is_some());
        let Some(entry) = entry else { return };
        self.traits.insert(Trait::SignatureKnown);
        self.kinds[0] = entry.kinds;
        let mut ports = entry.ports.split(',').filter(|port| !port.is_empty()).peekable();
        let has_ports = ports.peek().is_some();
        let own = !number.is_empty() && ports.any(|port| number.starts_with(port));
        self.traits.set(Trait::SignatureOwnPort, own);
        self.foreign_port = has_ports && !own && !number.is_empty();
    }
}

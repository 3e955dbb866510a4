//! Everything about a message that is no keyword.

use crate::{
    Message, SenderClass, Span,
    civil::Local,
    extract::{Extracts, Signature},
    fold::{Folded, Plain},
    image::{self, Image, RegistryEntry, Whose},
    rule::condition::{Trait, Traits},
};

/// The number of the ministry's fraud warnings, which hold no link.
const WARNINGS: &str = "12381";

/// Everything about a message that is no keyword. Reused from message to message.
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
    /// The signature's name as it is registered: its skeleton.
    folded_name: Folded,
    name: String,
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
    /// Replaces the content by the facts of a message.
    pub(crate) fn read(&mut self, image: &Image, message: &Message, plain: &Plain) {
        let (number, class) = (message.sender.number(), message.sender.class());
        self.extracts.scan_into(plain);
        self.class = class;
        self.day = Local::of(message).and_then(|now| i32::try_from(now.day).ok());
        self.service_port = matches!(class, SenderClass::Government | SenderClass::Emergency);
        self.look_up(image, number);
        self.warns_with_link =
            !self.extracts.links.is_empty() && (number == WARNINGS || self.extracts.signature_name() == Some(WARNINGS));
        if !self.all.traits.contains(Trait::Signature) {
            self.extracts.signature = None;
        }
    }

    /// Asks the registries for the signature, the hosts and the number: each once, for those who hear the base layer and
    /// for those who hear all.
    fn look_up(&mut self, image: &Image, number: &str) {
        let found = &self.extracts;
        let mut traits = Traits::default();
        traits.set(Trait::Url, !found.links.is_empty());
        traits.set(Trait::Phone, !found.phones.is_empty());
        traits.set(Trait::Code, !found.codes.is_empty());
        traits.set(Trait::Amount, !found.amounts.is_empty());
        traits.set(Trait::OptOut, found.opt_out.is_some());
        let mut both = [Known { traits, ..Known::default() }; 2];
        for link in &found.links {
            for (known, kinds) in both.iter_mut().zip(image.domain_kinds(found.word(&link.host))) {
                known.traits.set(Trait::DomainUnknown, kinds == 0);
                known.traits.set(Trait::ShortLink, kinds & image::SHORT_LINK != 0);
                known.kinds[1] |= kinds;
            }
        }
        let sender = image.registered(image::SENDER, number);
        let signed = found.signature.as_ref().and_then(|signature| {
            self.name.clear();
            match image.fold() {
                Some(fold) => {
                    fold.fold(found.word(&signature.name), &mut self.folded_name);
                    self.name.extend(self.folded_name.skeleton.chars());
                }
                None => self.name.push_str(found.word(&signature.name)),
            }
            image.registered(image::SIGNATURE, &self.name)
        });
        for (known, whose) in both.iter_mut().zip([Whose::Base, Whose::All]) {
            let entry = |number: Option<u64>| number.and_then(|number| image.entry(number, whose));
            if let Some(signature) = &found.signature {
                known.signed(signature, entry(signed), number);
            }
            known.kinds[2] = entry(sender).map_or(0, |entry| entry.kinds);
        }
        [self.base, self.all] = both;
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
    fn signed(&mut self, signature: &Signature, entry: Option<RegistryEntry<'_>>, number: &str) {
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

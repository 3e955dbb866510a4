//! Which rules does this phone use? The installed ones if they can be used, those before them, those of the app, or none:
//! opening never fails, and says what is wrong.

use super::{Fs, Health, Installed, LayerEntry, Own, Store, StoreError};
use crate::{
    Filter, Message, Policy,
    bundle::{self, Bundle, Limits, TrustRoot},
    image::{self, Image, ImageError},
    policy::Preset,
    rule::{Layer, LayerKind, OwnRule},
    self_test,
};
use bytes::Bytes;

/// What an app brings along, trusted as the app is.
#[derive(Clone, Debug, Default)]
pub struct Embedded {
    /// A base bundle. Its sequence number is the lowest that may be installed of its layer.
    pub bundle: Bytes,
    /// The image that this engine made of it.
    pub image: Bytes,
    /// Messages that no rules may call phishing, fraud or illegal: an update that does is refused.
    pub must_allow: Vec<Message>,
}

/// Where the rules in use are from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// They were installed.
    Installed,
    /// They are those of the app.
    Embedded,
    /// There are none.
    Nothing,
}

/// The rules in use, and the store behind them.
#[derive(Debug)]
pub struct Rules<F> {
    fs: F,
    /// None while its state file cannot be used.
    store: Option<Store<F>>,
    embedded: Embedded,
    filter: Option<Filter>,
    source: Source,
    health: Vec<Health>,
}

impl<F: Fs + Clone> Rules<F> {
    /// Opens what is installed, or falls back. Nothing is compiled here. Rules that have not proven themselves are counted
    /// as a start, so call [`Rules::prove`] once they have judged messages.
    pub fn open(fs: F, embedded: Embedded) -> Rules<F> {
        let (filter, source, health) = (None, Source::Nothing, Vec::new());
        let mut rules = Rules { fs, store: None, embedded, filter, source, health };
        rules.choose();
        rules
    }

    /// The filter; without one every message is to be delivered.
    #[must_use]
    pub fn filter(&self) -> Option<&Filter> {
        self.filter.as_ref()
    }

    /// Where its rules are from.
    #[must_use]
    pub fn source(&self) -> Source {
        self.source
    }

    /// The installed layers, base first; none while those of the app alone are in use.
    #[must_use]
    pub fn layers(&self) -> &[LayerEntry] {
        self.store.as_ref().map_or(&[], |store| store.layers())
    }

    /// What the app brings along, its bundle added: opening does without, installing does not.
    pub fn bring(&mut self, bundle: Bytes) {
        self.embedded.bundle = bundle;
    }

    /// What the user chose; nothing while the store cannot be read.
    #[must_use]
    pub fn own(&self) -> Own {
        self.store.as_ref().map(|store| store.own().clone()).unwrap_or_default()
    }

    /// Stores the user's receive policy.
    ///
    /// # Errors
    /// As [`Store::set_policy`].
    pub fn set_policy(&mut self, policy: Policy) -> Result<(), StoreError> {
        self.store_mut()?.set_policy(policy)
    }

    /// The policies that come with the rules in use, each with its publisher, those of the base first. Bundles are read for
    /// it, as images carry none, so not for a receiver.
    ///
    /// # Errors
    /// [`StoreError::Io`] and [`StoreError::Bundle`]; [`StoreError::BlobDamaged`] where [`Rules::rebuild`] would help.
    pub fn offered(&self) -> Result<Vec<(String, Preset)>, StoreError> {
        let limits = Limits::default();
        let bundles = match (self.source, &self.store) {
            (Source::Installed, Some(store)) => store.bundles(&limits)?,
            (Source::Embedded, _) => self.brought(&limits)?.into_iter().collect(),
            _ => Vec::new(),
        };
        let mut offered = Vec::new();
        for Layer { meta, presets, .. } in bundles.into_iter().map(|bundle| bundle.layer) {
            offered.extend(presets.into_iter().map(|preset| (meta.publisher.clone(), preset)));
        }
        Ok(offered)
    }

    /// Turns a published rule off, or on again, from now on. Nothing is compiled.
    ///
    /// # Errors
    /// As [`Store::turn`].
    pub fn turn(&mut self, publisher: &str, rule: &str, off: bool) -> Result<(), StoreError> {
        let done = self.store_mut()?.turn(publisher, rule, off);
        self.choose_own();
        done
    }

    /// Compiles the user's own rules, stores them, and applies them from now on. Published layers are not compiled again.
    ///
    /// # Errors
    /// [`StoreError::OwnRule`] and [`StoreError::Compile`] for rules that cannot be; without published rules there is
    /// nothing to fold them with.
    pub fn set_rules(&mut self, rules: Vec<OwnRule>) -> Result<(), StoreError> {
        let image = self.own_image(&rules)?;
        let done = self.store_mut()?.set_rules(rules, &image);
        self.choose_own();
        done
    }

    fn own_image(&self, rules: &[OwnRule]) -> Result<Vec<u8>, StoreError> {
        let layer = OwnRule::layer(rules)?;
        let refused = |reason: String| StoreError::Compile { reason };
        let fold = self.filter.as_ref().and_then(|filter| filter.image().fold());
        let fold = fold.ok_or_else(|| refused("there are no published rules".into()))?;
        image::compile_user(image::Input { layer: &layer, digest: [0; 32] }, fold).map_err(|e| refused(e.to_string()))
    }

    /// Puts the user's choices over the published rules in use.
    fn choose_own(&mut self) {
        let Some(store) = &self.store else { return };
        let Some(filter) = self.filter.take() else { return };
        let off: Vec<(&str, &str)> = store.own().off.iter().map(|(publisher, rule)| (&**publisher, &**rule)).collect();
        let published = filter.without_user_rules().without_rules(&off);
        self.health.retain(|health| *health != Health::OwnRules);
        let own = store
            .own_image()
            .map(|image| image.map(|image| Image::open(image).and_then(|own| published.with_user_rules(own))));
        self.filter = match own {
            Ok(None) => Some(published),
            Ok(Some(Ok(filter))) => Some(filter),
            Ok(Some(Err(_))) | Err(_) => {
                self.health.push(Health::OwnRules);
                Some(published)
            }
        };
    }

    /// What is not as it should be. `now`: seconds since 1970 UTC; without it nothing is stale. A clock that is behind the
    /// newest rules is not believed.
    #[must_use]
    pub fn health(&self, now: Option<i64>) -> Vec<Health> {
        let mut health = self.health.clone();
        let metas = || self.filter.iter().flat_map(|filter| filter.image().layers()).map(|layer| &layer.meta);
        if let Some(now) = now {
            let now = metas().map(|meta| meta.issued_at).fold(now, i64::max);
            let stale = metas().filter(|meta| meta.not_after < now);
            health.extend(stale.map(|meta| Health::Stale { title: meta.title.clone() }));
        }
        health
    }

    /// The rules in use work.
    ///
    /// # Errors
    /// [`StoreError::Io`]: they go on being counted.
    pub fn prove(&mut self) -> Result<(), StoreError> {
        match &mut self.store {
            Some(store) if self.source == Source::Installed => store.prove(),
            _ => Ok(()),
        }
    }

    /// Verifies a bundle, compiles it beside the others, tests the result, and uses it from now on. An addition brings the
    /// app's base along where none is installed. If it is refused, everything is as it was.
    ///
    /// # Errors
    /// As [`Store::install_with`].
    pub fn install(&mut self, file: &[u8], trust: &TrustRoot) -> Result<Installed, StoreError> {
        let limits = Limits::default();
        let opened = bundle::open(file, trust, &limits)?;
        let brought = self.brought(&limits)?;
        let embedded = self.embedded.bundle.clone();
        let store = self.store_mut()?;
        let base = store.layers().iter().find(|layer| layer.kind == LayerKind::Base);
        let mut new = Vec::new();
        match brought {
            Some(brought) if opened.layer.meta.kind == LayerKind::Base => store.raise_floor(&brought),
            Some(brought) if base.is_none_or(|base| is_newer(&brought, base)) => new.push((brought, &embedded[..])),
            _ => {}
        }
        new.insert(0, (opened, file));
        let done = self.commit(new, &limits)?;
        if done.changed {
            self.choose();
            // Installed it is; what fails here stays in the health.
            let _ = self.mend_own();
        }
        Ok(done)
    }

    /// Removes an installed layer. Without any the app's own rules are in use.
    ///
    /// # Errors
    /// As [`Store::remove_with`].
    pub fn remove(&mut self, publisher: &str, layer: &str) -> Result<(), StoreError> {
        let must_allow = self.embedded.must_allow.clone();
        self.store_mut()?.remove_with(publisher, layer, &Limits::default(), |bundles| tested(bundles, &must_allow))?;
        self.choose();
        Ok(())
    }

    /// Compiles the installed rules again, where [`Rules::health`] says so: after an update of the app, or when a file was
    /// damaged. Takes as long as an installation, so not for a receiver. What cannot be rebuilt is given up.
    ///
    /// # Errors
    /// [`StoreError`]; the rules in use stay.
    pub fn rebuild(&mut self) -> Result<(), StoreError> {
        let limits = Limits::default();
        let brought = self.brought(&limits)?;
        let embedded = self.embedded.bundle.clone();
        let mut lost = Vec::new();
        while !self.store_mut()?.layers().is_empty() {
            let store = self.store_mut()?;
            let newer = brought.as_ref().filter(|brought| store.layers().iter().any(|layer| is_newer(brought, layer)));
            let done = match newer {
                Some(brought) => self.commit(vec![(brought.clone(), &embedded)], &limits).map(|_| ()),
                None => self.compile_again(&limits),
            };
            match done {
                Ok(()) => break,
                // The disk's fault is none of the rules.
                Err(error @ StoreError::Io { .. }) => return Err(error),
                Err(_) => lost.extend(self.store_mut()?.give_up()?),
            }
        }
        self.choose();
        self.health.extend(lost.iter().map(given_up));
        self.mend_own()
    }

    /// Compiles the user's own rules again where they do not fit the published ones in use.
    fn mend_own(&mut self) -> Result<(), StoreError> {
        if self.health.contains(&Health::OwnRules) { self.set_rules(self.own().rules) } else { Ok(()) }
    }

    fn compile_again(&mut self, limits: &Limits) -> Result<(), StoreError> {
        let must_allow = self.embedded.must_allow.clone();
        let store = self.store_mut()?;
        let image = tested(&store.bundles(limits)?, &must_allow).map_err(|reason| StoreError::Compile { reason })?;
        store.activate(&image)
    }

    fn commit(&mut self, new: Vec<(Bundle, &[u8])>, limits: &Limits) -> Result<Installed, StoreError> {
        let must_allow = self.embedded.must_allow.clone();
        self.store_mut()?.install_all(new, limits, |bundles| tested(bundles, &must_allow))
    }

    /// The bundle that the app brings, if it does.
    fn brought(&self, limits: &Limits) -> Result<Option<Bundle>, StoreError> {
        let file = &self.embedded.bundle;
        if file.is_empty() { Ok(None) } else { Ok(Some(bundle::reopen(file, Vec::new(), limits)?)) }
    }

    /// The store to change; a damaged state file is started over, one of a newer app is left alone.
    fn store_mut(&mut self) -> Result<&mut Store<F>, StoreError> {
        let store = match self.store.take() {
            Some(store) => store,
            None => match Store::open(self.fs.clone()) {
                Err(StoreError::StateDamaged { .. }) => Store::start_over(self.fs.clone())?,
                opened => opened?,
            },
        };
        Ok(self.store.insert(store))
    }

    /// Chooses the rules to use.
    fn choose(&mut self) {
        self.health.clear();
        if self.store.is_none() {
            match Store::open(self.fs.clone()) {
                Ok(store) => self.store = Some(store),
                Err(error) => self.health.push((&error).into()),
            }
        }
        let Rules { store, embedded, health, .. } = self;
        let installed = store.as_mut().and_then(|store| usable(store, embedded, health));
        let own = || Image::open(self.embedded.image.clone()).and_then(Filter::new).ok();
        (self.filter, self.source) = match installed {
            Some(filter) => (Some(filter), Source::Installed),
            None => match own() {
                Some(filter) => (Some(filter), Source::Embedded),
                None => (None, Source::Nothing),
            },
        };
        match self.filter {
            Some(_) => self.choose_own(),
            None => self.health.push(Health::NoRules),
        }
    }
}

/// The installed rules, if there are any that can be used now.
fn usable<F: Fs>(store: &mut Store<F>, embedded: &Embedded, health: &mut Vec<Health>) -> Option<Filter> {
    if store.is_spent() {
        match store.give_up() {
            Ok(layers) => health.extend(layers.iter().map(given_up)),
            Err(error) => {
                health.push((&error).into());
                return None;
            }
        }
    }
    if store.layers().is_empty() {
        return None;
    }
    let own = Image::open(embedded.image.clone()).ok();
    let newer = own.iter().flat_map(Image::layers).any(|own| {
        let older = |layer: &LayerEntry| layer.is(&own.meta.publisher, &own.meta.layer) && layer.seq < own.meta.seq;
        store.layers().iter().any(older)
    });
    if newer {
        health.push(Health::RebuildNeeded);
        return None;
    }
    let image = match store.image() {
        Ok(image) => image.unwrap_or_default(),
        Err(error) => {
            health.push((&error).into());
            return None;
        }
    };
    let filter = match Image::open(image).and_then(Filter::new) {
        Ok(filter) => filter,
        Err(error) => {
            let outdated = matches!(error, ImageError::Engine { .. });
            health.push(if outdated { Health::RebuildNeeded } else { Health::Damaged });
            return None;
        }
    };
    // Counted before first use, or not used.
    match store.begin() {
        Ok(()) => Some(filter),
        Err(error) => {
            health.push((&error).into());
            None
        }
    }
}

fn is_newer(brought: &Bundle, layer: &LayerEntry) -> bool {
    let meta = &brought.layer.meta;
    layer.is(&meta.publisher, &meta.layer) && layer.seq < meta.seq
}

fn given_up(entry: &LayerEntry) -> Health {
    Health::GivenUp { title: entry.title.clone(), seq: entry.seq }
}

/// The image of these bundles, tried with the matcher that will use it.
fn tested(bundles: &[Bundle], must_allow: &[Message]) -> Result<Vec<u8>, String> {
    let inputs: Vec<image::Input<'_>> = bundles.iter().map(Into::into).collect();
    let bytes = image::compile(&inputs).map_err(|error| error.to_string())?;
    let filter = Image::open(Bytes::from(bytes.clone())).and_then(Filter::new).map_err(|error| error.to_string())?;
    self_test::run(&filter, bundles.iter().map(|bundle| &bundle.layer), must_allow)
        .map_err(|error| error.to_string())?;
    Ok(bytes)
}

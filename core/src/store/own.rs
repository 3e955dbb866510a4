//! What has the user of this phone chosen? A policy, rules turned off, rules of the user's own: kept beside the published
//! layers, and untouched by what becomes of them.

use super::{Fs, Store, StoreError, state::State};
use crate::{Policy, rule::OwnRule};
use bytes::Bytes;
use serde::{Deserialize, Serialize};

/// All that the user chose.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Own {
    /// The receive policy; none is the preset `standard`.
    pub policy: Option<Policy>,
    /// Published rules that are turned off, each a publisher's id and a rule's; sorted, at most [`Own::MOST_OFF`].
    pub off: Vec<(String, String)>,
    /// Rules of the user's own, in order.
    pub rules: Vec<OwnRule>,
    /// SHA-256 of the image compiled from these.
    pub(super) image: Option<[u8; 32]>,
}

impl Own {
    /// Rules that can be turned off.
    pub const MOST_OFF: usize = 1024;
}

impl<F: Fs> Store<F> {
    /// What the user chose.
    #[must_use]
    pub fn own(&self) -> &Own {
        &self.state.own
    }

    /// Stores the user's receive policy.
    ///
    /// # Errors
    /// [`StoreError::Io`].
    pub fn set_policy(&mut self, policy: Policy) -> Result<(), StoreError> {
        self.commit_own(Own { policy: Some(policy), ..self.state.own.clone() })
    }

    /// Turns a published rule off, or on again. It need not be installed.
    ///
    /// # Errors
    /// [`StoreError::TooManyOff`], [`StoreError::Io`].
    pub fn turn(&mut self, publisher: &str, rule: &str, off: bool) -> Result<(), StoreError> {
        let mut next = self.state.own.clone();
        let name = (publisher.to_owned(), rule.to_owned());
        match next.off.binary_search(&name) {
            Err(_) if off && next.off.len() == Own::MOST_OFF => return Err(StoreError::TooManyOff),
            Err(at) if off => next.off.insert(at, name),
            Ok(at) if !off => drop(next.off.remove(at)),
            _ => return Ok(()),
        }
        self.commit_own(next)
    }

    /// Stores the user's own rules with the image compiled from them.
    ///
    /// # Errors
    /// [`StoreError::Io`].
    pub fn set_rules(&mut self, rules: Vec<OwnRule>, image: &[u8]) -> Result<(), StoreError> {
        self.settle()?;
        let image = if rules.is_empty() { None } else { Some(self.write_blob(image)?) };
        self.commit_own(Own { rules, image, ..self.state.own.clone() })
    }

    /// The image of the user's own rules, its hash checked; `None` if there is none.
    ///
    /// # Errors
    /// As [`Store::image`].
    pub fn own_image(&self) -> Result<Option<Bytes>, StoreError> {
        self.state.own.image.map(|digest| self.read_blob(&digest, super::MAX_IMAGE_BYTES).map(Bytes::from)).transpose()
    }

    fn commit_own(&mut self, own: Own) -> Result<(), StoreError> {
        self.commit(State { own, ..self.state.clone() })
    }
}

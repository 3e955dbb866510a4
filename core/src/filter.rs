//! An opened image and everything needed to classify with it.

/// An opened image plus `classify`.
pub struct Filter;

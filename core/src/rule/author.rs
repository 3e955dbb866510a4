//! Reading rule files.

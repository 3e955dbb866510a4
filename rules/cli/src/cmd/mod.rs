//! One subcommand a file.

pub(crate) mod bench;
pub(crate) mod build;
pub(crate) mod classify;
pub(crate) mod compile;
pub(crate) mod corpus;
pub(crate) mod demo;
pub(crate) mod diff;
pub(crate) mod explain;
pub(crate) mod import;
pub(crate) mod inspect;
pub(crate) mod key;
pub(crate) mod lint;
pub(crate) mod obfuscate;
pub(crate) mod policy;
pub(crate) mod redact;
pub(crate) mod report;
pub(crate) mod sign;
pub(crate) mod stats;
pub(crate) mod test;
pub(crate) mod train;
pub(crate) mod tune;
pub(crate) mod verify;
pub(crate) mod who;

//! Which keywords occur, and what else is true of the message? One scan of the skeleton view, then plain facts.

mod facts;
mod keywords;

pub(crate) use facts::Facts;
pub(crate) use keywords::Hits;

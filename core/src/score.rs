//! How do points become a probability?

/// Points of every category before any rule speaks.
pub const BIAS: i32 = -50;

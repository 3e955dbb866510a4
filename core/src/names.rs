//! How are the constants of an enumeration written in tables and across the FFI?

/// Gives an enumeration its wire names, for writing and for reading.
macro_rules! names {
    ($type:ident: $($name:literal $constant:ident),+ $(,)?) => {
        impl $type {
            /// The wire name.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $($type::$constant => $name,)+
                }
            }

            /// Reads a wire name.
            #[must_use]
            pub fn parse(name: &str) -> Option<$type> {
                match name {
                    $($name => Some($type::$constant),)+
                    _ => None,
                }
            }
        }
    };
}

//! Writes the Kotlin sources from the metadata in a built library.

fn main() {
    uniffi::uniffi_bindgen_main();
}

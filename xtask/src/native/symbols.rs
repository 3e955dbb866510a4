//! What may a library ask of Android? The names in `xtask/native/bionic`, one a line.

use super::abi::Abi;
use super::made;
use crate::shell::Outcome;

/// The libraries that every Android has and ours may need.
pub(crate) const LIBRARIES: [&str; 4] = ["libc", "libm", "libdl", "liblog"];

/// A name that a library of Android exports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Symbol {
    pub(crate) name: String,
    /// A variable, not a function.
    pub(crate) data: bool,
}

/// What one of the [`LIBRARIES`] exports for an ABI.
pub(crate) fn of(library: &str, abi: &Abi) -> Outcome<Vec<Symbol>> {
    let path = made::sources().join("bionic").join(library).with_extension("txt");
    parse(&made::read(&path)?, abi.name).map_err(|e| format!("{}: {e}", path.display()))
}

fn parse(text: &str, abi: &str) -> Outcome<Vec<Symbol>> {
    let mut symbols = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
        let mut words = line.split(' ');
        let name = words.next().filter(|name| !name.is_empty());
        let name = name.ok_or_else(|| format!("line {}: expected a name, found none; remove the line", number + 1))?;
        let (data, abis): (Vec<&str>, Vec<&str>) = words.partition(|word| *word == "data");
        if let Some(word) = abis.iter().find(|word| super::abi::ABIS.iter().all(|abi| abi.name != **word)) {
            return Err(format!("line {}: expected `data` or the name of an ABI, found `{word}`", number + 1));
        }
        if abis.is_empty() || abis.contains(&abi) {
            symbols.push(Symbol { name: name.into(), data: !data.is_empty() });
        }
    }
    Ok(symbols)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_read_as_names_variables_and_names_of_one_abi() {
        let symbol = |name: &str, data| Symbol { name: name.into(), data };
        let text = "# why\nabort\nenviron data\ndl_unwind_find_exidx armeabi-v7a\n";
        assert_eq!(parse(text, "x86").unwrap(), [symbol("abort", false), symbol("environ", true)]);
        assert_eq!(parse(text, "armeabi-v7a").unwrap()[2], symbol("dl_unwind_find_exidx", false));
    }

    #[test]
    fn lines_that_say_something_else_are_refused_with_their_number() {
        let cases = [
            ("abort\n\nexit\n", "line 2: expected a name, found none; remove the line"),
            ("abort arm64\n", "line 1: expected `data` or the name of an ABI, found `arm64`"),
        ];
        for (text, error) in cases {
            assert_eq!(parse(text, "x86").unwrap_err(), error);
        }
    }

    #[test]
    fn every_list_of_the_project_reads_and_names_nothing_twice() {
        for abi in &super::super::abi::ABIS {
            let mut names: Vec<String> = Vec::new();
            for library in LIBRARIES {
                names.extend(of(library, abi).unwrap().into_iter().map(|symbol| symbol.name));
            }
            let all = names.len();
            names.sort();
            names.dedup();
            assert_eq!(names.len(), all, "{}", abi.name);
        }
    }
}

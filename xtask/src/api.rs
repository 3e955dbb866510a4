//! Did the public API of the Kotlin libraries change? It is dumped as text by the tool of Kotlin's own makers; the dump is
//! under version control, so that a change of it is read.

use std::path::PathBuf;

use crate::shell::{self, Outcome};
use crate::{aar, bindings, setup};

/// The libraries by the module of their sources.
const DUMPS: [(&str, &str); 2] = [("smsfilter", "android"), ("smsfilter-testing", "testing")];

pub(crate) fn run(args: &[String]) -> Outcome {
    let check_only = match args {
        [] => false,
        [flag] if flag == "--check" => true,
        _ => return Err("takes --check or nothing".into()),
    };
    setup::for_jvm()?;
    bindings::write(&bindings::tool()?)?;
    aar::compile(&shell::root().join("bindings"), "process-classes")?;
    if check_only { check() } else { write() }
}

/// Compares the dumps of the last compilation.
pub(crate) fn check() -> Outcome {
    let mut changed = Vec::new();
    for (library, module) in DUMPS {
        let (recorded, found) = (read(recorded(library, module)).unwrap_or_default(), read(dumped(library))?);
        changed.extend(difference(&recorded, &found));
    }
    if changed.is_empty() {
        return Ok(());
    }
    let changed = changed.join("\n");
    Err(format!("the public API is not what is recorded; if it is meant, `cargo xtask api` records it:\n{changed}"))
}

fn write() -> Outcome {
    for (library, module) in DUMPS {
        let to = recorded(library, module);
        let failed = |e: std::io::Error| format!("{}: {e}", to.display());
        std::fs::create_dir_all(to.parent().expect("a file lies in a folder")).map_err(failed)?;
        std::fs::write(&to, read(dumped(library))?).map_err(failed)?;
        println!("wrote {}", to.display());
    }
    Ok(())
}

fn recorded(library: &str, module: &str) -> PathBuf {
    shell::root().join("bindings").join(module).join("api").join(format!("{library}.api"))
}

fn dumped(library: &str) -> PathBuf {
    shell::root().join("bindings/api-dump/target").join(format!("{library}.api"))
}

fn read(path: PathBuf) -> Outcome<String> {
    std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))
}

/// The lines that only one of two dumps has, `-` recorded and `+` found.
fn difference(recorded: &str, found: &str) -> Vec<String> {
    let only = |sign: char, of: &str, not: &str| -> Vec<String> {
        of.lines().filter(|line| !not.lines().any(|it| it == *line)).map(|line| format!("{sign} {line}")).collect()
    };
    let lines = [only('-', recorded, found), only('+', found, recorded)].concat();
    // The same lines in another place are a change too.
    if lines.is_empty() && recorded != found { vec!["the same lines in another order".into()] } else { lines }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_line_is_shown_as_it_was_and_as_it_is() {
        assert_eq!(difference("a\nb\n", "a\nc\n"), ["- b", "+ c"]);
        assert_eq!(difference("a\nb\n", "a\nb\n"), Vec::<String>::new());
        assert_eq!(difference("a\nb\n", "b\na\n"), ["the same lines in another order"]);
    }
}

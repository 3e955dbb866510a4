//! **What**: a registered host that no link can have: with a scheme, a path, a port, a space or a star.
//! **Why**: hosts are compared as they stand in links, so the entry never matches.
//! **Example**: `host = "http://icbc.com.cn"`, `host = "*.icbc.com.cn"`.

use super::{Found, Subject};

pub(super) fn check(subject: &Subject<'_>) -> Vec<Found> {
    let is_part = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '-');
    let wrong = subject.layer.registries.domains.iter().filter(|entry| !entry.host.split('.').all(is_part));
    wrong
        .map(|entry| {
            let host = &entry.host;
            Found::word("", host, format!("{host:?} is no host: write it as it stands in links, such as icbc.com.cn"))
        })
        .collect()
}

//! **What**: a registered host under which anybody can have a name: an ending that registries or hosting services give out.
//! **Why**: subdomains are included, so every fraud on it would count as this institution.
//! **Example**: `host = "com.cn", kind = "bank"`. (`short` is fine: it says nothing good.)

use super::{Found, Subject};

/// Endings and hosts under which names are given to anybody.
const SHARED: [&str; 37] = [
    "com.cn",
    "net.cn",
    "org.cn",
    "ac.cn",
    "com.hk",
    "org.hk",
    "com.tw",
    "com.mo",
    "co.uk",
    "co.jp",
    "com.au",
    "com.sg",
    "github.io",
    "gitee.io",
    "gitlab.io",
    "vercel.app",
    "netlify.app",
    "pages.dev",
    "workers.dev",
    "web.app",
    "firebaseapp.com",
    "herokuapp.com",
    "onrender.com",
    "blogspot.com",
    "wordpress.com",
    "weebly.com",
    "wixsite.com",
    "aliyuncs.com",
    "myqcloud.com",
    "tcloudbaseapp.com",
    "azurewebsites.net",
    "cloudfront.net",
    "amazonaws.com",
    "appspot.com",
    "ngrok.io",
    "duckdns.org",
    "3322.org",
];

/// Provinces, under whose `.cn` endings anybody can have a name too.
const PROVINCES: [&str; 34] = [
    "ah", "bj", "cq", "fj", "gd", "gs", "gx", "gz", "ha", "hb", "he", "hi", "hk", "hl", "hn", "jl", "js", "jx", "ln",
    "mo", "nm", "nx", "qh", "sc", "sd", "sh", "sn", "sx", "tj", "tw", "xj", "xz", "yn", "zj",
];

fn is_shared(host: &str) -> bool {
    SHARED.contains(&host) || host.strip_suffix(".cn").is_some_and(|name| PROVINCES.contains(&name))
}

pub(super) fn check(subject: &Subject<'_>) -> Vec<Found> {
    let entries = subject.layer.registries.domains.iter().filter(|entry| entry.kind != "short");
    let shared = entries.filter(|entry| is_shared(&entry.host));
    shared
        .map(|entry| {
            let host = &entry.host;
            let message = format!("anybody can have a name under {host:?}: register the institution's own host");
            Found::word("", host, message)
        })
        .collect()
}

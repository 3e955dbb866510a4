//! What can be pasted into a bug report? How a verdict came about, and nothing of the message.

use crate::{ENGINE_VERSION, Verdict, image::LayerInfo};

/// A bundle that took part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BundleName<'a> {
    /// Publisher id.
    pub publisher: &'a str,
    /// Layer id.
    pub layer: &'a str,
    /// Its sequence number.
    pub seq: u64,
    /// SHA-256 of the bundle.
    pub sha256: [u8; 32],
}

impl<'a> From<&'a LayerInfo> for BundleName<'a> {
    fn from(LayerInfo { meta, digest }: &'a LayerInfo) -> BundleName<'a> {
        BundleName { publisher: &meta.publisher, layer: &meta.layer, seq: meta.seq, sha256: *digest }
    }
}

/// Engine version, bundles, result and rule ids of a verdict, one a line. No text, no sender, no positions, no time; of
/// the user's own rule only that it decided, for its name is the user's too.
#[must_use]
pub fn receipt(bundles: &[BundleName<'_>], verdict: &Verdict) -> String {
    let mut lines = vec![format!("smsfilter {} engine {ENGINE_VERSION}", env!("CARGO_PKG_VERSION"))];
    for BundleName { publisher, layer, seq, sha256 } in bundles {
        let digest: String = sha256.iter().map(|byte| format!("{byte:02x}")).collect();
        lines.push(format!("bundle {publisher}/{layer} {seq} sha256:{digest}"));
    }
    lines.push(format!("verdict {} score {} points {}", verdict.subcategory, verdict.score, verdict.points));
    lines.extend(verdict.reasons.iter().map(|why| format!("reason {}/{} {:+}", why.publisher, why.rule, why.points)));
    lines.extend(verdict.traits.names().map(|name| format!("trait {name}")));
    lines.extend(verdict.flags.names().map(|name| format!("flag {name}")));
    if verdict.user_rule.is_some() {
        lines.push("own rule decided".to_owned());
    }
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Action, Reason, Span, Subcategory, rule::Trait, verdict::UserMatch};

    #[test]
    fn a_receipt_names_rules_and_bundles_and_nothing_of_the_message_or_the_users_own() {
        let mut verdict = Verdict {
            subcategory: Subcategory::parse("fraud/loan").unwrap(),
            score: 900,
            points: 30,
            reasons: vec![Reason {
                rule: "loan.fee".into(),
                publisher: "national".into(),
                points: 80,
                spans: vec![Span { start: 4242, end: 4243 }],
            }],
            signature: Some("张三的店".into()),
            user_rule: Some(UserMatch { rule: "own.张三".into(), action: Action::Mark, spans: Vec::new() }),
            ..Verdict::default()
        };
        verdict.traits.insert(Trait::Phone);
        verdict.flags.no_opt_out = true;
        let bundle = BundleName { publisher: "national", layer: "base", seq: 7, sha256: [0xab; 32] };
        let expected = format!(
            "smsfilter {} engine {ENGINE_VERSION}\nbundle national/base 7 sha256:{}\nverdict fraud/loan score 900 points 30\n\
             reason national/loan.fee +80\ntrait has.phone\nflag no-opt-out\nown rule decided\n",
            env!("CARGO_PKG_VERSION"),
            "ab".repeat(32),
        );
        assert_eq!(receipt(&[bundle], &verdict), expected);
    }
}

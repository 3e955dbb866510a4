//! **What**: `sign.KIND`, `domain.KIND` or `sender.KIND` with a kind that no entry of this layer's registries has.
//! **Why**: a base layer's condition on it is always false: a spelling mistake. (An addition may mean the base's kinds.)
//! **Example**: `when = "sign.bnak"`.

use super::{Found, Subject};
use smsfilter::rule::{LayerKind, Op};

pub(super) fn check(subject: &Subject<'_>) -> Vec<Found> {
    let layer = subject.layer;
    if layer.meta.kind != LayerKind::Base {
        return Vec::new();
    }
    let registries = &layer.registries;
    let mut findings = Vec::new();
    for rule in &layer.rules {
        for op in &rule.condition.0 {
            let (name, known) = match op {
                Op::Signature(kind) => (format!("sign.{kind}"), registries.signatures.iter().any(|e| e.kind == *kind)),
                Op::Domain(kind) => (format!("domain.{kind}"), registries.domains.iter().any(|e| e.kind == *kind)),
                Op::Sender(kind) => (format!("sender.{kind}"), registries.senders.iter().any(|e| e.kind == *kind)),
                _ => continue,
            };
            if !known {
                let message = format!("`{name}` in `{}`: no registry entry has this kind, so it never holds", rule.id);
                findings.push(Found::at(&rule.id, message));
            }
        }
    }
    findings
}

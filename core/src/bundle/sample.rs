//! A small layer with something of everything, for tests.

use crate::{
    Policy, SenderClass, Subcategory, Text,
    policy::{Action, Exception, Parts, Preset},
    rule::*,
};

fn text(zh: &str, en: &str) -> Text {
    Text { zh: zh.into(), en: en.into() }
}

fn strings(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn rule(id: &str, effect: Effect, ops: Vec<Op>) -> Rule {
    let condition = Condition(ops);
    let (from, until) = (None, Some(20_000));
    Rule {
        id: id.into(),
        title: text("贷款", "Loan"),
        effect,
        condition,
        from,
        until,
        owner: "a".into(),
        tip: text("", ""),
    }
}

/// The layer, as a base, an addition or the user's own.
pub(crate) fn sample(publisher: &str, layer: &str, kind: LayerKind, seq: u64) -> Layer {
    let points = Effect::Points { category: Subcategory::parse("fraud/loan").unwrap(), points: 60 };
    let acts = if kind == LayerKind::User { Effect::Act(Action::Quarantine) } else { points };
    Layer {
        meta: Meta {
            publisher: publisher.into(),
            layer: layer.into(),
            kind,
            seq,
            issued_at: 1_790_000_000,
            not_after: 1_800_000_000,
            title: text("示例", "Sample"),
        },
        fold: (kind == LayerKind::Base).then(|| bytes::Bytes::from_static(b"fold tables")),
        model: None,
        canaries: Vec::new(),
        words: Words {
            lists: vec![
                KeywordList { name: "loan.ask".into(), keywords: strings(&["秒到账", "贷款"]) },
                KeywordList { name: "loan.fee".into(), keywords: strings(&["手续费"]) },
            ],
            aliases: vec![Alias { word: "贷款".into(), forms: strings(&["代款", "袋款"]) }],
            patterns: vec![Pattern { name: "loan.sum".into(), regex: "[0-9]+万".into() }],
        },
        rules: vec![
            rule("loan.word", Effect::Evidence, vec![Op::List(0, 2), Op::Pattern(0), Op::And]),
            rule(
                "loan.fee",
                acts,
                vec![
                    Op::Rule(0),
                    Op::Trait(Trait::AskLink),
                    Op::From(SenderClass::Mobile),
                    Op::Or,
                    Op::And,
                    Op::Signature("bank".into()),
                    Op::Not,
                    Op::And,
                ],
            ),
        ],
        // A user layer may hold none: nobody would hear them.
        registries: if kind == LayerKind::User {
            Registries::default()
        } else {
            Registries {
                signatures: vec![Signature {
                    name: "工商银行".into(),
                    kind: "bank".into(),
                    ports: strings(&["95588"]),
                }],
                domains: vec![Domain { host: "icbc.com.cn".into(), kind: "bank".into() }],
                senders: vec![KnownSender {
                    number: "95588".into(), name: text("工行", "ICBC"), kind: "bank".into()
                }],
            }
        },
        examples: vec![Example {
            rule: "loan.fee".into(),
            expect: Expect::Match,
            text: "贷款5万秒到账".into(),
            sender: "13800000000".into(),
        }],
        presets: Vec::new(),
    }
}

/// A publisher's preset.
pub(crate) fn preset(id: &str) -> Preset {
    let exceptions = vec![Exception { signature: Some("某店".into()), action: Action::Mark, ..Exception::default() }];
    let parts = Parts { exceptions, name: id.into(), ..Policy::preset("strict").unwrap().parts().clone() };
    Preset { id: id.into(), title: text("安静", "Calm"), overlay: false, policy: Policy::new(parts).unwrap() }
}

//! Training, and models in bundles.

use smsfilter::{
    Category, Filter, Message, SenderClass,
    bundle::{BundleError, Limits, TrustRoot, open, write},
    fold::FoldTable,
    image::{self, Image},
    model::{
        self, Dense, MAX_POINTS, Model, ModelError,
        train::{Label, Purpose, Trained, Trainer},
    },
    rule::Layer,
};
use smsfilter_tests::{bundle_bytes, layer};
use std::sync::LazyLock;

/// Words that only adverts have, and words that only chats have.
const ADVERT: [&str; 6] = ["全场五折", "限时抢购", "会员特惠", "低价清仓", "满减优惠", "新品上市"];
const CHAT: [&str; 6] = ["晚上吃饭", "明天开会", "路上小心", "我先睡了", "周末爬山", "作业写完"];

fn message(body: String) -> Message {
    Message { body, ..Message::default() }
}

fn row(words: &[&str; 6], at: usize) -> String {
    format!("{}{}，{}xx{}", words[at % 6], words[at / 6 % 6], words[at / 36 % 6], words[at / 7 % 6])
}

fn train(layer: &Layer) -> Trained {
    let mut trainer = Trainer::new(layer, 14).unwrap();
    for at in 0..216 {
        trainer.add(&message(row(&ADVERT, at)), Label::Spam, Purpose::Any);
        trainer.add(&message(row(&CHAT, at)), Label::Ham, Purpose::Any);
    }
    trainer.finish(|_, _| ()).unwrap()
}

/// The layer `mini` with a model.
static MINI: LazyLock<(Layer, Trained)> = LazyLock::new(|| {
    let plain = layer("mini");
    let trained = train(&plain);
    (Layer { model: Some(trained.model.clone()), canaries: trained.canaries.clone(), ..plain }, trained)
});

fn fold() -> FoldTable {
    FoldTable::parse(MINI.0.fold.clone().unwrap()).unwrap()
}

fn refusal(layer: &Layer) -> BundleError {
    write(layer, [0; 32]).expect_err("must be refused")
}

#[test]
fn equal_rows_train_to_equal_bytes() {
    let again = train(&layer("mini"));
    assert!(again.model == MINI.1.model);
    assert_eq!(again.canaries, MINI.1.canaries);
}

#[test]
fn words_of_one_class_alone_separate_the_classes() {
    let report = &MINI.1.report;
    assert!(report.spam.positives > 10 && report.spam.negatives > 10, "{report:?}");
    assert_eq!((report.spam.found, report.spam.wrong), (report.spam.positives, 0), "{report:?}");
    let model = Model::parse(MINI.1.model.clone()).unwrap();
    let points = |text: &str| model.points(model.sums(text), Dense::default());
    let promotion = Category::Promotion as usize;
    assert!(points("会员特惠全场五折")[promotion] > 0);
    assert!(points("周末爬山路上小心")[promotion] < 0);
    // Nobody showed a message of a friend.
    assert_eq!(points("全场五折")[Category::Personal as usize], -MAX_POINTS);
}

#[test]
fn a_category_that_labels_name_is_learnt_as_such() {
    let base = layer("mini");
    let mut trainer = Trainer::new(&base, 14).unwrap();
    for at in 0..216 {
        trainer.add(&message(row(&ADVERT, at)), Label::Category(Category::Illegal), Purpose::Train);
        trainer.add(&message(row(&CHAT, at)), Label::Category(Category::Personal), Purpose::Train);
    }
    let model = Model::parse(trainer.finish(|_, _| ()).unwrap().model).unwrap();
    let points = model.points(model.sums("限时抢购低价清仓"), Dense::default());
    assert!(points[Category::Illegal as usize] > 0, "{points:?}");
    assert!(points[Category::Personal as usize] < 0, "{points:?}");
}

#[test]
fn a_corpus_without_both_kinds_trains_nothing() {
    let base = layer("mini");
    assert!(Trainer::new(&base, 13).is_err());
    let mut trainer = Trainer::new(&base, 14).unwrap();
    (0..216).for_each(|at| trainer.add(&message(row(&ADVERT, at)), Label::Spam, Purpose::Train));
    assert!(trainer.finish(|_, _| ()).unwrap_err().to_string().contains(" and 0; name a corpus"));
}

#[test]
fn a_bundle_carries_its_model_and_canaries() {
    let bytes = bundle_bytes(&MINI.0);
    let bundle = open(&bytes, &TrustRoot::development(), &Limits::default()).unwrap();
    assert!(bundle.layer == MINI.0);
    let found = smsfilter::bundle::inspect(&bytes).unwrap();
    let items = |kind| found.sections.iter().find(|section| section.kind == kind).map(|section| section.items);
    assert_eq!((items(7), items(8)), (Some(1 << 14), Some(MINI.0.canaries.len() as u32)));
    let mut limits = Limits::default();
    limits.model_bytes = 1 << 16;
    assert_eq!(open(&bytes, &TrustRoot::development(), &limits).unwrap_err().code(), "over-limit");
}

#[test]
fn a_bundle_whose_model_does_not_fit_is_refused() {
    let good = &MINI.0;
    let model = good.model.clone().unwrap();
    let mut foreign = model.to_vec();
    foreign[32] ^= 1;
    let error = refusal(&Layer { model: Some(foreign.into()), ..good.clone() });
    assert_eq!(error.code(), "invalid-content");
    let digest = |bytes: [u8; 32]| smsfilter::bundle::hex(&bytes);
    let here = Model::parse(model.clone()).unwrap().fold_digest();
    let mut other = here;
    other[0] ^= 1;
    for name in [digest(here), digest(other)] {
        assert!(error.to_string().contains(&name), "{error}");
    }
    let mut newer = model.to_vec();
    newer[8] = 2;
    let mut canaries = good.canaries.clone();
    canaries[0].traits = 1 << 31;
    let cases = [
        ("undecodable", Layer { model: Some(model.slice(..model.len() - 1)), ..good.clone() }),
        ("needs-newer-engine", Layer { model: Some(newer.into()), ..good.clone() }),
        ("invalid-content", Layer { canaries: Vec::new(), ..good.clone() }),
        ("invalid-content", Layer { canaries: vec![good.canaries[0].clone(); 65], ..good.clone() }),
        ("invalid-content", Layer { canaries, ..good.clone() }),
        ("invalid-content", Layer { model: None, ..good.clone() }),
    ];
    for (code, layer) in cases {
        assert_eq!(refusal(&layer).code(), code);
    }
}

#[test]
fn the_self_test_finds_a_changed_weight_and_other_arithmetic() {
    let (layer, trained) = &*MINI;
    let good = Model::parse(trained.model.clone()).unwrap();
    good.self_test(&fold(), &layer.canaries).unwrap();
    let skeleton = fold().keyword(&layer.canaries[0].text);
    // Some byte of the table is a weight of the first canary: change row after row until it shows.
    let rows = trained.model.len() - good.rows() * model::LANES;
    let touched = (1..good.rows()).find_map(|row| {
        let mut bytes = trained.model.to_vec();
        bytes[rows + row * model::LANES] ^= 1;
        let changed = Model::parse(bytes.into()).unwrap();
        (changed.sums(&skeleton) != good.sums(&skeleton)).then_some(changed)
    });
    match touched.unwrap().self_test(&fold(), &layer.canaries) {
        Err(ModelError::Canary { number: 0, .. }) => {}
        other => panic!("{other:?}"),
    }
    let mut canaries = layer.canaries.clone();
    let last = canaries.len() - 1;
    canaries[last].points[1] += 1;
    assert!(good.self_test(&fold(), &canaries).unwrap_err().to_string().contains(&format!("canary {last} ")));
}

#[test]
fn canaries_come_from_the_examples_with_their_senders() {
    let texts: Vec<&str> = MINI.0.examples.iter().map(|example| example.text.as_str()).collect();
    assert!(MINI.0.canaries.iter().all(|canary| texts.contains(&canary.text.as_str())));
    assert!(MINI.0.canaries.iter().any(|canary| canary.class != SenderClass::None || canary.traits != 0));
}

#[test]
fn a_file_holds_model_and_canaries_and_nothing_else() {
    let trained = &MINI.1;
    let file = model::join(&trained.model, &trained.canaries);
    assert!(model::split(&file.clone().into()).unwrap() == (trained.model.clone(), trained.canaries.clone()));
    for wrong in [&file[..10], &file[..file.len() - 1], &[&file[..], &[0]].concat()] {
        assert!(model::split(&wrong.to_vec().into()).is_err());
    }
}

/// The filter over `mini` with this model.
fn filter(trained: &Trained) -> Filter {
    let layer = Layer { model: Some(trained.model.clone()), canaries: trained.canaries.clone(), ..layer("mini") };
    let image = image::compile(&[image::Input { layer: &layer, digest: [0; 32] }]).unwrap();
    Filter::new(Image::open(image.into()).unwrap()).unwrap()
}

#[test]
fn the_model_adds_to_a_verdict_as_a_reason_and_the_reasons_still_add_up() {
    let filter = filter(&MINI.1);
    let advert = message("会员特惠全场五折，限时抢购低价清仓".into());
    let verdict = filter.classify(&advert);
    assert_eq!(verdict.category(), Category::Promotion, "{verdict:?}");
    let model = verdict.reasons.iter().find(|reason| reason.rule == "@model").expect("the model is a reason");
    assert!(model.points > 0 && model.spans.is_empty());
    assert_eq!(verdict.points, verdict.reasons.iter().map(|reason| reason.points).sum::<i32>());
    assert_eq!(filter.without_model().classify(&advert).category(), Category::Unknown);
    // Words of a chat take nothing away.
    let (chat, fees) = ("路上小心晚上吃饭明天开会，", "手续费和保证金");
    let fees = message(format!("{chat}{fees}"));
    assert_eq!(filter.classify(&fees).points, filter.without_model().classify(&fees).points);
}

#[test]
fn the_model_alone_makes_no_message_illegal_but_backs_an_ask() {
    let base = layer("mini");
    let mut trainer = Trainer::new(&base, 14).unwrap();
    for at in 0..216 {
        trainer.add(&message(row(&ADVERT, at)), Label::Category(Category::Illegal), Purpose::Train);
        trainer.add(&message(row(&CHAT, at)), Label::Category(Category::Personal), Purpose::Train);
    }
    let filter = filter(&trainer.finish(|_, _| ()).unwrap());
    let words = "会员特惠全场五折，限时抢购低价清仓";
    assert_ne!(filter.classify(&message(words.into())).category(), Category::Illegal);
    assert_eq!(filter.classify(&message(format!("{words}，加微信"))).category(), Category::Illegal);
}

#[test]
fn a_model_that_computes_otherwise_compiles_to_no_image() {
    let mut layer = MINI.0.clone();
    layer.canaries[0].sums[0] += 1;
    let refused = image::compile(&[image::Input { layer: &layer, digest: [0; 32] }]).unwrap_err();
    assert_eq!(refused.code(), "canary");
}

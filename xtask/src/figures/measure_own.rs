//! What do the rules make of the messages that the project writes itself? Twenty of each intent; of what must be allowed, a
//! hundred, by the draws of `build --publish`.

use super::command::smsfilter;
use super::measure_corpus::{is_blocked, is_spam, run};
use crate::shell::{self, Outcome};
use serde_json::Value;
use std::{collections::BTreeMap, fs, sync::OnceLock};

/// What became of one intent's messages.
#[derive(Clone, Default)]
struct Intent {
    category: String,
    early: bool,
    messages: f64,
    blocked: f64,
    spam: f64,
}

/// By half, then by name.
type Intents = BTreeMap<(&'static str, String), Intent>;

/// The half on which rules are tuned, and the half that judges them.
pub(super) const TUNED: &str = "tuned";
pub(super) const HELD: &str = "held";

/// Draws of what must be allowed; the first is that of all figures.
const SEEDS: [&str; 5] = ["1", "2", "3", "4", "5"];

fn intents() -> Outcome<&'static Intents> {
    static INTENTS: OnceLock<Outcome<Intents>> = OnceLock::new();
    INTENTS
        .get_or_init(|| {
            let mut intents = Intents::new();
            let corpus = shell::root().join("rules/corpus");
            let corpus = corpus.to_string_lossy();
            for (half, seed) in [TUNED, HELD].into_iter().flat_map(|half| SEEDS.map(|seed| (half, seed))) {
                let messages = smsfilter(&["corpus", &corpus, "--each", "20", "--half", half, "--seed", seed])?;
                let wanted = |line: &&str| seed == SEEDS[0] || line.contains("\"source\":\"must-allow/");
                let messages: String = messages.lines().filter(wanted).flat_map(|line| [line, "\n"]).collect();
                let file = shell::target().join("own.jsonl");
                fs::write(&file, &messages).map_err(|e| format!("{}: {e}", file.display()))?;
                let verdicts = run(&[&file.to_string_lossy()])?.0;
                if messages.lines().count() != verdicts.lines().count() {
                    return Err(format!("{}: expected a verdict for each message", file.display()));
                }
                for (message, verdict) in messages.lines().zip(verdicts.lines()) {
                    add(&mut intents, half, message, verdict).map_err(|e| format!("{}: {e}", file.display()))?;
                }
            }
            Ok(intents)
        })
        .as_ref()
        .map_err(Clone::clone)
}

fn add(intents: &mut Intents, half: &'static str, message: &str, verdict: &str) -> Result<(), serde_json::Error> {
    let (message, verdict): (Value, Value) = (serde_json::from_str(message)?, serde_json::from_str(verdict)?);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let name = text(&message["id"]).split('#').next().unwrap_or_default().to_owned();
    let intent = intents.entry((half, name)).or_default();
    let category = text(&verdict["category"]);
    intent.category = text(&message["category"]);
    intent.early = message["era"] == "2013";
    intent.messages += 1.0;
    intent.blocked += f64::from(u8::from(is_blocked(&category)));
    intent.spam += f64::from(u8::from(is_spam(&category)));
    Ok(())
}

fn of(folder: &str) -> Outcome<impl Iterator<Item = (&'static str, &'static Intent)>> {
    let folder = format!("{folder}/");
    Ok(intents()?
        .iter()
        .filter(move |((_, name), _)| name.starts_with(&folder))
        .map(|((half, _), intent)| (*half, intent)))
}

/// How many intents a folder has.
pub(super) fn count(folder: &str) -> Outcome<Option<f64>> {
    Ok(Some(of(folder)?.count() as f64))
}

/// The share of the spam of a half, and of an era where one is named, that is found, in percent.
pub(super) fn found(half: &str, early: Option<bool>) -> Outcome<Option<f64>> {
    let chosen = of("spam")?.filter(|(of, intent)| *of == half && early.is_none_or(|early| intent.early == early));
    let (spam, all) = chosen.fold((0.0, 0.0), |sum, (_, intent)| (sum.0 + intent.spam, sum.1 + intent.messages));
    Ok(Some(100.0 * spam / all))
}

/// Intents of a folder of which a message was blocked.
pub(super) fn blocked(folder: &str) -> Outcome<Option<f64>> {
    Ok(Some(of(folder)?.filter(|(_, intent)| intent.blocked > 0.0).count() as f64))
}

/// Must-allow intents of a category of which a message was called promotion, or worse.
pub(super) fn promoted(category: &str) -> Outcome<Option<f64>> {
    let chosen = of("must-allow")?.filter(|(_, intent)| intent.category.starts_with(category) && intent.spam > 0.0);
    Ok(Some(chosen.count() as f64))
}

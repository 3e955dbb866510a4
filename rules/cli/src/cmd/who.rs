//! `who`: which keywords and rules know a word, and would any of them hide a message that says it?

use crate::{
    Format,
    opened::{self, RulesArgs},
    outcome::{Failure, Outcome, Result},
    words,
};
use serde_json::json;
use smsfilter::{
    Action, Filter, Message,
    fold::FoldTable,
    rule::{Effect, Layer},
};
use std::collections::BTreeMap;

/// 查一个词：哪些关键词、规则认得它 / Say which keywords and rules know a word, and whether any hides it.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// 词，或整条短信 / The word, or a whole text.
    word: String,
    #[command(flatten)]
    rules: RulesArgs,
    /// A preset or a TOML file: what it would do with a message of the word alone.
    #[arg(long, value_name = "P", default_value = "standard")]
    policy: String,
    /// How to print.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// A keyword that has to do with the word.
struct Touch<'a> {
    publisher: &'a str,
    list: &'a str,
    keyword: &'a str,
    /// How it is written in the word, or how the word stands in it.
    form: String,
    /// The word has the keyword in it; else the word is a part of the keyword.
    said: bool,
    /// Rules with points that the keyword speaks for.
    rules: Vec<&'a str>,
}

pub(crate) fn run(args: &Args) -> Result {
    let bundles = args.rules.all()?;
    let filter = opened::filter(&bundles)?;
    let policy = opened::policy(&args.policy, &args.rules)?;
    let Some(fold) = filter.image().fold() else { return Err(Failure::Refused("no fold tables".into())) };
    let word = fold.keyword(&args.word);
    if !word.contains(char::is_alphanumeric) {
        return Err(Failure::Misuse("expected a word with a letter, a digit or a character in it".into()));
    }
    let mut touches = Vec::new();
    for bundle in &bundles {
        touches.extend(touches_of(&bundle.layer, fold, &word)?);
    }
    let message = Message { body: args.word.clone(), ..Message::default() };
    let (verdict, decision) = filter.decide(&message, &policy);
    let hides = decision.action >= Action::Digest;
    let json = args.format == Format::Json;
    for Touch { publisher, list, keyword, form, said, rules } in &touches {
        if json {
            let how = if *said { "said" } else { "part" };
            println!(
                "{}",
                json!({"kind": "keyword", "publisher": publisher, "list": list, "keyword": keyword, "form": form, "how": how, "rules": rules})
            );
            continue;
        }
        let how = if *said { "词中有 / says" } else { "含此词 / part of" };
        let written = if form == keyword { String::new() } else { format!(" ({form})") };
        println!("{how:<16} {keyword}{written}  {publisher}/{list}  {}", rules.join(" "));
    }
    for (rule, effect, alone) in known(&filter, &bundles, &message) {
        let (publisher, id) = rule;
        if json {
            println!(
                "{}",
                json!({"kind": "rule", "publisher": publisher, "rule": id, "effect": effect, "alone": alone})
            );
            continue;
        }
        let alone =
            if alone { "单凭此词成立 / holds by the word alone" } else { "还需其他条件 / needs more" };
        println!("rule       {publisher}/{id} {effect}: {alone}");
    }
    let (action, category) = (decision.action.name(), verdict.subcategory);
    if json {
        println!(
            "{}",
            json!({"kind": "verdict", "category": verdict.category().name(), "subcategory": category.name(), "action": action, "hides": hides})
        );
    } else {
        let hides =
            if hides { "会被移走 / would be moved away" } else { "不会被移走 / would not be moved away" };
        println!("只说此词的短信 / A message of the word alone: {category}, {action}: {hides}");
    }
    Ok(Outcome::Fine)
}

/// The keywords of a layer that the word has in it, and those that it is a part of; each keyword once.
fn touches_of<'a>(layer: &'a Layer, fold: &FoldTable, word: &str) -> Result<Vec<Touch<'a>>> {
    let forms = words::forms(layer, fold).map_err(|error| Failure::Refused(error.to_string()))?;
    let lists = words::lists_of_rules(layer);
    let mut found: BTreeMap<(bool, usize, usize), Touch<'a>> = BTreeMap::new();
    for form in forms {
        let said = word.contains(&form.text);
        if !said && !form.text.contains(word) {
            continue;
        }
        let list = &layer.words.lists[form.list];
        let scoring = layer
            .rules
            .iter()
            .zip(&lists)
            .filter(|(rule, lists)| rule.effect != Effect::Evidence && lists.contains(&form.list));
        found.entry((!said, form.list, form.keyword)).or_insert_with(|| Touch {
            publisher: &layer.meta.publisher,
            list: &list.name,
            keyword: &list.keywords[form.keyword],
            form: form.text.clone(),
            said,
            rules: scoring.map(|(rule, _)| rule.id.as_str()).collect(),
        });
    }
    // Said through one form and part of another: said is what counts.
    let said: Vec<_> = found.keys().filter(|key| !key.0).map(|key| (key.1, key.2)).collect();
    Ok(found.into_iter().filter(|(key, _)| !key.0 || !said.contains(&(key.1, key.2))).map(|row| row.1).collect())
}

/// The rules with points, or the user's own, that have a keyword in the message: their names, what they do, and whether the
/// message is enough for them.
fn known(
    filter: &Filter,
    bundles: &[smsfilter::bundle::Bundle],
    message: &Message,
) -> Vec<((String, String), String, bool)> {
    let explanation = filter.explain(message);
    let effect = |publisher: &str, id: &str| {
        let layer = bundles.iter().map(|bundle| &bundle.layer).find(|layer| layer.meta.publisher == publisher)?;
        match layer.rules.iter().find(|rule| rule.id == id)?.effect {
            Effect::Points { category, points } => Some(format!("{points:+} {category}")),
            Effect::Evidence | Effect::Act(_) => None,
        }
    };
    let rules = filter.who(&message.body).into_iter().map(|name| {
        let holds = explanation.rules.iter().any(|held| held.rule == name.rule && held.publisher == name.publisher);
        let effect = effect(&name.publisher, &name.rule).unwrap_or_default();
        ((name.publisher, name.rule), effect, holds)
    });
    let own =
        explanation.verdict.user_rule.map(|own| (("user".to_owned(), own.rule), own.action.name().to_owned(), true));
    rules.chain(own).collect()
}

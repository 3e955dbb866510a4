//! `import`: others' keywords → a topic, with a report of what could not be carried over.

mod neko;

use crate::{
    Format, opened,
    outcome::{Failure, Outcome, Result, read, write},
    report::highlight,
    words,
};
use serde_json::json;
use smsfilter::{
    Subcategory,
    fold::FoldTable,
    image::MAX_KEYWORD,
    rule::author::{self, SourceFile},
};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

/// 导入关键词表或 NekoSMS 备份 / Make a topic of a list of keywords or of a NekoSMS backup.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// 每行一个关键词，或 NekoSMS 备份 / Keywords, one a line, or a NekoSMS backup (JSON).
    file: PathBuf,
    /// 新主题文件，文件名即主题名 / The topic's new file, such as city/junk.toml; its name is the topic's.
    #[arg(long, value_name = "TOPIC.toml")]
    out: PathBuf,
    /// What the keywords speak for.
    #[arg(long, value_name = "C", default_value = "promotion/other", value_parser = category)]
    category: Subcategory,
    /// The rule's points: fewer than 50 do not decide alone.
    #[arg(long, value_name = "N", default_value_t = 30, value_parser = clap::value_parser!(i16).range(1..=1000))]
    points: i16,
    /// How to print.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// A keyword, with its number in the input.
type Numbered = (usize, String);

/// What the input said that a list of keywords cannot say, or need not.
struct LeftOut {
    /// Number of its line or filter, from 1.
    number: usize,
    text: String,
    why: String,
    /// Something is lost by it.
    lost: bool,
}

pub(crate) fn run(args: &Args) -> Result {
    if args.out.exists() {
        return Err(Failure::Misuse(format!("{} exists: name a new file", args.out.display())));
    }
    let text = String::from_utf8(read(&args.file)?).map_err(|_| Failure::refused(&args.file, "expected UTF-8 text"))?;
    let text = text.trim_start_matches('\u{feff}');
    let is_backup = text.trim_start().starts_with('{');
    let (keywords, mut left_out) = if is_backup {
        neko::read(text).map_err(|error| Failure::refused(&args.file, error))?
    } else {
        let lines =
            text.lines().map(str::trim).enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        (lines.map(|(at, line)| (at + 1, line.to_owned())).collect(), Vec::new())
    };
    let national = opened::national()?;
    let Some(fold) = national.image().fold() else { return Err(Failure::Refused("no fold tables".into())) };
    let kept = sift(keywords, fold, &mut left_out);
    left_out.sort_by_key(|left| left.number);
    if !kept.is_empty() {
        let topic = topic(args, &kept);
        check(&args.out, &topic)?;
        write(&args.out, topic.as_bytes())?;
    }
    for LeftOut { number, text, why, lost } in &left_out {
        match args.format {
            Format::Json => {
                println!("{}", json!({"kind": "left-out", "number": number, "text": text, "why": why, "lost": lost}))
            }
            Format::Text => println!("{number}: {}: {}", highlight(text, &[]), highlight(why, &[])),
        }
    }
    let lost = left_out.iter().filter(|left| left.lost).count();
    let (carried, spare) = (kept.len(), left_out.len() - lost);
    match args.format {
        Format::Json => println!("{}", json!({"kind": "summary", "carried": carried, "spare": spare, "lost": lost})),
        Format::Text => println!(
            "导入 {carried} 个，重复 {spare} 个，未能导入 {lost} 个 / carried over {carried}, {spare} were there already, {lost} lost"
        ),
    }
    if kept.is_empty() {
        return Err(Failure::refused(&args.file, "expected at least one keyword; nothing was written"));
    }
    Ok(if lost == 0 { Outcome::Fine } else { Outcome::No })
}

/// The keywords that a list can have and gains by.
fn sift(keywords: Vec<Numbered>, fold: &FoldTable, left_out: &mut Vec<LeftOut>) -> Vec<String> {
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    let mut kept = Vec::new();
    for (number, text) in keywords {
        let folded = fold.keyword(&text);
        let (words, characters) = (folded.chars().filter(|c| c.is_alphanumeric()).count(), folded.chars().count());
        let (why, lost) = match (words, known.get(&folded)) {
            (0, _) => ("没有文字 / no letter, digit or character in it".to_owned(), true),
            (1, _) => ("只有一个字 / one character says nothing: write the word it belongs to".to_owned(), true),
            _ if characters > MAX_KEYWORD => {
                (format!("超过 {MAX_KEYWORD} 字 / over {MAX_KEYWORD} characters once folded"), true)
            }
            _ if text.contains(char::is_control) => ("含控制字符 / has control characters".to_owned(), true),
            (_, Some(first)) => (format!("与“{first}”相同 / reads as {first:?} does"), false),
            (_, None) => {
                known.insert(folded.clone(), text.clone());
                kept.push((number, text, folded));
                continue;
            }
        };
        left_out.push(LeftOut { number, text, why, lost });
    }
    let mut carried = Vec::new();
    for (number, text, folded) in kept {
        match words::within(&folded).find_map(|other| known.get(other)) {
            None => carried.push(text),
            Some(shorter) => {
                let why = format!("已含于“{shorter}” / found wherever {shorter:?} is");
                left_out.push(LeftOut { number, text, why, lost: false });
            }
        }
    }
    carried
}

fn topic(args: &Args, keywords: &[String]) -> String {
    let name = args.file.file_name().unwrap_or_default().to_string_lossy();
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let lines: String = keywords.iter().map(|word| format!("  {},\n", quoted(word))).collect();
    let (category, points) = (args.category, args.points);
    let name = name.replace(char::is_control, " ");
    format!(
        "# Keywords imported from {name}. A proposal: it wants an owner, examples, and a condition beside the words.\n\n\
         [keywords]\nwords = [\n{lines}]\n\n\
         [[rule]]\nid = \"imported\"\ntitle = {{ zh = \"导入的关键词\", en = \"Imported keywords\" }}\n\
         category = \"{category}\"\npoints = {points}\nwhen = \"words\"\n"
    )
}

/// Reads the topic as a layer would, so that what is written is valid.
fn check(out: &Path, topic: &str) -> Result<()> {
    let file = |name: &str, text: &str| SourceFile { name: name.to_owned(), text: text.to_owned() };
    let layer = "publisher = \"import\"\nlayer = \"import\"\nkind = \"addition\"\nissued_at = 2026-01-01T00:00:00Z\n\
                 not_after = 2027-01-01T00:00:00Z\ntitle = { zh = \"导入\", en = \"Import\" }\n";
    let name = out.file_name().unwrap_or_default().to_string_lossy();
    if !name.ends_with(".toml") {
        return Err(Failure::Misuse(format!("{}: expected a file name that ends in .toml", out.display())));
    }
    let read = author::read(&[file("layer.toml", layer), file(&name, topic)]);
    let mistakes =
        |errors: Vec<author::AuthorError>| errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    read.map(drop).map_err(|errors| Failure::Refused(mistakes(errors)))
}

fn category(text: &str) -> std::result::Result<Subcategory, String> {
    Subcategory::parse(text).ok_or_else(|| "expected a category of rules/README.md, such as fraud/loan".to_owned())
}

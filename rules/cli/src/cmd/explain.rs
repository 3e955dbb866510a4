//! `explain`: how one text is read, step by step.

use crate::{
    Format,
    opened::{self, RulesArgs},
    outcome::{Outcome, Result},
    report::{Classified, highlight},
};
use serde_json::{Value, json};
use smsfilter::{Category, Known, Message, Sender, consent, decide, filter::Explanation};

/// Show how one text is read.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The sender's number or name.
    #[arg(long, default_value = "")]
    sender: String,
    /// When it was received, milliseconds since 1970 UTC.
    #[arg(long, value_name = "MS")]
    received_at: Option<i64>,
    /// The receiver's offset from UTC.
    #[arg(long, value_name = "MIN", default_value_t = 0, allow_negative_numbers = true)]
    utc_offset_min: i16,
    /// What the user has to do with the sender: in the address book, written to, or nothing.
    #[arg(long, default_value = "none", value_parser = known)]
    known: Known,
    #[command(flatten)]
    rules: RulesArgs,
    /// A preset or a TOML file; overlays behind `+`, such as standard+double-eleven.
    #[arg(long, value_name = "P", default_value = "standard")]
    policy: String,
    /// How to print.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// The body.
    text: String,
}

pub(crate) fn run(args: &Args) -> Result {
    let filter = args.rules.open()?;
    let policy = opened::policy(&args.policy, &args.rules)?;
    let message = Message {
        sender: Sender::parse(&args.sender),
        body: args.text.clone(),
        received_at: args.received_at,
        utc_offset_min: args.utc_offset_min,
        known: args.known,
        sim: None,
    };
    let explanation = filter.explain(&message);
    let decision = decide(&explanation.verdict, &message, &policy);
    let offer = consent::offer(&explanation.verdict, &message, &filter.extracts(&message));
    if args.format == Format::Json {
        let id = Value::from(1);
        let mut value = serde_json::to_value(Classified::new(&id, &explanation.verdict, &decision))
            .unwrap_or_else(|_| unreachable!("plain values serialise"));
        value["plain"] = explanation.plain.as_str().into();
        value["skeleton"] = explanation.skeleton.as_str().into();
        value["traits"] = explanation.verdict.traits.names().collect::<Vec<_>>().into();
        value["rules"] = explanation.rules.iter().map(|rule| rule.rule.as_str()).collect::<Vec<_>>().into();
        value["opt_out"] = offer.map(|offer| offer.text).map_or(Value::Null, |text| json!(text));
        println!("{value}");
        return Ok(Outcome::Fine);
    }
    print(&message, &explanation);
    if let Some(offer) = &offer {
        println!("opt-out    {} / {}", offer.text.zh, offer.text.en);
    }
    println!("decision   {} by row {} of policy `{}`", decision.action.name(), decision.row, policy.name());
    Ok(Outcome::Fine)
}

/// The relation of a wire name, as in the input of `classify`.
fn known(name: &str) -> std::result::Result<Known, String> {
    serde_json::from_value(name.into()).map_err(|_| "expected contact, replied or none".to_owned())
}

fn print(message: &Message, explanation: &Explanation) {
    let verdict = &explanation.verdict;
    let spans: Vec<_> = verdict.reasons.iter().flat_map(|reason| reason.spans.iter().copied()).collect();
    println!("message    {}", highlight(&message.body, &spans));
    let (zh, en) = message.sender.class().names();
    println!("sender     {zh} / {en}");
    println!("plain      {}", highlight(&explanation.plain, &[]));
    println!("skeleton   {}", highlight(&explanation.skeleton, &[]));
    println!("traits     {}", verdict.traits.names().collect::<Vec<_>>().join(" "));
    for rule in &explanation.rules {
        let points = rule.points.map_or("evidence".to_owned(), |(category, points)| format!("{points:+} {category}"));
        println!("rule       {}/{} {points}: {} / {}", rule.publisher, rule.rule, rule.title.zh, rule.title.en);
        if !rule.spans.is_empty() {
            println!("           {}", highlight(&message.body, &rule.spans));
        }
    }
    for (publisher, points) in &explanation.points {
        let row: Vec<String> =
            Category::ALL[1..].iter().map(|c| format!("{} {:+}", c.name(), points[*c as usize])).collect();
        println!("points     {publisher}: {}", row.join(", "));
    }
    println!(
        "verdict    {} ({}), {}‰, {:+} points",
        verdict.subcategory,
        verdict.category().zh(),
        verdict.score,
        verdict.points
    );
    if let Some(own) = &verdict.user_rule {
        println!("your rule  {} says {}: {}", own.rule, own.action.name(), highlight(&message.body, &own.spans));
    }
    for flag in verdict.flags.names() {
        println!("flag       {flag}");
    }
}

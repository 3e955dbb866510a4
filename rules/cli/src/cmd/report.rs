//! `report`: what would go to an authority, shown as the phone shows it. Nothing is sent.

use crate::{
    Format,
    opened::RulesArgs,
    outcome::{Failure, Outcome, Result},
    report::highlight,
};
use serde_json::{Value, json};
use smsfilter::{
    Category, Message, Sender, Sim, Subcategory, Text,
    report::{
        About, ChannelId, Choice, Draft, Masked, ReportRequest,
        channel::{CHANNELS, Channel, Status},
        channels_for, draft,
        draft::Refusal,
    },
};
use std::{
    io::{self, Read},
    time::{SystemTime, UNIX_EPOCH},
};

/// Draft reports to authorities. Nothing is sent.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Show what a report of one message would say, to whom, and what it costs.
    Draft(DraftArgs),
    /// List the channels: status, source and the day it was written down.
    Channels {
        /// How to print.
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
    },
}

#[derive(clap::Args)]
struct DraftArgs {
    /// The sender's number or name.
    #[arg(long, default_value = "")]
    sender: String,
    /// MCC and MNC of the SIM that received the message, such as 46000. It chooses the channel.
    #[arg(long, value_name = "MCCMNC", value_parser = operator)]
    operator: Option<String>,
    /// The slot of that SIM.
    #[arg(long, value_name = "N")]
    slot: Option<u8>,
    /// A channel, as `report channels` names it, or a number such as 7726; without it the proposed one.
    #[arg(long, value_name = "NAME", value_parser = channel)]
    channel: Option<ChannelId>,
    /// When it was received: local time with its offset (2026-11-21T08:05+08:00), or milliseconds since 1970 UTC.
    #[arg(long, value_name = "TIME", value_parser = received, allow_negative_numbers = true)]
    received_at: Option<(i64, i16)>,
    /// The message is a rich one (RCS), no SMS.
    #[arg(long)]
    rcs: bool,
    /// Report a one-time code all the same.
    #[arg(long)]
    confirm_code: bool,
    #[command(flatten)]
    rules: RulesArgs,
    /// How to print.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// The body; `-`: all of standard input but a last line end.
    text: String,
}

/// What came of it.
struct Shown {
    choices: Vec<Choice>,
    /// The chosen channel's draft, or the code and sentence of a refusal.
    draft: std::result::Result<Draft, (&'static str, Text)>,
    hint: Option<Text>,
    /// For rule sharing; never to an authority.
    masked: Masked,
    /// What the filter takes the message for.
    kind: Subcategory,
}

pub(crate) fn run(args: &Args) -> Result {
    match &args.command {
        Command::Draft(args) => run_draft(args),
        Command::Channels { format } => {
            for channel in &CHANNELS {
                let choice = Choice {
                    channel,
                    enabled: channel.status != Status::Disabled,
                    reason: channel.source(),
                    proposed: false,
                };
                match format {
                    Format::Json => println!("{}", choice_json(&choice)),
                    Format::Text => print_choice(&choice),
                }
            }
            Ok(Outcome::Fine)
        }
    }
}

fn run_draft(args: &DraftArgs) -> Result {
    let shown = show(args)?;
    match args.format {
        Format::Json => println!("{}", shown.json()),
        Format::Text => shown.print(),
    }
    Ok(if shown.draft.is_ok() { Outcome::Fine } else { Outcome::No })
}

fn show(args: &DraftArgs) -> Result<Shown> {
    let (received_at, utc_offset_min) = args.received_at.unzip();
    if received_at.is_some_and(lies_ahead) {
        anstream::eprintln!("smsfilter: 收到时间在未来，请核对 / the time of receipt lies ahead: check --received-at");
    }
    let has_sim = args.operator.is_some() || args.slot.is_some();
    let message = Message {
        sender: Sender::parse(&args.sender),
        body: body(&args.text)?,
        received_at,
        utc_offset_min: utc_offset_min.unwrap_or_default(),
        sim: has_sim
            .then(|| Sim { slot: args.slot.unwrap_or_default(), operator: args.operator.clone().unwrap_or_default() }),
        ..Message::default()
    };
    let verdict = args.rules.open()?.classify(&message);
    let about = if args.rcs { About::NoSms } else { About::of(&verdict) };
    let choices = channels_for(message.sim.as_ref(), about);
    let chosen = choices.iter().find(|choice| args.channel.map_or(choice.proposed, |id| id == choice.channel.id));
    let chosen = chosen.unwrap_or_else(|| unreachable!("every channel is a choice, and one is proposed"));
    let request = ReportRequest {
        message: &message,
        verdict: &verdict,
        channel: Some(chosen.channel.id),
        override_code: args.confirm_code,
    };
    let draft = match chosen.enabled {
        true => draft(request).map_err(|refusal| (refusal.code(), sentences(&refusal))).map(|draft| Draft {
            sim_slot: args.slot, // an operator alone names no slot
            ..draft
        }),
        false => Err((
            if chosen.channel.status == Status::Disabled { "disabled" } else { "not-for-this" },
            chosen.reason.clone(),
        )),
    };
    Ok(Shown { draft, hint: about.hint(), masked: Masked::of(&message.body, &[]), kind: verdict.subcategory, choices })
}

fn sentences(refusal: &Refusal) -> Text {
    Text { zh: refusal.zh().to_owned(), en: refusal.to_string() }
}

fn body(text: &str) -> Result<String> {
    if text != "-" {
        return Ok(text.to_owned());
    }
    let mut body = String::new();
    let read = io::stdin().read_to_string(&mut body);
    read.map_err(|error| Failure::Misuse(format!("cannot read standard input: {error}")))?;
    let end = body.strip_suffix('\n').map_or(body.len(), |body| body.strip_suffix('\r').unwrap_or(body).len());
    body.truncate(end);
    Ok(body)
}

fn operator(digits: &str) -> std::result::Result<String, String> {
    let fits = (5..=6).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| digits.to_owned()).ok_or_else(|| "expected five or six digits such as 46000".to_owned())
}

/// A channel by its name, or by its number or a part of the name that no other has.
fn channel(text: &str) -> std::result::Result<ChannelId, String> {
    let is_meant =
        |channel: &&Channel| channel.number == Some(text) || channel.id.name().split('-').any(|part| part == text);
    let meant: Vec<ChannelId> = CHANNELS.iter().filter(is_meant).map(|channel| channel.id).collect();
    match (ChannelId::parse(text), &meant[..]) {
        (Some(id), _) | (None, &[id]) => Ok(id),
        (None, some) => {
            let names = if some.is_empty() { CHANNELS.map(|channel| channel.id).to_vec() } else { meant };
            let names: Vec<&str> = names.into_iter().map(ChannelId::name).collect();
            Err(format!("expected one of {}", names.join(", ")))
        }
    }
}

/// Whether a time is more than a day after now: no clock is that wrong by itself.
fn lies_ahead(received_at: i64) -> bool {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
    u128::try_from(received_at).is_ok_and(|at| at > now + 86_400_000)
}

/// Milliseconds since 1970 UTC and the offset in minutes.
fn received(time: &str) -> std::result::Result<(i64, i16), String> {
    if let Ok(ms) = time.parse() {
        return Ok((ms, 0));
    }
    let wrong = || "expected a time with its offset such as 2026-11-21T08:05+08:00, or milliseconds".to_owned();
    let pieces = jiff::fmt::temporal::Pieces::parse(time).map_err(|_| wrong())?;
    let offset = pieces.to_numeric_offset().ok_or_else(wrong)?;
    let at = offset.to_timestamp(pieces.date().to_datetime(pieces.time().ok_or_else(wrong)?)).map_err(|_| wrong())?;
    Ok((at.as_millisecond(), (offset.seconds() / 60) as i16))
}

fn choice_json(choice: &Choice) -> Value {
    let channel = choice.channel;
    json!({
        "name": channel.id.name(),
        "title": { "zh": channel.name.0, "en": channel.name.1 },
        "number": channel.number,
        "enabled": choice.enabled,
        "proposed": choice.proposed,
        "reason": choice.reason,
        "status": channel.status.name(),
        "source": channel.source(),
        "noted": channel.noted,
    })
}

fn print_choice(choice: &Choice) {
    let (channel, status) = (choice.channel, choice.channel.status.text());
    let mark = match (choice.proposed, choice.enabled, channel.status) {
        (true, ..) => "建议 proposed",
        (_, true, _) => "可选 available",
        (_, _, Status::Disabled) => "停用 off",
        _ => "不适用 not for this message",
    };
    println!("{mark}: {} / {} [{}]", channel.name.0, channel.name.1, channel.id.name());
    println!("    {} / {}, {}", status.zh, status.en, channel.noted);
    println!("    {}\n    {}", choice.reason.zh, choice.reason.en);
    let source = channel.source();
    if source != choice.reason {
        println!("    来源 source: {} / {}", source.zh, source.en);
    }
}

impl Shown {
    fn json(&self) -> Value {
        let mut value = match &self.draft {
            Err((code, why)) => json!({ "refused": { "code": code, "zh": why.zh, "en": why.en } }),
            Ok(draft) => {
                let steps = draft.steps.iter().map(|step| {
                    json!({
                        "to": step.to,
                        "text": step.text.expose(),
                        "ucs2": step.length.ucs2,
                        "units": step.length.units,
                        "parts": step.length.parts,
                        "when": step.when,
                    })
                });
                json!({
                    "channel": draft.channel.id.name(),
                    "sim_slot": draft.sim_slot,
                    "steps": steps.collect::<Vec<_>>(),
                    "cost": draft.cost(),
                    "confirmation": draft.confirmation(),
                })
            }
        };
        value["category"] = self.kind.category.name().into();
        value["subcategory"] = self.kind.name().into();
        value["hint"] = json!(self.hint);
        value["channels"] = self.choices.iter().map(choice_json).collect::<Vec<_>>().into();
        value["masked"] = self.masked.as_str().into();
        value
    }

    fn print(&self) {
        let (kind, category) = (self.kind, self.kind.category);
        println!("判定 verdict: {}（{}）/ {kind}", category.zh(), kind.zh());
        if !matches!(category, Category::Promotion | Category::Illegal | Category::Fraud | Category::Phishing) {
            println!("    看来不是垃圾短信，确认要举报吗？ / it does not look like spam: is it to be reported?");
        }
        match &self.draft {
            Err((code, why)) => println!("不能举报 refused ({code})\n    {}\n    {}", why.zh, why.en),
            Ok(draft) => print_draft(draft),
        }
        if let Some(hint) = &self.hint {
            println!("提示 hint\n    {}\n    {}", hint.zh, hint.en);
        }
        println!("\n渠道 channels");
        self.choices.iter().for_each(print_choice);
        println!(
            "\n打码内容，只用于共享规则，不发给上面的渠道 masked, for sharing rules alone, never part of the report"
        );
        println!("    {}", highlight(self.masked.as_str(), &[]));
    }
}

fn print_draft(draft: &Draft) {
    let (channel, cost) = (draft.channel, draft.cost());
    println!("举报草稿，不会自动发送 draft, nothing is sent: {} / {}", channel.name.0, channel.name.1);
    if let Some(slot) = draft.sim_slot {
        println!("    卡 {0} / SIM {0} (--slot {slot})", u16::from(slot) + 1);
    }
    println!("    {} / {}", cost.zh, cost.en);
    if let Some(asks) = draft.confirmation() {
        println!("    {} / {}", asks.zh, asks.en);
    }
    for (number, step) in (1..).zip(&draft.steps) {
        let length = step.length;
        let to = step.to.unwrap_or("分享 share sheet");
        println!("{number}. → {to}，{} 条 parts，{} 字 units", length.parts, length.units);
        if let Some(when) = &step.when {
            println!("    {} / {}", when.zh, when.en);
        }
        println!("    {}", highlight(step.text.expose(), &[]));
    }
}

//! `policy`: a receive policy in plain words, checked, and tried on messages that were received.

use crate::{
    Format,
    input::InputArgs,
    opened::{self, RulesArgs},
    outcome::{Count, Outcome, Result},
};
use serde_json::json;
use smsfilter::{
    Policy, Text,
    policy::{self, Moved, Preview},
};
use std::path::PathBuf;

/// Say what a policy does, check one, see what a change would have moved.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
    /// How to print.
    #[arg(long, value_enum, default_value = "text", global = true)]
    format: Format,
}

#[derive(clap::Subcommand)]
enum What {
    /// Say in plain words what a policy does.
    Show {
        /// A preset or a TOML file; overlays behind `+`, such as standard+double-eleven. Without it: the presets there are.
        policy: Option<String>,
        /// Say only what it does otherwise than this one.
        #[arg(long, value_name = "P", requires = "policy")]
        against: Option<String>,
        #[command(flatten)]
        rules: RulesArgs,
    },
    /// Check a policy file.
    Check {
        /// The file.
        file: PathBuf,
    },
    /// Say what a change of policy would have moved of the messages in a file.
    ///
    /// Moved messages are counted by what happened to them, what would happen, and what would decide it; one-time codes and
    /// notices of banks, cards and payments among them are called out.
    Preview {
        #[command(flatten)]
        history: InputArgs,
        /// The policy so far.
        #[arg(long, value_name = "P", default_value = "standard")]
        from: String,
        /// The policy to be.
        #[arg(long, value_name = "P")]
        to: String,
        #[command(flatten)]
        rules: RulesArgs,
    },
}

pub(crate) fn run(args: &Args) -> Result {
    let json = args.format == Format::Json;
    match &args.what {
        What::Show { policy: None, rules, .. } => list(rules, json),
        What::Show { policy: Some(words), against, rules } => {
            let policy = opened::policy(words, rules)?;
            let said = match against {
                Some(other) => policy::changes(&policy, &opened::policy(other, rules)?),
                None => policy::describe(&policy),
            };
            said.iter().for_each(|text| tell(text, json));
            Ok(Outcome::Fine)
        }
        What::Check { file } => {
            let policy = opened::policy_file(file)?;
            let parts = policy.parts();
            let (rows, exceptions) = (parts.rows.len(), parts.exceptions.len());
            match json {
                true => println!("{}", json!({"policy": policy.name(), "rows": rows, "exceptions": exceptions})),
                false => {
                    println!("{}: {rows} 行、{exceptions} 条例外 / rows {rows}, exceptions {exceptions}", policy.name())
                }
            }
            Ok(Outcome::Fine)
        }
        What::Preview { history, from, to, rules } => {
            let (old, new) = (opened::policy(from, rules)?, opened::policy(to, rules)?);
            preview(history, &old, &new, rules, json)
        }
    }
}

fn tell(text: &Text, json: bool) {
    match json {
        true => println!("{}", json!(text)),
        false => println!("{}\n  {}", text.zh, text.en),
    }
}

/// The presets of the product and of the rules in use.
fn list(rules: &RulesArgs, json: bool) -> Result {
    let builtin = [
        ("off", "关闭：全部进入收件箱", "off: everything goes to the inbox"),
        ("mark", "只加标签", "labels only"),
        ("standard", "标准：移走违法和诈骗，营销静默", "unlawful messages moved, advertising without a sound"),
        ("strict", "严格：陌生营销也移走", "advertising of strangers moved too"),
    ];
    let print = |id: &str, overlay: bool, zh: &str, en: &str| match json {
        true => println!("{}", json!({"id": id, "overlay": overlay, "zh": zh, "en": en})),
        false => println!("{:<18} {zh} / {en}", if overlay { format!("+{id}") } else { id.to_owned() }),
    };
    builtin.iter().for_each(|(id, zh, en)| print(id, false, zh, en));
    for preset in rules.presets()? {
        print(&preset.id, preset.overlay, &preset.title.zh, &preset.title.en);
    }
    Ok(Outcome::Fine)
}

fn preview(history: &InputArgs, old: &Policy, new: &Policy, rules: &RulesArgs, json: bool) -> Result {
    let filter = rules.open()?;
    let (mut preview, mut count) = (Preview::default(), Count::default());
    for entry in history.open()?.records() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                print(&preview, count.bad, json); // what came before the file broke off
                return Err(error);
            }
        };
        count.add(entry.record.is_ok());
        match entry.record {
            Ok(record) => preview.add(&filter, &record.message, old, new),
            Err(error) => anstream::eprintln!("smsfilter: line {}: {error}", entry.number),
        }
    }
    print(&preview, count.bad, json);
    Ok(count.outcome())
}

fn print(preview: &Preview, bad: u64, json: bool) {
    let moved = preview.moved();
    let sum = |of: fn(&Moved) -> u64| moved.iter().map(|row| of(row)).sum::<u64>();
    let (all, codes, bank) = (sum(|row| row.messages), sum(|row| row.codes), sum(|row| row.bank));
    if json {
        for row in &moved {
            println!(
                "{}",
                json!({"from": row.from.name(), "to": row.to.name(), "row": row.row, "messages": row.messages,
                    "codes": row.codes, "bank": row.bank, "examples": row.examples})
            );
        }
        println!("{}", json!({"messages": preview.messages(), "moved": all, "codes": codes, "bank": bank, "bad": bad}));
        return;
    }
    println!("共 {} 条，变动 {all} 条 / {all} of {} messages would move", preview.messages(), preview.messages());
    if codes + bank > 0 {
        println!(
            "注意：其中验证码 {codes} 条，银行和支付通知 {bank} 条 / mind: {codes} one-time codes, {bank} bank notices"
        );
    }
    for row in moved {
        let mut called_out = String::new();
        if row.codes + row.bank > 0 {
            called_out = format!("  验证码 codes {}，银行 bank {}", row.codes, row.bank);
        }
        println!("{:>8}  {} → {}  {}{called_out}", row.messages, row.from.name(), row.to.name(), row.row);
    }
}

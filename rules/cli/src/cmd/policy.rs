//! `policy`: a receive policy in plain words, checked, and tried on messages that were received.

use crate::{
    Format,
    input::InputArgs,
    opened::{self, RulesArgs},
    outcome::{Count, Outcome, Result},
};
use serde_json::{Value, json};
use smsfilter::{
    Policy, Text,
    policy::{self, Moved, Preview},
};

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
    /// Check a policy.
    Check {
        /// A TOML file; overlays behind `+` as in `show`.
        policy: String,
        #[command(flatten)]
        rules: RulesArgs,
    },
    /// Say what a change of policy would have moved of the messages in a file.
    ///
    /// Moved messages are counted by what happened to them, what would happen, and what would decide it, with the ids of some;
    /// one-time codes, notices of banks, cards and payments, and fraud that would leave the spam box are called out. Behind
    /// them stands what the two policies say differently, sounds and retention included.
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
        What::Check { policy, rules } => {
            let policy = opened::policy(policy, rules)?;
            let parts = policy.parts();
            let (rows, exceptions) = (parts.rows.len(), parts.exceptions.len());
            match json {
                true => println!("{}", json!({"policy": policy.name(), "rows": rows, "exceptions": exceptions})),
                false => {
                    println!(
                        "{}: {rows} 格、{exceptions} 条例外 / cells {rows}, exceptions {exceptions}",
                        policy.name()
                    )
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
    let mut seen = Seen { preview: Preview::default(), bad: 0 };
    let mut count = Count::default();
    for entry in history.open()?.records() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                seen.print(old, new, json); // what came before the file broke off
                return Err(error);
            }
        };
        count.add(entry.record.is_ok());
        match entry.record {
            Ok(record) => seen.preview.add(&filter, record.id, &record.message, old, new),
            Err(error) => {
                seen.bad += 1;
                anstream::eprintln!("smsfilter: line {}: {error}", entry.number);
            }
        }
    }
    seen.print(old, new, json);
    Ok(count.outcome())
}

/// What a history showed of a change.
struct Seen {
    /// By the `id` of each message.
    preview: Preview<Value>,
    bad: u64,
}

impl Seen {
    fn print(&self, old: &Policy, new: &Policy, json: bool) {
        let moved = self.preview.moved();
        let sum = |of: fn(&Moved<Value>) -> u64| moved.iter().map(|row| of(row)).sum::<u64>();
        let (all, codes, bank, blocked) =
            (sum(|row| row.messages), sum(|row| row.codes), sum(|row| row.bank), sum(|row| row.blocked));
        let (messages, changes) = (self.preview.messages(), policy::changes(new, old));
        let unseen = new.dates().next().is_some() && self.preview.on_dates() == 0;
        if json {
            for row in &moved {
                println!(
                    "{}",
                    json!({"from": row.from.name(), "to": row.to.name(), "row": row.row, "messages": row.messages,
                        "codes": row.codes, "bank": row.bank, "blocked": row.blocked, "examples": row.examples})
                );
            }
            println!(
                "{}",
                json!({"messages": messages, "moved": all, "codes": codes, "bank": bank, "blocked": blocked,
                    "bad": self.bad, "dates_unseen": unseen, "changes": changes})
            );
            return;
        }
        println!("共 {messages} 条，变动 {all} 条 / {all} of {messages} messages would move");
        if codes + bank > 0 {
            println!(
                "注意：其中验证码 {codes} 条，银行和支付通知 {bank} 条 / mind: {codes} one-time codes, {bank} bank notices"
            );
        }
        if blocked > 0 {
            println!(
                "注意：诈骗、钓鱼、违法短信 {blocked} 条不再移入拦截箱 / mind: {blocked} fraudulent, phishing or unlawful messages \
                 would no longer go to the spam box"
            );
        }
        if unseen {
            println!(
                "注意：没有短信在新策略所写的日期内收到，看不出那几天的变动 / mind: no message came on the dates of the new policy, \
                 so what changes on them is not seen here"
            );
        }
        for row in moved {
            let examples: Vec<String> = row.examples.iter().map(Value::to_string).collect();
            println!(
                "{:>8}  {} → {}  {}  如 such as {}",
                row.messages,
                row.from.name(),
                row.to.name(),
                row.row,
                examples.join(", ")
            );
        }
        if !changes.is_empty() {
            println!("策略变化 what the policies say differently");
            changes.iter().for_each(|text| println!("  {}\n    {}", text.zh, text.en));
        }
    }
}

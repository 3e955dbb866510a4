//! How well does masking do? `masking COUNT [--json FILE]` masks so many planted messages and
//! prints the shares by kind.

use smsfilter_tests::masking::{Kind, masking_figures, unseen_share};
use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let Some(count) = args.first().and_then(|count| count.parse().ok()) else {
        eprintln!("expected how many messages to mask, found no number: masking 100000");
        return ExitCode::from(2);
    };
    let figures = masking_figures(count);
    for kind in Kind::ALL {
        let share = figures.kind(kind);
        println!("{:8.3} % {kind:?} masked, {} of {}", share.percent(), share.masked, share.all);
    }
    println!("{:8.3} % of the unplanted characters masked", figures.unplanted.percent());
    let unseen = unseen_share(count / 10);
    println!(
        "{:8.3} % of written forms it was not made for masked, {} of {}",
        unseen.percent(),
        unseen.masked,
        unseen.all
    );
    let Some(path) = args.iter().skip_while(|arg| *arg != "--json").nth(1) else { return ExitCode::SUCCESS };
    let row = |name: &str, value: f64| serde_json::json!({ "name": name, "value": value, "unit": "%" });
    let mut rows = vec![
        row("numbers", figures.least_number()),
        row("unplanted", figures.unplanted.percent()),
        row("unseen", unseen.percent()),
    ];
    rows.extend(Kind::ALL.map(|kind| row(&format!("{kind:?}").to_lowercase(), figures.kind(kind).percent())));
    if let Err(error) = std::fs::write(path, serde_json::Value::from(rows).to_string()) {
        eprintln!("cannot write {path}: {error}");
        return ExitCode::from(2);
    }
    ExitCode::SUCCESS
}

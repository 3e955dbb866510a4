//! Which figures does the project claim, and do they hold? Each with its bound and the command that measures it.

mod bars;
mod command;
mod measure_bench;
mod measure_binding;
mod measure_bundle;
mod measure_corpus;
mod measure_matching;
mod measure_obfuscation;
mod measure_opt_out;
mod measure_own;
mod measure_policy;

use crate::shell::{self, Outcome};

/// A figure of the project.
struct Figure {
    name: &'static str,
    unit: &'static str,
    bound: Bound,
    /// What a reader types to see it.
    command: &'static str,
    measure: Measure,
}

/// What a figure may be.
#[derive(Clone, Copy)]
enum Bound {
    AtMost(f64),
    AtLeast(f64),
    /// No bound: written down to see it grow.
    Recorded,
}

/// Where a figure comes from.
enum Measure {
    /// Measured here and now; `None` where what it needs is absent, with the reason printed.
    Run(fn() -> Outcome<Option<f64>>),
    /// A bar that no command measures; who checks it reads, and says so.
    Read(&'static str),
}

/// A figure with its value.
struct Row {
    figure: &'static Figure,
    value: Option<f64>,
}

/// All of them, in the order of the page.
fn figures() -> impl Iterator<Item = &'static Figure> {
    bars::FIGURES.iter().chain(measure_obfuscation::FIGURES.as_flattened())
}

pub(crate) fn run(args: &[String]) -> Outcome {
    let json = args.iter().any(|arg| arg == "--json");
    let names: Vec<&String> = args.iter().filter(|arg| *arg != "--json").collect();
    if let Some(wrong) = names.iter().find(|name| !figures().any(|figure| figure.name == name.as_str())) {
        let known: Vec<&str> = figures().map(|figure| figure.name).collect();
        return Err(format!("no figure is named \"{wrong}\"; there are: {}", known.join(", ")));
    }
    let chosen = figures().filter(|figure| names.is_empty() || names.iter().any(|name| *name == figure.name));
    let (mut rows, mut unmeasured) = (Vec::new(), Vec::new());
    for figure in chosen {
        // One that cannot be measured takes no other with it, and keeps the line it had.
        match measure(figure) {
            Ok(row) => rows.push(row),
            Err(error) => unmeasured.push(error),
        }
    }
    let date = jiff::Zoned::now().date().to_string();
    if json {
        rows.iter().for_each(|row| println!("{}", json_line(row, &date)));
    }
    let path = shell::root().join("FIGURES.md");
    let before = std::fs::read_to_string(&path).unwrap_or_default();
    std::fs::write(&path, page(&rows, &date, &before)).map_err(|e| format!("FIGURES.md: {e}"))?;
    match rows.iter().filter(|row| row.met() == Some(false)).count() {
        _ if !unmeasured.is_empty() => Err(format!("not measured:\n{}", unmeasured.join("\n"))),
        0 => Ok(()),
        missed => Err(format!("{missed} of {} figures miss their bound", rows.len())),
    }
}

fn measure(figure: &'static Figure) -> Outcome<Row> {
    let value = match figure.measure {
        Measure::Run(measure) => measure().map_err(|e| format!("{}: {e}", figure.name))?,
        Measure::Read(_) => None,
    };
    Ok(Row { figure, value })
}

impl Row {
    fn met(&self) -> Option<bool> {
        match self.figure.bound {
            Bound::AtMost(most) => self.value.map(|value| value <= most),
            Bound::AtLeast(least) => self.value.map(|value| value >= least),
            Bound::Recorded => None,
        }
    }

    fn verdict(&self) -> &'static str {
        match (&self.figure.measure, self.value, self.met()) {
            (Measure::Read(_), ..) => "read, not measured",
            (_, None, _) => "not measured here",
            (.., Some(true)) => "met",
            (.., Some(false)) => "**missed**",
            (.., None) => "recorded",
        }
    }

    fn value(&self) -> String {
        match (&self.figure.measure, self.value) {
            (Measure::Read(what), _) => (*what).to_owned(),
            (_, None) => String::new(),
            (_, Some(value)) => format!("{} {}", (value * 1000.0).round() / 1000.0, self.figure.unit),
        }
    }

    fn bound(&self) -> String {
        match self.figure.bound {
            Bound::AtMost(most) => format!("≤ {most} {}", self.figure.unit),
            Bound::AtLeast(least) => format!("≥ {least} {}", self.figure.unit),
            Bound::Recorded => String::new(),
        }
    }
}

/// All figures: those measured now, of the others the lines of the page before.
fn page(rows: &[Row], date: &str, before: &str) -> String {
    let mut page = String::from(
        "# Figures\nWritten by `cargo xtask figures`; do not edit. Each line has the day on which it was measured.\n\n\
         | figure | value | bound | | command | date |\n|---|---|---|---|---|---|\n",
    );
    for figure in figures() {
        let Figure { name, command, .. } = figure;
        if let Some(row) = rows.iter().find(|row| row.figure.name == *name) {
            let (value, bound, verdict) = (row.value(), row.bound(), row.verdict());
            page += &format!("| {name} | {value} | {bound} | {verdict} | `{command}` | {date} |\n");
        } else if let Some(line) = before.lines().find(|line| line.starts_with(&format!("| {name} |"))) {
            page += &format!("{line}\n");
        }
    }
    page
}

fn json_line(row: &Row, date: &str) -> serde_json::Value {
    serde_json::json!({
        "name": row.figure.name,
        "value": row.value.map_or_else(|| row.verdict().into(), serde_json::Value::from),
        "bound": row.bound(),
        "ok": row.met(),
        "command": row.figure.command,
        "date": date,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_measured_again_keeps_its_line_and_what_is_gone_goes() {
        let figure = &bars::FIGURES[1];
        let kept = format!("| {} | 7 × | | recorded | `x` | 2026-01-01 |", bars::FIGURES[2].name);
        let before = format!("# Figures\n| no such figure | 1 |\n{kept}\n| {} | old |\n", figure.name);
        let page = page(&[Row { figure, value: Some(8.0) }], "2026-11-22", &before);
        let lines: Vec<&str> = page.lines().skip(5).collect();
        assert_eq!(lines.len(), 2, "{page}");
        assert!(lines[0].contains("| 8 ") && lines[0].ends_with("2026-11-22 |") && lines[1] == kept, "{page}");
    }
}

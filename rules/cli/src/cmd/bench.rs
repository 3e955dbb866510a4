//! `bench`: what a bundle costs: bytes, time to compile and open, time a message, and which topics take most of it.

use crate::{
    Format,
    input::{self, Entry, Shape, Source},
    opened::{self, NATIONAL_BUNDLE, TrustArgs},
    outcome::{Failure, Outcome, Result, read},
    stream::{self, Job, Worker},
};
use bytes::Bytes;
use indicatif::ProgressBar;
use rayon::prelude::*;
use serde_json::json;
use smsfilter::{
    Filter, Message,
    bundle::Bundle,
    decide,
    filter::Scratch,
    image::Image,
    rule::{Example, LayerKind},
};
use std::{
    collections::BTreeSet,
    hint::black_box,
    io::{self, Write},
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

/// Measure a bundle.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The bundle; without it the national rules built into this command.
    bundle: Option<PathBuf>,
    #[command(flatten)]
    trust: TrustArgs,
    /// Messages to measure with. Without it: the bundle's own examples, joined and cut to 72 characters.
    #[arg(long, value_name = "FILE")]
    messages: Option<PathBuf>,
    /// Their shape. JSON lines and TSV are told apart by the first byte.
    #[arg(long, value_enum, requires = "messages")]
    input: Option<Shape>,
    /// Join the messages of --messages and cut them to so many characters.
    #[arg(long, value_name = "N", requires = "messages", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    characters: Option<u32>,
    /// How long each measure of speed takes, at least.
    #[arg(long, value_name = "S", default_value = "1", value_parser = seconds)]
    seconds: Duration,
    /// How to print.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// Messages made from examples, and their characters: what one SMS part nearly holds.
const MADE: usize = 50_000;
const CHARACTERS: usize = 72;
/// How often what takes milliseconds is measured.
const TIMES: usize = 21;
/// Messages and least rounds for topics, and topics shown.
const SAMPLE: usize = 500;
const ROUNDS: usize = 5;
const TOPICS: usize = 5;

/// A figure: its stable name, what it is of if there are several, its names for people, its value.
struct Row(&'static str, Option<String>, &'static str, &'static str, f64, &'static str);

pub(crate) fn run(args: &Args) -> Result {
    let (size, bundles) = bundles(args)?;
    let filter = opened::filter(&bundles)?;
    let messages = match (&args.messages, args.characters) {
        (Some(path), None) => read_messages(path, args.input)?,
        (Some(path), Some(characters)) => cut(bodies(&read_messages(path, args.input)?).cycle(), characters as usize),
        (None, _) => cut(examples(&bundles), CHARACTERS),
    };
    if messages.is_empty() {
        return Err(Failure::Misuse("no messages to measure with: give --messages FILE".into()));
    }
    let bar = ProgressBar::new(6); // drawn on a terminal only
    let mut rows = vec![
        Row("bundle", None, "规则包", "bundle", size as f64, "bytes"),
        Row("image", None, "映像", "image", filter.image().bytes().len() as f64, "bytes"),
    ];
    for (part, bytes) in filter.image().sizes().parts {
        rows.push(Row("part", Some(part.to_owned()), "　其中", "of it", bytes as f64, "bytes"));
    }
    let compile = median((0..TIMES).map(|_| timed(|| opened::compile(&bundles)).as_secs_f64()));
    rows.push(Row("compile", None, "编译", "compile", compile * 1e3, "ms"));
    bar.inc(1);
    let open = median((0..TIMES).map(|at| open_cold(&filter, &messages[at % messages.len()])));
    rows.push(Row("open", None, "冷打开至首个结论", "open cold, to the first verdict", open * 1e3, "ms"));
    bar.inc(1);

    let policy = opened::preset("standard")?;
    let one = |message: &Message, scratch: &mut Scratch| {
        black_box(decide(filter.assess_with(message, scratch), message, &policy));
    };
    let mut scratch = Scratch::default();
    let speed = |pass: &mut dyn FnMut()| {
        let speed = messages.len() as f64 / pass_seconds(args.seconds, pass);
        bar.inc(1);
        speed
    };
    let memory_one = speed(&mut || messages.iter().for_each(|message| one(message, &mut scratch)));
    let memory_all = speed(&mut || {
        messages.par_chunks(256).for_each_init(Scratch::default, |s, m| m.iter().for_each(|m| one(m, s)))
    });
    let lines = json_lines(&messages);
    let source = || {
        let lines = io::Cursor::new(lines.clone());
        Source::new(lines, Some(Shape::Jsonl))
            .unwrap_or_else(|_| unreachable!("JSON lines in memory are no other shape"))
    };
    let job = Job { filter: filter.clone(), policy: policy.clone(), format: Format::Json };
    let (job, mut worker) = (Arc::new(job), Worker::default());
    let mut good = true;
    let mut write =
        |answer: stream::Answer| good &= answer.count.bad == 0 && io::sink().write_all(&answer.lines).is_ok();
    let json_one = speed(&mut || {
        let mut source = source();
        while let Ok(Some(batch)) = source.next() {
            write(job.answer(&batch, &mut worker));
        }
    });
    let json_all = speed(&mut || {
        stream::start(source(), &job, stream::cores()).flatten().for_each(&mut write);
    });
    assert!(good, "every line that was made here can be read");
    rows.extend([
        Row("message", None, "每条短信，单核", "a message, one core", 1e6 / memory_one, "µs"),
        Row("memory-one", None, "内存中，单核", "from memory, one core", memory_one, "messages/s"),
        Row("memory-all", None, "内存中，全部核", "from memory, all cores", memory_all, "messages/s"),
        Row("json-one", None, "JSON 行进出，单核", "JSON lines in and out, one core", json_one, "messages/s"),
        Row("json-all", None, "JSON 行进出，全部核", "JSON lines in and out, all cores", json_all, "messages/s"),
        Row("cores", None, "核数", "cores", stream::cores() as f64, ""),
        Row("messages", None, "短信条数", "messages measured with", messages.len() as f64, ""),
    ]);
    let sample: Vec<&Message> = messages.iter().collect();
    for (topic, saved) in topics(&bundles, &filter, &sample, args.seconds)? {
        let micros = saved * 1e6;
        rows.push(Row("topic", Some(topic), "最耗时主题", "a message is faster without", micros, "µs"));
    }
    bar.finish_and_clear();
    rows.iter().for_each(|row| print(row, args.format));
    Ok(Outcome::Fine)
}

fn print(Row(figure, of, zh, en, value, unit): &Row, format: Format) {
    let value = if *unit == "bytes" { *value } else { (value * 1000.0).round() / 1000.0 };
    match (format, of) {
        (Format::Json, None) => println!("{}", json!({"figure": figure, "value": value, "unit": unit})),
        (Format::Json, Some(of)) => println!("{}", json!({"figure": figure, "of": of, "value": value, "unit": unit})),
        (Format::Text, of) => {
            let of = of.as_ref().map(|of| format!(": {of}")).unwrap_or_default();
            println!("{:>14} {unit:<10} {zh} / {en}{of}", if value < 100.0 { value } else { value.round() });
        }
    }
}

/// Bytes of the bundle to measure, and all that make its image, itself first.
fn bundles(args: &Args) -> Result<(usize, Vec<Bundle>)> {
    let Some(path) = &args.bundle else {
        return match args.trust.is_given() {
            false => Ok((NATIONAL_BUNDLE.len(), vec![opened::national_bundle()?])),
            true => Err(Failure::Misuse("--trust says who may sign a bundle: give one".into())),
        };
    };
    let mut bundles = vec![opened::bundle(path, &args.trust.root()?)?];
    if bundles[0].layer.meta.kind != LayerKind::Base {
        bundles.push(opened::national_bundle()?);
    }
    Ok((read(path)?.len(), bundles))
}

/// Sender and body of every message of a file.
fn read_messages(path: &Path, shape: Option<Shape>) -> Result<Vec<Message>> {
    let message = |entry: Result<Entry>| {
        let Entry { number, record } = entry?;
        let wrong = |error| Failure::Refused(format!("{}: line {number}: {error}", path.display()));
        let Message { sender, body, .. } = record.map_err(wrong)?.message;
        Ok(Message { sender, body, ..Message::default() })
    };
    input::open(Some(path), shape)?.records().map(message).collect()
}

/// The texts in an order that looks random and is always the same, those of the first bundle that has any, for ever.
fn examples(bundles: &[Bundle]) -> impl Iterator<Item = &str> {
    let examples: &[Example] =
        bundles.iter().map(|bundle| &bundle.layer.examples[..]).find(|examples| !examples.is_empty()).unwrap_or(&[]);
    let mut random = fastrand::Rng::with_seed(1);
    std::iter::from_fn(move || random.choice(examples).map(|example| example.text.as_str()))
}

fn bodies(messages: &[Message]) -> impl Iterator<Item = &str> + Clone {
    messages.iter().map(|message| message.body.as_str())
}

/// Messages of so many characters, made of texts one behind the other; none if the texts end or most are empty.
fn cut<'a>(texts: impl Iterator<Item = &'a str>, characters: usize) -> Vec<Message> {
    let mut texts = texts.take(MADE * characters);
    let make = || {
        let mut text = Vec::new();
        while text.len() < characters {
            text.extend(texts.next()?.chars());
        }
        Some(Message { body: text[..characters].iter().collect(), ..Message::default() })
    };
    std::iter::from_fn(make).take(MADE).collect()
}

fn json_lines(messages: &[Message]) -> Bytes {
    let lines = messages.iter().map(|message| match message.sender.raw() {
        "" => json!({"body": message.body}),
        sender => json!({"sender": sender, "body": message.body}),
    });
    lines.map(|line| line.to_string() + "\n").collect::<String>().into()
}

fn timed<T>(job: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    black_box(job());
    start.elapsed()
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Seconds of a pass: the median of as many as fit, the first left out as it warms up.
fn pass_seconds(enough: Duration, pass: &mut dyn FnMut()) -> f64 {
    let (start, mut times) = (Instant::now(), Vec::new());
    while times.len() < 2 || start.elapsed() < enough {
        times.push(timed(&mut *pass).as_secs_f64());
    }
    median(times.into_iter().skip(1))
}

/// Seconds from bytes that nobody has looked at to a verdict: the hash of the image included.
fn open_cold(filter: &Filter, message: &Message) -> f64 {
    let bytes = Bytes::copy_from_slice(filter.image().bytes());
    let open = || Image::open(bytes).and_then(Filter::new).map(|filter| filter.classify(message));
    timed(open).as_secs_f64()
}

/// The topics of the first bundle that cost most on some of these messages, dearest first, with the seconds that a message takes less when their rules
/// are off, as far as that is more than noise. What they make other rules look at is included.
pub(crate) fn topics(
    bundles: &[Bundle],
    filter: &Filter,
    messages: &[&Message],
    enough: Duration,
) -> Result<Vec<(String, f64)>> {
    // Files are often sorted: from all over.
    let messages: Vec<&Message> = messages.iter().step_by(messages.len().div_ceil(SAMPLE).max(1)).copied().collect();
    let topic = |rule: &str| rule.split('.').next().unwrap_or_default().to_owned();
    let names: BTreeSet<String> = bundles[0].layer.rules.iter().map(|rule| topic(&rule.id)).collect();
    // The first two are the same: what they differ by is noise.
    let mut filters = vec![(String::new(), filter.clone(), f64::INFINITY); 2];
    for name in names {
        let mut without = bundles.to_vec();
        for rule in without[0].layer.rules.iter_mut().filter(|rule| topic(&rule.id) == name) {
            rule.until = Some(0); // dated rules are off for messages without a time
        }
        filters.push((name, opened::filter(&without)?, f64::INFINITY));
    }
    let (start, mut rounds, mut scratch) = (Instant::now(), 0, Scratch::default());
    while rounds < ROUNDS || start.elapsed() < enough {
        for (_, filter, best) in &mut filters {
            let pass =
                || messages.iter().for_each(|message| drop(black_box(filter.classify_with(message, &mut scratch))));
            *best = best.min(timed(pass).as_secs_f64());
        }
        rounds += 1;
    }
    let (whole, noise) = (filters[0].2.min(filters[1].2), (filters[0].2 - filters[1].2).abs());
    let named = filters.into_iter().skip(2).filter(|row| whole - row.2 > 2.0 * noise);
    let mut saved: Vec<(String, f64)> =
        named.map(|(name, _, best)| (name, (whole - best) / messages.len() as f64)).collect();
    saved.sort_by(|a, b| b.1.total_cmp(&a.1));
    saved.truncate(TOPICS);
    Ok(saved)
}

fn seconds(text: &str) -> std::result::Result<Duration, String> {
    let seconds = text.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    seconds.ok_or_else(|| "expected seconds such as 1 or 0.5".to_owned())
}

//! Input lines → messages: JSON lines, and TSV as corpora have it. One bad line never stops the others.

use serde::Deserialize;
use serde_json::Value;
use smsfilter::{Known, Message, Sender, Sim};
use std::io::{self, BufRead, BufReader, Read};

/// Longest line that is read; a longer one is skipped and told.
pub(crate) const MAX_LINE: usize = 32 << 20;

/// A line of input, numbered from 1.
pub(crate) struct Line {
    pub(crate) number: u64,
    /// Without its line end; only its beginning if it was longer than [`MAX_LINE`].
    pub(crate) bytes: Vec<u8>,
    too_long: bool,
}

/// The shape of the lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Shape {
    /// `{"id","sender","body","received_at","utc_offset_min","sim","known"}`, only `body` required.
    Jsonl,
    /// `label<TAB>source<TAB>text`.
    Tsv,
}

/// What a line holds.
#[derive(Clone)]
pub(crate) struct Record {
    pub(crate) id: Value,
    pub(crate) label: Option<Value>,
    pub(crate) source: Option<Value>,
    pub(crate) message: Message,
}

/// Reads lines in bounded memory. A byte order mark at the start and blank lines are passed over, but counted.
pub(crate) struct Lines<R> {
    reader: BufReader<R>,
    number: u64,
    /// Read to tell the shape, not yet given out.
    first: Option<Line>,
}

impl<R: Read> Lines<R> {
    pub(crate) fn new(reader: R) -> Self {
        // Large enough that a file's lines come in batches that keep every core busy.
        Lines { reader: BufReader::with_capacity(1 << 20, reader), number: 0, first: None }
    }

    /// The shape that the first line tells: `{` opens a JSON object.
    pub(crate) fn shape(&mut self) -> io::Result<Shape> {
        self.first = self.next()?;
        let opens = self.first.as_ref().is_some_and(|line| line.bytes.first() == Some(&b'{'));
        Ok(if opens { Shape::Jsonl } else { Shape::Tsv })
    }

    /// Whether the next line may have to be waited for.
    pub(crate) fn would_wait(&self) -> bool {
        self.first.is_none() && self.reader.buffer().is_empty()
    }

    pub(crate) fn next(&mut self) -> io::Result<Option<Line>> {
        if let Some(line) = self.first.take() {
            return Ok(Some(line));
        }
        loop {
            self.number += 1;
            let (mut line, ended) = self.read()?;
            if line.bytes.last() == Some(&b'\r') {
                line.bytes.pop();
            }
            if self.number == 1 && line.bytes.starts_with(b"\xEF\xBB\xBF") {
                line.bytes.drain(..3);
            }
            if !line.bytes.is_empty() {
                return Ok(Some(line));
            }
            if ended {
                return Ok(None);
            }
        }
    }

    /// One line, blank ones too, and whether the input ended with it.
    fn read(&mut self) -> io::Result<(Line, bool)> {
        let mut line = Line { number: self.number, bytes: Vec::new(), too_long: false };
        loop {
            let buffer = self.reader.fill_buf()?;
            let end = buffer.iter().position(|&byte| byte == b'\n');
            let part = &buffer[..end.unwrap_or(buffer.len())];
            line.too_long |= line.bytes.len() + part.len() > MAX_LINE;
            line.bytes.extend_from_slice(if line.too_long { &part[..part.len().min(1)] } else { part });
            if line.too_long {
                line.bytes.truncate(1);
            }
            let (ended, used) = (buffer.is_empty(), end.map_or(buffer.len(), |end| end + 1));
            self.reader.consume(used);
            if ended || end.is_some() {
                return Ok((line, ended));
            }
        }
    }
}

#[derive(Deserialize)]
struct JsonMessage {
    #[serde(default)]
    id: Option<Value>,
    #[serde(default)]
    label: Option<Value>,
    #[serde(default)]
    source: Option<Value>,
    #[serde(default)]
    sender: Option<String>,
    body: String,
    #[serde(default)]
    received_at: Option<i64>,
    #[serde(default)]
    utc_offset_min: i16,
    #[serde(default)]
    sim: Option<JsonSim>,
    #[serde(default)]
    known: Option<Known>,
}

#[derive(Deserialize)]
struct JsonSim {
    slot: u8,
    #[serde(default)]
    operator: String,
}

/// Reads a line; an error is a sentence without any of the line's text.
pub(crate) fn parse(line: &Line, shape: Shape) -> Result<Record, String> {
    if line.too_long {
        return Err(format!("the line is longer than {} MiB: split it", MAX_LINE >> 20));
    }
    let text = std::str::from_utf8(&line.bytes)
        .map_err(|error| format!("not UTF-8 at byte {}: convert the file to UTF-8", error.valid_up_to() + 1))?;
    match shape {
        Shape::Jsonl => json(text, line.number),
        Shape::Tsv => tsv(text, line.number),
    }
}

fn json(text: &str, number: u64) -> Result<Record, String> {
    // Serde would also read the fields from an array.
    if !text.trim_start().starts_with('{') {
        return Err("not a JSON object at column 1: expected an object with a string \"body\"".into());
    }
    let read: JsonMessage = serde_json::from_str(text).map_err(|error| match serde_json::from_str::<Value>(text) {
        Ok(value) => wrong_field(&value),
        Err(_) => format!("not valid JSON at column {}: expected one object a line", error.column()),
    })?;
    Ok(Record {
        id: read.id.unwrap_or_else(|| number.into()),
        label: read.label,
        source: read.source,
        message: Message {
            sender: Sender::parse(read.sender.as_deref().unwrap_or_default()),
            body: read.body,
            received_at: read.received_at,
            utc_offset_min: read.utc_offset_min,
            sim: read.sim.map(|sim| Sim { slot: sim.slot, operator: sim.operator }),
            known: read.known.unwrap_or_default(),
        },
    })
}

/// A field's name, what it holds, and whether a value does.
type Field<'a> = (&'a str, &'a str, &'a dyn Fn(&Value) -> bool);

/// Which field of valid JSON is not as expected. serde_json would quote the value; nobody's text belongs in an error.
fn wrong_field(value: &Value) -> String {
    let Some(object) = value.as_object() else { return "expected an object with a string \"body\"".into() };
    let is_known = |value: &Value| ["contact", "replied", "none"].iter().any(|name| value == name);
    let is_sim = |value: &Value| serde_json::from_value::<JsonSim>(value.clone()).is_ok();
    let is_offset = |value: &Value| value.as_i64().is_some_and(|minutes| i16::try_from(minutes).is_ok());
    let fields: [Field<'_>; 6] = [
        ("body", "a text", &Value::is_string),
        ("sender", "a text", &Value::is_string),
        ("received_at", "milliseconds since 1970 UTC as a whole number", &Value::is_i64),
        ("utc_offset_min", "minutes as a whole number", &is_offset),
        ("known", "contact, replied or none", &is_known),
        ("sim", "an object such as {\"slot\":0,\"operator\":\"46000\"}", &is_sim),
    ];
    for (name, expected, fits) in fields {
        match object.get(name) {
            Some(value) if !fits(value) && (name == "body" || !value.is_null()) => {
                return format!("field \"{name}\" is not as expected: give {expected}");
            }
            None if name == "body" => return "field \"body\" is missing: give a text".into(),
            _ => {}
        }
    }
    "a field stands twice: keep one".into()
}

fn tsv(text: &str, number: u64) -> Result<Record, String> {
    let mut fields = text.splitn(3, '\t');
    let (Some(label), Some(source), Some(body)) = (fields.next(), fields.next(), fields.next()) else {
        return Err("expected label, source and text with tabs between, found fewer than two tabs".into());
    };
    Ok(Record {
        id: number.into(),
        label: Some(label.into()),
        source: Some(source.into()),
        message: Message { body: body.to_owned(), ..Message::default() },
    })
}

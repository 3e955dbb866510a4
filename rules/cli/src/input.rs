//! Input lines → messages: JSON lines, and TSV as corpora have it. One bad line never stops the others.

use serde::Deserialize;
use serde_json::Value;
use smsfilter::{Known, Message, Sender, Sim};
use std::{
    borrow::Cow,
    io::{self, BufRead, Read},
};

/// Longest line that is read; a longer one is skipped and told.
pub(crate) const MAX_LINE: usize = 32 << 20;

/// Bytes asked for at once: some hundred messages.
const BLOCK: usize = 64 << 10;

/// A line of input, numbered from 1, without its line end.
pub(crate) struct Line<'a> {
    pub(crate) number: u64,
    bytes: &'a [u8],
}

/// Whole lines as they came together.
pub(crate) struct Block {
    /// Number of its first line.
    first: u64,
    bytes: Vec<u8>,
}

impl Block {
    /// How much input it was.
    pub(crate) fn size(&self) -> usize {
        self.bytes.len()
    }

    /// Its lines. A byte order mark at the start and blank lines are passed over, but counted.
    pub(crate) fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        let mut rest = &self.bytes[..];
        let lines = std::iter::from_fn(move || {
            let from = rest;
            let length = rest.skip_until(b'\n').ok()?; // far faster than a search byte by byte
            (length > 0).then_some(&from[..length])
        });
        (self.first..).zip(lines).filter_map(|(number, bytes)| {
            let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
            let bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
            let bytes = if number == 1 { bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes) } else { bytes };
            (!bytes.is_empty()).then_some(Line { number, bytes })
        })
    }
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
#[derive(Clone, Default)]
pub(crate) struct Record {
    pub(crate) id: Value,
    pub(crate) label: Option<Value>,
    pub(crate) source: Option<Value>,
    pub(crate) message: Message,
}

/// Reads blocks in bounded memory.
pub(crate) struct Blocks<R> {
    reader: R,
    /// Lines given out.
    lines: u64,
    /// The beginning of the next line.
    rest: Vec<u8>,
    /// Read to tell the shape, not yet given out.
    first: Option<Block>,
}

impl<R: Read> Blocks<R> {
    pub(crate) fn new(reader: R) -> Self {
        Blocks { reader, lines: 0, rest: Vec::new(), first: None }
    }

    /// The shape that the first line tells: `{` opens a JSON object.
    pub(crate) fn shape(&mut self) -> io::Result<Shape> {
        while let Some(block) = self.next()? {
            let opens = block.lines().next().map(|line| line.bytes[0] == b'{');
            if let Some(opens) = opens {
                self.first = Some(block);
                return Ok(if opens { Shape::Jsonl } else { Shape::Tsv });
            }
        }
        Ok(Shape::Tsv)
    }

    /// What one read brings, up to the last line end in it: whoever writes slowly gets each answer at once.
    pub(crate) fn next(&mut self) -> io::Result<Option<Block>> {
        if let Some(block) = self.first.take() {
            return Ok(Some(block));
        }
        let mut bytes = std::mem::take(&mut self.rest);
        loop {
            let from = bytes.len();
            bytes.resize(from + BLOCK, 0);
            let read = loop {
                match self.reader.read(&mut bytes[from..]) {
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    read => break read?,
                }
            };
            bytes.truncate(from + read);
            match bytes[from..].iter().rposition(|&byte| byte == b'\n') {
                Some(at) => self.rest = bytes.split_off(from + at + 1),
                None if read == 0 => {} // the end
                None => {
                    // Enough to tell that it is too long.
                    bytes.truncate(MAX_LINE + 1);
                    continue;
                }
            }
            let first = self.lines + 1;
            self.lines += bytes.iter().filter(|&&byte| byte == b'\n').count() as u64;
            return Ok(Some(Block { first, bytes }).filter(|block| block.size() > 0));
        }
    }
}

/// A text that is copied only where it has escapes.
#[derive(Deserialize)]
#[serde(transparent)]
struct Borrowed<'a>(#[serde(borrow)] Cow<'a, str>);

#[derive(Deserialize)]
struct JsonMessage<'a> {
    #[serde(default)]
    id: Option<Value>,
    #[serde(default)]
    label: Option<Value>,
    #[serde(default)]
    source: Option<Value>,
    #[serde(borrow, default)]
    sender: Option<Borrowed<'a>>,
    #[serde(borrow)]
    body: Cow<'a, str>,
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

impl Record {
    /// Reads a line in place of what was here, reusing its memory; an error is a sentence without any of the line's text.
    pub(crate) fn read(&mut self, line: &Line<'_>, shape: Shape) -> Result<(), String> {
        if line.bytes.len() > MAX_LINE {
            return Err(format!("the line is longer than {} MiB: split it", MAX_LINE >> 20));
        }
        let text = std::str::from_utf8(line.bytes)
            .map_err(|error| format!("not UTF-8 at byte {}: convert the file to UTF-8", error.valid_up_to() + 1))?;
        match shape {
            Shape::Jsonl => self.json(text, line.number),
            Shape::Tsv => self.tsv(text, line.number),
        }
    }

    fn json(&mut self, text: &str, number: u64) -> Result<(), String> {
        // Serde would also read the fields from an array.
        if !text.trim_start().starts_with('{') {
            return Err("not a JSON object at column 1: expected an object with a string \"body\"".into());
        }
        let read: JsonMessage<'_> =
            serde_json::from_str(text).map_err(|error| match serde_json::from_str::<Value>(text) {
                Ok(value) => wrong_field(&value),
                Err(_) => format!("not valid JSON at column {}: expected one object a line", error.column()),
            })?;
        self.id = read.id.unwrap_or_else(|| number.into());
        (self.label, self.source) = (read.label, read.source);
        self.message = Message {
            sender: Sender::parse(read.sender.as_ref().map_or("", |sender| &sender.0)),
            body: self.body(&read.body),
            received_at: read.received_at,
            utc_offset_min: read.utc_offset_min,
            sim: read.sim.map(|sim| Sim { slot: sim.slot, operator: sim.operator }),
            known: read.known.unwrap_or_default(),
        };
        Ok(())
    }

    fn tsv(&mut self, text: &str, number: u64) -> Result<(), String> {
        let mut fields = text.splitn(3, '\t');
        let (Some(label), Some(source), Some(body)) = (fields.next(), fields.next(), fields.next()) else {
            return Err("expected label, source and text with tabs between, found fewer than two tabs".into());
        };
        self.id = number.into();
        (self.label, self.source) = (Some(label.into()), Some(source.into()));
        self.message = Message { body: self.body(body), ..Message::default() };
        Ok(())
    }

    /// A body in the memory of the last one.
    fn body(&mut self, text: &str) -> String {
        let mut body = std::mem::take(&mut self.message.body);
        body.clear();
        body.push_str(text);
        body
    }
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

//! One JSON object a line.

use super::Record;
use serde::Deserialize;
use serde_json::Value;
use smsfilter::{Known, Message, Sender, Sim};
use std::borrow::Cow;

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
    /// Backups and CSV call it so.
    #[serde(borrow, default, alias = "address")]
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
    pub(super) fn json(&mut self, text: &str, number: u64) -> Result<(), String> {
        // Serde would also read the fields from an array.
        if !text.trim_start().starts_with('{') {
            return Err("not a JSON object at column 1: expected one a line, such as {\"body\":\"TEXT\"}".into());
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

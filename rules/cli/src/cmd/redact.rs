//! `redact`: messages in, the same without personal details out, to be shared with rule maintainers.

use crate::{
    input::{InputArgs, Record, Shape},
    outcome::{Count, Result},
};
use serde::Serialize;
use serde_json::Value;
use smsfilter::{Sender, SenderClass, report::Masked};
use std::io::{self, Write};

/// Mask messages for sharing.
///
/// Bodies are masked by rule, not by understanding: read the result before you share it. Of a private number the class
/// prefix stays, of the time the day; id, SIM and what you have to do with the sender are dropped.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    input: InputArgs,
    /// Your own number, dropped from every body. May be given several times.
    #[arg(long, value_name = "NUMBER", value_parser = own)]
    own: Vec<Sender>,
}

/// A message as it is shared, in the shape that `classify` reads.
#[derive(Serialize)]
struct Redacted<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'a Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a Value>,
    #[serde(skip_serializing_if = "String::is_empty")]
    sender: String,
    body: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    received_at: Option<i64>,
    #[serde(skip_serializing_if = "is_zero")]
    utc_offset_min: i16,
}

pub(crate) fn run(args: &Args) -> Result {
    let own: Vec<&str> = args.own.iter().map(Sender::number).collect();
    let input = args.input.open()?;
    let (shape, mut count, mut out) = (input.source.shape(), Count::default(), Vec::new());
    for entry in input.records() {
        let entry = entry?;
        count.add(entry.record.is_ok());
        match &entry.record {
            Ok(record) => write(record, shape, &own, &mut out)?,
            Err(error) => write!(out, "{{\"line\":{},\"error\":{}}}", entry.number, Value::from(error.as_str()))?,
        }
        out.push(b'\n');
        io::stdout().write_all(&out)?; // whole lines: nothing stays in a buffer
        out.clear();
    }
    Ok(count.outcome())
}

fn write(record: &Record, shape: Shape, own: &[&str], out: &mut Vec<u8>) -> io::Result<()> {
    let Record { label, source, message, .. } = record;
    let masked = Masked::of(&message.body, own);
    if shape == Shape::Tsv {
        let text = |value: &Option<Value>| value.as_ref().and_then(Value::as_str).unwrap_or_default().to_owned();
        return write!(out, "{}\t{}\t{}", text(label), text(source), masked.as_str());
    }
    let redacted = Redacted {
        label: label.as_ref(),
        source: source.as_ref(),
        sender: sender(&message.sender),
        body: masked.as_str(),
        received_at: message.received_at.map(|time| day(time, message.utc_offset_min)),
        utc_offset_min: message.utc_offset_min,
    };
    Ok(serde_json::to_writer(out, &redacted)?)
}

/// A number to drop: fewer digits would stand in half of all messages.
fn own(number: &str) -> std::result::Result<Sender, String> {
    let sender = Sender::parse(number);
    let digits = sender.number().bytes().filter(u8::is_ascii_digit).count();
    if digits >= 7 {
        Ok(sender)
    } else {
        Err(format!("expected a phone number of 7 digits or more, found {digits} digits"))
    }
}

/// Of a private number what tells its class, and zeros for the rest; a service's number as it is.
fn sender(sender: &Sender) -> String {
    let number = sender.number();
    let kept = match sender.class() {
        SenderClass::Mobile | SenderClass::Virtual | SenderClass::Landline => 3,
        SenderClass::Foreign => 4,
        SenderClass::ShortCode if number.len() >= 7 => 3,
        // No network carries such a name: it is from an address book.
        SenderClass::Alphanumeric if !sender.raw().is_ascii() => return "***".to_owned(),
        SenderClass::Alphanumeric => return Masked::of(sender.raw(), &[]).as_str().to_owned(),
        _ => return number.to_owned(),
    };
    let zeroed = |(at, c): (usize, char)| if at < kept { c } else { '0' };
    number.chars().enumerate().map(zeroed).collect()
}

/// The beginning of the receiver's day.
fn day(time: i64, utc_offset_min: i16) -> i64 {
    const DAY: i64 = 86_400_000;
    let local = i64::from(utc_offset_min) * 60_000;
    time.saturating_sub(time.saturating_add(local).rem_euclid(DAY))
}

fn is_zero(minutes: &i16) -> bool {
    *minutes == 0
}

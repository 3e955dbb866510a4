//! CSV with a header row, as spreadsheets and export apps write it.

use super::{
    BLOCK, Entry, InputError, MAX_LINE, Record, TOO_LONG,
    history::{Direction, History, Replied, UTC_OFFSET_MIN},
    not_utf8,
    tape::{Reader, Tape},
};
use csv_core::ReadRecordResult;
use jiff::{
    Timestamp,
    civil::{Date, DateTime},
    tz::Offset,
};
use std::io::Read;

/// Names of the columns that are read, the required one first; a header may have others.
const COLUMNS: [&[&str]; 4] =
    [&["body", "text"], &["date", "time", "received_at"], &["address", "sender", "number"], &["type"]];
/// Most columns of a header.
const MAX_COLUMNS: usize = 256;

pub(super) struct Csv {
    tape: Tape,
    parser: csv_core::Reader,
    row: Row,
    /// Where each of [`COLUMNS`] is.
    places: [Option<usize>; 4],
    replied: Replied,
}

/// The row read last, in memory that is used again.
struct Row {
    /// The line it begins on.
    line: u64,
    /// Its fields one behind the other, and where each ends.
    text: Vec<u8>,
    ends: Vec<usize>,
    fields: usize,
    is_short: bool,
}

impl Csv {
    /// Reads the header.
    pub(super) fn new(reader: Reader) -> Result<Csv, InputError> {
        // With a line end behind it, whatever is still open at the end is a quote.
        let tape = Tape::new(Reader::new(reader.chain(&b"\n"[..])));
        let row = Row { line: 1, text: vec![0; BLOCK], ends: vec![0; MAX_COLUMNS], fields: 0, is_short: true };
        let mut csv =
            Csv { tape, parser: csv_core::Reader::new(), row, places: [None; 4], replied: Replied::default() };
        match csv.read() {
            Ok(true) => {}
            Ok(false) | Err(InputError::UnclosedQuote { .. }) => return Err(InputError::NoHeader),
            Err(error) => return Err(error),
        }
        let fields = csv.row.fields;
        if !csv.row.is_short || fields >= MAX_COLUMNS {
            return Err(InputError::NoHeader);
        }
        for at in 0..fields {
            let name = csv.row.field(at).map_err(|_| InputError::NoHeader)?.trim().to_ascii_lowercase();
            let Some(column) = COLUMNS.iter().position(|names| names.contains(&&*name)) else { continue };
            if csv.places[column].replace(at).is_some() {
                return Err(InputError::NoHeader);
            }
        }
        if csv.places[0].is_none() {
            return Err(InputError::NoHeader);
        }
        csv.row.ends = vec![0; fields + 1]; // one more tells that there are too many
        Ok(csv)
    }

    /// Reads the next row; false at the end.
    fn read(&mut self) -> Result<bool, InputError> {
        self.skip_line_ends()?;
        let row = &mut self.row;
        (row.line, row.fields, row.is_short) = (self.parser.line(), 0, true);
        let mut written = 0;
        loop {
            let input = self.tape.peek()?;
            let is_end = input.is_empty();
            let (result, read, wrote, fields) =
                self.parser.read_record(input, &mut row.text[written..], &mut row.ends[row.fields..]);
            self.tape.take(read);
            (written, row.fields) = (written + wrote, row.fields + fields);
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if row.text.len() < MAX_LINE => {
                    row.text.resize((2 * row.text.len()).min(MAX_LINE), 0);
                }
                // Read to its end, into memory that nobody looks at.
                ReadRecordResult::OutputFull => (written, row.is_short) = (0, false),
                ReadRecordResult::OutputEndsFull => row.fields = row.ends.len() - 1,
                ReadRecordResult::Record if is_end => return Err(InputError::UnclosedQuote { line: row.line }),
                ReadRecordResult::Record => return Ok(true),
                ReadRecordResult::End => return Ok(false),
            }
        }
    }

    /// Goes to where a row begins, so that its line is right: `\n` after `\r`, and blank lines.
    fn skip_line_ends(&mut self) -> Result<(), InputError> {
        loop {
            let bytes = self.tape.peek()?;
            let blank = bytes.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            let lines = bytes[..blank].iter().filter(|&&byte| byte == b'\n').count();
            self.parser.set_line(self.parser.line() + lines as u64);
            self.tape.take(blank);
            if blank == 0 {
                return Ok(());
            }
        }
    }

    /// The received message of the row, if it is one.
    fn record(&mut self) -> Result<Option<Record>, String> {
        let row = &self.row;
        if !row.is_short {
            return Err(TOO_LONG.into());
        }
        let columns = row.ends.len() - 1;
        if row.fields != columns {
            return Err(format!(
                "expected {columns} fields as in the header, found {}: a text with commas stands in quotes",
                if row.fields > columns { "more".to_owned() } else { row.fields.to_string() }
            ));
        }
        let field = |column: usize| self.places[column].map_or(Ok(""), |at| row.field(at));
        let (body, date, address, kind) = (field(0)?, field(1)?.trim(), field(2)?.trim(), field(3)?.trim());
        let direction = if kind.is_empty() { Some(Direction::Received) } else { Direction::parse(kind) };
        match direction {
            None => Err("field \"type\" is not as expected: give 1 or inbox, 2 or sent".into()),
            Some(Direction::Neither) => Ok(None),
            Some(Direction::Sent) => {
                self.replied.insert(address, body);
                Ok(None)
            }
            Some(Direction::Received) => {
                let mut record = self.replied.received(row.line, address, false);
                record.message.received_at = time(date)?;
                record.message.body = body.to_owned();
                Ok(Some(record))
            }
        }
    }
}

impl History for Csv {
    fn next(&mut self) -> Result<Option<Entry>, InputError> {
        while self.read()? {
            if let Some(record) = self.record().transpose() {
                return Ok(Some(Entry { number: self.row.line, record }));
            }
        }
        Ok(None)
    }

    fn tape(&self) -> &Tape {
        &self.tape
    }
}

impl Row {
    fn field(&self, at: usize) -> Result<&str, String> {
        let from = if at == 0 { 0 } else { self.ends[at - 1] };
        std::str::from_utf8(&self.text[from..self.ends[at]]).map_err(not_utf8)
    }
}

/// Times as apps and spreadsheets write them; a day alone is its beginning.
const TIMES: [&str; 4] = ["%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M"];

/// Milliseconds since 1970, a time with its offset, or one in China.
fn time(text: &str) -> Result<Option<i64>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    if let Ok(milliseconds) = text.parse::<i64>() {
        // Apps write 0 or -1 for a time that they do not know.
        if milliseconds <= 0 {
            return Ok(None);
        }
        // Fewer digits are seconds, or a day without dashes: either would be a day of 1970.
        return Some(milliseconds).filter(|ms| *ms >= FIRST_MS).map(Some).ok_or_else(wrong_time);
    }
    let text = &text.replace('/', "-");
    let in_china = || {
        let day = || Date::strptime("%Y-%m-%d", text).ok().map(DateTime::from);
        let local = TIMES.iter().find_map(|format| DateTime::strptime(format, text).ok()).or_else(day);
        let offset = Offset::from_seconds(i32::from(UTC_OFFSET_MIN) * 60).ok();
        local.zip(offset).and_then(|(local, offset)| offset.to_timestamp(local).ok())
    };
    let time = text.parse::<Timestamp>().ok().or_else(in_china);
    // A year of two digits, or a day before the year, would be one of antiquity.
    let time = time.filter(|time| *time > Timestamp::UNIX_EPOCH);
    time.map(|time| Some(time.as_millisecond())).ok_or_else(wrong_time)
}

/// Milliseconds of 1990, before which there was no SMS.
const FIRST_MS: i64 = 631_152_000_000;

fn wrong_time() -> String {
    let expected = "milliseconds since 1970 UTC or a time such as 2026-11-21 08:05:00";
    format!("field \"date\" is not as expected: give {expected}")
}

//! Shapes of one message a line: blocks of whole lines, which workers then read apart.

use super::{BLOCK, InputError, MAX_LINE, Record, TOO_LONG, not_utf8, tape::Reader};
use smsfilter::Message;
use std::io::{self, BufRead, Read};

/// A line of input, numbered from 1, without its line end.
pub(crate) struct Line<'a> {
    pub(crate) number: u64,
    bytes: &'a [u8],
}

impl<'a> Line<'a> {
    /// The line as it came; an error is a sentence without any of its text.
    pub(crate) fn text(&self) -> Result<&'a str, String> {
        if self.bytes.len() > MAX_LINE {
            return Err(TOO_LONG.into());
        }
        // Where it is wrong only the standard library says.
        let text = simdutf8::basic::from_utf8(self.bytes).or_else(|_| std::str::from_utf8(self.bytes));
        text.map_err(not_utf8)
    }
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

    /// Its lines. Blank ones are passed over, but counted.
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
            (!bytes.is_empty()).then_some(Line { number, bytes })
        })
    }
}

/// Reads blocks in bounded memory.
pub(crate) struct Blocks {
    reader: Reader,
    /// Lines given out.
    lines: u64,
    /// The beginning of the next line.
    rest: Vec<u8>,
    /// Read to tell the shape, not yet given out.
    first: Option<Block>,
}

impl Blocks {
    pub(crate) fn new(reader: Reader) -> Self {
        Blocks { reader, lines: 0, rest: Vec::new(), first: None }
    }

    /// Whether the first line opens a JSON object, or is one of TSV; what is neither is told with a hint.
    pub(crate) fn are_json(&mut self) -> Result<bool, InputError> {
        while let Some(block) = self.next()? {
            let tabs = |bytes: &[u8]| bytes.iter().filter(|&&byte| byte == b'\t').count();
            let is_json = block.lines().next().map(|line| match line.bytes.trim_ascii_start() {
                [b'{', ..] => Ok(true),
                bytes if bytes.starts_with(b"<?xml") || bytes.starts_with(b"<smses") => Err(InputError::Unnamed),
                _ if tabs(line.bytes) >= 2 => Ok(false),
                [b'[', ..] => Err(InputError::Array),
                _ => Err(InputError::Neither),
            });
            if let Some(is_json) = is_json {
                self.first = Some(block);
                return is_json;
            }
        }
        Ok(false)
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
            let read = self.reader.read(&mut bytes[from..])?;
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
            self.lines += memchr::memchr_iter(b'\n', &bytes).count() as u64;
            return Ok(Some(Block { first, bytes }).filter(|block| block.size() > 0));
        }
    }
}

/// Reads the text of a line, of this number.
pub(crate) type Parse = fn(&mut Record, &str, u64) -> Result<(), String>;

impl Record {
    /// Reads a line in place of what was here, reusing its memory; an error is a sentence without any of the line's text.
    pub(crate) fn read(&mut self, line: &Line<'_>, parse: Parse) -> Result<(), String> {
        parse(self, line.text()?, line.number)
    }

    /// Label, source and text with tabs between.
    pub(super) fn tsv(&mut self, text: &str, number: u64) -> Result<(), String> {
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
    pub(super) fn body(&mut self, text: &str) -> String {
        let mut body = std::mem::take(&mut self.message.body);
        body.clear();
        body.push_str(text);
        body
    }
}

//! XML → its tags, each in bounded memory.
//!
//! quick-xml finds where markup ends and reads attributes. Its own reader would hold a tag of any length, and in a backup a
//! film is one attribute. Comments, instructions and the document type are passed over: nothing is fetched or expanded.

use super::{InputError, MAX_LINE, TOO_LONG, not_utf8, surrogates::join_surrogates, tape::Tape};
use quick_xml::{
    escape::unescape,
    events::BytesStart,
    parser::{CommentParser, ElementParser, Parser, PiParser},
};

pub(super) struct Tags {
    pub(super) tape: Tape,
    /// The markup read last, without its brackets and whatever is beyond the limit.
    kept: Vec<u8>,
    /// Its last byte.
    last: u8,
    /// Whether a tag has been read.
    begun: bool,
}

/// A tag without its brackets.
pub(super) struct Tag<'a> {
    bytes: &'a [u8],
    /// Whether it is its own end: `<x/>`.
    pub(super) is_empty_element: bool,
}

impl Tags {
    pub(super) fn new(tape: Tape) -> Tags {
        Tags { tape, kept: Vec::new(), last: 0, begun: false }
    }

    /// The next tag; none at the end.
    pub(super) fn next(&mut self) -> Result<Option<Tag<'_>>, InputError> {
        while self.skip_text()? {
            match self.peek()? {
                b'?' => self.instruction()?,
                b'!' => self.declaration()?,
                _ => {
                    self.keep(ElementParser::default())?;
                    self.begun = true;
                    return Ok(Some(Tag { bytes: &self.kept, is_empty_element: self.last == b'/' }));
                }
            }
        }
        Ok(None)
    }

    /// Bytes held.
    #[cfg(test)]
    pub(super) fn memory(&self) -> usize {
        self.kept.capacity()
    }

    /// Goes behind the next `<`; false if there is none.
    fn skip_text(&mut self) -> Result<bool, InputError> {
        loop {
            let bytes = self.tape.peek()?;
            if bytes.is_empty() {
                return Ok(false);
            }
            let at = bytes.iter().position(|&byte| byte == b'<');
            let (text, taken) = at.map_or((bytes, bytes.len()), |at| (&bytes[..at], at + 1));
            if !self.begun && !text.trim_ascii().is_empty() {
                return Err(InputError::NoBackup);
            }
            self.tape.take(taken);
            if at.is_some() {
                return Ok(true);
            }
        }
    }

    fn peek(&mut self) -> Result<u8, InputError> {
        self.tape.peek()?.first().copied().ok_or(InputError::Truncated)
    }

    fn byte(&mut self) -> Result<u8, InputError> {
        let byte = self.peek()?;
        self.tape.take(1);
        Ok(byte)
    }

    /// Keeps what comes before the `>` that ends it, as far as the limit.
    fn keep(&mut self, mut parser: impl Parser) -> Result<(), InputError> {
        self.kept.clear();
        loop {
            let bytes = self.tape.peek()?;
            if bytes.is_empty() {
                return Err(InputError::Truncated);
            }
            let end = parser.feed(bytes);
            let part = &bytes[..end.unwrap_or(bytes.len())];
            let room = (MAX_LINE + 1).saturating_sub(self.kept.len());
            self.kept.extend_from_slice(&part[..part.len().min(room)]);
            self.last = part.last().copied().unwrap_or(self.last);
            let taken = part.len() + usize::from(end.is_some());
            self.tape.take(taken);
            if end.is_some() {
                return Ok(());
            }
        }
    }

    /// `<?…?>`: only the encoding matters.
    fn instruction(&mut self) -> Result<(), InputError> {
        self.keep(PiParser::default())?;
        let Some(declaration) = self.kept.strip_prefix(b"?xml ") else { return Ok(()) };
        let declaration = declaration.strip_suffix(b"?").unwrap_or(declaration);
        match (Tag { bytes: declaration, is_empty_element: false }).attributes(0, ["encoding"]) {
            Ok([None]) => Ok(()),
            Ok([Some(name)]) if ["utf-8", "us-ascii"].iter().any(|utf8| name.eq_ignore_ascii_case(utf8)) => Ok(()),
            _ => Err(InputError::Encoding),
        }
    }

    /// `<!--…-->` or `<!DOCTYPE … […]>`.
    fn declaration(&mut self) -> Result<(), InputError> {
        self.byte()?;
        match self.byte()? {
            b'-' => return self.keep(CommentParser::default()),
            b'[' => return Err(InputError::Malformed), // character data, which no backup has
            _ => {}
        }
        loop {
            match self.byte()? {
                b'>' => return Ok(()),
                b'[' => self.subset()?,
                quote @ (b'"' | b'\'') => while self.byte()? != quote {},
                _ => {}
            }
        }
    }

    /// What stands between the square brackets of a document type.
    fn subset(&mut self) -> Result<(), InputError> {
        loop {
            match (self.byte()?, self.peek()?) {
                (b']', _) => return Ok(()),
                (b'<', b'?') => self.keep(PiParser::default())?,
                (b'<', b'!') => {
                    self.byte()?;
                    match self.peek()? {
                        b'-' => self.keep(CommentParser::default())?,
                        _ => self.keep(ElementParser::default())?,
                    }
                }
                _ => {}
            }
        }
    }
}

impl<'a> Tag<'a> {
    /// Its name, of an end tag with the slash.
    pub(super) fn name(&self) -> &'a [u8] {
        let slash = usize::from(self.bytes.starts_with(b"/"));
        let end = self.bytes[slash..].iter().position(|byte| byte.is_ascii_whitespace() || *byte == b'/');
        &self.bytes[..end.map_or(self.bytes.len(), |end| end + slash)]
    }

    /// An error if it is over the limit.
    pub(super) fn check_length(&self) -> Result<(), String> {
        if self.bytes.len() > MAX_LINE { Err(TOO_LONG.into()) } else { Ok(()) }
    }

    /// The values of the attributes of these names; `null` is how the app writes that there is none. Of a tag over the limit
    /// those that were kept.
    pub(super) fn values<const N: usize>(&self, names: [&str; N]) -> Result<[Option<String>; N], String> {
        self.attributes(self.name().len(), names)
    }

    fn attributes<const N: usize>(&self, from: usize, names: [&str; N]) -> Result<[Option<String>; N], String> {
        let is_short = self.check_length().is_ok();
        let bytes = self.bytes.strip_suffix(b"/").filter(|_| self.is_empty_element).unwrap_or(self.bytes);
        let text = match std::str::from_utf8(bytes) {
            Err(error) if is_short => return Err(not_utf8(error)),
            Err(error) => std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default(),
            Ok(text) => text,
        };
        let mut values = [const { None }; N];
        // Not compared with one another: there may be very many.
        for attribute in BytesStart::from_content(text, from).attributes().with_checks(false) {
            let attribute = match attribute {
                Ok(attribute) => attribute,
                Err(_) if is_short => return Err("not an attribute as XML has it: expected name=\"value\"".into()),
                Err(_) => break,
            };
            let Some(at) = names.iter().position(|name| *name == attribute.key.as_ref()) else { continue };
            if values[at].is_some() {
                return Err(format!("attribute \"{}\" stands twice: keep one", names[at]));
            }
            let value = unescape(&join_surrogates(&attribute.value))
                .map_err(|_| format!("attribute \"{}\" has a reference that XML does not define", names[at]))?
                .into_owned();
            values[at] = Some(value);
        }
        Ok(values.map(|value| value.filter(|value| value != "null")))
    }
}

//! Bytes of a file, some at a time.

use super::{BLOCK, InputError};
use std::io::{self, BufRead, BufReader, Cursor, Read};

/// A file or standard input; an interrupted read is tried again.
pub(crate) struct Reader(Box<dyn Read + Send>);

impl Reader {
    pub(crate) fn new(reader: impl Read + Send + 'static) -> Reader {
        Reader(Box::new(reader))
    }
}

impl Read for Reader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.0.read(buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => return read,
            }
        }
    }
}

/// A reader whose place is known.
pub(super) struct Tape {
    reader: BufReader<Reader>,
    /// Bytes taken.
    pub(super) taken: u64,
}

impl Tape {
    /// A byte order mark is passed over if it is that of UTF-8, and refused if it is that of UTF-16.
    pub(super) fn new(mut reader: Reader) -> Result<Tape, InputError> {
        let mut start = Vec::new();
        (&mut reader).take(3).read_to_end(&mut start)?;
        if start.starts_with(b"\xFF\xFE") || start.starts_with(b"\xFE\xFF") {
            return Err(InputError::Encoding);
        }
        if start == b"\xEF\xBB\xBF" {
            start.clear();
        }
        let reader = Reader::new(Cursor::new(start).chain(reader));
        Ok(Tape { reader: BufReader::with_capacity(BLOCK, reader), taken: 0 })
    }

    /// The next bytes; none at the end.
    pub(super) fn peek(&mut self) -> io::Result<&[u8]> {
        self.reader.fill_buf()
    }

    pub(super) fn take(&mut self, count: usize) {
        self.reader.consume(count);
        self.taken += count as u64;
    }

    /// Whether nothing but blanks is left of what has been read: more may be long in coming.
    pub(super) fn is_drained(&self) -> bool {
        self.reader.buffer().trim_ascii_start().is_empty()
    }
}

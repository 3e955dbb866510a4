//! Bytes of a file, some at a time.

use super::{BLOCK, InputError};
use std::io::{self, BufRead, BufReader, Cursor, Read};

/// A file or standard input; an interrupted read is tried again.
pub(crate) struct Reader(Box<dyn Read + Send>);

impl Reader {
    pub(crate) fn new(reader: impl Read + Send + 'static) -> Reader {
        Reader(Box::new(reader))
    }

    /// Without the byte order mark of UTF-8. Refuses what begins as no shape does: UTF-16, and what gzip or zip packed.
    pub(super) fn text(mut self) -> Result<Reader, InputError> {
        let mut start = Vec::new();
        (&mut self).take(3).read_to_end(&mut start)?;
        match start[..] {
            [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => return Err(InputError::Encoding),
            [0x1F, 0x8B, ..] | [b'P', b'K', 3] => return Err(InputError::Packed),
            [0xEF, 0xBB, 0xBF] => start.clear(),
            _ => {}
        }
        Ok(Reader::new(Cursor::new(start).chain(self)))
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
    pub(super) fn new(reader: Reader) -> Tape {
        Tape { reader: BufReader::with_capacity(BLOCK, reader), taken: 0 }
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

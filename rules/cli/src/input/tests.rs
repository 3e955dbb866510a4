use super::{Batch, Entry, Input, InputError, MAX_LINE, Shape, Source, backup::Backup, history::History, tape::Reader};
use serde_json::{Value, json};
use std::io::{Cursor, Read};

/// What is read of a file beside the tests.
fn read(name: &str, shape: Shape) -> Vec<Value> {
    let path = format!("{}/tests/history/{name}", env!("CARGO_MANIFEST_DIR"));
    let entries = super::open(Some(path.as_ref()), Some(shape)).unwrap().records();
    entries.map(|entry| value(entry.unwrap())).collect()
}

fn value(Entry { number, record }: Entry) -> Value {
    match record {
        Err(error) => json!({"line": number, "error": error}),
        Ok(super::Record { id, message, .. }) => json!({"id": id, "sender": message.sender.raw(), "body": message.body,
            "received_at": message.received_at, "slot": message.sim.map(|sim| sim.slot), "known": message.known}),
    }
}

fn expected(name: &str) -> Vec<Value> {
    let path = format!("{}/tests/history/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[track_caller]
fn compare(found: &[Value], expected: &[Value]) {
    for (found, expected) in found.iter().zip(expected) {
        assert_eq!(found, expected);
    }
    assert_eq!(found.len(), expected.len());
}

#[test]
fn a_backup_is_read_as_is_written_beside_it() {
    compare(&read("backup.xml", Shape::BackupXml), &expected("backup.jsonl"));
}

#[test]
fn csv_is_read_as_is_written_beside_it() {
    compare(&read("history.csv", Shape::Csv), &expected("history.jsonl"));
}

#[test]
fn histories_are_of_china_in_time() {
    for (shape, text) in [(Shape::BackupXml, "<smses><sms type='1' body='x'/></smses>"), (Shape::Csv, "body\nx\n")] {
        let entry = Input::new(text.as_bytes(), Some(shape), "x", None).unwrap().records().next();
        assert_eq!(entry.unwrap().unwrap().record.unwrap().message.utc_offset_min, 480);
    }
}

/// One byte at a time: every way to be cut between reads.
struct Bytewise<R>(R);

impl<R: Read> Read for Bytewise<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = buffer.len().min(1);
        self.0.read(&mut buffer[..length])
    }
}

#[test]
fn where_reads_are_cut_changes_nothing() {
    for (name, shape) in [("backup.xml", Shape::BackupXml), ("history.csv", Shape::Csv)] {
        let path = format!("{}/tests/history/{name}", env!("CARGO_MANIFEST_DIR"));
        let bytes = Bytewise(Cursor::new(std::fs::read(path).unwrap()));
        let entries = Input::new(bytes, Some(shape), "x", None).unwrap().records();
        compare(&entries.map(|entry| value(entry.unwrap())).collect::<Vec<_>>(), &read(name, shape));
    }
}

/// Ids and bad numbers of what is read of a text, and how it ends.
fn outline(text: impl Read + Send + 'static, shape: Shape) -> (Vec<Result<u64, u64>>, Option<InputError>) {
    let mut numbers = Vec::new();
    let mut source = match Source::new(text, Some(shape)) {
        Ok(source) => source,
        Err(error) => return (numbers, Some(error)),
    };
    loop {
        match source.next() {
            Ok(Some(batch)) => numbers.extend(Batch::into_entries(batch).iter().map(|entry| match &entry.record {
                Ok(record) => Ok(record.id.as_u64().unwrap()),
                Err(_) => Err(entry.number),
            })),
            Ok(None) => return (numbers, None),
            Err(error) => return (numbers, Some(error)),
        }
    }
}

const SMS: &str = "<sms type='1' body='x'/>";

#[test]
fn a_backup_that_ends_too_early_is_read_up_to_there() {
    let whole = format!("<smses>{SMS}{SMS}</smses>");
    for length in 0..whole.len() {
        let (numbers, error) = outline(Cursor::new(whole[..length].to_owned()), Shape::BackupXml);
        let complete = length.saturating_sub("<smses>".len()) / SMS.len();
        assert_eq!(numbers, (1..=complete as u64).map(Ok).collect::<Vec<_>>(), "{length}");
        match error {
            Some(InputError::NoBackup) => assert_eq!(length, 0),
            Some(InputError::Truncated) => assert_ne!(length, 0),
            other => panic!("{length}: {other:?}"),
        }
    }
    assert!(matches!(outline(Cursor::new(whole), Shape::BackupXml), (numbers, None) if numbers == [Ok(1), Ok(2)]));
}

#[test]
fn what_is_no_backup_is_refused() {
    for (text, refused) in [
        (&b"{\"body\":\"x\"}"[..], "NoBackup"),
        (b"", "NoBackup"),
        (b"body\nx\n", "NoBackup"),
        (b"<html><smses/></html>", "NoBackup"),
        (b"<calls count='1'><call number='1'/></calls>", "NoBackup"),
        (b"<?xml version='1.0'?>", "NoBackup"),
        (b"<?xml version='1.0' encoding='GBK'?><smses/>", "Encoding"),
        (b"\xFF\xFE<\0s\0", "Encoding"),
        (b"\xFE\xFF\0<\0s", "Encoding"),
        (b"<smses><sms type='1' body='x'><sms type='1' body='x'/></sms></smses><smses/>", "Malformed"),
        (b"<smses><mms msg_box='1'><sms type='1' body='x'/></mms></smses>", "Malformed"),
        (b"<smses></mms></smses>", "Malformed"),
        (b"<smses><mms msg_box='1'></smses>", "Malformed"),
        (b"<smses><![CDATA[<sms type='1' body='x'/>]]></smses>", "Malformed"),
        (b"<smses><sms type='1' body='x/></smses>", "Truncated"),
    ] {
        let (_, error) = outline(text, Shape::BackupXml);
        assert_eq!(format!("{error:?}"), format!("Some({refused})"), "{}", String::from_utf8_lossy(text));
    }
    for text in ["<smses/>", "\u{feff}<smses count='0'></smses>\n", "<?xml version='1.0'?><smses></smses>"] {
        assert!(matches!(outline(text.as_bytes(), Shape::BackupXml), (numbers, None) if numbers.is_empty()), "{text}");
    }
}

#[test]
fn a_document_type_is_passed_over_and_its_entities_are_unknown() {
    let bomb = r#"<?xml version="1.0"?>
<!DOCTYPE smses SYSTEM "http://a.invalid/x>y.dtd" [
  <!-- don't ]> -->
  <!ENTITY a "ha>]">
  <!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>
  <?pi ]> ?>
  <!ENTITY file SYSTEM "file:///etc/hostname">
]>
<smses><sms type="1" body="&b;"/><sms type="1" body="&file;"/><sms type="1" body="x"/></smses>"#;
    assert!(
        matches!(outline(Cursor::new(bomb), Shape::BackupXml), (numbers, None) if numbers == [Err(1), Err(2), Ok(3)])
    );
    let deep = format!("<!DOCTYPE a [{}", "<!A [".repeat(100_000));
    assert!(matches!(outline(Cursor::new(deep), Shape::BackupXml), (_, Some(InputError::Truncated))));
}

#[test]
fn a_bad_message_does_not_stop_the_others() {
    for bad in [
        &b"type='1' body='\xFF'"[..],
        b"type='1' body='x' body='y'",
        b"type='1' body=x",
        b"type='1' body='&'",
        b"type='1' body='&#0;'",
        b"type='1' body='&#1114112;'",
        b"type='1' body='&#56832;&#55357;'",
        b"type='0' body='x'",
        b"type='' body='x'",
        b"body='x'",
    ] {
        let backup = [b"<smses>", SMS.as_bytes(), b"<sms ", bad, b"/>", SMS.as_bytes(), b"</smses>"].concat();
        let (numbers, error) = outline(Cursor::new(backup), Shape::BackupXml);
        assert_eq!((&numbers[..], error.is_none()), (&[Ok(1), Err(2), Ok(3)][..], true), "{bad:?}");
    }
}

/// A run of `x` longer than what is read of a message.
fn long() -> impl Read + Send {
    std::io::repeat(b'x').take(MAX_LINE as u64 * 5 / 4)
}

#[test]
fn a_message_over_the_limit_is_bad_and_the_rest_goes_on() {
    let backup = "<smses><sms type='1' body='".as_bytes().chain(long());
    let backup = backup.chain("'/><sms type='1' body='x'/></smses>".as_bytes());
    assert!(matches!(outline(backup, Shape::BackupXml), (numbers, None) if numbers == [Err(1), Ok(2)]));
    let csv = "body\n".as_bytes().chain(long()).chain("\nx\n\"x\ny\"\nx".as_bytes());
    assert!(matches!(outline(csv, Shape::Csv), (numbers, None) if numbers == [Err(2), Ok(3), Ok(4), Ok(6)]));
}

#[test]
fn a_film_beside_the_text_takes_no_memory() {
    let film = long().chain(long()).chain(long());
    let backup = "<smses><mms msg_box='1' address='1'><parts><part ct='video/mp4' data='".as_bytes().chain(film);
    let backup = backup.chain("'/><part ct='text/plain' text='x'/></parts></mms></smses>".as_bytes());
    let mut backup = Backup::new(Reader::new(backup)).unwrap();
    assert_eq!(backup.next().unwrap().unwrap().record.unwrap().message.body, "x");
    assert!(backup.tags.memory() <= 2 * MAX_LINE, "{}", backup.tags.memory());
    assert!(backup.next().unwrap().is_none() && backup.next().unwrap().is_none());
}

#[test]
fn a_wrong_header_is_refused() {
    for text in [
        &b""[..],
        b"\n\n",
        b"date,address,words,type\n",
        b"date;address;body;type\n",
        b"date\taddress\tbody\ttype\n",
        b"body,Body\n",
        b"\"body\n",
        b"<smses><sms type='1' body='x'/></smses>",
    ] {
        assert!(
            matches!(outline(text, Shape::Csv), (_, Some(InputError::NoHeader))),
            "{}",
            String::from_utf8_lossy(text)
        );
    }
    let wide = format!("body{}\n", ",x".repeat(1000));
    assert!(matches!(outline(Cursor::new(wide), Shape::Csv), (_, Some(InputError::NoHeader))));
    assert!(matches!(outline(&b"\xFF\xFEb\0"[..], Shape::Csv), (_, Some(InputError::Encoding))));
    assert!(matches!(outline(&b"body"[..], Shape::Csv), (numbers, None) if numbers.is_empty()));
}

#[test]
fn a_quote_that_is_not_closed_ends_the_file() {
    for (text, numbers, line) in [
        ("body\nx\n\"y\nz\n", &[Ok(2)][..], Some(3)),
        ("body\nx\n\"y", &[Ok(2)], Some(3)),
        ("body\nx\n\"\"\"", &[Ok(2)], Some(3)),
        ("body\nx\n\"y\"", &[Ok(2), Ok(3)], None),
        ("body\nx\ny", &[Ok(2), Ok(3)], None),
        ("body\rx\ry", &[Ok(1), Ok(1)], None),
        ("body,type\n\"\"\"a\"\" b\",\nc\"d\",1\n", &[Ok(2), Ok(3)], None),
    ] {
        let (found, error) = outline(Cursor::new(text), Shape::Csv);
        assert_eq!(found, numbers, "{text:?}");
        match (error, line) {
            (Some(InputError::UnclosedQuote { line: found }), Some(line)) => assert_eq!(found, line),
            (None, None) => {}
            (error, _) => panic!("{text:?}: {error:?}"),
        }
    }
}

#[test]
fn a_field_that_is_not_utf8_is_bad_even_where_its_neighbour_ends_it() {
    let (numbers, _) = outline(&b"body,x\n\xE4\xBD,\xA0\n\xE4\xBD\xA0,\xFF\n"[..], Shape::Csv);
    assert_eq!(numbers, [Err(2), Ok(3)]);
}

//! The XML of "SMS Backup & Restore": `<smses><sms …/> <mms …><parts><part …/></parts><addrs><addr …/></addrs></mms></smses>`.

use super::{
    Entry, InputError, MAX_LINE, Record, TOO_LONG,
    history::{Direction, History, Replied},
    tags::{Tag, Tags},
    tape::{Reader, Tape},
};
use smsfilter::{Known, Sim};

/// How an `addr` says that its number sent the message, or got it (PDU headers From and To).
const FROM: &str = "137";
const TO: &str = "151";
/// What stands for the user's own number.
const OWN: &str = "insert-address-token";

pub(super) struct Backup {
    pub(super) tags: Tags,
    place: Place,
    /// Messages so far, of both kinds and directions.
    number: u64,
    mms: Option<Mms>,
    replied: Replied,
    skipped: u64,
}

#[derive(PartialEq, Eq)]
enum Place {
    Before,
    Inside,
    Behind,
}

/// A multimedia message whose parts are still coming.
struct Mms {
    direction: Direction,
    record: Result<Record, String>,
    has_text: bool,
}

impl Backup {
    pub(super) fn new(reader: Reader) -> Result<Backup, InputError> {
        let tags = Tags::new(Tape::new(reader));
        Ok(Backup { tags, place: Place::Before, number: 0, mms: None, replied: Replied::default(), skipped: 0 })
    }

    /// The message whose parts have come, if it is one that was received and has text.
    fn end_mms(&mut self) -> Option<Entry> {
        let Mms { direction, record, has_text } = self.mms.take()?;
        match (direction, &record) {
            (Direction::Received, Ok(_)) if !has_text => self.skipped += 1,
            (Direction::Received, _) | (_, Err(_)) => return Some(Entry { number: self.number, record }),
            _ => {}
        }
        None
    }
}

impl History for Backup {
    fn next(&mut self) -> Result<Option<Entry>, InputError> {
        loop {
            let Some(tag) = self.tags.next()? else {
                return match self.place {
                    Place::Before => Err(InputError::NoBackup),
                    Place::Inside => Err(InputError::Truncated),
                    Place::Behind => Ok(None),
                };
            };
            let is_empty = tag.is_empty_element;
            let entry = match (&self.place, tag.name(), &mut self.mms) {
                (Place::Before, b"smses", _) => {
                    self.place = if is_empty { Place::Behind } else { Place::Inside };
                    None
                }
                (Place::Before, ..) => return Err(InputError::NoBackup),
                (Place::Behind, ..) => return Err(InputError::Malformed),
                (Place::Inside, b"sms", None) => {
                    self.number += 1;
                    let record = match message(&tag, "type", self.number, &mut self.replied) {
                        Ok((direction, record)) => (direction == Direction::Received).then_some(Ok(record)),
                        Err(error) => Some(Err(error)),
                    };
                    record.map(|record| Entry { number: self.number, record })
                }
                (Place::Inside, b"mms", None) => {
                    self.number += 1;
                    self.mms = Some(Mms::new(message(&tag, "msg_box", self.number, &mut self.replied)));
                    if is_empty { self.end_mms() } else { None }
                }
                (Place::Inside, b"part", Some(mms)) => {
                    mms.change(|record, has_text| part(&tag, record, has_text));
                    None
                }
                (Place::Inside, b"addr", Some(mms)) => {
                    let (direction, replied) = (mms.direction, &mut self.replied);
                    mms.change(|record, _| addr(&tag, record, direction, replied));
                    None
                }
                (Place::Inside, b"/mms", Some(_)) => self.end_mms(),
                (Place::Inside, b"/smses", None) => {
                    self.place = Place::Behind;
                    None
                }
                (Place::Inside, b"smses" | b"/smses" | b"sms" | b"mms" | b"/mms", _) => {
                    return Err(InputError::Malformed);
                }
                (Place::Inside, ..) => None,
            };
            if entry.is_some() {
                return Ok(entry);
            }
        }
    }

    fn tape(&self) -> &Tape {
        &self.tags.tape
    }

    fn skipped(&self) -> u64 {
        self.skipped
    }
}

/// A message and which way it went; `kind` names the attribute that says so. What was sent is remembered.
fn message(tag: &Tag<'_>, kind: &str, number: u64, replied: &mut Replied) -> Result<(Direction, Record), String> {
    tag.check_length()?;
    let [direction, address, date, contact, sim, body] =
        tag.values([kind, "address", "date", "contact_name", "sub_id", "body"])?;
    let direction = direction.as_deref().and_then(Direction::parse);
    let direction =
        direction.ok_or_else(|| format!("attribute \"{kind}\" is not as expected: give 1 for received, 2 for sent"))?;
    let address = address.unwrap_or_default();
    if direction == Direction::Sent {
        let body = body.as_deref().unwrap_or_default();
        address.split('~').for_each(|address| replied.insert(address, body)); // a group's numbers
    }
    let is_contact = contact.is_some_and(|name| !matches!(name.as_str(), "" | "(Unknown)"));
    let mut record = replied.received(number, &address, is_contact);
    let date = date.map(|date| date.parse()).transpose();
    record.message.received_at =
        date.map_err(|_| "attribute \"date\" is not as expected: give milliseconds since 1970 UTC")?;
    // Some phones number the slots here, others every card that they ever saw.
    let slot = sim.and_then(|sim| sim.parse().ok()).filter(|slot| *slot <= 1);
    record.message.sim = slot.map(|slot| Sim { slot, operator: String::new() });
    record.message.body = body.unwrap_or_default();
    Ok((direction, record))
}

impl Mms {
    fn new(message: Result<(Direction, Record), String>) -> Mms {
        let (direction, record) = match message {
            Ok((direction, record)) => (direction, Ok(record)),
            Err(error) => (Direction::Received, Err(error)),
        };
        Mms { direction, record, has_text: false }
    }

    /// Changes what can still be read.
    fn change(&mut self, change: impl FnOnce(&mut Record, &mut bool) -> Result<(), String>) {
        if let Ok(record) = &mut self.record
            && let Err(error) = change(record, &mut self.has_text)
        {
            self.record = Err(error);
        }
    }
}

/// Adds the text of a part, on a line of its own.
fn part(tag: &Tag<'_>, record: &mut Record, has_text: &mut bool) -> Result<(), String> {
    let [kind, text] = tag.values(["ct", "text"])?;
    if kind.as_deref() != Some("text/plain") {
        return Ok(());
    }
    tag.check_length()?;
    let Some(text) = text else { return Ok(()) };
    let body = &mut record.message.body;
    if body.len() + text.len() > MAX_LINE {
        return Err(TOO_LONG.into());
    }
    if *has_text {
        body.push('\n');
    }
    body.push_str(&text);
    *has_text = true;
    Ok(())
}

fn addr(tag: &Tag<'_>, record: &mut Record, direction: Direction, replied: &mut Replied) -> Result<(), String> {
    let [kind, address] = tag.values(["type", "address"])?;
    let Some(address) = address.filter(|address| address != OWN) else { return Ok(()) };
    match (kind.as_deref(), direction) {
        (Some(TO), Direction::Sent) => replied.insert(&address, ""),
        (Some(FROM), Direction::Received) => {
            let is_contact = record.message.known == Known::Contact;
            replied.name_sender(&mut record.message, &address, is_contact);
        }
        _ => {}
    }
    Ok(())
}

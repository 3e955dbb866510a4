//! What does each channel get? The golden table `reports/formats.toml`.

use serde::Deserialize;
use smsfilter::{
    Message, Sender, Verdict,
    report::{ChannelId, ReportRequest, channel::CHANNELS, draft},
};
use smsfilter_tests::root;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    sender: String,
    received_at: i64,
    utc_offset_min: i16,
    body: String,
    channel: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    #[serde(default)]
    steps: Vec<(String, String)>,
    /// The code of a refusal.
    #[serde(default)]
    refused: String,
}

#[test]
fn every_channel_gets_its_form_byte_for_byte() {
    let text = std::fs::read_to_string(root().join("reports/formats.toml")).unwrap();
    let table: Table = toml::from_str(&text).unwrap();
    let message = Message {
        sender: Sender::parse(&table.sender),
        body: table.body,
        received_at: Some(table.received_at),
        utc_offset_min: table.utc_offset_min,
        ..Message::default()
    };
    assert!(table.channel.iter().map(|row| row.name.as_str()).eq(CHANNELS.iter().map(|channel| channel.id.name())));
    for row in &table.channel {
        let channel = ChannelId::parse(&row.name);
        let drafted =
            draft(ReportRequest { message: &message, verdict: &Verdict::default(), channel, override_code: false });
        let (steps, refused) = match drafted {
            Ok(draft) => {
                let step = |step: &smsfilter::report::draft::Step| {
                    (step.to.unwrap_or_default().to_owned(), step.text.expose().to_owned())
                };
                (draft.steps.iter().map(step).collect(), "")
            }
            Err(refusal) => (Vec::new(), refusal.code()),
        };
        assert_eq!((&steps, refused), (&row.steps, row.refused.as_str()), "{}", row.name);
    }
}

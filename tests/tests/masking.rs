//! Masking on planted messages, and what both payloads promise of any text.

use proptest::prelude::*;
use smsfilter::{
    Message, Sender, Verdict,
    report::{ChannelId, Masked, ReportRequest, draft, mask},
};
use smsfilter_tests::masking::{Figures, Kind, MOST_UNPLANTED, planted};

#[test]
fn planted_details_are_masked_and_the_rest_is_not() {
    let mut figures = Figures::default();
    let mut left = Vec::new();
    for message in planted(5000) {
        let (pieces, _) = figures.add(&message);
        left.extend(pieces.iter().map(|piece| (piece.kind, message.text.clone(), piece.span.clone())));
    }
    for kind in Kind::ALL {
        let share = figures.kind(kind);
        let examples: Vec<_> = left.iter().filter(|left| left.0 == kind).take(3).collect();
        assert!(share.all >= 100, "{kind:?}: {share:?}");
        assert!(share.percent() >= kind.bar().unwrap_or(0.0), "{kind:?}: {share:?}: {examples:?}");
    }
    assert!(figures.unplanted.percent() <= MOST_UNPLANTED, "{:?}", figures.unplanted);
}

#[test]
fn what_is_planted_lies_where_the_record_says() {
    for message in planted(1000) {
        let chars: Vec<char> = message.text.chars().collect();
        let mut before = 0;
        for piece in message.pieces {
            assert!(before <= piece.span.start && !piece.span.is_empty() && piece.span.end <= chars.len());
            assert!(chars[piece.span.clone()].iter().any(|c| c.is_alphanumeric()), "{}", message.text);
            before = piece.span.end;
        }
    }
}

#[test]
fn a_message_in_traditional_characters_is_masked_as_the_same_in_simplified_ones() {
    let (mut seed, mut changed) = (0, 0);
    for message in planted(3000) {
        seed += 1;
        let traditional = message.clone().traditional(seed).text;
        changed += usize::from(traditional != message.text);
        assert_eq!(mask::details(&traditional, &[]), mask::details(&message.text, &[]), "{traditional}");
    }
    assert!(changed > 1500, "{changed}");
}

/// The text with a slot for each detail.
fn spliced(text: &str, own: &[&str]) -> String {
    let chars: Vec<char> = text.chars().collect();
    let (mut masked, mut at) = (String::new(), 0);
    for detail in mask::details(text, own) {
        masked.extend(&chars[at..detail.span.start as usize]);
        masked.push_str(detail.slot);
        at = detail.span.end as usize;
    }
    masked.extend(&chars[at..]);
    masked
}

#[test]
fn the_masked_text_is_the_message_with_slots_for_details_and_nothing_else() {
    for message in planted(2000) {
        assert_eq!(Masked::of(&message.text, &[]).as_str(), spliced(&message.text, &[]));
    }
}

proptest! {
    #[test]
    fn so_it_is_for_any_text(text in "\\PC{0,80}") {
        let masked = Masked::of(&text, &["13911112222"]);
        prop_assert_eq!(masked.as_str(), spliced(&text, &["13911112222"]));
    }

    #[test]
    fn the_verbatim_payload_differs_from_the_message_in_nothing(body in "(?s).{0,80}[^\\s]") {
        let message = Message { sender: Sender::parse("13800138000"), body: body.clone(), ..Message::default() };
        let verdict = Verdict::default();
        let payload = |channel| {
            let request = ReportRequest { message: &message, verdict: &verdict, channel: Some(channel), override_code: true };
            draft(request).map(|draft| draft.steps[0].text.expose().to_owned())
        };
        prop_assert_eq!(payload(ChannelId::Gsma7726), Ok(body.clone()));
        prop_assert_eq!(payload(ChannelId::ChinaMobile), Ok(format!("13800138000*{body}")));
        prop_assert!(payload(ChannelId::Centre12321Share).is_ok_and(|text| text.contains(&body)));
    }
}

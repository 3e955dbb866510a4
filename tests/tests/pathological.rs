//! Messages made to be slow are judged all the same. How fast, a benchmark says.

use smsfilter::Message;
use smsfilter_tests::{Pathological, filter, pathological};
use std::collections::BTreeSet;

const LENGTH: usize = 200_000;

#[test]
fn messages_made_to_be_slow_are_judged_and_their_spans_lie_inside() {
    let filter = filter(&["national"]);
    let judge = |message: &Pathological| {
        let body = message.text(LENGTH);
        let verdict = filter.classify(&Message { body, ..Message::default() });
        for span in verdict.reasons.iter().flat_map(|reason| &reason.spans) {
            assert!(span.start < span.end && span.end as usize <= LENGTH, "{}: {span:?}", message.name);
        }
    };
    // Unoptimised this takes a while: on two cores half of it.
    let messages = pathological();
    let (odd, even): (Vec<_>, Vec<_>) = messages.iter().enumerate().partition(|(n, _)| n % 2 == 1);
    std::thread::scope(|scope| {
        scope.spawn(|| odd.iter().for_each(|(_, message)| judge(message)));
        even.iter().for_each(|(_, message)| judge(message));
    });
}

#[test]
fn their_names_are_unique_and_their_length_is_as_asked() {
    let mut names = BTreeSet::new();
    for message in pathological() {
        assert!(names.insert(message.name), "{} stands twice", message.name);
        assert_eq!(message.text(1001).chars().count(), 1001);
    }
}

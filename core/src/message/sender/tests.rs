//! Numbers as data.

use super::*;
use SenderClass::*;
use proptest::prelude::*;

/// As written, number, class.
const ROWS: &[(&str, &str, SenderClass)] = &[
    ("", "", None),
    (" - ", "", None),
    ("+", "", None),
    ("13800138000", "13800138000", Mobile),
    ("+8613800138000", "13800138000", Mobile),
    ("+86 138-0013-8000", "13800138000", Mobile),
    ("008613800138000", "13800138000", Mobile),
    ("8613800138000", "13800138000", Mobile),
    ("１３８００１３８０００", "13800138000", Mobile),
    ("\u{202a}13800138000\u{202c}", "13800138000", Mobile),
    ("19912345678", "19912345678", Mobile),
    ("17012345678", "17012345678", Virtual),
    ("16212345678", "16212345678", Virtual),
    ("1380013800", "1380013800", ShortCode),
    ("0085212345678", "0085212345678", Foreign),
    ("+12025550123", "+12025550123", Foreign),
    ("+1 (202) 555-0123", "+12025550123", Foreign),
    ("+86 10 12345678", "1012345678", ShortCode),
    ("106900001234", "106900001234", Port),
    ("+86106900001234", "106900001234", Port),
    ("86106900001234", "106900001234", Port),
    ("10655012345", "10655012345", Port),
    ("95588", "95588", Enterprise),
    ("9558801", "9558801", Enterprise),
    ("96110", "96110", Emergency),
    ("961101", "961101", Enterprise),
    ("110", "110", Emergency),
    ("1101", "1101", ShortCode),
    ("12381", "12381", Government),
    ("12345", "12345", Government),
    ("12321", "12321", Government),
    ("12110", "12110", Emergency),
    ("12306", "12306", ShortCode),
    ("10086", "10086", Carrier),
    ("1008611", "1008611", Carrier),
    ("100860001", "100860001", Carrier),
    ("10010", "10010", Carrier),
    ("4001234567", "4001234567", FourHundred),
    ("400-123-4567", "4001234567", FourHundred),
    ("123456", "123456", ShortCode),
    ("ICBC", "ICBC", Alphanumeric),
    ("icbc", "ICBC", Alphanumeric),
    ("工商银行", "工商银行", Alphanumeric),
    ("02112345678", "02112345678", Landline),
    ("010-12345678", "01012345678", Landline),
    ("(0755)1234567", "07551234567", Landline),
];

#[test]
fn every_number_has_its_class() {
    for &(raw, number, class) in ROWS {
        let sender = Sender::parse(raw);
        assert_eq!((sender.number(), sender.class()), (number, class), "{raw}");
        assert_eq!(sender.raw(), raw);
    }
}

#[test]
fn ports_tell_operator_and_level() {
    for (raw, operator, level, commercial) in [
        ("10655123", Some(PortOperator::Unicom), Some(PortLevel::Operator), Option::None),
        ("10657123", Some(PortOperator::Mobile), Some(PortLevel::Operator), Option::None),
        ("10659123", Some(PortOperator::Telecom), Some(PortLevel::Operator), Option::None),
        ("10620123", Option::None, Some(PortLevel::ProvincialCommercial), Some(true)),
        ("10630123", Option::None, Some(PortLevel::Provincial), Some(false)),
        ("10660123", Option::None, Some(PortLevel::NationalCommercial), Some(true)),
        ("10690123", Option::None, Some(PortLevel::National), Some(false)),
        ("10680123", Option::None, Some(PortLevel::Other), Option::None),
        ("95588", Option::None, Option::None, Option::None),
    ] {
        let sender = Sender::parse(raw);
        assert_eq!((sender.port_operator(), sender.port_level()), (operator, level), "{raw}");
        assert_eq!(sender.port_level().and_then(PortLevel::is_commercial), commercial, "{raw}");
    }
}

proptest! {
    #[test]
    fn any_text_can_be_a_sender(raw in "\\PC*") {
        let sender = Sender::parse(&raw);
        prop_assert_eq!(Sender::parse(sender.number()).class(), sender.class());
    }

    #[test]
    fn what_looks_normal_is_normal(raw in "[+]{0,2}[0-9A-Zaé -]{0,6}") {
        prop_assert!(!is_normal(&raw) || normalise(&raw) == raw);
    }

    #[test]
    fn a_normal_number_stays_as_it_is(raw in "[+]?(86|0086|106|95|1[0-9]|4)?[-0-9() ]{0,16}") {
        let number = Sender::parse(&raw).number().to_owned();
        // One prefix at most is taken off: 8686… keeps the second.
        prop_assume!(!number.starts_with("86") && !number.starts_with("0086"));
        let again = Sender::parse(&number);
        prop_assert_eq!(again.number(), number);
    }
}

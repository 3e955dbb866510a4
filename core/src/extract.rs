//! Which links, phones, codes, amounts, signature and opt-out does a text hold? Hand-written scanners over the plain view.

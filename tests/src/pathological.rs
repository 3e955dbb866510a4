//! Which messages are made to be slow? Each repeats what some scanner must read far ahead for, or never quite finds.

/// A message that can be made of any length.
#[derive(Clone, Debug)]
pub struct Pathological {
    /// What it is, in a few words; unique.
    pub name: &'static str,
    unit: String,
}

impl Pathological {
    /// The message with so many code points.
    #[must_use]
    pub fn text(&self, chars: usize) -> String {
        self.unit.chars().cycle().take(chars).collect()
    }
}

/// All of them. What is slow of a keyword is made from the national rules.
///
/// # Panics
/// If the national rules do not read.
#[must_use]
pub fn pathological() -> Vec<Pathological> {
    let national = crate::layer("national");
    let keywords = national.words.lists.iter().flat_map(|list| &list.keywords);
    let mut longest: Vec<&String> = keywords.collect();
    longest.sort_by_key(|keyword| std::cmp::Reverse(keyword.chars().count()));
    // All but the last letter, so that a search goes as deep as it can and finds nothing.
    let cut =
        |keyword: &str| keyword[..keyword.len() - keyword.chars().next_back().map_or(0, char::len_utf8)].to_owned();
    let prefixes: String = longest.iter().take(64).map(|keyword| cut(keyword)).collect();
    let whole: String = longest.iter().take(64).map(|keyword| keyword.as_str()).collect();
    let fixed = [
        ("one Han character", "贷"),
        ("one letter", "a"),
        ("one digit", "1"),
        ("a lone part", "亻"),
        ("spaces", " "),
        ("full stops", "."),
        ("Han characters and separators", "贷."),
        ("Han characters and letters", "贷a"),
        ("split characters", "亻言"),
        ("split characters, parted", "亻 言 "),
        ("parts and separators", "亻."),
        ("deep combining marks", "e\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}"),
        ("only combining marks", "\u{301}"),
        ("zero-width characters", "\u{200b}"),
        ("letters and zero-width characters", "贷\u{200b}"),
        ("right-to-left marks", "\u{202e}\u{202c}"),
        ("emoji", "👨\u{200d}👩\u{200d}👧"),
        ("ligatures that unfold", "ﷺ"),
        ("traditional characters", "無抵押貸款"),
        ("look-alike letters", "ԛԛ"),
        ("sums without an end", "1,1,1,"),
        ("decimals without an end", "1.1.1."),
        ("digits and hyphens", "1-"),
        ("plus signs and digits", "+86 1"),
        ("phone numbers", "13800000000"),
        ("codes", "482913 "),
        ("opening brackets", "【"),
        ("brackets", "【】"),
        ("nested brackets", "[(【「"),
        ("opt-out words", "退订"),
        ("opt-out words in English", "unsubscribe "),
        ("opt-outs without a letter", "回"),
        ("schemes", "http://"),
        ("scheme beginnings", "http:/"),
        ("hosts without an end", "www.a."),
        ("hosts of short labels", "a.cn."),
        ("link paths", "t.cn/a/"),
        ("at signs", "@"),
        ("addresses", "a@b."),
        ("percent signs", "1%"),
        ("keyword with a gap", "加微*信"),
    ];
    let fixed = fixed.into_iter().map(|(name, unit)| (name, unit.to_owned()));
    let made = [("prefixes of the longest keywords", prefixes), ("the longest keywords", whole)];
    fixed.chain(made).map(|(name, unit)| Pathological { name, unit }).collect()
}

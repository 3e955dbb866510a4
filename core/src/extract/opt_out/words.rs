//! The words of opt-outs, and how one is met in a text whose letters may stand apart (退 订 回 T D).

/// What a word says by itself.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// To unsubscribe, whatever the token is.
    Strong,
    /// Perhaps to unsubscribe: only with a usual token, and with nothing else behind it (取消预约 is no opt-out).
    Weak,
    /// 取消: as weak, and letters that also answer a question do not count.
    Cancel,
    /// 退 alone, beside a usual token.
    Back,
    /// The English word, which is also a token.
    Stop,
}

/// Words for unsubscribing, the longer one of two first.
const WORDS: &[(&str, Kind)] = &[
    ("退订", Kind::Strong),
    ("退阅", Kind::Strong),
    ("退", Kind::Back),
    ("拒收", Kind::Strong),
    ("拒绝", Kind::Weak),
    ("谢绝", Kind::Strong),
    ("取消订阅", Kind::Strong),
    ("取消关注", Kind::Strong),
    ("取消接收", Kind::Strong),
    ("取消推送", Kind::Strong),
    ("取消", Kind::Cancel),
    ("不再", Kind::Weak),
    ("不想", Kind::Weak),
    ("不要", Kind::Weak),
    ("不需要", Kind::Weak),
    ("不愿意", Kind::Weak),
    ("不愿", Kind::Weak),
    ("不希望", Kind::Weak),
    ("不欲", Kind::Weak),
    ("不看", Kind::Weak),
    ("停止", Kind::Weak),
    ("勿扰", Kind::Strong),
    ("免打扰", Kind::Strong),
    ("屏蔽", Kind::Strong),
    ("unsubscribe", Kind::Strong),
    ("unsub", Kind::Strong),
    ("opt out", Kind::Strong),
    ("opt-out", Kind::Strong),
    ("optout", Kind::Strong),
    ("stop", Kind::Stop),
];
/// The first three bytes of each word: a Han character, or enough of an English one.
const STARTS: [u32; WORDS.len()] = {
    let (mut starts, mut n) = ([0; WORDS.len()], 0);
    while n < WORDS.len() {
        let word = WORDS[n].0.as_bytes();
        starts[n] = start([word[0], word[1], word[2]]);
        n += 1;
    }
    starts
};

const fn start(bytes: [u8; 3]) -> u32 {
    u32::from_be_bytes([0, bytes[0], bytes[1], bytes[2]])
}

/// A list of words, and what tells at one look that none of them stands somewhere: a text of nothing but such words asks
/// for each list at every word.
pub(super) struct Words {
    list: &'static [&'static str],
    /// The first three bytes of each word, and the last three from behind.
    first: Look,
    last: Look,
}

/// For the low half of a byte, which bytes may be next to it and next but one: bits by their low six bits.
#[derive(Clone, Copy)]
struct Look([[u64; 2]; 16]);

impl Look {
    /// What a word that begins with these bytes adds; after a shorter one anything may stand.
    const fn add(&mut self, word: [Option<u8>; 3]) {
        let [Some(first), second, third] = word else { return };
        let row = &mut self.0[(first & 15) as usize];
        row[0] |= bit(second);
        row[1] |= bit(third);
    }

    const fn or(mut self, other: Look) -> Look {
        let mut n = 0;
        while n < 16 {
            self.0[n][0] |= other.0[n][0];
            self.0[n][1] |= other.0[n][1];
            n += 1;
        }
        self
    }

    /// Whether a word may begin with these bytes.
    fn fits(&self, [first, second, third]: [u8; 3]) -> bool {
        let row = self.0[usize::from(first & 15)];
        row[0] >> (second & 63) & row[1] >> (third & 63) & 1 == 1
    }
}

const fn bit(byte: Option<u8>) -> u64 {
    match byte {
        Some(byte) => 1 << (byte & 63),
        None => u64::MAX,
    }
}

impl Words {
    const fn new(list: &'static [&'static str]) -> Words {
        let (mut first, mut last, mut n) = (Look([[0; 2]; 16]), Look([[0; 2]; 16]), 0);
        while n < list.len() {
            let word = list[n].as_bytes();
            let (mut start, mut end, mut at) = ([None; 3], [None; 3], 0);
            while at < 3 && at < word.len() {
                start[at] = Some(word[at]);
                end[at] = Some(word[word.len() - 1 - at]);
                at += 1;
            }
            first.add(start);
            last.add(end);
            n += 1;
        }
        Words { list, first, last }
    }

    /// The looks of both; no list.
    const fn or(&self, other: &Words) -> Words {
        Words { list: &[], first: self.first.or(other.first), last: self.last.or(other.last) }
    }

    /// Whether any of them may stand at `at`, and that there is room for three bytes.
    fn look(&self, text: &str, at: usize) -> Option<bool> {
        text.as_bytes().get(at..)?.first_chunk().map(|bytes| self.first.fits(*bytes))
    }

    /// The same of one that ends at `at`.
    fn look_back(&self, text: &str, at: usize) -> Option<bool> {
        text.as_bytes().get(..at)?.last_chunk().map(|&[c, b, a]| self.last.fits([a, b, c]))
    }
}

/// What stands next to a word for unsubscribing, on one side at least.
static BESIDE: Words = OBJECTS.or(&VERBS).or(&LEADS).or(&SIGNS);

/// Whether anything that makes an opt-out may stand next to a word, on either side.
pub(super) fn has_company(text: &str, word: std::ops::Range<usize>) -> bool {
    let fits = |c: Option<char>| c.is_some_and(|c| c.is_ascii() || is_filler(c));
    let (before, behind) = (&text[..word.start], &text[word.end..]);
    BESIDE.look(text, word.end).unwrap_or(false)
        || BESIDE.look_back(text, word.start).unwrap_or(false)
        || fits(behind.chars().next())
        || fits(before.chars().next_back())
}

/// None at all.
pub(super) static NONE: Words = Words::new(&[]);
/// Before a number that a reply goes to.
pub(super) static NUMBER: Words = Words::new(&["号码", "号"]);
/// Between STOP and what it is for.
pub(super) static FOR: Words = Words::new(&["=", " to ", " 2 "]);
/// Words that are replied themselves: 回复“退订”.
pub(super) const SPOKEN: &[&str] = &["退订", "拒收", "unsubscribe", "unsub", "stop"];
/// Said before a word, it tells what was done: 已退订.
pub(super) static DONE: Words = Words::new(&["已", "已经", "被", "成功", "遭"]);
/// Said behind one, it is about a journey or a sale.
pub(super) static OTHER: Words = Words::new(&["改签", "航班", "机票", "酒店", "费", "政策", "成功", "件"]);
/// What the word is about, and what merely stands between it and the verb.
pub(super) static OBJECTS: Words = Words::new(&[
    "短信", "信息", "消息", "简讯", "资讯", "此类", "该类", "这类", "此", "该", "本", "条", "类", "业务", "服务",
    "推送", "广告", "营销", "会员", "通知", "接收", "收到", "收取", "继续", "再", "来信", "的", "订阅", "关注", "免费",
    "后", "就", "来", "可", "请", "直接", "均", "即", "以", "并", "则", "please ", "pls ", "to",
]);
/// Longer ones first.
pub(super) static VERBS: Words = Words::new(&[
    "回复", "回覆", "回传", "发送", "编辑", "回", "发", "复", "reply", "rply", "text", "send", "txt", "sms",
]);
/// Verbs that may stand behind a token as well.
pub(super) static ANSWER: Words = Words::new(&["回复", "回覆"]);
/// Between a verb and the token.
pub(super) static LEADS: Words = Words::new(&["短信", "大写", "小写", "字母", "数字", "内容", "代码", "请", "with "]);
/// Tokens that need no verb: 退订T, TD退订.
const TOKENS: &[&str] = &["t", "td", "r", "n", "qx", "tt", "0000", "00000"];
/// Tokens in English.
const ENGLISH: &[&str] = &["stop", "no", "unsub", "end", "quit", "off", "out"];
/// Signs of a link.
pub(super) static SIGNS: Words =
    Words::new(&["点击", "点", "戳", "见", "链接", "访问", "http", "click", "visit", "tap", "at ", "here"]);
/// To where a token is sent.
pub(super) static TO: Words = Words::new(&["到", "至", "to", "2"]);
/// What STOP is for.
pub(super) static PURPOSE: Words =
    Words::new(&["opt out", "opt-out", "optout", "end", "unsub", "cancel", "quit", "stop"]);

/// For the low half of a first byte, which bytes may follow: bits by the low six bits of the byte that `shift` leaves.
const fn following(shift: u32) -> [u64; 16] {
    let (mut bits, mut n) = ([0; 16], 0);
    while n < STARTS.len() {
        bits[(STARTS[n] >> 16 & 15) as usize] |= 1 << (STARTS[n] >> shift & 63);
        n += 1;
    }
    bits
}
const SECOND: [u64; 16] = following(8);
const THIRD: [u64; 16] = following(0);

/// Whether any of the words may stand here. Asked of nearly every Han character, so the first answer is one look.
#[inline(always)]
pub(in super::super) fn may_begin(text: &[u8], at: usize) -> bool {
    let Some(first) = text[at..].first_chunk::<3>() else { return false };
    let row = usize::from(first[0] & 15);
    SECOND[row] >> (first[1] & 63) & 1 == 1 && THIRD[row] >> (first[2] & 63) & 1 == 1 && STARTS.contains(&start(*first))
}

/// The first word that stands at `at`, and its end.
pub(super) fn word_at(text: &str, at: usize) -> Option<(&'static str, Kind, usize)> {
    let first = start(*text.as_bytes().get(at..)?.first_chunk()?);
    let begun = WORDS.iter().zip(STARTS).filter(|&(_, start)| start == first);
    begun.map(|(word, _)| word).find_map(|&(name, kind)| Some((name, kind, eat(text, at, name)?)))
}

/// Whether a token is one that everybody uses.
pub(super) fn is_usual(token: &str, kind: Kind) -> bool {
    let is = |known: &&str| known.bytes().eq(token.bytes().filter(u8::is_ascii_alphanumeric));
    let answers = ["r", "n", "no"].iter().any(is); // also an answer to a question: 取消请回N
    (TOKENS.iter().any(is) || kind != Kind::Back && ENGLISH.iter().any(is)) && !(kind == Kind::Cancel && answers)
}

/// Whether this stands between words and says nothing.
fn is_filler(c: char) -> bool {
    let ascii = " \t\n\r,:;\"'()[]{}<>-~/=|!?.".as_bytes();
    matches!(c, '“' | '”' | '‘' | '’' | '《' | '》' | '【' | '】' | '「' | '」' | '『' | '』' | '→' | '、' | '。')
        || u8::try_from(c).is_ok_and(|c| ascii.contains(&c))
}

/// Whether this may stand between the letters of a word.
fn is_gap(c: char) -> bool {
    matches!(c, ' ' | '.' | '-' | '/' | '·' | '*' | '_' | '|')
}

/// Whether two texts differ in the three bytes that both have: a Han character, compared at once.
fn differ(one: Option<&[u8; 3]>, other: Option<&[u8; 3]>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one != other)
}

/// The end of `word` if it stands at `at`, each Han character perhaps apart.
pub(super) fn eat(text: &str, at: usize, word: &str) -> Option<usize> {
    let mut rest = text.get(at..)?;
    let (bytes, of_word) = (rest.as_bytes(), word.as_bytes());
    if differ(bytes.first_chunk(), of_word.first_chunk()) {
        return None;
    }
    // 不再, 不想, 不要 … begin alike; where Han follows Han nothing stands between.
    let second = |bytes: &'_ [u8]| bytes.get(3..6).and_then(|three| <[u8; 3]>::try_from(three).ok());
    if bytes.get(3).is_some_and(|b| *b >= 0xe3) && differ(second(bytes).as_ref(), second(of_word).as_ref()) {
        return None;
    }
    for (n, c) in word.chars().enumerate() {
        if n > 0 && !c.is_ascii() {
            rest = rest.strip_prefix(is_gap).unwrap_or(rest);
        }
        rest = rest.strip_prefix(c)?;
    }
    Some(text.len() - rest.len())
}

/// The start of `word` if it ends at `at`, in the same way. Letters do not continue one: `context` ends in no `text`.
pub(super) fn eat_back(text: &str, at: usize, word: &str) -> Option<usize> {
    let mut rest = text.get(..at)?;
    if differ(rest.as_bytes().last_chunk(), word.as_bytes().last_chunk()) {
        return None;
    }
    for (n, c) in word.chars().rev().enumerate() {
        if n > 0 && !c.is_ascii() {
            rest = rest.strip_suffix(is_gap).unwrap_or(rest);
        }
        rest = rest.strip_suffix(c)?;
    }
    let goes_on = word.is_ascii() && rest.ends_with(|c: char| c.is_ascii_alphanumeric());
    (!goes_on).then_some(rest.len())
}

/// The end of the first of `words` that stands at `at`.
pub(super) fn any(text: &str, at: usize, words: &Words) -> Option<usize> {
    let may = words.look(text, at).unwrap_or(true);
    may.then(|| words.list.iter().find_map(|word| eat(text, at, word))).flatten()
}

/// The start of the first of `words` that ends at `at`.
pub(super) fn any_back(text: &str, at: usize, words: &Words) -> Option<usize> {
    let may = words.look_back(text, at).unwrap_or(true);
    may.then(|| words.list.iter().find_map(|word| eat_back(text, at, word))).flatten()
}

/// Steps over fillers and `words` from `at`, at most twelve of them.
pub(super) fn skip(text: &str, mut at: usize, words: &Words) -> usize {
    for _ in 0..12 {
        let filler = text[at..].chars().next().filter(|&c| is_filler(c)).map(|c| at + c.len_utf8());
        match filler.or_else(|| any(text, at, words)) {
            Some(next) => at = next,
            None => break,
        }
    }
    at
}

/// The same backwards.
pub(super) fn skip_back(text: &str, mut at: usize, words: &Words) -> usize {
    for _ in 0..12 {
        let filler = text[..at].chars().next_back().filter(|&c| is_filler(c)).map(|c| at - c.len_utf8());
        match filler.or_else(|| any_back(text, at, words)) {
            Some(next) => at = next,
            None => break,
        }
    }
    at
}

//! ASCII letters, digits and marks in other forms.

use fastrand::Rng;

/// Letters of Cyrillic, Greek and other keyboards, small capitals and currency signs in place of Latin ones, in pairs: what
/// converters of names for chats offer.
const LETTERS: &str = "\
    aа aα aɑ aᴀ bЬ bв bʙ bƄ cс cϲ cᴄ c¢ dԁ dᴅ dɗ eе eє eᴇ e℮ eё fғ fƒ fꜰ gɡ gɢ gց hһ hн hʜ iі iı iɪ iι jј jᴊ jʝ kк kκ kᴋ \
    lӏ lʟ lɭ lⅼ mм mᴍ mṃ nո nп nɴ nη oо oο oᴏ oσ oօ pр pρ pᴘ qԛ qզ qϙ rг rʀ rɾ sѕ sꜱ sʂ tт tᴛ tτ t† uս uυ uᴜ uц vѵ vν vᴠ \
    wԝ wω wᴡ wш xх xχ x× yу yү yʏ yγ zᴢ zʐ zż AА AΑ AΛ BВ BΒ BЪ CС CϹ C€ DᎠ DÐ EЕ EΕ EЁ FϜ F₣ GԌ GᏀ HН HΗ IІ IΙ JЈ JᎫ KК KΚ \
    LᏞ L£ MМ MΜ NΝ NИ OО OΟ OØ PР PΡ QԚ QႭ RᎡ RЯ SЅ SՏ TТ TΤ UՍ UԱ VѴ V√ WԜ WШ XХ XΧ YΥ YУ YҮ ZΖ ZᏃ \
    0О 0Ο 0〇 1І 1Ⅰ 1一 2Ƨ 2二 3З 3Ʒ 3三 4Ч 4四 5Ƽ 5五 6б 6六 7七 8Ց 8八 9९ 9九";

/// The first of a row of ASCII letters or digits, its last, and the first of the same row in another style.
const STYLES: &[(char, char, char)] = &[
    ('A', 'Z', '\u{1d400}'), // bold
    ('a', 'z', '\u{1d41a}'),
    ('0', '9', '\u{1d7ce}'),
    ('A', 'Z', '\u{1d5a0}'), // sans-serif
    ('a', 'z', '\u{1d5ba}'),
    ('0', '9', '\u{1d7e2}'),
    ('A', 'Z', '\u{1d670}'), // monospace
    ('a', 'z', '\u{1d68a}'),
    ('0', '9', '\u{1d7f6}'),
    ('A', 'Z', '\u{24b6}'), // circled
    ('a', 'z', '\u{24d0}'),
    ('1', '9', '\u{2460}'),
    ('a', 'z', '\u{249c}'), // in brackets
    ('1', '9', '\u{2474}'),
    ('A', 'Z', '\u{1f130}'), // squared
    ('A', 'Z', '\u{1f170}'), // squared, negative
    ('1', '9', '\u{2776}'),  // circled, negative
];

pub(super) fn full_width(c: char) -> Option<char> {
    shifted(c, ('!', '~', '！'))
}

/// A keycap: the digit with two marks behind it.
pub(super) fn emoji(c: char) -> Option<String> {
    c.is_ascii_digit().then(|| format!("{c}\u{fe0f}\u{20e3}"))
}

pub(super) fn look_alike(c: char, dice: &mut Rng) -> Option<char> {
    let pairs = LETTERS.split_whitespace().filter_map(|pair| pair.strip_prefix(c)?.chars().next());
    let styles = STYLES.iter().filter_map(|&style| shifted(c, style));
    dice.choice(pairs.chain(styles).collect::<Vec<char>>())
}

fn shifted(c: char, (first, last, target): (char, char, char)) -> Option<char> {
    (first..=last).contains(&c).then(|| char::from_u32(target as u32 + (c as u32 - first as u32)))?
}

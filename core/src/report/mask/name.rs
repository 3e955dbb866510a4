//! Names of people. A name is told by what stands around it: a surname and one or two characters are enough only where a
//! label, a title or what people do stands beside them.

use super::{Claims, is_han, surname, words::Words};
use std::sync::LazyLock;

/// What a name follows, alone or with a colon: who somebody is in a message, and verbs with a person as their object.
static LABELS: LazyLock<Words> = LazyLock::new(|| {
    Words::of(
        "\
    尊敬的 亲爱的 敬爱的 姓名 户名 我是 我叫 叫做 名叫 本人 件人 货人 系人 卡人 款人 签收人 请人 保人 保险人 \
    受益人 就诊人 乘机人 乘车人 入住人 预订人 报名人 负责人 经办人 嫌疑人 当事人 被告 原告 患者 旅客 乘客 考生 \
    学生 学员 业主 车主 居民 客户 用户 会员 好友 朋友 同事 同学 亲友 司机 快递员 配送员 骑手 客服 店长 经理 \
    专员 顾问 主任 医生 老师 导师 教练 律师 警官 民警 机主 寄给 发给 转给 交给 送给 借给 汇给 打给 付给 还给 \
    转账给 抄送 通知 联系 恭喜 感谢 收货 签收",
    )
});
/// What may stand before a name as before anything else.
const PARTICLES: &str = "给向由请找让和与跟对替叫把被及的是";
/// What a sentence begins behind.
const BEGINNINGS: &str = "】]。！？；，!?;,\n~…”’)）";
/// What a name is followed by: forms of address, and what a message says of a person.
static TITLES: LazyLock<Words> = LazyLock::new(|| {
    Words::of(
        "\
    先生 女士 小姐 太太 夫人 同学 老师 师傅 经理 主任 医生 大夫 护士 律师 警官 教授 校长 院长 局长 处长 科长 \
    队长 书记 教练 顾问 店长 会计 主管 阿姨 叔叔 大爷 大妈 爷爷 奶奶 家长 同志",
    )
});
/// Titles of one character, which also begin words.
const SHORT_TITLES: [char; 5] = ['总', '哥', '姐', '董', '工'];
static DOINGS: LazyLock<Words> = LazyLock::new(|| {
    Words::of(
        "\
    您好 你好 ，您 ，你 ，请 ,您 ,你 ,请 ！您 ，恭喜 给您 给你 向您 向你 为您 为你 送您 送你 请您 请你 邀请 \
    让我 托我 叫我 找您 找你 想加 签收 代收 转账 转出 转入 汇款 收款 派送 配送 取件 下楼 接单 \
    已接 已到 尾号 账户 账号 卡号 身份证 电话 手机 的电话 的手机 的包裹 的快递 的快件 的账户 的微信 的号码 \
    的孩子",
    )
});
/// What may follow a name as it may follow anything else.
const ENDINGS: &str = "的在已于向给和与将为请让是啊呀等说及正把被从对就也还来到去";
/// Never in a name.
const NOT_GIVEN: &str = "的您你我他她它们了吗呢吧是这那哪什么啊呀哦";

pub(super) fn claim(chars: &[char], claims: &mut Claims) {
    (0..chars.len()).for_each(|at| claim_titled(chars, at, claims));
    for at in 0..chars.len() {
        if let Some(end) = name(chars, at, claims) {
            claims.mask(at, end, "‹name›");
        }
    }
}

/// A name, or a surname alone, before a title.
fn claim_titled(chars: &[char], title: usize, claims: &mut Claims) {
    if !is_title(chars, title, claims) {
        return;
    }
    let starts = (title.saturating_sub(4)..title).filter(|&at| {
        let surname = surname::length(chars, at);
        surname > 0
            && (0..=2).contains(&(title as isize - (at + surname) as isize))
            && is_given(&chars[at + surname..title])
    });
    // The earliest of the likeliest: it is the longest.
    if let Some(at) = starts.rev().max_by_key(|&at| before(chars, at)) {
        claims.mask(at, title, "‹name›");
    }
}

fn is_title(chars: &[char], at: usize, claims: &Claims) -> bool {
    let ends = |at: usize| {
        chars.get(at).is_none_or(|&c| !is_han(c) || claims.taken[at] || ENDINGS.contains(c) || "您你".contains(c))
    };
    let Some(&title) = chars.get(at).filter(|&&c| is_han(c)) else { return false };
    TITLES.follow(chars, at) || SHORT_TITLES.contains(&title) && ends(at + 1)
}

/// The end of the name that begins here, if enough speaks for one.
fn name(chars: &[char], at: usize, claims: &Claims) -> Option<usize> {
    let surname = surname::length(chars, at);
    if surname == 0 {
        return None;
    }
    let before = before(chars, at);
    let ends = (at + surname + 1..=at + surname + 2).filter(|&end| end <= chars.len());
    let fit = ends.filter(|&end| is_given(&chars[at + surname..end]) && claims.is_free(at, end));
    // Of equals the longer, for what is masked too much tells less than what is not; but 邀请您 is a doing, and so is 请您.
    let rank = |end: usize| match after(chars, end, claims) {
        DOING => (DOING, usize::MAX - end),
        after => (after, end),
    };
    let end = fit.max_by_key(|&end| rank(end))?;
    let after = after(chars, end, claims);
    (before + after >= LIKELY).then_some(end)
}

/// So much must speak for a name.
const LIKELY: u8 = 4;
/// So much a title or a doing says.
const DOING: u8 = 3;

/// What speaks for a name in what stands before it: 4 a label, 2 nothing at all, 1 a particle.
fn before(chars: &[char], at: usize) -> u8 {
    let mut end = at;
    loop {
        if LABELS.precede(chars, end) {
            return LIKELY;
        }
        match end.checked_sub(1).map(|last| chars[last]) {
            Some('：' | ':' | '是' | '为' | '由' | ' ' | '「' | '“' | '(' | '（') => end -= 1,
            _ => break,
        }
    }
    match at.checked_sub(1) {
        None => 2,
        Some(last) if BEGINNINGS.contains(chars[last]) => 2,
        Some(last) => u8::from(PARTICLES.contains(chars[last])),
    }
}

/// What speaks for a name in what stands behind it: 3 a title or a doing, 1 a particle or the end of the phrase.
fn after(chars: &[char], end: usize, claims: &Claims) -> u8 {
    if is_title(chars, end, claims) || DOINGS.follow(chars, end) {
        return DOING;
    }
    match chars.get(end) {
        Some(&c) if is_han(c) && !claims.taken[end] => u8::from(ENDINGS.contains(c)),
        _ => 1,
    }
}

/// Characters of a given name, or none.
fn is_given(chars: &[char]) -> bool {
    chars.iter().all(|&c| is_han(c) && !NOT_GIVEN.contains(c))
}

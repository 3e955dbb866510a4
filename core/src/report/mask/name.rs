//! Names of people. A name is told by what stands around it: a surname and one or two characters are enough only where a
//! label, a title, what people do or what they are reached by stands beside them.

use super::{Claims, Mark, is_han, precedes, surname, words::Words};
use std::sync::LazyLock;

/// What a name follows, alone or with a colon: who somebody is in a message, and verbs with a person as their object.
static LABELS: LazyLock<Words> = LazyLock::new(|| {
    Words::of(
        "\
    尊敬的 亲爱的 敬爱的 姓名 户名 我是 我叫 叫做 名叫 本人 件人 货人 系人 卡人 款人 签收人 请人 保人 保险人 \
    受益人 就诊人 乘机人 乘车人 入住人 预订人 报名人 负责人 经办人 嫌疑人 当事人 被告 原告 患者 旅客 乘客 考生 \
    学生 学员 业主 车主 居民 客户 用户 会员 好友 朋友 同事 同学 亲友 司机 快递员 配送员 骑手 客服 店长 经理 \
    专员 顾问 主任 医生 老师 导师 教练 律师 警官 民警 师傅 领导 机主 寄给 发给 转给 交给 送给 借给 汇给 打给 付给 \
    还给 转账给 抄送 通知 联系 恭喜 感谢 收货 签收 对方 款方 财付通- 支付宝- 微信-",
    )
});
/// What may stand before a name as before anything else.
const PARTICLES: &str = "给向由请找让和与跟对替叫把被及的是自询";
/// What a sentence begins behind.
const BEGINNINGS: &str = "】]。！？；，!?;,\n~…”’)）";
/// What a familiar name begins with.
const FAMILIAR: &str = "小老阿";
/// What a name is followed by: forms of address, and what a message says of a person.
static TITLES: LazyLock<Words> = LazyLock::new(|| {
    Words::of(
        "\
    先生 女士 小姐 太太 夫人 同学 老师 师傅 经理 主任 医生 大夫 护士 律师 警官 教授 博士 校长 院长 局长 处长 科长 \
    队长 书记 教练 顾问 店长 会计 主管 阿姨 叔叔 大爷 大妈 爷爷 奶奶 家长 同志",
    )
});
/// Titles of one character, which also begin words.
const SHORT_TITLES: [char; 5] = ['总', '哥', '姐', '董', '工'];
static DOINGS: LazyLock<Words> = LazyLock::new(|| {
    Words::of(
        "\
    您好 你好 给您 给你 向您 向你 为您 为你 送您 送你 请您 请你 祝您 祝你 邀请 让我 托我 叫我 找您 找你 想加 \
    签收 代收 转账 转出 转入 转来 汇来 汇款 收款 派送 配送 取件 下楼 接单 已接 已到 尾号 账户 账号 卡号 身份证 \
    电话 手机 的电话 的手机 的包裹 的快递 的快件 的账户 的微信 的号码 的孩子 的转账",
    )
});
/// What somebody is spoken to with behind the name, and what other phrases begin with as well.
static TURNS: LazyLock<Words> =
    LazyLock::new(|| Words::of("您已 您购 您预 您订 您申 ，您 ，你 ，请 ,您 ,你 ,请 ！您 ，恭喜"));
/// What may follow a name as it may follow anything else.
const ENDINGS: &str = "的在已于向给和与将为请让是啊呀等说及正把被从对就也还来到去";
/// Never in a name.
const NOT_GIVEN: &str = "的您你我他她它们了吗呢吧是这那哪什么啊呀哦再都也还没很个些怎咋给跟说找嘛啦哈掉等卡";
/// What the names of other peoples of China are written in.
const FOREIGN: &str =
    "阿艾买麦提古丽力里依伊尔热合曼木吐吾乌努赛达别克孜江帕玛比巴布不都斯苏汗甫库班拉娜扎西迪卡哈肉玉素逊亚森萨塔米罕";
/// What ends the names of places and firms that have a number.
const PLACES: &str = "店厅部司镇村路区市城园楼馆站院校室队处局街所号网线台";

/// So much must speak for a name.
const LIKELY: u8 = 4;
/// So much a label says, a title and what people do. A label before a common surname is enough.
const LABEL: u8 = 3;
const DOING: u8 = 3;

pub(super) fn claim(chars: &[char], claims: &mut Claims) {
    (0..chars.len()).for_each(|at| claim_titled(chars, at, claims));
    for at in 0..chars.len() {
        if chars[at] == '·' {
            claim_dotted(chars, at, claims);
        } else if let Some(end) = name(chars, at, claims) {
            claims.mask(at, end, "‹name›");
        }
    }
}

/// A name, or a surname alone, before a title. Rare surnames end words (美容顾问) where nothing stands before them.
fn claim_titled(chars: &[char], title: usize, claims: &mut Claims) {
    if !is_title(chars, title, claims) {
        return;
    }
    let starts = (title.saturating_sub(4)..title).filter_map(|at| {
        let surname = surname::length(chars, at);
        let is_whole = surname > 0
            && (0..=2).contains(&(title as isize - (at + surname) as isize))
            && is_given(&chars[at + surname..title]);
        let is_apart = at == 0 || !is_han(chars[at - 1]);
        let rank = is_whole.then(|| (before(chars, at, claims), surname::is_common(chars, at)))?;
        (is_apart || rank > (0, false)).then_some((rank, at))
    });
    // The earliest of the likeliest: it is the longest.
    if let Some((_, at)) = starts.rev().max_by_key(|(rank, _)| *rank) {
        claims.mask(at, title, "‹name›");
    }
}

fn is_title(chars: &[char], at: usize, claims: &Claims) -> bool {
    let ends = |at: usize| {
        chars
            .get(at)
            .is_none_or(|&c| !is_han(c) || !claims.is_free(at, at + 1) || ENDINGS.contains(c) || "您你".contains(c))
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
    if is_familiar(chars, at, claims) {
        return Some(at + 1);
    }
    let before = before(chars, at, claims);
    let ends = (at + surname + 1..=at + surname + 2).filter(|&end| end <= chars.len());
    let fit = ends.filter(|&end| is_given(&chars[at + surname..end]) && claims.is_free(at, end));
    let after = |end: usize| {
        let is_place = before == 0 && PLACES.contains(chars[end - 1]);
        match reached(chars, end, surname::is_common(chars, at), claims) {
            Some(reached) if !is_place => reached,
            _ => after(chars, end, claims),
        }
    };
    // Of equals the longer, for what is masked too much tells less than what is not; but 邀请您 is a doing, and so is 请您.
    let rank = |end: usize| match after(end) {
        DOING => (DOING, usize::MAX - end),
        after => (after, end),
    };
    let end = fit.max_by_key(|&end| rank(end))?;
    (before + after(end) >= LIKELY).then_some(end)
}

/// Whether this is a common surname of one character behind 小 or the like, and a greeting or label beside both: 小李你好.
fn is_familiar(chars: &[char], at: usize, claims: &Claims) -> bool {
    let Some(first) = at.checked_sub(1).filter(|&first| FAMILIAR.contains(chars[first])) else { return false };
    let after = after(chars, at + 1, claims);
    surname::is_common(chars, at)
        && claims.is_free(at, at + 1)
        && after > 0
        && before(chars, first, claims) + after >= LIKELY
}

/// A name of two parts, as other peoples of China have: 阿依古丽·买买提您好. A label or the beginning stands before it, and
/// most of its characters are such as those names are written in.
fn claim_dotted(chars: &[char], dot: usize, claims: &mut Claims) {
    const LONGEST: usize = 6;
    let left = chars[..dot].iter().rev().take(LONGEST).take_while(|&&c| is_han(c)).count();
    let right = chars[dot + 1..].iter().take(LONGEST).take_while(|&&c| is_han(c)).count();
    let start = (2..=left).rev().map(|length| dot - length).max_by_key(|&at| before(chars, at, claims));
    let end = (2..=right).map(|length| dot + 1 + length).max_by_key(|&end| after(chars, end, claims));
    if let (Some(start), Some(end)) = (start, end)
        && let before = before(chars, start, claims)
        && before >= 2
        && (before + after(chars, end, claims) > LIKELY || start > 0 && matches!(chars[start - 1], ':' | '：'))
        && chars[start..end].iter().filter(|&&c| FOREIGN.contains(c)).count() * 2 > end - start
    {
        claims.mask(start, end, "‹name›");
    }
}

/// What speaks for a name in what stands before it: 3 a label or another name, 2 nothing at all or a number that somebody is
/// reached by, 1 a particle or a sign. Labels and numbers say one more before a common surname.
fn before(chars: &[char], at: usize, claims: &Claims) -> u8 {
    let common = || u8::from(surname::is_common(chars, at));
    let is_name = |at: usize| claims.mark(at) == Mark::Name || precedes(chars, at + 1, "‹name›");
    let mut end = at;
    loop {
        // 王师傅 is somebody, and what stands behind is what he does, unless the surname is common.
        if LABELS.precede(chars, end) && !(end > 2 && is_name(end - 3) && TITLES.precede(chars, end) && common() == 0) {
            return LABEL + common();
        }
        match end.checked_sub(1).map(|last| (chars[last], claims.mark(last))) {
            Some(('、', _)) if end == at && end > 1 && is_name(end - 2) => return LABEL + common(),
            Some((_, Mark::Contact)) => return 2 + common(),
            Some(('：' | ':' | '是' | '为' | '由' | ' ' | '「' | '“' | '(' | '（', _)) => end -= 1,
            _ => break,
        }
    }
    match at.checked_sub(1) {
        None => 2,
        Some(last) if BEGINNINGS.contains(chars[last]) => 2,
        Some(last) => {
            let is_apart = !chars[last].is_alphanumeric() || claims.mark(last) == Mark::Masked;
            u8::from(is_apart || PARTICLES.contains(chars[last]) || precedes(chars, at, "收到"))
        }
    }
}

/// What speaks for a name in what stands behind it: 3 a title or a doing, 2 a turn to somebody, 1 a particle or the end of
/// the phrase.
fn after(chars: &[char], end: usize, claims: &Claims) -> u8 {
    if is_title(chars, end, claims) || DOINGS.follow(chars, end) || follows_in_brackets(chars, end) {
        return DOING;
    }
    match chars.get(end) {
        _ if TURNS.follow(chars, end) => 2,
        Some(&c) if is_han(c) && claims.is_free(end, end + 1) => u8::from(ENDINGS.contains(c)),
        _ => 1,
    }
}

/// 张建国(尾号5678).
fn follows_in_brackets(chars: &[char], end: usize) -> bool {
    matches!(chars.get(end), Some('(' | ' ')) && DOINGS.follow(chars, end + 1)
}

/// What a number or account beside a name says, by which somebody is reached: 李强 13712345678. A comma may stand between
/// them if the surname is common.
fn reached(chars: &[char], end: usize, is_common: bool, claims: &Claims) -> Option<u8> {
    let signs = if is_common { " (:：<[-/，,、" } else { " (:：<[-/" };
    let gap = chars[end..].iter().take(3).take_while(|&&c| signs.contains(c)).count();
    (claims.mark(end + gap) == Mark::Contact).then_some(DOING + u8::from(is_common))
}

/// Characters of a given name, or none.
fn is_given(chars: &[char]) -> bool {
    chars.iter().all(|&c| is_han(c) && !NOT_GIVEN.contains(c))
}

//! Names nobody in particular has: surnames and given names put together by chance. The masker must not know this list.

use super::dice::Dice;

/// The hundred commonest surnames, the commoner the oftener.
const COMMON: &str = "王王王王王王李李李李李李张张张张张刘刘刘刘陈陈陈陈杨杨杨黄黄赵赵吴吴周周徐徐孙孙马马朱朱胡胡郭郭何何林林罗罗\
                      高高郑郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹\
                      熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常";
/// Rare ones, one name in twenty.
const RARE: &str = "母但来户展仇佘邸亓敬逄楚冀郗荀晁矫隗揭帅苟库巨邰鞠牧蔺燕练栗邝糜保银撒闭贯漆郦禤尚游詹阮柴苗祝邢";
const COMPOUND: &[&str] = &[
    "欧阳", "上官", "司马", "诸葛", "司徒", "夏侯", "皇甫", "尉迟", "慕容", "令狐", "东方", "端木", "公孙", "宇文",
    "第五", "东郭", "南门",
];
/// Given names of one character.
const SHORT: &str = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚辉玲红波鑫斌宁浩凯俊帆雪莉倩颖琳洁晨博宇轩婷欣怡涵瑶梦坤峰亮\
                     岩鹏飞旭东升阳冰航达远建国庆华志诚义友良海山河川清正文武";
/// Given names of two.
const LONG: &[&str] = &[
    "秀英", "桂兰", "建华", "志强", "小明", "子涵", "雨桐", "浩然", "欣怡", "梓萱", "宇轩", "晓燕", "丽华", "国强",
    "建国", "文杰", "海燕", "玉兰", "雪梅", "春花", "永强", "德明", "家豪", "嘉怡", "思远", "俊杰", "佳琪", "一诺",
    "若曦", "诗涵", "天宇", "明哲", "少华", "立新", "为民", "和平", "向东", "卫国", "红梅", "晓东", "亚男", "美玲",
    "淑芬", "金凤", "银花", "宝珠", "大山", "长江", "江涛", "云飞", "龙飞", "凤英", "月娥", "冬梅", "秋菊", "夏荷",
    "元元", "婷婷", "丹丹", "乐乐", "到远", "在田", "可欣", "安然", "静怡", "书豪", "逸飞", "沐阳", "依依", "语嫣",
    "之恒", "与时", "请缨", "有才", "得水", "来福", "发财", "满仓", "守信", "忠义", "孝先", "礼贤", "智勇", "廉洁",
    "晨曦", "昊天", "艺涵", "佩珊", "翠萍", "爱民", "光明", "胜利", "解放", "跃进", "学军", "拥军", "援朝", "世杰",
];
/// Names of other peoples of China, in two parts.
const PARTS: &[&str] = &[
    "阿依古丽",
    "买买提",
    "古丽娜尔",
    "艾合买提",
    "吐尔逊",
    "热依汗",
    "玉素甫",
    "帕提古丽",
    "库尔班",
    "麦麦提",
    "努尔买买提",
    "阿不都热合曼",
    "米热古丽",
    "木沙江",
];
const ENGLISH: &[&str] = &[
    "Emily", "Jacob", "Olivia", "Ethan", "Sophia", "Mason", "Isabella", "Logan", "Ava", "Lucas", "Mia", "Noah",
    "Grace", "Victor", "Hannah", "Oscar", "Chloe", "Felix", "Irene", "Hugo", "Priya", "Rahul", "Kenji", "Yuki",
    "Ahmed", "Fatima",
];
const FAMILY: &[&str] = &[
    "Clark",
    "Turner",
    "Hughes",
    "Bennett",
    "Foster",
    "Reed",
    "Morgan",
    "O'Brien",
    "Patel",
    "Sharma",
    "Tanaka",
    "Khan",
    "Novak",
    "Silva",
    "Garcia",
    "MacLeod",
    "Schmidt",
    "Larsen",
    "Smith-Jones",
    "Dubois",
];
const PINYIN: &[&str] = &["Wang", "Zhang", "Chen", "Zhao", "Huang", "Xu", "Guo", "Ouyang"];
const PINYIN_GIVEN: &[&str] = &["Wei", "Xiaoming", "Lili", "Jianguo", "Yu", "Haoran", "Meiling", "Zihan"];

fn surname(dice: &mut Dice) -> String {
    match dice.below(20) {
        0 => dice.pick(COMPOUND).to_string(),
        1 => dice.letter(RARE),
        _ => dice.letter(COMMON),
    }
}

/// A whole Chinese name of two to four characters.
pub(super) fn chinese(dice: &mut Dice) -> String {
    let surname = surname(dice);
    let given = if dice.below(3) == 0 { dice.letter(SHORT) } else { dice.pick(LONG).to_string() };
    surname + &given
}

/// A surname as it stands behind 小 and 老.
pub(super) fn familiar(dice: &mut Dice) -> String {
    dice.letter(COMMON)
}

/// A name of two parts.
pub(super) fn dotted(dice: &mut Dice) -> String {
    format!("{}{}{}", dice.pick(PARTS), dice.pick(&["·", "•", "‧"]), dice.pick(PARTS))
}

/// What stands before a title: a name or a surname alone.
pub(super) fn titled(dice: &mut Dice) -> String {
    if dice.below(3) == 0 { surname(dice) } else { chinese(dice) }
}

/// A name in Latin letters: given, given and family, or in pinyin.
pub(super) fn english(dice: &mut Dice) -> String {
    let given = dice.pick(ENGLISH);
    match dice.below(6) {
        0 | 1 => given.to_string(),
        2 | 3 => format!("{given} {}", dice.pick(FAMILY)),
        4 => format!("{} {}", dice.pick(PINYIN), dice.pick(PINYIN_GIVEN)),
        _ => format!("{} {}", dice.pick(PINYIN_GIVEN), dice.pick(PINYIN)),
    }
}

/// A family name behind Mr., Ms. and Dr., or the whole.
pub(super) fn english_titled(dice: &mut Dice) -> String {
    match dice.below(3) {
        0 => dice.pick(PINYIN).to_string(),
        1 => dice.pick(FAMILY).to_string(),
        _ => format!("{} {}", dice.pick(ENGLISH), dice.pick(FAMILY)),
    }
}

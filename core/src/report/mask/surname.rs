//! Chinese surnames, and the words that begin as one does.

use super::{is_han, words::Words};
use std::sync::LazyLock;

/// Surnames of one character: the Hundred Family Surnames (百家姓), and common ones that are not in it. Without those that
/// mostly are other words (和, 那, 有, 都, 从, 相, 年, 能, 别, 空).
static SINGLE: LazyLock<Vec<char>> = LazyLock::new(|| {
    let mut surnames: Vec<char> = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤\
    花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄穆萧尹姚邵湛汪祁毛禹狄米贝明臧计\
    伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘\
    缪解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓\
    蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰鄂索咸籍赖卓蔺屠蒙池乔阴胥苍双闻莘党翟\
    谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀郏浦尚农温庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步耿满弘匡\
    国文寇广禄阙东殳沃利蔚越夔隆师巩厍聂晁敖融冷訾辛阚简饶曾毋沙乜养鞠须丰巢关蒯查后荆红游竺权逯盖益桓公仉督岳帅缑亢况郈\
    琴归海晋楚闫法汝鄢涂钦肖付仝邸苑佟尧麦佘官覃丛战冼代原迟么伦励隋泰竹初欧揭揣英苟牟谌卿兰邝喇门阳芦敬亓练植鹿矫粟忻修\
    雒宛苌郄靖绳奉檀佐褟镇漆缴岂翦谯"
        .chars()
        .collect();
    surnames.sort_unstable();
    surnames
});
/// Of the hundred commonest surnames those that hardly a word ends with, as 方 and 高 do: one of these is a surname even where
/// nothing says so.
static COMMON: LazyLock<Vec<char>> = LazyLock::new(|| {
    let mut surnames: Vec<char> =
        "王李张刘陈杨赵黄周吴徐孙胡朱郭罗梁宋郑韩唐冯董萧肖曹袁邓沈曾彭吕苏卢蒋蔡贾丁魏薛阎闫潘杜戴钟姜范姚谭\
    廖邹熊陆郝孔崔邱秦侯邵孟尹黎乔贺赖龚"
            .chars()
            .collect();
    surnames.sort_unstable();
    surnames
});
/// Surnames of two characters.
static COMPOUND: LazyLock<Words> = LazyLock::new(|| {
    Words::of(
        "\
    万俟 司马 上官 欧阳 夏侯 诸葛 闻人 东方 赫连 皇甫 尉迟 公羊 澹台 公冶 宗政 濮阳 淳于 单于 太叔 申屠 公孙 \
    仲孙 轩辕 令狐 钟离 宇文 长孙 慕容 鲜于 闾丘 司徒 司空 呼延 端木 南宫 独孤",
    )
});
/// What begins as a surname does and is none: words that messages are full of, and places.
static WORDS: LazyLock<Words> = LazyLock::new(|| {
    Words::of(
        "\
    丁字 万一 万人 万元 万科 万象 万达 万里 东方明珠 东方航空 东方财富 东莞 东西 严厉 严查 严格 严禁 严重 \
    丰富 丰巢 乐享 乐园 习惯 于是 云上 云南 云服务 云端 云闪 井盖 付款 付费 代办 代理 代码 代缴 代表 代课 \
    任何 任务 任意 何时 何种 余票 余额 储值 储蓄 元宵 元旦 元起 充值 充到 充电 党员 党委 党校 全体 全国 全场 \
    全城 全家 全年 全新 全款 全民 全球 全程 全网 全部 全面 全额 公众 公共 公司 公告 公安 公益 公积 关于 关心 \
    关怀 关注 关爱 关系 关键 关闭 养护 养殖 养生 养老 养车 农业 农信 农历 农村 农民 农行 况且 冷链 冷静 凌晨 \
    利息 利润 利率 利用 劳动 包厢 包含 包年 包括 包月 包装 包裹 包车 包邮 华东 华为 华北 华南 华夏 华润 卓尔 \
    卓越 单位 单元 单号 单据 单笔 单身 印度 印章 危害 危险 厉害 原以 原价 原则 原因 原有 原来 双人 双倍 双击 \
    双层 双方 双色 古典 史上 司机 司法 吉林 吉祥 后台 后续 向你 向您 周一 周三 周二 周五 周六 周四 周围 周年 \
    周日 周期 周末 周边 咸阳 唐山 商家 国产 国企 国债 国内 国家 国庆 国税 国网 国际 夏天 夏威夷 夏季 夏日 \
    孙子 季度 季节 宁夏 宁波 安保 安全 安卓 安居 安徽 安心 安排 安检 安装 安防 宗旨 官方 官网 宣传 宣布 \
    家乐福 家人 家具 家园 家居 家庭 家教 家电 家装 家长 容易 宿管 宿舍 宿迁 富贵 寿司 寿险 封闭 封顶 尚未 \
    居住 居委 居家 居民 居然 山东 山西 左侧 左右 巴士 帅哥 师傅 师兄 师姐 师生 席位 常州 常年 常用 常见 平台 \
    平均 平安 平层 平方 平时 平板 平米 幸好 幸福 幸运 广东 广告 广大 广州 广西 庄严 应业 应付 应对 应急 应用 \
    应答 应该 康复 康师傅 廉价 强制 强势 强化 强奸 强烈 归还 徐州 怀孕 怀疑 惠及 惠州 惠民 成为 成交 成人 \
    成功 成员 成本 成立 成绩 成都 战略 战队 房东 房主 房产 房型 房屋 房源 房租 房贷 房间 支付 支出 支取 支持 \
    支撑 支行 敬侯 敬候 敬告 敬待 敬询 敬请 敬赠 敬邀 文件 文化 文字 文明 方便 方卡 方可 方向 方圆 方在 方式 \
    方户 方手机 方案 方法 方账 施工 时代 时候 时刻 时尚 时效 时时 时期 时段 时间 时限 明天 明年 明日 明早 \
    明星 明晚 明确 明细 易站 景区 景点 曾经 权益 权限 杜绝 杭州 松江 林业 查收 查看 查询 查验 桂林 欧洲 武术 \
    武汉 武警 段落 殷勤 毕业 毛利 水务 水果 水电 水管 水表 水费 江北 江南 江景 江苏 江西 汤圆 汪洋 沙发 沙龙 \
    法人 法定 法律 法院 浦东 浦发 海关 海南 海外 海景 海淀 海鲜 温州 温度 温泉 温馨 游客 游戏 游玩 满五 满减 \
    满分 满意 满足 满额 熊市 牛尾 牛年 牛角 牛蹄 牧场 王牌 班主任 班级 班车 班长 甄选 甘肃 申报 申诉 申请 \
    申领 白天 白色 白酒 白金 白领 皮肤 盖章 石化 石材 石油 祖国 祝你 祝您 祝愿 祝福 祝贺 秦皇 程序 程度 章程 \
    章鱼 符合 简单 简历 管制 管家 管理 管道 米饭 红利 红包 红色 纪律 纪念 终于 终止 终点 终端 终身 经典 经办 \
    经得 经济 经理 经由 经营 经验 罗湖 羊年 胡同 舒适 花呗 花园 花费 苏州 苏银 英国 英美 英语 英雄 荣获 荣誉 \
    莫名 董事 蓝色 薄利 融资 解决 解冻 解放 解绑 解释 解锁 解除 解题 计入 计划 计时 计算 计费 许可 许多 诸位 \
    诸多 诸如 谈判 谢绝 谢谢 谷歌 贵公司 贵宾 费率 费用 越来 越秀 路口 路段 路由 路线 路费 路过 车主 车位 \
    车展 车库 车款 车牌 车票 车费 车辆 车险 边境 连接 连系 连续 通信 通告 通州 通报 通用 通知 通行 通讯 通话 \
    通过 通道 郎酒 郑州 郑重 金卡 金币 金店 金条 金牌 金秋 金色 金融 金钱 金银 金额 钟点 钱包 钱款 钱财 门口 \
    门店 门票 门诊 闻讯 阳光 阳台 阴影 陆续 隆重 雷达 雷雨 韩国 项目 须要 顾客 顾问 马上 马年 高中 高层 高新 \
    高校 高温 高端 高管 高级 高考 高薪 高达 高速 高铁 高额 鲁迅 鸡年 麦当劳 麻烦 黄山 黄色 黄金 黄页 黎明 \
    齐全 龙岩 龙年 龙湖",
    )
});

/// Whether a stretch that begins with a surname begins with a common one, or one of two characters.
pub(super) fn is_common(chars: &[char], at: usize) -> bool {
    chars.get(at).is_some_and(|c| COMMON.binary_search(c).is_ok()) || COMPOUND.follow(chars, at)
}

/// Characters of the surname that a stretch begins with; 0 for none, or if it begins with another word.
pub(super) fn length(chars: &[char], at: usize) -> usize {
    if !chars.get(at).is_some_and(|&c| is_han(c)) {
        return 0;
    }
    let surname = match COMPOUND.follow(chars, at) {
        true => 2,
        false => usize::from(chars.get(at).is_some_and(|c| SINGLE.binary_search(c).is_ok())),
    };
    if surname > 0 && WORDS.follow(chars, at) { 0 } else { surname }
}

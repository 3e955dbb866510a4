//! Chinese surnames, and the words that begin as one does.

use super::{is_han, words::Words};
use std::sync::LazyLock;

/// Surnames of one character: the Hundred Family Surnames (百家姓), and common ones that are not in it. Without those that
/// mostly are other words (和, 那, 有, 都, 从, 相, 年).
static SINGLE: LazyLock<Vec<char>> = LazyLock::new(|| {
    let mut surnames: Vec<char> = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳\
    酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊\
    纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁\
    单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁\
    仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦\
    雍却璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步耿满弘匡国文寇广禄阙东殴殳沃利\
    蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚简饶空曾毋沙乜养鞠须丰巢关蒯查后荆红游竺权逯盖益桓公仉督岳帅缑亢况郈琴归海晋楚闫法汝鄢涂\
    钦肖付仝邸苑佟尧麦佘官覃丛战冼代原候迟占么伦励隋泰竹初欧揭揣英苟牟谌卿兰邝喇门阳芦敬亓练植鹿矫粟忻修雒宛苌郄靖绳逮奉拜檀\
    佐褟镇漆缴岂翦谯"
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
    丁字 万一 万人 万元 万科 万达 东方明珠 东方航空 东方财富 东莞 严厉 严格 严禁 严重 丰富 丰巢 乐享 乐园 习惯 \
    云南 云服务 云端 云闪 井盖 付款 付费 代办 代理 代码 代缴 代表 任何 任务 任意 何时 何种 余票 余额 储值 储蓄 \
    元宵 元旦 元起 充值 充电 党员 党委 全体 全国 全场 全城 全家 全年 全新 全程 全部 全面 全额 公众 公共 公司 \
    公告 公安 公益 公积 关于 关怀 关注 关爱 关系 关闭 养殖 养生 养老 农业 农历 农村 农民 农行 况且 冷链 冷静 \
    凌晨 利息 利润 利率 利用 别墅 劳动 包含 包括 包装 包裹 包邮 华为 华夏 华润 卓越 单位 单号 单据 单笔 占用 \
    印度 印章 危害 危险 原价 原则 原因 原有 双倍 双击 双方 双色 古典 史上 司机 司法 吉林 吉祥 后台 后续 向你 \
    向您 周一 周三 周二 周五 周六 周四 周年 周日 周期 周末 周边 咸阳 唐山 国内 国家 国庆 国网 国际 夏天 夏季 \
    夏日 孙子 季度 季节 宁夏 宁波 安全 安徽 安心 安排 安装 宗旨 官方 官网 宣传 宣布 家人 家具 家庭 家电 家装 \
    家长 容易 宿舍 宿迁 富贵 寿险 封闭 封顶 尚未 居住 居委 居家 居民 山东 山西 左侧 左右 巴士 师傅 师生 席位 \
    常州 常用 常见 干货 平台 平均 平安 平方 平时 平米 幸福 幸运 广东 广告 广大 广州 广西 庄严 应付 应对 应急 \
    应用 应该 康复 强制 强势 强化 强烈 归还 徐州 怀孕 怀疑 惠及 惠州 惠民 成为 成交 成功 成员 成本 成立 成绩 \
    成都 战略 战队 房产 房屋 房贷 房间 支付 支出 支取 支持 支撑 支行 文件 文化 文字 文明 方便 方可 方式 方案 \
    方法 施工 时尚 时效 时段 时间 时限 明天 明年 明日 明确 明细 景区 景点 曾经 权益 权限 杜绝 杭州 松江 林业 \
    查收 查看 查询 查验 桂林 欧洲 武汉 武警 段落 毕业 毛利 水务 水果 水电 水费 江北 江南 江苏 江西 汪洋 沙发 \
    法人 法定 法律 法院 浦东 浦发 海关 海南 海外 海淀 温州 温度 温泉 温馨 游客 游戏 游玩 满减 满分 满意 满足 \
    牧场 甄选 甘肃 申报 申诉 申请 申领 白天 白酒 白领 皮肤 盖章 石化 石油 祖国 祝你 祝您 祝愿 祝福 祝贺 秦皇 \
    程序 空调 空间 章程 符合 简单 简历 管制 管家 管理 米饭 红利 红包 纪律 纪念 终于 终止 终端 终身 经典 经办 \
    经济 经理 经营 经验 续保 续费 罗湖 胡同 能够 能源 舒适 花呗 花费 苏州 英国 英语 英雄 荣获 荣誉 莫名 董事 \
    薄利 融资 解决 解冻 解绑 解释 解锁 解除 计入 计划 计算 计费 许可 许多 诸位 诸多 谈判 谢谢 谷歌 费率 费用 \
    越来 越秀 路口 路段 路线 路费 车主 车位 车票 车辆 车险 边境 连接 连续 通信 通州 通用 通知 通行 通话 通过 \
    通道 郑州 郑重 金卡 金币 金牌 金秋 金融 金额 钟点 钱包 钱款 门口 门店 门票 门诊 闻讯 阳光 陆续 隆重 雷达 \
    雷雨 项目 顾客 马上 高中 高新 高校 高温 高端 高级 高考 高薪 高达 高速 高铁 高额 鲁迅 麦当劳 黄山 黄金 黎明 \
    齐全 龙岩",
    )
});

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

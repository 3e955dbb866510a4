//! Traditional characters as the simplified ones that the words and surnames of masking are written in.

use std::sync::LazyLock;

/// A traditional character and the simplified one for it, by turns: of `rules/national/fold.tsv` all that stand for a
/// character in the lists of this folder.
const PAIRS: &str = "\
    亞亚佈布來来侷局係系個个們们倖幸倫伦側侧傢家傳传債债價价億亿優优儲储兌兑內内兩两凍冻別别則则剋克劃划劉刘動动務务\
    勞劳勢势勵励匯汇區区厙厍厤历厲厉叄叁叢丛吳吴呂吕員员唄呗唸念問问喬乔單单嗎吗噹当嚮向嚴严囌苏國国圍围園园圓圆團团\
    堯尧報报場场塊块塗涂壽寿姦奸婁娄媽妈孫孙學学宮宫寧宁寫写寶宝將将專专對对導导層层嶽岳巖岩帥帅師师幣币庫库廂厢廈厦\
    廣广廳厅張张強强彆别彔录彙汇後后從从復复愛爱態态慣惯慶庆慼戚憑凭應应懞蒙懷怀戰战戲戏戶户捨舍掛挂換换摺折撐撑撥拨\
    擊击據据敎教於于時时晉晋曆历曏向書书會会朮术東东査查條条棟栋楊杨業业榮荣樂乐樑梁樓楼機机檢检檯台權权欒栾欽钦歐欧\
    歷历歸归決决沒没況况淩凌減减湯汤溫温滙汇滬沪滿满漢汉潤润澱淀濛蒙濟济瀋沈為为烏乌煩烦熱热營营爲为爺爷爾尔獨独獲获\
    瑪玛瓊琼產产産产甦苏甯宁畢毕當当發发盧卢眾众瞭了矇蒙矯矫硃朱確确碼码祿禄稅税種种穀谷積积穫获竇窦筆笔箇个節节範范\
    簡简簽签籤签粵粤糰团紀纪紅红級级紮扎細细終终絕绝絡络給给絶绝綁绑經经綫线網网線线緱缑練练總总績绩繆缪繩绳繫系繳缴\
    續续羅罗羣群習习翫玩聞闻聯联聶聂肅肃脩修膚肤臺台與与舘馆荊荆莊庄華华萇苌萬万葉叶蒼苍蓆席蓋盖蔔卜蔣蒋蕭萧薊蓟薑姜\
    薩萨藉借藍蓝藺蔺蘆芦蘇苏蘭兰處处號号衆众術术衕同衚胡衛卫裏里裝装裡里製制複复覆复見见親亲訂订計计訊讯託托記记訪访\
    許许訴诉診诊註注証证詢询話话該该誌志認认語语說说説说課课談谈請请諶谌諸诸謝谢證证識识譙谯譚谭護护譽誉讓让豈岂豐丰\
    貝贝負负財财貢贡貨货責责貳贰貴贵買买貸贷費费賀贺賁贲資资賈贾賓宾賬账賴赖購购賽赛贈赠贛赣趙赵車车軒轩輛辆輸输轅辕\
    轉转辦办農农這这連连週周遊游運运過过達达遜逊遞递適适遲迟遷迁選选遼辽還还邊边郟郏郵邮鄉乡鄒邹鄔邬鄧邓鄭郑鄺邝酈郦\
    醫医釋释釘钉釦扣鈄钭鈕钮鈡钟銀银錄录錢钱録录錶表鍵键鍾钟鎖锁鎭镇鎮镇鏈链鐘钟鐵铁長长門门閃闪閆闫閉闭間间閔闵閤合\
    閩闽閭闾閻阎闆板闕阙關关闞阚陝陕陰阴陳陈陸陆陽阳隊队際际險险雙双雞鸡離离雲云電电靜静鞏巩鞦秋韋韦韓韩頁页頂顶項项\
    須须預预領领題题額额顏颜顔颜願愿顧顾颱台飛飞飯饭養养餘余館馆饒饶馀余馬马馮冯駱骆騎骑驗验體体髮发鬆松鬍胡鬚须鬱郁\
    魚鱼魯鲁鮑鲍鮮鲜鳳凤鵝鹅鷄鸡鹹咸麗丽麥麦麪面麫面麯曲麴曲麵面麼么麽么黃黄點点黨党齊齐齣出龍龙龐庞龔龚";
static SIMPLIFIED: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
    let mut chars = PAIRS.chars();
    std::iter::from_fn(|| chars.next().zip(chars.next())).collect()
});

/// The simplified character for a traditional one, where masking asks for it; any other as it is.
pub(super) fn simplified(c: char) -> char {
    SIMPLIFIED.binary_search_by_key(&c, |pair| pair.0).map_or(c, |at| SIMPLIFIED[at].1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{collections::BTreeSet, fs, path::Path};

    const FOLD: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../rules/national/fold.tsv"));

    /// Every character of the sources of masking, comments and tests apart.
    fn asked_for() -> BTreeSet<char> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/report/mask");
        let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let others = files.filter(|path| path.file_name().is_some_and(|name| name != "traditional.rs"));
        let sources: Vec<String> = others.map(|path| fs::read_to_string(path).unwrap()).collect();
        let code = sources.iter().map(|source| source.split("#[cfg(test)]").next().unwrap_or_default());
        let lines = code.flat_map(str::lines).filter(|line| !line.trim_start().starts_with("//"));
        lines.flat_map(str::chars).collect()
    }

    #[test]
    fn the_table_is_the_part_of_the_fold_data_that_masking_asks_for() {
        let asked_for = asked_for();
        let rows = FOLD.lines().filter_map(|line| {
            let (code, rest) = line.split_once(' ')?;
            let (_, simplified) = rest.split_once("\tsimplified\t")?;
            Some((char::from_u32(u32::from_str_radix(code, 16).ok()?)?, simplified.chars().next()?))
        });
        let mut expected: Vec<_> = rows.filter(|(_, simplified)| asked_for.contains(simplified)).collect();
        expected.sort_unstable();
        assert!(expected.len() > 100, "the fold data has other rows than it had");
        assert_eq!(
            *SIMPLIFIED,
            expected,
            "write anew: {}",
            expected.iter().flat_map(|(a, b)| [a, b]).collect::<String>()
        );
    }
}

//! In which words is a policy refused? English stands beside the types; here is what programs and Chinese users read.

use super::{
    Place, Policy, PolicyError, Problem,
    describe::{clock, date},
};

impl PolicyError {
    /// What is wrong and where, in Chinese; [`std::fmt::Display`] says it in English.
    #[must_use]
    pub fn zh(&self) -> String {
        let problem = self.problem.zh();
        match self.place {
            Place::Policy => problem,
            Place::Row(number) => format!("第 {number} 行：{problem}"),
            Place::Exception(number) => format!("例外 {number}：{problem}"),
            Place::Quiet(number) => format!("第 {number} 个静音时段：{problem}"),
            Place::Digest(number) => format!("第 {number} 个汇总时刻：{problem}"),
            Place::Retention(number) => format!("第 {number} 条保留期限：{problem}"),
            Place::Line(line, column) => format!("第 {line} 行第 {column} 列：{problem}"),
        }
    }
}

impl Problem {
    /// A stable name for programs, logs and documentation.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Problem::TooLong { .. } => "too-long",
            Problem::Score(_) => "score",
            Problem::Duplicate(_) => "duplicate",
            Problem::Subcategory { .. } => "subcategory",
            Problem::Unconditional => "unconditional",
            Problem::Weekdays => "weekdays",
            Problem::Window { .. } => "window",
            Problem::Dates { .. } => "dates",
            Problem::Empty { .. } => "empty",
            Problem::Sender => "sender",
            Problem::Star => "star",
            Problem::Overlay => "overlay",
            Problem::TooMany { .. } => "too-many",
            Problem::Minute(_) => "minute",
            Problem::Days(_) => "days",
            Problem::Syntax(_) => "syntax",
        }
    }

    fn zh(&self) -> String {
        match self {
            Problem::TooLong { rows, exceptions } => format!(
                "最多 {} 行和 {} 条例外，现有 {rows} 行和 {exceptions} 条，请删去一些",
                Policy::MAX_ROWS,
                Policy::MAX_EXCEPTIONS
            ),
            Problem::Score(score) => format!("最低得分应为 0 到 1000（千分之），不能是 {score}"),
            Problem::Duplicate(name) => format!("“{name}”出现了两次，请删去一个"),
            Problem::Subcategory { category, found } => {
                format!("类别“{category}”没有子类别“{found}”，请查看类别表")
            }
            Problem::Unconditional => "至少要有一个条件，否则所有短信都符合".into(),
            Problem::Weekdays => "至少要选一周中的一天".into(),
            Problem::Window { from, to } => format!(
                "应从 00:00 至 23:59 开始，到另一时刻结束，不能是 {} 至 {}；全天是 00:00 至 24:00",
                clock(*from),
                clock(*to)
            ),
            Problem::Dates { from, until } => {
                format!("最后一天不能早于第一天，现为 {} 至 {}，请对调", date(*from), date(*until))
            }
            Problem::Empty { .. } => "有一项内容为空，请填写，或去掉这一项".into(),
            Problem::Sender => "发件号码和签名应写成比较时的形式，不带 +86 和【】".into(),
            Problem::Star => "“*”只能写在号码开头几位之后，如“1069*”".into(),
            Problem::Overlay => "只有叠加策略可以加到别的策略上：它只含限定日期的行".into(),
            Problem::TooMany { most, found, .. } => {
                format!("静音时段和汇总时刻各最多 {most} 个，现有 {found} 个，请删去一些")
            }
            Problem::Minute(minute) => {
                format!("汇总时刻应不晚于 23:59，从早到晚排列且不重复，不能是 {}", clock(*minute))
            }
            Problem::Days(days) => format!("保留天数应为 1 到 3650，不能是 {days}；要一直保留，请去掉这一条"),
            Problem::Syntax(reason) => format!("策略文件无法读取：{reason}"),
        }
    }
}

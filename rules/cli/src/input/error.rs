//! Why an input cannot be read, or not to its end.

use crate::outcome::Failure;
use std::{io, str::Utf8Error};

/// Says nothing of what the input holds.
#[derive(Debug, thiserror::Error)]
pub(crate) enum InputError {
    #[error("{0}")]
    Io(#[from] io::Error),
    #[error("像是 XML：短信备份请加 --input backup-xml / it looks like XML: for a backup add --input backup-xml")]
    Unnamed,
    #[error("像是 gzip 或 zip 压缩文件，请先解压 / it looks packed by gzip or zip: unpack it, as `gunzip` does")]
    Packed,
    #[error(
        "像是 JSON 数组，应每行一个对象，可用 jq -c '.[]' 转换 / it looks like a JSON array: give one object a line, as \
         `jq -c '.[]'` writes them"
    )]
    Array,
    #[error(
        "首行既非 JSON 对象，也非制表符分隔的三列；每行应为 {{\"body\":\"短信\"}} 或 标签<TAB>来源<TAB>短信，CSV 请加 --input csv / the \
         first line is neither a JSON object nor three columns with tabs between: give {{\"body\":\"TEXT\"}} or \
         label<TAB>source<TAB>TEXT a line; for CSV add --input csv"
    )]
    Neither,
    #[error("不是“SMS Backup & Restore”的短信备份 / no backup of messages by SMS Backup & Restore: expected <smses>")]
    NoBackup,
    #[error(
        "不是 UTF-8 编码，请先转换，如 iconv -f GBK -t UTF-8 / not UTF-8: convert it, as `iconv -f GBK -t UTF-8` does"
    )]
    Encoding,
    #[error("文件不完整，其前的短信已读 / the file ends too early: what comes before has been read")]
    Truncated,
    #[error("XML 有误，其前的短信已读 / not as a backup's XML: what comes before has been read")]
    Malformed,
    #[error(
        "首行应为列名，逗号分隔，至少有 body，不得重复 / expected a header row such as date,address,body,type: commas \
         between, body required, none twice"
    )]
    NoHeader,
    #[error(
        "第 {line} 行起引号未闭合，其前的短信已读 / a quote from line {line} on is not closed: what comes before has been read"
    )]
    UnclosedQuote { line: u64 },
}

impl InputError {
    /// As a command ends by it.
    pub(crate) fn of(self, name: &str) -> Failure {
        match self {
            InputError::Io(error) => Failure::Misuse(format!("cannot read {name}: {error}")),
            InputError::Unnamed => Failure::Misuse(format!("{name}: {self}")),
            error => Failure::Refused(format!("{name}: {error}")),
        }
    }
}

/// What is wrong with a line or a value.
pub(super) fn not_utf8(error: Utf8Error) -> String {
    format!(
        "第 {0} 字节起不是 UTF-8，可能是 GBK，请先转换，如 iconv -f GBK -t UTF-8 / not UTF-8 at byte {0}: convert the file, as \
         `iconv -f GBK -t UTF-8` does",
        error.valid_up_to() + 1
    )
}

//! What is not as it should be with the rules on this phone, in the words that its user sees?

use super::StoreError;
use crate::Text;
use std::io;

/// Something abnormal. Whatever it is, messages go on being delivered.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Health {
    /// There are no rules at all: every message is delivered unread by the filter.
    NoRules,
    /// Rules that failed here were given up for those before them.
    GivenUp {
        /// Their title.
        title: Text,
        /// Their sequence number.
        seq: u64,
    },
    /// The installed rules were compiled by another version of the app, or the app brings newer ones: those of the app are
    /// in use until [`super::Rules::rebuild`] ran.
    RebuildNeeded,
    /// A file of the installed rules is damaged: those of the app are in use until [`super::Rules::rebuild`] ran.
    Damaged,
    /// The list of installed rules is damaged: those of the app and the standard policy are in use.
    StateDamaged,
    /// A newer version of the app wrote the list of installed rules: those of the app are in use.
    StateNewer,
    /// The user's own rules do not fit those in use: they are off until [`super::Rules::rebuild`] ran.
    OwnRules,
    /// No space is left for what the rules need to write.
    DiskFull,
    /// Rules could not be read or written.
    Disk,
    /// Rules are past the day until which their publisher vouches for them. They stay in use.
    Stale {
        /// Their title.
        title: Text,
    },
}

impl Health {
    /// A stable name for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.row().0
    }

    /// What the user reads.
    #[must_use]
    pub fn text(&self) -> Text {
        let (_, zh, en) = self.row();
        let title = match self {
            Health::GivenUp { title, .. } | Health::Stale { title } => title.clone(),
            _ => Text::default(),
        };
        Text { zh: zh.replace("{}", &title.zh), en: en.replace("{}", &title.en) }
    }

    fn row(&self) -> (&'static str, &'static str, &'static str) {
        match self {
            Health::NoRules => (
                "no-rules",
                "没有可用的规则，所有短信都照常送达，不作过滤",
                "There are no rules: every message is delivered unfiltered",
            ),
            Health::GivenUp { .. } => (
                "given-up",
                "“{}”的更新在本机出错，已停用并退回之前的规则",
                "The update of \"{}\" failed on this phone; the rules before it are back in use",
            ),
            Health::RebuildNeeded => (
                "rebuild-needed",
                "应用刚更新，暂用自带规则，稍后自动恢复已安装的规则",
                "The app was updated: its own rules are in use until the installed ones are rebuilt",
            ),
            Health::Damaged => (
                "damaged",
                "已安装的规则文件损坏，暂用自带规则",
                "A file of the installed rules is damaged; the app's own rules are in use",
            ),
            Health::StateDamaged => (
                "state-damaged",
                "规则清单损坏，已改用自带规则和标准接收策略，请重新安装其他规则、重设策略",
                "The list of installed rules is damaged: the app's own rules and the standard policy are in use; install and choose again",
            ),
            Health::StateNewer => (
                "state-newer",
                "规则由更新版本的应用安装，请更新应用；暂用自带规则",
                "A newer app installed the rules: update the app; its own rules are in use",
            ),
            Health::OwnRules => (
                "own-rules",
                "“我的规则”暂时无法使用，稍后自动恢复",
                "Your own rules cannot be used until they are rebuilt",
            ),
            Health::DiskFull => {
                ("disk-full", "存储空间不足，规则无法保存", "No space is left, so rules cannot be stored: free some")
            }
            Health::Disk => ("disk", "规则文件读写失败", "Rules could not be read or written"),
            Health::Stale { .. } => (
                "stale",
                "“{}”已过发布者保证的有效期，请更新；规则仍在使用",
                "\"{}\" is past the date its publisher vouches for: update it; it stays in use",
            ),
        }
    }
}

impl From<&StoreError> for Health {
    fn from(error: &StoreError) -> Health {
        match error {
            StoreError::StateDamaged { .. } => Health::StateDamaged,
            StoreError::StateNewer { .. } => Health::StateNewer,
            StoreError::Io { source, .. } if source.kind() == io::ErrorKind::StorageFull => Health::DiskFull,
            StoreError::Io { .. } => Health::Disk,
            _ => Health::Damaged,
        }
    }
}

//! What went wrong, in a form that Kotlin can show?

use crate::slots::StaleKey;
use smsfilter::{
    bundle::BundleError,
    consent,
    image::{CompileError, ImageError},
    policy::PolicyError,
    report::{self, Refusal},
    store::StoreError,
};

/// The one error of the surface: a stable code for programs, a sentence each for people.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum NativeException {
    /// The call was refused; nothing changed.
    #[error("{code}: {en}")]
    Refused {
        /// Stable, lower case, `area.reason`.
        code: String,
        /// What happened and what to do, in Chinese.
        zh: String,
        /// What happened and what to do, in English.
        en: String,
    },
}

impl NativeException {
    /// A refusal with its code and sentences.
    pub(crate) fn refused(code: &str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Refused { code: code.into(), zh: zh.into(), en: en.into() }
    }
}

impl From<StaleKey> for NativeException {
    fn from(error: StaleKey) -> Self {
        Self::refused("filter.closed", "过滤器已关闭，请重新打开", format!("{error}; open the filter again"))
    }
}

impl From<BundleError> for NativeException {
    fn from(error: BundleError) -> Self {
        let zh = format!("规则包被拒绝（{}），现有规则不变", error.code());
        Self::refused(&format!("bundle.{}", error.code()), zh, error.to_string())
    }
}

impl From<PolicyError> for NativeException {
    fn from(error: PolicyError) -> Self {
        Self::refused(&format!("policy.{}", error.problem.code()), error.zh(), error.to_string())
    }
}

impl From<StoreError> for NativeException {
    fn from(error: StoreError) -> Self {
        if let StoreError::Bundle(error) = error {
            return error.into();
        }
        let zh = match error.code() {
            "disk-full" => "存储空间不足，现有规则不变，请清理后再试".to_owned(),
            "rollback" => "规则包比已安装的旧，现有规则不变，请获取最新的规则包".to_owned(),
            "given-up" => "这个规则包曾在本机出错，请等待更新的版本".to_owned(),
            "compile" => "规则包没有通过自检，现有规则不变".to_owned(),
            "layer-set" => "规则包与已安装的不能并存，请先安装或移除基础规则".to_owned(),
            code => format!("规则没有改变（{code}）"),
        };
        Self::refused(&format!("store.{}", error.code()), zh, error.to_string())
    }
}

impl From<CompileError> for NativeException {
    fn from(error: CompileError) -> Self {
        let code = format!("compile.{}", error.code());
        Self::refused(&code, "规则包不能组成可用的规则，现有规则不变", error.to_string())
    }
}

impl From<ImageError> for NativeException {
    fn from(error: ImageError) -> Self {
        let code = format!("image.{}", error.code());
        Self::refused(&code, "规则映像无法使用，请用规则包重新生成", error.to_string())
    }
}

impl From<Refusal> for NativeException {
    fn from(error: Refusal) -> Self {
        Self::refused(&format!("report.{}", error.code()), error.zh(), error.to_string())
    }
}

impl From<report::ledger::Refused> for NativeException {
    fn from(error: report::ledger::Refused) -> Self {
        Self::refused(&format!("report.{}", error.code()), error.zh(), error.to_string())
    }
}

impl From<consent::ledger::Refused> for NativeException {
    fn from(error: consent::ledger::Refused) -> Self {
        Self::refused(&format!("consent.{}", error.code()), error.zh(), error.to_string())
    }
}

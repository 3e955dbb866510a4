//! The `smsfilter` command. Arguments here, one subcommand a file in `cmd`, exit codes in `outcome`.

// First: its `println!` is the one that all others use.
#[macro_use]
mod outcome;

mod changes;
mod cmd;
mod corpus;
mod folder;
mod input;
mod keyfile;
mod lint;
mod obfuscate;
mod opened;
mod report;
mod source;
mod stream;
mod trial;
mod tune;
mod words;

use clap::{Parser, Subcommand, ValueEnum};
use std::process::ExitCode;

/// On-device SMS filter: classify and explain messages; test, build, sign and check rule bundles.
///
/// Exit codes: 0 fine; 1 the answer is no (findings, refused bundle, failed examples, some input lines bad); 2 misuse or I/O.
#[derive(Parser)]
#[command(name = "smsfilter", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// How results are printed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

#[derive(Subcommand)]
enum Command {
    /// The whole loop on built-in samples, narrated: filter, report, propose, sign, install, catch.
    Demo(cmd::demo::Args),
    /// 判定一批短信并套用策略 / Classify a stream of messages and apply a policy.
    ///
    /// JSON lines, TSV, backups of "SMS Backup & Restore" (`--input backup-xml`) or CSV (`--input csv`) in; a line for each
    /// received message out. A sent one makes its number known as `replied` for what comes behind it in the file. A file
    /// that breaks off is answered up to there, and ends with exit 1.
    Classify(cmd::classify::Args),
    /// Mask messages for sharing: numbers, names, links; private senders to their prefix, times to the day.
    Redact(cmd::redact::Args),
    /// Show how one text is read: views, spans, rules, points, policy row.
    Explain(cmd::explain::Args),
    /// Draft a report to an authority, and list the channels. Nothing is sent.
    Report(cmd::report::Args),
    /// Run the examples that stand beside the rules of a layer.
    Test(cmd::test::Args),
    /// Look for mistakes in the rules of a layer.
    Lint(cmd::lint::Args),
    /// 查一个词：哪些关键词、规则认得它 / Say which keywords and rules know a word, and whether any hides it.
    ///
    /// `says`: the word has the keyword in it; `part of`: a message must say more than the word. Behind each keyword stand its
    /// list and the rules with points that it speaks for.
    Who(cmd::who::Args),
    /// 比较两版规则 / Say what is different between two states of a layer, and what that does to messages.
    ///
    /// With a corpus: the messages that are now taken for spam, that no longer are, and that moved otherwise, by the rule whose
    /// points make the most of it. They are shown as they stand: the corpus is the maintainer's own.
    Diff(cmd::diff::Args),
    /// 逐条规则的统计 / Say what each rule of a layer does on a labelled corpus.
    ///
    /// Hits on spam and on ham, precision, lift (precision by the share of spam), and the messages that have their verdict from
    /// this rule only: without it, it would be another. Rules that hit nothing are named.
    Stats(cmd::stats::Args),
    /// 导入关键词表或 NekoSMS 备份 / Make a topic of a list of keywords or of a NekoSMS backup.
    ///
    /// A list has a keyword a line, with `#` before remarks. Of a backup (version 2 or 3) the filters are carried over that
    /// block a text by words in it; what else they say is told and left out, as is what reads as another keyword once folded.
    Import(cmd::import::Args),
    /// 按语料建议分值 / Propose points for the rules of a layer that find more spam under a cap of ham errors.
    ///
    /// Whole points, in steps of five within so many of today's, and always the same for the same corpus. A move must find more
    /// spam than it costs ham errors. Dated rules stay. Exit 1 if the cap cannot be kept.
    Tune(cmd::tune::Args),
    /// 展开短信模板，或清点意图 / Expand the project's message templates, or count their intents.
    ///
    /// JSON lines as `classify` reads them, with what each message is; the same for the same seed.
    Corpus(cmd::corpus::Args),
    /// 伪装短信，用于评测 / Write messages as a spammer would disguise them, to measure how many are still caught.
    ///
    /// JSON lines or TSV in, the same out with the body disguised and everything else as it came.
    Obfuscate(cmd::obfuscate::Args),
    /// Train the statistical model on a labelled corpus. Same input, same bytes.
    Train(cmd::train::Args),
    /// Build and sign a bundle from a layer's folder. Same input, same bytes.
    Build(cmd::build::Args),
    /// Add a signature to a bundle.
    Sign(cmd::sign::Args),
    /// Compile bundles into the image a phone would make.
    Compile(cmd::compile::Args),
    /// Check a bundle's structure, hashes and signatures.
    Verify(cmd::verify::Args),
    /// List what a bundle or image holds.
    Inspect(cmd::inspect::Args),
    /// Measure a bundle: bytes by part, times, messages a second.
    ///
    /// Bytes of the bundle and, by part, of its image; time to compile it, and to open it cold to the first verdict;
    /// messages a second from memory (a verdict without reasons, and what the policy makes of it) and as JSON lines in and
    /// out, as `classify` does it but from memory to nowhere, on one core and on all; and the topics that cost most: how much faster a message is without
    /// their rules. Times are medians, those of topics the best of several.
    Bench(cmd::bench::Args),
    /// Say what a policy does, check one, see what a change would have moved.
    Policy(cmd::policy::Args),
    /// Make a signing key.
    Key(cmd::key::Args),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let result = match cli.command {
        Command::Demo(args) => cmd::demo::run(&args),
        Command::Classify(args) => cmd::classify::run(&args),
        Command::Redact(args) => cmd::redact::run(&args),
        Command::Explain(args) => cmd::explain::run(&args),
        Command::Report(args) => cmd::report::run(&args),
        Command::Test(args) => cmd::test::run(&args),
        Command::Lint(args) => cmd::lint::run(&args),
        Command::Who(args) => cmd::who::run(&args),
        Command::Diff(args) => cmd::diff::run(&args),
        Command::Stats(args) => cmd::stats::run(&args),
        Command::Import(args) => cmd::import::run(&args),
        Command::Tune(args) => cmd::tune::run(&args),
        Command::Corpus(args) => cmd::corpus::run(&args),
        Command::Obfuscate(args) => cmd::obfuscate::run(&args),
        Command::Train(args) => cmd::train::run(&args),
        Command::Build(args) => cmd::build::run(&args),
        Command::Sign(args) => cmd::sign::run(&args),
        Command::Compile(args) => cmd::compile::run(&args),
        Command::Verify(args) => cmd::verify::run(&args),
        Command::Inspect(args) => cmd::inspect::run(&args),
        Command::Bench(args) => cmd::bench::run(&args),
        Command::Policy(args) => cmd::policy::run(&args),
        Command::Key(args) => cmd::key::run(&args),
    };
    outcome::finish(result)
}

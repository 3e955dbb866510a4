//! `demo`: the whole loop on built-in samples. Every figure it prints can be recomputed from the files that `--dir` keeps.

mod narrate;

use crate::{
    input::{Entry, Input, Record, Shape},
    keyfile, opened,
    outcome::{Failure, Outcome, Result, write},
    source::Source,
};
use narrate::{Narrator, short};
use smsfilter::{
    Filter, Policy, Subcategory, Verdict,
    bundle::{self, Bundle, Limits, TrustRoot},
    decide,
    policy::describe,
    report::{Masked, ReportRequest, draft, propose},
    self_test,
    store::{Embedded, Rules, StdFs},
};
use std::path::{Path, PathBuf};

/// The whole loop on built-in samples.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Where its files go and stay; an empty or new folder. Without it they are removed at the end.
    #[arg(long, value_name = "D")]
    dir: Option<PathBuf>,
}

/// Ten messages of a morning.
const INBOX: &str = include_str!("../../demo/inbox.jsonl");
/// A campaign that no national rule knows: two messages, and a third the day after.
const CAMPAIGN: &str = include_str!("../../demo/campaign.jsonl");

/// A message with the filter's word on it.
#[derive(Clone)]
struct Seen {
    record: Record,
    verdict: Verdict,
}

impl Seen {
    fn id(&self) -> &str {
        self.record.id.as_str().unwrap_or_default()
    }

    fn body(&self) -> &str {
        &self.record.message.body
    }
}

pub(crate) fn run(args: &Args) -> Result {
    let mut say = Narrator::default();
    let told = match args.dir.as_deref() {
        Some(dir) => create_empty(dir).and_then(|()| tell(dir, &mut say)),
        None => tempfile::tempdir()
            .map_err(|error| cannot_use(&std::env::temp_dir(), &error))
            .and_then(|dir| tell(dir.path(), &mut say)),
    };
    if told.is_ok() {
        say.end(args.dir.as_deref());
    }
    say.print();
    told.map(|()| Outcome::Fine)
}

fn tell(dir: &Path, say: &mut Narrator) -> Result<()> {
    say.title("smsfilter：从规则到判定，再从举报到规则", "from a rule to a verdict, and from a report to a rule");

    say.step("全国规则装进手机", "The national rules go into the phone");
    write(&dir.join("national.smsb"), opened::NATIONAL_BUNDLE)?;
    let mut phone = Phone::new(dir)?;
    let national = phone.install(opened::NATIONAL_BUNDLE, &TrustRoot::development())?;
    say.value("bundle sha256", short(&national.digest));
    say.value("rules", national.layer.rules.len());
    say.value("image bytes", phone.filter()?.image().bytes().len());
    say.note(
        "由开发密钥签名：谁都能签，只作演示。",
        "Signed with a development key, which proves nothing: for demonstration.",
    );

    say.step("短信到达", "Messages arrive");
    write(&dir.join("inbox.jsonl"), INBOX.as_bytes())?;
    let inbox = classify(&phone.filter()?, INBOX)?;
    for seen in &inbox {
        say.message(seen);
    }

    say.step("四种预设各会怎样", "What each preset would do");
    for name in Policy::PRESETS {
        say.preset(&opened::preset(name)?, &inbox);
    }
    let strict = describe(&opened::preset("strict")?);
    if let Some(row) = strict.last() {
        say.note(&row.zh, &row.en);
    }

    say.step("一键举报：先看草稿，由用户自己发送", "One-tap report: a draft first, the user sends it");
    let casino = find(&inbox, "casino")?;
    let report = draft(request(&casino));
    let report = report.map_err(|error| Failure::Refused(error.to_string()))?;
    for step in &report.steps {
        write(&dir.join("report.txt"), step.text.expose().as_bytes())?;
        say.report(report.channel.name.0, step);
    }
    let code = find(&inbox, "code")?;
    match draft(request(&code)) {
        Err(refusal) => say.refused("one-time code", &refusal.to_string()),
        Ok(_) => return Err(Failure::Refused("the draft of a one-time code was not refused".into())),
    }

    say.step("两条新短信，规则还不认识", "Two new messages that no rule knows");
    write(&dir.join("campaign.jsonl"), CAMPAIGN.as_bytes())?;
    let campaign = classify(&phone.filter()?, CAMPAIGN)?;
    let (reported, next) = campaign.split_at(2);
    reported.iter().for_each(|seen| say.message(seen));

    say.step("用户举报两条；打码后成为一条候选规则", "The user reports both; masked, they become a proposed rule");
    let candidate = candidate(reported, &inbox)?;
    let folder = dir.join("city");
    write_layer(&folder, &candidate)?;
    say.value("topic", &candidate.topic);
    say.value("keywords", candidate.keywords.concat().join(" "));
    let when = candidate.toml.lines().find_map(|line| line.strip_prefix("when = "));
    say.value("when", when.unwrap_or_default());

    say.step("维护者试规则、签名、发布", "A maintainer tests, signs and publishes it");
    let source = Source::read(&folder)?;
    let layer = source.layer()?;
    let trial = opened::filter(&[opened::development(&source, &layer)?])?;
    let failed = self_test::failing(&trial, &layer).count();
    say.value("examples passed", format!("{} of {}", layer.examples.len() - failed, layer.examples.len()));
    if failed > 0 {
        return Err(Failure::Refused("the proposed rule fails its own examples".into()));
    }
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(|error| Failure::Misuse(format!("no randomness from the system: {error}")))?;
    keyfile::write_new(&dir.join("city.key"), &seed, None)?;
    let root = keyfile::read_root(&dir.join("city.key.pub"))?;
    let unsigned = bundle::write(&layer, source.folder.digest).map_err(|error| Failure::Refused(error.to_string()))?;
    let city = unsigned.sign(&[&bundle::SigningKey::from_seed(&seed)]);
    write(&dir.join("city.smsb"), &city)?;
    say.value("bundle bytes", city.len());

    say.step("路上被改过一个比特的包", "A bundle with one bit changed on the way");
    let mut tampered = city.clone();
    let sections = bundle::inspect(&city).map_err(|error| Failure::Refused(error.to_string()))?.sections;
    let largest = sections.iter().max_by_key(|section| section.length).map_or(0, |section| section.offset as usize);
    tampered[largest + 8] ^= 1;
    write(&dir.join("tampered.smsb"), &tampered)?;
    match bundle::open(&tampered, &root, &Limits::default()) {
        Err(error) => say.refused(error.code(), &error.to_string()),
        Ok(_) => return Err(Failure::Refused("a tampered bundle was accepted".into())),
    }

    say.step("安装原包", "The genuine one is installed");
    let installed = phone.install(&city, &root)?;
    say.value("bundle sha256", short(&installed.digest));
    say.value("layers", phone.rules.layers().len());

    say.step("第二天，同一伙人又来了", "The next day, the same people again");
    let caught = find(&classify(&phone.filter()?, CAMPAIGN)?, next[0].id())?;
    say.message(&caught);
    let decision = decide(&caught.verdict, &caught.record.message, &opened::preset("standard")?);
    say.value("action", decision.action.name());
    if !caught.verdict.category().is_blocked() {
        return Err(Failure::Refused("the new rule did not catch the next message".into()));
    }
    Ok(())
}

/// The demo's phone: rules on disk and nothing else.
struct Phone {
    rules: Rules<StdFs>,
}

impl Phone {
    fn new(dir: &Path) -> Result<Phone> {
        let root = dir.join("phone");
        std::fs::create_dir(&root).map_err(|e| Failure::Misuse(format!("cannot create {}: {e}", root.display())))?;
        Ok(Phone { rules: Rules::open(StdFs { root }, Embedded::default()) })
    }

    fn install(&mut self, bytes: &[u8], root: &TrustRoot) -> Result<Bundle> {
        let installed = self.rules.install(bytes, root).and_then(|_| self.rules.prove());
        installed.map_err(|error| Failure::Refused(error.to_string()))?;
        bundle::open(bytes, root, &Limits::default()).map_err(|error| Failure::Refused(error.to_string()))
    }

    fn filter(&self) -> Result<Filter> {
        let none = || Failure::Refused("expected rules in use, found none".into());
        self.rules.filter().cloned().ok_or_else(none)
    }
}

fn create_empty(dir: &Path) -> Result<()> {
    let fail = |error: std::io::Error| cannot_use(dir, &error);
    std::fs::create_dir_all(dir).map_err(fail)?;
    match std::fs::read_dir(dir).map_err(fail)?.next() {
        None => Ok(()),
        Some(_) => Err(Failure::Misuse(format!("{} is not empty: name a new folder", dir.display()))),
    }
}

fn cannot_use(path: &Path, error: &std::io::Error) -> Failure {
    Failure::Misuse(format!("cannot use {}: {error}", path.display()))
}

fn classify(filter: &Filter, lines: &'static str) -> Result<Vec<Seen>> {
    let seen = |entry: Result<Entry>| {
        let record = entry?.record.map_err(Failure::Refused)?;
        Ok(Seen { verdict: filter.classify(&record.message), record })
    };
    Input::new(lines.as_bytes(), Some(Shape::Jsonl), "samples", None)?.records().map(seen).collect()
}

fn find(inbox: &[Seen], id: &str) -> Result<Seen> {
    inbox
        .iter()
        .find(|seen| seen.id() == id)
        .cloned()
        .ok_or_else(|| Failure::Refused(format!("no built-in sample `{id}`")))
}

fn request(seen: &Seen) -> ReportRequest<'_> {
    ReportRequest { message: &seen.record.message, verdict: &seen.verdict, channel: None, override_code: false }
}

/// The rule that two reports make, against every message of the inbox that is no spam.
fn candidate(reports: &[Seen], inbox: &[Seen]) -> Result<propose::Candidate> {
    let category = Subcategory::parse("fraud/other").unwrap_or_default();
    let report =
        |seen: &Seen| propose::Report { text: Masked::of(seen.body(), &[]), traits: seen.verdict.traits, category };
    let reports: Vec<_> = reports.iter().map(report).collect();
    let ham: Vec<&str> = inbox.iter().filter(|seen| !seen.verdict.category().is_spam()).map(Seen::body).collect();
    propose::propose(&reports, &ham).map_err(|error| Failure::Refused(error.to_string()))
}

/// The layer of a city's maintainer who answers for the candidate.
fn write_layer(folder: &Path, candidate: &propose::Candidate) -> Result<()> {
    std::fs::create_dir(folder).map_err(|e| Failure::Misuse(format!("cannot create {}: {e}", folder.display())))?;
    let layer = "publisher = \"city\"\nlayer = \"demo\"\nkind = \"addition\"\nseq = 1\n\
        issued_at = 2026-11-21T00:00:00Z\nnot_after = 2027-11-21T00:00:00Z\n\
        title = { zh = \"某市补充规则\", en = \"A city's additions\" }\n";
    write(&folder.join("layer.toml"), layer.as_bytes())?;
    write(&folder.join(format!("{}.toml", candidate.topic)), candidate.toml.as_bytes())
}

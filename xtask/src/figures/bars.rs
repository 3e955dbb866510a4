//! The figures: what each claims, with its bound, and where it comes from.

use super::{
    Bound, Figure, Measure,
    measure_bench::{speed, speed_real},
    measure_binding::{found, least, most, recorded, survived},
    measure_bundle::{differing_builds, national},
    measure_corpus::{dev, english, errors, is_blocked, is_spam, memory},
    measure_matching::{masking, matching, slowest, sum, worse},
    measure_opt_out::{opt_out, right, right_held},
    measure_own::{HELD, TUNED, blocked, count, found as found_of, promoted},
    measure_policy,
};
use crate::{
    aar::sizes,
    apk,
    fuzz::{TARGETS, long},
    shell::{self, Outcome},
};

const CLASSIFY: &str = "cargo xtask figures (runs classify --no-model on ../shared/corpus/zh_dev.tsv.gz)";
const OWN: &str = "smsfilter corpus --each 20 --half tuned|held | smsfilter classify - --no-model";
const BENCH: &str = "cargo run --release -- bench";
const REAL: &str = "cargo run --release -- bench --messages zh_dev.tsv --characters 72";
const FUZZ: &str = "cargo xtask fuzz --runs 1000000";
const MATCHING: &str = "smsfilter train zh_train.tsv --out M; cargo bench -p smsfilter --bench matching -- --model M";
const MASKING: &str = "cargo run --release -p smsfilter-tests --bin masking -- 100000";
const OPT_OUT: &str = "cargo test -p smsfilter-tests --test opt_out -- --nocapture";
const BINDING: &str = "cargo xtask bench";
const BUILD: &str = "cargo run --release -- build rules/national --key K --out B";

pub(super) const FIGURES: &[Figure] = &[
    Figure {
        name: "fresh clone, both README commands",
        unit: "",
        bound: Bound::Recorded,
        command: "cargo run --release -- demo; cargo xtask test",
        measure: Measure::Read("succeed"),
    },
    share("zh_dev spam in a spam category, rules alone", Bound::AtLeast(65.0), || dev("", "1", is_spam)),
    share("zh_dev spam in a spam category, sms80w", Bound::Recorded, || dev("sms80w", "1", is_spam)),
    share("zh_dev spam in a spam category, antispam_msglog", Bound::Recorded, || dev("antispam_msglog", "1", is_spam)),
    share("zh_dev spam in a spam category, mudou", Bound::Recorded, || dev("mudou", "1", is_spam)),
    share("zh_dev ham blocked, rules alone", Bound::AtMost(0.2), || dev("", "0", is_blocked)),
    share("zh_dev ham blocked, sms80w", Bound::Recorded, || dev("sms80w", "0", is_blocked)),
    share("zh_dev ham blocked, antispam_msglog", Bound::Recorded, || dev("antispam_msglog", "0", is_blocked)),
    share("zh_dev ham blocked, mudou", Bound::Recorded, || dev("mudou", "0", is_blocked)),
    share("zh_dev ham blocked, nus_zh", Bound::Recorded, || dev("nus_zh", "0", is_blocked)),
    share("English ham blocked, rules alone", Bound::AtMost(0.3), || english("0", is_blocked)),
    share("English spam in a spam category, rules alone", Bound::Recorded, || english("1", is_spam)),
    own("own legitimate intents", "intents", Bound::AtLeast(400.0), || count("legitimate")),
    own("own spam intents", "intents", Bound::AtLeast(400.0), || count("spam")),
    own("must-allow intents", "intents", Bound::AtLeast(400.0), || count("must-allow")),
    own("own spam, the half that rules are not tuned on, in a spam category", "%", Bound::AtLeast(85.0), || {
        found_of(HELD, None)
    }),
    own("of it as it reads today", "%", Bound::Recorded, || found_of(HELD, Some(false))),
    own("of it as it read in 2013", "%", Bound::Recorded, || found_of(HELD, Some(true))),
    own("own spam, the half that rules are tuned on, in a spam category", "%", Bound::Recorded, || {
        found_of(TUNED, None)
    }),
    own("must-allow intents of which any of 100 messages is blocked", "intents", Bound::AtMost(0.0), || {
        blocked("must-allow")
    }),
    own("personal must-allow intents of which any is called promotion", "intents", Bound::AtMost(0.0), || {
        promoted("personal")
    }),
    own("must-allow intents of which any is called promotion", "intents", Bound::Recorded, || promoted("")),
    own("own legitimate intents of which any of 20 messages is blocked", "intents", Bound::Recorded, || {
        blocked("legitimate")
    }),
    Figure {
        name: "zh_dev lines with an error, as TSV and as JSON lines",
        unit: "lines",
        bound: Bound::AtMost(0.0),
        command: CLASSIFY,
        measure: Measure::Run(errors),
    },
    Figure {
        name: "peak memory of classify, zh_dev eight times over against once",
        unit: "×",
        bound: Bound::AtMost(1.25),
        command: CLASSIFY,
        measure: Measure::Run(memory),
    },
    real("messages a second from memory, all cores", "messages/s", Bound::AtLeast(500_000.0), || {
        speed_real("memory-all")
    }),
    real("messages a second from memory, one core", "messages/s", Bound::Recorded, || speed_real("memory-one")),
    real("messages a second, JSON lines in and out, all cores", "messages/s", Bound::AtLeast(250_000.0), || {
        speed_real("json-all")
    }),
    real("messages a second, JSON lines in and out, one core", "messages/s", Bound::Recorded, || {
        speed_real("json-one")
    }),
    real("time a message, one core", "µs", Bound::Recorded, || speed_real("message")),
    bench("time a message made of the rules' own examples, one core", "µs", Bound::Recorded, || speed("message")),
    bench("national image opened cold, to the first verdict", "ms", Bound::AtMost(1.5), || speed("open")),
    bench("national rules compiled", "ms", Bound::Recorded, || speed("compile")),
    peers(
        "keyword scan, 100k keywords: time against daachorse charwise, the worse half",
        "×",
        Bound::AtMost(0.7),
        || worse("scan 100k", "time against daachorse charwise"),
    ),
    peers(
        "keyword scan, 10k keywords: time against daachorse charwise, the worse half",
        "×",
        Bound::AtMost(0.7),
        || worse("scan 10k", "time against daachorse charwise"),
    ),
    peers("keyword scan, 100k keywords: bytes against daachorse charwise", "×", Bound::AtMost(0.22), || {
        matching("scan 100k: bytes against daachorse charwise")
    }),
    peers("keyword scan: messages with hits identical on four engines", "messages", Bound::AtLeast(100_000.0), || {
        sum("scan 100k", "messages with identical hits on all engines")
    }),
    peers("keyword scan, 1M keywords against 10k, hits all in the 10k: time", "×", Bound::AtMost(1.5), || {
        matching("nested: time of 1M keywords against 10k")
    }),
    peers("the same of daachorse charwise", "×", Bound::Recorded, || {
        matching("nested: the same of daachorse charwise")
    }),
    peers("keyword scan, 1M keywords: time against daachorse charwise", "×", Bound::Recorded, || {
        matching("nested: 1M keywords, time against daachorse charwise")
    }),
    peers("whole classify against two daachorse automata: time", "×", Bound::AtMost(0.3), || {
        matching("whole: time against the two automata, half and half")
    }),
    peers(
        "image of 100k keywords and model, postings and fold tables apart",
        "bytes",
        Bound::AtMost(1_750_000.0),
        || matching("whole: image, postings and fold tables apart"),
    ),
    peers("its postings", "bytes", Bound::Recorded, || matching("whole: postings")),
    peers("its fold tables", "bytes", Bound::Recorded, || matching("whole: fold tables")),
    peers("compiling 100k keywords against fst::MapBuilder: time", "×", Bound::AtMost(2.0), || {
        matching("compile 100k: time against fst::MapBuilder")
    }),
    peers("compiling 100k keywords: peak heap against the raw keywords", "×", Bound::AtMost(8.0), || {
        matching("compile 100k: peak heap against the raw keywords")
    }),
    peers(
        "image of 100k keywords opened cold, to the first verdict, beside its hash",
        "ms",
        Bound::AtMost(0.5),
        || matching("open 100k: of that beside the hash"),
    ),
    peers("heap beyond the image, opened and used, 100k keywords", "kB", Bound::AtMost(100.0), || {
        matching("open 100k: heap beyond the image")
    }),
    Figure {
        name: "slowest character of any message of 70 and more against the median",
        unit: "×",
        bound: Bound::AtMost(4.0),
        command: "cargo bench -p smsfilter-tests --bench pathological",
        measure: Measure::Run(slowest),
    },
    spoken("opt-out variants read right", "%", Bound::AtLeast(98.0), right),
    spoken("opt-out variants read right, those held out", "%", Bound::AtLeast(98.0), right_held),
    spoken("opt-out variants", "texts", Bound::AtLeast(240.0), || {
        Ok(Some(opt_out("variants worked on with")?.1 + opt_out("variants held out")?.1))
    }),
    spoken("false opt-out offers on fraud texts", "texts", Bound::AtMost(0.0), || {
        opt_out("false offers").map(|(offered, _)| Some(offered))
    }),
    fuzz("fuzz targets with a long run", "targets", Bound::AtLeast(TARGETS as f64), || {
        Ok(Some(long("executions")?.len() as f64))
    }),
    fuzz("executions of the least executed of them", "executions", Bound::AtLeast(1_000_000.0), || {
        Ok(long("executions")?.into_iter().reduce(f64::min))
    }),
    fuzz("inputs that broke one of them", "inputs", Bound::AtMost(0.0), || {
        Ok(long("failures")?.into_iter().reduce(|a, b| a + b))
    }),
    fuzz("executions after the last new edge, least share", "%", Bound::AtLeast(25.0), || {
        Ok(long("percent_after_last_new_edge")?.into_iter().reduce(f64::min))
    }),
    fuzz("edges covered, all targets", "edges", Bound::Recorded, || {
        Ok(long("edges")?.into_iter().reduce(|a, b| a + b))
    }),
    planted(
        "masking: numbers, cards, IDs, plates, tracking numbers, codes and link tokens masked, least kind",
        Bound::AtLeast(100.0),
        || masking("numbers"),
    ),
    planted("masking: personal names masked, list never seen", Bound::AtLeast(95.0), || masking("name")),
    planted("masking: unplanted characters masked", Bound::AtMost(2.0), || masking("unplanted")),
    planted("masking: written forms it was not made for masked", Bound::Recorded, || masking("unseen")),
    planted("masking: postal addresses masked", Bound::Recorded, || masking("address")),
    planted("masking: mail addresses masked", Bound::Recorded, || masking("email")),
    planted("masking: QQ numbers and WeChat ids masked", Bound::Recorded, || masking("account")),
    Figure {
        name: "policies and messages at random that floor, order of exceptions and overlays held of",
        unit: "cases",
        bound: Bound::AtLeast(1_000_000.0),
        command: "PROPTEST_CASES=334000 PROPTEST_MAX_LOCAL_REJECTS=4294967295 cargo test --release -p smsfilter --lib policy::tests -- --skip describe",
        measure: Measure::Run(measure_policy::random),
    },
    Figure {
        name: "policy preview of 50,000 messages",
        unit: "s",
        bound: Bound::AtMost(1.0),
        command: "cargo run --release -- policy preview history.tsv --to strict",
        measure: Measure::Run(measure_policy::preview),
    },
    Figure {
        name: "differing bytes of two builds from two paths",
        unit: "bytes",
        bound: Bound::AtMost(0.0),
        command: BUILD,
        measure: Measure::Run(differing_builds),
    },
    Figure {
        name: "golden bundle",
        unit: "bytes",
        bound: Bound::AtMost(16384.0),
        command: "wc -c tests/golden/mini.smsb",
        measure: Measure::Run(|| Ok(Some(shell::size(&shell::root().join("tests/golden/mini.smsb"))?))),
    },
    Figure {
        name: "national bundle",
        unit: "bytes",
        bound: Bound::Recorded,
        command: BUILD,
        measure: Measure::Run(|| national().map(|(bundle, _)| Some(bundle.len() as f64))),
    },
    Figure {
        name: "national image without a model",
        unit: "bytes",
        bound: Bound::AtMost(440_000.0),
        command: "cargo run --release -- compile B --out I",
        measure: Measure::Run(|| national().map(|(_, image)| Some(image.len() as f64))),
    },
    Figure {
        name: "national image",
        unit: "bytes",
        bound: Bound::AtMost(700_000.0),
        command: "cargo run --release -- compile B --out I",
        measure: Measure::Run(|| national().map(|(_, image)| Some(image.len() as f64))),
    },
    Figure {
        name: "native library of this machine, as shipped, not stripped",
        unit: "bytes",
        bound: Bound::Recorded,
        command: "cargo build -p smsfilter-ffi --profile dist",
        measure: Measure::Run(|| {
            shell::run(&mut shell::command("cargo build -p smsfilter-ffi --profile dist"))?;
            let name = format!("{}smsfilter_ffi{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
            Ok(Some(shell::size(&shell::target().join("dist").join(name))?))
        }),
    },
    binding("messages judged by the core, over JNI and over UniFFI", "messages", Bound::AtLeast(100_000.0), || {
        found("differential, messages")
    }),
    binding("those of them that not all judge alike", "messages", Bound::AtMost(0.0), || {
        found("differential, mismatches")
    }),
    binding("calls of eight threads under swaps, and under closings", "calls", Bound::AtLeast(8_000_000.0), || {
        least("calls")
    }),
    binding("answers among them that no rules in use gave", "answers", Bound::AtMost(0.0), || most("wrong answers")),
    binding("growth of the native heap over them", "bytes", Bound::AtMost(4_194_304.0), || most("heap growth")),
    binding("receive over JNI above a native loop, 72 characters", "µs", Bound::AtMost(1.0), || {
        found("receive above the native loop")
    }),
    binding("receive over JNI, 72 characters", "µs", Bound::Recorded, || found("JMH, receive")),
    binding("decide over UniFFI, 72 characters", "µs", Bound::Recorded, || found("JMH, decide")),
    binding("receive over JNI on two threads against one: throughput", "×", Bound::Recorded, || {
        found("JMH, receive on two threads against one: throughput")
    }),
    binding("cold start to the first verdict, JNA against JNI", "×", Bound::AtLeast(6.0), || {
        found("cold start, JNA against JNI")
    }),
    binding("cold start to the first verdict over JNI", "ms", Bound::Recorded, || found("cold start over JNI")),
    binding("demo with 10,000 messages: preview of a change", "ms", Bound::AtMost(1000.0), || {
        found("history, preview, ms")
    }),
    binding("demo with 10,000 messages: search", "ms", Bound::AtMost(100.0), || found("history, search, ms")),
    binding("the same against the plain query", "×", Bound::Recorded, || found("history, search, ratio")),
    binding("demo with 10,000 messages: search of what nobody wrote", "ms", Bound::AtMost(100.0), || {
        found("history, search_nothing, ms")
    }),
    binding("demo with 10,000 messages: first page of conversations", "ms", Bound::Recorded, || {
        found("history, first_page, ms")
    }),
    binding("the same against the plain query of its rows", "×", Bound::Recorded, || {
        found("history, first_page, ratio")
    }),
    Figure {
        name: "kills of a phone that receives, no message lost or doubled",
        unit: "kills",
        bound: Bound::AtLeast(50.0),
        command: "cargo xtask kill",
        measure: Measure::Run(survived),
    },
    Figure {
        name: "library for arm64, stripped",
        unit: "bytes",
        bound: Bound::AtMost(1_000_000.0),
        command: "cargo xtask aar --record",
        measure: Measure::Run(|| recorded(sizes::MOST)),
    },
    Figure {
        name: "AAR of four ABIs without its rules",
        unit: "bytes",
        bound: Bound::AtMost(2_400_000.0),
        command: "cargo xtask aar --record",
        measure: Measure::Run(|| recorded(sizes::BARE)),
    },
    Figure {
        name: "APK of four ABIs, libraries stored, with the national rules",
        unit: "bytes",
        bound: Bound::AtMost(apk::MOST as f64),
        command: "cargo xtask aar; cargo xtask apk",
        measure: Measure::Run(|| apk::size().map(Some)),
    },
];

/// What `smsfilter bench` says of the national rules.
const fn bench(name: &'static str, unit: &'static str, bound: Bound, measure: fn() -> Outcome<Option<f64>>) -> Figure {
    Figure { name, unit, bound, command: BENCH, measure: Measure::Run(measure) }
}

/// The same of messages of the development corpus, joined and cut to 72 characters.
const fn real(name: &'static str, unit: &'static str, bound: Bound, measure: fn() -> Outcome<Option<f64>>) -> Figure {
    Figure { name, unit, bound, command: REAL, measure: Measure::Run(measure) }
}

/// What the binding does on a JVM.
const fn binding(
    name: &'static str,
    unit: &'static str,
    bound: Bound,
    measure: fn() -> Outcome<Option<f64>>,
) -> Figure {
    Figure { name, unit, bound, command: BINDING, measure: Measure::Run(measure) }
}

/// What the tests of the opt-outs say.
const fn spoken(name: &'static str, unit: &'static str, bound: Bound, measure: fn() -> Outcome<Option<f64>>) -> Figure {
    Figure { name, unit, bound, command: OPT_OUT, measure: Measure::Run(measure) }
}

/// What the last long run of the fuzz targets wrote down.
const fn fuzz(name: &'static str, unit: &'static str, bound: Bound, measure: fn() -> Outcome<Option<f64>>) -> Figure {
    Figure { name, unit, bound, command: FUZZ, measure: Measure::Run(measure) }
}

/// A share of what is planted in invented messages.
const fn planted(name: &'static str, bound: Bound, measure: fn() -> Outcome<Option<f64>>) -> Figure {
    Figure { name, unit: "%", bound, command: MASKING, measure: Measure::Run(measure) }
}

/// What the benchmark of the matching says, in one run with the automaton libraries.
const fn peers(name: &'static str, unit: &'static str, bound: Bound, measure: fn() -> Outcome<Option<f64>>) -> Figure {
    Figure { name, unit, bound, command: MATCHING, measure: Measure::Run(measure) }
}

/// A share of the development corpus.
const fn own(name: &'static str, unit: &'static str, bound: Bound, measure: fn() -> Outcome<Option<f64>>) -> Figure {
    Figure { name, unit, bound, command: OWN, measure: Measure::Run(measure) }
}

const fn share(name: &'static str, bound: Bound, measure: fn() -> Outcome<Option<f64>>) -> Figure {
    Figure { name, unit: "%", bound, command: CLASSIFY, measure: Measure::Run(measure) }
}

//! Does a phone that dies at any moment lose or double a message? A JVM receives messages, is killed with SIGKILL after a
//! time drawn from a seed, and the next one checks what is on disk, completes it, and goes on. In the ordinary run of the
//! tests a process halts once, and faults are made at every step; here nothing chooses the moment.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::jvm;
use crate::shell::{self, Outcome};

const LOOP: &str = "org.smsfilter.Loop";
const DEFAULT_KILLS: u32 = 50;
const DEFAULT_SEED: u64 = 20_261_121;
/// Longest life of a JVM once it receives, in milliseconds.
const LONGEST: u64 = 1500;

/// What the checks found, summed up.
#[derive(Debug, Default, PartialEq, Eq)]
struct Found {
    messages: u64,
    under_way: u64,
    completed: u64,
    repeated: u64,
}

pub(crate) fn run(args: &[String]) -> Outcome {
    let (mut kills, mut seed) = (DEFAULT_KILLS, DEFAULT_SEED);
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let value = args.next().ok_or_else(|| format!("{arg} takes a number"))?;
        let refused = |_| format!("{arg} takes a number, not {value}");
        match arg.as_str() {
            "--kills" => kills = value.parse().map_err(refused)?,
            "--seed" => seed = value.parse().map_err(refused)?,
            _ => return Err("takes --kills N and --seed N".into()),
        }
    }
    let (survived, found) = survive(kills, seed)?;
    let found = found.map_err(|lost| format!("after {survived} kills that lost nothing: {lost}"))?;
    println!(
        "{kills} kills, {} messages: none lost, none doubled; {} were under way, {} of them stored and completed by the \
         replay, {} told of twice",
        found.messages, found.under_way, found.completed, found.repeated
    );
    Ok(())
}

/// Kills that no message was lost or doubled by, of the usual number.
pub(crate) fn survived() -> Outcome<f64> {
    let (survived, found) = survive(DEFAULT_KILLS, DEFAULT_SEED)?;
    found.err().into_iter().for_each(|lost| println!("{lost}"));
    Ok(f64::from(survived))
}

/// Kills until a check fails, at most so often. How often nothing was lost or doubled, and what the checks found, or what
/// the last of them says is wrong.
fn survive(kills: u32, mut seed: u64) -> Outcome<(u32, Outcome<Found>)> {
    let path = jvm::class_paths(&["android-test"])?.remove(0);
    let dir = shell::target().join("kill");
    fresh(&dir)?;
    let temporary = dir.join("tmp");

    let mut found = Found::default();
    for number in 0..=kills {
        // What Robolectric unpacks is left behind by a process that does not end by itself.
        fresh(&temporary)?;
        let mut child = start(&path, &dir, &temporary)?;
        let checked = match checked(&mut child)? {
            Ok(checked) => checked,
            Err(wrong) => return Ok((number.saturating_sub(1), Err(wrong))),
        };
        found = Found {
            messages: checked.messages,
            under_way: found.under_way + checked.under_way,
            completed: found.completed + checked.completed,
            repeated: checked.repeated,
        };
        let life = Duration::from_millis(random(&mut seed) % LONGEST);
        if number < kills {
            std::thread::sleep(life);
        }
        child.kill().and_then(|()| child.wait()).map_err(|e| format!("cannot kill the JVM: {e}"))?;
        if number < kills {
            println!("{} messages, then killed after {} ms", found.messages, life.as_millis());
        }
    }
    fresh(&temporary)?;
    Ok((kills, Ok(found)))
}

/// An empty directory.
fn fresh(dir: &Path) -> Outcome {
    let failed = |e: std::io::Error| format!("{}: {e}", dir.display());
    if dir.exists() {
        std::fs::remove_dir_all(dir).map_err(failed)?;
    }
    std::fs::create_dir_all(dir).map_err(failed)
}

fn start(path: &str, dir: &Path, temporary: &Path) -> Outcome<Child> {
    let mut java = Command::new("java");
    java.args(["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Drobolectric.enabledSdks=35"]);
    java.arg(format!("-Djava.io.tmpdir={}", temporary.display()));
    java.arg(format!("-Dloop.dir={}", dir.display())).args(["-cp", path, "org.junit.runner.JUnitCore", LOOP]);
    // Robolectric warns of SDKs that nobody asked for; what matters JUnit writes to stdout.
    let log = dir.join("stderr.txt");
    let log = std::fs::File::create(&log).map_err(|e| format!("{}: {e}", log.display()))?;
    java.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log).spawn().map_err(|e| format!("cannot start java: {e}"))
}

/// Waits for what the check found, or for what it says is wrong; JUnit writes a dot of its own before it.
fn checked(child: &mut Child) -> Outcome<Outcome<Found>> {
    let mut output = BufReader::new(child.stdout.take().expect("stdout is a pipe"));
    let mut said = String::new();
    let mut line = String::new();
    while output.read_line(&mut line).map_err(|e| format!("cannot read from the JVM: {e}"))? > 0 {
        if let Some(found) = line.split_once("checked ").and_then(|(_, found)| parse(found)) {
            // Goes on until the JVM ends, which closes it.
            std::thread::spawn(move || output.read_to_end(&mut Vec::new()));
            return Ok(Ok(found));
        }
        said.push_str(&line);
        line.clear();
    }
    child.wait().map_err(|e| format!("cannot wait for the JVM: {e}"))?;
    Ok(Err(format!("the check failed; what the JVM wrote besides is in target/kill/stderr.txt:\n{said}")))
}

/// Reads `12 messages, 1 under way, 1 completed, 0 repeated`.
fn parse(line: &str) -> Option<Found> {
    let mut numbers = line.trim().split(", ").map(|part| part.split(' ').next()?.parse().ok());
    let mut next = || numbers.next().flatten();
    Some(Found { messages: next()?, under_way: next()?, completed: next()?, repeated: next()? })
}

/// splitmix64.
fn random(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_check_found_is_read() {
        let found = Found { messages: 12, under_way: 1, completed: 1, repeated: 0 };
        assert_eq!(parse("12 messages, 1 under way, 1 completed, 0 repeated\n"), Some(found));
        assert_eq!(parse("12 messages"), None);
    }
}

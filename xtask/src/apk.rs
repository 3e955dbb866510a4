//! What does a user install? The demo app as a signed APK, `target/demo.apk`: compiled and shrunk by Maven on the AAR that
//! `cargo xtask aar` published, packed and checked here.

use std::io::{Cursor, Write};
use std::path::Path;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use crate::native::{ABIS, LIBRARY};
use crate::shell::{self, Outcome};
use crate::{aar, dex, elf, setup};

/// The bar of the design, in bytes.
pub(crate) const MOST: u32 = 8_000_000;

/// The pages of Android 15's newest phones: a library that is not unpacked begins on one.
const PAGE: u64 = 16_384;

/// What the app may ask for. INTERNET is not among it.
const PERMISSIONS: [&str; 9] = [
    "POST_NOTIFICATIONS",
    "READ_CONTACTS",
    "READ_PHONE_STATE",
    "READ_SMS",
    "RECEIVE_BOOT_COMPLETED",
    "RECEIVE_MMS",
    "RECEIVE_SMS",
    "RECEIVE_WAP_PUSH",
    "SEND_SMS",
];

pub(crate) fn run(args: &[String]) -> Outcome {
    match args {
        [] => match size()? {
            size if size > f64::from(MOST) => Err(format!("the APK has {size} bytes, over the bar of {MOST}")),
            _ => Ok(()),
        },
        _ => Err("takes no argument".into()),
    }
}

/// Builds the APK, checks it, and says how many bytes it has.
pub(crate) fn size() -> Outcome<f64> {
    setup::for_apk()?;
    if !aar::path(&aar::maven(), "smsfilter", "aar").is_file() {
        return Err("nothing is published yet; `cargo xtask aar` does that".into());
    }
    let project = shell::root().join("android-demo");
    let built = project.join("target");
    aar::remove(&built)?;
    aar::forget()?;
    let mut mvn =
        shell::command("mvn --batch-mode --no-transfer-progress --quiet -Dstyle.color=never -P apk package --file");
    mvn.arg(project.join("pom.xml")).arg(format!("-Dcargo.target={}", shell::target().display()));
    shell::run(mvn.arg(format!("-Dsmsfilter.repository=file://{}", aar::maven().display())))?;

    let apk = shell::target().join("demo.apk");
    let unsigned = built.join("unsigned.apk");
    write(&unsigned, &packed(&built)?)?;
    sign(&unsigned, &apk)?;
    check(&apk, &built)?;
    let size = read(&apk)?.len();
    println!("{}: {size} bytes", apk.display());
    Ok(size as f64)
}

/// Resources, dex and libraries in one archive. Libraries are stored and begin on a page: Android maps them from where they are.
fn packed(built: &Path) -> Outcome<Vec<u8>> {
    let broken = |e: zip::result::ZipError| format!("cannot pack the APK: {e}");
    let options = || SimpleFileOptions::default().last_modified_time(DateTime::default()).unix_permissions(0o644);
    let deflated = options().compression_method(CompressionMethod::Deflated).compression_level(Some(9));
    let stored = |align| options().compression_method(CompressionMethod::Stored).with_alignment(align);
    let mut apk = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, bytes: &[u8], options| -> Outcome {
        apk.start_file(name, options).map_err(broken)?;
        apk.write_all(bytes).map_err(|e| format!("{name}: {e}"))
    };
    for (name, bytes) in aar::unpack(&read(&built.join("resources.apk"))?)? {
        // Android maps the table.
        add(&name, &bytes, if name == "resources.arsc" { stored(4) } else { deflated })?;
    }
    add("classes.dex", &read(&built.join("classes.dex"))?, deflated)?;
    for abi in ABIS.iter().map(|abi| abi.name) {
        for (aar, library) in [("smsfilter", LIBRARY), ("jna", "libjnidispatch.so")] {
            let from = built.join("aar").join(aar).join("jni").join(abi).join(library);
            add(&format!("lib/{abi}/{library}"), &read(&from)?, stored(PAGE as u16))?;
        }
    }
    Ok(apk.finish().map_err(broken)?.into_inner())
}

/// Signs with a key of this machine, made when first asked for: who installs a later build must have removed the earlier one
/// if that key is gone.
fn sign(unsigned: &Path, apk: &Path) -> Outcome {
    let store = shell::target().join("demo.p12");
    if !store.is_file() {
        let mut key =
            shell::command("keytool -genkeypair -storetype PKCS12 -alias demo -keyalg EC -groupname secp256r1");
        key.args(["-dname", "CN=smsfilter demo", "-validity", "10000", "-storepass", "smsfilter", "-keystore"]);
        shell::run(key.arg(&store))?;
    }
    let mut sign =
        shell::command("apksigner sign --ks-pass pass:smsfilter --min-sdk-version 26 --v1-signing-enabled false");
    shell::run(sign.arg("--ks").arg(&store).arg("--out").arg(apk).arg(unsigned))
}

/// What Android, a store and a user would look at.
fn check(apk: &Path, built: &Path) -> Outcome {
    shell::run(shell::command("apksigner verify --min-sdk-version 26").arg(apk))?;
    let mut wrong = badging(&output(shell::command(&tool(built)).args(["dump", "badging"]).arg(apk))?);

    let dex = dex::read(&read(&built.join("classes.dex"))?)?;
    wrong.extend(dex.undefined().into_iter().map(|it| format!("class {it}, which the dex uses, is missing")));
    let manifest =
        output(shell::command(&tool(built)).args(["dump", "xmltree", "--file", "AndroidManifest.xml"]).arg(apk))?;
    for class in components(&manifest) {
        if !dex.defined.contains(&class) {
            wrong.push(format!("class {class}, which the manifest names, is missing"));
        }
    }
    wrong.extend(aligned(&read(apk)?)?);
    if wrong.is_empty() { Ok(()) } else { Err(format!("the APK is not as it should be:\n  {}", wrong.join("\n  "))) }
}

/// What `aapt2 dump badging` says against it.
fn badging(badging: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    for line in
        ["minSdkVersion:'26'", "targetSdkVersion:'35'", "launchable-activity: name='org.smsfilter.demo.MainActivity'"]
    {
        if !badging.lines().any(|it| it.starts_with(line)) {
            wrong.push(format!("{line} is missing"));
        }
    }
    let asked = badging.lines().filter_map(|line| line.strip_prefix("uses-permission: name='")?.split('\'').next());
    let mut asked: Vec<&str> = asked.map(|name| name.trim_start_matches("android.permission.")).collect();
    asked.sort_unstable();
    if asked != PERMISSIONS {
        wrong.push(format!("it asks for {asked:?}, not for {PERMISSIONS:?}"));
    }
    let abis = badging.lines().find_map(|line| line.strip_prefix("native-code:")).unwrap_or_default();
    wrong.extend(ABIS.iter().filter(|abi| !abis.contains(abi.name)).map(|abi| format!("{} is missing", abi.name)));
    wrong
}

/// The classes that a manifest names, from `aapt2 dump xmltree`.
fn components(manifest: &str) -> Vec<String> {
    let mut classes = Vec::new();
    let mut element = "";
    for line in manifest.lines().map(str::trim) {
        if let Some(rest) = line.strip_prefix("E: ") {
            element = rest.split(' ').next().unwrap_or_default();
        } else if ["application", "activity", "receiver", "service", "provider"].contains(&element)
            && let Some((_, name)) = line.split_once(":name(")
            && let Some(name) = name.split('"').nth(1)
        {
            classes.push(if name.starts_with('.') { format!("org.smsfilter.demo{name}") } else { name.into() });
        }
    }
    classes
}

/// Libraries that Android cannot map from where they are.
fn aligned(apk: &[u8]) -> Outcome<Vec<String>> {
    let broken = |e: zip::result::ZipError| format!("no APK: {e}");
    let mut archive = ZipArchive::new(Cursor::new(apk)).map_err(broken)?;
    let mut wrong = Vec::new();
    for at in 0..archive.len() {
        let file = archive.by_index_raw(at).map_err(broken)?;
        let name = file.name().map_err(broken)?.into_owned();
        let start = file.data_start().unwrap_or_default();
        let is_stored = file.compression() == CompressionMethod::Stored;
        let align = if name.ends_with(".so") { PAGE } else { 4 };
        if name.ends_with(".so") && !is_stored || is_stored && start % align != 0 {
            wrong.push(format!("{name} begins at {start}, stored: {is_stored}"));
        }
        if name.ends_with(".so") {
            let library = &apk[start as usize..(start + file.size()) as usize];
            let least = elf::read(library)?.alignments.into_iter().min().unwrap_or_default();
            // JNA's library for 32-bit processors has smaller pages, as those phones have.
            if least < PAGE && name.contains("64") {
                wrong.push(format!("{name} has segments aligned to {least}"));
            }
        }
    }
    Ok(wrong)
}

fn tool(built: &Path) -> String {
    built.join("tools/prebuilt/linux/aapt2").display().to_string()
}

fn output(command: &mut std::process::Command) -> Outcome<String> {
    let output = command.output().map_err(|e| format!("cannot start {command:?}: {e}"))?;
    if !output.status.success() {
        return Err(format!("{command:?} failed: {}", String::from_utf8_lossy(&output.stderr)));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn read(path: &Path) -> Outcome<Vec<u8>> {
    std::fs::read(path).map_err(|e| format!("{}: {e}", path.display()))
}

fn write(path: &Path, bytes: &[u8]) -> Outcome {
    std::fs::write(path, bytes).map_err(|e| format!("{}: {e}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_permission_that_nobody_agreed_to_is_told() {
        let agreed: String =
            PERMISSIONS.iter().map(|name| format!("uses-permission: name='android.permission.{name}'\n")).collect();
        let rest = "minSdkVersion:'26'\ntargetSdkVersion:'35'\nlaunchable-activity: name='org.smsfilter.demo.MainActivity'  label=''\n\
                    native-code: 'arm64-v8a' 'armeabi-v7a' 'x86' 'x86_64'\n";
        assert_eq!(badging(&format!("{agreed}{rest}")), [""; 0]);
        let asked = badging(&format!("{agreed}uses-permission: name='android.permission.INTERNET'\n{rest}"));
        assert!(asked.len() == 1 && asked[0].contains("INTERNET"));
        assert_eq!(badging(&agreed).len(), 3 + ABIS.len());
    }

    #[test]
    fn the_manifest_names_its_classes() {
        let manifest = "E: manifest (line=2)\n  E: application (line=4)\n    A: http://schemas.android.com/apk/res/android:name(0x01010003)=\".App\" (Raw: \".App\")\n\
                        E: activity (line=5)\n A: x:name(0x01010003)=\"a.B\" (Raw: \"a.B\")\n E: action (line=6)\n A: x:name(0x01010003)=\"c.D\"";
        assert_eq!(components(manifest), ["org.smsfilter.demo.App", "a.B"]);
    }

    #[test]
    fn a_library_that_begins_within_a_page_is_told() {
        let mut apk = ZipWriter::new(Cursor::new(Vec::new()));
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        apk.start_file("lib/x86/a.so", stored).unwrap();
        apk.write_all(&std::fs::read(std::env::current_exe().unwrap()).unwrap()[..]).unwrap();
        let wrong = aligned(&apk.finish().unwrap().into_inner()).unwrap();
        assert!(wrong.len() == 1 && wrong[0].starts_with("lib/x86/a.so begins at"));
    }
}

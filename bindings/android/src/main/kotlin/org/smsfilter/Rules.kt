package org.smsfilter

import android.content.Context
import java.io.File

/**
 * Where a filter keeps its rules, and what it starts with.
 *
 * @property directory a directory of its own, which no backup restores; made when first written to. One filter of one
 *   process at a time
 * @property image the image of the rules that the application brings
 * @property bundle the bundle that the image was made of, asked for when rules are installed, never by a receiver
 * @property trust whose signatures count when rules are installed; without it none can be
 */
public class Config @JvmOverloads constructor(
    public val directory: File,
    internal val image: ByteArray,
    internal val bundle: () -> ByteArray,
    public val trust: Trust? = null,
) {
    public companion object {
        /** The national rules of the AAR, and a directory beside the application's files that no backup restores. */
        @JvmStatic
        @JvmOverloads
        public fun of(context: Context, trust: Trust? = null): Config {
            val asset = { name: String -> context.assets.open("smsfilter/$name").use { it.readBytes() } }
            return Config(File(context.noBackupFilesDir, "smsfilter"), asset("national.smsi"), { asset("national.smsb") }, trust)
        }
    }
}

/**
 * A layer of installed rules.
 *
 * @property seq its sequence number: higher is newer
 * @property issuedAt when it was issued, seconds since 1970 UTC
 * @property notAfter until when its publisher vouches for it, seconds since 1970 UTC; it stays in use after that
 * @property signers ids of the keys that signed it
 */
public data class Layer(
    val publisher: String,
    val layer: String,
    val seq: Long,
    val issuedAt: Long,
    val notAfter: Long,
    val signers: List<String>,
    val title: Text,
)

/**
 * A rule of the user's own: where all its words occur, its action is what happens, above every published rule and the
 * policy. Of several the first decides.
 *
 * @property id a name of its own, as `user:<id>` in [Decision.row]
 * @property words 1 to 8 words of at most 32 characters, compared as messages are, disguises undone
 */
public data class OwnRule(val id: String, val words: List<String>, val action: Action) {
    /** Without the words: a rule may end up in a log by accident. */
    override fun toString(): String = "OwnRule(${words.size} words, $action)"
}

/**
 * A published rule, by name.
 *
 * @property rule its id, as [Reason.rule] gives it
 * @property isOff the user turned it off
 */
public data class RuleName(val publisher: String, val rule: String, val title: Text, val isOff: Boolean)

/**
 * Something that is not as it should be with the rules. Whatever it is, messages go on being delivered.
 *
 * @property code stable, for programs: `rebuild-needed`, `damaged` and `state-damaged` ask for [SmsFilter.rebuild]
 * @property text what the user reads
 */
public data class Health(val code: String, val text: Text)

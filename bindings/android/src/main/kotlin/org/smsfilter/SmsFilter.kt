package org.smsfilter

import android.content.Context
import java.nio.charset.StandardCharsets
import java.util.EnumSet
import org.smsfilter.internal.InternalException
import org.smsfilter.internal.NativeException
import org.smsfilter.internal.NativeFilter
import org.smsfilter.internal.NativeLayer
import org.smsfilter.internal.NativeMessage
import org.smsfilter.internal.NativeOwnRule
import org.smsfilter.internal.NativeReason
import org.smsfilter.internal.NativeText
import org.smsfilter.internal.NativeVerdict
import org.smsfilter.internal.ReceivePath

/**
 * An open filter: says what a message is, why, and what happens to it.
 *
 * All methods may be called from any thread. A broadcast receiver wants [open] and [receive], which are ready in
 * milliseconds; the other methods load JNA on first use, which takes several hundred on a phone.
 */
public class SmsFilter private constructor(private val key: Long, private val config: Config? = null) : MessageFilter {
    /** Frees nothing when it is collected: the key is what is closed. */
    private val native: NativeFilter by lazy { NativeFilter.attach(key.toULong()) }

    /**
     * What a message is and what the user's own policy makes of it. Never throws: whatever fails, the action is
     * [Action.INBOX] and [Received.failure] says why.
     */
    override fun receive(message: Message): Received = receive(message, OWN)

    /** The same by one of the presets. */
    override fun receive(message: Message, policy: Preset): Received = receive(message, policy.ordinal)

    private fun receive(message: Message, preset: Int): Received {
        val packed = ReceivePath.receive(
            key,
            message.sender.toCharArray(),
            message.body.toCharArray(),
            message.receivedAt ?: -1,
            message.utcOffsetMinutes,
            message.sim?.slot ?: -1,
            message.sim?.operator?.toCharArray(),
            message.known.ordinal,
            preset,
        ) ?: return Received(Category.UNKNOWN, 0, 0, 0, emptySet(), Action.INBOX, Failure.MEMORY)
        val (category, subcategory, score, action, flags) = packed
        val failure = (flags shr 16).toInt()
        return Received(
            Category.entries[category.toInt()],
            subcategory.toInt(),
            score.toInt(),
            packed[5].toInt(),
            flags(flags),
            Action.entries[action.toInt()],
            if (failure == 0) null else Failure.entries[failure - 1],
            row(packed),
            flags shr Flag.entries.size and 1L == 1L,
            packed[DAYS].toInt().takeIf { it >= 0 },
        )
    }

    /** What a message is. */
    override fun classify(message: Message): Verdict = call { verdict(classify(native(message))) }

    /** Why it is that: evidence whose points add up to those of the verdict. */
    override fun explain(message: Message): List<Reason> = call { explain(native(message)).map(::reason) }

    /** What a message is and what the user's own policy makes of it, with the row that decided. */
    override fun decide(message: Message): Judgement = judge(message, null)

    /** The same by one of the presets. */
    override fun decide(message: Message, policy: Preset): Judgement = judge(message, policy.wire)

    private fun judge(message: Message, policy: String?): Judgement = call {
        val (verdict, decision) = decide(native(message), policy)
        val (action, row, isQuiet, keepDays) = decision
        Judgement(verdict(verdict), Decision(constant(action), row, isQuiet, keepDays?.toInt()))
    }

    /**
     * Verifies and compiles bundles, the base first, and puts them in the place of the present ones; a [receive] that
     * starts afterwards sees them. If it throws, the present ones stay.
     */
    public fun install(trust: Trust, vararg bundles: ByteArray): Unit = call { install(bundles.asList(), trust.native) }

    /**
     * Verifies a bundle, compiles it beside what is installed, tries its examples, stores it, and uses it from now on, also
     * after a restart. If it throws, everything is as it was. For a filter with a [Config] that names whom to trust; takes
     * a second or so on a phone: not for the main thread, nor for a receiver.
     *
     * @throws SmsFilterException `trust.none` without [Config.trust]; `bundle.`, `store.` and other codes of a refusal
     */
    public fun install(bundle: ByteArray): Layer = call {
        val trust = config?.trust ?: throw SmsFilterException(
            "trust.none",
            "没有指定信任的公钥，不能安装规则包",
            "expected a root to trust, found none; name one in the Config",
            null,
        )
        layer(installStored(bundle, config.bundle(), trust.native))
    }

    /**
     * Removes an installed layer; without any the application's own rules are in use.
     *
     * @throws SmsFilterException `store.not-installed`; `store.layer-set` for a base that others stand on
     */
    public fun remove(publisher: String, layer: String): Unit = call { remove(publisher, layer, own()) }

    /**
     * Compiles the installed rules again where [health] says so, as after an update of the application. Takes a second or so:
     * call it at start, on a worker thread.
     */
    public fun rebuild(): Unit = call { rebuild(own()) }

    /** The installed layers, the base first; none while the application's own rules alone are in use. */
    public fun layers(): List<Layer> = call { layers().map(::layer) }

    /**
     * What is not as it should be; empty if nothing.
     *
     * @param now milliseconds since 1970 UTC
     */
    public fun health(now: Long): List<Health> = call { health(now / 1000).map { Health(it.code, text(it.text)) } }

    /**
     * Says that the rules in use have judged messages and work. New rules that never get there are given up after three
     * starts: call it once messages were received, or at the end of a start that went well.
     */
    public fun prove(): Unit = call { prove() }

    /**
     * Which published rules have a keyword that occurs in the text, themselves or through a rule that they name: what might
     * hide it, and whose word that is.
     */
    public fun who(text: String): List<RuleName> =
        call { who(wellFormed(text)).map { RuleName(it.publisher, it.rule, text(it.title), it.off) } }

    /** Turns a published rule off, from now on and after a restart. Nothing is compiled. */
    public fun turnOff(publisher: String, rule: String): Unit = call { turn(publisher, rule, true) }

    /** Turns a published rule on again. */
    public fun turnOn(publisher: String, rule: String): Unit = call { turn(publisher, rule, false) }

    /**
     * Replaces the user's own rules, from now on and after a restart. Published rules are not compiled again.
     *
     * @throws SmsFilterException `store.own-rule` and `store.compile` for rules that cannot be
     */
    public fun setRules(rules: List<OwnRule>): Unit = call {
        setRules(rules.map { NativeOwnRule(wellFormed(it.id), it.words.map(::wellFormed), wireName(it.action)) })
    }

    /** The user's own rules, in order. */
    public fun rules(): List<OwnRule> = call { rules().map { OwnRule(it.id, it.words, constant(it.action)) } }

    /** Stores a preset as the user's own policy: what [receive] and [decide] apply from now on. */
    public fun choosePolicy(preset: Preset): Unit = call { choosePolicy(preset.wire) }

    private fun own(): ByteArray = config?.bundle?.invoke() ?: ByteArray(0)

    /**
     * Drafts a report for the user to read and to send: of fraud to the 12321 centre, else to the receiving SIM's operator.
     * Nothing is sent here.
     *
     * @param overrideCode the user confirmed a second time that this one-time code is to be reported
     * @throws SmsFilterException `report.one-time-code` for a code without link, phone or contact, and other `report.` codes
     */
    override fun draftReport(message: Message, overrideCode: Boolean): ReportDraft = call {
        val draft = draftReport(native(message), overrideCode)
        val steps = draft.steps.map { Step(it.to, it.text, it.parts.toInt(), it.condition?.let(::text)) }
        ReportDraft(text(draft.channel), steps, draft.simSlot?.toInt(), draft.confirmation?.let(::text))
    }

    /**
     * Closes the filter. Calls that are under way finish; later ones are refused. A filter that is never closed keeps
     * its rules in memory for as long as the process lives.
     */
    override fun close(): Unit = ReceivePath.close(key)

    private fun <T> call(body: NativeFilter.() -> T): T = translated { native.body() }

    public companion object {
        /** In place of a preset's number: the user's own policy. */
        private const val OWN = -1

        /** Where the receive path says for how long, and from where on which row. */
        private const val DAYS = 6

        // These two run before the first verdict of a process: nothing here needs the large classes of Kotlin's collections.

        private fun flags(bits: Long): Set<Flag> {
            val flags = EnumSet.noneOf(Flag::class.java)
            for (flag in Flag.entries) if (bits shr flag.ordinal and 1L == 1L) flags.add(flag)
            return flags
        }

        private fun row(packed: LongArray): String {
            val bytes = ByteArray((packed.size - DAYS - 1) * 8)
            var end = 0
            for (at in DAYS + 1 until packed.size) {
                var eight = packed[at]
                while (eight != 0L) {
                    bytes[end++] = eight.toByte()
                    eight = eight ushr 8
                }
            }
            return String(bytes, 0, end, StandardCharsets.UTF_8)
        }

        /**
         * Opens what is installed in the directory, or else the rules that the application brings. Nothing is compiled, JNA is
         * not loaded, and a damaged directory is no error: [health] says so.
         */
        @JvmStatic
        public fun open(config: Config): SmsFilter =
            SmsFilter(ReceivePath.open(config.directory.path.toCharArray(), config.image), config)

        /**
         * Opens what is installed for this application, or else the national rules of the AAR. It trusts nobody, so nothing can be
         * installed: for that open a [Config] that names whom to trust.
         */
        @JvmStatic
        public fun open(context: Context): SmsFilter = open(Config.of(context))

        /** Verifies and compiles bundles, the base first. */
        @JvmStatic
        public fun open(trust: Trust, vararg bundles: ByteArray): SmsFilter =
            attached { NativeFilter.open(bundles.asList(), trust.native) }

        /** Opens an image that this version of the library made: the fast start. */
        @JvmStatic
        public fun openImage(image: ByteArray): SmsFilter {
            val key = ReceivePath.open(null, image)
            // The slow road says what is wrong with it.
            return if (key != 0L) SmsFilter(key) else attached { NativeFilter.openImage(image) }
        }

        private inline fun attached(open: () -> NativeFilter): SmsFilter =
            translated { open().use { SmsFilter(it.key().toLong()) } }
    }
}

private inline fun <T> translated(call: () -> T): T = try {
    call()
} catch (e: NativeException.Refused) {
    throw SmsFilterException(e.code, e.zh, e.en, e)
} catch (e: InternalException) {
    throw SmsFilterException("internal", "过滤器内部出错，请反馈", "the filter broke; please report it", e)
}

private fun native(message: Message) = NativeMessage(
    wellFormed(message.sender),
    wellFormed(message.body),
    message.receivedAt,
    message.utcOffsetMinutes.toShort(),
    message.sim?.slot?.toUByte(),
    message.sim?.operator?.let(::wellFormed).orEmpty(),
    message.known.wire,
)

private fun text(native: NativeText) = Text(native.zh, native.en)

private fun layer(native: NativeLayer) = Layer(
    native.publisher,
    native.layer,
    native.seq.toLong(),
    native.issuedAt,
    native.notAfter,
    native.signers,
    text(native.title),
)

private fun verdict(native: NativeVerdict) = Verdict(
    constant(native.category),
    native.subcategory,
    native.score.toInt(),
    native.points,
    native.flags.mapTo(LinkedHashSet()) { constant<Flag>(it) },
)

private fun reason(native: NativeReason) = Reason(
    native.rule,
    native.publisher,
    native.points,
    native.spans.map { Span(it.start.toInt(), it.end.toInt()) },
)

private inline fun <reified E : Enum<E>> constant(wire: String): E = enumValueOf(wire.uppercase().replace('-', '_'))

/** The text with each lone surrogate replaced by U+FFFD, as the receive path does: UTF-8 has no form for it. */
private fun wellFormed(text: String): String {
    var at = 0
    var fixed: StringBuilder? = null
    while (at < text.length) {
        val width = Character.charCount(text.codePointAt(at))
        if (width == 1 && text[at].isSurrogate()) {
            fixed = (fixed ?: StringBuilder(text)).apply { setCharAt(at, '\uFFFD') }
        }
        at += width
    }
    return fixed?.toString() ?: text
}

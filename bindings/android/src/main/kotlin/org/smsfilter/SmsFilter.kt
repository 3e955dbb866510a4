package org.smsfilter

import android.content.Context
import java.nio.charset.StandardCharsets
import java.util.EnumSet
import org.smsfilter.internal.InternalException
import org.smsfilter.internal.NativeException
import org.smsfilter.internal.NativeFilter
import org.smsfilter.internal.NativeJudgement
import org.smsfilter.internal.NativeLayer
import org.smsfilter.internal.NativeMessage
import org.smsfilter.internal.NativeOwnRule
import org.smsfilter.internal.NativeReason
import org.smsfilter.internal.NativeText
import org.smsfilter.internal.NativeVerdict
import org.smsfilter.internal.ReceivePath
import org.smsfilter.internal.redact as masked

/**
 * An open filter: says what a message is, why, and what happens to it.
 *
 * All methods may be called from any thread. A broadcast receiver wants [open] and [receive], which are ready first: the
 * other methods load JNA on first use. Of a process on a desktop JVM the first verdict took seven times as long with it
 * (`cargo xtask bench cold`); on a phone neither was measured.
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
            message.sender,
            message.body,
            message.receivedAt ?: -1,
            message.utcOffsetMinutes,
            message.sim?.slot ?: -1,
            message.sim?.operator,
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
    override fun decide(message: Message): Judgement = call { judgement(decide(native(message), null)) }

    /** The same by one of the presets. */
    override fun decide(message: Message, policy: Preset): Judgement =
        call { judgement(decide(native(message), policy.wire)) }

    /**
     * The same by any policy.
     *
     * @throws SmsFilterException as [Policy] tells
     */
    public fun decide(message: Message, policy: Policy): Judgement =
        call { judgement(decideBy(native(message), native(policy))) }

    /**
     * Verifies and compiles bundles, the base first, and puts them in the place of the present ones; a [receive] that
     * starts afterwards sees them. If it throws, the present ones stay.
     */
    public fun install(trust: Trust, vararg bundles: ByteArray): Unit = call { install(bundles.asList(), trust.native) }

    /**
     * Verifies a bundle, compiles it beside what is installed, tries its examples, stores it, and uses it from now on, also
     * after a restart. If it throws, everything is as it was. For a filter with a [Config] that names whom to trust; it
     * compiles and writes files, for how long was not measured on a phone: not for the main thread, nor for a receiver.
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
     * Compiles the installed rules again where [health] says so, as after an update of the application. It
     * compiles and writes files: call it at start, on a worker thread.
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

    /** The user's own policy: what [receive] and [decide] apply. [Preset.STANDARD] until one is chosen. */
    public fun policy(): Policy = call { policy(policy()) }

    /** Stores a preset as the user's own policy: what [receive] and [decide] apply from now on. */
    public fun choosePolicy(preset: Preset): Unit = choosePolicy(Policy.preset(preset))

    /**
     * Stores the user's own policy: what [receive] and [decide] apply from now on and after a restart.
     *
     * @throws SmsFilterException as [Policy] tells, and `store.` codes; the policy before it stays
     */
    public fun choosePolicy(policy: Policy): Unit = call { choosePolicy(native(policy)) }

    /**
     * The policies that came with the rules in use, those of the base first. Bundles are read for it: not for the main thread.
     */
    public fun offered(): List<OfferedPolicy> = call {
        offered(own()).map { OfferedPolicy(it.publisher, it.id, text(it.title), it.overlay, policy(it.policy)) }
    }

    /**
     * What another policy would have moved of the messages in a history; nothing is changed. A part of the history is in
     * memory at a time, so it may read them as it goes. Not for the main thread.
     *
     * @param history in any order; [Preview.Moved.examples] counts as it does
     * @throws SmsFilterException as [Policy] tells
     */
    public fun preview(history: Iterable<Message>, old: Policy, new: Policy): Preview = call {
        preview(native(old), native(new)).use { preview ->
            var messages = 0
            history.asSequence().map(::native).chunked(BATCH).forEach {
                preview.add(it)
                messages += it.size
            }
            Preview(messages, preview.moved().map(::moved))
        }
    }

    private fun own(): ByteArray = config?.bundle?.invoke() ?: ByteArray(0)

    /**
     * Drafts a report for the user to read and to send: of fraud to the 12321 centre, else to the receiving SIM's operator.
     * Nothing is sent here. [Ledgers.draftReport] knows who went on after a refusal, too.
     *
     * @param overrideCode the user confirmed a second time that this one-time code is to be reported
     * @throws SmsFilterException `report.one-time-code` for a code without link, phone or contact, and other `report.` codes
     */
    override fun draftReport(message: Message, overrideCode: Boolean): ReportDraft = draft(message, null, overrideCode, null)

    internal fun draft(message: Message, channel: String?, overrideCode: Boolean, promise: ConsentEntry?): ReportDraft = call {
        val draft = draftReport(native(message), channel, overrideCode, promise?.let(Core::native))
        val steps = draft.steps.map { Step(it.to, it.text, it.parts.toInt(), it.condition?.let(::text)) }
        val simSlot = draft.simSlot?.toInt()
        ReportDraft(draft.channelId, text(draft.channel), steps, simSlot, draft.confirmation?.let(::text), draft.evidence?.let(::text))
    }

    /**
     * How a message can be refused, if that is safe to offer: only of a signed promotion from a 106 port that nothing speaks
     * against. Nothing is sent or opened here: the user confirms, and [Ledgers.on] remembers it.
     */
    public fun offer(message: Message): OptOutOffer? = call {
        val (to, say, text) = offer(native(message)) ?: return@call null
        val key = consentKey(message) ?: return@call null
        if (to == null) OptOutOffer.Link(key, text(text), say) else OptOutOffer.Reply(key, text(text), to, say)
    }

    /** Whose promise a message is about; `null` unless it is signed (【】) and from a 106 port. */
    public fun consentKey(message: Message): ConsentKey? = about(message).key

    /** What a message is to the ledgers. */
    internal fun about(message: Message): About = call {
        val (signature, port, isCommercial, answers) = about(native(message))
        About(signature, if (signature != null && port != null) ConsentKey(signature, port) else null, isCommercial, answers)
    }

    /**
     * What can be pasted into a bug report: version, rules, verdict and why. Nothing of the message, its sender or its time is in
     * it, nor the names of the user's own rules.
     */
    public fun receipt(message: Message): String = call { receipt(native(message)) }

    /**
     * What a message is to the ledgers.
     *
     * @property isCommercial a refusal forbids such messages
     * @property answers the channel that such a sender answers for
     */
    internal class About(val signature: String?, val key: ConsentKey?, val isCommercial: Boolean, val answers: String?)

    /**
     * Closes the filter. Calls that are under way finish; later ones are refused. A filter that is never closed keeps
     * its rules in memory for as long as the process lives.
     */
    override fun close(): Unit = ReceivePath.close(key)

    private fun <T> call(body: NativeFilter.() -> T): T = translated { native.body() }

    public companion object {
        /** In place of a preset's number: the user's own policy. */
        private const val OWN = -1

        /** Messages that cross at a time. A call costs as much as ten of them or so: here that no longer counts. */
        private const val BATCH = 256

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
            SmsFilter(ReceivePath.open(config.directory.path, config.image), config)

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

        /**
         * Masks names, numbers, codes, addresses and links, for sharing a text with rule maintainers. It knows shapes and what
         * stands beside them, no meaning: let the user read it before it is shared.
         *
         * @param own the user's own numbers, which are dropped without a trace
         */
        @JvmStatic
        @JvmOverloads
        public fun redact(text: String, own: List<String> = emptyList()): MaskedText =
            translated { MaskedText(masked(wellFormed(text), own.map(::wellFormed))) }

        private inline fun attached(open: () -> NativeFilter): SmsFilter =
            translated { open().use { SmsFilter(it.key().toLong()) } }
    }
}

internal inline fun <T> translated(call: () -> T): T = try {
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

internal fun text(native: NativeText) = Text(native.zh, native.en)

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

private fun judgement(native: NativeJudgement): Judgement {
    val (action, row, isQuiet, keepDays) = native.decision
    return Judgement(verdict(native.verdict), Decision(constant(action), row, isQuiet, keepDays?.toInt()))
}

private fun reason(native: NativeReason) = Reason(
    native.rule,
    native.publisher,
    native.points,
    native.spans.map { Span(it.start.toInt(), it.end.toInt()) },
)

internal inline fun <reified E : Enum<E>> constant(wire: String): E = enumValueOf(wire.uppercase().replace('-', '_'))

/** The text with each lone surrogate replaced by U+FFFD, as the receive path does: UTF-8 has no form for it. */
internal fun wellFormed(text: String): String {
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

package org.smsfilter

import org.smsfilter.internal.InternalException
import org.smsfilter.internal.NativeException
import org.smsfilter.internal.NativeFilter
import org.smsfilter.internal.NativeMessage
import org.smsfilter.internal.NativeReason
import org.smsfilter.internal.NativeText
import org.smsfilter.internal.NativeVerdict
import org.smsfilter.internal.ReceivePath

/**
 * An open filter: says what a message is, why, and what happens to it.
 *
 * All methods may be called from any thread. A broadcast receiver wants [openImage] and [receive], which are ready in
 * milliseconds; the other methods load JNA on first use, which takes several hundred on a phone.
 */
public class SmsFilter private constructor(private val key: Long) : MessageFilter {
    /** Frees nothing when it is collected: the key is what is closed. */
    private val native: NativeFilter by lazy { NativeFilter.attach(key.toULong()) }

    /**
     * What a message is and what happens to it. Never throws: whatever fails, the action is [Action.INBOX] and
     * [Received.failure] says why.
     */
    override fun receive(message: Message, policy: Preset): Received {
        val packed = ReceivePath.receive(
            key,
            message.sender.toCharArray(),
            message.body.toCharArray(),
            message.receivedAt ?: -1,
            message.utcOffsetMinutes,
            message.sim?.slot ?: -1,
            message.sim?.operator?.toCharArray(),
            message.known.ordinal,
            policy.ordinal,
        ) ?: return Received(Category.UNKNOWN, 0, 0, 0, emptySet(), Action.INBOX, Failure.MEMORY)
        val (category, subcategory, score, action, flags) = packed
        return Received(
            Category.entries[category.toInt()],
            subcategory.toInt(),
            score.toInt(),
            packed[5].toInt(),
            Flag.entries.filterTo(LinkedHashSet()) { flags shr it.ordinal and 1L == 1L },
            Action.entries[action.toInt()],
            Failure.entries.getOrNull((flags shr 16).toInt() - 1),
        )
    }

    /** What a message is. */
    override fun classify(message: Message): Verdict = call { verdict(classify(native(message))) }

    /** Why it is that: evidence whose points add up to those of the verdict. */
    override fun explain(message: Message): List<Reason> = call { explain(native(message)).map(::reason) }

    /** What a message is and what a policy makes of it, with the row that decided. */
    override fun decide(message: Message, policy: Preset): Judgement = call {
        val (verdict, decision) = decide(native(message), policy.wire)
        Judgement(verdict(verdict), Decision(constant(decision.action), decision.row))
    }

    /**
     * Verifies and compiles bundles, the base first, and puts them in the place of the present ones; a [receive] that
     * starts afterwards sees them. If it throws, the present ones stay.
     */
    public fun install(trust: Trust, vararg bundles: ByteArray): Unit = call { install(bundles.asList(), trust.native) }

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
        /** Verifies and compiles bundles, the base first. */
        @JvmStatic
        public fun open(trust: Trust, vararg bundles: ByteArray): SmsFilter =
            attached { NativeFilter.open(bundles.asList(), trust.native) }

        /** Opens an image that this version of the library made: the fast start. */
        @JvmStatic
        public fun openImage(image: ByteArray): SmsFilter {
            val key = ReceivePath.open(image)
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

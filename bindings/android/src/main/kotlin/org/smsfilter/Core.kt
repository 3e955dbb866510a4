package org.smsfilter

import org.smsfilter.internal.NativeHanded
import org.smsfilter.internal.NativePromise
import org.smsfilter.internal.NativeReport
import org.smsfilter.internal.NativeSeen
import org.smsfilter.internal.mostSignatures
import org.smsfilter.internal.newKind as hint
import org.smsfilter.internal.observe
import org.smsfilter.internal.promiseOn
import org.smsfilter.internal.queueWait
import org.smsfilter.internal.reportDue
import org.smsfilter.internal.reportOn
import org.smsfilter.internal.reportReply
import org.smsfilter.storage.constant

/** What the core makes of a row: pure functions, each a call into native code. Nothing is read or stored here. */
internal object Core {
    /** How many signatures are kept. Asked for once: the first call of a process loads JNA, which takes long. */
    val mostSignatures: Int by lazy { translated { mostSignatures() } }

    /** A report after an event. Events are numbered by the row: it is read, moved and written in one transaction. */
    fun on(entry: ReportEntry, event: String, at: Long): ReportEntry = translated {
        val next = reportOn(native(entry), event, (entry.last ?: 0) + 1, at)
        entry.copy(
            state = checkNotNull(constant<ReportState>(next.state)),
            sent = next.sent,
            underWay = entry.underWay.takeIf { next.underWay },
            asked = next.asked,
            failures = next.failures,
            partly = next.partly,
            sentAt = next.sentAt,
            answeredAt = next.answeredAt,
            last = next.last,
        )
    }

    /** The step of a report that may go now, counted from 0. */
    fun due(entry: ReportEntry): Int = translated { reportDue(native(entry)) }

    /** The event that a message from a report's channel, which came at a time, is to it. */
    fun reply(entry: ReportEntry, at: Long): String? = translated { reportReply(native(entry), at) }

    /** In how many milliseconds so many parts may go. */
    fun wait(elapsed: Long, handed: List<NativeHanded>, parts: Int): Long = translated { queueWait(elapsed, handed, parts) }

    /** A promise after an event. */
    fun on(entry: ConsentEntry, event: String, at: Long): ConsentEntry = translated {
        val next = promiseOn(native(entry), event, (entry.last ?: 0) + 1, at)
        ConsentEntry(
            entry.key,
            checkNotNull(constant<ConsentState>(next.state)),
            next.askedAt,
            next.confirmedAt,
            next.brokenFirstAt?.let { ConsentEntry.Broken(it, next.brokenLastAt ?: it) },
            next.last,
        )
    }

    /** What is remembered of a signature once it came from a sender, and whether that is a kind of number new for it. */
    fun observe(signature: String, before: SignatureEntry?, sender: String, at: Long): Pair<SignatureEntry, Boolean> = translated {
        val (kinds, lastAt, isNew) = observe(before?.let { NativeSeen(it.kinds, it.lastAt, false) }, wellFormed(sender), at)
        SignatureEntry(signature, kinds, lastAt) to isNew
    }

    /** The hint at a message whose sender is of a kind that is new for its signature. */
    fun newKind(sender: String): Text = translated { text(hint(wellFormed(sender))) }

    fun native(entry: ConsentEntry) = NativePromise(
        wireName(entry.state), entry.askedAt, entry.confirmedAt, entry.brokenAt?.first, entry.brokenAt?.latest, entry.last,
    )

    private fun native(entry: ReportEntry) = NativeReport(
        entry.id, entry.message, entry.channel, wireName(entry.state), entry.steps, entry.sent, entry.underWay != null, entry.asked,
        entry.failures, entry.partly, entry.draftedAt, entry.sentAt, entry.answeredAt, entry.last,
    )
}

package org.smsfilter

import android.os.SystemClock
import org.smsfilter.internal.NativeHanded

/**
 * What a message is to the ledgers, to be shown beside it. Hints, never reasons to hide a message.
 *
 * @property newKind the signature came from a kind of number that it never used on this phone
 * @property evidence the sender went on after a refusal; [Ledgers.draftReport] tells the authority
 * @property report the report that this message asks about or answers, as it is now; a step of it may be due. Only the first
 *   time
 */
@ConsistentCopyVisibility
public data class Noted internal constructor(val newKind: Text?, val evidence: Text?, val report: ReportEntry?)

/**
 * The ledgers as they may change: the rules decide what an event makes of an entry, the index keeps it, and here both meet.
 * An entry is read, moved and written in one transaction; an event that cannot be throws, and changes nothing.
 *
 * All methods may be called from any thread but the main one: they wait for the disk, and the first loads JNA. None belongs on
 * the way of a message to the user. They throw [SmsFilterException] with the codes `report.`, `consent.` and `filter.` of a
 * refusal, and [SQLiteException][android.database.sqlite.SQLiteException] when the disk fails or is full.
 */
public class Ledgers(private val filter: SmsFilter, private val index: Index) {
    private val reports = index.reports
    private val consents = index.consents

    /**
     * Brings a message into the ledgers: its signature, a promise that it breaks, a report that it answers. Call it after
     * [OnDecided], on a thread of its own. A message that is there already changes nothing more, and one that the index
     * does not have waits for [Receiver.replay].
     *
     * @param id the message's row id in its store
     * @param message with its time, as the store has it
     */
    public fun note(id: Long, message: Message): Noted {
        val key = MessageKey(id, requireNotNull(message.receivedAt) { "a message of the index has the time when it was received" })
        val about = filter.about(message)
        var isNewKind = false
        var report: ReportEntry? = null
        change {
            val noting = index.noted(key) ?: return@change
            isNewKind = noting.isNewKind
            if (noting.isDone) return@change
            isNewKind = about.signature != null && observe(about.signature, message.sender, key.receivedAt)
            report = about.answers?.let { answered(it, key.receivedAt) }
            if (about.isCommercial) about.key?.let(consents::get)?.let { consents.put(Core.on(it, "commercial", key.receivedAt)) }
            index.markNoted(key, isNewKind)
        }
        val promise = if (about.isCommercial) about.key?.let(consents::get) else null
        // The evidence is what a report would have beside it; nothing refuses a draft of a signed advert.
        val evidence = promise?.let { filter.draft(message, null, overrideCode = true, it).evidence }
        return Noted(if (isNewKind) Core.newKind(message.sender) else null, evidence, report)
    }

    /**
     * Notes what the end of a process left out: call it at start, after [Receiver.replay].
     *
     * @return how many messages
     */
    public fun resume(store: MessageStore): Int {
        val failures = Failures()
        var noted = 0
        for (key in index.unnoted()) failures.catch {
            val stored = store.get(key.id)?.takeIf { it.key == key }
            if (stored == null) index.markNoted(key, false) else note(key.id, stored.message).also { noted++ }
        }
        failures.rethrow()
        return noted
    }

    private fun observe(signature: String, sender: String, at: Long): Boolean {
        val (entry, isNewKind) = Core.observe(signature, index.signatures.get(signature), sender, at)
        index.signatures.put(entry, Core.mostSignatures)
        return isNewKind
    }

    /** The channel answers the latest report that expects it. */
    private fun answered(channel: String, at: Long): ReportEntry? {
        val (report, event) = reports.open(channel).firstNotNullOfOrNull { open -> Core.reply(open, at)?.let { open to it } } ?: return null
        return moved(report, event, at)
    }

    /**
     * What the user says of a sender: of an [OptOutOffer], once the word was sent, or of a list of senders.
     *
     * @param now milliseconds since 1970 UTC
     * @throws SmsFilterException `consent.refusal-stands`, `consent.never-asked`, `consent.nothing-to-revoke`
     */
    public fun on(key: ConsentKey, event: ConsentEvent, now: Long): ConsentEntry = change {
        Core.on(consents.get(key) ?: ConsentEntry(key), wireName(event), now).also(consents::put)
    }

    /**
     * Drafts a report as [SmsFilter.draftReport] does, with the evidence if the message came after a refusal.
     *
     * @param channel where to report: `china-mobile`, `china-unicom`, `12321-sms`, `12321-share` or `gsma-7726`; `null`: as it is
     *   proposed
     * @param overrideCode the user confirmed a second time that this one-time code is to be reported
     * @throws SmsFilterException `report.channel` for a name of no channel, and those of [SmsFilter.draftReport]
     */
    @JvmOverloads
    public fun draftReport(message: Message, channel: String? = null, overrideCode: Boolean = false): ReportDraft =
        filter.draft(message, channel, overrideCode, filter.consentKey(message)?.let(consents::get))

    /**
     * Begins a report: what the user is about to see. The draft's text is not kept; draft it again when a step is due.
     *
     * @param message the message's row id in its store
     * @param now milliseconds since 1970 UTC
     */
    public fun begin(message: Long, draft: ReportDraft, now: Long): ReportEntry = change {
        reports.draft(message, draft.channelId, draft.steps.size, now).also { Core.reply(it, now) }
    }

    /**
     * What the user or the channel does about a report. That 7726 asks for the sender [note] sees by itself.
     *
     * @param now milliseconds since 1970 UTC
     * @throws SmsFilterException `report.unknown` if it was forgotten; `report.not-previewed`, `report.under-way`,
     *   `report.already-sent` and other codes of what cannot be
     */
    public fun on(report: Long, event: ReportEvent, now: Long): ReportEntry = change { moved(found(report), event.wire, now) }

    /**
     * The user confirmed that the step which is due is sent by SMS: it waits for its turn, also across restarts. Once is
     * enough.
     *
     * @param parts how many SMS it will be: `SmsManager.divideMessage` decides
     * @throws SmsFilterException as [on], if no step is due
     */
    public fun queue(report: Long, parts: Int): Unit = change {
        require(parts > 0) { "an SMS has at least one part, not $parts" }
        Core.due(found(report))
        if (reports.dispatches().none { it.report == report && it.at == null }) reports.queue(report, parts)
    }

    /**
     * What to do about the steps that wait: send one, or wait, so that Android does not ask the user about too many SMS. The step
     * counts as handed to the system from now on; nobody else gets it.
     *
     * A step of which nothing was heard for [SILENCE_MS], or since the phone started again, counts as [Outcome.PARTLY]: it
     * may have gone, so it is not taken back, and the user may send it again.
     *
     * @param now milliseconds since 1970 UTC
     * @param elapsed milliseconds since the phone started
     * @return `null` if nothing waits
     */
    @JvmOverloads
    public fun next(now: Long, elapsed: Long = SystemClock.elapsedRealtime()): Turn? = change {
        val (old, lately) = reports.dispatches().partition { it.at != null && elapsed - it.at !in 0 until SILENCE_MS }
        for (dispatch in old) {
            reports.underWay(dispatch.id)?.let { moved(it, wireName(Outcome.PARTLY), now) }
            reports.drop(dispatch)
        }
        val (waiting, handed) = lately.partition { it.at == null }
        for (dispatch in waiting) {
            val report = reports.get(dispatch.report)
            val step = report?.let(::dueOrNull)
            if (step == null) {
                // Taken back, answered or forgotten meanwhile.
                reports.drop(dispatch)
                continue
            }
            val wait = Core.wait(elapsed, handed.map { NativeHanded(checkNotNull(it.at), it.parts) }, dispatch.parts)
            if (wait > 0) return@change Turn.Wait(wait)
            reports.handed(dispatch, elapsed)
            val sending = Core.on(report, "handed", now).copy(underWay = dispatch.id).also(reports::put)
            return@change Turn.Send(dispatch.id, sending, step)
        }
        null
    }

    /**
     * How sending went: what the `PendingIntent`s of all parts said. Only the first word counts.
     *
     * @param dispatch [Turn.Send.dispatch]
     * @param now milliseconds since 1970 UTC
     * @return the report; `null` if its outcome was known before
     */
    public fun settle(dispatch: Long, outcome: Outcome, now: Long): ReportEntry? = change {
        reports.underWay(dispatch)?.let { moved(it, wireName(outcome), now) }
    }

    private fun moved(report: ReportEntry, event: String, at: Long): ReportEntry = Core.on(report, event, at).also(reports::put)

    private fun found(report: Long): ReportEntry = reports.get(report) ?: throw SmsFilterException(
        "report.unknown",
        "没有这个举报，可能已被清除",
        "expected a report of this index, found none; it was forgotten, or never drafted",
        null,
    )

    private fun dueOrNull(report: ReportEntry): Int? = try {
        Core.due(report)
    } catch (refused: SmsFilterException) {
        if (!refused.code.startsWith("report.")) throw refused
        null
    }

    /** All of [body] or nothing. Native code comes first: receiving waits for a transaction, and must not wait for JNA. */
    private inline fun <T> change(body: () -> T): T {
        Core.mostSignatures
        return index.db.transaction(body)
    }

    public companion object {
        /** After which time a step that was handed to the system counts as lost: 15 minutes, our choice. */
        public const val SILENCE_MS: Long = 15 * 60_000L
    }
}

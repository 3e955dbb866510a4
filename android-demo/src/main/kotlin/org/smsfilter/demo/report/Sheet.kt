package org.smsfilter.demo.report

import android.content.Context
import org.smsfilter.Action
import org.smsfilter.Category
import org.smsfilter.MaskedText
import org.smsfilter.ReportDraft
import org.smsfilter.ReportEntry
import org.smsfilter.ReportState
import org.smsfilter.SmsFilter
import org.smsfilter.SmsFilterException
import org.smsfilter.Step
import org.smsfilter.demo.Phone
import org.smsfilter.demo.app

/**
 * Everything that the screen of a report shows of a message.
 *
 * @property drafts one for each channel that takes it, the proposed one first; none if it was refused
 * @property refused why there is no draft
 * @property report the report that is under way; `null`: none was begun
 * @property isQueued the user confirmed, and it waits for its turn
 */
class Sheet(
    val drafts: List<ReportDraft>,
    val refused: SmsFilterException?,
    val masked: MaskedText,
    val line: Line,
    val isFraud: Boolean,
    val report: ReportEntry?,
    val isQueued: Boolean,
) {
    /** The step of a draft that the user is asked about. */
    fun step(draft: ReportDraft): Step = draft.steps[index(draft)]

    fun index(draft: ReportDraft): Int = (report?.sent ?: 0).coerceAtMost(draft.steps.lastIndex)

    /** How many SMS a step is, as Android cuts it. */
    fun parts(step: Step): Int = if (step.to == null) 0 else line.manager.divideMessage(step.text).size

    companion object {
        /** @return `null` if the message is gone */
        fun of(context: Context, message: Long, wanted: Long?, overrideCode: Boolean): Sheet? {
            val phone = context.app.phone
            val stored = phone.store.get(message) ?: return null
            val subscription = phone.mailbox.get(listOf(message))[message]?.subscription ?: -1
            val report = wanted?.let(phone.index.reports::get) ?: open(phone, message)
            var refused: SmsFilterException? = null
            val drafts = try {
                // What was begun was confirmed: it is shown as it was, on the channel that it went to.
                if (report != null) listOf(phone.ledgers.draftReport(stored.message, report.channel, true))
                else Channels.drafts(phone, stored.message, overrideCode)
            } catch (e: SmsFilterException) {
                refused = e
                emptyList()
            }
            return Sheet(
                drafts, refused, SmsFilter.redact(stored.message.body), Line.of(context, subscription),
                (phone.index.get(stored.key)?.received?.category ?: phone.filter.classify(stored.message).category) >= Category.FRAUD,
                report, report != null && Reporter(context).isQueued(report.id),
            )
        }

        /** The latest report of a message that is neither closed nor given up. */
        fun open(phone: Phone, message: Long, channel: String? = null): ReportEntry? = phone.index.reports.of(message).lastOrNull {
            it.state != ReportState.UNDONE && it.state != ReportState.ANSWERED && !it.isGivenUp && (channel == null || it.channel == channel)
        }

        /** Notes that the user saw a draft and confirmed it: a report, and that the filter missed the message if it is in the inbox. */
        fun confirm(context: Context, message: Long, draft: ReportDraft, report: ReportEntry?): ReportEntry {
            val phone = context.app.phone
            val now = context.app.clock()
            // A second tap finds what the first began.
            val begun = report ?: open(phone, message, draft.channelId) ?: phone.ledgers.begin(message, draft, now)
            val seen = phone.ledgers.on(begun.id, org.smsfilter.ReportEvent.PREVIEWED, now)
            if (phone.index.get(message)?.received?.action == Action.INBOX) phone.index.miss(message, now)
            return seen
        }
    }
}

/** After so many failures the library sends it no more: another channel is needed. */
val ReportEntry.isGivenUp: Boolean get() = state == ReportState.FAILED && failures >= 3

package org.smsfilter

import android.database.Cursor
import org.smsfilter.storage.Connection
import org.smsfilter.storage.constant
import org.smsfilter.storage.flag
import org.smsfilter.storage.int
import org.smsfilter.storage.long
import org.smsfilter.storage.longOrNull
import org.smsfilter.storage.text

/** How far a report is: `smsfilter::report::ledger::State`. */
public enum class ReportState {
    /** Written, not yet seen. */
    DRAFTED,

    /** The user saw what would be sent. */
    PREVIEWED,

    /** A step has gone. */
    SENT,

    /** A step did not go. */
    FAILED,

    /** The user took it back. Final. */
    UNDONE,

    /** The channel answered. Final. */
    ANSWERED,
}

/** What the user or the channel does about a report. How sending went, [Ledgers.settle] says. */
public enum class ReportEvent {
    /** The user saw what would be sent. */
    PREVIEWED,

    /** The user gave the step to another application, such as the share sheet's, which sends it. */
    SHARED,

    /** The user took the report back. */
    UNDONE,

    /** The channel asks for the next step, as 7726 asks for the sender. */
    ASKED,

    /** The channel answered, and that was all. */
    ANSWERED,
    ;

    internal val wire: String get() = if (this == SHARED) "sent" else wireName(this)
}

/** How sending a step went. */
public enum class Outcome {
    /** All of its parts have gone. */
    SENT,

    /** Nothing has gone. */
    FAILED,

    /** Some parts have gone, or nobody knows. */
    PARTLY,
}

/**
 * What is to be done about the reports that wait to be sent.
 *
 * @see Ledgers.next
 */
public sealed class Turn {
    /**
     * Send this step now, and tell [Ledgers.settle] how that went.
     *
     * @property dispatch names the sending; put it into the `PendingIntent`s, whose results may come twice
     * @property report the report, under way from now on
     * @property step which of [ReportDraft.steps], counted from 0
     */
    @ConsistentCopyVisibility
    public data class Send internal constructor(val dispatch: Long, val report: ReportEntry, val step: Int) : Turn()

    /**
     * Ask again later: Android would ask the user otherwise.
     *
     * @property millis in how many milliseconds
     */
    @ConsistentCopyVisibility
    public data class Wait internal constructor(val millis: Long) : Turn()
}

/**
 * How far a report is, without its text: `smsfilter::report::ledger::Entry`, field by field. Times are milliseconds since
 * 1970 UTC.
 *
 * @property message the message's row id in its store
 * @property channel the channel's wire name, such as `china-mobile`
 * @property steps steps in all
 * @property sent steps that have gone
 * @property underWay the sending whose outcome is not known yet: [Turn.Send.dispatch]
 * @property asked whether the channel asked for the next step
 * @property failures failures so far
 * @property partly whether a step went in part
 * @property sentAt when the last step went
 * @property answeredAt when the channel's answer closed it
 * @property last the id of the last event; the next has a higher one
 */
@ConsistentCopyVisibility
public data class ReportEntry internal constructor(
    val id: Long,
    val message: Long,
    val channel: String,
    val state: ReportState,
    val steps: Int,
    val sent: Int,
    val underWay: Long?,
    val asked: Boolean,
    val failures: Int,
    val partly: Boolean,
    val draftedAt: Long,
    val sentAt: Long?,
    val answeredAt: Long?,
    val last: Long?,
)

/** The ledger of reports, as it is stored. [Ledgers] moves its entries. */
public class Reports internal constructor(private val db: Connection) {
    /**
     * Begins a report.
     *
     * @param draftedAt milliseconds since 1970 UTC
     */
    internal fun draft(message: Long, channel: String, steps: Int, draftedAt: Long): ReportEntry {
        val id = db.insert(
            """INSERT INTO report (message, channel, state, steps, sent, asked, failures, partly, drafted_at)
                VALUES (?, ?, 'drafted', ?, 0, 0, 0, 0, ?)""",
            message, channel, steps, draftedAt,
        )
        return ReportEntry(id, message, channel, ReportState.DRAFTED, steps, 0, null, false, 0, false, draftedAt, null, null, null)
    }

    /** Replaces a report by what an event made of it. */
    internal fun put(entry: ReportEntry) {
        db.change(
            """INSERT OR REPLACE INTO report (id, message, channel, state, steps, sent, under_way, asked, failures, partly, drafted_at,
                sent_at, answered_at, last) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            entry.id, entry.message, entry.channel, wireName(entry.state), entry.steps, entry.sent, entry.underWay, entry.asked,
            entry.failures, entry.partly, entry.draftedAt, entry.sentAt, entry.answeredAt, entry.last,
        )
    }

    /** A report. */
    public fun get(id: Long): ReportEntry? = db.rows("SELECT * FROM report WHERE id = ?", id, read = ::read).singleOrNull()

    /** The reports of a message, the oldest first. */
    public fun of(message: Long): List<ReportEntry> =
        db.rows("SELECT * FROM report WHERE message = ? ORDER BY id", message, read = ::read)

    /**
     * A page of all reports, the latest first.
     *
     * @param after the last entry of the page before; `null`: the first page
     */
    @JvmOverloads
    public fun page(after: ReportEntry? = null, limit: Int = 50): List<ReportEntry> {
        val (time, id) = if (after == null) Long.MAX_VALUE to Long.MAX_VALUE else after.draftedAt to after.id
        return db.rows(
            "SELECT * FROM report WHERE (drafted_at, id) < ($time, $id) ORDER BY drafted_at DESC, id DESC LIMIT $limit",
            read = ::read,
        )
    }

    /** Those that a channel may answer, the latest first. */
    internal fun open(channel: String): List<ReportEntry> = db.rows(
        "SELECT * FROM report WHERE channel = ? AND state NOT IN ('undone', 'answered') ORDER BY drafted_at DESC", channel, read = ::read,
    )

    /** The one whose step is sent under this number. */
    internal fun underWay(dispatch: Long): ReportEntry? =
        db.rows("SELECT * FROM report WHERE under_way = ?", dispatch, read = ::read).singleOrNull()

    /** All steps that wait to be sent or went lately, in their order: few. */
    internal fun dispatches(): List<Dispatch> = db.rows("SELECT * FROM dispatch ORDER BY id") { row ->
        Dispatch(row.long("id"), row.long("report"), row.int("parts"), row.longOrNull("at"))
    }

    internal fun queue(report: Long, parts: Int) {
        db.insert("INSERT INTO dispatch (report, parts) VALUES (?, ?)", report, parts)
    }

    internal fun handed(dispatch: Dispatch, elapsed: Long) {
        db.change("UPDATE dispatch SET at = ? WHERE id = ?", elapsed, dispatch.id)
    }

    internal fun drop(dispatch: Dispatch) {
        db.change("DELETE FROM dispatch WHERE id = ?", dispatch.id)
    }

    /**
     * A step that waits to be sent, or was handed to the system.
     *
     * @property at when it was handed to the system, in milliseconds since the phone started; `null`: it waits
     */
    internal class Dispatch(val id: Long, val report: Long, val parts: Int, val at: Long?)

    /**
     * Forgets reports that are undone or answered.
     *
     * @param before those drafted earlier than this, milliseconds since 1970 UTC
     * @return how many
     */
    public fun forget(before: Long): Int =
        db.change("DELETE FROM report WHERE drafted_at < ? AND state IN ('undone', 'answered')", before)

    private fun read(row: Cursor) = ReportEntry(
        id = row.long("id"),
        message = row.long("message"),
        channel = row.text("channel"),
        // Of an unknown state nothing may follow, as of a final one.
        state = constant<ReportState>(row.text("state")) ?: ReportState.UNDONE,
        steps = row.int("steps"),
        sent = row.int("sent"),
        underWay = row.longOrNull("under_way"),
        asked = row.flag("asked"),
        failures = row.int("failures"),
        partly = row.flag("partly"),
        draftedAt = row.long("drafted_at"),
        sentAt = row.longOrNull("sent_at"),
        answeredAt = row.longOrNull("answered_at"),
        last = row.longOrNull("last"),
    )
}

package org.smsfilter

import android.database.Cursor
import org.smsfilter.storage.Connection
import org.smsfilter.storage.constant
import org.smsfilter.storage.flag
import org.smsfilter.storage.int
import org.smsfilter.storage.long
import org.smsfilter.storage.longOrNull
import org.smsfilter.storage.text

/** How far a report is: `smsfilter::report::ledger::State`, which says what may follow what. */
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

/**
 * How far a report is, without its text: `smsfilter::report::ledger::Entry`, field by field. Times are milliseconds since
 * 1970 UTC.
 *
 * @property message the message's row id in its store
 * @property channel the channel's wire name, such as `china-mobile`
 * @property steps steps in all
 * @property sent steps that have gone
 * @property asked whether the channel asked for the next step
 * @property failures failures so far
 * @property partly whether a step went in part
 * @property sentAt when the last step went
 * @property answeredAt when the channel's answer closed it
 * @property last the id of the last event; the next has a higher one
 */
public data class ReportEntry(
    val id: Long,
    val message: Long,
    val channel: String,
    val state: ReportState,
    val steps: Int,
    val sent: Int,
    val asked: Boolean,
    val failures: Int,
    val partly: Boolean,
    val draftedAt: Long,
    val sentAt: Long?,
    val answeredAt: Long?,
    val last: Long?,
)

/** The ledger of reports. What an event makes of an entry is decided elsewhere; here entries are kept. */
public class Reports internal constructor(private val db: Connection) {
    /**
     * Begins a report.
     *
     * @param draftedAt milliseconds since 1970 UTC
     */
    public fun draft(message: Long, channel: String, steps: Int, draftedAt: Long): ReportEntry {
        val id = db.insert(
            """INSERT INTO report (message, channel, state, steps, sent, asked, failures, partly, drafted_at)
                VALUES (?, ?, 'drafted', ?, 0, 0, 0, 0, ?)""",
            message, channel, steps, draftedAt,
        )
        return ReportEntry(id, message, channel, ReportState.DRAFTED, steps, 0, false, 0, false, draftedAt, null, null, null)
    }

    /** Replaces a report by what an event made of it. */
    public fun put(entry: ReportEntry) {
        db.change(
            """INSERT OR REPLACE INTO report (id, message, channel, state, steps, sent, asked, failures, partly, drafted_at,
                sent_at, answered_at, last) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            entry.id, entry.message, entry.channel, wireName(entry.state), entry.steps, entry.sent, entry.asked, entry.failures,
            entry.partly, entry.draftedAt, entry.sentAt, entry.answeredAt, entry.last,
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
        asked = row.flag("asked"),
        failures = row.int("failures"),
        partly = row.flag("partly"),
        draftedAt = row.long("drafted_at"),
        sentAt = row.longOrNull("sent_at"),
        answeredAt = row.longOrNull("answered_at"),
        last = row.longOrNull("last"),
    )
}

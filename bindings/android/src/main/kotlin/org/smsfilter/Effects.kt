package org.smsfilter

import android.database.Cursor
import org.smsfilter.storage.Connection
import org.smsfilter.storage.constant
import org.smsfilter.storage.int
import org.smsfilter.storage.long
import org.smsfilter.storage.text

/**
 * What the filter did to the messages of a day.
 *
 * @property day the receiver's day on which they came, counted from 1970-01-01: `LocalDate.ofEpochDay` reads it
 * @property action what was decided
 * @property caught messages that did not go into the inbox as if there were no filter
 * @property restored those of them that the user took back
 * @property missed messages that the user called spam that came through
 */
public data class Effect(
    val day: Long,
    val category: Category,
    val action: Action,
    val caught: Int,
    val restored: Int,
    val missed: Int,
)

/** What the filter did, in numbers: they outlive the messages, and tell of none. */
public class Effects internal constructor(private val db: Connection) {
    /** The days from [first] to [last], both included, the oldest first. Days are counted from 1970-01-01. */
    public fun between(first: Long, last: Long): List<Effect> =
        db.rows("SELECT * FROM effect WHERE day BETWEEN ? AND ? ORDER BY day, category, action", first, last, read = ::read)

    /** Counts a message of the index. The caller holds the transaction in which that happened. */
    internal fun add(column: String, message: Long) {
        db.change("INSERT OR IGNORE INTO effect SELECT day, category, action, 0, 0, 0 FROM message WHERE id = ?", message)
        db.change(
            """UPDATE effect SET $column = $column + 1
                WHERE (day, category, action) = (SELECT day, category, action FROM message WHERE id = ?)""",
            message,
        )
    }

    /** Counts a message no more that [add] counted. The caller holds the transaction. */
    internal fun takeBack(column: String, message: Long) {
        db.change(
            """UPDATE effect SET $column = $column - 1
                WHERE (day, category, action) = (SELECT day, category, action FROM message WHERE id = ?) AND $column > 0""",
            message,
        )
    }

    private fun read(row: Cursor) = Effect(
        day = row.long("day"),
        category = constant<Category>(row.text("category")) ?: Category.UNKNOWN,
        action = constant<Action>(row.text("action")) ?: Action.INBOX,
        caught = row.int("caught"),
        restored = row.int("restored"),
        missed = row.int("missed"),
    )
}

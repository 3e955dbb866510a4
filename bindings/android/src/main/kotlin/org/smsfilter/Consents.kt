package org.smsfilter

import android.database.Cursor
import org.smsfilter.storage.Connection
import org.smsfilter.storage.constant
import org.smsfilter.storage.longOrNull
import org.smsfilter.storage.text

/** What a sender was told: `smsfilter::consent::State`, which says what may follow what. */
public enum class ConsentState {
    /** Nothing was said. */
    UNKNOWN,

    /** The user wants these messages. */
    CONSENTED,

    /** The user sent the opt-out. */
    ASKED_TO_STOP,

    /** The sender confirmed it. */
    STOPPED,

    /** A commercial message came long after the refusal. */
    BROKE_THE_PROMISE,
}

/** What the user says of a sender. That a message came, [Ledgers.note] says. */
public enum class ConsentEvent {
    /** The user wants these messages. */
    CONSENTED,

    /** The user sent the opt-out. */
    ASKED_TO_STOP,

    /** A message confirms it, such as 您已退订成功. */
    CONFIRMED,

    /** The user takes the refusal back. */
    REVOKED,
}

/**
 * Whose promise it is: `smsfilter::consent::Key`. [SmsFilter.consentKey] reads it from a message.
 *
 * @property signature the name in 【】, as folded
 * @property port the number, as parsed
 */
@ConsistentCopyVisibility
public data class ConsentKey internal constructor(val signature: String, val port: String) {
    /** Shows nothing: names and numbers belong into no log. */
    override fun toString(): String = "ConsentKey"
}

/**
 * Where things stand with a sender: `smsfilter::consent::Promise` and its key, field by field. Times are milliseconds since
 * 1970 UTC.
 *
 * @property askedAt when the user first asked to stop, as long as that holds
 * @property confirmedAt when the sender confirmed that
 * @property brokenAt when the first and the latest commercial message came that broke it
 * @property last the id of the last event; the next has a higher one
 */
@ConsistentCopyVisibility
public data class ConsentEntry internal constructor(
    val key: ConsentKey,
    val state: ConsentState = ConsentState.UNKNOWN,
    val askedAt: Long? = null,
    val confirmedAt: Long? = null,
    val brokenAt: Broken? = null,
    val last: Long? = null,
) {
    /** When the first and the latest commercial message came. */
    public data class Broken(val first: Long, val latest: Long)
}

/** The ledger of consent, as it is stored. [Ledgers] moves its entries. */
public class Consents internal constructor(private val db: Connection) {
    /** Adds an entry, or replaces it by what an event made of it. */
    internal fun put(entry: ConsentEntry) {
        db.change(
            """INSERT OR REPLACE INTO consent (signature, port, state, asked_at, confirmed_at, broken_first_at, broken_last_at,
                last) VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
            entry.key.signature, entry.key.port, wireName(entry.state), entry.askedAt, entry.confirmedAt,
            entry.brokenAt?.first, entry.brokenAt?.latest, entry.last,
        )
    }

    /** Where things stand with a sender, if anything was ever said. */
    public fun get(key: ConsentKey): ConsentEntry? =
        db.rows("SELECT * FROM consent WHERE signature = ? AND port = ?", key.signature, key.port, read = ::read).singleOrNull()

    /**
     * A page of all entries, in the order of their keys.
     *
     * @param after the last key of the page before; `null`: the first page
     */
    @JvmOverloads
    public fun page(after: ConsentKey? = null, limit: Int = 50): List<ConsentEntry> {
        val from = after ?: ConsentKey("", "")
        return db.rows(
            "SELECT * FROM consent WHERE (signature, port) > (?, ?) ORDER BY signature, port LIMIT $limit",
            from.signature, from.port, read = ::read,
        )
    }

    /** Forgets what was said to a sender. */
    public fun forget(key: ConsentKey) {
        db.change("DELETE FROM consent WHERE signature = ? AND port = ?", key.signature, key.port)
    }

    private fun read(row: Cursor) = ConsentEntry(
        key = ConsentKey(row.text("signature"), row.text("port")),
        state = constant<ConsentState>(row.text("state")) ?: ConsentState.UNKNOWN,
        askedAt = row.longOrNull("asked_at"),
        confirmedAt = row.longOrNull("confirmed_at"),
        brokenAt = row.longOrNull("broken_first_at")?.let { first ->
            ConsentEntry.Broken(first, row.longOrNull("broken_last_at") ?: first)
        },
        last = row.longOrNull("last"),
    )
}

package org.smsfilter

import android.database.Cursor
import org.smsfilter.storage.Connection
import org.smsfilter.storage.long
import org.smsfilter.storage.text

/**
 * From which kinds of number a signature came: `smsfilter::consent::first_seen::Seen` under its name.
 *
 * @property kinds kinds of number, a bit each, 0 to 2³² − 1: of no meaning outside
 * @property lastAt when it last came, milliseconds since 1970 UTC
 */
@ConsistentCopyVisibility
public data class SignatureEntry internal constructor(val signature: String, val kinds: Long, val lastAt: Long) {
    /** Shows nothing: whom somebody hears from belongs into no log. */
    override fun toString(): String = "SignatureEntry"
}

/** The signatures that this phone has seen. [Ledgers.note] adds to them. */
public class Signatures internal constructor(private val db: Connection) {
    /** All of them, by signature. */
    public fun all(): List<SignatureEntry> = db.rows("SELECT * FROM first_seen ORDER BY signature", read = ::read)

    /** One of them. */
    public fun get(signature: String): SignatureEntry? =
        db.rows("SELECT * FROM first_seen WHERE signature = ?", signature, read = ::read).singleOrNull()

    /** Remembers an entry in the place of the one before, and of all of them the [most] that came last. */
    internal fun put(entry: SignatureEntry, most: Int) {
        db.change("INSERT OR REPLACE INTO first_seen VALUES (?, ?, ?)", entry.signature, entry.kinds, entry.lastAt)
        db.change("DELETE FROM first_seen WHERE signature IN (SELECT signature FROM first_seen ORDER BY last_at DESC LIMIT -1 OFFSET ?)", most)
    }

    private fun read(row: Cursor) = SignatureEntry(row.text("signature"), row.long("kinds"), row.long("last_at"))
}

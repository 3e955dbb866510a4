package org.smsfilter

import android.database.Cursor
import org.smsfilter.storage.Connection
import org.smsfilter.storage.long
import org.smsfilter.storage.text

/**
 * From which kinds of number a signature came: a row of `smsfilter::consent::FirstSeen`.
 *
 * @property kinds kinds of number, a bit each, 0 to 2³² − 1: of no meaning outside
 * @property lastAt when it last came, milliseconds since 1970 UTC
 */
public data class SignatureEntry(val signature: String, val kinds: Long, val lastAt: Long) {
    /** Shows nothing: whom somebody hears from belongs into no log. */
    override fun toString(): String = "SignatureEntry"
}

/** The signatures that this phone has seen. How many are worth keeping is decided elsewhere; here they are kept. */
public class Signatures internal constructor(private val db: Connection) {
    /** All of them, by signature. */
    public fun all(): List<SignatureEntry> = db.rows("SELECT * FROM first_seen ORDER BY signature", read = ::read)

    /** One of them. */
    public fun get(signature: String): SignatureEntry? =
        db.rows("SELECT * FROM first_seen WHERE signature = ?", signature, read = ::read).singleOrNull()

    /** Remembers an entry in the place of the one before, and forgets those that had to make room, all at once. */
    @JvmOverloads
    public fun put(entry: SignatureEntry, forget: Collection<String> = emptyList()): Unit = db.transaction {
        for (signature in forget) db.change("DELETE FROM first_seen WHERE signature = ?", signature)
        db.change("INSERT OR REPLACE INTO first_seen VALUES (?, ?, ?)", entry.signature, entry.kinds, entry.lastAt)
    }

    private fun read(row: Cursor) = SignatureEntry(row.text("signature"), row.long("kinds"), row.long("last_at"))
}

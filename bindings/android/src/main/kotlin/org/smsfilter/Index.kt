package org.smsfilter

import android.content.Context
import android.database.sqlite.SQLiteDatabase
import java.io.File
import org.smsfilter.storage.Connection
import org.smsfilter.storage.Database
import org.smsfilter.storage.Schema
import org.smsfilter.storage.entry
import org.smsfilter.storage.flag
import org.smsfilter.storage.flagBits
import org.smsfilter.storage.long
import org.smsfilter.storage.writeJson

/**
 * What became of each message, by its row id in the message store, and the ledgers beside it. No text of a message and no
 * sender's number is in it, but for the ports and signatures of [consents] and the signatures of [signatures].
 *
 * It is one SQLite file in a directory that Android does not back up: on another phone the row ids would mean other
 * messages. One index a process; all methods may be called from any thread but the main one, as they wait for the disk.
 * Each change is on disk when its method returns, or has not happened. All throw
 * [SQLiteException][android.database.sqlite.SQLiteException] when the disk fails or is full. A file that is damaged beyond
 * reading is begun anew by Android: what was hidden is then in the inbox again.
 */
public class Index private constructor(private val helper: Database) : AutoCloseable {
    internal val db: Connection = Connection(helper.writableDatabase, helper.before)

    /** Reports that the user drafted or sent; [Ledgers] moves them. */
    @get:JvmName("reports")
    public val reports: Reports = Reports(db)

    /** Who was asked to stop; [Ledgers] moves them. */
    @get:JvmName("consents")
    public val consents: Consents = Consents(db)

    /** Which signatures came from which kinds of number. */
    @get:JvmName("signatures")
    public val signatures: Signatures = Signatures(db)

    /** What the filter did, counted by day. */
    @get:JvmName("effects")
    public val effects: Effects = Effects(db)

    /** From when on messages are the filter's, milliseconds since 1970 UTC. Older ones are left as they are. */
    internal val since: Long get() = db.rows("SELECT since FROM origin") { it.long("since") }.single()

    /**
     * Remembers the decision on a message and counts it. A message that is there already stays as it is.
     *
     * @param utcOffsetMinutes the receiver's offset from UTC: whose day the message is counted on
     * @return what the index now has
     */
    @JvmOverloads
    @Synchronized
    public fun put(key: MessageKey, received: Received, utcOffsetMinutes: Int = 0): IndexEntry =
        get(key) ?: db.transaction {
            val day = Math.floorDiv(key.receivedAt + utcOffsetMinutes * 60_000L, DAY)
            val until = received.keepDays?.let { key.receivedAt + it * DAY }
            // Replaces: another message had the id before.
            db.change(
                """INSERT OR REPLACE INTO message (id, received_at, category, subcategory, score, points, flags, failure, action,
                    policy_row, until, day, notified) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)""",
                key.id, key.receivedAt, received.category.wire, received.number, received.score, received.points,
                flagBits(received), received.failure?.let(::wireName), wireName(received.action), received.row, until, day,
            )
            if (received.action != Action.INBOX) effects.add("caught", key.id)
            IndexEntry(key, received, until, restoredAt = null, missedAt = null, isNotified = false)
        }

    /** The message that has this row id, if it is known. */
    public fun get(id: Long): IndexEntry? = get(listOf(id))[id]

    /** This message, if it is known. */
    public fun get(key: MessageKey): IndexEntry? = get(key.id)?.takeIf { it.key == key }

    /** Those of the messages that are known, by row id: one query for a page of an inbox. */
    public fun get(ids: Collection<Long>): Map<Long, IndexEntry> = ids.chunked(MOST_IDS).flatMap { some ->
        db.rows("SELECT * FROM message WHERE id IN (${some.joinToString()})", read = ::entry)
    }.associateBy { it.key.id }

    /**
     * A page, newest first.
     *
     * @param action only messages in this place: those that the user took back are in none
     * @param category only messages of this category
     * @param after the last key of the page before; `null`: the first page
     * @param limit most entries of the page
     */
    @JvmOverloads
    public fun page(action: Action? = null, category: Category? = null, after: MessageKey? = null, limit: Int = 50): List<IndexEntry> {
        val (where, args) = where(action, category)
        val next = if (after == null) "" else "AND (received_at, id) < (${after.receivedAt}, ${after.id})"
        return db.rows("SELECT * FROM message WHERE $where $next ORDER BY received_at DESC, id DESC LIMIT $limit", *args, read = ::entry)
    }

    /** How many messages [page] has in all its pages. */
    @JvmOverloads
    public fun count(action: Action? = null, category: Category? = null): Int {
        val (where, args) = where(action, category)
        return db.rows("SELECT count(*) FROM message WHERE $where", *args) { it.getInt(0) }.single()
    }

    private fun where(action: Action?, category: Category?): Pair<String, Array<String>> {
        val place = action?.let { "action = ? AND restored_at IS NULL" }
        // The condition that all meet leads an empty choice to the index by time.
        val conditions = listOfNotNull(place, category?.let { "category = ?" }).ifEmpty { listOf("received_at >= ${Long.MIN_VALUE}") }
        return conditions.joinToString(" AND ") to listOfNotNull(action?.let(::wireName), category?.wire).toTypedArray()
    }

    /**
     * Messages that retention may delete, the oldest first: in quarantine, not taken back, their time over.
     *
     * @param now milliseconds since 1970 UTC
     */
    public fun expired(now: Long): List<IndexEntry> = db.rows(
        """SELECT * FROM message INDEXED BY message_by_until
            WHERE action = 'quarantine' AND restored_at IS NULL AND until <= $now ORDER BY until""",
        read = ::entry,
    )

    /** Messages whose decision the application has not been told of, the oldest first. */
    internal fun unnotified(): List<IndexEntry> =
        db.rows("SELECT * FROM message WHERE notified = 0 ORDER BY received_at, id", read = ::entry)

    /** Remembers that the application was told of the decision. */
    @Synchronized
    internal fun markNotified(key: MessageKey) {
        db.change("UPDATE message SET notified = 1 WHERE id = ? AND received_at = ?", key.id, key.receivedAt)
    }

    /** Messages that the ledgers do not know and the application was told of, the oldest first. */
    internal fun unnoted(): List<MessageKey> =
        db.rows("SELECT id, received_at FROM message WHERE noted = 0 AND notified = 1 ORDER BY received_at, id") {
            MessageKey(it.long("id"), it.long("received_at"))
        }

    /** Whether the ledgers know a message, and it came from a kind of number new for its signature; `null`: it is not here. */
    internal fun noted(key: MessageKey): Noting? =
        db.rows("SELECT noted, new_kind FROM message WHERE id = ? AND received_at = ?", key.id, key.receivedAt) {
            Noting(it.flag("noted"), it.flag("new_kind"))
        }.singleOrNull()

    /** Remembers that the ledgers know a message. The caller holds the transaction in which they learnt it. */
    internal fun markNoted(key: MessageKey, isNewKind: Boolean) {
        db.change("UPDATE message SET noted = 1, new_kind = ? WHERE id = ? AND received_at = ?", isNewKind, key.id, key.receivedAt)
    }

    internal class Noting(val isDone: Boolean, val isNewKind: Boolean)

    /**
     * Takes a message back into the inbox, for good unless [undoRestore] undoes it, and counts that.
     *
     * @param now milliseconds since 1970 UTC
     * @return whether it was in quarantine or in the digest
     */
    @Synchronized
    public fun restore(id: Long, now: Long): Boolean = db.transaction {
        val moved = db.change(
            "UPDATE message SET restored_at = ? WHERE id = ? AND action IN ('quarantine', 'digest') AND restored_at IS NULL",
            now, id,
        ) == 1
        if (moved) effects.add("restored", id)
        moved
    }

    /**
     * Undoes [restore]: the message is again where the filter had put it, for as long as was said then, and counts as restored
     * no more. For the moment after a tap that was not meant; a message that retention may delete by now is the next to go.
     *
     * @return whether the user had restored it
     */
    @Synchronized
    public fun undoRestore(id: Long): Boolean = db.transaction {
        val moved = db.change("UPDATE message SET restored_at = NULL WHERE id = ? AND restored_at IS NOT NULL", id) == 1
        if (moved) effects.takeBack("restored", id)
        moved
    }

    /**
     * The user calls a message spam that came through: counts that. The message stays where it is.
     *
     * @param now milliseconds since 1970 UTC
     * @return whether it was not called so before
     */
    @Synchronized
    public fun miss(id: Long, now: Long): Boolean = db.transaction {
        val isNew = db.change("UPDATE message SET missed_at = ? WHERE id = ? AND missed_at IS NULL", now, id) == 1
        if (isNew) effects.add("missed", id)
        isNew
    }

    /** Forgets a message: call it when the message is deleted from the store. What was counted stays counted. */
    @Synchronized
    public fun forget(key: MessageKey) {
        db.change("DELETE FROM message WHERE id = ? AND received_at = ?", key.id, key.receivedAt)
    }

    /**
     * Forgets everything, ledgers and counters included, and leaves none of it in the file. The messages stay in their
     * store: those that were hidden are in the inbox again, and nothing judges them anew.
     *
     * @param now milliseconds since 1970 UTC: later messages are the filter's
     */
    @Synchronized
    public fun wipe(now: Long) {
        db.transaction {
            for (table in Schema.TABLES) db.change("DELETE FROM $table")
            db.change("UPDATE origin SET since = ?", now)
        }
        // Deleted rows stay readable in free pages and in the log until these are gone, too.
        db.run("VACUUM")
        db.rows("PRAGMA wal_checkpoint(TRUNCATE)") {}
    }

    /**
     * Writes everything that is in the index, one JSON object a line with the name of its table. Signatures and ports tell
     * whom the user hears from: call it only when the user asked for it, and write to where the user chose. Nothing else
     * leaves the index.
     *
     * @throws java.io.IOException what [out] throws
     */
    public fun export(out: Appendable): Unit = db.transaction {
        for (table in Schema.TABLES) writeJson(db, table, out)
    }

    /** Closes the file. Later calls throw [IllegalStateException]. */
    override fun close(): Unit = helper.close()

    public companion object {
        private const val DAY = 86_400_000L
        private const val MOST_IDS = 500

        /**
         * Opens the index of this application, or begins it.
         *
         * @param now milliseconds since 1970 UTC: if the index is new, older messages are never judged
         * @throws SmsFilterException `index.newer` if a later version of this library wrote it; [delete] begins anew
         */
        @JvmStatic
        @JvmOverloads
        public fun open(context: Context, now: Long = System.currentTimeMillis()): Index = open(context, file(context), now)

        internal fun open(context: Context, file: File, now: Long, before: (String) -> Unit = {}): Index {
            val helper = Database(context, file, now, before)
            return try {
                helper.writableDatabase
                // A connection that was open before a migration goes on naming the columns of the old version.
                if (helper.isMigrated) helper.close()
                Index(helper)
            } catch (e: RuntimeException) {
                helper.close()
                throw e
            }
        }

        /** Deletes the index, which must be closed. Unlike [wipe] this works on a file that cannot be opened. */
        @JvmStatic
        public fun delete(context: Context): Boolean = SQLiteDatabase.deleteDatabase(file(context))

        private fun file(context: Context) = File(context.noBackupFilesDir, "smsfilter.db")
    }
}

package org.smsfilter.demo.messages

import android.content.ContentResolver
import android.content.ContentValues
import android.database.Cursor
import android.provider.Telephony.Sms
import org.smsfilter.Index
import org.smsfilter.IndexEntry
import org.smsfilter.MessageKey

/**
 * A message as Android's store has it.
 *
 * @property thread the conversation
 * @property date milliseconds since 1970 UTC
 * @property type one of [Sms]'s `MESSAGE_TYPE_`
 * @property status whether it was delivered: one of [Sms]'s `STATUS_`
 * @property subscription Android's id of the SIM; −1 if unknown
 */
data class StoredSms(
    val id: Long,
    val thread: Long,
    val address: String,
    val body: String,
    val date: Long,
    val type: Int,
    val isRead: Boolean,
    val status: Int,
    val subscription: Int,
) {
    val key: MessageKey get() = MessageKey(id, date)
    val isReceived: Boolean get() = type == Sms.MESSAGE_TYPE_INBOX

    /** A message may end up in a log by accident. */
    override fun toString(): String = "StoredSms"
}

/** A message and what the filter decided of it, if it was asked. */
data class Letter(val sms: StoredSms, val entry: IndexEntry?)

/** @property last its latest message that is not hidden */
data class Conversation(val last: Letter, val unread: Int)

/** What Android's store has, without what the index hides. All methods wait for the disk. */
class Mailbox(private val resolver: ContentResolver, private val index: Index) {
    /** The conversations with the latest messages, the latest first. */
    fun conversations(limit: Int = 50): List<Conversation> {
        val unread = HashMap<Long, Int>()
        visible("${Sms.READ} = 0 AND ${Sms.TYPE} = ${Sms.MESSAGE_TYPE_INBOX}") { unread.merge(it.sms.thread, 1, Int::plus); true }
        val last = LinkedHashMap<Long, Letter>()
        visible("1") { last.putIfAbsent(it.sms.thread, it); last.size < limit }
        return last.values.map { Conversation(it, unread[it.sms.thread] ?: 0) }
    }

    /** The latest messages of a conversation, the oldest first. */
    fun thread(thread: Long, limit: Int = 200): List<Letter> {
        val letters = ArrayList<Letter>()
        visible("${Sms.THREAD_ID} = $thread") { letters += it; letters.size < limit }
        return letters.asReversed()
    }

    /** Messages that have a text, the latest first. */
    fun search(text: String, limit: Int = 100): List<Letter> {
        val pattern = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        val letters = ArrayList<Letter>()
        visible("${Sms.BODY} LIKE ? ESCAPE '\\'", pattern) { letters += it; letters.size < limit }
        return letters
    }

    /** Messages by row id, hidden ones too. */
    fun get(ids: Collection<Long>): Map<Long, StoredSms> =
        if (ids.isEmpty()) emptyMap() else query("${Sms._ID} IN (${ids.joinToString()})") { rows -> rows.asSequence().map(::read).associateBy { it.id } }

    /** Marks what is received in a conversation as read. */
    fun markRead(thread: Long) {
        val read = ContentValues().apply { put(Sms.READ, 1); put(Sms.SEEN, 1) }
        resolver.update(Sms.CONTENT_URI, read, "${Sms.THREAD_ID} = ? AND ${Sms.READ} = 0", arrayOf("$thread"))
    }

    /** Deletes messages for good, and lets the index forget them. */
    fun delete(keys: Collection<MessageKey>) {
        for (key in keys) {
            resolver.delete(Sms.CONTENT_URI, "${Sms._ID} = ? AND ${Sms.DATE} = ?", arrayOf("${key.id}", "${key.receivedAt}"))
            index.forget(key)
        }
    }

    /** Visits messages, the latest first, without those that the index hides, until [visit] has enough. */
    private fun visible(where: String, vararg args: String, visit: (Letter) -> Boolean) {
        query(where, *args) { rows ->
            for (some in rows.asSequence().map(::read).chunked(CHUNK)) {
                val entries = index.get(some.map { it.id })
                for (sms in some) {
                    val entry = entries[sms.id]?.takeIf { it.key == sms.key }
                    if (entry?.isHidden != true && !visit(Letter(sms, entry))) return@query
                }
            }
        }
    }

    private fun <T> query(where: String, vararg args: String, read: (Cursor) -> T): T {
        val rows = resolver.query(Sms.CONTENT_URI, COLUMNS, where, arrayOf(*args), "${Sms.DATE} DESC, ${Sms._ID} DESC")
        return checkNotNull(rows) { "expected rows from the SMS provider, found none to ask" }.use(read)
    }

    private fun Cursor.asSequence(): Sequence<Cursor> = generateSequence { takeIf { it.moveToNext() } }

    private fun read(row: Cursor) = StoredSms(
        row.getLong(0), row.getLong(1), row.getString(2).orEmpty(), row.getString(3).orEmpty(), row.getLong(4),
        row.getInt(5), row.getInt(6) != 0, row.getInt(7), row.getInt(8),
    )

    private companion object {
        const val CHUNK = 200
        val COLUMNS = arrayOf(
            Sms._ID, Sms.THREAD_ID, Sms.ADDRESS, Sms.BODY, Sms.DATE, Sms.TYPE, Sms.READ, Sms.STATUS, Sms.SUBSCRIPTION_ID,
        )
    }
}

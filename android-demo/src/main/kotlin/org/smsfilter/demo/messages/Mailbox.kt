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
 * @property error why it was not sent: one of `SmsManager`'s `RESULT_`
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
    val error: Int,
) {
    val key: MessageKey get() = MessageKey(id, date)
    val isReceived: Boolean get() = type == Sms.MESSAGE_TYPE_INBOX

    /** A message may end up in a log by accident. */
    override fun toString(): String = "StoredSms"
}

/** A message and what the filter decided of it, if it was asked. */
data class Letter(val sms: StoredSms, val entry: IndexEntry?) {
    /** Whether it is in the spam box. */
    val isHidden: Boolean get() = entry?.isHidden == true
}

/** @property last its latest message that is not hidden */
data class Conversation(val last: Letter, val unread: Int)

/**
 * What Android's store has, without what the index hides. All methods wait for the disk.
 *
 * @param gone told the row ids of messages that were deleted
 */
class Mailbox(private val resolver: ContentResolver, private val index: Index, private val gone: (List<Long>) -> Unit = {}) {
    /** The conversations with the latest messages, the latest first. However long the history, pages of it are read until they are found. */
    fun conversations(limit: Int = PAGE): List<Conversation> {
        val last = LinkedHashMap<Long, Head>()
        // The next page has none of the conversations that were found already: one of them may be longer than all others together.
        heads({ "$ALL AND ${Sms.THREAD_ID} NOT IN (${last.keys.joinToString()})" }, { it.thread !in last }) { last[it.thread] = it; last.size < limit }
        val unread = unread(last.keys)
        val rows = get(last.values.map { it.key.id })
        return last.values.mapNotNull { head -> rows[head.key.id]?.let { Conversation(Letter(it, head.entry), unread[head.thread] ?: 0) } }
    }

    /** How many messages are unread; of very many the latest alone count. */
    private fun unread(threads: Collection<Long>): Map<Long, Int> {
        val unread = HashMap<Long, Int>()
        var left = MOST_UNREAD
        if (threads.isEmpty()) return unread
        heads({ "${Sms.READ} = 0 AND ${Sms.TYPE} = ${Sms.MESSAGE_TYPE_INBOX} AND ${Sms.THREAD_ID} IN (${threads.joinToString()})" }, { true }) {
            unread.merge(it.thread, 1, Int::plus)
            --left > 0
        }
        return unread
    }

    /** The latest messages of a conversation, the oldest first. */
    fun thread(thread: Long, limit: Int = 200): List<Letter> {
        val letters = ArrayList<Letter>()
        visible("${Sms.THREAD_ID} = $thread AND $ALL") { letters += it; letters.size < limit }
        return letters.asReversed()
    }

    /**
     * Messages that have a text, or come from such a number, the latest first; hidden ones too.
     *
     * @param numbers further numbers that are meant, such as those of a contact
     */
    fun search(text: String, numbers: List<String> = emptyList(), limit: Int = 100): List<Letter> {
        val own = listOf("${Sms.BODY} LIKE ? ESCAPE '\\'", "${Sms.ADDRESS} LIKE ? ESCAPE '\\'") + numbers.map { "${Sms.ADDRESS} LIKE ?" }
        val letters = ArrayList<Letter>()
        val pattern = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        // The last digits find a number with and without a country code.
        val args = listOf(pattern, pattern) + numbers.map { "%" + it.filter(Char::isDigit).takeLast(SAME) }
        read("(${own.joinToString(" OR ")}) AND $ALL", args) { letters += it; letters.size < limit }
        return letters
    }

    /** Messages by row id, hidden ones too. */
    fun get(ids: Collection<Long>): Map<Long, StoredSms> =
        if (ids.isEmpty()) emptyMap() else query(COLUMNS, "${Sms._ID} IN (${ids.joinToString()})") { rows -> rows.asSequence().map(::read).associateBy { it.id } }

    /** Marks what is received in a conversation as read; `null`: in all. */
    fun markRead(thread: Long? = null) {
        val read = ContentValues().apply { put(Sms.READ, 1); put(Sms.SEEN, 1) }
        val where = if (thread == null) "" else "${Sms.THREAD_ID} = $thread AND "
        resolver.update(Sms.CONTENT_URI, read, "$where${Sms.READ} = 0", null)
    }

    /** Marks the latest message received in a conversation as unread. */
    fun markUnread(thread: Long) {
        visible("${Sms.THREAD_ID} = $thread AND ${Sms.TYPE} = ${Sms.MESSAGE_TYPE_INBOX}") {
            val unread = ContentValues().apply { put(Sms.READ, 0) }
            resolver.update(Sms.CONTENT_URI, unread, "${Sms._ID} = ? AND ${Sms.DATE} = ?", arrayOf("${it.sms.id}", "${it.sms.date}"))
            false
        }
    }

    /**
     * Deletes messages for good, and lets the index forget them.
     *
     * @throws Refused if one of them is still there; the index then still knows it
     */
    fun delete(keys: Collection<MessageKey>) {
        for (some in keys.chunked(CHUNK)) {
            val these = some.joinToString(" OR ") { "(${Sms._ID} = ${it.id} AND ${Sms.DATE} = ${it.receivedAt})" }
            val isDone = resolver.delete(Sms.CONTENT_URI, these, null) == some.size
            val left = if (isDone) emptyMap() else get(some.map { it.id }).filterValues { it.key in some }
            val deleted = some.filter { it.id !in left }
            deleted.forEach(index::forget)
            gone(deleted.map { it.id })
            if (left.isNotEmpty()) throw Refused()
        }
    }

    /** Deletes for good what a conversation shows. What was moved to the spam box stays there. */
    fun deleteThread(thread: Long) {
        val keys = ArrayList<MessageKey>()
        heads({ "${Sms.THREAD_ID} = $thread" }, { true }) { keys.add(it.key) }
        delete(keys)
    }

    /** Android left messages in its store that were to be deleted: this is not the default SMS application. */
    class Refused : RuntimeException("expected the SMS provider to delete messages, but some are still there; is this the default SMS application?")

    /** What is read of every message: so little of ten thousand costs nothing that one would notice. */
    private class Head(val key: MessageKey, val thread: Long, val entry: IndexEntry?)

    /** Visits messages, the latest first, without those that the index hides, until [visit] has enough. The index is asked for the wanted ones alone. */
    private fun heads(where: () -> String, isWanted: (Head) -> Boolean, visit: (Head) -> Boolean) {
        for (some in pages(HEAD, where, emptyList(), { it.key }) { Head(MessageKey(it.getLong(0), it.getLong(2)), it.getLong(1), null) }) {
            val wanted = some.filter(isWanted)
            val entries = if (wanted.isEmpty()) emptyMap() else index.get(wanted.map { it.key.id })
            for (head in wanted) {
                val entry = entries[head.key.id]?.takeIf { it.key == head.key }
                // The page itself may have found it.
                if (entry?.isHidden != true && isWanted(head) && !visit(Head(head.key, head.thread, entry))) return
            }
        }
    }

    /** Visits messages, the latest first, without those that the index hides, until [visit] has enough. */
    private fun visible(where: String, visit: (Letter) -> Boolean): Unit =
        read(where, emptyList()) { it.isHidden || visit(it) }

    /** Visits messages, the latest first, until [visit] has enough. */
    private fun read(where: String, args: List<String>, visit: (Letter) -> Boolean) {
        for (some in pages(COLUMNS, { where }, args, { it.key }, ::read)) {
            val entries = index.get(some.map { it.id })
            for (sms in some) if (!visit(Letter(sms, entries[sms.id]?.takeIf { it.key == sms.key }))) return
        }
    }

    /**
     * Messages in pages, the latest first. A question for all of them would have Android read them all, even if one row of the answer is
     * looked at.
     *
     * @param where asked for each page anew
     */
    private fun <T> pages(columns: Array<String>, where: () -> String, args: List<String>, key: (T) -> MessageKey, read: (Cursor) -> T): Sequence<List<T>> = sequence {
        var after = ""
        while (true) {
            val page = query(columns, "(${where()})$after", args, " LIMIT $CHUNK") { rows -> rows.asSequence().map(read).toList() }
            if (page.isNotEmpty()) yield(page)
            val last = key((page.takeIf { it.size >= CHUNK } ?: return@sequence).last())
            after = " AND (${Sms.DATE} < ${last.receivedAt} OR ${Sms.DATE} = ${last.receivedAt} AND ${Sms._ID} < ${last.id})"
        }
    }

    private fun <T> query(columns: Array<String>, where: String, args: List<String> = emptyList(), limit: String = "", read: (Cursor) -> T): T {
        val rows = resolver.query(Sms.CONTENT_URI, columns, where, args.toTypedArray(), "${Sms.DATE} DESC, ${Sms._ID} DESC$limit")
        return checkNotNull(rows) { "expected rows from the SMS provider, found none to ask" }.use(read)
    }

    private fun Cursor.asSequence(): Sequence<Cursor> = generateSequence { takeIf { it.moveToNext() } }

    private fun read(row: Cursor) = StoredSms(
        row.getLong(0), row.getLong(1), row.getString(2).orEmpty(), row.getString(3).orEmpty(), row.getLong(4),
        row.getInt(5), row.getInt(6) != 0, row.getInt(7), row.getInt(8), row.getInt(9),
    )

    companion object {
        /** How many conversations a screen shows before it is scrolled. */
        const val PAGE = 50
        private const val CHUNK = 200
        private const val MOST_UNREAD = 1_000
        private const val SAME = 8

        /** Another application's drafts are in no conversation. */
        private const val ALL = "${Sms.TYPE} <> ${Sms.MESSAGE_TYPE_DRAFT}"
        private val HEAD = arrayOf(Sms._ID, Sms.THREAD_ID, Sms.DATE)
        private val COLUMNS = arrayOf(
            Sms._ID, Sms.THREAD_ID, Sms.ADDRESS, Sms.BODY, Sms.DATE, Sms.TYPE, Sms.READ, Sms.STATUS, Sms.SUBSCRIPTION_ID, Sms.ERROR_CODE,
        )
    }
}

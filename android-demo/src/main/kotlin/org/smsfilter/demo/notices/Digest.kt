package org.smsfilter.demo.notices

import android.content.Context
import org.smsfilter.Action
import org.smsfilter.Category
import org.smsfilter.Index
import org.smsfilter.IndexEntry
import org.smsfilter.MessageKey
import org.smsfilter.demo.R
import org.smsfilter.demo.now

/** What was moved or held back since the user was last told, in one quiet notice. It waits for the disk. */
class Digest(private val context: Context) {
    private val kept = context.getSharedPreferences("digest", Context.MODE_PRIVATE)

    /** Until when the user was told, milliseconds since 1970 UTC; from the first question on if never. */
    val last: Long
        get() {
            val now = context.now
            val last = kept.getLong(LAST, Long.MAX_VALUE)
            // One that lies ahead was noted by a clock that was wrong.
            if (last <= now) return last
            kept.edit().putLong(LAST, now).commit()
            return now
        }

    /**
     * The index has a message that was moved or held back. One that came before the last digest and was judged after it, as where the
     * end of a process lay between, is in the next digest.
     */
    fun decided(key: MessageKey): Unit = synchronized(ONE) {
        if (key.receivedAt > kept.getLong(LAST, Long.MIN_VALUE)) return
        kept.edit().putStringSet(LATE, late() + "${key.id}/${key.receivedAt}").commit()
    }

    /** Tells of it; nothing to tell, no notice. */
    fun show(index: Index): Unit = synchronized(ONE) {
        val now = context.now
        val since = last
        val new = ACTIONS.flatMap { of(index, it, since) }
        val late = late().map { it.split('/') }.mapNotNull { (id, at) -> index.get(MessageKey(id.toLong(), at.toLong())) }
            .filter { it.received.action in ACTIONS && it.restoredAt == null }
        val entries = (new + late).distinctBy { it.key }
        if (entries.isNotEmpty()) Alerts(context).digest(entries.size, kinds(entries), entries.any { it.received.action == Action.DIGEST })
        // In this order: cut short between, the same notice comes again in its own place.
        kept.edit().putLong(LAST, now).remove(LATE).commit()
    }

    private fun late(): Set<String> = kept.getStringSet(LATE, null).orEmpty()

    private fun of(index: Index, action: Action, since: Long): List<IndexEntry> =
        generateSequence(index.page(action, limit = PAGE)) { page -> if (page.size < PAGE) null else index.page(action, after = page.last().key, limit = PAGE) }
            .flatten().takeWhile { it.key.receivedAt > since }.toList()

    private fun kinds(entries: List<IndexEntry>): List<String> = entries.groupBy {
        when {
            it.received.category.isBlocked -> R.plurals.notice_digest_blocked
            it.received.category == Category.PROMOTION -> R.plurals.notice_digest_promotion
            else -> R.plurals.notice_digest_other
        }
    }.toList().sortedBy { (kind, _) -> ORDER.indexOf(kind) }.map { (kind, some) -> context.resources.getQuantityString(kind, some.size, some.size) }

    private companion object {
        const val LAST = "last"

        /** Messages that no digest has told of, and that came before the last one. */
        const val LATE = "late"
        const val PAGE = 100
        val ACTIONS = listOf(Action.QUARANTINE, Action.DIGEST)
        val ORDER = listOf(R.plurals.notice_digest_blocked, R.plurals.notice_digest_promotion, R.plurals.notice_digest_other)

        /** Messages arrive while a digest is made: what it does not see is late. */
        val ONE = Any()
    }
}

package org.smsfilter.demo.notices

import android.content.Context
import org.smsfilter.Action
import org.smsfilter.Category
import org.smsfilter.Index
import org.smsfilter.IndexEntry
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

    /** Tells of it; nothing to tell, no notice. */
    fun show(index: Index) {
        val now = context.now
        val since = last
        val entries = listOf(Action.QUARANTINE, Action.DIGEST).flatMap { of(index, it, since) }
        if (entries.isNotEmpty()) Alerts(context).digest(entries.size, kinds(entries))
        // In this order: cut short between, the same notice comes again in its own place.
        kept.edit().putLong(LAST, now).commit()
    }

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
        const val PAGE = 100
        val ORDER = listOf(R.plurals.notice_digest_blocked, R.plurals.notice_digest_promotion, R.plurals.notice_digest_other)
    }
}

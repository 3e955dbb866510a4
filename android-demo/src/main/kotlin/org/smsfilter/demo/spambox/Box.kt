package org.smsfilter.demo.spambox

import android.content.Context
import java.util.EnumMap
import org.smsfilter.Action
import org.smsfilter.Category
import org.smsfilter.IndexEntry
import org.smsfilter.Known
import org.smsfilter.MessageKey
import org.smsfilter.Policy
import org.smsfilter.demo.app
import org.smsfilter.demo.messages.StoredSms
import org.smsfilter.demo.now
import org.smsfilter.demo.why.message
import org.smsfilter.demo.why.whyLine

/**
 * A message in the spam box.
 *
 * @property name of a contact
 * @property why it is here, in a line
 */
class Moved(val sms: StoredSms, val entry: IndexEntry, val name: String?, val why: CharSequence) {
    val key: MessageKey get() = entry.key
}

/**
 * What the spam box shows.
 *
 * @property counts how many of each category there are, the gravest first; none with none
 * @property isWhole whether [rows] are all
 */
class Contents(val counts: Map<Category, Int>, val rows: List<Moved>, val isWhole: Boolean)

/** The messages that were moved out of the inbox, and what can be done with them. All methods wait for the disk. */
class Box(private val context: Context) {
    private val phone get() = context.app.phone

    /**
     * The latest messages, those that have [words] or come from such a number or contact; hardly more than [limit].
     *
     * @param isWanted asked now and then: an answer that nobody waits for is not worth its time
     */
    fun load(category: Category?, words: String, limit: Int, isWanted: () -> Boolean = { true }): Contents {
        val counts = EnumMap<Category, Int>(Category::class.java)
        for (one in Category.entries) counts[one] = phone.index.count(Action.QUARANTINE, one)
        val ends = phone.people.find(words).map { it.number.filter(Char::isDigit).takeLast(SAME) }
        val names = phone.people.names()
        val rows = ArrayList<Moved>()
        var isWhole = true
        for (page in pages(category)) {
            if (rows.size >= limit || !isWanted()) {
                isWhole = false
                break
            }
            val stored = phone.mailbox.get(page.map { it.key.id })
            for (entry in page) {
                val sms = stored[entry.key.id]?.takeIf { it.key == entry.key }
                // Another application deleted it.
                if (sms == null) counts.merge(entry.received.category, -1, Int::plus)
                if (sms == null || !sms.has(words, ends)) continue
                rows += Moved(sms, entry, names[sms.address], context.whyLine(entry))
            }
        }
        val there = Category.entries.asReversed().associateWith { counts[it] ?: 0 }.filterValues { it > 0 }
        return Contents(there, rows, isWhole)
    }

    /** What is in the box of a category, in pages, the latest first. */
    private fun pages(category: Category?): Sequence<List<IndexEntry>> {
        val next = { after: MessageKey? -> phone.index.page(Action.QUARANTINE, category, after, CHUNK).ifEmpty { null } }
        return generateSequence({ next(null) }) { if (it.size < CHUNK) null else next(it.last().key) }
    }

    private fun StoredSms.has(words: String, ends: List<String>) = words.isEmpty() || body.contains(words, ignoreCase = true) ||
        address.contains(words) || ends.any { it.isNotEmpty() && address.endsWith(it) }

    /** All messages of a category that came up to a time. */
    fun keys(category: Category?, until: Long): List<MessageKey> = pages(category).flatten().map { it.key }.filter { it.receivedAt <= until }.toList()

    /** Takes messages back into the inbox; gives those that were in the box. */
    fun restore(keys: Collection<MessageKey>): List<MessageKey> =
        keys.filter { phone.index.get(it)?.isHidden == true && phone.index.restore(it.id, context.now) }

    /** Undoes [restore]; gives whether any of them was restored still. */
    fun undoRestore(keys: Collection<MessageKey>): Boolean = keys.count { phone.index.get(it) != null && phone.index.undoRestore(it.id) } > 0

    /** What could be allowed, so that the like of a message stays in the inbox. */
    fun allowable(moved: Moved): List<Policy.Exception> {
        // Only of a 106 port: anybody else may write any name in 【】.
        val signature = phone.filter.consentKey(message(moved.sms, Known.NONE, null))?.signature
        return listOfNotNull(
            signature?.let { Policy.Exception(Action.INBOX, signature = it) },
            moved.sms.address.takeIf { it.isNotEmpty() }?.let { Policy.Exception(Action.INBOX, sender = it) },
        )
    }

    /**
     * Puts an exception before all others.
     *
     * @return whether it was not there before
     * @throws org.smsfilter.SmsFilterException if the policy would be none
     */
    fun allow(exception: Policy.Exception): Boolean {
        val policy = phone.filter.policy()
        if (exception in policy.exceptions) return false
        phone.filter.choosePolicy(policy.copy(exceptions = listOf(exception) + policy.exceptions))
        return true
    }

    /** Undoes [allow], whatever else of the policy was changed meanwhile. */
    fun undoAllow(exception: Policy.Exception) {
        val policy = phone.filter.policy()
        phone.filter.choosePolicy(policy.copy(exceptions = policy.exceptions - exception))
    }

    private companion object {
        const val CHUNK = 100
        const val SAME = 8
    }
}

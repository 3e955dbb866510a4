package org.smsfilter.demo.spambox

import java.time.LocalDate
import org.smsfilter.Action
import org.smsfilter.MessageKey
import org.smsfilter.demo.Phone
import org.smsfilter.demo.messages.StoredSms
import org.smsfilter.demo.view.day

/**
 * What one sender sent on one day.
 *
 * @property last the latest of it
 * @property name of a contact
 */
class Bundled(val day: LocalDate, val last: StoredSms, val name: String?, val count: Int, val unread: List<MessageKey>)

/** The promotions that were held for the digest: the latest day first, and within it the latest sender. Waits for the disk. */
class Digest(private val phone: Phone) {
    /** @param limit most messages that are looked at */
    fun load(limit: Int): List<Bundled> {
        val entries = phone.index.page(Action.DIGEST, limit = limit)
        val stored = entries.map { it.key.id }.chunked(CHUNK).map(phone.mailbox::get).fold(emptyMap<Long, StoredSms>()) { all, some -> all + some }
        val names = phone.people.names()
        return entries.mapNotNull { entry -> stored[entry.key.id]?.takeIf { it.key == entry.key } }
            .groupBy { day(it.date) to it.address }
            .map { (group, all) ->
                Bundled(group.first, all.first(), names[group.second], all.size, all.filter { !it.isRead }.map { it.key })
            }
    }

    /** Marks messages as read: these alone, as a code may come from the same number. */
    fun markRead(keys: Collection<MessageKey>): Unit = keys.forEach(phone.store::hide)

    private companion object {
        const val CHUNK = 200
    }
}

package org.smsfilter.demo.notices

import android.app.Notification
import android.app.NotificationManager
import android.content.Context
import android.service.notification.StatusBarNotification
import org.smsfilter.Action
import org.smsfilter.Category
import org.smsfilter.Index
import org.smsfilter.Message
import org.smsfilter.MessageKey
import org.smsfilter.OnDecided
import org.smsfilter.Received
import org.smsfilter.demo.R
import org.smsfilter.demo.app
import org.smsfilter.demo.messages.Mailbox
import org.smsfilter.demo.messages.People
import org.smsfilter.demo.messages.SimCards
import org.smsfilter.demo.messages.title

/** Tells the user of messages, each class in a channel of its own. All methods wait for the disk. */
class Notices(
    private val context: Context,
    private val people: People,
    private val sims: SimCards,
    private val mailbox: Mailbox,
    private val index: Index,
) : OnDecided {
    private val manager = checkNotNull(context.getSystemService(NotificationManager::class.java))

    init {
        Channel.create(context, manager)
    }

    override fun onDecided(id: Long, message: Message, received: Received) {
        val key = MessageKey(id, checkNotNull(message.receivedAt))
        if (received.action == Action.DIGEST || received.action == Action.QUARANTINE) Digest(context).decided(key)
        // The digest tells of it, once a day.
        if (received.action == Action.DIGEST) return
        post(told(key, message, received))
        // Asking loads JNA: the user has been told by then.
        if (received.category == Category.PROMOTION) context.app.background.run { offer(key, message, received) }
    }

    /** The user called a moved message no spam: its notice is now that of any other, and makes no sound again. */
    fun restored(key: MessageKey, message: Message, received: Received): Unit = post(told(key, message, received, isRestored = true))

    /** What the user typed into a notice was not sent, and is the draft of its conversation. */
    fun unsent(key: MessageKey, message: Message, received: Received): Unit =
        post(told(key, message, received, note = context.getString(R.string.notice_reply_kept)))

    /** Messages that the user has seen, restored or deleted need no notice any more. */
    fun read(ids: Collection<Long>) {
        val gone = active().filter { notice -> notice.tag.toLongOrNull()?.let { it in ids } == true }
        gone.forEach { manager.cancel(it.tag, it.id) }
        if (gone.isNotEmpty()) summarise()
    }

    /** Takes back the notices of messages that were read, restored or deleted elsewhere. */
    fun tidy() {
        val shown = active().mapNotNull { it.tag.toLongOrNull() }
        if (shown.isEmpty()) return
        val stored = mailbox.get(shown)
        val entries = index.get(shown)
        read(
            shown.filter { id ->
                val sms = stored[id]
                // What is in the spam box is read, so that no badge counts it.
                sms == null || (sms.isRead && entries[id]?.isHidden != true)
            },
        )
    }

    private fun offer(key: MessageKey, message: Message, received: Received) {
        if (context.app.phone.filter.offer(message) == null) return
        // What the user has wiped away stays away.
        if (active().any { it.tag == "${key.id}" }) post(told(key, message, received, hasOffer = true))
    }

    private fun told(
        key: MessageKey, message: Message, received: Received, isRestored: Boolean = false, hasOffer: Boolean = false, note: String? = null,
    ): Told {
        val name = orNull { people.name(message.sender) } ?: message.sender.ifEmpty { context.getString(R.string.no_sender) }
        val thread = orNull { mailbox.get(listOf(key.id))[key.id]?.thread }
        val cards = orNull { sims.all() }.orEmpty()
        val sim = if (cards.size < 2) null else cards.find { it.simSlotIndex == message.sim?.slot }?.let(context::title)
        return Told(key, message, received, name, thread, sim, isRestored, hasOffer, note)
    }

    /** What only adorns a notice must not keep it away. */
    private fun <T> orNull(look: () -> T?): T? = try {
        look()
    } catch (_: RuntimeException) {
        null
    }

    private fun post(told: Told) {
        manager.notify("${told.key.id}", MESSAGE, MessageNotice(context).of(told).build())
        summarise()
    }

    /** Several notices of a kind are one bundle; its summary never makes a sound. */
    private fun summarise() {
        val shown = active()
        for (group in listOf(INBOX, MOVED)) {
            val bundle = shown.filter { it.notification.group == group }
            if (bundle.size < 2) manager.cancel(group, SUMMARY) else manager.notify(group, SUMMARY, summary(group, bundle))
        }
    }

    private fun summary(group: String, bundle: List<StatusBarNotification>): Notification {
        val words = if (group == MOVED) R.plurals.notice_bundle_moved else R.plurals.notice_bundle
        // In the loudest of their channels, so that switching off a lesser one hides no other.
        val channel = Channel.entries.first { channel -> bundle.any { it.notification.channelId == channel.id } }
        return Notification.Builder(context, channel.id)
            .setSmallIcon(if (group == MOVED) R.drawable.ic_box else R.drawable.ic_messages)
            .setColor(context.getColor(R.color.accent))
            .setContentTitle(context.resources.getQuantityString(words, bundle.size, bundle.size))
            .setGroup(group)
            .setGroupSummary(true)
            .setGroupAlertBehavior(Notification.GROUP_ALERT_CHILDREN)
            .setOnlyAlertOnce(true)
            .setAutoCancel(true)
            .build()
    }

    private fun active() = manager.activeNotifications.filter { it.id == MESSAGE && it.tag != null }

    internal companion object {
        const val INBOX = "inbox"
        const val MOVED = "moved"
        const val MESSAGE = 1
        const val SUMMARY = 2
    }
}

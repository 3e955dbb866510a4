package org.smsfilter.demo.notices

import android.app.Notification
import android.app.NotificationManager
import android.content.Context
import org.smsfilter.Message
import org.smsfilter.Received
import org.smsfilter.demo.MainActivity.Tab
import org.smsfilter.demo.R
import org.smsfilter.demo.messages.SimCards
import org.smsfilter.demo.messages.isSuspect
import org.smsfilter.demo.messages.title
import org.smsfilter.demo.receive.FlashActivity
import org.smsfilter.demo.shield.FirstRun
import org.smsfilter.demo.spambox.DigestActivity

/** Notices that need neither rules nor index: they are shown even when these cannot be opened. */
class Alerts(private val context: Context) {
    private val manager = checkNotNull(context.getSystemService(NotificationManager::class.java))
    private val intents = NoticeIntents(context)

    init {
        Channel.create(context, manager)
    }

    /** A class 0 message: shown, and never stored. One that looks like fraud is called so. */
    fun flash(message: Message, received: Received?) {
        val isSuspect = received?.isSuspect == true
        val sender = message.sender.ifEmpty { context.getString(R.string.no_sender) }
        val title = context.getString(if (isSuspect) R.string.notice_title_suspect else R.string.notice_title_flash, sender)
        // Delivered again, it is the same one.
        val tag = "flash:" + listOf(message.sender, message.body).hashCode()
        val sim = message.sim?.slot?.let(::sim)
        val screen = FlashActivity.intent(context, sender, message.body, isSuspect).setAction(tag)
        val notice = plain(if (isSuspect) Channel.SUSPECT else Channel.PERSONAL, title, message.body)
            .setSubText(listOfNotNull(context.getString(R.string.notice_flash), sim).joinToString(" · "))
            .setContentIntent(intents.sheet(tag.hashCode().toLong(), screen))
        manager.notify(tag, FLASH, notice.build())
    }

    /**
     * An MMS that waits at the operator.
     *
     * @param slot of the SIM; −1 if unknown
     */
    fun mms(slot: Int, at: Long) {
        val notice = plain(Channel.SERVICE, context.getString(R.string.mms_title), context.getString(R.string.mms_text))
            .setSubText(sim(slot))
            .setContentIntent(intents.screen(0, Tab.INBOX))
        manager.notify("mms:$at", MMS, notice.build())
    }

    /** A message that no rule could read; it is in Android's store under a row id. */
    fun unjudged(id: Long, message: Message) {
        val notice = plain(Channel.PERSONAL, message.sender.ifEmpty { context.getString(R.string.no_sender) }, message.body)
            .setContentIntent(intents.screen(id, Tab.INBOX))
        manager.notify("$id", Notices.MESSAGE, notice.build())
    }

    /** A message that Android's store did not take. */
    fun unstored(name: String, message: Message) {
        val notice = plain(Channel.PERSONAL, message.sender.ifEmpty { context.getString(R.string.no_sender) }, message.body)
            .setSubText(context.getString(R.string.notice_unstored))
            .setContentIntent(intents.screen(0, Tab.INBOX))
        manager.notify("unstored:$name", UNSTORED, notice.build())
    }

    /** It is stored now, and has a notice like any other. */
    fun stored(name: String): Unit = manager.cancel("unstored:$name", UNSTORED)

    /**
     * What was held back or moved since the last digest, in a line a kind. It opens what was held; where all was moved, the spam box.
     */
    fun digest(total: Int, kinds: List<String>, isHeld: Boolean) {
        val title = context.resources.getQuantityString(R.plurals.notice_digest, total, total)
        val style = Notification.InboxStyle()
        kinds.forEach { style.addLine(it) }
        val notice = plain(Channel.DIGEST, title, kinds.joinToString(" · "))
            .setStyle(style)
            .setCategory(Notification.CATEGORY_STATUS)
            .setSmallIcon(R.drawable.ic_box)
            .setContentIntent(if (isHeld) intents.screen(0, Tab.SPAM_BOX, DigestActivity.intent(context)) else intents.screen(0, Tab.SPAM_BOX))
        manager.notify(DAILY, DIGEST, notice.build())
    }

    private fun plain(channel: Channel, title: String, text: String) = Notification.Builder(context, channel.id)
        .setSmallIcon(R.drawable.ic_messages)
        .setColor(context.getColor(R.color.accent))
        .setContentTitle(title)
        .setContentText(text)
        .setStyle(Notification.BigTextStyle().bigText(text))
        .setCategory(Notification.CATEGORY_MESSAGE)
        .setVisibility(Notification.VISIBILITY_PRIVATE)
        .setPublicVersion(public(channel))
        .setAutoCancel(true)

    private fun public(channel: Channel) = Notification.Builder(context, channel.id)
        .setSmallIcon(R.drawable.ic_messages)
        .setColor(context.getColor(R.color.accent))
        .setContentTitle(context.getString(R.string.notice_public))
        .setContentText(context.getString(R.string.notice_public_text))
        .build()

    /** The SIM, where there are two. Nothing is looked up before the user agreed to that. */
    private fun sim(slot: Int): String? = if (!FirstRun(context).isAgreed) null else try {
        SimCards(context).all().takeIf { it.size > 1 }?.find { it.simSlotIndex == slot }?.let(context::title)
    } catch (_: RuntimeException) {
        null
    }

    private companion object {
        const val FLASH = 3
        const val MMS = 4
        const val UNSTORED = 5
        const val DIGEST = 6
        const val DAILY = "digest"
    }
}

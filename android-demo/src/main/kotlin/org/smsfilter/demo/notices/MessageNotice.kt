package org.smsfilter.demo.notices

import android.app.Notification
import android.app.PendingIntent
import android.app.RemoteInput
import android.content.Context
import android.os.Build
import org.smsfilter.Action
import org.smsfilter.Category
import org.smsfilter.Message
import org.smsfilter.MessageKey
import org.smsfilter.Received
import org.smsfilter.demo.MainActivity.Tab
import org.smsfilter.demo.R
import org.smsfilter.demo.Since
import org.smsfilter.demo.messages.Codes
import org.smsfilter.demo.messages.Outbox
import org.smsfilter.demo.messages.ThreadActivity
import org.smsfilter.demo.report.ReportActivity
import org.smsfilter.demo.report.UnsubscribeActivity
import org.smsfilter.demo.why.WhyActivity
import org.smsfilter.demo.why.kind

/**
 * A message as its notice shows it.
 *
 * @property name who sent it, as the user knows them
 * @property thread its conversation; `null` if Android's store did not say
 * @property sim the SIM that received it, where there are two
 * @property isRestored whether the user called it no spam
 * @property hasOffer whether its sender can be told to stop
 * @property note what is to be said of it besides
 */
internal class Told(
    val key: MessageKey,
    val message: Message,
    val received: Received,
    val name: String,
    val thread: Long?,
    val sim: String?,
    val isRestored: Boolean = false,
    val hasOffer: Boolean = false,
    val note: String? = null,
) {
    val channel: Channel get() = Channel.of(received, isRestored)
    val isMoved: Boolean get() = channel == Channel.MOVED
    val isSuspect: Boolean get() = channel == Channel.SUSPECT
    val group: String get() = if (isMoved) Notices.MOVED else Notices.INBOX

    /** By the policy, or because it is old news to the user. */
    val isSilent: Boolean get() = received.action == Action.SILENT || received.isQuiet || isRestored || note != null
}

/** Makes the notice of a message: its words, what a locked screen shows of it, and what can be done at once. */
internal class MessageNotice(private val context: Context) {
    private val intents = NoticeIntents(context)

    fun of(told: Told): Notification.Builder {
        val message = told.message
        val title = when {
            told.isMoved -> context.getString(R.string.notice_title_moved, told.name)
            told.isSuspect -> context.getString(R.string.notice_title_suspect, told.name)
            else -> told.name
        }
        val label = told.received.run { if (action != Action.INBOX && !told.isRestored) context.kind(this) else null }
        val notice = Notification.Builder(context, told.channel.id)
            .setSmallIcon(if (told.isMoved) R.drawable.ic_box else R.drawable.ic_messages)
            .setColor(context.getColor(R.color.accent))
            .setContentTitle(title)
            .setContentText(message.body)
            .setStyle(Notification.BigTextStyle().bigText(message.body))
            .setSubText(listOfNotNull(label, told.sim, told.note).joinToString(" · ").ifEmpty { null })
            .setWhen(told.key.receivedAt)
            .setShowWhen(true)
            .setCategory(Notification.CATEGORY_MESSAGE)
            .setVisibility(Notification.VISIBILITY_PRIVATE)
            .setPublicVersion(public(told))
            .setContentIntent(open(told))
            .setAutoCancel(true)
            .setGroup(told.group)
            // A child of a group that only its summary may sound for makes no sound: the way to be silent in a loud channel.
            .setGroupAlertBehavior(if (told.isSilent) Notification.GROUP_ALERT_SUMMARY else Notification.GROUP_ALERT_ALL)
            .setOnlyAlertOnce(true)
        if (Build.VERSION.SDK_INT >= 29 && (told.isMoved || told.isSuspect)) withoutLinks(notice)
        actions(told).forEach { notice.addAction(it) }
        return notice
    }

    /** Android 10 would offer to open the links of a text, and to answer it. */
    @Since(29)
    private fun withoutLinks(notice: Notification.Builder) {
        notice.setAllowSystemGeneratedContextualActions(false)
    }

    /** A locked screen says that something came, and neither what nor from whom. */
    private fun public(told: Told): Notification = Notification.Builder(context, told.channel.id)
        .setSmallIcon(if (told.isMoved) R.drawable.ic_box else R.drawable.ic_messages)
        .setColor(context.getColor(R.color.accent))
        .setContentTitle(context.getString(if (told.isMoved) R.string.notice_public_moved else R.string.notice_public))
        .setContentText(context.getString(R.string.notice_public_text))
        .setWhen(told.key.receivedAt)
        .setShowWhen(true)
        .build()

    private fun open(told: Told): PendingIntent = when {
        told.isMoved -> intents.screen(told.key.id, Tab.SPAM_BOX, WhyActivity.intent(context, told.key.id))
        told.thread == null -> intents.screen(told.key.id, Tab.INBOX)
        else -> intents.screen(told.key.id, Tab.INBOX, ThreadActivity.intent(context, told.thread, told.key.id))
    }

    /** At most three: Android shows no more. */
    private fun actions(told: Told): List<Notification.Action> {
        val mayAnswer = Outbox.address(told.message.sender) != null && told.received.category <= Category.PERSONAL
        val report = { locked(R.string.notice_report, intents.sheet(told.key.id, ReportActivity.intent(context, told.key.id))) }
        val unsubscribe = { locked(R.string.notice_unsubscribe, intents.sheet(told.key.id, UnsubscribeActivity.intent(context, told.key.id))) }
        val read = { action(R.string.notice_read, intents.act(NoticeAct.READ, told.key)).build() }
        return when {
            told.isMoved -> listOfNotNull(
                action(R.string.notice_restore, intents.act(NoticeAct.RESTORE, told.key)).build(), report(), if (told.hasOffer) unsubscribe() else null,
            )
            told.isSuspect -> listOf(report(), read())
            told.channel == Channel.CODE -> listOfNotNull(
                if (Codes(context).find(told.message.body) == null) null else action(R.string.notice_copy, intents.act(NoticeAct.COPY, told.key)).build(), read(),
            )
            told.channel == Channel.PROMOTION -> listOfNotNull(if (told.hasOffer) unsubscribe() else null, report(), read())
            told.channel == Channel.PERSONAL && mayAnswer -> listOf(reply(told.key), read())
            else -> listOf(read())
        }
    }

    private fun action(title: Int, intent: PendingIntent) = Notification.Action.Builder(null, context.getString(title), intent)

    /** What costs money or tells somebody something is done by the phone's owner alone. */
    private fun locked(title: Int, intent: PendingIntent) = action(title, intent).locked().build()

    private fun reply(key: MessageKey): Notification.Action = action(R.string.notice_reply, intents.reply(key))
        .addRemoteInput(RemoteInput.Builder(NoticeReceiver.ANSWER).setLabel(context.getString(R.string.notice_reply_hint)).build())
        .locked().build()

    private fun Notification.Action.Builder.locked() = apply { if (Build.VERSION.SDK_INT >= 31) authenticated(this) }

    @Since(31)
    private fun authenticated(action: Notification.Action.Builder) {
        action.setAuthenticationRequired(true)
    }
}

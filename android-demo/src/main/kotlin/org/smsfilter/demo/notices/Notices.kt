package org.smsfilter.demo.notices

import android.app.Notification
import android.app.NotificationManager
import android.app.PendingIntent
import android.content.Context
import org.smsfilter.Action
import org.smsfilter.Message
import org.smsfilter.OnDecided
import org.smsfilter.Received
import org.smsfilter.demo.MainActivity
import org.smsfilter.demo.R
import org.smsfilter.demo.messages.People

/** Tells the user of messages, each class in a channel of its own. */
class Notices(private val context: Context, private val people: People) : OnDecided {
    private val manager = checkNotNull(context.getSystemService(NotificationManager::class.java))

    init {
        Channel.create(context, manager)
    }

    override fun onDecided(id: Long, message: Message, received: Received) {
        val isHidden = received.action == Action.QUARANTINE
        val notice = Notification.Builder(context, Channel.of(received).id)
            .setSmallIcon(R.drawable.ic_messages)
            .setContentTitle(people.name(message.sender) ?: message.sender)
            .setContentText(message.body)
            .setContentIntent(open())
            .setAutoCancel(true)
        if (isHidden) notice.setSubText(received.title)
        manager.notify(id.toString(), MESSAGE, notice.build())
    }

    /** A class 0 message: shown, and never stored. */
    fun flash(message: Message, received: Received) {
        if (received.action == Action.QUARANTINE) return
        val notice = Notification.Builder(context, Channel.PERSONAL.id)
            .setSmallIcon(R.drawable.ic_messages)
            .setContentTitle(message.sender)
            .setContentText(message.body)
        manager.notify(FLASH, notice.build())
    }

    /** An MMS that waits at the operator. */
    fun mms() {
        val notice = Notification.Builder(context, Channel.SERVICE.id)
            .setSmallIcon(R.drawable.ic_messages)
            .setContentTitle(context.getString(R.string.mms_title))
            .setContentText(context.getString(R.string.mms_text))
        manager.notify(MMS, notice.build())
    }

    private fun open(): PendingIntent =
        PendingIntent.getActivity(context, 0, MainActivity.intent(context), PendingIntent.FLAG_IMMUTABLE)

    private companion object {
        const val MESSAGE = 1
        const val FLASH = 2
        const val MMS = 3
    }
}

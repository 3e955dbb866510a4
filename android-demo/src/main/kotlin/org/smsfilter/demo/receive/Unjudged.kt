package org.smsfilter.demo.receive

import android.app.Notification
import android.app.NotificationManager
import android.app.PendingIntent
import android.content.Context
import org.smsfilter.Delivery
import org.smsfilter.TelephonyMessages
import org.smsfilter.demo.MainActivity
import org.smsfilter.demo.R
import org.smsfilter.demo.notices.Channel

/** What a message gets before the user agreed to be filtered: it is stored and told of, and no rule reads it. */
object Unjudged {
    fun store(context: Context, delivery: Delivery) {
        val store = TelephonyMessages(context.contentResolver)
        // Android delivers again what the end of a process cut short.
        val id = if (delivery.isFlash) 0 else store.find(delivery)?.key?.id ?: store.insert(delivery)
        val manager = checkNotNull(context.getSystemService(NotificationManager::class.java))
        Channel.create(context, manager)
        val open = PendingIntent.getActivity(context, 0, MainActivity.intent(context), PendingIntent.FLAG_IMMUTABLE)
        val notice = Notification.Builder(context, Channel.PERSONAL.id)
            .setSmallIcon(R.drawable.ic_messages)
            .setContentTitle(delivery.message.sender)
            .setContentText(delivery.message.body)
            .setContentIntent(open)
            .setAutoCancel(true)
        manager.notify(if (id == 0L) "flash" else "$id", 1, notice.build())
    }
}

package org.smsfilter.demo.messages

import android.app.Notification
import android.app.NotificationManager
import android.app.PendingIntent
import android.content.Context
import org.smsfilter.demo.R
import org.smsfilter.demo.app
import org.smsfilter.demo.notices.Channel

/** Tells that an SMS was not sent, as its conversation may have been left long ago. */
class Unsent(private val context: Context) {
    private val manager = checkNotNull(context.getSystemService(NotificationManager::class.java))

    /** @param message the row id of what was not sent */
    fun tell(message: Long) {
        val thread = context.app.phone.mailbox.get(listOf(message))[message]?.thread ?: return
        if (thread == shown) return
        val open = ThreadActivity.intent(context, thread, message)
        val notice = Notification.Builder(context, Channel.PERSONAL.id)
            .setSmallIcon(R.drawable.ic_messages)
            .setContentTitle(context.getString(R.string.unsent_title))
            .setContentText(context.getString(R.string.unsent_text))
            .setContentIntent(PendingIntent.getActivity(context, thread.toInt(), open, PendingIntent.FLAG_UPDATE_CURRENT or PendingIntent.FLAG_IMMUTABLE))
            .setAutoCancel(true)
        manager.notify(TAG, thread.toInt(), notice.build())
    }

    /** A conversation is open: the user sees it there. */
    fun seen(thread: Long) {
        shown = thread
        manager.cancel(TAG, thread.toInt())
    }

    companion object {
        private const val TAG = "unsent"

        /** The conversation that is on the screen. */
        @Volatile
        private var shown = -1L

        /** No conversation is on the screen any more. */
        fun left() {
            shown = -1
        }
    }
}

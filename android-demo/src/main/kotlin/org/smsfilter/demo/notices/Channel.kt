package org.smsfilter.demo.notices

import android.app.Notification
import android.app.NotificationChannel
import android.app.NotificationManager
import android.content.Context
import org.smsfilter.Action
import org.smsfilter.Category
import org.smsfilter.Received
import org.smsfilter.demo.R
import org.smsfilter.demo.messages.isSuspect

/** The classes of notices that the user can switch and tune in Android's settings, each by itself. */
enum class Channel(private val title: Int, private val importance: Int) {
    PERSONAL(R.string.channel_personal, NotificationManager.IMPORTANCE_HIGH),
    CODE(R.string.channel_code, NotificationManager.IMPORTANCE_HIGH),
    SERVICE(R.string.channel_service, NotificationManager.IMPORTANCE_DEFAULT),
    PUBLIC(R.string.channel_public, NotificationManager.IMPORTANCE_DEFAULT),
    PROMOTION(R.string.channel_promotion, NotificationManager.IMPORTANCE_LOW),
    SUSPECT(R.string.channel_suspect, NotificationManager.IMPORTANCE_DEFAULT),
    MOVED(R.string.channel_moved, NotificationManager.IMPORTANCE_MIN),
    DIGEST(R.string.channel_digest, NotificationManager.IMPORTANCE_LOW),
    REPORTS(R.string.channel_reports, NotificationManager.IMPORTANCE_DEFAULT),
    ;

    val id: String get() = name.lowercase()

    companion object {
        /** @param isRestored whether the user called it no spam */
        fun of(received: Received, isRestored: Boolean = false): Channel = when {
            received.action == Action.QUARANTINE && !isRestored -> MOVED
            received.isFraud && !isRestored -> SUSPECT
            received.category == Category.PROMOTION -> PROMOTION
            received.category == Category.CODE -> CODE
            received.category == Category.SERVICE -> SERVICE
            received.category == Category.PUBLIC -> PUBLIC
            else -> PERSONAL
        }

        /** Creates them, or gives them the names of the language that the phone speaks now. What the user tuned stays. */
        fun create(context: Context, manager: NotificationManager): Unit = manager.createNotificationChannels(
            entries.map { channel ->
                NotificationChannel(channel.id, context.getString(channel.title), channel.importance).apply {
                    lockscreenVisibility = Notification.VISIBILITY_PRIVATE
                    setShowBadge(channel != MOVED && channel != DIGEST)
                }
            },
        )
    }
}

/** Whether it is called a suspected fraud: a lawful promotion that has a label is none. */
val Received.isFraud: Boolean get() = isSuspect && category != Category.PROMOTION

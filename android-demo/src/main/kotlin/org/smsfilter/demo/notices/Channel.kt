package org.smsfilter.demo.notices

import android.app.NotificationChannel
import android.app.NotificationManager
import android.content.Context
import org.smsfilter.Action
import org.smsfilter.Category
import org.smsfilter.Received
import org.smsfilter.demo.R

/** The classes of messages that the user can switch and tune in Android's settings. */
enum class Channel(private val title: Int, private val importance: Int) {
    PERSONAL(R.string.channel_personal, NotificationManager.IMPORTANCE_HIGH),
    CODE(R.string.channel_code, NotificationManager.IMPORTANCE_HIGH),
    SERVICE(R.string.channel_service, NotificationManager.IMPORTANCE_DEFAULT),
    PROMOTION(R.string.channel_promotion, NotificationManager.IMPORTANCE_LOW),
    SUSPECT(R.string.channel_suspect, NotificationManager.IMPORTANCE_DEFAULT),
    MOVED(R.string.channel_moved, NotificationManager.IMPORTANCE_MIN),
    ;

    val id: String get() = name.lowercase()

    companion object {
        fun of(received: Received): Channel = when {
            received.action >= Action.DIGEST -> MOVED
            received.category.isBlocked -> SUSPECT
            received.category == Category.PROMOTION || received.action == Action.SILENT || received.isQuiet -> PROMOTION
            received.category == Category.CODE -> CODE
            received.category == Category.SERVICE || received.category == Category.PUBLIC -> SERVICE
            else -> PERSONAL
        }

        fun create(context: Context, manager: NotificationManager): Unit = manager.createNotificationChannels(
            entries.map { NotificationChannel(it.id, context.getString(it.title), it.importance) },
        )
    }
}

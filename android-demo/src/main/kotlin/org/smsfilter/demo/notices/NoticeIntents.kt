package org.smsfilter.demo.notices

import android.app.PendingIntent
import android.app.TaskStackBuilder
import android.content.Context
import android.content.Intent
import android.net.Uri
import android.os.Build
import org.smsfilter.MessageKey
import org.smsfilter.demo.MainActivity

/** What a notice starts. All of it names its component; nothing of it can be changed but the reply, which Android fills in. */
internal class NoticeIntents(private val context: Context) {
    /**
     * A screen, with the main one behind it to go back to. The row id tells one message's from another's; and as Android takes two intents
     * that differ in their extras alone for the same, the number tells the tabs apart.
     */
    fun screen(message: Long, tab: MainActivity.Tab, vararg screens: Intent): PendingIntent {
        val stack = TaskStackBuilder.create(context).addNextIntent(MainActivity.intent(context, tab))
        for (screen in screens) stack.addNextIntent(screen.setData(uri(MessageKey(message, 0))))
        val number = message.toInt() * MainActivity.Tab.entries.size + tab.ordinal
        return checkNotNull(stack.getPendingIntent(number, PendingIntent.FLAG_IMMUTABLE or PendingIntent.FLAG_UPDATE_CURRENT))
    }

    /** A screen of its own, such as that of a report. */
    fun sheet(message: Long, screen: Intent): PendingIntent = PendingIntent.getActivity(
        context, message.toInt(), screen.addFlags(Intent.FLAG_ACTIVITY_NEW_TASK), PendingIntent.FLAG_IMMUTABLE or PendingIntent.FLAG_UPDATE_CURRENT,
    )

    /** What is done without a screen. */
    fun act(act: NoticeAct, key: MessageKey): PendingIntent = PendingIntent.getBroadcast(
        context, 0, intent(context, act, key), PendingIntent.FLAG_IMMUTABLE or PendingIntent.FLAG_UPDATE_CURRENT,
    )

    /** Android puts the typed reply into the intent, which an immutable one would drop. It is explicit, and the message stands in its address. */
    fun reply(key: MessageKey): PendingIntent = PendingIntent.getBroadcast(
        context, 0, intent(context, NoticeAct.REPLY, key), if (Build.VERSION.SDK_INT >= 31) PendingIntent.FLAG_MUTABLE else 0,
    )

    companion object {
        fun intent(context: Context, act: NoticeAct, key: MessageKey): Intent =
            Intent(act.name, uri(key), context, NoticeReceiver::class.java)

        private fun uri(key: MessageKey) = Uri.parse("message:///${key.id}/${key.receivedAt}")

        /** The message that an intent is about; `null` if it names none. */
        fun key(uri: Uri?): MessageKey? {
            val (id, at) = uri?.pathSegments?.map { it.toLongOrNull() ?: return null }?.takeIf { it.size == 2 } ?: return null
            return if (uri.scheme == "message" && id > 0 && at >= 0) MessageKey(id, at) else null
        }
    }
}

/** What a notice of a message can do without a screen. */
enum class NoticeAct { RESTORE, COPY, REPLY, READ }

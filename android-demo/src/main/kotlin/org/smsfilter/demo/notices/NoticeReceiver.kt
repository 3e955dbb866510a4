package org.smsfilter.demo.notices

import android.app.RemoteInput
import android.content.BroadcastReceiver
import android.content.ClipData
import android.content.ClipboardManager
import android.content.Context
import android.content.Intent
import android.os.Build
import android.os.Handler
import android.os.Looper
import android.os.PersistableBundle
import android.widget.Toast
import org.smsfilter.IndexEntry
import org.smsfilter.StoredMessage
import org.smsfilter.demo.Phone
import org.smsfilter.demo.R
import org.smsfilter.demo.app
import org.smsfilter.demo.messages.Codes
import org.smsfilter.demo.messages.Drafts
import org.smsfilter.demo.now

/** Does what a notice offers. Only this application's own PendingIntents reach it; what they name is looked up anew. */
class NoticeReceiver : BroadcastReceiver() {
    override fun onReceive(context: Context, intent: Intent) {
        val act = NoticeAct.entries.find { it.name == intent.action } ?: return
        val key = NoticeIntents.key(intent.data) ?: return
        val answer = RemoteInput.getResultsFromIntent(intent)?.getCharSequence(ANSWER)?.toString().orEmpty().take(MOST)
        context.app.background.arrive(this) {
            val phone = context.app.phone
            val stored = phone.store.get(key.id)?.takeIf { it.key == key }
            val entry = phone.index.get(key)
            when {
                // Deleted since; its row id may be another's.
                stored == null -> phone.notices.read(listOf(key.id))
                act == NoticeAct.READ -> read(phone, stored)
                act == NoticeAct.COPY -> copy(context, phone, stored)
                entry == null -> Unit
                act == NoticeAct.RESTORE -> restore(context, phone, stored, entry)
                act == NoticeAct.REPLY -> reply(context, phone, stored, entry, answer)
            }
        }
    }

    private fun read(phone: Phone, stored: StoredMessage) {
        // The library's way to mark one message as read and seen; nothing else is hidden by it.
        phone.store.hide(stored.key)
        phone.notices.read(listOf(stored.key.id))
    }

    private fun restore(context: Context, phone: Phone, stored: StoredMessage, entry: IndexEntry) {
        if (phone.index.restore(stored.key.id, context.now)) {
            phone.notices.restored(stored.key, stored.message, entry.received)
        } else if (!entry.isHidden) {
            phone.notices.read(listOf(stored.key.id))
        }
    }

    /** The code alone, hidden in the clipboard's preview from Android 13 on; earlier versions leave the mark aside. */
    private fun copy(context: Context, phone: Phone, stored: StoredMessage) {
        val code = Codes(context).find(stored.message.body) ?: return
        val clip = ClipData.newPlainText(context.getString(R.string.channel_code), code)
        clip.description.extras = PersistableBundle().apply { putBoolean(SENSITIVE, true) }
        // Android 8 has its clipboard on threads that have a looper alone.
        Handler(Looper.getMainLooper()).post {
            checkNotNull(context.getSystemService(ClipboardManager::class.java)).setPrimaryClip(clip)
            // Android 13 shows by itself what was copied.
            if (Build.VERSION.SDK_INT < 33) Toast.makeText(context, R.string.notice_copied, Toast.LENGTH_SHORT).show()
        }
        read(phone, stored)
    }

    /** A reply that cannot be stored is not sent: it becomes the draft, so that nothing typed is lost. */
    private fun reply(context: Context, phone: Phone, stored: StoredMessage, entry: IndexEntry, answer: String) {
        if (answer.isBlank()) return phone.notices.unsent(stored.key, stored.message, entry.received)
        val sms = phone.mailbox.get(listOf(stored.key.id))[stored.key.id]
        try {
            phone.outbox.send(stored.message.sender, answer, sms?.subscription ?: -1)
        } catch (e: RuntimeException) {
            sms?.thread?.let { thread -> Drafts(context).run { set(thread, listOf(get(thread), answer).filter { it.isNotBlank() }.joinToString("\n")) } }
            phone.notices.unsent(stored.key, stored.message, entry.received)
            throw e
        }
        read(phone, stored)
    }

    internal companion object {
        const val ANSWER = "answer"

        /** Ten SMS of 67 characters, which nobody types into a notice. */
        private const val MOST = 670

        /** `ClipDescription.EXTRA_IS_SENSITIVE` of Android 13. */
        private const val SENSITIVE = "android.content.extra.IS_SENSITIVE"
    }
}

package org.smsfilter.demo.messages

import android.app.Activity
import android.app.PendingIntent
import android.content.BroadcastReceiver
import android.content.ContentResolver
import android.content.ContentValues
import android.content.Context
import android.content.Intent
import android.net.Uri
import android.os.Build
import android.provider.Telephony.Sms
import android.telephony.SmsMessage
import org.smsfilter.MessageKey
import org.smsfilter.demo.Since
import org.smsfilter.demo.app

/**
 * What became of the parts of a message that was sent. One part that fails makes the whole fail; else the last one tells.
 * Android sends it even when the process that sent the message has ended.
 */
class SentReceiver : BroadcastReceiver() {
    override fun onReceive(context: Context, intent: Intent) {
        val part = Part.of(intent.data ?: return) ?: return
        val result = resultCode
        val resolver = context.contentResolver
        context.app.background.arrive(this) {
            when (intent.action) {
                SENT -> if (result != Activity.RESULT_OK) failed(resolver, part.key, result) else if (part.isLast) sent(resolver, part.key)
                DELIVERED -> status(intent)?.let { delivered(resolver, part, it) }
            }
        }
    }

    /** @property isLast whether no other part comes after it */
    private class Part(val key: MessageKey, val isLast: Boolean) {
        companion object {
            fun of(uri: Uri): Part? {
                val (id, date, number, of) = uri.pathSegments.map { it.toLongOrNull() ?: return null }.takeIf { it.size == 4 } ?: return null
                return Part(MessageKey(id, date), number == of - 1)
            }
        }
    }

    companion object {
        private const val SENT = "org.smsfilter.demo.SENT"
        private const val DELIVERED = "org.smsfilter.demo.DELIVERED"
        private const val THIS = "${Sms._ID} = ? AND ${Sms.DATE} = ?"

        /** What Android calls once for each part when it was sent, and when it was delivered. */
        fun intents(context: Context, key: MessageKey, parts: Int): Pair<ArrayList<PendingIntent>, ArrayList<PendingIntent>> {
            fun list(action: String, flags: Int) = (0 until parts).mapTo(ArrayList()) { part ->
                val intent = Intent(action, Uri.parse("part:///${key.id}/${key.receivedAt}/$part/$parts"), context, SentReceiver::class.java)
                PendingIntent.getBroadcast(context, 0, intent, flags)
            }
            return list(SENT, PendingIntent.FLAG_IMMUTABLE) to list(DELIVERED, filledIn())
        }

        fun failed(resolver: ContentResolver, key: MessageKey, reason: Int) {
            update(resolver, key, "${Sms.TYPE} IN (2, 4, 5, 6)", Sms.TYPE to Sms.MESSAGE_TYPE_FAILED, Sms.ERROR_CODE to reason)
        }

        private fun sent(resolver: ContentResolver, key: MessageKey) {
            update(resolver, key, "${Sms.TYPE} IN (4, 6)", Sms.TYPE to Sms.MESSAGE_TYPE_SENT)
        }

        private fun delivered(resolver: ContentResolver, part: Part, status: Int) {
            when {
                status >= Sms.STATUS_FAILED -> update(resolver, part.key, "1", Sms.STATUS to status)
                status < Sms.STATUS_PENDING && part.isLast ->
                    update(resolver, part.key, "${Sms.STATUS} < ${Sms.STATUS_FAILED}", Sms.STATUS to Sms.STATUS_COMPLETE)
            }
        }

        private fun update(resolver: ContentResolver, key: MessageKey, where: String, vararg values: Pair<String, Int>) {
            val row = ContentValues().apply { values.forEach { (column, value) -> put(column, value) } }
            resolver.update(Sms.CONTENT_URI, row, "$THIS AND $where", arrayOf("${key.id}", "${key.receivedAt}"))
        }

        /** The network's report is filled into the intent, which an immutable one would drop: it is explicit, and names this class. */
        private fun filledIn(): Int = if (Build.VERSION.SDK_INT >= 31) mutable() else 0

        @Since(31)
        private fun mutable(): Int = PendingIntent.FLAG_MUTABLE

        /** The status of a report, one of [Sms]'s `STATUS_` or between; `null` if none can be read. */
        private fun status(intent: Intent): Int? {
            val pdu = intent.getByteArrayExtra("pdu") ?: return null
            return try {
                SmsMessage.createFromPdu(pdu, intent.getStringExtra("format"))?.status
            } catch (e: RuntimeException) {
                null
            }
        }
    }
}

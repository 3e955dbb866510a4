package org.smsfilter.demo.messages

import android.app.Activity
import android.app.PendingIntent
import android.content.BroadcastReceiver
import android.content.ContentResolver
import android.content.ContentValues
import android.content.Context
import android.content.Intent
import android.net.Uri
import android.provider.Telephony.Sms
import android.telephony.SmsMessage
import org.smsfilter.MessageKey
import org.smsfilter.demo.app
import org.smsfilter.demo.report.OptOuts

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
                SENT -> when {
                    result != Activity.RESULT_OK -> if (failed(resolver, part.key, result)) Unsent(context).tell(part.key.id)
                    // Not on this thread: the ledgers load JNA, which no message may wait for. Should the process end first, the next one does it.
                    part.isLast -> if (sent(resolver, part.key)) context.app.background.run { OptOuts(context).settle() }
                }
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

        /** What Android calls once for each part when it was sent. */
        fun whenSent(context: Context, key: MessageKey, parts: Int): ArrayList<PendingIntent> =
            intents(context, SENT, key, parts) { PendingIntent.getBroadcast(context, 0, it, PendingIntent.FLAG_IMMUTABLE) }

        /**
         * What Android calls once for each part when it was delivered, or cannot be. The network's report is filled in, which an
         * immutable intent would drop, and a failed delivery would look like a good one. Versions before 12 know no such flag
         * and leave it aside.
         */
        fun whenDelivered(context: Context, key: MessageKey, parts: Int): ArrayList<PendingIntent> =
            intents(context, DELIVERED, key, parts) { PendingIntent.getBroadcast(context, 0, it, PendingIntent.FLAG_MUTABLE) }

        private fun intents(context: Context, action: String, key: MessageKey, parts: Int, make: (Intent) -> PendingIntent) =
            (0 until parts).mapTo(ArrayList()) { part ->
                make(Intent(action, Uri.parse("part:///${key.id}/${key.receivedAt}/$part/$parts"), context, SentReceiver::class.java))
            }

        /**
         * Marks a message as failed.
         *
         * @return whether it was not so before
         */
        fun failed(resolver: ContentResolver, key: MessageKey, reason: Int): Boolean =
            update(resolver, key, "${Sms.TYPE} <> ${Sms.MESSAGE_TYPE_FAILED}", Sms.TYPE to Sms.MESSAGE_TYPE_FAILED, Sms.ERROR_CODE to reason)

        private fun sent(resolver: ContentResolver, key: MessageKey): Boolean {
            val open = "${Sms.TYPE} IN (${Sms.MESSAGE_TYPE_OUTBOX}, ${Sms.MESSAGE_TYPE_QUEUED})"
            return update(resolver, key, open, Sms.TYPE to Sms.MESSAGE_TYPE_SENT)
        }

        private fun delivered(resolver: ContentResolver, part: Part, status: Int) {
            when {
                status >= Sms.STATUS_FAILED -> update(resolver, part.key, "1", Sms.STATUS to status)
                status < Sms.STATUS_PENDING && part.isLast ->
                    update(resolver, part.key, "${Sms.STATUS} < ${Sms.STATUS_FAILED}", Sms.STATUS to Sms.STATUS_COMPLETE)
            }
        }

        private fun update(resolver: ContentResolver, key: MessageKey, where: String, vararg values: Pair<String, Int>): Boolean {
            val row = ContentValues().apply { values.forEach { (column, value) -> put(column, value) } }
            return resolver.update(Sms.CONTENT_URI, row, "$THIS AND $where", arrayOf("${key.id}", "${key.receivedAt}")) > 0
        }

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

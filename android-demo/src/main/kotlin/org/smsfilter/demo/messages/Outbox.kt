package org.smsfilter.demo.messages

import android.content.ContentUris
import android.content.ContentValues
import android.content.Context
import android.os.Build
import android.provider.Telephony.Sms
import android.telephony.SmsManager
import android.telephony.SubscriptionManager
import java.util.concurrent.ConcurrentHashMap
import org.smsfilter.MessageKey
import org.smsfilter.demo.Since
import org.smsfilter.demo.now

/**
 * Sends SMS. A message is stored before it is sent, so that nothing typed is lost: what cannot be sent stays in its
 * conversation as failed. [SentReceiver] hears what became of it, even in a later process.
 */
class Outbox(private val context: Context) {
    private val resolver = context.contentResolver
    private val handedOver: MutableSet<MessageKey> = ConcurrentHashMap.newKeySet()

    /**
     * Stores a message and sends it. Waits for the disk.
     *
     * @param subscription Android's id of the SIM that sends; −1: the one that the user chose for SMS
     * @param stored told of the row before it is handed to Android
     * @return its row id in the store; a message that Android refused to send is there as failed
     * @throws NotStored if Android stores nothing: nothing was sent then
     */
    fun send(address: String, text: String, subscription: Int = -1, stored: (MessageKey) -> Unit = {}): Long {
        require(text.isNotBlank()) { "expected a text to send" }
        val sim = if (subscription >= 0) subscription else SubscriptionManager.getDefaultSmsSubscriptionId()
        val row = attempt().apply {
            put(Sms.ADDRESS, requireNotNull(address(address)) { "expected a number to send to" })
            put(Sms.BODY, text)
            put(Sms.READ, 1)
            put(Sms.SEEN, 1)
            put(Sms.SUBSCRIPTION_ID, sim)
        }
        val id = resolver.insert(Sms.Outbox.CONTENT_URI, row)?.let(ContentUris::parseId) ?: 0
        // Android answers with the row 0 to an application that is not the default one, and stores nothing.
        if (id <= 0) throw NotStored()
        val key = MessageKey(id, row.getAsLong(Sms.DATE))
        stored(key)
        handOver(key, row.getAsString(Sms.ADDRESS), text, sim)
        return id
    }

    /**
     * Sends a message again that failed, or of which nothing is known. What is on its way, or was sent, stays as it is.
     *
     * @return whether it was sent again
     */
    fun retry(sms: StoredSms): Boolean {
        if (sms.type != Sms.MESSAGE_TYPE_FAILED && !(isOpen(sms.type) && sms.key !in handedOver)) return false
        val row = attempt().apply { put(Sms.TYPE, Sms.MESSAGE_TYPE_OUTBOX) }
        val same = "${Sms._ID} = ? AND ${Sms.DATE} = ? AND ${Sms.TYPE} = ?"
        val isTaken = resolver.update(Sms.CONTENT_URI, row, same, arrayOf("${sms.id}", "${sms.date}", "${sms.type}")) == 1
        if (isTaken) handOver(MessageKey(sms.id, row.getAsLong(Sms.DATE)), sms.address, sms.body, sms.subscription)
        return isTaken
    }

    /** How far a message of the user is. */
    fun state(sms: StoredSms): Sending = when {
        sms.type == Sms.MESSAGE_TYPE_FAILED -> Sending.FAILED
        isOpen(sms.type) -> if (sms.key in handedOver) Sending.UNDER_WAY else Sending.UNKNOWN
        sms.status == Sms.STATUS_COMPLETE -> Sending.DELIVERED
        sms.status >= Sms.STATUS_FAILED -> Sending.UNDELIVERED
        else -> Sending.SENT
    }

    /** The time tells attempts apart: what is heard of an earlier one changes nothing. */
    private fun attempt() = ContentValues().apply {
        put(Sms.DATE, context.now)
        put(Sms.STATUS, Sms.STATUS_PENDING)
        put(Sms.ERROR_CODE, 0)
    }

    private fun handOver(key: MessageKey, address: String, text: String, subscription: Int) {
        handedOver += key
        try {
            val manager = manager(context, subscription)
            val parts = manager.divideMessage(text)
            val (sent, delivered) = SentReceiver.run { whenSent(context, key, parts.size) to whenDelivered(context, key, parts.size) }
            manager.sendMultipartTextMessage(address, null, parts, sent, delivered)
        } catch (e: RuntimeException) {
            // No permission, no SIM, no service to send with: the message stays, and can be sent again.
            SentReceiver.failed(resolver, key, SmsManager.RESULT_ERROR_GENERIC_FAILURE)
        }
    }

    /** Nothing was stored and nothing sent: this is not the default SMS application. */
    class NotStored : RuntimeException("expected the SMS provider to store a message, but it did not; is this the default SMS application?")

    companion object {
        private val PUNCTUATION = Regex("[\\s()\\-.\\u00A0]")
        private val NUMBER = Regex("\\+?[0-9*#]{3,20}")

        /** A number that can be sent to, without what people write for the eye; `null` if it is none. */
        fun address(text: String): String? = text.replace(PUNCTUATION, "").takeIf(NUMBER::matches)

        private fun isOpen(type: Int) = type == Sms.MESSAGE_TYPE_OUTBOX || type == Sms.MESSAGE_TYPE_QUEUED

        internal fun manager(context: Context, subscription: Int): SmsManager =
            if (Build.VERSION.SDK_INT >= 31) managerSince31(context, subscription) else managerBefore31(subscription)

        @Since(31)
        private fun managerSince31(context: Context, subscription: Int): SmsManager {
            val manager = checkNotNull(context.getSystemService(SmsManager::class.java)) { "expected a phone that sends SMS" }
            return if (subscription < 0) manager else manager.createForSubscriptionId(subscription)
        }

        @Suppress("DEPRECATION")
        private fun managerBefore31(subscription: Int): SmsManager =
            if (subscription < 0) SmsManager.getDefault() else SmsManager.getSmsManagerForSubscriptionId(subscription)
    }
}

/** How far a message of the user is. */
enum class Sending {
    UNDER_WAY,

    /** Handed over before the process ended; nothing was heard since. */
    UNKNOWN,
    SENT,
    DELIVERED,

    /** Sent, and the network could not deliver it. */
    UNDELIVERED,
    FAILED,
    ;

    val mayRetry: Boolean get() = this == UNKNOWN || this == FAILED
}

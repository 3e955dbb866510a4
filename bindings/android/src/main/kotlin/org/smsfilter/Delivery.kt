package org.smsfilter

import android.content.Intent
import android.provider.Telephony.Sms.Intents
import android.telephony.SmsMessage
import java.util.TimeZone

/**
 * One SMS as the network delivered it.
 *
 * @property message what was received; its time is required
 * @property sentAt when the service centre took it, milliseconds since 1970 UTC; `null` if unknown
 * @property subscription Android's id of the SIM that received it; −1 if unknown
 * @property isFlash class 0: shown at once, and never stored
 */
public data class Delivery @JvmOverloads constructor(
    val message: Message,
    val sentAt: Long? = null,
    val subscription: Int = -1,
    val isFlash: Boolean = false,
) {
    init {
        requireNotNull(message.receivedAt) { "a delivery has the time when it was received" }
    }

    public companion object {
        /**
         * Reads the intent of an `SMS_DELIVER` broadcast, all parts joined. The SIM has its slot and no operator, and the
         * sender is [Known.NONE]: the [Judge] looks these up, so that a replay does the same.
         *
         * @param receivedAt milliseconds since 1970 UTC
         * @return `null` if no message is in it
         */
        @JvmStatic
        @JvmOverloads
        public fun read(intent: Intent, receivedAt: Long = System.currentTimeMillis()): Delivery? {
            val parts = Intents.getMessagesFromIntent(intent).orEmpty().filterNotNull()
            val first = parts.firstOrNull() ?: return null
            val slot = intent.extra("android.telephony.extra.SLOT_INDEX", "slot", "phone")
            return Delivery(
                Message(
                    sender = first.displayOriginatingAddress.orEmpty(),
                    body = parts.joinToString("") { it.displayMessageBody.orEmpty() },
                    receivedAt = receivedAt,
                    utcOffsetMinutes = utcOffsetMinutes(receivedAt),
                    sim = if (slot in 0..255) Sim(slot) else null,
                ),
                sentAt = first.timestampMillis,
                subscription = intent.extra("android.telephony.extra.SUBSCRIPTION_INDEX", "subscription"),
                isFlash = first.messageClass == SmsMessage.MessageClass.CLASS_0,
            )
        }

        /** The first of the names that is there: newer versions of Android have further ones. */
        private fun Intent.extra(vararg names: String): Int = names.firstOrNull(::hasExtra)?.let { getIntExtra(it, -1) } ?: -1
    }
}

/** This phone's offset from UTC at a time, milliseconds since 1970 UTC. */
internal fun utcOffsetMinutes(at: Long): Int = TimeZone.getDefault().getOffset(at) / 60_000

package org.smsfilter.demo.messages

import android.content.ContentUris
import android.content.ContentValues
import android.content.Context
import android.provider.Telephony.Sms
import android.telephony.SmsManager

/** Sends what the user wrote, and keeps it with the conversation. */
class Outbox(private val context: Context) {
    /**
     * @param subscription Android's id of the SIM; −1: the one for SMS
     * @return the row id of the message
     */
    fun send(address: String, text: String, subscription: Int = -1): Long {
        val row = ContentValues().apply {
            put(Sms.ADDRESS, address)
            put(Sms.BODY, text)
            put(Sms.READ, 1)
            put(Sms.SEEN, 1)
            put(Sms.SUBSCRIPTION_ID, subscription)
        }
        val uri = checkNotNull(context.contentResolver.insert(Sms.Sent.CONTENT_URI, row)) { "expected the SMS provider to store a message" }
        @Suppress("DEPRECATION")
        val manager = if (subscription < 0) SmsManager.getDefault() else SmsManager.getSmsManagerForSubscriptionId(subscription)
        manager.sendMultipartTextMessage(address, null, manager.divideMessage(text), null, null)
        return ContentUris.parseId(uri)
    }
}

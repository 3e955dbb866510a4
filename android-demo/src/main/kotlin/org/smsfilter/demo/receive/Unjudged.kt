package org.smsfilter.demo.receive

import android.content.ContentUris
import android.content.ContentValues
import android.content.Context
import android.provider.Telephony.Sms
import org.smsfilter.Delivery
import org.smsfilter.TelephonyMessages
import org.smsfilter.demo.notices.Alerts

/** What a message gets that no rule can read: it is stored and told of. */
object Unjudged {
    /**
     * @param isFinal whether it stays so: what Android's store calls seen, a later replay leaves in the inbox and tells nobody of. It came
     *   while the user had not agreed, or not any more, that rules read it
     */
    fun store(context: Context, delivery: Delivery, isFinal: Boolean) {
        if (delivery.isFlash) return Alerts(context).flash(delivery.message, null)
        val store = TelephonyMessages(context.contentResolver)
        // Android delivers again what the end of a process cut short.
        val id = store.find(delivery)?.key?.id ?: store.insert(delivery)
        Alerts(context).unjudged(id, delivery.message)
        if (isFinal) context.contentResolver.update(ContentUris.withAppendedId(Sms.CONTENT_URI, id), ContentValues().apply { put(Sms.SEEN, 1) }, null, null)
    }
}

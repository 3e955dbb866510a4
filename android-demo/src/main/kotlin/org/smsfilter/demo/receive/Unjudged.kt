package org.smsfilter.demo.receive

import android.content.Context
import org.smsfilter.Delivery
import org.smsfilter.TelephonyMessages
import org.smsfilter.demo.notices.Alerts

/** What a message gets that no rule can read: it is stored and told of. */
object Unjudged {
    fun store(context: Context, delivery: Delivery) {
        if (delivery.isFlash) return Alerts(context).flash(delivery.message, null)
        val store = TelephonyMessages(context.contentResolver)
        // Android delivers again what the end of a process cut short.
        val id = store.find(delivery)?.key?.id ?: store.insert(delivery)
        Alerts(context).unjudged(id, delivery.message)
    }
}

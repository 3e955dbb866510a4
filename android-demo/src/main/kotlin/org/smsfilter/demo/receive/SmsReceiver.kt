package org.smsfilter.demo.receive

import android.content.BroadcastReceiver
import android.content.Context
import android.content.Intent
import android.provider.Telephony.Sms.Intents
import org.smsfilter.Delivery
import org.smsfilter.demo.app
import org.smsfilter.demo.now

/** An SMS from the network. Android sends it to the default application alone. */
class SmsReceiver : BroadcastReceiver() {
    override fun onReceive(context: Context, intent: Intent) {
        if (intent.action != Intents.SMS_DELIVER_ACTION) return
        val delivery = Delivery.read(intent, context.now) ?: return
        context.app.background.arrive(this) { Arrival.of(context, delivery) }
    }
}

package org.smsfilter.demo.receive

import android.content.BroadcastReceiver
import android.content.Context
import android.content.Intent
import android.provider.Telephony.Sms.Intents
import org.smsfilter.demo.app

/** That an MMS waits at the operator. This application cannot fetch it, and says so instead of losing it silently. */
class MmsReceiver : BroadcastReceiver() {
    override fun onReceive(context: Context, intent: Intent) {
        if (intent.action != Intents.WAP_PUSH_DELIVER_ACTION) return
        context.app.background.arrive(this) { context.app.phone.notices.mms() }
    }
}

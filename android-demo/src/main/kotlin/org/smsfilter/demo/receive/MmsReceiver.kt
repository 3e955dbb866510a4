package org.smsfilter.demo.receive

import android.content.BroadcastReceiver
import android.content.Context
import android.content.Intent
import android.provider.Telephony.Sms.Intents
import org.smsfilter.demo.app
import org.smsfilter.demo.notices.Alerts
import org.smsfilter.demo.now

/** That an MMS waits at the operator. This application cannot fetch it, and says so instead of losing it silently. */
class MmsReceiver : BroadcastReceiver() {
    override fun onReceive(context: Context, intent: Intent) {
        if (intent.action != Intents.WAP_PUSH_DELIVER_ACTION || !isWaiting(intent.getByteArrayExtra("data"))) return
        val slot = SLOTS.firstOrNull(intent::hasExtra)?.let { intent.getIntExtra(it, -1) } ?: -1
        val at = context.now
        context.app.background.arrive(this) { Alerts(context).mms(slot, at) }
    }

    /** Whether a push is about a message that waits; what is no report of delivery or reading is rather told of. */
    private fun isWaiting(push: ByteArray?): Boolean =
        push == null || push.size < 2 || push[0] != TYPE || push[1] !in REPORTS

    private companion object {
        val SLOTS = listOf("android.telephony.extra.SLOT_INDEX", "slot", "phone")

        /** OMA MMS encapsulation: X-Mms-Message-Type, and its values m-delivery-ind and m-read-orig-ind. */
        const val TYPE = 0x8C.toByte()
        val REPORTS = byteArrayOf(0x86.toByte(), 0x88.toByte())
    }
}

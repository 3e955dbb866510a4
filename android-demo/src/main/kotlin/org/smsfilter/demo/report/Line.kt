package org.smsfilter.demo.report

import android.Manifest.permission.READ_PHONE_STATE
import android.Manifest.permission.SEND_SMS
import android.content.Context
import android.content.pm.PackageManager.PERMISSION_GRANTED
import android.telephony.SmsManager
import org.smsfilter.demo.R
import org.smsfilter.demo.app
import org.smsfilter.demo.messages.Outbox
import org.smsfilter.demo.messages.title

/**
 * The SIM that a report is sent from: the one that received the message.
 *
 * @property subscription Android's id of it; −1: the one for SMS
 * @property name as the user knows it
 * @property manager what sends from it
 * @property isGone it is known that this SIM is no longer in the phone
 */
class Line private constructor(val subscription: Int, val name: String, val isGone: Boolean, val manager: SmsManager) {

    companion object {
        fun of(context: Context, subscription: Int): Line {
            val sims = context.app.phone.sims.all()
            val info = sims.find { it.subscriptionId == subscription }
            val manager = Outbox.manager(context, subscription)
            val isKnown = subscription >= 0 && sims.isNotEmpty() && context.checkSelfPermission(READ_PHONE_STATE) == PERMISSION_GRANTED
            return when {
                info != null -> Line(subscription, context.title(info), false, manager)
                isKnown -> Line(subscription, context.getString(R.string.sim_gone), true, manager)
                // Android sends from it all the same; only its name may not be read.
                subscription >= 0 -> Line(subscription, context.getString(R.string.sim_received), false, manager)
                else -> Line(subscription, context.getString(R.string.sim_default), false, manager)
            }
        }

        fun maySend(context: Context): Boolean = context.checkSelfPermission(SEND_SMS) == PERMISSION_GRANTED
    }
}

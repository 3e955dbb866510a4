package org.smsfilter.demo.report

import android.app.Activity
import android.content.BroadcastReceiver
import android.content.Context
import android.content.Intent
import org.smsfilter.demo.app

/** How sending one part of a report went. Not exported: only this application's own `PendingIntent`s come here. */
class SentReceiver : BroadcastReceiver() {
    override fun onReceive(context: Context, intent: Intent) {
        val (dispatch, part, of) = intent.data?.schemeSpecificPart?.split('/')?.mapNotNull { it.toLongOrNull() }?.takeIf { it.size == 3 } ?: return
        val isSent = resultCode == Activity.RESULT_OK
        // Not on the thread of messages that arrive: the ledgers load JNA, which none of them may wait for.
        val pending = goAsync()
        context.app.background.run {
            try {
                Reporter(context).onPart(dispatch, part.toInt(), of.toInt(), isSent)
            } finally {
                pending?.finish()
            }
        }
    }
}

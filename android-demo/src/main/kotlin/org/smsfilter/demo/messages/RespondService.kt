package org.smsfilter.demo.messages

import android.app.Service
import android.content.Intent
import android.os.Handler
import android.os.IBinder
import android.os.Looper
import android.telephony.SubscriptionManager
import android.widget.Toast
import org.smsfilter.demo.R
import org.smsfilter.demo.app

/** Answers a call that the user declined with an SMS. Android's dialler alone may ask for it: the permission in the manifest. */
class RespondService : Service() {
    override fun onBind(intent: Intent?): IBinder? = null

    override fun onStartCommand(intent: Intent?, flags: Int, start: Int): Int {
        val to = intent?.takeIf { it.action == ACTION }?.data?.schemeSpecificPart?.substringBefore('?')?.let(Outbox::address)
        val text = intent?.getCharSequenceExtra(Intent.EXTRA_TEXT)?.toString().orEmpty()
        app.background.run {
            try {
                if (to == null || text.isBlank()) return@run failed()
                app.phone.outbox.send(to, text, intent?.getIntExtra(SUBSCRIPTION, -1) ?: -1)
            } catch (e: RuntimeException) {
                failed()
                throw e
            } finally {
                stopSelf(start)
            }
        }
        // A second start would send it twice: what was stored is in its conversation.
        return START_NOT_STICKY
    }

    private fun failed() {
        Handler(Looper.getMainLooper()).post { Toast.makeText(this, R.string.respond_failed, Toast.LENGTH_LONG).show() }
    }

    private companion object {
        const val ACTION = "android.intent.action.RESPOND_VIA_MESSAGE"

        /** [SubscriptionManager]'s name for it since Android 10; the dialler put it there before. */
        const val SUBSCRIPTION = "android.telephony.extra.SUBSCRIPTION_INDEX"
    }
}

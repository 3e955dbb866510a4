package org.smsfilter.demo.receive

import android.app.NotificationManager
import android.content.BroadcastReceiver
import android.content.Context
import android.content.Intent
import org.smsfilter.demo.app
import org.smsfilter.demo.notices.Channel
import org.smsfilter.demo.shield.FirstRun

/** The phone or a new version of this application has started, or the phone speaks another language, or has another time. */
class StartReceiver : BroadcastReceiver() {
    override fun onReceive(context: Context, intent: Intent) {
        if (intent.action !in EXPECTED) return
        context.app.background.arrive(this) {
            Channel.create(context, checkNotNull(context.getSystemService(NotificationManager::class.java)))
            when (intent.action) {
                Intent.ACTION_LOCALE_CHANGED -> Unit
                Intent.ACTION_TIME_CHANGED, Intent.ACTION_TIMEZONE_CHANGED -> if (FirstRun(context).isAgreed) DailyJob.plan(context)
                else -> Arrival.start(context)
            }
        }
    }

    private companion object {
        val EXPECTED = setOf(
            Intent.ACTION_BOOT_COMPLETED, Intent.ACTION_MY_PACKAGE_REPLACED, Intent.ACTION_LOCALE_CHANGED,
            Intent.ACTION_TIME_CHANGED, Intent.ACTION_TIMEZONE_CHANGED,
        )
    }
}

package org.smsfilter.demo.messages

import android.app.Service
import android.content.Intent
import android.os.IBinder

/** Answers a call that the user declined with an SMS. */
class RespondService : Service() {
    override fun onBind(intent: Intent?): IBinder? = null
}

package org.smsfilter.demo.messages

import android.database.ContentObserver
import android.os.Handler
import android.os.Looper
import android.provider.Telephony.Sms
import android.view.View

/** Calls [refresh] when messages come, go or change while a view can be seen. */
fun View.onSmsChange(refresh: () -> Unit) {
    val changes = SmsChanges(this, refresh)
    addOnAttachStateChangeListener(changes)
}

private class SmsChanges(private val view: View, private val refresh: () -> Unit) :
    ContentObserver(Handler(Looper.getMainLooper())), View.OnAttachStateChangeListener {
    private var isDue = false

    override fun onViewAttachedToWindow(view: View): Unit = view.context.contentResolver.registerContentObserver(Sms.CONTENT_URI, true, this)

    override fun onViewDetachedFromWindow(view: View): Unit = view.context.contentResolver.unregisterContentObserver(this)

    override fun onChange(isOwn: Boolean) {
        // Many changes at once make one refresh.
        if (isDue || !view.isShown) return
        isDue = true
        view.post {
            isDue = false
            if (view.isAttachedToWindow) refresh()
        }
    }
}

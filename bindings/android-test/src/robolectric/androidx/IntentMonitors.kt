package androidx.test.internal.runner.intent

import android.content.Intent
import androidx.test.runner.intent.IntentCallback
import androidx.test.runner.intent.IntentMonitor
import java.util.concurrent.CopyOnWriteArrayList

class IntentMonitorImpl : IntentMonitor {
    private val callbacks = CopyOnWriteArrayList<IntentCallback>()

    override fun addIntentCallback(callback: IntentCallback) {
        callbacks += callback
    }

    override fun removeIntentCallback(callback: IntentCallback) {
        callbacks -= callback
    }

    fun signalIntent(intent: Intent) {
        for (callback in callbacks) callback.onIntentSent(Intent(intent))
    }
}

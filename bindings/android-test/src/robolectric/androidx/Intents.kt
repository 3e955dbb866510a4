package androidx.test.runner.intent

import android.app.Instrumentation.ActivityResult
import android.content.Intent

fun interface IntentCallback {
    fun onIntentSent(intent: Intent)
}

interface IntentMonitor {
    fun addIntentCallback(callback: IntentCallback)

    fun removeIntentCallback(callback: IntentCallback)
}

fun interface IntentStubber {
    fun getActivityResultForIntent(intent: Intent): ActivityResult?
}

object IntentMonitorRegistry {
    private var registered: IntentMonitor? = null

    @JvmStatic
    fun getInstance(): IntentMonitor = checkNotNull(registered) { "no monitor of intents is registered" }

    @JvmStatic
    fun registerInstance(monitor: IntentMonitor?) {
        registered = monitor
    }
}

object IntentStubberRegistry {
    private var registered: IntentStubber? = null

    @JvmStatic
    fun getInstance(): IntentStubber = checkNotNull(registered) { "no stubber of intents is registered" }

    @JvmStatic
    fun load(stubber: IntentStubber?) {
        registered = stubber
    }

    @JvmStatic
    fun isLoaded(): Boolean = registered != null

    @JvmStatic
    fun reset() {
        registered = null
    }
}

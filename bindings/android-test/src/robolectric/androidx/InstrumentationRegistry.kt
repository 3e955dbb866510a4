// The types of androidx.test that Robolectric 4.17 starts with, in five files: they are in Google's repository alone.
package androidx.test.platform.app

import android.app.Instrumentation
import android.os.Bundle

object InstrumentationRegistry {
    private var registered: Pair<Instrumentation?, Bundle?> = null to null

    @JvmStatic
    fun getInstrumentation(): Instrumentation = checkNotNull(registered.first) { "no instrumentation is registered" }

    @JvmStatic
    fun getArguments(): Bundle = Bundle(checkNotNull(registered.second) { "no arguments are registered" })

    /** Robolectric takes the registration back with nulls. */
    @JvmStatic
    fun registerInstance(instrumentation: Instrumentation?, arguments: Bundle?) {
        registered = instrumentation to arguments?.let(::Bundle)
    }
}

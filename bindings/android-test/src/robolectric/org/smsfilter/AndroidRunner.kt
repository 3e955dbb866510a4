package org.smsfilter

import org.junit.runners.model.FrameworkMethod
import org.robolectric.RobolectricTestRunner
import org.robolectric.internal.bytecode.InstrumentationConfiguration

/**
 * Runs tests on Android's classes. Each SDK has a class loader of its own, and a JVM lets one class loader alone load a native
 * library: so the package that crosses JNI is left to the JVM's own. All tests share this runner, as each further
 * configuration would be a further Android to set up.
 */
class AndroidRunner(type: Class<*>) : RobolectricTestRunner(type) {
    override fun createClassLoaderConfig(method: FrameworkMethod): InstrumentationConfiguration =
        InstrumentationConfiguration.Builder(super.createClassLoaderConfig(method)).doNotAcquirePackage("org.smsfilter.internal.").build()
}

package org.smsfilter.internal

import com.sun.jna.Native
import java.io.IOException

/**
 * The short road to the native library, without JNA: what `receive.rs` exports. Nothing here throws.
 * Types that cross JNI stay in this package, which a sandboxed test can then leave to the outer class loader.
 */
internal object ReceivePath {
    /** What JNA is to open, a name or a path: the file that is loaded here, for two copies would be two registries. */
    internal val library: String = load("smsfilter_ffi")

    /** The key of a filter over an image, or 0. */
    @JvmStatic
    external fun open(image: ByteArray): Long

    /** `{category, subcategory, score, action, flags, points}`; null if Java is out of memory. */
    @JvmStatic
    external fun receive(
        key: Long,
        sender: CharArray,
        body: CharArray,
        receivedAt: Long,
        utcOffset: Int,
        simSlot: Int,
        simOperator: CharArray?,
        known: Int,
        preset: Int,
    ): LongArray?

    /** The Chinese title of `category or (subcategory shl 8)`; null for a number in no table. */
    @JvmStatic
    external fun title(category: Int): String?

    /** Closes a key; one that is not open is left alone. */
    @JvmStatic
    external fun close(key: Long)

    /** On a JVM whose `java.library.path` has no such library, the artifact `smsfilter-jvm` brings it as a resource. */
    private fun load(name: String): String = try {
        System.loadLibrary(name)
        name
    } catch (absent: UnsatisfiedLinkError) {
        val file = try {
            Native.extractFromResourcePath(name, ReceivePath::class.java.classLoader)
        } catch (_: IOException) {
            throw absent
        }
        file.absolutePath.also(System::load)
    }
}

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

    /** The key of a filter over a directory, or without one over an image alone; 0 if that cannot be opened. */
    @JvmStatic
    external fun open(directory: String?, image: ByteArray): Long

    /**
     * `{category, subcategory, score, action, flags, points, days, row…}`; null if Java is out of memory. A `preset` of -1
     * is the user's own policy.
     */
    @JvmStatic
    external fun receive(
        key: Long,
        sender: String,
        body: String,
        receivedAt: Long,
        utcOffset: Int,
        simSlot: Int,
        simOperator: String?,
        known: Int,
        preset: Int,
    ): LongArray?

    /**
     * The Chinese title of `category or (subcategory shl 8)`, and with `1 shl 16` the subcategory's name for programs; null for a
     * number in no table.
     */
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

package org.smsfilter.demo.shield

import android.content.ContentResolver
import android.net.Uri
import java.io.ByteArrayOutputStream
import java.io.IOException

/** A bundle of rules that the user chose: a file from anywhere, so no more of it is read than a bundle can be. */
object BundleFile {
    /** What the library takes: 16 MiB. */
    const val MOST = 16 shl 20

    class TooLarge : IOException("expected a bundle of at most $MOST bytes, found more")

    /** @throws IOException if it cannot be read; [TooLarge] if it cannot be a bundle */
    fun read(resolver: ContentResolver, uri: Uri): ByteArray {
        val file = try {
            resolver.openInputStream(uri)
        } catch (e: SecurityException) {
            throw IOException(e)
        } ?: throw IOException("expected a file, found none")
        return file.use { from ->
            val bytes = ByteArrayOutputStream()
            val buffer = ByteArray(64 shl 10)
            while (true) {
                val read = from.read(buffer)
                if (read < 0) break
                bytes.write(buffer, 0, read)
                if (bytes.size() > MOST) throw TooLarge()
            }
            bytes.toByteArray()
        }
    }
}

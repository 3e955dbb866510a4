package org.smsfilter.demo

import java.io.ByteArrayOutputStream
import java.io.DataOutputStream
import java.io.File
import java.util.zip.CRC32
import java.util.zip.Deflater
import java.util.zip.DeflaterOutputStream
import javax.imageio.ImageIO
import kotlin.math.abs

/** A picture in memory: opaque colours, row by row. */
class Picture(val width: Int, val height: Int, val pixels: IntArray) {
    /**
     * A picture of `1 / scale` of each side.
     *
     * @param level how far the levels of a colour are apart: 17 makes 16 levels of 256, and a picture small and the same on each machine
     */
    fun reduce(scale: Int, level: Int = LEVEL): Picture {
        val (w, h, step) = Triple(width / scale, height / scale, level * scale * scale)
        return Picture(w, h, IntArray(w * h) { at ->
            val corner = at / w * scale * width + at % w * scale
            PARTS.fold(OPAQUE) { color, part ->
                var sum = 0
                for (y in 0 until scale) for (x in 0 until scale) sum += part(pixels[corner + y * width + x], part)
                // Rounded a little down, so that the greys of the grounds stay grey.
                color or ((sum * 5 + step * 2) / (step * 5) * level shl part)
            }
        })
    }

    fun cut(left: Int, top: Int, width: Int, height: Int): Picture {
        check(left + width <= this.width && top + height <= this.height) { "it is ${this.width} × ${this.height}" }
        return Picture(width, height, IntArray(width * height) { pixels[(top + it / width) * this.width + left + it % width] })
    }

    /** In how many pixels another picture of the same size differs clearly, and in how many at all. */
    fun difference(other: Picture): Pair<Int, Int> {
        val levels = pixels.indices.map { at -> PARTS.maxOf { abs(part(pixels[at], it) - part(other.pixels[at], it)) } / LEVEL }
        return levels.count { it > 1 } to levels.count { it > 0 }
    }

    /** The same in its 256 most frequent colours: the others become the nearest of them. */
    fun indexed(): Picture {
        val colors = pixels.toList().groupingBy { it }.eachCount().entries.sortedWith(compareBy({ -it.value }, { it.key })).map { it.key }
        val kept = colors.take(COLORS)
        val nearest = colors.associateWith { color -> kept.minByOrNull { other -> PARTS.sumOf { abs(part(color, it) - part(other, it)) } }!! }
        return Picture(width, height, IntArray(pixels.size) { nearest.getValue(pixels[it]) })
    }

    /** Writes it as PNG. Of at most 256 colours, each an index into a palette; `ImageIO` would take a fifth more. */
    fun write(file: File) {
        val palette = pixels.distinct().sorted().also { check(it.size <= COLORS) { "${it.size} colours" } }
        val index = palette.withIndex().associate { (at, color) -> color to at }
        val rows = ByteArrayOutputStream()
        DeflaterOutputStream(rows, Deflater(Deflater.BEST_COMPRESSION)).use { out ->
            for (y in 0 until height) {
                out.write(0)
                for (x in 0 until width) out.write(index.getValue(pixels[y * width + x]))
            }
        }
        file.absoluteFile.parentFile!!.mkdirs()
        DataOutputStream(file.outputStream().buffered()).use { out ->
            out.writeLong(SIGNATURE)
            out.chunk("IHDR") { writeInt(width); writeInt(height); write(byteArrayOf(8, 3, 0, 0, 0)) }
            out.chunk("PLTE") { for (color in palette) for (part in PARTS) write(part(color, part)) }
            out.chunk("IDAT") { write(rows.toByteArray()) }
            out.chunk("IEND") {}
        }
    }

    private fun DataOutputStream.chunk(name: String, data: DataOutputStream.() -> Unit) {
        val bytes = ByteArrayOutputStream().also { all -> DataOutputStream(all).apply { writeBytes(name); data() } }.toByteArray()
        writeInt(bytes.size - name.length)
        write(bytes)
        writeInt(CRC32().apply { update(bytes) }.value.toInt())
    }

    companion object {
        fun read(file: File): Picture {
            val image = ImageIO.read(file)
            return Picture(image.width, image.height, image.getRGB(0, 0, image.width, image.height, null, 0, image.width))
        }

        private fun part(color: Int, shift: Int) = color shr shift and 0xFF

        private val PARTS = intArrayOf(16, 8, 0)
        private const val OPAQUE = 0xFF shl 24
        private const val LEVEL = 17
        private const val COLORS = 256
        private const val SIGNATURE = -0x76afb1b8f2f5e5f6L
    }
}

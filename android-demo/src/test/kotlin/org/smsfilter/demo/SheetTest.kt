package org.smsfilter.demo

import java.io.File
import org.junit.Assert.assertTrue
import org.junit.Test

/**
 * The picture of the readmes: twelve screens, four in a row. `-Ddemo.goldens=write` puts it together from the shots of the latest
 * run of all screens, so it takes a second run.
 */
class SheetTest {
    private val screens = listOf(
        "zh/inbox", "zh/thread", "en-night/thread-suspect", "zh/box-restored",
        "zh/why-fraud", "zh/presets", "en-night/policy", "zh/own-rule",
        "zh/report", "en-night/promises", "zh/shield", "zh/effect",
    )

    @Test
    fun `the readmes show the screens as they are`() {
        val file = File("screens.png")
        if (isWriting) return put(screens.map { Picture.read(File(SHOTS, "$it.png")).cut(0, 0, WIDE * FINE, TALL * FINE).reduce(FINE, level = 1) }).write(file)
        val sheet = Picture.read(file)
        for ((at, screen) in screens.withIndex()) {
            val golden = Picture.read(File(GOLDENS, "$screen.png")).cut(0, 0, WIDE * FINE / SCALE, TALL * FINE / SCALE)
            val (clearly, _) = sheet.cut(left(at), top(at), WIDE, TALL).reduce(SCALE / FINE).difference(golden)
            assertTrue("$file shows $screen as it was: $clearly pixels differ", clearly <= golden.pixels.size / 100)
        }
    }

    private fun put(all: List<Picture>): Picture {
        val (width, height) = left(ACROSS - 1) + WIDE + GAP to top(all.size - 1) + TALL + GAP
        val pixels = IntArray(width * height) { GROUND }
        for ((at, one) in all.withIndex()) {
            for (y in 0 until TALL) one.pixels.copyInto(pixels, (top(at) + y) * width + left(at), y * WIDE, (y + 1) * WIDE)
        }
        return Picture(width, height, pixels).indexed()
    }

    private fun left(at: Int) = GAP + at % ACROSS * (WIDE + GAP)

    private fun top(at: Int) = GAP + at / ACROSS * (TALL + GAP)

    private companion object {
        const val ACROSS = 4

        /** One pixel is so many of the screen; a screen has so many across and down. */
        const val FINE = 2
        const val WIDE = 360
        const val TALL = 720
        const val GAP = 16
        const val GROUND = 0xFFB4BEC4.toInt()
    }
}

package org.smsfilter.demo

import android.app.Activity
import android.graphics.Bitmap
import android.graphics.BitmapFactory
import android.graphics.Canvas
import java.io.File
import kotlin.math.abs
import org.junit.Assert.assertTrue

/** Draws a screen as a user sees it, into a file below `target/shots`. */
fun Activity.shoot(name: String): Bitmap {
    val view = window.decorView
    val bitmap = Bitmap.createBitmap(view.width, view.height, Bitmap.Config.ARGB_8888)
    view.draw(Canvas(bitmap))
    save(bitmap, File(System.getProperty("demo.shots"), "$name.png"))
    return bitmap
}

/**
 * Compares a screen with the picture of it that somebody looked at, both at half size. `-Ddemo.goldens=write` writes the pictures
 * instead: look at each before it is committed.
 */
fun Activity.looksLike(name: String) {
    val shot = shoot(name)
    val small = Bitmap.createScaledBitmap(shot, shot.width / 2, shot.height / 2, true)
    val file = File("src/test/goldens/$name.png")
    if (System.getProperty("demo.goldens") == "write") return save(small, file)
    assertTrue("there is no picture ${file.path}; -Ddemo.goldens=write makes it", file.isFile)
    val golden = BitmapFactory.decodeFile(file.path)
    val share = if (golden.width == small.width && golden.height == small.height) different(golden, small) else 1.0
    assertTrue("%s: %.2f %% of the picture differs; see target/shots".format(name, share * 100), share <= TOLERANCE)
}

private fun different(one: Bitmap, other: Bitmap): Double {
    val (a, b) = listOf(one, other).map { bitmap ->
        IntArray(bitmap.width * bitmap.height).also { bitmap.getPixels(it, 0, bitmap.width, 0, 0, bitmap.width, bitmap.height) }
    }
    val part = { color: Int, shift: Int -> color shr shift and 0xFF }
    return a.indices.count { at -> intArrayOf(0, 8, 16).any { abs(part(a[at], it) - part(b[at], it)) > VISIBLE } }.toDouble() / a.size
}

private fun save(bitmap: Bitmap, file: File) {
    file.parentFile?.mkdirs()
    file.outputStream().use { bitmap.compress(Bitmap.CompressFormat.PNG, 100, it) }
}

/** The share of pixels that may differ, as where another version of a font draws an edge: our choice. */
private const val TOLERANCE = 0.005

/** Of 255: a smaller difference of a colour is seen by nobody. */
private const val VISIBLE = 32

package org.smsfilter.demo

import android.app.Activity
import android.graphics.Bitmap
import android.graphics.Canvas
import android.view.View
import android.view.View.MeasureSpec.EXACTLY
import android.view.View.MeasureSpec.makeMeasureSpec
import android.widget.ScrollView
import java.io.File
import org.junit.Assert.assertTrue

/** The pictures that somebody looked at. */
val GOLDENS = File("src/test/goldens")

/** The same in full size, of the latest run. */
val SHOTS = File(System.getProperty("demo.shots"))

/** Whether pictures are written instead of compared: `-Ddemo.goldens=write`. Look at each before it is committed. */
val isWriting: Boolean get() = System.getProperty("demo.goldens") == "write"

/** One pixel of a golden is so many of the screen. */
const val SCALE = 4

/**
 * Compares a screen with its golden.
 *
 * @param isWhole whether all is drawn that can be scrolled into sight
 */
fun Activity.looksLike(name: String, isWhole: Boolean = true) {
    val shot = draw(isWhole)
    val file = File(SHOTS, "$name.png")
    file.parentFile!!.mkdirs()
    file.outputStream().use { shot.compress(Bitmap.CompressFormat.PNG, 100, it) }
    val pixels = IntArray(shot.width * shot.height).also { shot.getPixels(it, 0, shot.width, 0, 0, shot.width, shot.height) }
    val small = Picture(shot.width, shot.height, pixels).reduce(SCALE)
    val golden = File(GOLDENS, "$name.png")
    if (isWriting) return small.write(golden)
    assertTrue("there is no picture $golden; -Ddemo.goldens=write makes it", golden.isFile)
    val other = Picture.read(golden)
    assertTrue("$golden is ${other.width} × ${other.height}, now ${small.width} × ${small.height}; see $file", other.width == small.width && other.height == small.height)
    val (clearly, atAll) = small.difference(other)
    assertTrue("$golden: $clearly pixels differ clearly, $atAll at all; see $file", clearly <= MOST && atAll <= MOST_SHARE * small.pixels.size)
}

/** A screen, or the dialog above it. */
private fun Activity.draw(isWhole: Boolean): Bitmap {
    val view = windows.last()
    view.jumpDrawablesToCurrentState()
    if (isWhole && view === window.decorView) view.stretch()
    val bitmap = Bitmap.createBitmap(view.width, view.height, Bitmap.Config.ARGB_8888)
    bitmap.eraseColor(getColor(R.color.page))
    view.draw(Canvas(bitmap))
    return bitmap
}

/** Lays a screen out as if the phone were as long as what it shows. */
private fun View.stretch() {
    val more = all { it is ScrollView }.maxOfOrNull { it as ScrollView; it.getChildAt(0).height + it.paddingTop + it.paddingBottom - it.height } ?: 0
    if (more <= 0) return
    measure(makeMeasureSpec(width, EXACTLY), makeMeasureSpec(height + more, EXACTLY))
    layout(0, 0, measuredWidth, measuredHeight)
}

// Another build of the font's renderer draws edges a little lighter or darker: few pixels of a golden by more than a level.
private const val MOST = 12
private const val MOST_SHARE = 0.02

package org.smsfilter.demo

import android.app.Activity
import android.graphics.Bitmap
import android.graphics.Canvas
import android.view.View
import android.view.View.MeasureSpec.EXACTLY
import android.view.View.MeasureSpec.makeMeasureSpec
import android.widget.ScrollView
import java.io.File
import org.junit.Assert.fail

/** The pictures that somebody looked at. */
val GOLDENS = File("src/test/goldens")

/** The same in full size, as they were written last, and of each screen that differs. */
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
    val small = Picture(shot.width, shot.height, shot.pixels()).reduce(SCALE)
    val golden = File(GOLDENS, "$name.png")
    if (isWriting) {
        small.write(golden)
        return shot.save(name)
    }
    val problem = problem(small, golden) ?: return
    shot.save(name)
    fail("$golden: $problem; see ${File(SHOTS, name)}.png, and -Ddemo.goldens=write if it is meant")
}

private fun problem(now: Picture, file: File): String? {
    if (!file.isFile) return "there is none"
    val golden = Picture.read(file)
    if (golden.width != now.width || golden.height != now.height) return "it is ${golden.width} × ${golden.height}, now ${now.width} × ${now.height}"
    val (clearly, atAll) = now.difference(golden)
    return "$clearly pixels differ clearly, $atAll at all".takeIf { clearly > MOST || atAll > MOST_SHARE * now.pixels.size }
}

private fun Bitmap.pixels(): IntArray = IntArray(width * height).also { getPixels(it, 0, width, 0, 0, width, height) }

private fun Bitmap.save(name: String) {
    val file = File(SHOTS, "$name.png")
    file.parentFile!!.mkdirs()
    file.outputStream().use { compress(Bitmap.CompressFormat.PNG, 100, it) }
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

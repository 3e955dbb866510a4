package org.smsfilter.demo

import android.app.Activity
import android.graphics.Bitmap
import android.graphics.Canvas
import java.io.File

/** Draws a screen as a user sees it, into a file below `target/shots`. */
fun Activity.shoot(name: String): Bitmap {
    val view = window.decorView
    val bitmap = Bitmap.createBitmap(view.width, view.height, Bitmap.Config.ARGB_8888)
    view.draw(Canvas(bitmap))
    val file = File(System.getProperty("demo.shots"), "$name.png")
    file.parentFile?.mkdirs()
    file.outputStream().use { bitmap.compress(Bitmap.CompressFormat.PNG, 100, it) }
    return bitmap
}

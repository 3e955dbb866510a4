package org.smsfilter.demo

import android.app.Activity
import android.graphics.Bitmap
import android.graphics.Canvas
import java.io.File
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.Config
import org.robolectric.shadows.ShadowDialog
import org.smsfilter.AndroidRunner
import org.smsfilter.demo.taps.*

@RunWith(AndroidRunner::class)
@Config(sdk = [35])
class SpamBoxScreensTest {
    @get:Rule
    val handset = Handset()

    private val screens: Map<String, Handset.() -> Activity> = mapOf(
        "box-empty" to Handset::boxEmptyScreen, "digest-empty" to Handset::digestEmptyScreen, "digest" to Handset::digestScreen,
        "box" to Handset::boxScreen, "box-selection" to Handset::boxSelectionScreen, "box-search" to Handset::boxSearchScreen,
        "box-nothing-found" to Handset::boxNothingFoundScreen, "box-restored" to Handset::boxRestoredScreen, "mark-spam" to Handset::markSpamScreen,
    )

    private fun shoot(more: String = "") {
        for ((name, open) in screens) {
            open(handset).shoot(name + more)
            ShadowDialog.getLatestDialog()?.window?.decorView?.takeIf { it.width > 0 }?.let { view ->
                val bitmap = Bitmap.createBitmap(view.width, view.height, Bitmap.Config.ARGB_8888)
                view.draw(Canvas(bitmap))
                File(System.getProperty("demo.shots"), "$name$more-dialog.png").outputStream().use { bitmap.compress(Bitmap.CompressFormat.PNG, 100, it) }
            }
        }
    }

    @Test
    fun `each screen is drawn`() = shoot()

    @Test
    @Config(qualifiers = "+night")
    fun `by night`() = shoot("-night")

    @Test
    fun `in large letters`() {
        RuntimeEnvironment.setFontScale(2f)
        shoot("-large")
    }

    @Test
    @Config(qualifiers = "en-rUS-w320dp")
    fun `in English on a small phone`() = shoot("-en")

    @Test
    @Config(qualifiers = "zh-rTW")
    fun `in Taiwan`() = shoot("-tw")
}

package org.smsfilter.demo

import android.app.Activity
import android.graphics.Bitmap
import android.graphics.Canvas
import android.view.View
import android.view.ViewGroup
import android.widget.ScrollView
import java.io.File
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.Config
import org.smsfilter.AndroidRunner

@RunWith(AndroidRunner::class)
@Config(sdk = [35])
class PolicyScreensTest {
    @get:Rule
    val handset = Handset()

    private val screens: Map<String, Handset.() -> Activity> = mapOf(
        "why-fraud" to Handset::whyFraudScreen, "why-promotion" to Handset::whyPromotionScreen, "why-rule-off" to Handset::whyRuleOffScreen,
        "why-gone" to Handset::whyGoneScreen, "tester" to Handset::testerScreen, "tester-result" to Handset::testerResultScreen,
        "presets" to Handset::presetsScreen, "category" to Handset::categoryScreen,
        "change" to Handset::changeScreen, "own-rule" to Handset::ownRuleScreen, "exception" to Handset::exceptionScreen,
        "policy" to Handset::policyScreen,
    )

    private fun shoot(more: String = "") {
        for ((name, open) in screens) {
            val screen = open(handset)
            screen.shoot(name + more)
            screen.shootWhole("$name$more-whole")
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

/** The whole of what scrolls, as one picture. */
private fun Activity.shootWhole(name: String) {
    fun find(view: View): ScrollView? = view as? ScrollView ?: (view as? ViewGroup)?.run { (0 until childCount).firstNotNullOfOrNull { find(getChildAt(it)) } }
    val content = find(window.decorView)?.getChildAt(0)?.takeIf { it.height > 0 } ?: return
    val bitmap = Bitmap.createBitmap(content.width, content.height, Bitmap.Config.ARGB_8888)
    Canvas(bitmap).apply { drawColor(getColor(R.color.page)) }.let(content::draw)
    File(System.getProperty("demo.shots"), "$name.png").outputStream().use { bitmap.compress(Bitmap.CompressFormat.PNG, 100, it) }
}

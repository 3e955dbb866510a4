package org.smsfilter.demo

import android.app.Activity
import android.view.View
import android.view.ViewGroup
import android.widget.TextView
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
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
        "presets" to Handset::presetsScreen, "category" to Handset::categoryScreen, "change" to Handset::changeScreen,
        "own-rule" to Handset::ownRuleScreen, "exception" to Handset::exceptionScreen, "policy" to Handset::policyScreen,
    )

    @Test
    fun `each screen is drawn, and what can be tapped is large enough and has a name`() {
        for ((name, open) in screens) {
            val screen = open(handset)
            screen.shoot(name)
            val least = screen.resources.getDimensionPixelSize(R.dimen.touch)
            val tapped = screen.window.decorView.all().filter { it.isClickable && it.height > 0 && !(it is TextView && it.isTextSelectable) }
            assertTrue(name, tapped.any())
            for (view in tapped) {
                assertTrue("$name: ${view.javaClass.simpleName} ${view.texts()} is ${view.height}", view.height >= least)
                assertTrue("$name: ${view.javaClass.simpleName}", view.contentDescription != null || view.texts().isNotEmpty() || (view as? TextView)?.hint != null)
            }
        }
    }

    @Test
    @Config(qualifiers = "en-rUS-w320dp-h640dp")
    fun `with the largest letters on a small phone nothing is clipped`() {
        RuntimeEnvironment.setFontScale(2f)
        for ((name, open) in screens) {
            val screen = open(handset)
            screen.shoot("$name-large-en")
            val clipped = screen.window.decorView.all().filterIsInstance<TextView>().filter { it.height > 0 && it.isClipped() }
            assertEquals(name, emptyList<String>(), clipped.map { it.text.toString() }.toList())
        }
    }

    /** Its lines do not fit, and nobody meant to shorten it. */
    private fun TextView.isClipped() = maxLines == Int.MAX_VALUE && layout != null && layout.height > height - compoundPaddingTop - compoundPaddingBottom

    private fun View.all(): Sequence<View> = if (visibility != View.VISIBLE) emptySequence() else sequence {
        yield(this@all)
        (this@all as? ViewGroup)?.run { for (at in 0 until childCount) yieldAll(getChildAt(at).all()) }
    }
}

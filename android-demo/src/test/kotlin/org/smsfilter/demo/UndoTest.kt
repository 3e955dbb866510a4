package org.smsfilter.demo

import android.app.Activity
import android.app.Instrumentation
import android.os.Bundle
import android.os.Parcel
import android.view.View
import android.widget.ListView
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.Config
import org.smsfilter.Action
import org.smsfilter.AndroidRunner
import org.smsfilter.OwnRule
import org.smsfilter.Policy
import org.smsfilter.Preset
import org.smsfilter.demo.policy.OwnRuleActivity
import org.smsfilter.demo.policy.PresetsActivity
import org.smsfilter.demo.why.WhyActivity

/** What was done last can be taken back, also after the screen was turned or the process ended. */
@RunWith(AndroidRunner::class)
@Config(sdk = [35], qualifiers = "+w411dp-h1600dp")
class UndoTest {
    @get:Rule
    val handset = Handset()
    private val phone get() = handset.app.phone
    private val hidden get() = phone.index.count(Action.QUARANTINE)

    private fun Activity.does(text: String) {
        tap(text)
        handset.settle()
    }

    private fun Activity.mayUndo() = isShown(R.id.undo_bar)

    private fun box(): MainActivity = handset.open(MainActivity.intent(handset.app, MainActivity.Tab.SPAM_BOX))

    @Test
    @Config(sdk = [26, 31, 35])
    fun `a restored message goes back to the spam box, in a later process too`() {
        handset.deliver(STRANGER, FRAUD)
        val box = box()
        box.does("恢复")
        assertEquals(0, hidden)
        val again = handset.comeBack(box)
        again.does("撤销")
        assertEquals(1, hidden)
        assertTrue("${again.texts()}", FRAUD in again.texts())
        assertFalse(again.mayUndo())
        assertFalse("what was used is used", handset.comeBack(again).mayUndo())
    }

    @Test
    fun `the cross closes it, and so does another tab or to begin to pick`() {
        val ways = listOf<(Activity) -> Unit>(
            { it.tapLabel("关闭") }, { it.does("收件箱") }, { handset.choose(it, it.getString(R.string.box_select)) },
        )
        for ((at, way) in ways.withIndex()) {
            for (more in listOf("", "!")) handset.deliver(STRANGER, FRAUD + at + more)
            val box = box()
            box.tapRestore()
            assertTrue(box.mayUndo())
            way(box)
            assertFalse("way $at", box.mayUndo())
            assertFalse("way $at, in a later process", handset.comeBack(box).mayUndo())
        }
        assertEquals("what was restored stays restored", ways.size, hidden)
    }

    @Test
    fun `it covers nothing, however large the letters are`() {
        RuntimeEnvironment.setFontScale(2f)
        handset.deliver(STRANGER, FRAUD)
        val box = box()
        box.tapRestore()
        val content = box.at<View>(R.id.content)
        assertTrue("the content ends where it begins", content.bottom <= box.at<View>(R.id.undo_bar).top)
        assertTrue("and the tabs are below it", box.at<View>(R.id.undo_bar).bottom <= box.at<View>(R.id.foot).top)
    }

    /** Restores the first message of the box. */
    private fun Activity.tapRestore() {
        at<ListView>(R.id.list).getChildAt(0).findViewById<View>(R.id.restore)!!.performClick()
        handset.settle()
    }

    @Test
    fun `a message that was deleted meanwhile is not taken back in another's row`() {
        handset.deliver(STRANGER, FRAUD)
        val box = box()
        box.does("恢复")
        phone.run { mailbox.delete(listOf(index.get(1)!!.key)) }
        handset.now += MINUTE
        handset.deliver(STRANGER, "$FRAUD!")
        phone.index.restore(1, handset.now)
        handset.comeBack(box).does("撤销")
        assertEquals(0, hidden)
    }

    @Test
    fun `no text of a message is kept for it`() {
        handset.deliver(STRANGER, FRAUD)
        val box = box()
        box.does("恢复")
        val state = Bundle()
        Instrumentation().callActivityOnSaveInstanceState(box, state)
        val bytes = Parcel.obtain().run { writeBundle(state); marshall().also { recycle() } }
        val kept = listOf(Charsets.UTF_16LE, Charsets.UTF_8).map { String(bytes, it) } + String(bytes.drop(1).toByteArray(), Charsets.UTF_16LE)
        assertTrue("what is kept can be read", box.mayUndo() && kept.any { "SPAM_BOX" in it })
        assertFalse(kept.any { FRAUD.take(6) in it })
    }

    @Test
    fun `an exception that was allowed is taken back, in a later process too`() {
        handset.deliver(STRANGER, "晚上一起吃饭吗？")
        val why = handset.open<WhyActivity>(WhyActivity.intent(handset.app, 1))
        why.does("总是放行这个号码")
        assertEquals(1, phone.filter.policy().exceptions.size)
        handset.comeBack(why).does("撤销")
        assertEquals(emptyList<Policy.Exception>(), phone.filter.policy().exceptions)
    }

    @Test
    fun `what was restored where it is explained is hidden again`() {
        handset.deliver(STRANGER, FRAUD)
        val why = handset.open<WhyActivity>(WhyActivity.intent(handset.app, 1))
        why.click(R.id.restore)
        handset.settle()
        assertEquals(0, hidden)
        handset.comeBack(why).does("撤销")
        assertEquals(1, hidden)
    }

    @Test
    fun `a chosen preset is taken back, in a later process too`() {
        val screen = handset.open<PresetsActivity>()
        val button = handset.app.getString(R.string.presets_choose, handset.app.getString(R.string.preset_strict))
        screen.does(button)
        assertEquals(Policy.preset(Preset.STRICT), phone.filter.policy())
        handset.comeBack(screen).does("撤销")
        assertEquals(Policy.preset(Preset.STANDARD), phone.filter.policy())
    }

    @Test
    fun `a deleted rule is back in its place, whatever was changed meanwhile`() {
        val rules = listOf("爬山", "露营", "帐篷").mapIndexed { at, word -> OwnRule("own-$at", listOf(word), Action.MARK) }
        phone.filter.setRules(rules)
        val screen = handset.open<OwnRuleActivity>(OwnRuleActivity.intent(handset.app))
        screen.window.decorView.all { "${it.contentDescription}".startsWith("删除：“露营”") }.single().performClick()
        handset.settle()
        assertEquals(listOf(rules[0], rules[2]), phone.filter.rules())
        val new = OwnRule("own-9", listOf("发票"), Action.QUARANTINE)
        phone.filter.setRules(phone.filter.rules() + new)
        handset.comeBack(screen).does("撤销")
        assertEquals(rules + new, phone.filter.rules())
    }
}

package org.smsfilter.demo

import android.app.Activity
import android.app.TimePickerDialog
import android.content.Intent
import android.text.Selection
import android.text.Spannable
import android.view.View
import android.view.ViewGroup
import android.widget.EditText
import android.widget.TextView
import java.time.DayOfWeek
import java.time.LocalTime
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import org.robolectric.shadows.ShadowDialog
import org.smsfilter.Action
import org.smsfilter.AndroidRunner
import org.smsfilter.Category
import org.smsfilter.Policy
import org.smsfilter.Preset
import org.smsfilter.demo.messages.ThreadActivity
import org.smsfilter.demo.policy.ChangeActivity
import org.smsfilter.demo.policy.OwnRuleActivity
import org.smsfilter.demo.policy.PolicyActivity
import org.smsfilter.demo.shield.DiagnosticsActivity

/** What is asked is asked still when the screen was turned or the process ended, with what was filled in. */
@RunWith(AndroidRunner::class)
@Config(sdk = [35])
class QuestionsTest {
    @get:Rule
    val handset = Handset()

    private fun <T : Activity> asksStill(screen: T): T {
        val before = question
        val again = handset.comeBack(screen)
        assertFalse("the old one is gone with its screen", before.isShowing)
        assertTrue(question !== before)
        return again
    }

    private fun says(change: ChangeActivity) = change.texts().joinToString("\n")

    @Test
    @Config(sdk = [26, 31, 35])
    fun `the days that were typed`() {
        val screen = handset.open<PolicyActivity>(PolicyActivity.intent(handset.app))
        screen.at<ViewGroup>(R.id.retention).getChildAt(0).performClick()
        dialog.findViewById<EditText>(R.id.days)!!.setText("14")
        assertTrue("what happens then is said", "永久删除" in asked)
        val again = asksStill(screen)
        assertEquals("14", "${dialog.findViewById<EditText>(R.id.days)!!.text}")
        handset.agree()
        assertTrue("14" in says(handset.preview(again)))
    }

    @Test
    fun `a time of the week, at each of its steps`() {
        var screen = handset.open<PolicyActivity>(PolicyActivity.intent(handset.app))
        screen.click(R.id.quiet_add)
        (dialog as TimePickerDialog).updateTime(22, 30)
        screen = asksStill(screen)
        handset.agree()
        screen = asksStill(screen)
        handset.setTime(6, 0)
        handset.pick(DayOfWeek.SUNDAY.ordinal)
        val left = dialog.listView.isItemChecked(DayOfWeek.SUNDAY.ordinal)
        screen = asksStill(screen)
        assertEquals(left, dialog.listView.isItemChecked(DayOfWeek.SUNDAY.ordinal))
        handset.agree()
        handset.save(handset.preview(screen), screen)
        val window = handset.app.phone.filter.policy().quietHours.single()
        assertEquals(LocalTime.of(22, 30) to LocalTime.of(6, 0), window.from to window.to)
        assertEquals(left, DayOfWeek.SUNDAY in window.days)
    }

    @Test
    fun `the words that were selected`() {
        handset.deliver("13800138000", "周末聚餐抽奖，先到先得")
        val screen = thread()
        menu(screen, "用文字做规则…")
        Selection.setSelection(dialog.findViewById<TextView>(R.id.words_body)!!.text as Spannable, 4, 6)
        val again = asksStill(screen)
        handset.agree()
        assertEquals("抽奖", handset.follow<OwnRuleActivity>(again).intent.getStringExtra("words"))
        assertFalse(ShadowDialog.getLatestDialog().isShowing)
    }

    @Test
    fun `a deletion, and no leads to nothing`() {
        handset.deliver("13800138000", MOTHER)
        var screen = thread()
        menu(screen, "删除")
        screen = asksStill(screen)
        handset.refuse()
        assertEquals(listOf(MOTHER), handset.stored())
        val calm = handset.comeBack(screen)
        assertFalse("what was answered is not asked again", ShadowDialog.getLatestDialog().isShowing)
        menu(calm, "删除")
        asksStill(calm)
        handset.agree()
        assertEquals(emptyList<String>(), handset.stored())
    }

    @Test
    fun `the wiping of the records`() {
        handset.deliver(STRANGER, FRAUD)
        val screen = handset.open<DiagnosticsActivity>()
        screen.tap("清除过滤记录")
        asksStill(screen)
        handset.agree()
        assertEquals(0, handset.app.phone.index.count())
    }

    @Test
    fun `whether a message is spam, which is counted once the user says so`() {
        handset.deliver("13800138000", "晚上一起吃饭吗？")
        val screen = thread()
        menu(screen, "标为垃圾短信…")
        val again = asksStill(screen)
        assertNull("not yet", handset.app.phone.index.get(1)!!.missedAt)
        question.findViewById<View>(R.id.spam_count)!!.performClick()
        handset.settle()
        assertEquals(handset.now, handset.app.phone.index.get(1)!!.missedAt)
        menu(again, "标为垃圾短信…")
        assertEquals("it counts once", View.GONE, question.findViewById<View>(R.id.spam_count)!!.visibility)
    }

    @Test
    fun `spam is asked of nothing that was sent or moved`() {
        handset.deliver("13800138000", MOTHER)
        handset.app.phone.outbox.send("13800138000", "好")
        val screen = thread()
        screen.all(R.id.more)[1].performClick()
        assertFalse("标为垃圾短信…" in offered())
        val standard = Policy.preset(Preset.STANDARD)
        handset.app.phone.filter.choosePolicy(standard.copy(rows = standard.rows.map { if (it.category == Category.PROMOTION) it.copy(action = Action.DIGEST) else it }))
        handset.deliver(PORT, ADVERT)
        val held = handset.open<ThreadActivity>(ThreadActivity.intent(handset.app, 2))
        assertEquals(1, handset.app.phone.index.count(Action.DIGEST))
        held.all(R.id.more)[0].performClick()
        assertTrue("${offered()}", "举报垃圾短信" in offered() && "标为垃圾短信…" !in offered())
    }

    @Test
    fun `a link of a suspect message`() {
        handset.app.phone.filter.choosePolicy(Policy.preset(Preset.MARK))
        handset.deliver(STRANGER, FRAUD)
        val screen = thread()
        menu(screen, handset.app.getString(R.string.link_of, "etc-rz.example"))
        val again = asksStill(screen)
        assertNull(shadowOf(again).nextStartedActivity)
        handset.agree()
        @Suppress("DEPRECATION")
        assertEquals("http://etc-rz.example/a", shadowOf(again).nextStartedActivity.getParcelableExtra<Intent>(Intent.EXTRA_INTENT)!!.dataString)
    }

    private fun thread() = handset.open<ThreadActivity>(ThreadActivity.intent(handset.app, 1))

    /** Chooses what can be done with the first message. */
    private fun menu(screen: Activity, title: String) {
        screen.all(R.id.more)[0].performClick()
        handset.choose(title)
    }
}

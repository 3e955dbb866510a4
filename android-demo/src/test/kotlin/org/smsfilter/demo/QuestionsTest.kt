package org.smsfilter.demo

import android.app.Activity
import android.app.AlertDialog
import android.app.Dialog
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
import org.robolectric.shadows.ShadowPopupMenu
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

    private val dialog: Dialog get() = checkNotNull(ShadowDialog.getLatestDialog()?.takeIf { it.isShowing }) { "nothing is asked" }

    private fun press(button: Int = AlertDialog.BUTTON_POSITIVE) {
        val pressed = dialog
        (pressed as AlertDialog).getButton(button).performClick()
        handset.settle()
    }

    private fun <T : Activity> asksStill(screen: T): T {
        val before = dialog
        val again = handset.comeBack(screen)
        assertFalse("the old one is gone with its screen", before.isShowing)
        assertTrue(dialog !== before)
        return again
    }

    private fun change(from: Activity): ChangeActivity = handset.follow(from)

    private fun says(change: ChangeActivity) = change.texts().joinToString("\n")

    @Test
    @Config(sdk = [26, 31, 35])
    fun `the days that were typed`() {
        val screen = handset.open<PolicyActivity>(PolicyActivity.intent(handset.app))
        screen.findViewById<ViewGroup>(R.id.retention)!!.getChildAt(0).performClick()
        dialog.findViewById<EditText>(R.id.days)!!.setText("14")
        assertTrue("what happens then is said", "永久删除" in "${dialog.findViewById<TextView>(android.R.id.message)!!.text}")
        val again = asksStill(screen)
        assertEquals("14", "${dialog.findViewById<EditText>(R.id.days)!!.text}")
        press()
        assertTrue("14" in says(change(again)))
    }

    @Test
    fun `a time of the week, at each of its steps`() {
        var screen = handset.open<PolicyActivity>(PolicyActivity.intent(handset.app))
        screen.findViewById<View>(R.id.quiet_add)!!.performClick()
        (dialog as TimePickerDialog).updateTime(22, 30)
        screen = asksStill(screen)
        press()
        screen = asksStill(screen)
        (dialog as TimePickerDialog).updateTime(6, 0)
        press()
        (dialog as AlertDialog).listView.run { performItemClick(null, DayOfWeek.SUNDAY.ordinal, DayOfWeek.SUNDAY.ordinal.toLong()) }
        val left = (dialog as AlertDialog).listView.isItemChecked(DayOfWeek.SUNDAY.ordinal)
        screen = asksStill(screen)
        assertEquals(left, (dialog as AlertDialog).listView.isItemChecked(DayOfWeek.SUNDAY.ordinal))
        press()
        val change = change(screen)
        change.findViewById<View>(R.id.save)!!.performClick()
        handset.settle()
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
        press()
        assertEquals("抽奖", handset.follow<OwnRuleActivity>(again).intent.getStringExtra("words"))
        assertFalse(ShadowDialog.getLatestDialog().isShowing)
    }

    @Test
    fun `a deletion, and no leads to nothing`() {
        handset.deliver("13800138000", MOTHER)
        var screen = thread()
        menu(screen, "删除")
        screen = asksStill(screen)
        press(AlertDialog.BUTTON_NEGATIVE)
        assertEquals(listOf(MOTHER), handset.stored())
        val calm = handset.comeBack(screen)
        assertFalse("what was answered is not asked again", ShadowDialog.getLatestDialog().isShowing)
        menu(calm, "删除")
        asksStill(calm)
        press()
        assertEquals(emptyList<String>(), handset.stored())
    }

    @Test
    fun `the wiping of the records`() {
        handset.deliver("13900139000", FRAUD)
        val screen = handset.open<DiagnosticsActivity>()
        screen.tap("清除过滤记录")
        asksStill(screen)
        press()
        assertEquals(0, handset.app.phone.index.count())
    }

    @Test
    fun `whether a message is spam, which is counted once the user says so`() {
        handset.deliver("13800138000", "晚上一起吃饭吗？")
        val screen = thread()
        menu(screen, "标为垃圾短信…")
        val again = asksStill(screen)
        assertNull("not yet", handset.app.phone.index.get(1)!!.missedAt)
        dialog.findViewById<View>(R.id.spam_count)!!.performClick()
        handset.settle()
        assertEquals(handset.now, handset.app.phone.index.get(1)!!.missedAt)
        menu(again, "标为垃圾短信…")
        assertEquals("it counts once", View.GONE, dialog.findViewById<View>(R.id.spam_count)!!.visibility)
    }

    @Test
    fun `spam is asked of nothing that was sent or moved`() {
        handset.deliver("13800138000", MOTHER)
        handset.app.phone.outbox.send("13800138000", "好")
        val screen = thread()
        more(screen)[1].performClick()
        assertFalse("标为垃圾短信…" in offers())
        val standard = Policy.preset(Preset.STANDARD)
        handset.app.phone.filter.choosePolicy(standard.copy(rows = standard.rows.map { if (it.category == Category.PROMOTION) it.copy(action = Action.DIGEST) else it }))
        handset.deliver("106900001111", ADVERT)
        val held = handset.open<ThreadActivity>(ThreadActivity.intent(handset.app, 2))
        assertEquals(1, handset.app.phone.index.count(Action.DIGEST))
        more(held)[0].performClick()
        assertTrue("${offers()}", "举报垃圾短信" in offers() && "标为垃圾短信…" !in offers())
    }

    @Test
    fun `a link of a suspect message`() {
        handset.app.phone.filter.choosePolicy(Policy.preset(Preset.MARK))
        handset.deliver("13900139000", FRAUD)
        val screen = thread()
        menu(screen, handset.app.getString(R.string.link_of, "etc-rz.example"))
        val again = asksStill(screen)
        assertNull(shadowOf(again).nextStartedActivity)
        press(AlertDialog.BUTTON_NEGATIVE)
        @Suppress("DEPRECATION")
        assertEquals("http://etc-rz.example/a", shadowOf(again).nextStartedActivity.getParcelableExtra<Intent>(Intent.EXTRA_INTENT)!!.dataString)
    }

    private fun thread() = handset.open<ThreadActivity>(ThreadActivity.intent(handset.app, 1))

    private fun more(screen: Activity): List<View> {
        fun find(view: View): List<View> = when {
            view.id == R.id.more -> listOf(view)
            view is ViewGroup -> (0 until view.childCount).flatMap { find(view.getChildAt(it)) }
            else -> emptyList()
        }
        return find(screen.window.decorView)
    }

    private fun offers(): List<String> = ShadowPopupMenu.getLatestPopupMenu().menu.run { (0 until size()).map { getItem(it).title.toString() } }

    /** Chooses what can be done with the first message. */
    private fun menu(screen: Activity, title: String) {
        more(screen)[0].performClick()
        val menu = ShadowPopupMenu.getLatestPopupMenu().menu
        val item = (0 until menu.size()).map(menu::getItem).first { "${it.title}" == title }
        check((item as com.android.internal.view.menu.MenuItemImpl).invoke())
        handset.settle()
    }
}

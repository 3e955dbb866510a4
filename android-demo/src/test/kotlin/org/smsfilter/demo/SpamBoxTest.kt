package org.smsfilter.demo

import android.app.Activity
import android.app.KeyguardManager
import android.os.SystemClock
import android.view.MotionEvent
import android.view.View
import android.view.accessibility.AccessibilityNodeInfo
import android.widget.EditText
import android.widget.LinearLayout
import android.widget.TextView
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
import org.smsfilter.Policy
import org.smsfilter.demo.messages.ThreadActivity
import org.smsfilter.demo.policy.OwnRuleActivity
import org.smsfilter.demo.report.ReportActivity
import org.smsfilter.demo.spambox.DeleteActivity
import org.smsfilter.demo.spambox.markSpam
import org.smsfilter.demo.view.view
import org.smsfilter.demo.why.WhyActivity

@RunWith(AndroidRunner::class)
@Config(sdk = [35], qualifiers = "+w411dp-h1600dp")
class SpamBoxTest {
    @get:Rule
    val handset = Handset()

    private val phone get() = handset.app.phone
    private val hidden get() = phone.index.count(Action.QUARANTINE)
    private val restored get() = phone.index.effects.between(0, Long.MAX_VALUE).sumOf { it.restored }

    private fun box(): MainActivity = handset.boxPage()

    private fun filled(): MainActivity = handset.fillBox().let { box() }

    private fun Activity.restore(body: String) {
        rowOf(body).view<View>(R.id.restore).performClick()
        handset.settle()
    }

    private fun Activity.rows(): List<String> = at<android.widget.ListView>(R.id.list).run {
        (0 until childCount).map { getChildAt(it).view<TextView>(R.id.text).text.toString() }
    }

    private fun Activity.filters(): List<String> = at<LinearLayout>(R.id.box_filters).texts()

    private fun Activity.search(words: String) {
        if (!isShown(R.id.box_search)) handset.choose(this, "搜索拦截箱")
        at<EditText>(R.id.box_query).setText(words)
        handset.settle()
    }

    private fun said(screen: Activity) = screen.texts().joinToString("\n")

    @Test
    @Config(sdk = [26, 31, 35])
    fun `each row says who, what, why and how long, and leads to the whole explanation`() {
        handset.deliver("15000150000", FRAUD)
        val box = box()
        val row = box.rowOf(FRAUD)
        val entry = phone.index.page(Action.QUARANTINE).single()
        assertTrue(said(box), listOf("15000150000", FRAUD, "钓鱼 · 政务", "像钓鱼（冒充政务），来自陌生号码", "恢复").all { it in row.texts() })
        val kept = row.view<TextView>(R.id.kept).text
        assertEquals(entry.received.keepDays?.let { "$it 天后删除" } ?: "一直保留", kept)
        assertTrue("${row.contentDescription}", listOf("15000150000", FRAUD, "陌生号码", "$kept").all { it in row.contentDescription })
        row.performClick()
        handset.settle()
        handset.follow<WhyActivity>(box)
    }

    @Test
    @Config(sdk = [26, 31, 35])
    fun `one tap restores, and another takes that back`() {
        handset.deliver(STRANGER, FRAUD)
        val box = box()
        box.restore(FRAUD)
        assertEquals(0 to 1, hidden to restored)
        assertTrue(said(box), "这里很干净" in box.texts())
        assertTrue("it is in the inbox", FRAUD in said(handset.open<MainActivity>()))
        box.tap("撤销")
        handset.settle()
        assertEquals(1 to 0, hidden to restored)
        assertEquals(listOf(FRAUD), box.rows())
        assertFalse("nothing is offered for it any more", box.isShown(R.id.box_allow))
    }

    @Test
    @Config(sdk = [26, 31, 35])
    fun `what was restored before the end of the process stays restored, and what was undone is hidden`() {
        handset.fillBox()
        val box = box()
        box.rowOf(FRAUD).view<View>(R.id.restore).performClick()
        handset.end()
        assertFalse(FRAUD in said(box()))
        assertEquals(3, hidden)
        val again = box()
        again.restore(LOAN)
        again.tap("撤销")
        handset.end()
        assertTrue(LOAN in box().rows())
        assertEquals(3 to 1, hidden to restored)
    }

    @Test
    fun `a swipe restores, a short one does not, and a screen reader has an action for it`() {
        handset.fillBox()
        val box = box()
        fun swipe(row: View, far: Float) {
            val at = SystemClock.uptimeMillis()
            for ((action, x) in listOf(MotionEvent.ACTION_DOWN to 10f, MotionEvent.ACTION_MOVE to 10 + far / 2, MotionEvent.ACTION_MOVE to 10 + far, MotionEvent.ACTION_UP to 10 + far)) {
                MotionEvent.obtain(at, at, action, x, 10f, 0).let { row.dispatchTouchEvent(it); it.recycle() }
            }
            handset.settle()
        }
        val row = box.rowOf(FRAUD)
        swipe(row, row.width / 5f)
        assertEquals(4 to 0f, hidden to row.translationX)
        swipe(row, row.width / 2f)
        assertEquals(3, hidden)
        val other = box.rowOf(LOAN)
        val actions = other.createAccessibilityNodeInfo().actionList
        assertTrue("$actions", listOf("恢复", "选择").all { label -> actions.any { it.label == label } })
        assertTrue("a tap opens it", AccessibilityNodeInfo.AccessibilityAction.ACTION_CLICK in actions)
        other.performAccessibilityAction(R.id.box_do_restore, null)
        handset.settle()
        assertEquals(2, hidden)
    }

    @Test
    fun `kinds are chosen by chips that count them`() {
        val box = filled()
        val counts = phone.index.page(Action.QUARANTINE).groupingBy { it.received.category }.eachCount()
        assertEquals("全部 4", box.filters().first())
        assertEquals(counts.size + 1, box.filters().size)
        assertEquals(4, box.filters().drop(1).sumOf { it.substringAfterLast(' ').toInt() })
        box.tap("钓鱼 1")
        handset.settle()
        assertEquals(listOf(FRAUD), box.rows())
        box.restore(FRAUD)
        assertTrue(said(box), "没有这一类" in box.texts())
        box.tap("看全部")
        handset.settle()
        assertEquals(3, box.rows().size)
    }

    @Test
    fun `it finds words and numbers`() {
        val box = filled()
        box.search("手续费")
        assertTrue(said(box), box.rows().isNotEmpty() && box.rows().all { "手续费" in it })
        box.search("106900002222")
        assertEquals(1, box.rows().size)
        box.search("%")
        assertTrue("it is no pattern", "没有找到" in box.texts())
        box.tap("结束搜索")
        handset.settle()
        assertEquals(hidden, box.rows().size)
    }

    @Test
    @Config(sdk = [26, 31, 35])
    fun `several are picked and restored together`() {
        val box = filled()
        handset.choose(box, "选择")
        assertFalse("nothing is picked yet", box.at<View>(R.id.box_restore).isEnabled)
        box.tapRowOf(FRAUD)
        box.tapRowOf(GAMBLING)
        handset.settle()
        assertTrue(said(box), "已选 2 条" in box.texts())
        box.click(R.id.box_restore)
        handset.settle()
        assertEquals(2 to 2, hidden to restored)
        assertFalse(box.isShown(R.id.box_selection))
        box.tap("撤销")
        handset.settle()
        assertEquals(4 to 0, hidden to restored)
    }

    @Test
    fun `a long press picks, and back leaves that first`() {
        val box = filled()
        box.rowOf(FRAUD).performLongClick()
        handset.settle()
        assertTrue("已选 1 条" in box.texts())
        box.click(R.id.box_all)
        assertTrue("已选 4 条" in box.texts())
        box.click(R.id.box_all)
        assertTrue("还没有选" in box.texts())
        @Suppress("DEPRECATION")
        box.onBackPressed()
        handset.settle()
        assertFalse(box.isShown(R.id.box_selection) || box.isFinishing)
    }

    @Test
    fun `what is no longer seen is picked no longer`() {
        val box = filled()
        handset.choose(box, "选择")
        box.click(R.id.box_all)
        box.tap("钓鱼 1")
        handset.settle()
        assertTrue(said(box), "已选 1 条" in box.texts())
    }

    @Test
    fun `kind, search and picks come back after the end of the process`() {
        handset.fillBox()
        val left = box().also {
            handset.choose(it, "选择")
            it.tap("钓鱼 1")
            handset.settle()
            it.search("ETC")
            it.tapRowOf(FRAUD)
            handset.settle()
        }
        val box = handset.comeBack(left)
        assertEquals(listOf(FRAUD), box.rows())
        assertTrue(said(box), "已选 1 条" in box.texts() && "ETC" == box.text(R.id.box_query))
        val chosen = (0 until box.at<LinearLayout>(R.id.box_filters).childCount).map { box.at<LinearLayout>(R.id.box_filters).getChildAt(it) as TextView }
        assertEquals(listOf("钓鱼"), chosen.filter { it.isSelected }.map { it.text.toString() })
    }

    private fun delete(box: Activity): DeleteActivity = handset.follow(box)

    @Test
    @Config(sdk = [26, 31, 35])
    fun `nothing is deleted before the user said so`() {
        val box = filled()
        box.rowOf(FRAUD).performLongClick()
        handset.settle()
        box.click(R.id.box_delete)
        val refused = delete(box)
        handset.refuse()
        assertTrue(refused.isFinishing)
        assertEquals(4, handset.stored().size)
        box.click(R.id.box_delete)
        delete(box)
        handset.agree()
        assertFalse(FRAUD in handset.stored())
        assertEquals(3, hidden)
        assertEquals("已永久删除 1 条", toast())
    }

    @Test
    fun `where the phone has a lock, it is opened first, also across the end of the process`() {
        shadowOf(handset.app.getSystemService(KeyguardManager::class.java)).setIsDeviceSecure(true)
        handset.deliver(STRANGER, FRAUD)
        val intent = DeleteActivity.intent(handset.app, phone.index.page().map { it.key })
        val locked = handset.open<DeleteActivity>(intent)
        handset.agree()
        assertEquals("not yet", 1, handset.stored().size)
        shadowOf(locked).receiveResult(shadowOf(locked).nextStartedActivityForResult.intent, Activity.RESULT_CANCELED, null)
        handset.settle()
        assertEquals("the wrong finger", 1, handset.stored().size)
        val asking = handset.open<DeleteActivity>(intent)
        handset.agree()
        val lock = shadowOf(asking).nextStartedActivityForResult.intent
        val again = handset.comeBack(asking)
        assertFalse("it does not ask twice", again.isFinishing)
        again.startActivityForResult(lock, 1)
        shadowOf(again).receiveResult(lock, Activity.RESULT_OK, null)
        handset.settle()
        assertEquals(emptyList<String>(), handset.stored())
        assertNull(phone.index.get(1))
    }

    @Test
    fun `a kind is emptied without what came meanwhile`() {
        val box = filled()
        box.tap("钓鱼 1")
        handset.settle()
        handset.choose(box, "清空“钓鱼”…")
        handset.now += MINUTE
        handset.deliver(STRANGER, "$FRAUD!")
        delete(box)
        handset.agree()
        assertFalse(FRAUD in handset.stored())
        assertTrue("the user has not seen it", "$FRAUD!" in handset.stored())
        assertEquals(4, hidden)
    }

    @Test
    fun `the like of a restored message can be allowed, and that can be undone`() {
        val mine = Policy.Exception(Action.MARK, sender = "10690")
        handset.movePromotions()
        phone.filter.run { choosePolicy(policy().copy(exceptions = listOf(mine))) }
        handset.deliver(PORT, ADVERT)
        val box = box()
        box.restore(ADVERT)
        box.tap("总是放行【试验商城】")
        handset.settle()
        assertEquals(listOf(Policy.Exception(Action.INBOX, signature = "试验商城"), mine), phone.filter.policy().exceptions)
        handset.deliver(PORT, "$ADVERT!")
        assertEquals("exception:1", phone.index.get(2)!!.received.row)
        box.tap("撤销")
        handset.settle()
        assertEquals(listOf(mine), phone.filter.policy().exceptions)
    }

    @Test
    fun `what looks like fraud is not offered to be allowed, whoever seems to have signed it`() {
        handset.deliver(STRANGER, FRAUD)
        val box = box()
        box.restore(FRAUD)
        assertEquals(0, hidden)
        assertFalse(said(box), box.isShown(R.id.box_allow))
    }

    @Test
    fun `no thanks allows nothing`() {
        handset.movePromotions()
        handset.deliver(PORT, ADVERT)
        val box = box()
        box.restore(ADVERT)
        assertTrue(said(box), box.isShown(R.id.box_allow))
        box.tap("不用")
        assertFalse(box.isShown(R.id.box_allow))
        assertEquals(emptyList<Policy.Exception>(), phone.filter.policy().exceptions)
    }

    @Test
    fun `without the permission it says so, and a library that refuses changes nothing`() {
        handset.deliver(STRANGER, FRAUD)
        val box = box()
        phone.filter.close()
        box.restore(FRAUD)
        assertEquals("the index needs no rules", 0, hidden)
        handset.end()
        handset.deny("READ_SMS")
        assertTrue("还没有读取短信的权限，所以这里暂时看不到短信。短信都还在手机里。" in box().texts())
    }

    @Test
    fun `a message that another application deleted is in no row and no count`() {
        handset.fillBox()
        handset.sms.db.delete("sms", "body = ?", arrayOf(FRAUD))
        val box = box()
        assertEquals("全部 3", box.filters().first())
        assertFalse(FRAUD in said(box))
        // Its row id is another message's now.
        handset.now += MINUTE
        handset.deliver("13800138000", "晚上一起吃饭吗？")
        assertFalse("晚上一起吃饭吗？" in said(box()))
    }

    @Test
    @Config(sdk = [26, 31, 35])
    fun `spam that came through is counted once, if the user says so`() {
        handset.deliver("13700137000", "晚上一起吃饭吗？")
        val screen = handset.open<ThreadActivity>(ThreadActivity.intent(handset.app, 1))
        fun ask() = markSpam(screen, 1).also { handset.settle() }.let { ShadowDialog.getLatestDialog().window!!.decorView }
        val missed = { phone.index.effects.between(0, Long.MAX_VALUE).sumOf { it.missed } }
        ask().view<View>(R.id.spam_no).performClick()
        handset.settle()
        assertEquals(0, missed())
        ask().view<View>(R.id.spam_report).performClick()
        handset.settle()
        assertEquals(1, missed())
        handset.follow<ReportActivity>(screen)
        val again = ask()
        assertEquals(View.GONE, again.view<View>(R.id.spam_count).visibility)
        again.view<View>(R.id.spam_rule).performClick()
        handset.settle()
        assertEquals(1, missed())
        handset.follow<OwnRuleActivity>(screen)
        handset.end()
        assertEquals("also after the end of the process", handset.now, phone.index.get(1)!!.missedAt)
    }

    @Test
    fun `a message that is gone cannot be called spam`() {
        markSpam(handset.open<MainActivity>(), 4711)
        handset.settle()
        assertEquals("这条短信已经不在了。", toast())
    }
}

package org.smsfilter.demo

import android.content.ClipboardManager
import android.content.ContentUris
import android.content.ContentValues
import android.provider.Telephony.Sms
import android.text.Spanned
import android.text.style.BackgroundColorSpan
import android.text.style.ClickableSpan
import android.widget.TextView
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.annotation.Config
import org.smsfilter.Action
import org.smsfilter.AndroidRunner
import org.smsfilter.demo.report.ReportActivity
import org.smsfilter.demo.report.UnsubscribeActivity
import org.smsfilter.demo.why.WhyActivity

@RunWith(AndroidRunner::class)
@Config(sdk = [35])
class WhyTest {
    @get:Rule
    val handset = Handset()

    private val index get() = handset.app.phone.index

    private fun intent(id: Long = 1) = WhyActivity.intent(handset.app, id)

    private fun why(id: Long = 1): WhyActivity = handset.open(intent(id))

    private fun said(why: WhyActivity) = why.texts().joinToString("\n")

    @Test
    @Config(sdk = [26, 31, 35])
    fun `it says where a message is, since when, why, and what to do`() {
        handset.deliver(STRANGER, FRAUD)
        val why = why()
        assertEquals("钓鱼 · 政务", why.text(R.id.chip))
        assertTrue(why.text(R.id.place), "11月21日" in why.text(R.id.place) && "拦截箱" in why.text(R.id.place))
        assertTrue(why.text(R.id.sentences), "来自陌生号码的这类短信：移到拦截箱" in why.text(R.id.sentences))
        assertTrue(why.text(R.id.tip), "不要填银行卡密码" in why.text(R.id.tip))
        val body = why.at<TextView>(R.id.body).text as Spanned
        val marks = body.getSpans(0, body.length, BackgroundColorSpan::class.java).map { body.substring(body.getSpanStart(it), body.getSpanEnd(it)) }
        assertTrue("$marks", marks.any { "ETC" in it } && marks.all { it in FRAUD })
        assertEquals("no link can be opened", 0, body.getSpans(0, body.length, ClickableSpan::class.java).size)
        assertTrue(said(why), "全国规则" in said(why) && "@" !in said(why))
    }

    @Test
    fun `restoring can be undone`() {
        handset.deliver(STRANGER, FRAUD)
        val why = why()
        why.tap("恢复到收件箱")
        handset.settle()
        assertFalse(index.get(1)!!.isHidden)
        assertFalse("it is there already", why.isShown(R.id.restore))
        why.tap("撤销")
        handset.settle()
        assertTrue(index.get(1)!!.isHidden)
        assertTrue(why.isShown(R.id.restore))
    }

    @Test
    fun `a rule that is turned off no longer counts, and can be turned on again`() {
        // One rule alone speaks against it.
        handset.deliver(STRANGER, "代开发票，加微信 abc12345")
        val why = why()
        val before = handset.app.phone.filter.explain(handset.app.phone.store.get(1)!!.message).size
        why.tap("以后不用这条规则")
        handset.settle()
        assertTrue(said(why), "您已关闭的规则" in said(why) && "已关闭，不再起作用" in said(why))
        assertTrue("it tells of then, and of now", "看起来像违法" in why.text(R.id.sentences) && "换作今天：未判定 → 照常" in why.text(R.id.note))
        assertTrue(handset.app.phone.filter.explain(handset.app.phone.store.get(1)!!.message).size < before)
        val again = handset.run { end(); why() }
        assertTrue("also after a restart", "已关闭，不再起作用" in said(again))
        again.tap("重新使用")
        handset.settle()
        assertFalse("已关闭，不再起作用" in said(again))
        again.tap("撤销")
        handset.settle()
        assertTrue("已关闭，不再起作用" in said(again))
    }

    @Test
    fun `allowing the sender of a suspected fraud asks first, and can be undone`() {
        handset.deliver(STRANGER, FRAUD)
        val why = why()
        why.tap("总是放行这个号码")
        handset.settle()
        assertEquals("nothing before the answer", emptyList<Any>(), handset.app.phone.filter.policy().exceptions)
        handset.agree()
        handset.deliver(STRANGER, "$FRAUD!")
        assertEquals(Action.INBOX, index.get(2)!!.received.action)
        why.tap("撤销")
        handset.settle()
        handset.deliver(STRANGER, "$FRAUD!!")
        assertEquals(Action.QUARANTINE, index.get(3)!!.received.action)
    }

    @Test
    fun `a signature is offered of a service number alone`() {
        handset.deliver(STRANGER, FRAUD)
        assertFalse(why().isShown(R.id.allow_signature))
        handset.deliver("106900001111", ADVERT)
        val why = why(2)
        why.tap("总是放行【试验商城】")
        handset.settle()
        handset.deliver("106900001111", ADVERT.replace("100", "50"))
        assertEquals(Action.INBOX, index.get(3)!!.received.action)
        assertEquals("exception:1", index.get(3)!!.received.row)
    }

    @Test
    fun `the receipt holds nothing of the message`() {
        handset.deliver(STRANGER, FRAUD)
        val why = why()
        why.tap("复制判断凭据")
        handset.settle()
        val copied = handset.app.getSystemService(ClipboardManager::class.java)!!.primaryClip!!.getItemAt(0).text.toString()
        assertTrue(copied, copied.startsWith("smsfilter ") && "verdict phishing/government" in copied)
        assertFalse(copied, STRANGER in copied || "ETC" in copied)
    }

    @Test
    fun `reporting leads to the report`() {
        handset.deliver(STRANGER, FRAUD)
        val why = why()
        why.tap("举报")
        handset.follow<ReportActivity>(why)
    }

    @Test
    fun `a fraud is to be reported first, and only a promotion can be refused`() {
        handset.deliver(STRANGER, FRAUD)
        handset.deliver(PORT, ADVERT)
        val fraud = why(1)
        val said = fraud.texts()
        assertTrue("$said", said.indexOf(fraud.text(R.id.tip)) < said.indexOf("举报") && said.indexOf("举报") < said.indexOf("恢复到收件箱"))
        assertEquals(1, said.count { it == "举报" })
        assertFalse("$said", "退订" in said)
        val promotion = why(2)
        promotion.tap("退订")
        assertEquals("退订", handset.follow<UnsubscribeActivity>(promotion).title)
    }

    @Test
    fun `a message that is gone is said to be gone`() {
        handset.deliver(STRANGER, FRAUD)
        val why = why()
        handset.app.phone.mailbox.delete(listOf(index.get(1)!!.key))
        assertTrue("这条短信已经不在了" in why().texts())
        assertTrue("这条短信已经不在了" in why(-1).texts())
        why.tap("总是放行这个号码")
        assertTrue("an old screen breaks nothing", !why.isFinishing)
    }

    @Test
    fun `where nothing can be read, it says so`() {
        handset.deliver(STRANGER, FRAUD)
        Robolectric.setupContentProvider(Denied::class.java, "sms")
        assertTrue("现在读不出来" in why().texts())
        handset.app.phone.filter.close()
        assertTrue("现在读不出来" in why().texts())
    }

    @Test
    fun `what could not be judged when it came is judged now`() {
        handset.app.phone.filter.close()
        handset.deliver(STRANGER, FRAUD)
        handset.end()
        val why = why()
        assertTrue(said(why), "没能判断" in said(why) && "钓鱼 · 政务" in why.texts())
    }

    @Test
    fun `the shortest and the longest message are shown`() {
        val long = "您的包裹到了。".repeat(1500)
        val rows = listOf("", long).map { body ->
            handset.sms.insert(Sms.Inbox.CONTENT_URI, ContentValues().apply { put(Sms.ADDRESS, ""); put(Sms.BODY, body); put(Sms.DATE, NOW) })
        }.map(ContentUris::parseId)
        val empty = why(rows[0])
        assertTrue("（没有文字）" in empty.texts())
        assertFalse("nobody to allow", empty.isShown(R.id.allow_sender))
        val why = why(rows[1])
        assertEquals(long, why.text(R.id.body))
        assertTrue("nobody asked when it came", "还没有开始工作" in said(why))
    }

    @Test
    fun `it comes back after the end of the process`() {
        handset.deliver(STRANGER, FRAUD)
        val before = why().text(R.id.sentences)
        assertEquals(before, handset.comeBack(why()).text(R.id.sentences))
    }
}

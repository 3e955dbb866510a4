package org.smsfilter.demo

import android.app.Activity
import android.provider.Telephony.Sms
import android.telephony.SmsManager
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.annotation.Config
import org.smsfilter.AndroidRunner
import org.smsfilter.ConsentState
import org.smsfilter.demo.report.ReportActivity
import org.smsfilter.demo.report.UnsubscribeActivity

@RunWith(AndroidRunner::class)
@Config(sdk = [26, 31, 35])
class UnsubscribingTest {
    @get:Rule
    val handset = Handset()
    private val promises get() = handset.app.phone.index.consents.page()

    @Test
    fun `an opt-out says what goes where, and goes once, on the tap`() {
        val screen = handset.unsubscribeScreen()
        assertTrue("${screen.texts()}", screen.texts().any { "内容：TD" in it && "发往：$PORT" in it })
        assertNull(handset.handedOver(1))
        screen.tap("发送退订")
        handset.settle()
        assertEquals(PORT to listOf("TD"), handset.handedOver(1)?.let { it.destinationAddress to it.parts })
        assertNull("nothing is on record before it is sent", askedAt())
        assertTrue("${screen.texts()}", screen.texts().any { it.startsWith("正在发送") })
        assertFalse("${screen.texts()}", "发送退订" in screen.texts())
        handset.reportSent()
        assertEquals(listOf(ConsentState.ASKED_TO_STOP), promises.map { it.state })
        assertFalse("${screen.texts()}", "发送退订" in screen.texts())
        handset.end()
        handset.handOverNothing()
        val again = handset.open<UnsubscribeActivity>(UnsubscribeActivity.intent(handset.app, handset.latest()))
        assertFalse("asked is asked, also after the process ended", "发送退订" in again.texts())
        assertTrue("${again.texts()}", again.texts().any { it.startsWith("您已在") })
    }

    @Test
    fun `an opt-out that was not sent is on no record, and can be sent again`() {
        val screen = handset.unsubscribeScreen()
        send(screen)
        handset.reportSent(SmsManager.RESULT_ERROR_NO_SERVICE)
        assertNull(askedAt())
        assertTrue("${screen.texts()}", screen.texts().any { it.startsWith("好像没有发出去") })
        handset.now += MINUTE
        handset.handOverNothing()
        send(screen)
        handset.reportSent()
        assertEquals(handset.now, askedAt())
        assertEquals("the same row", listOf("TD"), handset.stored(Sms.MESSAGE_TYPE_SENT) + handset.stored(Sms.MESSAGE_TYPE_FAILED))
    }

    @Test
    fun `that it was sent is on record, whatever the process did meanwhile`() {
        send(handset.unsubscribeScreen())
        val sent = handset.handedOver(1)!!.sentIntents
        handset.end()
        assertNull(askedAt())
        handset.end()
        handset.now += 60 * MINUTE
        sent.forEach { handset.report(it, Activity.RESULT_OK) }
        assertEquals("when it went", NOW, askedAt())
    }

    @Test
    fun `that it was sent is on record even if the process ended before that could be written`() {
        send(handset.unsubscribeScreen())
        handset.sms.db.execSQL("UPDATE sms SET type = ${Sms.MESSAGE_TYPE_SENT} WHERE type = ${Sms.MESSAGE_TYPE_OUTBOX}")
        handset.end()
        handset.open<MainActivity>()
        assertEquals(NOW, askedAt())
    }

    @Test
    fun `another message in the row of a deleted opt-out is no opt-out`() {
        send(handset.unsubscribeScreen())
        handset.sms.db.execSQL("UPDATE sms SET type = ${Sms.MESSAGE_TYPE_SENT}, body = '好的' WHERE type = ${Sms.MESSAGE_TYPE_OUTBOX}")
        handset.end()
        handset.open<MainActivity>()
        assertNull(askedAt())
    }

    @Test
    fun `a link is shown and not opened`() {
        val screen = handset.unsubscribeScreen("【试验商城】会员日全场五折，满200减100，退订点 http://td.shop.example/a")
        if (screen.at<android.view.View>(R.id.offer_card).isShown) {
            assertFalse("发送退订" in screen.texts())
            assertTrue("${screen.texts()}", "复制链接" in screen.texts())
        }
        assertNull(org.robolectric.Shadows.shadowOf(screen).nextStartedActivity)
        assertNull(handset.handedOver(1))
    }

    @Test
    fun `no safe offer is refused with the reason, and a report is offered`() {
        for ((sender, text, reason) in listOf(
            Triple("13800138000", FRAUD, "这条短信疑似诈骗"),
            Triple("13900139000", "周末全场五折，退订回T", "只有带【】签名"),
            Triple(PORT, CODE, "不是推广"),
        )) {
            val screen = handset.unsubscribeScreen(text, sender)
            assertTrue("$reason in ${screen.texts()}", screen.texts().any { reason in it })
            assertFalse("发送退订" in screen.texts())
            screen.tap("去举报")
            handset.follow<ReportActivity>(screen)
        }
        assertNull(handset.handedOver(1))
        assertEquals(emptyList<Any>(), promises)
    }

    @Test
    fun `without the permission nothing is sent and nothing is on record`() {
        handset.deny("SEND_SMS")
        val screen = handset.unsubscribeScreen()
        assertFalse("发送退订" in screen.texts())
        assertTrue("${screen.texts()}", screen.texts().any { "还不能发短信" in it })
        assertEquals(emptyList<Any>(), promises)
    }

    @Test
    fun `a broken promise is told with its dates and reported with evidence`() {
        val ledger = handset.promisesScreen()
        assertTrue("${ledger.texts()}", "退订后仍在发送" in ledger.texts())
        choose(ledger, "带证据举报")
        val screen = handset.follow<ReportActivity>(ledger)
        assertTrue("${screen.texts()}", screen.texts().any { "发送退订" in it && "仍收到" in it })
    }

    @Test
    fun `a refusal is taken back and a record forgotten, each after a question`() {
        val ledger = handset.promisesScreen()
        choose(ledger, "我又愿意接收了")
        handset.agree()
        assertEquals(listOf(ConsentState.UNKNOWN), promises.map { it.state })
        choose(ledger, "删除这条记录")
        handset.agree()
        assertEquals(emptyList<Any>(), promises)
        assertTrue("${ledger.texts()}", "还没有退订" in ledger.texts())
    }

    private fun send(screen: Activity) {
        screen.tap("发送退订")
        handset.settle()
    }

    private fun askedAt(): Long? = promises.firstNotNullOfOrNull { it.askedAt }

    private fun choose(ledger: Activity, what: String) {
        ledger.tapRow(R.id.list, 0)
        handset.pick(what)
    }
}

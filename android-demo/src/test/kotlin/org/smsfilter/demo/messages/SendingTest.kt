package org.smsfilter.demo.messages

import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.annotation.Config
import org.smsfilter.AndroidRunner
import org.smsfilter.demo.*
import android.app.Activity
import android.provider.Telephony.Sms
import android.telephony.SmsManager
import org.robolectric.Shadows.shadowOf

@RunWith(AndroidRunner::class)
@Config(sdk = [26, 31, 35])
class SendingTest {
    @get:Rule
    val handset = Handset()

    @Test
    fun `an answer is stored, sent, and shown as delivered`() {
        val screen = answer("好的")
        assertEquals("13800138000", handset.handedOver()!!.destinationAddress)
        assertEquals(listOf("好的"), handset.handedOver()!!.parts)
        assertEquals(listOf("好的"), handset.stored(Sms.MESSAGE_TYPE_OUTBOX))
        assertTrue("${screen.texts()}", screen.texts().any { it.endsWith("发送中…") })
        assertEquals("", (screen.all(R.id.words)[0] as android.widget.TextView).text.toString())
        handset.report(handset.handedOver()!!.sentIntents[0], Activity.RESULT_OK)
        assertEquals(listOf("好的"), handset.stored(Sms.MESSAGE_TYPE_SENT))
        assertTrue(screen.texts().any { it.endsWith("已发送") })
        handset.report(handset.handedOver()!!.deliveryIntents[0], Activity.RESULT_OK, delivery(0))
        assertTrue(screen.texts().any { it.endsWith("已送达") })
    }

    @Test
    fun `what the network cannot deliver is not called delivered`() {
        val screen = answer("好的")
        handset.report(handset.handedOver()!!.sentIntents[0], Activity.RESULT_OK)
        handset.report(handset.handedOver()!!.deliveryIntents[0], Activity.RESULT_OK)
        assertTrue("without a report nothing is known", screen.texts().any { it.endsWith("已发送") })
        handset.report(handset.handedOver()!!.deliveryIntents[0], Activity.RESULT_OK, delivery(0x41))
        assertTrue(screen.texts().any { it.endsWith("已发出，但没有送达") })
    }

    @Test
    fun `one part that fails makes the whole fail, whatever comes after it`() {
        val screen = answer("长".repeat(150))
        val parts = handset.handedOver()!!.sentIntents
        assertEquals(3, parts.size)
        handset.report(parts[0], Activity.RESULT_OK)
        assertEquals(1, handset.stored(Sms.MESSAGE_TYPE_OUTBOX).size)
        handset.report(parts[1], SmsManager.RESULT_ERROR_NO_SERVICE)
        handset.report(parts[2], Activity.RESULT_OK)
        assertEquals(1, handset.stored(Sms.MESSAGE_TYPE_FAILED).size)
        assertTrue(screen.texts().any { it.endsWith("发送失败：没有信号") })
        assertEquals("the user sees it here", emptyList<String>(), unsent())
    }

    @Test
    fun `what fails after its conversation was left is told, until the conversation is opened`() {
        answer("好的")
        val sent = handset.handedOver()!!.sentIntents[0]
        handset.end()
        handset.report(sent, SmsManager.RESULT_ERROR_GENERIC_FAILURE)
        assertEquals(listOf("有一条短信没有发出"), unsent())
        handset.open<ThreadActivity>(ThreadActivity.intent(handset.app, 1))
        assertEquals(emptyList<String>(), unsent())
    }

    @Test
    fun `what failed is sent again by one tap, once, and an old report of it changes nothing`() {
        val screen = answer("好的")
        val first = handset.handedOver()!!
        handset.report(first.sentIntents[0], SmsManager.RESULT_ERROR_RADIO_OFF)
        handset.now += MINUTE
        screen.tap("再试一次")
        handset.settle()
        assertEquals(listOf("好的"), handset.stored(Sms.MESSAGE_TYPE_OUTBOX))
        assertFalse(first === handset.handedOver())
        handset.report(first.sentIntents[0], SmsManager.RESULT_ERROR_RADIO_OFF)
        assertEquals(listOf("好的"), handset.stored(Sms.MESSAGE_TYPE_OUTBOX))
        assertFalse("it is on its way", "再试一次" in screen.texts())
    }

    @Test
    fun `what the end of the process left open is unknown, and sent again only after a question`() {
        answer("好的")
        val first = handset.handedOver()!!
        handset.end()
        val screen = handset.open<ThreadActivity>(ThreadActivity.intent(handset.app, 1))
        assertTrue("${screen.texts()}", screen.texts().any { it.endsWith("不确定是否已发出") })
        screen.tap("再试一次")
        assertTrue("可能收到两条" in asked)
        handset.answer("取消")
        assertTrue(first === handset.handedOver())
        handset.report(first.sentIntents[0], Activity.RESULT_OK)
        assertTrue("the report comes to a later process, too", screen.texts().any { it.endsWith("已发送") })
    }

    @Test
    fun `what is unknown can be sent again`() {
        answer("好的")
        val first = handset.handedOver()!!
        handset.end()
        handset.now += MINUTE
        val screen = handset.open<ThreadActivity>(ThreadActivity.intent(handset.app, 1))
        screen.tap("再试一次")
        handset.answer("再试一次")
        assertFalse(first === handset.handedOver())
        assertEquals(listOf("好的"), handset.stored(Sms.MESSAGE_TYPE_OUTBOX))
    }

    @Test
    fun `where Android stores nothing, nothing is sent and the text stays`() {
        handset.deliver("13800138000", MOTHER)
        handset.sms.isWritable = false
        val screen = handset.open<ThreadActivity>(ThreadActivity.intent(handset.app, 1))
        screen.type(R.id.words, "好的")
        screen.all(R.id.send)[0].performClick()
        handset.settle()
        assertNull(handset.handedOver())
        assertTrue("好的" in screen.texts())
        assertEquals("没能发出，文字还在这里。", org.robolectric.shadows.ShadowToast.getTextOfLatestToast())
        handset.end()
        assertTrue("好的" in handset.open<ThreadActivity>(ThreadActivity.intent(handset.app, 1)).texts())
    }

    @Test
    fun `it is said of how many SMS a text is`() {
        handset.deliver("13800138000", MOTHER)
        val screen = handset.open<ThreadActivity>(ThreadActivity.intent(handset.app, 1))
        assertFalse(screen.all(R.id.send)[0].isEnabled)
        screen.type(R.id.words, "好")
        assertTrue("1/70" in screen.texts())
        screen.type(R.id.words, "好".repeat(71))
        assertTrue("${screen.texts()}", "2 条 · 71/134" in screen.texts())
        screen.type(R.id.words, "   ")
        assertFalse(screen.all(R.id.send)[0].isEnabled)
    }

    @Test
    fun `the answer leaves from the SIM that received, and the user may take the other`() {
        handset.twoSims()
        handset.deliver("13800138000", MOTHER, slot = 1)
        val screen = handset.open<ThreadActivity>(ThreadActivity.intent(handset.app, 1))
        screen.tap("用 卡 2 · 联通 发送 ▾")
        handset.choose("卡 1 · 移动")
        screen.type(R.id.words, "好的")
        handset.comeBack(screen).all(R.id.send)[0].performClick()
        handset.settle()
        assertEquals(listOf("好的"), handset.handedOver(1)!!.parts)
        assertNull(handset.handedOver(2))
    }

    @Test
    fun `only this application hears of its messages, and what is heard of being sent cannot be changed`() {
        answer("好的")
        val (sent, delivered) = handset.handedOver()!!.run { sentIntents[0] to deliveryIntents[0] }
        for (intent in listOf(sent, delivered)) assertEquals(SentReceiver::class.java.name, shadowOf(intent).savedIntent.component?.className)
        assertTrue(shadowOf(sent).isImmutable)
        val receiver = handset.app.packageManager.getReceiverInfo(android.content.ComponentName(handset.app, SentReceiver::class.java), 0)
        assertFalse(receiver.exported)
    }

    private fun unsent() = handset.notifications.map { "${it.extras.getCharSequence("android.title")}" }.filter { "没有发出" in it }

    private fun answer(text: String): ThreadActivity {
        handset.deliver("13800138000", MOTHER)
        val screen = handset.open<ThreadActivity>(ThreadActivity.intent(handset.app, 1))
        screen.type(R.id.words, text)
        screen.all(R.id.send)[0].performClick()
        handset.settle()
        return screen
    }
}

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
import android.content.Intent
import android.net.Uri
import android.provider.Telephony.Sms
import org.robolectric.Robolectric

@RunWith(AndroidRunner::class)
@Config(sdk = [26, 31, 35])
class ComposeTest {
    @get:Rule
    val handset = Handset()

    @Test
    fun `another application fills in number and text, and the user sends`() {
        val intent = Intent(Intent.ACTION_SENDTO, Uri.parse("smsto:138%200013%208000")).putExtra("sms_body", "已到楼下")
        val screen = handset.open<ComposeActivity>(intent)
        assertTrue("${screen.texts()}", "138 0013 8000" in screen.texts() && "已到楼下" in screen.texts())
        assertNull("nothing is sent by itself", handset.handedOver())
        send(screen)
        assertEquals("13800138000", handset.handedOver()!!.destinationAddress)
        val thread = handset.follow<ThreadActivity>(screen)
        assertTrue("已到楼下" in thread.texts())
        assertTrue(screen.isFinishing)
    }

    @Test
    fun `what comes from outside is input`() {
        val long = Intent(Intent.ACTION_SEND, Uri.parse("sms:13800138000?body=hi%20there"))
        assertTrue("hi there" in handset.open<ComposeActivity>(long).texts())
        val foreign = Intent(Intent.ACTION_SENDTO, Uri.parse("https://evil.example/13800138000")).putExtra("sms_body", 5)
        val screen = handset.open<ComposeActivity>(foreign)
        assertFalse(screen.texts().any { "evil" in it })
        val huge = Intent(Intent.ACTION_SENDTO, Uri.parse("smsto:13800138000")).putExtra("sms_body", "a".repeat(100_000))
        assertEquals(5_000, (handset.open<ComposeActivity>(huge).all(R.id.words)[0] as android.widget.TextView).text.length)
    }

    @Test
    fun `a number that is none is refused and nothing is lost`() {
        val screen = handset.open<ComposeActivity>(ComposeActivity.intent(handset.app, "13800138000,13900139000", "你好"))
        send(screen)
        assertTrue("请填写一个电话号码。" in screen.texts())
        assertTrue("你好" in handset.comeBack(screen).texts())
        assertNull(handset.handedOver())
    }

    @Test
    fun `contacts are offered by name, without the permission none are`() {
        handset.book.names["13800138000"] = "妈妈"
        val screen = handset.open<ComposeActivity>(ComposeActivity.intent(handset.app))
        screen.type(R.id.to, "妈")
        handset.settle()
        assertTrue("13800138000" in screen.texts())
        screen.tapRow(R.id.list, 0)
        screen.type(R.id.words, "到了")
        send(screen)
        assertEquals("13800138000", handset.handedOver()!!.destinationAddress)
        handset.deny("READ_CONTACTS")
        val poor = handset.open<ComposeActivity>(ComposeActivity.intent(handset.app))
        poor.type(R.id.to, "妈")
        handset.settle()
        assertFalse("13800138000" in poor.texts())
    }

    @Test
    fun `a text that was begun is there again after the end of the process, until it was sent`() {
        handset.open<ComposeActivity>(ComposeActivity.intent(handset.app)).type(R.id.words, "在吗")
        handset.end()
        val screen = handset.open<ComposeActivity>(ComposeActivity.intent(handset.app))
        assertTrue("在吗" in screen.texts())
        screen.type(R.id.to, "13800138000")
        send(screen)
        handset.end()
        assertFalse("在吗" in handset.open<ComposeActivity>(ComposeActivity.intent(handset.app)).texts())
    }

    @Test
    fun `a declined call is answered with an SMS`() {
        respond(Uri.parse("smsto:13800138000"), "我在开会，稍后回电")
        assertEquals("13800138000", handset.handedOver()!!.destinationAddress)
        assertEquals(listOf("我在开会，稍后回电"), handset.stored(Sms.MESSAGE_TYPE_OUTBOX))
    }

    @Test
    fun `an answer that cannot be sent is told`() {
        respond(Uri.parse("smsto:abc"), "我在开会")
        respond(Uri.parse("smsto:13800138000"), "")
        handset.sms.isWritable = false
        respond(Uri.parse("smsto:13800138000"), "我在开会")
        assertNull(handset.handedOver())
        assertEquals(3, org.robolectric.shadows.ShadowToast.shownToastCount())
    }

    @Test
    fun `the outbox answers for a notification without any screen`() {
        val id = handset.app.phone.outbox.send("13800138000", "好")
        assertEquals("好", handset.app.phone.mailbox.get(listOf(id)).getValue(id).body)
        assertEquals(listOf("好"), handset.handedOver()!!.parts)
    }

    private fun send(screen: ComposeActivity) {
        screen.all(R.id.send)[0].performClick()
        handset.settle()
    }

    private fun respond(to: Uri, text: String) {
        val intent = Intent("android.intent.action.RESPOND_VIA_MESSAGE", to).putExtra(Intent.EXTRA_TEXT, text)
        Robolectric.buildService(RespondService::class.java, intent).create().startCommand(0, 1)
        handset.settle()
    }
}

package org.smsfilter.demo

import android.content.ContentValues
import android.content.Intent
import android.provider.Telephony.Sms
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.annotation.Config
import org.smsfilter.Action
import org.smsfilter.AndroidRunner
import org.smsfilter.demo.receive.FlashActivity
import org.smsfilter.demo.receive.MmsReceiver
import org.smsfilter.demo.receive.SmsReceiver
import org.smsfilter.demo.receive.StartReceiver

@RunWith(AndroidRunner::class)
@Config(sdk = [26, 31, 35])
class ReceivingTest {
    @get:Rule
    val handset = Handset()

    @Test
    fun `a personal message is in the inbox and rings`() {
        handset.deliver("13800138000", "妈，我晚上七点到家，等我吃饭。")
        val screen = handset.open<MainActivity>()
        assertTrue("${screen.texts()}", "妈，我晚上七点到家，等我吃饭。" in screen.texts())
        assertEquals(listOf("personal"), handset.notifications.map { it.channelId })
    }

    @Test
    fun `a fraud is in the spam box and in no inbox`() {
        handset.deliver("13800138000", FRAUD)
        assertEquals(listOf(FRAUD), handset.stored())
        assertEquals(1, handset.app.phone.index.count(Action.QUARANTINE))
        val screen = handset.open<MainActivity>()
        assertTrue("还没有信息" in screen.texts())
        screen.tap("拦截箱")
        handset.settle()
        assertTrue("${screen.texts()}", FRAUD in screen.texts())
    }

    @Test
    fun `the parts of a long message are one message`() {
        val long = "今天的会议改到明天下午三点，地点还是在二楼。".repeat(8)
        handset.deliver("13800138000", long)
        assertEquals(listOf(long), handset.stored())
        assertEquals(long, handset.messageNotices.single().text)
    }

    @Test
    fun `a class 0 message is shown in full and never stored`() {
        handset.deliver("13800138000", MOTHER, isFlash = true)
        assertEquals(emptyList<String>(), handset.stored())
        val notice = handset.shown.single().notification
        assertEquals("闪信 · 13800138000" to MOTHER, notice.title to notice.text)
        assertEquals("收到一条信息", notice.publicVersion.title)
        handset.end()
        val screen = handset.open<FlashActivity>(notice.contentIntent.started)
        assertTrue("${screen.texts()}", MOTHER in screen.texts())
        screen.tap("知道了")
        assertTrue(screen.isFinishing)
    }

    @Test
    fun `a class 0 message that looks like fraud is called so, and nothing in it opens`() {
        handset.deliver("13800138000", FRAUD, isFlash = true)
        assertEquals(emptyList<String>(), handset.stored())
        val notice = handset.shown.single().notification
        assertEquals("suspect", notice.channelId)
        val screen = handset.open<FlashActivity>(notice.contentIntent.started)
        assertTrue("${screen.texts()}", "疑似诈骗" in screen.texts())
        assertTrue(screen.findViewById<android.widget.TextView>(R.id.flash_text)!!.urls.isEmpty())
        assertTrue("${screen.texts()}", screen.texts().any { "96110" in it })
        screen.tap("复制全文")
        val copied = handset.app.getSystemService(android.content.ClipboardManager::class.java)!!.primaryClip!!
        assertEquals(FRAUD, "${copied.getItemAt(0).text}")
    }

    @Test
    fun `an MMS that waits is told of honestly, and a report of delivery is not`() {
        fun push(type: Int) {
            val intent = Intent("android.provider.Telephony.WAP_PUSH_DELIVER").setType("application/vnd.wap.mms-message")
            MmsReceiver().onReceive(handset.app, intent.putExtra("data", byteArrayOf(0x8C.toByte(), type.toByte())))
            handset.settle()
        }
        push(0x86)
        assertEquals(0, handset.shown.size)
        push(0x82)
        assertEquals("收到一条彩信", handset.shown.single().notification.title)
    }

    @Test
    fun `a message is received without the address book and the SIMs`() {
        handset.deny("READ_CONTACTS", "READ_PHONE_STATE")
        handset.deliver("13800138000", MOTHER)
        assertEquals(listOf("personal" to "13800138000"), handset.messageNotices.map { it.channelId to it.title })
        assertEquals(listOf(MOTHER), handset.stored())
    }

    @Test
    fun `what another broadcast brings is no message`() {
        SmsReceiver().onReceive(handset.app, Intent("android.provider.Telephony.SMS_RECEIVED"))
        SmsReceiver().onReceive(handset.app, Intent("android.provider.Telephony.SMS_DELIVER"))
        MmsReceiver().onReceive(handset.app, Intent("other"))
        handset.settle()
        assertEquals(0, handset.shown.size + handset.stored().size)
    }

    @Test
    fun `the start of the phone completes what its end cut short, once`() {
        handset.app.phone
        handset.sms.insert(Sms.Inbox.CONTENT_URI, ContentValues().apply {
            put(Sms.ADDRESS, "13800138000"); put(Sms.BODY, FRAUD); put(Sms.DATE, handset.now); put(Sms.READ, 0); put(Sms.SEEN, 0)
        })
        handset.end()
        repeat(2) {
            StartReceiver().onReceive(handset.app, Intent(Intent.ACTION_BOOT_COMPLETED))
            handset.settle()
        }
        assertEquals(1, handset.app.phone.index.count(Action.QUARANTINE))
        assertEquals(listOf("moved"), handset.messageNotices.map { it.channelId })
    }
}

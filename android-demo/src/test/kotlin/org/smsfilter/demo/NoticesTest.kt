package org.smsfilter.demo

import android.app.Notification
import android.app.NotificationManager
import android.content.ClipboardManager
import android.content.Intent
import android.net.Uri
import android.os.Build
import android.provider.Telephony.Sms
import java.time.LocalTime
import java.util.Locale
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import org.smsfilter.Action
import org.smsfilter.AndroidRunner
import org.smsfilter.Policy
import org.smsfilter.Preset
import org.smsfilter.demo.messages.Drafts
import org.smsfilter.demo.messages.ThreadActivity
import org.smsfilter.demo.notices.NoticeReceiver
import org.smsfilter.demo.receive.StartReceiver

@RunWith(AndroidRunner::class)
@Config(sdk = [26, 31, 35])
class NoticesTest {
    @get:Rule
    val handset = Handset()
    private val notice: Notification get() = handset.messageNotices.single()
    private val manager get() = handset.app.getSystemService(NotificationManager::class.java)!!

    @Test
    fun `a message of a contact says who and what, and a locked screen neither`() {
        handset.book.names[SENDER] = "小林"
        handset.deliver(SENDER, MOTHER)
        assertEquals("小林" to MOTHER, notice.title to notice.text)
        assertEquals(Notification.VISIBILITY_PRIVATE, notice.visibility)
        assertEquals("收到一条信息" to "解锁后可查看", notice.publicVersion.title to notice.publicVersion.text)
        assertEquals(listOf("回复", "标为已读"), notice.offers)
        assertEquals(listOf(".MainActivity", ".messages.ThreadActivity"), notice.contentIntent.screens)
    }

    @Test
    fun `a moved message is told of quietly, and is back with one tap`() {
        handset.deliver(SENDER, FRAUD)
        assertEquals("moved", notice.channelId)
        assertEquals("已拦截 · $SENDER", notice.title)
        assertEquals("一条信息已移到拦截箱", notice.publicVersion.title)
        assertEquals(listOf("不是垃圾", "举报"), notice.offers)
        assertEquals(listOf(".MainActivity", ".why.WhyActivity"), notice.contentIntent.screens)
        assertTrue(manager.getNotificationChannel("moved").importance <= NotificationManager.IMPORTANCE_LOW)
        val moved = notice
        handset.end()
        handset.press(moved, "不是垃圾")
        assertEquals(0, handset.app.phone.index.count(Action.QUARANTINE))
        assertEquals("personal", notice.channelId)
        assertTrue(notice.isSilent)
        handset.press(moved, "不是垃圾")
        assertEquals(0, handset.messageNotices.size)
    }

    @Test
    fun `a fraud that stays in the inbox is called suspected, and nothing in it can be answered`() {
        handset.app.phone.filter.choosePolicy(Policy.preset(Preset.MARK))
        handset.deliver(SENDER, FRAUD)
        assertEquals("suspect", notice.channelId)
        assertEquals("疑似诈骗 · $SENDER", notice.title)
        assertEquals(listOf("举报", "标为已读"), notice.offers)
    }

    @Test
    fun `the code alone is copied, and hidden in previews`() {
        handset.deliver("1069000012345", CODE)
        assertEquals("code" to listOf("复制验证码", "标为已读"), notice.channelId to notice.offers)
        handset.press(notice, "复制验证码")
        val clip = handset.app.getSystemService(ClipboardManager::class.java)!!.primaryClip!!
        assertEquals("482913", clip.getItemAt(0).text.toString())
        assertTrue(clip.description.extras.getBoolean("android.content.extra.IS_SENSITIVE"))
        assertEquals(0, handset.messageNotices.size)
    }

    @Test
    fun `a promotion can be left, once that was found out`() {
        handset.app.phone.filter.choosePolicy(Policy.preset(Preset.MARK))
        handset.deliver("106900001111", ADVERT)
        assertEquals("promotion" to listOf("退订", "举报", "标为已读"), notice.channelId to notice.offers)
        assertTrue(notice.flags and Notification.FLAG_ONLY_ALERT_ONCE != 0)
        assertEquals(".report.UnsubscribeActivity", notice.actions[0].actionIntent.started.component!!.shortClassName)
    }

    @Test
    fun `what tells somebody something is behind the lock, and nothing can be changed but a reply`() {
        handset.app.phone.filter.choosePolicy(Policy.preset(Preset.MARK))
        handset.deliver("106900001111", ADVERT)
        handset.deliver(SENDER, MOTHER)
        handset.deliver("13900139000", FRAUD)
        for (notice in handset.messageNotices) {
            assertTrue(shadowOf(notice.contentIntent).isImmutable)
            for (action in notice.actions) {
                assertEquals("${action.title}", action.title != "回复" || Build.VERSION.SDK_INT < 31, shadowOf(action.actionIntent).isImmutable || action.title == "回复" && Build.VERSION.SDK_INT < 31)
                assertTrue(action.actionIntent.started.component != null)
                if (Build.VERSION.SDK_INT >= 31) assertEquals(action.title in setOf("举报", "退订", "回复"), action.isAuthenticationRequired)
            }
        }
    }

    @Test
    fun `a reply is sent and the message is read`() {
        handset.deliver(SENDER, MOTHER)
        handset.press(notice, "回复", "好，等你。")
        assertEquals(listOf("好，等你。"), handset.stored(Sms.MESSAGE_TYPE_OUTBOX) + handset.stored(Sms.MESSAGE_TYPE_SENT))
        assertEquals(0, handset.messageNotices.size)
        assertEquals(0, handset.app.phone.mailbox.conversations().single().unread)
    }

    @Test
    fun `a reply that cannot be stored is kept as the draft, and said so`() {
        handset.deliver(SENDER, MOTHER)
        val thread = handset.app.phone.mailbox.conversations().single().last.sms.thread
        handset.sms.before = { if (it == "insert") error("the disk is full") }
        handset.press(notice, "回复", "好，等你。")
        assertEquals("好，等你。", Drafts(handset.app)[thread])
        assertEquals("回复没有发出，已存为草稿", notice.sub)
        assertEquals(emptyList<String>(), handset.stored(Sms.MESSAGE_TYPE_OUTBOX) + handset.stored(Sms.MESSAGE_TYPE_SENT))
    }

    @Test
    fun `an empty reply sends nothing`() {
        handset.deliver(SENDER, MOTHER)
        handset.press(notice, "回复", " ")
        assertEquals(emptyList<String>(), handset.stored(Sms.MESSAGE_TYPE_OUTBOX) + handset.stored(Sms.MESSAGE_TYPE_SENT))
    }

    @Test
    fun `an intent that names no message, or another's row, does nothing`() {
        handset.deliver(SENDER, FRAUD)
        val good = notice.actions[0].actionIntent.started
        val id = good.data!!.pathSegments[0]
        for (data in listOf(null, "message:///x/1", "message:///-1/1", "message:///$id/12345", "tel:10086", "message:///$id")) {
            NoticeReceiver().onReceive(handset.app, Intent(good).setData(data?.let(Uri::parse)))
        }
        NoticeReceiver().onReceive(handset.app, Intent(good).setAction("DELETE"))
        handset.settle()
        assertEquals(1, handset.app.phone.index.count(Action.QUARANTINE))
    }

    @Test
    fun `quiet hours make no sound, and the channel stays what it is`() {
        val night = Policy.Window(LocalTime.of(0, 0), LocalTime.of(23, 59))
        handset.app.phone.filter.choosePolicy(Policy.preset(Preset.STANDARD).copy(quietHours = listOf(night)))
        handset.deliver(SENDER, MOTHER)
        assertEquals("personal", notice.channelId)
        assertTrue(notice.isSilent)
    }

    @Test
    fun `by day a message makes its sound`() {
        handset.deliver(SENDER, MOTHER)
        assertFalse(notice.isSilent)
    }

    @Test
    fun `several messages are one bundle, until one is left`() {
        handset.deliver(SENDER, MOTHER)
        assertEquals(1, handset.shown.size)
        handset.deliver("13900139000", "明天见。")
        val bundle = handset.shown.single { it.notification.flags and Notification.FLAG_GROUP_SUMMARY != 0 }.notification
        assertEquals("2 条新信息", bundle.title)
        assertEquals(Notification.GROUP_ALERT_CHILDREN, bundle.groupAlertBehavior)
        handset.press(handset.messageNotices.first { it.text == MOTHER }, "标为已读")
        assertEquals(listOf("明天见。"), handset.shown.map { it.notification.text })
    }

    @Test
    fun `an opened conversation has no notice any more`() {
        handset.deliver(SENDER, MOTHER)
        val thread = handset.app.phone.mailbox.conversations().single().last.sms.thread
        handset.open<ThreadActivity>(ThreadActivity.intent(handset.app, thread))
        assertEquals(0, handset.shown.size)
    }

    @Test
    fun `a message that was deleted, restored or read elsewhere has no notice any more`() {
        handset.deliver(SENDER, MOTHER)
        handset.app.phone.run { mailbox.delete(listOf(mailbox.conversations().single().last.sms.key)) }
        assertEquals(0, handset.shown.size)
        handset.deliver(SENDER, FRAUD)
        handset.deliver("13900139000", "明天见。")
        handset.app.phone.run { index.restore(index.page(Action.QUARANTINE).single().key.id, handset.now) }
        handset.app.phone.mailbox.markRead()
        handset.open<MainActivity>()
        assertEquals(0, handset.shown.size)
    }

    @Test
    fun `channels are called in the language of the phone`() {
        handset.deliver(SENDER, MOTHER)
        assertEquals("疑似诈骗", manager.getNotificationChannel("suspect").name.toString())
        RuntimeEnvironment.setQualifiers("+en-rUS")
        Locale.setDefault(Locale.US)
        StartReceiver().onReceive(handset.app, Intent(Intent.ACTION_LOCALE_CHANGED))
        handset.settle()
        assertEquals("Suspected fraud", manager.getNotificationChannel("suspect").name.toString())
        assertEquals(9, manager.notificationChannels.size)
    }

    @Test
    fun `with two SIMs a notice says which one`() {
        handset.deliver(SENDER, MOTHER)
        assertEquals(null, notice.sub)
        handset.app.phone.notices.read(listOf(1))
        handset.twoSims()
        handset.deliver(SENDER, "到了。", slot = 1)
        assertTrue("${notice.sub}", notice.sub!!.contains("联通"))
    }

    @Test
    fun `what the filter calls it is said in the language of the phone`() {
        handset.app.phone.filter.choosePolicy(Policy.preset(Preset.MARK))
        handset.deliver(SENDER, FRAUD)
        assertEquals("钓鱼 · 政务", notice.sub)
        manager.cancelAll()
        RuntimeEnvironment.setQualifiers("+en-rUS")
        handset.deliver("13900139000", FRAUD)
        assertEquals("Phishing · government", notice.sub)
    }

    private companion object {
        const val SENDER = "13800138000"
    }
}

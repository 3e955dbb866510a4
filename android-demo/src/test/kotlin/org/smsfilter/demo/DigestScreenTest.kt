package org.smsfilter.demo

import android.app.Activity
import android.view.View
import android.widget.ListView
import android.widget.TextView
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.annotation.Config
import org.smsfilter.Action
import org.smsfilter.AndroidRunner
import org.smsfilter.demo.messages.ThreadActivity
import org.smsfilter.demo.spambox.DigestActivity
import org.smsfilter.demo.view.view

@RunWith(AndroidRunner::class)
@Config(sdk = [35])
class DigestScreenTest {
    @get:Rule
    val handset = Handset()

    private fun open(): DigestActivity = handset.open(DigestActivity.intent(handset.app))

    private fun Activity.rows(): List<View> = at<ListView>(R.id.list).run { (0 until childCount).map(::getChildAt) }

    private fun View.text(id: Int) = view<TextView>(id).takeIf { it.visibility == View.VISIBLE }?.text?.toString()

    private fun unread() = handset.sms.db.rawQuery("SELECT _id FROM sms WHERE read = 0", null).use { it.count }

    @Test
    @Config(sdk = [26, 31, 35])
    fun `promotions stand by day and sender, the latest first`() {
        val digest = handset.digestScreen()
        assertEquals(4, handset.app.phone.index.count(Action.DIGEST))
        val rows = digest.rows()
        assertEquals(listOf("今天", null, "昨天"), rows.map { it.text(R.id.day) })
        assertEquals(setOf("106900001111" to "2 条", "106900003333" to "1 条"), rows.take(2).map { it.text(R.id.name) to it.text(R.id.count) }.toSet())
        assertEquals("【试验商城】会员日全场九折，满300减30，退订回TD", rows[2].text(R.id.text))
        val said = rows.map { it.view<View>(R.id.bundle).contentDescription }
        assertTrue("$said", said.all { "未读" in it } && said.any { "2 条" in it })
    }

    @Test
    fun `a tap opens the conversation`() {
        val digest = handset.digestScreen()
        digest.tapRow(R.id.list, 2)
        handset.settle()
        val thread = handset.follow<ThreadActivity>(digest)
        assertTrue("${thread.texts()}", "【试验商城】会员日全场九折，满300减30，退订回TD" in thread.texts())
    }

    @Test
    @Config(sdk = [26, 31, 35])
    fun `all are marked as read, and nothing else of the same number`() {
        handset.deliver("106900001111", "【试验商城】验证码 482913，5分钟内有效，请勿告诉他人。")
        val digest = handset.digestScreen()
        assertEquals(5, unread())
        digest.tap("全部标为已读")
        handset.settle()
        assertEquals("the code is not read", 1, unread())
        assertFalse(digest.isShown(R.id.read_all))
        handset.end()
        assertFalse("also after the end of the process", open().isShown(R.id.read_all))
    }

    @Test
    fun `what is restored or deleted leaves the digest`() {
        handset.digestScreen()
        val phone = handset.app.phone
        val (one, other) = phone.index.page(Action.DIGEST)
        phone.index.restore(one.key.id, NOW)
        phone.mailbox.delete(listOf(other.key))
        assertEquals(2, open().rows().size)
    }

    @Test
    fun `with nothing in it, or nothing to be read, it says so`() {
        assertTrue("没有推广短信" in open().texts())
        handset.end()
        handset.deny("READ_SMS")
        assertTrue("还没有读取短信的权限，所以这里暂时看不到短信。短信都还在手机里。" in open().texts())
    }

    @Test
    fun `it comes back after the end of the process`() {
        handset.digestScreen()
        assertEquals(3, handset.comeBack(open()).rows().size)
    }
}

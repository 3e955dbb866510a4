package org.smsfilter.demo.messages

import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.annotation.Config
import org.smsfilter.AndroidRunner
import org.smsfilter.demo.*
import android.graphics.Typeface
import android.widget.ListView
import android.widget.TextView
import org.smsfilter.demo.shield.DiagnosticsActivity

@RunWith(AndroidRunner::class)
@Config(sdk = [26, 31, 35])
class InboxTest {
    @get:Rule
    val handset = Handset()

    @Test
    fun `an unread conversation is bold with a dot until it was opened`() {
        handset.book.names["13800138000"] = "妈妈"
        handset.deliver("13800138000", MOTHER)
        val screen = handset.open<MainActivity>()
        assertTrue("妈妈" in screen.texts())
        assertEquals(1, screen.all(R.id.dot).size)
        assertTrue(isBold(screen))
        assertTrue("${row(screen)}", row(screen).startsWith("1 条未读, 妈妈，$MOTHER"))
        screen.tapRow(R.id.list, 0)
        val thread = handset.follow<ThreadActivity>(screen)
        assertTrue(MOTHER in thread.texts())
        assertEquals("妈妈", thread.title)
        handset.end()
        val again = handset.open<MainActivity>()
        assertEquals(0, again.all(R.id.dot).size)
        assertFalse(isBold(again))
    }

    @Test
    fun `without the contacts' permission numbers are shown`() {
        handset.book.names["13800138000"] = "妈妈"
        handset.deny("READ_CONTACTS")
        handset.deliver("13800138000", MOTHER)
        assertTrue("13800138000" in handset.open<MainActivity>().texts())
    }

    @Test
    fun `a message that comes while the list is open is there at once`() {
        val screen = handset.open<MainActivity>()
        assertTrue("还没有信息" in screen.texts())
        handset.deliver("13800138000", MOTHER)
        assertTrue("${screen.texts()}", MOTHER in screen.texts())
    }

    @Test
    fun `a conversation is deleted after a question, and what was moved to the spam box stays`() {
        handset.deliver("13900139000", MOTHER)
        handset.deliver("13900139000", FRAUD)
        val screen = handset.open<MainActivity>()
        delete(screen)
        assertTrue("永久删除" in asked && "13900139000" in asked)
        handset.answer("保留")
        assertTrue(MOTHER in screen.texts())
        delete(screen)
        handset.answer("删除")
        assertTrue("还没有信息" in screen.texts())
        assertEquals(listOf(FRAUD), handset.stored())
        handset.end()
        assertTrue("还没有信息" in handset.open<MainActivity>().texts())
    }

    @Test
    fun `what Android refuses to delete is still there, and the user is told`() {
        handset.deliver("13800138000", MOTHER)
        handset.sms.isWritable = false
        val screen = handset.open<MainActivity>()
        delete(screen)
        handset.answer("删除")
        assertEquals("没有成功，什么都没有改动。", org.robolectric.shadows.ShadowToast.getTextOfLatestToast())
        assertTrue(MOTHER in screen.texts())
        assertEquals(listOf(MOTHER), handset.stored())
    }

    @Test
    fun `read and unread can be changed by the dots, by a long press and for all`() {
        handset.deliver("13800138000", MOTHER)
        handset.deliver("13900139000", MOTHER)
        val screen = handset.open<MainActivity>()
        screen.all(R.id.more)[0].performClick()
        assertEquals(listOf("标为已读", "删除对话"), offered())
        handset.choose("标为已读")
        assertEquals(1, screen.all(R.id.dot).size)
        val list = screen.findViewById<ListView>(R.id.list)!!
        list.onItemLongClickListener!!.onItemLongClick(list, list.getChildAt(0), 0, 0)
        handset.choose("标为未读")
        assertEquals(2, screen.all(R.id.dot).size)
        handset.choose(screen, "全部标为已读")
        assertEquals(0, screen.all(R.id.dot).size)
        handset.end()
        assertEquals(0, handset.open<MainActivity>().all(R.id.dot).size)
    }

    @Test
    fun `what is lacking is said, with the way to mend it`() {
        org.robolectric.shadows.ShadowTelephony.ShadowSms.setDefaultSmsPackage("com.example.other")
        val screen = handset.open<MainActivity>()
        assertTrue("还不是默认短信应用：可以查看，但不能接收、发送和删除短信。" in screen.texts())
        screen.tap("去设置")
        handset.follow<DiagnosticsActivity>(screen)
        handset.deny("READ_SMS")
        assertTrue("还没有读取短信的权限，所以这里暂时看不到短信。短信都还在手机里。" in handset.open<MainActivity>().texts())
        org.robolectric.shadows.ShadowTelephony.ShadowSms.setDefaultSmsPackage(handset.app.packageName)
    }

    private fun delete(screen: MainActivity) {
        screen.all(R.id.more)[0].performClick()
        handset.choose("删除对话")
    }

    private fun isBold(screen: MainActivity) = (screen.all(R.id.name)[0] as TextView).typeface.style and Typeface.BOLD != 0

    private fun row(screen: MainActivity) = "${screen.findViewById<ListView>(R.id.list)!!.getChildAt(0).contentDescription}"
}

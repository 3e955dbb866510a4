package org.smsfilter.demo.messages

import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.annotation.Config
import org.smsfilter.AndroidRunner
import org.smsfilter.demo.*
import android.provider.Telephony.Sms
import android.widget.ListView

/** Ten thousand messages: what is read for a screen does not grow with them. */
@RunWith(AndroidRunner::class)
@Config(sdk = [35])
class HistoryTest {
    @get:Rule
    val handset = Handset()

    @Test
    fun `the inbox reads in full only the conversations it shows, and more of them when it is scrolled`() {
        history(threads = 120)
        val screen = handset.open<MainActivity>()
        val list = screen.findViewById<ListView>(R.id.list)!!
        assertEquals(50, list.adapter.count)
        assertTrue("${inFull()} rows in full", handset.sms.asked.all { Sms.BODY !in it.columns || it.rows <= 50 })
        assertTrue("no question is answered with a whole history: ${handset.sms.asked.map { it.rows }}", handset.sms.asked.all { it.answered <= 200 })
        list.setSelection(49)
        handset.settle()
        list.layout(0, 0, list.width, list.height)
        handset.settle()
        assertTrue("${list.adapter.count}", list.adapter.count >= 100)
    }

    @Test
    fun `few long conversations are found with few questions`() {
        history(threads = 3)
        handset.sms.asked.clear()
        assertEquals(3, handset.app.phone.mailbox.conversations().size)
        assertEquals(3, inFull())
        assertTrue("${handset.sms.asked.size} questions", handset.sms.asked.size <= 4)
        assertTrue("${handset.sms.asked.map { it.answered }} rows", handset.sms.asked.sumOf { it.answered } <= 210)
    }

    @Test
    fun `unread messages of a long history are counted, in pages`() {
        history(threads = 3)
        handset.sms.db.execSQL("UPDATE sms SET read = 0 WHERE thread_id = 2 AND _id % 10 = 0")
        val unread = handset.sms.db.rawQuery("SELECT 1 FROM sms WHERE read = 0", null).use { it.count }
        handset.sms.asked.clear()
        assertEquals(mapOf(1L to 0, 2L to unread, 3L to 0), handset.app.phone.mailbox.conversations().associate { it.last.sms.thread to it.unread })
        assertTrue("${handset.sms.asked.map { it.answered }} rows", unread > 300 && handset.sms.asked.all { it.answered <= 200 })
    }

    @Test
    fun `a conversation behind thousands of another's messages is found, and one that is hidden is not`() {
        handset.deliver("13900139000", FRAUD)
        handset.now += 1000
        handset.deliver("13800138000", MOTHER)
        val other = handset.app.phone.mailbox.conversations().single()
        handset.sms.db.run {
            beginTransaction()
            for (i in 0 until 3_000) execSQL("INSERT INTO sms (thread_id, address, body, date, type, read) VALUES (77, '10010', '第${i}条', ${handset.now + 1 + i}, 1, 1)")
            setTransactionSuccessful()
            endTransaction()
        }
        assertEquals(listOf(77L, other.last.sms.thread), handset.app.phone.mailbox.conversations().map { it.last.sms.thread })
        assertEquals(listOf(MOTHER), handset.app.phone.mailbox.conversations().drop(1).map { it.last.sms.body })
    }

    @Test
    fun `a long conversation opens with its latest messages`() {
        history(threads = 1)
        handset.sms.asked.clear()
        val screen = handset.open<ThreadActivity>(ThreadActivity.intent(handset.app, 1))
        assertEquals(100, screen.findViewById<ListView>(R.id.list)!!.adapter.count)
        assertTrue("${inFull()} rows in full", inFull() <= 400)
        assertTrue("第9999条" in screen.texts())
        assertTrue("${handset.sms.asked.map { it.answered }} rows", handset.sms.asked.all { it.answered <= 200 })
    }

    @Test
    fun `a search asks once and reads no more than it shows`() {
        history(threads = 120)
        val mailbox = handset.app.phone.mailbox
        handset.sms.asked.clear()
        assertEquals(100, mailbox.search("条").size)
        assertEquals(1, handset.sms.asked.size)
        assertTrue("${inFull()} rows in full", inFull() <= 200)
        handset.sms.asked.clear()
        assertEquals(listOf("第9998条"), mailbox.search("第9998").map { it.sms.body })
        assertEquals(1, inFull())
    }

    private fun inFull() = handset.sms.asked.filter { Sms.BODY in it.columns }.sumOf { it.rows }

    private fun history(threads: Int): Unit = handset.sms.db.run {
        beginTransaction()
        for (i in 0 until 10_000) {
            execSQL("INSERT INTO sms (thread_id, address, body, date, type, read) VALUES (?, ?, ?, ?, 1, 1)", arrayOf<Any>(1 + i % threads, "1380013%04d".format(i % threads), "第${i}条", NOW - 20_000_000 + i * 1000L))
        }
        setTransactionSuccessful()
        endTransaction()
    }
}

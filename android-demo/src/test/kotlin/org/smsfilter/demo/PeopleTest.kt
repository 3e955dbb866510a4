package org.smsfilter.demo

import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.annotation.Config
import org.smsfilter.AndroidRunner
import org.smsfilter.Known

/** Names of a list cost one question, and are those that the address book has now. */
@RunWith(AndroidRunner::class)
@Config(sdk = [26, 31, 35])
class PeopleTest {
    @get:Rule
    val handset = Handset()
    private val people get() = handset.app.phone.people

    private fun numbers() = (0 until 60).map { "1380013%04d".format(it) }

    private fun asked(work: () -> Unit): Int {
        val before = handset.book.asked
        work()
        handset.settle()
        return handset.book.asked - before
    }

    @Test
    fun `a page of conversations asks once, and not again until the address book changes`() {
        handset.sms.db.run {
            numbers().forEachIndexed { at, number -> execSQL("INSERT INTO sms (thread_id, address, body, date, type, read) VALUES ($at, '$number', '你好', ${NOW + at}, 1, 1)") }
        }
        numbers().forEach { handset.book.names[it] = "联系人${it.takeLast(2)}" }
        lateinit var screen: MainActivity
        assertEquals(1, asked { screen = handset.open<MainActivity>() })
        assertTrue("${screen.texts()}", "联系人59" in screen.texts())
        assertEquals(0, asked { screen = handset.open<MainActivity>() })
        handset.book.names[numbers()[59]] = "妈妈"
        assertEquals(1, asked { screen = handset.open<MainActivity>() })
        assertTrue("妈妈" in screen.texts())
        assertFalse("联系人59" in screen.texts())
    }

    @Test
    fun `numbers are the same with and without a country code, and others that end alike are not`() {
        handset.book.names["+86 138-0013-8000"] = "妈妈"
        handset.book.names["10086"] = "营业厅"
        val names = people.names()
        assertEquals(listOf("妈妈", "妈妈", "营业厅", null, null, null), listOf("13800138000", "+8613800138000", "10086", "1069010086", "13900139000", "").map { names[it] })
    }

    @Test
    fun `whom the user wrote to is known, and all senders of a history cost two questions`() {
        handset.book.names["13800138000"] = "妈妈"
        handset.sms.db.execSQL("INSERT INTO sms (thread_id, address, body, date, type) VALUES (1, '+8613700137000', '好', $NOW, 2)")
        handset.sms.asked.clear()
        val relation = people.relations()
        val all = listOf("13800138000", "13700137000", "13900139000", "") + numbers()
        assertEquals(listOf(Known.CONTACT, Known.REPLIED, Known.NONE, Known.NONE), all.map(relation).take(4))
        assertEquals(1, handset.sms.asked.size)
        assertEquals("one by one it is the same", all.take(4).map(people::relation), all.take(4).map(relation))
    }

    @Test
    fun `without the permission nobody is asked, also when it was taken away later`() {
        handset.book.names["13800138000"] = "妈妈"
        assertEquals("妈妈", people.names()["13800138000"])
        handset.deny("READ_CONTACTS")
        assertEquals(0, asked { assertEquals(null, people.names()["13800138000"]) })
        assertEquals(0, asked { assertEquals(Known.NONE, people.relation("13800138000")) })
    }
}

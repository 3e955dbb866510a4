package org.smsfilter

import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith

/**
 * A fault at each step of receiving a message: each call of the store, the filter and the callback, before and after, and
 * each statement of the index, its commits included.
 */
@RunWith(AndroidRunner::class)
class ReceiverFaultTest {
    @get:Rule
    val folder = TemporaryFolder()

    /** A phone that has received before, ready to receive [coming]: a good message and a bad one. */
    private fun phone(step: (String) -> Unit): Phone {
        var isReady = false
        val phone = Phone(folder.newFolder(), step = { if (isReady) step(it) })
        for (n in 1..3) phone.receiver.receive(delivery(n))
        phone.told.clear()
        isReady = true
        return phone
    }

    private val coming = 5..6

    private val steps: List<String> by lazy {
        val counted = Steps()
        phone(counted).use { phone -> for (n in coming) phone.receiver.receive(delivery(n)) }
        counted.names
    }

    /** Every message is stored, indexed and told of, and hidden if and only if it is bad. */
    private fun assertWhole(what: String, phone: Phone, isJudged: Boolean = true) {
        assertEquals(what, listOf(1, 2, 3, 5, 6).map { delivery(it).message.body }, phone.stored().map { it.body })
        assertEquals(what, (5L downTo 1L).toList(), phone.index.page().map { it.key.id })
        assertEquals(what, emptyList<IndexEntry>(), phone.index.unnotified())
        val hidden = phone.stored().filter { phone.index.get(it.id)!!.isHidden }
        assertEquals(what, if (isJudged) listOf("坏消息 3", "坏消息 6") else listOf("坏消息 3"), hidden.map { it.body })
        assertEquals(what, hidden, phone.stored().filter { it.isRead && it.isSeen })
        assertEquals(what, hidden.size, phone.index.effects.between(0, Long.MAX_VALUE).sumOf { it.caught })
        assertEquals(what, 0, phone.receiver.replay(NOW + DAY))
    }

    @Test
    fun `there are many steps`() {
        assertTrue("${steps.size}", steps.size > 30)
        assertEquals(2, steps.count { it == "callback" })
        assertEquals(1, steps.count { it == "hide" })
    }

    @Test
    fun `an exception at any step loses nothing, doubles nothing and repeats nothing after a replay`() {
        for ((n, step) in steps.withIndex()) {
            val what = "$step (${n + 1})"
            phone(Steps(n + 1) { throw Fault() }).use { phone ->
                for (message in coming) {
                    try {
                        phone.receiver.receive(delivery(message))
                    } catch (_: Fault) {
                        // The caller knows that the message was not stored, and receives it again.
                        val isStored = phone.stored().any { it.body == delivery(message).message.body }
                        if (!isStored) phone.receiver.receive(delivery(message))
                    }
                }
                phone.receiver.replay(NOW + DAY)
                // A filter that fails on the bad message delivers it.
                val isJudged = !(step.endsWith("judge") && steps.take(n + 1).count { it == "judge" } == 2)
                assertWhole(what, phone, isJudged)
                // A callback that throws at its end has told the user; nobody else can know.
                assertEquals(what, if (step == "after callback") 3 else 2, phone.told.size)
                assertEquals(what, setOf(4L, 5L), phone.told.toSet())
            }
        }
    }

    @Test
    fun `the end of the process at any step loses nothing, doubles nothing and repeats at most the last callback`() {
        val repeating = LinkedHashSet<String>()
        for ((n, step) in steps.withIndex()) {
            val what = "$step (${n + 1})"
            val image = folder.newFolder()
            val told = ArrayList<Long>()
            lateinit var dying: Phone
            dying = phone(Steps(n + 1) {
                told += dying.told
                crashImage(dying.dir, image)
            })
            dying.use { phone -> for (message in coming) phone.receiver.receive(delivery(message)) }
            Phone(image).use { phone ->
                val twice = phone.index.unnotified().count { it.key.id in told }
                if (twice > 0) repeating += step
                phone.receiver.replay(NOW + DAY)
                // Android delivers again what it did not see received; what is in the store is found there.
                for (message in coming) phone.receiver.receive(delivery(message))
                assertWhole(what, phone)
                assertEquals(what, 2 + twice, told.size + phone.told.size)
                assertTrue(what, twice <= 1)
            }
        }
        assertEquals(2, repeating.size)
        assertEquals("after callback", repeating.first())
        assertTrue("$repeating", repeating.last().startsWith("UPDATE message SET notified"))
    }
}

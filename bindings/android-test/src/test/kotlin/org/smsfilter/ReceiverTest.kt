package org.smsfilter

import java.util.concurrent.Callable
import java.util.concurrent.Executors
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.robolectric.annotation.Config

@RunWith(AndroidRunner::class)
@Config(sdk = [26, 35])
class ReceiverTest {
    @get:Rule
    val folder = TemporaryFolder()
    private var phones = ArrayList<Phone>()

    private fun phone(judge: Judge = byText, retention: Retention = Retention { it.keepDays }, step: (String) -> Unit = {}): Phone {
        phones.lastOrNull()?.close()
        return Phone(folder.root, judge, retention, step).also { phones += it }
    }

    @After
    fun close() {
        phones.lastOrNull()?.close()
    }

    @Test
    fun `a good message is unread in the inbox, and the application is told`() {
        val phone = phone()
        val received = phone.receiver.receive(delivery(1))
        assertEquals(Action.INBOX to null, received.action to received.failure)
        assertEquals(listOf(Phone.Stored(1, "好消息 1", isRead = false, isSeen = false)), phone.stored())
        assertEquals(listOf(1L), phone.told)
        val entry = phone.index.get(MessageKey(1, NOW + MINUTE))!!
        assertEquals(received to true, entry.received to entry.isNotified)
    }

    @Test
    fun `a bad message is hidden by the index first, then read and seen, then told of`() {
        val steps = Steps()
        val phone = phone(retention = { 30 }, step = steps)
        steps.names.clear()
        phone.receiver.receive(delivery(3))
        assertEquals(listOf(Phone.Stored(1, "坏消息 3", isRead = true, isSeen = true)), phone.stored())
        val taken = steps.names.filter { it in setOf("insert", "judge", "COMMIT", "hide", "callback") || it.startsWith("UPDATE message SET notified") }
        assertEquals(listOf("insert", "judge", "COMMIT", "hide", "callback"), taken.dropLast(1))
        assertTrue(taken.last().startsWith("UPDATE"))
        assertEquals(NOW + 3 * MINUTE + 30 * DAY, phone.index.get(1)!!.until)
    }

    @Test
    fun `a message that Android delivers again is one message`() {
        val phone = phone()
        phone.receiver.receive(delivery(3))
        val again = delivery(3).let { it.copy(message = it.message.copy(receivedAt = NOW + DAY)) }
        assertEquals(Action.QUARANTINE, phone.receiver.receive(again).action)
        assertEquals(1 to listOf(1L), phone.stored().size to phone.told)
        assertEquals(1, phone.index.count())
    }

    @Test
    fun `the same text to both SIMs is two messages`() {
        val phone = phone()
        phone.receiver.receive(delivery(3))
        phone.receiver.receive(delivery(3).copy(subscription = 2))
        assertEquals(listOf(1L, 2L), phone.told)
    }

    @Test
    fun `of a flash message nothing is kept, and nobody but the caller is told`() {
        val phone = phone()
        assertEquals(Action.QUARANTINE, phone.receiver.receive(delivery(3).copy(isFlash = true)).action)
        assertEquals(0, phone.stored().size + phone.index.count() + phone.told.size)
    }

    @Test
    fun `a filter that fails delivers to the inbox and says so`() {
        for ((n, failure) in listOf(Fault(), UnsatisfiedLinkError(), OutOfMemoryError()).withIndex()) {
            val phone = phone({ throw failure })
            assertEquals(Action.INBOX to Failure.PANIC, phone.receiver.receive(delivery(3 * n)).let { it.action to it.failure })
            assertEquals(n + 1, phone.stored().count { !it.isRead })
            assertEquals(listOf(n + 1L), phone.told)
        }
    }

    @Test
    fun `an index that cannot be written delivers to the inbox, and the replay neither forgets nor repeats`() {
        var isFull = false
        val phone = phone { if (isFull && it.startsWith("INSERT")) throw android.database.sqlite.SQLiteFullException() }
        isFull = true
        assertEquals(Action.INBOX to Failure.INDEX, phone.receiver.receive(delivery(3)).let { it.action to it.failure })
        assertEquals(listOf(1L) to listOf(false), phone.told to phone.stored().map { it.isRead })
        isFull = false
        assertEquals(1, phone.receiver.replay(NOW + DAY))
        assertTrue(phone.index.get(1)!!.isNotified)
        assertEquals(listOf(1L), phone.told)
        assertEquals(0, phone.receiver.replay(NOW + DAY))
    }

    @Test
    fun `a replay judges what is in the store alone, in the order in which it came`() {
        val phone = phone()
        for (n in 1..6) phone.messages.insert(delivery(n))
        assertEquals(6, phone.receiver.replay(NOW + DAY))
        assertEquals((1L..6L).toList(), phone.told)
        assertEquals(listOf(3L, 6L), phone.stored().filter { it.isRead }.map { it.id })
        assertEquals(0, phone.receiver.replay(NOW + DAY))
    }

    @Test
    fun `what came before the index, or long ago, is left as it is`() {
        val phone = phone()
        phone.messages.insert(delivery(-3))
        phone.messages.insert(delivery(3))
        val late = NOW + Receiver.REPLAY_DAYS * DAY
        assertEquals(0, phone.receiver.replay(late + 4 * MINUTE))
        assertEquals(1, phone.receiver.replay(late))
        assertEquals(listOf(2L), phone.told)
    }

    @Test
    fun `a clock that was ahead when the index began hides nothing from a replay`() {
        phone().index.wipe(NOW + 1000 * DAY)
        val phone = phone()
        phone.messages.insert(delivery(3))
        assertEquals(1, phone.receiver.replay(NOW + DAY))
    }

    @Test
    fun `what the user saw in another application does not vanish, and nobody is told of it`() {
        val phone = phone()
        phone.messages.hide(MessageKey(phone.messages.insert(delivery(3)), NOW + 3 * MINUTE))
        assertEquals(1, phone.receiver.replay(NOW + DAY))
        val entry = phone.index.get(1)!!
        assertEquals(Category.FRAUD to Action.INBOX, entry.received.category to entry.received.action)
        assertTrue(entry.isNotified && phone.told.isEmpty())
    }

    @Test
    fun `a message that is gone before its replay is nobody's business`() {
        val phone = phone { if (it == "callback") throw Fault() }
        assertThrows(Fault::class.java) { phone.receiver.receive(delivery(1)) }
        phone.messages.delete(MessageKey(1, NOW + MINUTE))
        val next = phone()
        assertEquals(0, next.receiver.replay(NOW + DAY))
        assertEquals(emptyList<IndexEntry>(), next.index.unnotified())
    }

    @Test
    fun `one message that always fails does not hold up the others`() {
        val phone = phone()
        for (n in 1..3) phone.messages.insert(delivery(n))
        val receiver = Receiver(phone.messages, phone.index, byText, { id, _, _ -> if (id == 2L) throw Fault() else phone.told += id })
        assertThrows(Fault::class.java) { receiver.replay(NOW + DAY) }
        assertEquals(listOf(1L, 3L), phone.told)
        assertEquals(listOf(2L), phone.index.unnotified().map { it.key.id })
    }

    @Test
    fun `retention deletes what is in quarantine, its time over, and nothing else`() {
        val phone = phone(retention = { if (it.action == Action.QUARANTINE) 30 else 1 })
        for (n in 1..6) phone.receiver.receive(delivery(n))
        phone.index.restore(6, NOW)
        val last = NOW + 6 * MINUTE + 30 * DAY
        assertEquals(0, phone.receiver.expire(NOW + 3 * MINUTE + 30 * DAY - 1))
        assertEquals(1, phone.receiver.expire(last))
        assertEquals(listOf(1L, 2L, 4L, 5L, 6L), phone.stored().map { it.id })
        assertNull(phone.index.get(3))
        assertEquals("counted all the same", 2, phone.index.effects.between(0, Long.MAX_VALUE).sumOf { it.caught })
    }

    @Test
    fun `retention that fails keeps`() {
        val phone = phone(retention = { throw Fault() })
        assertEquals(Action.QUARANTINE, phone.receiver.receive(delivery(3)).action)
        assertNull(phone.index.get(1)!!.until)
    }

    @Test
    fun `a message in the place of one that expired is neither hidden nor deleted`() {
        var isDying = false
        val phone = phone(retention = { 1 }) { if (isDying && it.startsWith("DELETE")) throw Fault() }
        phone.receiver.receive(delivery(3))
        isDying = true
        assertThrows(Fault::class.java) { phone.receiver.expire(NOW + 2 * DAY) }
        assertEquals("deleted from the store, and still in the index", 0 to 1, phone.stored().size to phone.index.count())
        isDying = false
        val id = phone.messages.insert(delivery(4))
        assertEquals("the row id is given out again", 1L, id)
        assertNull(phone.index.get(MessageKey(id, NOW + 4 * MINUTE)))
        assertEquals(1, phone.receiver.expire(NOW + 2 * DAY))
        assertEquals(1, phone.stored().size)
        phone.receiver.replay(NOW + 2 * DAY)
        assertFalse(phone.index.get(1)!!.isHidden)
    }

    @Test
    fun `messages that come while the past is replayed are told of once`() {
        val phone = phone()
        for (n in 1..40) phone.messages.insert(delivery(n))
        val pool = Executors.newFixedThreadPool(3)
        val replay = Callable { phone.receiver.replay(NOW + DAY) }
        val receive = Callable { (21..60).count { phone.receiver.receive(delivery(it)).failure == null } }
        pool.invokeAll(listOf(replay, receive, replay)).forEach { it.get() }
        pool.shutdown()
        assertEquals((1L..60L).toList(), phone.told.sorted())
        assertEquals(60 to 60, phone.stored().size to phone.index.count())
    }

    @Test
    fun `a provider that stores nothing is told apart from one that does`() {
        val phone = phone()
        phone.provider.db.execSQL("CREATE TRIGGER full BEFORE INSERT ON sms BEGIN SELECT RAISE(ABORT, 'full'); END")
        assertThrows(RuntimeException::class.java) { phone.receiver.receive(delivery(3)) }
        assertEquals(0, phone.stored().size + phone.index.count() + phone.told.size)
    }
}

package org.smsfilter

import java.io.File
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotEquals
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith

/** A fault at each statement of noting messages and of sending a report: nothing is lost, nothing doubled. */
@RunWith(AndroidRunner::class)
class NotingFaultTest {
    @get:Rule
    val folder = TemporaryFolder()
    private val late = NOW + 72 * 60 * MINUTE + 1

    /** A signature from a new kind of number, a broken promise, and the question of 7726. */
    private val coming = listOf(advert(late, "13800138000"), advert(late + 1), from7726(late + 2))

    /** A phone that has received them, told of them, and noted none of them. */
    private fun desk(step: (String) -> Unit): Desk {
        var isReady = false
        val desk = Desk(folder.newFolder()) { if (isReady) step(it) }
        val key = desk.filter.consentKey(advert())!!
        desk.note(advert())
        desk.ledgers.on(key, ConsentEvent.ASKED_TO_STOP, NOW)
        val report = desk.ledgers.begin(1, desk.ledgers.draftReport(advert(), "gsma-7726"), NOW).id
        for (event in listOf(ReportEvent.PREVIEWED, ReportEvent.SHARED)) desk.ledgers.on(report, event, NOW)
        coming.forEach(desk::receive)
        isReady = true
        return desk
    }

    private fun Desk.noteAll(onFault: (Fault) -> Unit) = coming.forEachIndexed { n, message ->
        try {
            ledgers.note(n + 2L, message)
        } catch (fault: Fault) {
            onFault(fault)
        }
    }

    private val undisturbed: Pair<List<String>, String> by lazy {
        val counted = Steps()
        desk(counted).use { desk ->
            val before = desk.content()
            counted.names.clear()
            desk.noteAll { throw it }
            val steps = counted.names.toList()
            val after = desk.content()
            assertNotEquals(before, after)
            for (sign in listOf("broke-the-promise", "\"asked\":1", "\"new_kind\":1")) assertTrue(sign, sign in after && sign !in before)
            steps to after
        }
    }

    @Test
    fun `an exception at any statement loses nothing and doubles nothing once it is resumed`() {
        val (steps, expected) = undisturbed
        assertTrue("$steps", steps.size > 20 && steps.count { it == "COMMIT" } == 3)
        for ((n, step) in steps.withIndex()) desk(Steps(n + 1) { throw Fault() }).use { desk ->
            var faults = 0
            desk.noteAll { faults++ }
            assertEquals(step, 1, faults)
            desk.ledgers.resume(desk.phone.messages)
            assertEquals("$step (${n + 1})", expected, desk.content())
        }
    }

    @Test
    fun `the end of the process at any statement loses nothing and doubles nothing once it is resumed`() {
        val (steps, expected) = undisturbed
        for ((n, step) in steps.withIndex()) {
            val image = folder.newFolder()
            lateinit var dying: Desk
            dying = desk(Steps(n + 1) { crashImage(dying.phone.dir, image) })
            dying.use { desk -> desk.noteAll { throw it } }
            Desk(image).use { desk ->
                desk.ledgers.resume(desk.phone.messages)
                assertEquals("$step (${n + 1})", expected, desk.content())
                assertEquals(0, desk.ledgers.resume(desk.phone.messages))
            }
        }
    }

    @Test
    fun `an exception at any statement of sending leaves a report that is sent once when one asks again`() {
        fun send(step: (String) -> Unit): String {
            var isReady = false
            return Desk(folder.newFolder()) { if (isReady) step(it) }.use { desk ->
                val report = desk.ledgers.begin(1, desk.ledgers.draftReport(advert(), "china-mobile"), NOW).id
                isReady = true
                lateinit var turn: Turn.Send
                for (call in listOf<() -> Unit>(
                    { desk.ledgers.on(report, ReportEvent.PREVIEWED, NOW) },
                    { desk.ledgers.queue(report, 2) },
                    { turn = desk.ledgers.next(NOW, MINUTE) as Turn.Send },
                    { desk.ledgers.settle(turn.dispatch, Outcome.SENT, NOW) },
                )) {
                    try {
                        call()
                    } catch (_: Fault) {
                        call()
                    }
                }
                isReady = false
                desk.content()
            }
        }

        val counted = Steps()
        val expected = send(counted)
        assertTrue("\"state\":\"sent\"" in expected && "\"sent\":1" in expected)
        assertEquals(4, counted.names.count { it == "COMMIT" })
        for (n in 1..counted.names.size) assertEquals("$n", expected, send(Steps(n) { throw Fault() }))
    }

    private fun TemporaryFolder.newFolder(): File = newFolder("${System.nanoTime()}")
}

package org.smsfilter

import java.io.File
import java.util.concurrent.Callable
import java.util.concurrent.Executors
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.robolectric.annotation.Config

/** Reports through the ledgers: the core's answers, stored. */
@RunWith(AndroidRunner::class)
@Config(sdk = [26, 35])
class ReportingTest {
    @get:Rule
    val folder = TemporaryFolder()
    private val text = Text("", "")

    private fun draft(channel: String = "gsma-7726", steps: Int = 2) = ReportDraft(channel, text, List(steps) { Step(null, "", 1, null) }, 0, null)

    /** Time since the phone started; each sending is far enough from the one before. */
    private var elapsed = 0L

    private fun Desk.send(report: Long): Turn.Send {
        ledgers.queue(report, 1)
        elapsed += MINUTE * 2
        return ledgers.next(NOW, elapsed) as Turn.Send
    }

    private fun Desk.send(report: Long, outcome: Outcome) = ledgers.settle(send(report).dispatch, outcome, NOW)!!

    private fun Desk.on(report: Long, vararg events: ReportEvent) = events.map { ledgers.on(report, it, NOW) }.last()

    /** The ways into each state, by name; each takes a report that was just drafted. */
    private val ways: Map<String, Desk.(Long) -> Unit> = mapOf(
        "drafted" to {},
        "previewed" to { on(it, ReportEvent.PREVIEWED) },
        "under way" to { on(it, ReportEvent.PREVIEWED); send(it) },
        "sent" to { on(it, ReportEvent.PREVIEWED); send(it, Outcome.SENT) },
        "asked" to { on(it, ReportEvent.PREVIEWED, ReportEvent.SHARED, ReportEvent.ASKED) },
        "complete" to { on(it, ReportEvent.PREVIEWED, ReportEvent.SHARED, ReportEvent.ASKED); send(it, Outcome.SENT) },
        "failed" to { on(it, ReportEvent.PREVIEWED); send(it, Outcome.FAILED) },
        "partly" to { on(it, ReportEvent.PREVIEWED); send(it, Outcome.PARTLY) },
        "given up" to { on(it, ReportEvent.PREVIEWED); repeat(3) { _ -> send(it, Outcome.FAILED) } },
        "undone" to { on(it, ReportEvent.UNDONE) },
        "answered" to { on(it, ReportEvent.PREVIEWED, ReportEvent.SHARED, ReportEvent.ANSWERED) },
    )

    /** What each event makes of each state: the state after it, or why it cannot be. The last is that the user sends the step. */
    private val table = """
        state     | PREVIEWED | SHARED            | UNDONE       | ASKED          | ANSWERED | queue
        drafted   | PREVIEWED | not-previewed     | UNDONE       | not-sent       | not-sent | not-previewed
        previewed | PREVIEWED | SENT              | UNDONE       | not-sent       | not-sent | waits
        under way | PREVIEWED | SENT              | under-way    | SENT           | ANSWERED | under-way
        sent      | SENT      | not-asked         | already-sent | SENT           | ANSWERED | not-asked
        asked     | SENT      | SENT              | already-sent | SENT           | ANSWERED | waits
        complete  | SENT      | already-sent      | already-sent | nothing-to-add | ANSWERED | already-sent
        failed    | FAILED    | SENT              | UNDONE       | not-sent       | not-sent | waits
        partly    | FAILED    | SENT              | already-sent | not-sent       | not-sent | waits
        given up  | FAILED    | too-many-failures | UNDONE       | not-sent       | not-sent | too-many-failures
        undone    | closed    | closed            | closed       | closed         | closed   | closed
        answered  | closed    | closed            | closed       | closed         | closed   | closed
    """.trimIndent().lines().map { line -> line.split('|').map { it.trim() } }

    @Test
    fun `every event of every state does what the core says, and one that is refused changes nothing`() {
        val events = table.first().drop(1)
        assertEquals(ReportEvent.entries.map { it.name } + "queue", events)
        assertEquals(ways.keys.toList(), table.drop(1).map { it.first() })
        Desk(folder.root).use { desk ->
            for ((state, expected) in table.drop(1).associate { it.first() to it.drop(1) }) for ((event, answer) in events zip expected) {
                val id = desk.ledgers.begin(1, draft(), NOW).id
                ways.getValue(state)(desk, id)
                val (before, content) = desk.index.reports.get(id)!! to desk.content()
                val what = "$event in $state"
                val found = try {
                    if (event == "queue") {
                        desk.ledgers.queue(id, 1)
                        "waits"
                    } else {
                        val after = desk.ledgers.on(id, ReportEvent.valueOf(event), NOW + 1)
                        assertEquals(what, Core.on(before, ReportEvent.valueOf(event).wire, NOW + 1), after)
                        assertEquals(what, after, desk.index.reports.get(id))
                        after.state.name
                    }
                } catch (refused: SmsFilterException) {
                    assertEquals(what, content, desk.content())
                    assertTrue(what, refused.zh.any { it in '一'..'龥' } && refused.en.all { it.code < 128 })
                    refused.code.removePrefix("report.")
                }
                assertEquals(what, answer, found)
                // What waits or is under way is not the next report's.
                desk.index.reports.dispatches().forEach(desk.index.reports::drop)
            }
        }
    }

    @Test
    fun `7726 is asked in two steps, with the end of the process between any two`() {
        lateinit var report: ReportEntry
        var turn: Turn? = null
        val steps = listOf<Desk.() -> Unit>(
            { receive(abroad()) },
            {
                val draft = ledgers.draftReport(abroad())
                assertEquals("gsma-7726" to listOf("7726", "7726"), draft.channelId to draft.steps.map { it.to })
                assertEquals(listOf(abroad().body, "13800138000"), draft.steps.map { it.text })
                report = ledgers.begin(1, draft, NOW)
            },
            { ledgers.on(report.id, ReportEvent.PREVIEWED, NOW) },
            { ledgers.queue(report.id, 2) },
            { turn = ledgers.next(NOW, MINUTE) },
            {
                assertEquals(0, (turn as Turn.Send).step)
                report = ledgers.settle((turn as Turn.Send).dispatch, Outcome.SENT, NOW)!!
                assertEquals("report.not-asked", assertThrows(SmsFilterException::class.java) { ledgers.queue(report.id, 1) }.code)
            },
            { report = note(from7726(NOW + 1)).report!! },
            {
                assertTrue(report.asked)
                ledgers.queue(report.id, 1)
            },
            { turn = ledgers.next(NOW, MINUTE + 1) },
            {
                assertEquals(1, (turn as Turn.Send).step)
                ledgers.settle((turn as Turn.Send).dispatch, Outcome.SENT, NOW)
            },
            { report = note(from7726(NOW + 2, "Thank you")).report!! },
            { assertNull("the report is closed", note(from7726(NOW + 3, "Thank you again")).report) },
        )
        for (step in steps) Desk(folder.root).use(step)
        assertEquals(ReportState.ANSWERED to NOW + 2, report.state to report.answeredAt)
        assertEquals(listOf(2, 0, 1), listOf(report.sent, report.failures, report.message.toInt()))
    }

    @Test
    fun `a reply goes to the latest report that expects one, and other messages of carriers to none`() {
        Desk(folder.root).use { desk ->
            val (old, new) = listOf("gsma-7726" to 2, "gsma-7726" to 2).map { (channel, steps) ->
                desk.ledgers.begin(1, draft(channel, steps), elapsed++).id.also { desk.on(it, ReportEvent.PREVIEWED, ReportEvent.SHARED) }
            }
            val unicom = desk.ledgers.begin(1, draft("china-unicom", 1), NOW).id
            desk.on(unicom, ReportEvent.PREVIEWED, ReportEvent.SHARED)
            assertNull("it came before both", desk.note(from7726(-1)).report)
            assertEquals(listOf(new, old, null), (1..3).map { desk.note(from7726(NOW + it)).report?.id })
            assertNull(desk.note(Message("10010", "您的话费余额不足", NOW + 4)).report)
            assertEquals(ReportState.SENT, desk.index.reports.get(unicom)!!.state)
        }
    }

    @Test
    fun `a reply that is quicker than the system tells that the step has gone, and its outcome comes too late`() {
        Desk(folder.root).use { desk ->
            val id = desk.ledgers.begin(1, draft(), NOW).id
            desk.on(id, ReportEvent.PREVIEWED)
            val sending = desk.send(id)
            val asked = desk.note(from7726(NOW + 1)).report!!
            assertEquals(listOf(1, true, null), listOf(asked.sent, asked.asked, asked.underWay))
            assertNull(desk.ledgers.settle(sending.dispatch, Outcome.SENT, NOW + 2))
            assertEquals(asked, desk.index.reports.get(id))
        }
    }

    @Test
    fun `an outcome that comes twice, or of an earlier sending, changes nothing`() {
        for (outcome in Outcome.entries) Desk(folder.newFolder()).use { desk ->
            val id = desk.ledgers.begin(1, draft(), NOW).id
            desk.on(id, ReportEvent.PREVIEWED)
            val first = desk.send(id)
            val settled = desk.ledgers.settle(first.dispatch, outcome, NOW)
            for (late in Outcome.entries) assertNull(desk.ledgers.settle(first.dispatch, late, NOW + 1))
            assertEquals(settled, desk.index.reports.get(id))
            if (outcome == Outcome.SENT) desk.on(id, ReportEvent.ASKED)
            val second = desk.send(id)
            assertNull("the first sending once more", desk.ledgers.settle(first.dispatch, outcome, NOW + 2))
            assertEquals(second.report, desk.index.reports.get(id))
            assertEquals(second.dispatch, second.report.underWay)
        }
    }

    @Test
    fun `reports wait until Android does not ask, in their order, also across the end of a process`() {
        val ids = Desk(folder.root).use { desk ->
            listOf(12, 8, 3, 1).map { parts ->
                desk.ledgers.begin(1, draft("china-mobile", 1), NOW).id.also {
                    desk.on(it, ReportEvent.PREVIEWED)
                    desk.ledgers.queue(it, parts)
                    desk.ledgers.queue(it, parts)
                }
            }
        }
        fun next(elapsed: Long): Any? = Desk(folder.root).use { desk ->
            when (val turn = desk.ledgers.next(NOW, elapsed)) {
                is Turn.Send -> turn.report.id.also { desk.ledgers.settle(turn.dispatch, Outcome.SENT, NOW) }
                is Turn.Wait -> "wait ${turn.millis}"
                null -> null
            }
        }
        assertEquals(ids[0], next(1_000_000))
        assertEquals(ids[1], next(1_000_500))
        assertEquals("wait 64000", next(1_001_000))
        assertEquals("wait 1", next(1_064_999))
        assertEquals(ids[2], next(1_065_000))
        assertEquals("the phone has started again", ids[3], next(10))
        assertNull(next(20))
    }

    @Test
    fun `however many threads ask, a step goes to one of them and a message is noted by one`() {
        val pool = Executors.newFixedThreadPool(4)
        Desk(folder.root).use { desk ->
            val ids = List(12) { desk.ledgers.begin(1, draft(), NOW).id }
            for (id in ids) {
                desk.on(id, ReportEvent.PREVIEWED)
                desk.ledgers.queue(id, 1)
            }
            val send = Callable { generateSequence { desk.ledgers.next(NOW, MINUTE) as Turn.Send? }.map { it.report.id }.toList() }
            assertEquals(ids, pool.invokeAll(List(4) { send }).flatMap { it.get() }.sorted())

            val reply = from7726(NOW + 1)
            val key = desk.receive(reply)
            val note = Callable { desk.ledgers.note(key.id, reply).report }
            assertEquals(1, pool.invokeAll(List(4) { note }).mapNotNull { it.get() }.size)
            assertEquals(1, desk.index.reports.page().count { it.asked })
        }
        pool.shutdown()
    }

    @Test
    fun `a report that was taken back or forgotten while it waited is not sent`() {
        Desk(folder.root).use { desk ->
            val ids = List(3) { desk.ledgers.begin(1, draft("china-mobile", 1), NOW).id }
            for (id in ids) {
                desk.on(id, ReportEvent.PREVIEWED)
                desk.ledgers.queue(id, 1)
            }
            desk.on(ids[0], ReportEvent.UNDONE)
            desk.on(ids[1], ReportEvent.SHARED, ReportEvent.ANSWERED)
            assertEquals(2, desk.index.reports.forget(NOW + 1))
            assertEquals(ids[2], (desk.ledgers.next(NOW, 1) as Turn.Send).report.id)
            assertNull(desk.ledgers.next(NOW, 2))
        }
    }

    @Test
    fun `a step of which nothing is heard may have gone, after a while or once the phone started again`() {
        for ((at, later) in listOf(1L to 1 + Ledgers.SILENCE_MS, MINUTE to MINUTE - 1)) Desk(folder.newFolder()).use { desk ->
            val id = desk.ledgers.begin(1, draft(), NOW).id
            desk.on(id, ReportEvent.PREVIEWED)
            desk.ledgers.queue(id, 1)
            val sending = desk.ledgers.next(NOW, at) as Turn.Send
            assertNull(desk.ledgers.next(NOW, at + Ledgers.SILENCE_MS - 1))
            assertEquals(sending.report, desk.index.reports.get(id))
            assertNull(desk.ledgers.next(NOW, later))
            val lost = desk.index.reports.get(id)!!
            assertEquals(listOf(ReportState.FAILED, true, null), listOf(lost.state, lost.partly, lost.underWay))
            assertEquals("report.already-sent", assertThrows(SmsFilterException::class.java) { desk.on(id, ReportEvent.UNDONE) }.code)
            assertNull("the outcome comes all the same", desk.ledgers.settle(sending.dispatch, Outcome.SENT, NOW))
            assertEquals("the user sends it again", 0, desk.send(id).step)
        }
    }

    @Test
    fun `a report that is not there and a channel that nobody has are refused`() {
        Desk(folder.root).use { desk ->
            for (call in listOf<() -> Unit>({ desk.on(7, ReportEvent.PREVIEWED) }, { desk.ledgers.queue(7, 1) })) {
                assertEquals("report.unknown", assertThrows(SmsFilterException::class.java) { call() }.code)
            }
            assertEquals("report.channel", assertThrows(SmsFilterException::class.java) { desk.ledgers.begin(1, draft("pigeon"), NOW) }.code)
            assertEquals("report.channel", assertThrows(SmsFilterException::class.java) { desk.ledgers.draftReport(advert(), "pigeon") }.code)
            assertEquals(emptyList<ReportEntry>(), desk.index.reports.page())
        }
    }

    /** The directory of the desks before is the next one's. */
    private fun TemporaryFolder.newFolder(): File = newFolder("${System.nanoTime()}")
}

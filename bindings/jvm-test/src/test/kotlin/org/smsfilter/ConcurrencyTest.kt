package org.smsfilter

import java.util.concurrent.Callable
import java.util.concurrent.Executors
import java.util.concurrent.atomic.AtomicBoolean
import java.util.concurrent.atomic.AtomicReference
import java.util.concurrent.atomic.LongAdder
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test

/**
 * Threads ask while rules are swapped, and while filters are closed and opened under them: every answer is a whole answer of
 * rules that were in use. `cargo xtask bench concurrency` runs this with 1,000,000 calls a thread and 1,000 swaps, and
 * compares the memory in use before and after; it reads the figures that are printed.
 */
class ConcurrencyTest {
    private val calls = Integer.getInteger("smsfilter.calls", 2_000)
    private val swaps = Integer.getInteger("smsfilter.swaps", 20)
    private val messages = listOf("年息3%，摇号加微信", "请勿在此停车", "明天见").map { Message("", it) } + Message("", Rules.LURE)
    private val wrong = LongAdder()
    private val done = LongAdder()

    /** What rules say of every message. */
    private fun answers(vararg bundles: ByteArray): List<Received> =
        SmsFilter.open(Rules.trust, *bundles).use { filter -> messages.map(filter::receive) }

    @Test
    fun `while rules are swapped every answer is a whole answer of one of them`() = holds("swaps", ::swapped)

    private fun swapped(calls: Int, swaps: Int) {
        val rules = listOf(arrayOf(Rules.other()), arrayOf(Rules.other(), Rules.addition()))
        val answers = rules.map { answers(*it) }
        assertTrue(answers[0].zip(answers[1]).count { (one, other) -> one != other } >= 2)
        SmsFilter.open(Rules.trust, *rules[0]).use { filter ->
            val heard = List(rules.size) { LongAdder() }
            val ask: (Int) -> Unit = { at ->
                val message = at % messages.size
                val received = filter.receive(messages[message])
                val by = answers.indices.filter { answers[it][message] == received }
                if (by.isEmpty()) wrong.increment()
                by.singleOrNull()?.let { heard[it].increment() }
            }
            under(calls, swaps, { ask }) { swap ->
                val next = (swap + 1) % rules.size
                filter.install(Rules.trust, *rules[next])
                // Whoever asks from now on hears the new rules.
                if (messages.map(filter::receive) != answers[next]) wrong.increment()
            }
            assertTrue("$heard", heard.all { it.sum() > 0 })
        }
    }

    /** A filter, what its rules say, and whether [SmsFilter.close] has returned. */
    private class Open(val filter: SmsFilter, val answers: List<Received>) {
        @Volatile
        var isClosed = false
    }

    @Test
    fun `while filters are closed and opened in their place no one answers for another`() = holds("closings", ::reopened)

    private fun reopened(calls: Int, swaps: Int) {
        val answers = listOf(answers(Rules.other()), answers(Rules.bundle()))
        assertTrue(answers[0] != answers[1])
        val open = { number: Int ->
            val filter = if (number % 2 == 0) SmsFilter.open(Rules.trust, Rules.other()) else SmsFilter.openImage(Rules.image())
            Open(filter, answers[number % 2])
        }
        val closed = open(0).filter.run {
            close()
            receive(messages[0])
        }
        assertEquals(Action.INBOX to Failure.CLOSED, closed.action to closed.failure)
        val (judged, refused) = LongAdder() to LongAdder()
        var current = open(0)
        val newest = AtomicReference(current)
        val asker = {
            var recent = newest.get()
            var older = recent
            val ask = { at: Int ->
                val now = if (at % HELD == 0) newest.get() else recent
                if (now !== recent) older = recent.also { recent = now }
                // Every other call is for the filter before, mostly a closed one.
                val asked = if (at % 2 == 0) recent else older
                // By turns, whatever the number of messages is.
                val message = at / 2 % messages.size
                val wasClosed = asked.isClosed
                val received = asked.filter.receive(messages[message])
                when {
                    received == closed -> refused.increment()
                    received == asked.answers[message] && !wasClosed -> judged.increment()
                    else -> wrong.increment()
                }
            }
            ask
        }
        under(calls, swaps, asker) { swap ->
            val next = open(swap + 1)
            newest.set(next)
            current.filter.close()
            current.isClosed = true
            current = next
        }
        current.filter.close()
        assertTrue("$judged judged, $refused refused", judged.sum() > 0 && refused.sum() > 0)
    }

    /** Eight threads ask, at least so often each and until the last swap; the swaps are spread over their calls. */
    private fun under(calls: Int, swaps: Int, asker: () -> (Int) -> Unit, swap: (Int) -> Unit) {
        val pool = Executors.newFixedThreadPool(THREADS + 1)
        val (asked, isSwapped) = LongAdder() to AtomicBoolean()
        val asking = Callable {
            val ask = asker()
            var at = 0
            try {
                while (at < calls || !isSwapped.get()) {
                    ask(at++)
                    asked.increment()
                }
            } finally {
                isSwapped.set(true) // or the swaps would wait for calls of a thread that has failed
            }
        }
        val swapping = Callable {
            try {
                for (number in 0 until swaps) {
                    swap(number)
                    // More calls than are under way at once, so some begin after the swap.
                    val enough = asked.sum() + maxOf(calls.toLong() * THREADS / swaps, 2L * THREADS)
                    while (asked.sum() < enough && !isSwapped.get()) Thread.sleep(0, 100_000)
                }
            } finally {
                isSwapped.set(true)
            }
        }
        try {
            pool.invokeAll(List(THREADS) { asking } + swapping).forEach { it.get() }
        } finally {
            pool.shutdown()
        }
        done.add(asked.sum())
    }

    /** No answer is wrong under a load; and when asked to look, the native heap does not grow with it. */
    private fun holds(name: String, load: (Int, Int) -> Unit) {
        val isMeasured = java.lang.Boolean.getBoolean("smsfilter.heap")
        // What is kept for good is there after a tenth of it.
        if (isMeasured) load(calls / 10, swaps / 10)
        val before = if (isMeasured) NativeHeap.bytes() else 0
        load(calls, swaps)
        val growth = if (isMeasured) NativeHeap.bytes() - before else 0
        println("figure: $name, calls: ${done.sum()}")
        println("figure: $name, wrong answers: ${wrong.sum()}")
        if (isMeasured) println("figure: $name, heap growth: $growth")
        assertEquals("answers that no rules in use gave", 0, wrong.sum())
        assertTrue("the native heap grew by $growth bytes", growth <= NativeHeap.TOLERANCE)
    }

    private companion object {
        const val THREADS = 8

        /** Calls after which a thread looks for a newer filter. */
        const val HELD = 64
    }
}

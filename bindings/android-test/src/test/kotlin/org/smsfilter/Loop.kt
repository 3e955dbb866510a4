package org.smsfilter

import java.io.File
import java.io.FileOutputStream
import java.lang.management.ManagementFactory
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.JUnitCore
import org.junit.runner.RunWith
import org.robolectric.annotation.Config

/** What happened, as nobody forgets it: appended to a file, a line and a write each. */
class Journal(dir: File) : AutoCloseable {
    private val file = File(dir, "journal.txt")
    private val out = FileOutputStream(file, true)

    fun add(what: String, n: Int) = out.write("$what $n\n".toByteArray())

    /** The messages of which this happened, as often as it did. The end of the process may leave half a line. */
    fun all(what: String): List<Int> =
        file.readText().substringBeforeLast('\n').lines().filter { it.startsWith("$what ") }.map { it.substringAfter(' ').toInt() }

    override fun close() = out.close()
}

/**
 * A program for its own JVM, no test of the ordinary run: checks what the process before it left in a directory, and then
 * receives messages until it is killed.
 */
@RunWith(AndroidRunner::class)
@Config(sdk = [35])
class Loop {
    @Test
    fun run() {
        val dir = File(System.getProperty("loop.dir")!!)
        val halt = Integer.getInteger("loop.halt", -1)
        var callbacks = 0
        Journal(dir).use { journal ->
            lateinit var phone: Phone
            val step = { name: String ->
                if (name == "callback" && ++callbacks == halt) Runtime.getRuntime().halt(HALTED)
                if (name == "after callback") journal.add("told", phone.told.last().toInt())
            }
            phone = Phone(dir, step = step)
            println("checked ${check(phone, journal)}")
            System.out.flush()
            journal.add("checked", 1)
            val next = (journal.all("begun").maxOrNull() ?: 0) + 1
            generateSequence(next) { it + 1 }.forEach { n ->
                journal.add("begun", n)
                phone.receiver.receive(delivery(n))
                journal.add("done", n)
            }
        }
    }

    /** What was found: how many messages, how many of them were under way at the end, stored but not yet told of, told of twice. */
    data class Found(val messages: Int, val underWay: Int, val completed: Int, val repeated: Int) {
        override fun toString() = "$messages messages, $underWay under way, $completed completed, $repeated repeated"
    }

    companion object {
        const val HALTED = 41

        /** Starts the program over a directory. */
        fun start(dir: File, vararg options: String): Process {
            val java = File(System.getProperty("java.home"), "bin/java").path
            val inherited = ManagementFactory.getRuntimeMXBean().inputArguments.filter { it.startsWith("-X") }
            val properties = listOf("robolectric.enabledSdks").map { "-D$it=${System.getProperty(it)}" }
            val path = System.getProperty("surefire.test.class.path") ?: System.getProperty("java.class.path")
            // What Robolectric unpacks is left behind by a process that does not end by itself.
            val temporary = File(dir, "tmp").apply { mkdirs() }
            val command = listOf(java) + inherited + properties + options +
                listOf("-Dloop.dir=$dir", "-Djava.io.tmpdir=$temporary", "-cp", path, JUnitCore::class.java.name, Loop::class.java.name)
            return ProcessBuilder(command).redirectErrorStream(true).start()
        }

        /**
         * Replays, delivers again what was cut short, and compares store, index and journal.
         *
         * @return what this process found to do
         */
        fun check(phone: Phone, journal: Journal): Found {
            val begun = journal.all("begun")
            val underWay = begun - journal.all("done").toSet()
            assertTrue("a process has one message under way", underWay.size <= 1)
            val completed = phone.receiver.replay(NOW + DAY)
            assertTrue("nothing else needs a replay", completed <= underWay.size)
            assertTrue("what was received is stored", phone.stored().size >= begun.size - underWay.size)
            for (n in underWay) {
                phone.receiver.receive(delivery(n))
                journal.add("done", n)
            }

            val stored = phone.stored()
            assertEquals("no message is lost or doubled", begun.map { delivery(it).message.body }, stored.map { it.body })
            val entries = phone.index.get(stored.map { it.id })
            for (row in stored) {
                val entry = entries.getValue(row.id)
                assertTrue("told of", entry.isNotified)
                assertEquals("hidden if and only if it is bad", '坏' in row.body, entry.isHidden)
                assertEquals("read if and only if it is hidden", entry.isHidden, row.isRead)
            }
            assertEquals("no row without a message", stored.size, phone.index.count())
            val caught = phone.index.effects.between(0, Long.MAX_VALUE).sumOf { it.caught }
            assertEquals("counted once", stored.count { '坏' in it.body }, caught)

            val told = journal.all("told")
            assertEquals("the application was told of each", stored.map { it.id.toInt() }.toSet(), told.toSet())
            val repeated = told.size - stored.size
            assertTrue("each end of a process repeats one callback at most", repeated <= journal.all("checked").size)
            return Found(stored.size, underWay.size, completed, repeated)
        }
    }
}

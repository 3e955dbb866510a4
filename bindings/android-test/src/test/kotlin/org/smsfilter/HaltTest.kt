package org.smsfilter

import java.util.concurrent.TimeUnit
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith

/**
 * That the images of [ReceiverFaultTest] are what a process leaves: here one really ends, between the index and the
 * application. `cargo xtask kill` ends fifty, at any time.
 */
@RunWith(AndroidRunner::class)
class HaltTest {
    @get:Rule
    val folder = TemporaryFolder()

    @Test
    fun `a process that halts between index and callback is completed by the next one`() {
        val child = Loop.start(folder.root, "-Dloop.halt=300")
        assertTrue("the child halts", child.waitFor(120, TimeUnit.SECONDS))
        assertEquals(String(child.inputStream.readBytes()), Loop.HALTED, child.exitValue())
        Journal(folder.root).use { journal ->
            lateinit var phone: Phone
            phone = Phone(folder.root) { if (it == "after callback") journal.add("told", phone.told.last().toInt()) }
            phone.use {
                val unnotified = phone.index.unnotified().map { it.key.id }
                assertEquals("the message at which it halted", listOf(300L), unnotified)
                assertEquals(Loop.Found(messages = 300, underWay = 1, completed = 1, repeated = 0), Loop.check(phone, journal))
                assertEquals(unnotified, phone.told)
            }
        }
    }
}

package org.smsfilter

import java.io.File
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test

/**
 * The core, the receive path and the whole surface say the same of every message. `cargo xtask bench differential` runs this
 * with 100,000 messages and reads the figures that are printed.
 */
class DifferentialTest {
    @Test
    fun `both roads say what the core says`() {
        val file = System.getProperty("smsfilter.messages") ?: (System.getProperty("smsfilter.target") + "/messages.bin")
        var (messages, judged, mismatches) = Triple(0, 0, 0)
        SmsFilter.openImage(Rules.image()).use { filter ->
            for (crossing in Crossing.read(File(file))) {
                messages++
                if (!crossing.answer.startsWith(Category.UNKNOWN.wire)) judged++
                val differences = listOfNotNull(crossing.receivedOtherwise(filter), crossing.decidedOtherwise(filter))
                if (differences.isNotEmpty() && mismatches++ < SHOWN) println("message $messages: $differences")
            }
        }
        println("figure: messages: $messages")
        println("figure: messages with a category: $judged")
        println("figure: mismatches: $mismatches")
        assertTrue("$messages messages, $judged with a category", messages >= 1_000 && judged > messages / 10)
        assertEquals("messages on which not all agree", 0, mismatches)
    }

    private companion object {
        /** Differences that are printed: rules and numbers, never a text. */
        const val SHOWN = 10
    }
}

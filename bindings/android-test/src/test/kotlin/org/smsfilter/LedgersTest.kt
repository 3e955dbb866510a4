package org.smsfilter

import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.Config

@RunWith(AndroidRunner::class)
@Config(sdk = [26, 35])
class LedgersTest {
    private var index = Index.open(RuntimeEnvironment.getApplication(), NOW)

    @After
    fun close() = index.close()

    private fun reopen() {
        index.close()
        index = Index.open(RuntimeEnvironment.getApplication(), NOW)
    }

    @Test
    fun `a report is kept field by field in every state`() {
        val drafted = index.reports.draft(7, "gsma-7726", 2, NOW)
        assertEquals(drafted, index.reports.get(drafted.id))
        for (state in ReportState.entries) {
            val entry = drafted.copy(state = state, sent = 1, underWay = 9, asked = true, failures = 2, partly = true, sentAt = 3, answeredAt = 4, last = Long.MAX_VALUE)
            index.reports.put(entry)
            assertEquals(entry, index.reports.get(drafted.id))
        }
        reopen()
        assertEquals(listOf(drafted.id), index.reports.of(7).map { it.id })
        assertNull(index.reports.get(drafted.id + 1))
    }

    @Test
    fun `reports come in pages, the latest first`() {
        val ids = (1L..23L).map { index.reports.draft(it, "china-mobile", 1, NOW + it / 3).id }
        val pages = generateSequence(index.reports.page(limit = 5)) { page -> page.lastOrNull()?.let { index.reports.page(it, 5) } }
        assertEquals(ids.reversed(), pages.takeWhile { it.isNotEmpty() }.flatten().map { it.id }.toList())
    }

    @Test
    fun `only closed reports are forgotten, and their ids name no other`() {
        val ids = ReportState.entries.map { state ->
            index.reports.draft(1, "china-mobile", 1, NOW).also { index.reports.put(it.copy(state = state)) }.id
        }
        assertEquals(0, index.reports.forget(NOW))
        assertEquals(2, index.reports.forget(NOW + 1))
        assertEquals(listOf(ReportState.DRAFTED, ReportState.PREVIEWED, ReportState.SENT, ReportState.FAILED), index.reports.of(1).map { it.state })
        assertEquals(ids.last() + 1, index.reports.draft(1, "china-mobile", 1, NOW).id)
    }

    @Test
    fun `a promise is kept field by field in every state`() {
        for ((n, state) in ConsentState.entries.withIndex()) {
            val key = ConsentKey("试验书店", "1069000000000$n")
            assertNull(index.consents.get(key))
            index.consents.put(ConsentEntry(key))
            val entry = ConsentEntry(key, state, 1, 2, ConsentEntry.Broken(3, 4), 5)
            index.consents.put(entry)
            assertEquals(entry, index.consents.get(key))
        }
        reopen()
        val pages = generateSequence(index.consents.page(limit = 2)) { page -> page.lastOrNull()?.let { index.consents.page(it.key, 2) } }
        assertEquals(ConsentState.entries, pages.takeWhile { it.isNotEmpty() }.flatten().map { it.state }.toList())
        index.consents.forget(ConsentKey("试验书店", "10690000000000"))
        assertEquals(4, index.consents.page().size)
    }

    @Test
    fun `of too many signatures the one not seen for longest makes room`() {
        index.signatures.put(SignatureEntry("甲", 1, NOW + 1), 2)
        index.signatures.put(SignatureEntry("乙", 0xFFFF_FFFF, NOW), 2)
        index.signatures.put(SignatureEntry("乙", 0xFFFF_FFFF, NOW + 2), 2)
        index.signatures.put(SignatureEntry("丙", 4, NOW + 2), 2)
        reopen()
        assertEquals(setOf("丙", "乙"), index.signatures.all().map { it.signature }.toSet())
        assertEquals(SignatureEntry("乙", 0xFFFF_FFFF, NOW + 2), index.signatures.get("乙"))
        assertNull(index.signatures.get("甲"))
    }

    @Test
    fun `names and numbers get into no log`() {
        val key = ConsentKey("试验书店", "10690000000000")
        for (shown in listOf("$key", "${ConsentEntry(key)}", "${SignatureEntry("试验书店", 1, NOW)}")) {
            assertEquals(false, "试验" in shown || "1069" in shown)
        }
    }
}

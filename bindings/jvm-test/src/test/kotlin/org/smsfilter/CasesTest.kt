package org.smsfilter

import org.junit.AfterClass
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.junit.runners.Parameterized
import org.junit.runners.Parameterized.Parameters

/** Every shared case, through the whole surface and through the receive path. */
@RunWith(Parameterized::class)
class CasesTest(private val case: Case) {
    @Test
    fun `the verdict is as wanted`() {
        val (verdict, decision) = filter.decide(case.message, case.preset)
        assertEquals(case.want.category, verdict.category.wire)
        case.want.subcategory?.let { assertEquals(it, verdict.subcategory) }
        case.want.flags?.let { wanted -> assertEquals(wanted, verdict.flags.map { wireName(it) }) }
        case.want.action?.let { assertEquals(it, wireName(decision.action)) }
        case.want.row?.let { assertEquals(it, decision.row) }
        assertEquals(verdict, filter.classify(case.message))
    }

    @Test
    fun `the reasons are as wanted and add up to the points`() {
        val reasons = filter.explain(case.message)
        val rules = reasons.map { it.rule }
        assertTrue("$rules", rules.containsAll(case.want.rules.orEmpty()))
        case.want.spans?.let { wanted ->
            val spans = reasons.flatMap { it.spans }.map { (start, end) -> listOf(codePoints(start), codePoints(end)) }
            assertEquals(wanted, spans.distinct().sortedWith(compareBy({ it[0] }, { it[1] })))
        }
        assertEquals(filter.classify(case.message).points, reasons.sumOf { it.points })
    }

    private fun codePoints(units: Int) = case.body.codePointCount(0, units)

    private fun wireName(constant: Enum<*>) = constant.name.lowercase().replace('_', '-')

    @Test
    fun `both roads agree for every relation and preset`() {
        for (known in Known.entries) for (preset in Preset.entries) {
            val message = case.message.copy(known = known)
            assertAgree(filter, message, preset)
        }
    }

    companion object {
        private val filter = SmsFilter.openImage(Rules.image())

        @JvmStatic
        @Parameters(name = "{0}")
        fun cases() = Case.all

        @JvmStatic
        @AfterClass
        fun close() = filter.close()
    }
}

/** The receive path says what the whole surface says. */
fun assertAgree(filter: SmsFilter, message: Message, preset: Preset) {
    val (verdict, decision) = filter.decide(message, preset)
    val received = filter.receive(message, preset)
    val short = listOf(verdict.category, verdict.score, verdict.points, verdict.flags, decision.action, null)
    with(received) { assertEquals(short, listOf(category, score, points, flags, action, failure)) }
}

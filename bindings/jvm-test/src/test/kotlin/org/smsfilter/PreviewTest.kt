package org.smsfilter

import org.junit.Assert.assertEquals
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test

/** A preview says what two policies, asked one message at a time, would have said. */
class PreviewTest {
    /** More than crosses at a time, and not a multiple of it. */
    private val history = List(4) { Case.all.map { it.message.copy(sim = Sim(0)) } }.flatten() + Message("", "明天见")

    /** The whole inbox away, codes and bank notices included. */
    private val away = Policy("away", exceptions = listOf(Policy.Exception(Action.QUARANTINE, simSlot = 0, isOverFloor = true)))

    /** Needs the reasons of a verdict. */
    private fun byRule(filter: SmsFilter): Policy {
        val rule = filter.explain(Message("13800138000", Rules.LURE)).first { '.' in it.rule }.rule
        return Policy("by rule", exceptions = listOf(Policy.Exception(Action.SILENT, rule = rule)))
    }

    private fun expected(verdicts: List<Verdict>, old: List<Decision>, new: List<Decision>): Set<Preview.Moved> {
        val moved = verdicts.indices.filter { old[it].action != new[it].action }
        return moved.groupBy { Triple(old[it].action, new[it].action, new[it].row) }.mapTo(HashSet()) { (move, at) ->
            val unseen = if (move.second < Action.DIGEST) emptyList() else at.map(verdicts::get)
            val codes = unseen.count { it.category == Category.CODE }
            val bank = unseen.count { it.category == Category.SERVICE && it.subcategory in setOf("bank", "card", "payment") }
            val letGo = if (move.first == Action.QUARANTINE) at.map(verdicts::get) else emptyList()
            val blocked = letGo.count { it.category in setOf(Category.ILLEGAL, Category.FRAUD, Category.PHISHING) }
            Preview.Moved(move.first, move.second, move.third, at.size, codes, bank, blocked, at.take(5))
        }
    }

    @Test
    fun `it counts what moves from one policy to another`() {
        SmsFilter.openImage(Rules.image()).use { filter ->
            val presets = listOf(Preset.OFF, Preset.STANDARD, Preset.STRICT)
            val policies = presets.map(Policy::preset) + away + byRule(filter)
            val verdicts = history.map(filter::classify)
            val decisions = policies.associateWith { policy -> history.map { filter.decide(it, policy).decision } }
            for ((old, before) in decisions) for ((new, after) in decisions) {
                val preview = filter.preview(history, old, new)
                assertEquals("${old.name} to ${new.name}", expected(verdicts, before, after), preview.moved.toSet())
                assertEquals(preview.moved.size, preview.moved.toSet().size)
                assertEquals(history.size, preview.messages)
                assertEquals(old != new, preview.moved.isNotEmpty())
            }
        }
    }

    @Test
    fun `what should not move is told first`() {
        SmsFilter.openImage(Rules.image()).use { filter ->
            val moved = filter.preview(history, Policy.preset(Preset.STRICT), away).moved
            val orders = moved.map { it.codes + it.bank to it.messages }
            assertTrue("$orders", orders.first().first > 0)
            assertEquals(orders.sortedWith(compareByDescending<Pair<Int, Int>> { it.first }.thenByDescending { it.second }), orders)
        }
    }

    @Test
    fun `a history is read as it goes, once, and its own failure is passed on`() {
        SmsFilter.openImage(Rules.image()).use { filter ->
            val (off, strict) = Policy.preset(Preset.OFF) to Policy.preset(Preset.STRICT)
            val once = history.asSequence().constrainOnce().asIterable()
            assertEquals(filter.preview(history, off, strict), filter.preview(once, off, strict))
            assertEquals(Preview(0, emptyList()), filter.preview(emptyList(), off, strict))
            val broken = generateSequence { history.last() }.onEachIndexed { at, _ -> check(at < 1_000) { "no cursor" } }
            assertThrows("no cursor", IllegalStateException::class.java) { filter.preview(broken.asIterable(), off, strict) }
        }
    }

    @Test
    fun `the rules it began with go on to its end`() {
        SmsFilter.openImage(Rules.image()).use { filter ->
            val (off, strict) = Policy.preset(Preset.OFF) to Policy.preset(Preset.STRICT)
            val wanted = filter.preview(history, off, strict)
            val updated = history.asSequence().onEachIndexed { at, _ -> if (at == 1) filter.install(Rules.trust, Rules.other()) }
            assertEquals(wanted, filter.preview(updated.asIterable(), off, strict))
            val closed = history.asSequence().onEachIndexed { at, _ -> if (at == 1) filter.close() }
            filter.preview(closed.asIterable(), off, strict)
            val refused = assertThrows(SmsFilterException::class.java) { filter.preview(history, off, strict) }
            assertEquals("filter.closed", refused.code)
        }
    }
}

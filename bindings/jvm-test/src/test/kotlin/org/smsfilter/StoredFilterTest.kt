package org.smsfilter

import java.io.File
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder

/** A filter over a directory: what is installed and chosen outlives the process. */
class StoredFilterTest {
    @get:Rule
    val folder = TemporaryFolder()

    private val directory get() = File(folder.root, "rules")
    private val bait = Message("13800138000", Rules.LURE)

    private fun open(image: ByteArray = Rules.image(), trust: Trust? = Rules.trust) =
        SmsFilter.open(Config(directory, image, { Rules.bundle() }, trust))

    private fun refused(body: () -> Unit) = assertThrows(SmsFilterException::class.java) { body() }.code

    @Test
    fun `a new directory gives the application's rules, and nothing is written`() {
        open().use { filter ->
            assertEquals(Category.PHISHING, filter.receive(bait).category)
            assertEquals(emptyList<Layer>(), filter.layers())
            assertEquals(emptyList<Health>(), filter.health(0))
        }
        assertFalse(directory.exists())
    }

    @Test
    fun `an installed bundle is seen by both roads and after a restart`() {
        open().use { filter ->
            val layer = filter.install(Rules.other())
            assertEquals(listOf(layer), filter.layers())
            assertEquals(Category.UNKNOWN, filter.receive(bait).category)
            assertEquals(Category.UNKNOWN, filter.classify(bait).category)
            filter.prove()
        }
        open().use { filter ->
            assertEquals(Category.UNKNOWN, filter.receive(bait).category)
            filter.remove(filter.layers().single().publisher, filter.layers().single().layer)
            assertEquals(Category.PHISHING, filter.receive(bait).category)
        }
    }

    @Test
    fun `rules that never prove themselves are given up, and the user is told`() {
        open().use { it.install(Rules.other()) }
        repeat(2) { open().use { assertEquals(Category.UNKNOWN, it.receive(bait).category) } }
        open().use { filter ->
            assertEquals(Category.PHISHING, filter.receive(bait).category)
            val health = filter.health(0).single()
            assertEquals("given-up", health.code)
            assertTrue(health.text.zh.any { it in '一'..'龥' } && health.text.en.all { it.code < 128 })
            assertEquals("store.given-up", refused { filter.install(Rules.other()) })
        }
    }

    @Test
    fun `a refused bundle changes nothing and is not stored`() {
        open().use { filter ->
            assertEquals("bundle.not-a-bundle", refused { filter.install(ByteArray(3)) })
            assertEquals(Category.PHISHING, filter.receive(bait).category)
        }
        assertFalse(directory.exists())
    }

    @Test
    fun `without anybody to trust nothing is installed`() {
        open(trust = null).use { assertEquals("trust.none", refused { it.install(Rules.other()) }) }
    }

    @Test
    fun `the chosen policy holds on both roads and after a restart`() {
        open().use { it.choosePolicy(Preset.OFF) }
        open().use { filter ->
            assertEquals(Action.INBOX, filter.receive(bait).action)
            assertEquals(Action.INBOX, filter.decide(bait).decision.action)
            filter.choosePolicy(Preset.STRICT)
            for (case in Case.all) assertEquals(filter.receive(case.message, Preset.STRICT), filter.receive(case.message))
        }
    }

    @Test
    fun `both roads say the same row, quiet and days`() {
        open().use { filter ->
            for (case in Case.all) {
                val (received, decision) = filter.receive(case.message, case.preset) to filter.decide(case.message, case.preset).decision
                assertEquals(decision, Decision(received.action, received.row, received.isQuiet, received.keepDays))
            }
        }
    }

    @Test
    fun `rules that are turned off stay off until they are turned on again`() {
        open().use { filter -> filter.who(Rules.LURE).forEach { filter.turnOff(it.publisher, it.rule) } }
        open().use { filter ->
            assertEquals(Category.UNKNOWN, filter.receive(bait).category)
            val rules = filter.who(Rules.LURE)
            assertTrue(rules.isNotEmpty() && rules.all { it.isOff && it.title.zh.isNotEmpty() })
            rules.forEach { filter.turnOn(it.publisher, it.rule) }
            assertEquals(Category.PHISHING, filter.receive(bait).category)
        }
    }

    @Test
    fun `rules of the user's own stand above all, on both roads and after a restart`() {
        val mine = listOf(OwnRule("etc", listOf("ETC", "失效"), Action.INBOX), OwnRule("shop", listOf("减肥"), Action.SILENT))
        open().use { filter ->
            filter.setRules(mine)
            assertEquals("store.own-rule", refused { filter.setRules(listOf(OwnRule("none", emptyList(), Action.MARK))) })
        }
        open().use { filter ->
            assertEquals(mine, filter.rules())
            assertEquals(Action.INBOX to "user:etc", filter.receive(bait).run { action to row })
            assertEquals("user:shop", filter.decide(Message("", "减肥茶")).decision.row)
            assertFalse("减肥" in mine.toString())
        }
    }

    @Test
    fun `a damaged list of rules is told and mended`() {
        open().use { it.install(Rules.other()) }
        File(directory, "state").writeText("damaged")
        open().use { filter ->
            assertEquals(Category.PHISHING, filter.receive(bait).category)
            assertEquals(listOf("state-damaged"), filter.health(0).map { it.code })
            filter.install(Rules.other())
            assertEquals(emptyList<Health>(), filter.health(0))
        }
    }

    @Test
    fun `without any rules messages are delivered, and both roads say why`() {
        open(image = ByteArray(0)).use { filter ->
            val received = filter.receive(bait)
            assertEquals(Action.INBOX to Failure.NO_RULES, received.action to received.failure)
            assertEquals("filter.no-rules", refused { filter.classify(bait) })
            assertEquals(listOf("no-rules"), filter.health(0).map { it.code })
        }
    }

    @Test
    fun `a filter without a directory has nothing to store in`() {
        SmsFilter.openImage(Rules.image()).use { filter ->
            assertEquals("filter.no-store", refused { filter.layers() })
            assertEquals("filter.no-store", refused { filter.choosePolicy(Preset.OFF) })
        }
    }
}

package org.smsfilter

import java.io.File
import java.time.DayOfWeek.MONDAY
import java.time.DayOfWeek.SATURDAY
import java.time.DayOfWeek.SUNDAY
import java.time.LocalDate
import java.time.LocalTime
import java.time.LocalTime.MIDNIGHT
import java.time.ZoneOffset
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.smsfilter.Action.DIGEST
import org.smsfilter.Action.INBOX
import org.smsfilter.Action.MARK
import org.smsfilter.Action.QUARANTINE
import org.smsfilter.Action.SILENT
import org.smsfilter.Policy.Dates
import org.smsfilter.Policy.Row
import org.smsfilter.Policy.Window

/** The receive policy as a value: what crosses, what is refused, what it says and what it does. */
class PolicyTest {
    @get:Rule
    val folder = TemporaryFolder()

    private fun open() = SmsFilter.open(Config(File(folder.root, "rules"), Rules.image(), { Rules.bundle() }, Rules.trust))

    private fun refused(body: () -> Unit) = assertThrows(SmsFilterException::class.java) { body() }

    @Test
    fun `every policy comes back as it was chosen, and after a restart`() {
        open().use { assertEquals(Policy.preset(Preset.STANDARD), it.policy()) }
        for (policy in Preset.entries.map(Policy::preset) + everything) {
            open().use {
                it.choosePolicy(policy)
                assertEquals(policy, it.policy())
            }
            open().use { assertEquals(policy, it.policy()) }
        }
    }

    @Test
    fun `a chosen policy decides on every road and after a restart`() {
        open().use { it.choosePolicy(everything) }
        open().use { filter ->
            val advert = Message("1069000012345", "【某店】会员日五折，拒收请回复R", at(10, 0), 480, Sim(0))
            val wanted = mapOf(
                advert to (DIGEST to "promotion/unknown-service"),
                advert.copy(sim = Sim(1)) to (SILENT to "exception:2"),
                advert.copy(sender = "+8613800138000") to (QUARANTINE to "exception:1"),
                advert.copy(sender = "13800138000", receivedAt = at(22, 0)) to (INBOX to "default"),
            )
            for ((message, answer) in wanted) {
                val decision = filter.decide(message).decision
                assertEquals(answer, decision.action to decision.row)
                assertEquals(answer, filter.receive(message).run { action to row })
                assertEquals(filter.decide(message), filter.decide(message, everything))
            }
            assertEquals(7, filter.receive(advert.copy(sender = "13800138000")).keepDays)
            val chat = Message("13900139000", "明天见", at(23, 30), 480)
            assertTrue(filter.receive(chat).isQuiet && !filter.receive(chat.copy(receivedAt = at(22, 59))).isQuiet)
        }
    }

    @Test
    fun `a policy decides once without being chosen`() {
        open().use { filter ->
            for (case in Case.all) {
                assertEquals(filter.decide(case.message, case.preset), filter.decide(case.message, Policy.preset(case.preset)))
            }
            assertEquals(Policy.preset(Preset.STANDARD), filter.policy())
        }
    }

    @Test
    fun `a policy that cannot be is refused with its code and place, wherever it is used`() {
        open().use { filter ->
            for ((place, policy) in impossible()) {
                val uses = listOf(
                    { filter.choosePolicy(policy) },
                    { filter.decide(Message("", ""), policy) },
                    { filter.preview(emptyList(), policy, everything) },
                    { filter.preview(emptyList(), everything, policy) },
                    { policy.describe() },
                    { everything.changes(policy) },
                    { everything + policy },
                    { policy + everything },
                )
                for (use in uses) {
                    val e = refused { use() }
                    assertEquals(place, "${e.code}: ${e.en.substringBefore(':', "policy")}")
                    assertTrue(e.zh, e.zh.any { it in '一'..'龥' } && e.en.all { it.code < 128 })
                }
            }
            assertEquals(Policy.preset(Preset.STANDARD), filter.policy())
        }
    }

    private fun impossible(): Map<String, Policy> {
        val row = Row(Category.FRAUD, Relation.FOREIGN, MARK)
        val exception = Policy.Exception(MARK, simSlot = 0)
        val window = Window(LocalTime.of(8, 0), LocalTime.of(9, 0))
        val nine = LocalTime.of(9, 0)
        return mapOf(
            "policy.too-long: policy" to Policy("", exceptions = List(257) { exception }),
            "policy.score: row 1" to Policy("", listOf(row.copy(minScore = 1001))),
            "policy.duplicate: row 2" to Policy("", listOf(row, row.copy(action = SILENT))),
            "policy.subcategory: row 1" to Policy("", listOf(row.copy(subcategory = "casino"))),
            "policy.dates: row 1" to Policy("", listOf(row.copy(dates = Dates(day(2), day(1))))),
            "policy.unconditional: exception 2" to Policy("", exceptions = listOf(exception, Policy.Exception(MARK))),
            "policy.empty: exception 1" to Policy("", exceptions = listOf(exception.copy(signature = " "))),
            "policy.weekdays: quiet hours 1" to Policy("", quietHours = listOf(window.copy(days = emptySet()))),
            "policy.window: quiet hours 2" to Policy("", quietHours = listOf(window, window.copy(to = window.from))),
            "policy.too-many: policy" to Policy("", quietHours = List(25) { window }),
            "policy.minute: digest time 2" to Policy("", digestTimes = listOf(nine, nine)),
            "policy.days: retention 1" to Policy("", retentionDays = mapOf(Category.FRAUD to 65_537)),
        )
    }

    @Test
    fun `parts of a minute and days beyond counting are refused where they are made`() {
        val odd = LocalTime.of(8, 0, 1)
        val mistakes = listOf(
            { Window(odd, MIDNIGHT) },
            { Window(MIDNIGHT, odd) },
            { Policy("", digestTimes = listOf(odd)) },
            { Dates(LocalDate.MIN, day(1)) },
            { Dates(day(1), LocalDate.MAX) },
            { Policy.Exception(MARK, simSlot = 256) },
        )
        for (mistake in mistakes) assertThrows(IllegalArgumentException::class.java) { mistake() }
    }

    @Test
    fun `a policy is described in both languages`() {
        val night = Policy(
            "night",
            listOf(Row(Category.PROMOTION, Relation.UNKNOWN_MOBILE, DIGEST, dates = Dates(day(1), day(12)))),
            listOf(
                Policy.Exception(
                    DIGEST,
                    week = listOf(Window(LocalTime.of(22, 0), LocalTime.of(8, 30), setOf(SATURDAY, SUNDAY))),
                    signature = "某店",
                    isOverFloor = true,
                ),
            ),
            listOf(Window(LocalTime.of(23, 0), LocalTime.of(7, 0)), Window(LocalTime.NOON, MIDNIGHT, setOf(SUNDAY))),
            listOf(LocalTime.of(7, 30), LocalTime.of(20, 5)),
        )
        val said = night.describe()
        assertEquals(
            listOf(
                "陌生号码的营销推广短信（2026-11-01 至 2026-11-12）：静默收下，每天早上 7 点半、晚上 8 点 5 分汇总。",
                "例外 1：在周六、周日 22:00 至次日 08:30 收到、签名为【某店】的短信：静默收下，每天早上 7 点半、晚上 8 点 5 分汇总，验证码和联系人也不例外。",
            ),
            said.take(2).map { it.zh },
        )
        assertTrue(said[2].zh.startsWith("每天 23:00 至次日 07:00、周日 12:00 至 24:00 不响铃；"))
        assertEquals("Everything else goes to the inbox.", said.last().en)

        val change = night.copy(quietHours = emptyList()).changes(night)
        assertEquals(listOf(true), change.map { it.zh.startsWith("不再：每天 23:00") && it.en.startsWith("No longer: No sound") })
        assertEquals(emptyList<Text>(), night.changes(night))
    }

    @Test
    fun `the overlays of the installed rules are offered, and hold on their days once added`() {
        open().use { filter ->
            val offered = filter.offered()
            assertEquals(listOf("double-eleven", "double-twelve", "mid-year"), offered.map { it.id })
            assertTrue(offered.all { it.isOverlay && it.publisher == "national" && it.title.zh.any { it in '一'..'龥' } })
            val overlay = offered.first().policy
            filter.choosePolicy(Policy.preset(Preset.OFF) + overlay)
            assertEquals("off + double-eleven", filter.policy().name)
            assertEquals(overlay.rows, filter.policy().rows)

            val feast = overlay.rows.first().dates!!.from.atTime(9, 0).toEpochSecond(ZoneOffset.ofHours(8)) * 1000
            val advert = Message("1069000012345", "【某店】会员日五折，拒收请回复R", feast, 480)
            assertEquals(DIGEST, filter.receive(advert).action)
            assertEquals(INBOX, filter.receive(advert.copy(receivedAt = feast - 86_400_000)).action)
            assertEquals("policy.overlay", refused { overlay + Policy.preset(Preset.STRICT) }.code)

            filter.install(Rules.other())
            assertEquals(emptyList<OfferedPolicy>(), filter.offered())
            assertEquals("off + double-eleven", filter.policy().name)
        }
        SmsFilter.openImage(Rules.image()).use { assertEquals("filter.no-store", refused { it.offered() }.code) }
    }

    @Test
    fun `a policy does not write senders or signatures into a log`() {
        assertFalse("13800138000" in "$everything" || "某店" in "$everything")
    }

    private companion object {
        fun day(day: Int): LocalDate = LocalDate.of(2026, 11, day)

        /** 2026-11-21, a Saturday, in China. */
        fun at(hour: Int, minute: Int): Long = day(21).atTime(hour, minute).toEpochSecond(ZoneOffset.ofHours(8)) * 1000

        /** Every field is set. */
        val everything = Policy(
            "全部",
            listOf(
                Row(Category.FRAUD, Relation.FOREIGN, QUARANTINE, 750, "loan", Dates(day(1), LocalDate.of(9999, 12, 31))),
                Row(Category.PROMOTION, Relation.UNKNOWN_SERVICE, DIGEST, 0),
            ),
            listOf(
                Policy.Exception(
                    QUARANTINE,
                    0,
                    listOf(Window(LocalTime.of(9, 0), LocalTime.of(6, 30), setOf(MONDAY)), Window(MIDNIGHT, LocalTime.of(22, 0))),
                    Dates(day(21), day(21)),
                    "13800138000",
                    "某店",
                    isOverFloor = true,
                ),
                Policy.Exception(SILENT, simSlot = 1),
                Policy.Exception(MARK, rule = "shop.sale"),
            ),
            listOf(Window(LocalTime.of(23, 0), MIDNIGHT), Window(LocalTime.NOON, LocalTime.of(11, 59), setOf(SUNDAY, MONDAY))),
            listOf(LocalTime.of(0, 0), LocalTime.of(23, 59)),
            mapOf(Category.PHISHING to 3650, Category.PROMOTION to 7),
        )
    }
}

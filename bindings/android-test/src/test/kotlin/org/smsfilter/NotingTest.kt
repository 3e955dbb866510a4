package org.smsfilter

import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.robolectric.annotation.Config

/** Received messages, consent and sharing, by the real rules. */
@RunWith(AndroidRunner::class)
@Config(sdk = [26, 35])
class NotingTest {
    @get:Rule
    val folder = TemporaryFolder()
    private val grace = 72 * 60 * MINUTE
    private val nothing = Noted(null, null, null)

    private fun desk(test: Desk.() -> Unit) = Desk(folder.root).use(test)

    private fun service(sender: String, n: Int) = Message(sender, "【试验驿站】您的快递已到，请凭取件码 $n 领取", NOW + n)

    @Test
    fun `a signature from a new kind of number is told of, and as often as one asks`() = desk {
        assertEquals(nothing, note(service(PORT, 1)))
        val borrowed = service("13800138000", 2)
        val told = note(borrowed).newKind!!
        assertTrue("${told.zh} ${told.en}", "个人手机号" in told.zh && "private mobile number" in told.en)
        val before = content()
        assertEquals(told, ledgers.note(2, borrowed).newKind)
        assertEquals("once noted, nothing changes", before, content())
        assertEquals(nothing, note(service("13800138001", 3)))
        assertEquals("without a signature", nothing, note(Message("95588", "您的快递已到", NOW + 4)))
        assertEquals(listOf("试验驿站" to NOW + 3), index.signatures.all().map { it.signature to it.lastAt })
    }

    @Test
    fun `of too many signatures the one not seen for longest is forgotten`() = desk {
        val most = Core.mostSignatures
        index.db.transaction { for (n in 1..most) index.signatures.put(SignatureEntry("签$n", 1, NOW - n), most) }
        note(service(PORT, 1))
        val kept = index.signatures.all().map { it.signature }
        assertEquals(2048, kept.size)
        assertTrue("试验驿站" in kept && "签1" in kept && "签${most - 1}" in kept && "签$most" !in kept)
    }

    @Test
    fun `a message that the index does not have changes nothing`() = desk {
        val before = content()
        assertEquals(nothing, ledgers.note(1, advert()))
        receive(advert())
        val after = content()
        ledgers.note(1, advert().copy(receivedAt = NOW + 1))
        assertEquals("the row id was given out again", after, content())
        assertNotEquals(before, after)
        assertThrows(IllegalArgumentException::class.java) { ledgers.note(1, advert().copy(receivedAt = null)) }
    }

    @Test
    fun `what was told of and not noted is noted at the next start, and what is gone is passed over`() {
        val noted = folder.newFolder()
        Desk(noted).use { desk -> for (n in 1..3) desk.note(service(PORT, n)) }
        val left = folder.newFolder()
        Desk(left).use { desk ->
            for (n in 1..3) desk.receive(service(PORT, n))
            desk.note(service(PORT, 4))
            desk.phone.messages.delete(MessageKey(2, NOW + 2))
        }
        Desk(left).use { desk ->
            assertEquals(2, desk.ledgers.resume(desk.phone.messages))
            assertEquals(0, desk.ledgers.resume(desk.phone.messages))
            assertEquals(listOf(NOW + 4), desk.index.signatures.all().map { it.lastAt })
        }
        Desk(noted).use { assertEquals(0, it.ledgers.resume(it.phone.messages)) }
    }

    @Test
    fun `one message that cannot be noted does not hold up the others`() = desk {
        for (n in 1..3) receive(service(PORT, n))
        val failing = object : MessageStore by phone.messages {
            override fun get(id: Long) = if (id == 1L) throw Fault() else phone.messages.get(id)
        }
        assertThrows(Fault::class.java) { ledgers.resume(failing) }
        assertEquals(listOf(1L), index.unnoted().map { it.id })
    }

    /** What each event makes of each state, and what a commercial message long after does. */
    private val table = """
        state             | CONSENTED       | ASKED_TO_STOP     | CONFIRMED         | REVOKED           | commercial
        UNKNOWN           | CONSENTED       | ASKED_TO_STOP     | never-asked       | nothing-to-revoke | UNKNOWN
        CONSENTED         | CONSENTED       | ASKED_TO_STOP     | never-asked       | nothing-to-revoke | CONSENTED
        ASKED_TO_STOP     | refusal-stands  | ASKED_TO_STOP     | STOPPED           | UNKNOWN           | BROKE_THE_PROMISE
        STOPPED           | refusal-stands  | STOPPED           | STOPPED           | UNKNOWN           | BROKE_THE_PROMISE
        BROKE_THE_PROMISE | refusal-stands  | BROKE_THE_PROMISE | BROKE_THE_PROMISE | UNKNOWN           | BROKE_THE_PROMISE
    """.trimIndent().lines().map { line -> line.split('|').map { it.trim() } }

    private val ways = mapOf(
        "UNKNOWN" to emptyList(),
        "CONSENTED" to listOf(ConsentEvent.CONSENTED),
        "ASKED_TO_STOP" to listOf(ConsentEvent.ASKED_TO_STOP),
        "STOPPED" to listOf(ConsentEvent.ASKED_TO_STOP, ConsentEvent.CONFIRMED),
        "BROKE_THE_PROMISE" to listOf(ConsentEvent.ASKED_TO_STOP),
    )

    @Test
    fun `every event of every state does what the core says, and one that is refused changes nothing`() = desk {
        val events = table.first().drop(1)
        assertEquals(ConsentEvent.entries.map { it.name } + "commercial", events)
        assertEquals(ConsentState.entries.map { it.name }, table.drop(1).map { it.first() })
        var n = 0
        for ((state, expected) in table.drop(1).associate { it.first() to it.drop(1) }) for ((event, answer) in events zip expected) {
            val what = "$event in $state"
            val late = NOW + grace + 1 + n
            val port = PORT.dropLast(4) + (1000 + n++)
            val key = filter.consentKey(advert(sender = port))!!
            assertEquals("试验商城" to port, key.signature to key.port)
            for (way in ways.getValue(state)) ledgers.on(key, way, NOW)
            if (state == "BROKE_THE_PROMISE") note(advert(late, port))
            val before = index.consents.get(key) ?: ConsentEntry(key)
            assertEquals(what, state, before.state.name)
            val found = try {
                if (event == "commercial") {
                    note(advert(late + 100, port))
                } else {
                    assertEquals(what, Core.on(before, wireName(ConsentEvent.valueOf(event)), late), ledgers.on(key, ConsentEvent.valueOf(event), late))
                }
                (index.consents.get(key)?.state ?: ConsentState.UNKNOWN).name
            } catch (refused: SmsFilterException) {
                assertEquals(what, before, index.consents.get(key) ?: ConsentEntry(key))
                assertTrue(what, refused.zh.any { it in '一'..'龥' } && refused.en.all { it.code < 128 })
                refused.code.removePrefix("consent.")
            }
            assertEquals(what, answer, found)
        }
    }

    @Test
    fun `a commercial message after a refusal gives evidence, and the report to share has it`() = desk {
        val offer = filter.offer(advert()) as OptOutOffer.Reply
        assertEquals(PORT to "TD", offer.to to offer.say)
        ledgers.on(offer.key, ConsentEvent.ASKED_TO_STOP, NOW)
        assertEquals("within the grace", nothing, note(advert(NOW + grace)))
        val late = advert(NOW + grace + MINUTE)
        val evidence = note(late).evidence!!
        assertEquals("本人于2026-11-21 08:05发送退订，2026-11-24 08:06仍收到该商业短信", evidence.zh)
        assertEquals("asked again, the same", evidence, ledgers.note(2, late).evidence)
        val promise = index.consents.get(offer.key)!!
        assertEquals(ConsentState.BROKE_THE_PROMISE to ConsentEntry.Broken(late.receivedAt!!, late.receivedAt!!), promise.state to promise.brokenAt)

        val shared = ledgers.draftReport(late, "12321-share")
        assertEquals(evidence, shared.evidence)
        assertTrue(shared.steps.single().text.startsWith("退订情况：${evidence.zh}\n"))
        val sms = ledgers.draftReport(late, "china-mobile")
        assertEquals(evidence to "$PORT*${late.body}", sms.evidence to sms.steps.single().text)
        assertNull(ledgers.draftReport(advert(NOW + grace), "12321-share").evidence)
        assertNull("the filter alone knows no promise", filter.draftReport(late).evidence)
        assertEquals("a notice may come", nothing, note(Message(PORT, "【试验商城】您的快递已到，请凭取件码 1 领取", NOW + 2 * grace)))

        ledgers.on(offer.key, ConsentEvent.REVOKED, NOW + 2 * grace)
        assertNull(ledgers.note(2, late).evidence)
    }

    @Test
    fun `an offer is made only where it is safe, and a link is told apart`() = desk {
        val link = filter.offer(Message(PORT, "【试验商城】双11大促，全场五折，退订请点https://dl.example.com/A1")) as OptOutOffer.Link
        assertEquals("https://dl.example.com/A1", link.address)
        assertTrue(link.address in link.text.zh && link.address in link.text.en)
        assertNull("a private number", filter.offer(advert(sender = "13800138000")))
        assertNull("a lure", filter.offer(abroad().copy(sender = PORT)))
        assertNull(filter.consentKey(advert(sender = "13800138000")))
        assertNull(filter.consentKey(Message(PORT, "全场五折")))
        assertEquals(listOf("OptOutOffer.Link", "ConsentKey"), listOf("$link", "${link.key}"))
    }

    @Test
    fun `a text is masked for sharing, as a type of its own that shows nothing`() {
        val masked = SmsFilter.redact("请致电13800138000，本机13911112222", listOf("13911112222"))
        assertEquals("请致电‹phone›，本机", masked.text)
        assertEquals(masked, SmsFilter.redact(masked.text))
        assertEquals("MaskedText(${masked.text.length} UTF-16 units)", "$masked")
        assertEquals("\uFFFD‹phone›", SmsFilter.redact("\uD83D13800138000").text)
    }

    @Test
    fun `a receipt names rules and nothing of the message`() = desk {
        val receipt = filter.receipt(abroad())
        assertTrue(receipt, "verdict phishing/government" in receipt && "\nreason " in receipt && "sha256:" in receipt)
        for (word in listOf("13800138000", "ETC", "etc-rz", "2026")) assertTrue(word, word !in receipt)
    }
}

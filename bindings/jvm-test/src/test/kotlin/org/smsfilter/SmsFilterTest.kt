package org.smsfilter

import java.util.Locale
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test

class SmsFilterTest {
    /** 💰 is two UTF-16 units and one code point. */
    private val bait = Message("13800138000", "💰$LURE")

    @Test
    fun `bytes that are no bundle are refused with a stable code and both sentences`() {
        val e = assertThrows(SmsFilterException::class.java) { SmsFilter.open(Rules.trust, "plainly not a bundle".toByteArray()) }
        assertEquals("bundle.not-a-bundle", e.code)
        assertTrue(e.zh.any { it in '一'..'龥' })
        assertTrue(e.en.all { it.code < 128 })
        assertEquals("${e.code}: ${e.en}", e.message)
    }

    @Test
    fun `the localized message is in the language of the user`() {
        val e = assertThrows(SmsFilterException::class.java) { SmsFilter.open(Rules.trust) }
        val before = Locale.getDefault()
        try {
            Locale.setDefault(Locale.SIMPLIFIED_CHINESE)
            assertEquals(e.zh, e.localizedMessage)
            Locale.setDefault(Locale.ENGLISH)
            assertEquals(e.en, e.localizedMessage)
        } finally {
            Locale.setDefault(before)
        }
    }

    @Test
    fun `no bundle at all is refused`() {
        assertEquals("compile.layers", assertThrows(SmsFilterException::class.java) { SmsFilter.open(Rules.trust) }.code)
    }

    @Test
    fun `bytes that are no image are refused with a stable code`() {
        val e = assertThrows(SmsFilterException::class.java) { SmsFilter.openImage(ByteArray(0)) }
        assertEquals("image.foreign", e.code)
    }

    @Test
    fun `a bundle and its image judge alike`() {
        SmsFilter.open(Rules.trust, Rules.bundle()).use { compiled ->
            SmsFilter.openImage(Rules.image()).use { opened ->
                for (case in Case.all) {
                    assertEquals(compiled.decide(case.message, case.preset), opened.decide(case.message, case.preset))
                    assertEquals(compiled.receive(case.message, case.preset), opened.receive(case.message, case.preset))
                }
            }
        }
    }

    @Test
    fun `a closed filter refuses and still lets messages through`() {
        val filter = SmsFilter.openImage(Rules.image())
        filter.classify(bait)
        filter.close()
        filter.close()
        assertEquals("filter.closed", assertThrows(SmsFilterException::class.java) { filter.classify(bait) }.code)
        assertEquals("filter.closed", assertThrows(SmsFilterException::class.java) { filter.install(Rules.trust, Rules.bundle()) }.code)
        val received = filter.receive(bait)
        assertEquals(Action.INBOX to Failure.CLOSED, received.action to received.failure)
    }

    @Test
    fun `a filter closed before its first slow call refuses it`() {
        val filter = SmsFilter.openImage(Rules.image())
        filter.close()
        assertEquals("filter.closed", assertThrows(SmsFilterException::class.java) { filter.explain(bait) }.code)
    }

    @Test
    fun `closing one filter leaves another alone, even in the place of the first`() {
        val old = SmsFilter.openImage(Rules.image())
        old.close()
        SmsFilter.openImage(Rules.image()).use { new ->
            old.close()
            assertNull(new.receive(bait).failure)
            assertEquals(Failure.CLOSED, old.receive(bait).failure)
        }
    }

    @Test
    fun `an installed bundle is seen by both roads`() {
        SmsFilter.openImage(Rules.image()).use { filter ->
            assertEquals(Category.PHISHING, filter.receive(bait).category)
            filter.install(Rules.trust, Rules.other())
            assertEquals(Category.UNKNOWN, filter.receive(bait).category)
            assertEquals(Category.UNKNOWN, filter.classify(bait).category)
        }
    }

    @Test
    fun `a refused bundle changes nothing`() {
        SmsFilter.openImage(Rules.image()).use { filter ->
            assertThrows(SmsFilterException::class.java) { filter.install(Rules.trust, ByteArray(3)) }
            assertEquals(Category.PHISHING, filter.receive(bait).category)
            assertEquals(Category.PHISHING, filter.classify(bait).category)
        }
    }

    @Test
    fun `spans are where the text is, past characters of two units`() {
        SmsFilter.openImage(Rules.image()).use { filter ->
            val words = filter.explain(bait).flatMap { it.spans }.map { bait.body.substring(it.start, it.end) }
            assertTrue("$words", LINK in words)
        }
    }

    @Test
    fun `lone surrogates keep every position and both roads alike`() {
        val bodies = listOf("\uD83D$LURE\uDE00", "$LURE\uD83D", "\uDE00\uD83D$LURE", "\uD83D\uD83D\uDCB0$LURE")
        SmsFilter.openImage(Rules.image()).use { filter ->
            for (body in bodies) {
                val message = Message("\uDC001069", body)
                assertAgree(filter, message, Preset.STANDARD)
                val words = filter.explain(message).flatMap { it.spans }.map { body.substring(it.start, it.end) }
                assertTrue("$words", LINK in words)
            }
        }
    }

    @Test
    fun `text of every kind crosses both roads alike`() {
        val bodies = listOf("", "\u0000$LURE\u0000", "$LURE\uFFFD\uFEFF", "\uD83D\uDC68\u200D\uD83D\uDC69$LURE", LURE.repeat(2_000), "\uD800")
        SmsFilter.openImage(Rules.image()).use { filter ->
            for (body in bodies) assertAgree(filter, Message("", body), Preset.STRICT)
        }
    }

    @Test
    fun `time, offset and SIM cross both roads alike`() {
        SmsFilter.openImage(Rules.image()).use { filter ->
            for (receivedAt in listOf(null, Long.MIN_VALUE, -1L, 0L, 1_790_000_000_000, Long.MAX_VALUE)) {
                for (sim in listOf(null, Sim(0), Sim(1, "46000"), Sim(255, "\uD800"))) {
                    for (offset in listOf(-1080, 0, 480)) {
                        assertAgree(filter, bait.copy(receivedAt = receivedAt, utcOffsetMinutes = offset, sim = sim), Preset.STANDARD)
                    }
                }
            }
        }
    }

    @Test
    fun `a message outside its ranges is refused where it is made`() {
        assertThrows(IllegalArgumentException::class.java) { Message("", "", utcOffsetMinutes = 1081) }
        assertThrows(IllegalArgumentException::class.java) { Sim(256) }
        assertThrows(IllegalArgumentException::class.java) { Sim(-1) }
    }

    @Test
    fun `a message does not write its text into a log`() {
        assertEquals("Message(${bait.body.length} UTF-16 units)", bait.toString())
    }

    @Test
    fun `every category has a title of its own`() {
        assertEquals(Category.entries.size, Category.entries.map { it.title }.filter { it.isNotEmpty() }.toSet().size)
        assertEquals("钓鱼", Category.PHISHING.title)
    }

    @Test
    fun `a report is drafted for the receiving SIM, verbatim`() {
        SmsFilter.openImage(Rules.image()).use { filter ->
            val advert = bait.copy(body = "💰会员日五折", sim = Sim(1, "46001"))
            val draft = filter.draftReport(advert)
            assertEquals(1 to listOf("10010"), draft.simSlot to draft.steps.map { it.to })
            assertEquals("LJDXJB#13800138000#${advert.body}", draft.steps.single().text)
            assertNull(draft.confirmation)
            assertTrue("30" in filter.draftReport(advert.copy(body = "短".repeat(3000))).confirmation!!.zh)
        }
    }

    @Test
    fun `a fraud is reported through the share sheet whatever the SIM`() {
        SmsFilter.openImage(Rules.image()).use { filter ->
            val draft = filter.draftReport(bait.copy(sim = Sim(1, "46001")))
            assertEquals(listOf(null), draft.steps.map { it.to })
        }
    }

    @Test
    fun `a one-time code is reported only after a second confirmation`() {
        val code = Message("1069000000001", "【云上书店】验证码 482913，5分钟内有效，请勿告知他人。")
        SmsFilter.openImage(Rules.image()).use { filter ->
            val refused = assertThrows(SmsFilterException::class.java) { filter.draftReport(code) }
            assertEquals("report.one-time-code", refused.code)
            assertTrue(refused.zh.any { it in '一'..'龥' })
            assertEquals(1, filter.draftReport(code, overrideCode = true).steps.size)
        }
    }

    @Test
    fun `a bundle signed by others is refused`() {
        // The public key of RFC 8032's first test vector.
        val key = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
        val stranger = Trust.root(1, key.chunked(2).map { it.toInt(16).toByte() }.toByteArray())
        val refused = assertThrows(SmsFilterException::class.java) { SmsFilter.open(stranger, Rules.bundle()) }
        assertEquals("bundle.unknown-signer", refused.code)
    }

    private companion object {
        const val LURE = Rules.LURE
        const val LINK = "http://etc-rz.example/a"
    }
}

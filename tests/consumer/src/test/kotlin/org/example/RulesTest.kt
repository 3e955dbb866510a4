package org.example

import java.io.File
import org.junit.Assert.assertEquals
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test
import org.smsfilter.Category
import org.smsfilter.Failure
import org.smsfilter.Message
import org.smsfilter.SmsFilter
import org.smsfilter.SmsFilterException
import org.smsfilter.Trust
import org.smsfilter.testing.DevelopmentKeys
import org.smsfilter.testing.FakeSmsFilter
import org.smsfilter.testing.Fixtures

/** The real filter on this machine: `smsfilter-jvm` brings the native library, `smsfilter-testing` the rules. */
class RulesTest {
    private val lure = Message("13800138000", "低息贷款，加微信")

    /** The slow road first, so that JNA asks for the library before JNI has: both must open one copy. */
    @Test
    fun `a bundle is opened over JNA and judges over JNI`() {
        SmsFilter.open(Trust.development(), Fixtures.bundle()).use { filter ->
            assertEquals(Category.FRAUD, filter.receive(lure).category)
            assertEquals(Category.FRAUD, filter.classify(lure).category)
            assertEquals(Category.UNKNOWN, filter.receive(lure.copy(body = "低息贷款")).category)
        }
        SmsFilter.openImage(Fixtures.image()).use { assertEquals(Category.FRAUD, it.receive(lure).category) }
    }

    @Test
    fun `the fixtures are signed with the development key that is said`() {
        SmsFilter.open(Trust.root(1, DevelopmentKeys.publicKey(0)), Fixtures.bundle()).close()
        val stranger = Trust.root(1, DevelopmentKeys.publicKey(3))
        assertThrows(SmsFilterException::class.java) { SmsFilter.open(stranger, Fixtures.bundle()) }
        assertTrue(DevelopmentKeys.privateKey(3).startsWith("-----BEGIN PRIVATE KEY-----"))
        assertThrows(IllegalArgumentException::class.java) { DevelopmentKeys.publicKey(4) }
    }

    @Test
    fun `the rules of the AAR are for its engine`() {
        val assets = File(System.getProperty("assets"))
        SmsFilter.open(Trust.development(), File(assets, "national.smsb").readBytes()).use { compiled ->
            SmsFilter.openImage(File(assets, "national.smsi").readBytes()).use { opened ->
                assertEquals(Category.PHISHING, opened.receive(Message("", Main.LURE)).category)
                assertEquals(compiled.decide(Message("", Main.LURE)), opened.decide(Message("", Main.LURE)))
            }
        }
    }

    @Test
    fun `a fake fails as the real one does`() {
        val real = SmsFilter.openImage(Fixtures.image()).apply { close() }
        val fake = FakeSmsFilter(FakeSmsFilter.Answer(Category.FRAUD, failure = Failure.CLOSED)).apply { close() }
        assertEquals(real.receive(lure), fake.receive(lure))
    }
}

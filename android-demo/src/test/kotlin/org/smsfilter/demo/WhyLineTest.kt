package org.smsfilter.demo

import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.annotation.Config
import org.smsfilter.Action
import org.smsfilter.AndroidRunner
import org.smsfilter.Relation
import org.smsfilter.demo.why.Because
import org.smsfilter.demo.why.whyLine

@RunWith(AndroidRunner::class)
@Config(sdk = [26, 35])
class WhyLineTest {
    @get:Rule
    val handset = Handset()

    private fun line() = handset.app.whyLine(handset.app.phone.index.page(Action.QUARANTINE).single()).toString()

    @Test
    fun `a moved message says what it looks like and who sent it`() {
        handset.deliver("13900139000", FRAUD)
        assertEquals("像钓鱼（冒充政务），来自陌生号码", line())
    }

    @Test
    @Config(qualifiers = "en")
    fun `in English, too`() {
        handset.deliver("13900139000", FRAUD)
        assertEquals("Looks like phishing (posing as government), from an unknown number", line())
    }

    @Test
    fun `what decided is read from the row`() {
        assertEquals(Because(false, Because.Own("x:1")), Because.of("user:x:1"))
        assertEquals(Because(true, Because.Exception(2)), Because.of("floor:exception:2"))
        assertEquals(Because(true, Because.Cell(Relation.CONTACT)), Because.of("floor:phishing/bank/contact"))
        assertEquals(Because(false, Because.Cell(Relation.UNKNOWN_MOBILE)), Because.of("promotion/unknown-mobile"))
        assertEquals(Because(false, Because.Nothing), Because.of("default"))
        assertEquals(Because(false, Because.Nothing), Because.of("what a later version says"))
    }
}

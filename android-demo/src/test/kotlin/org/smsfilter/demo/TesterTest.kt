package org.smsfilter.demo

import android.widget.EditText
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.annotation.Config
import org.smsfilter.AndroidRunner
import org.smsfilter.demo.why.TesterActivity

@RunWith(AndroidRunner::class)
@Config(sdk = [35])
class TesterTest {
    @get:Rule
    val handset = Handset()

    private fun tester(text: String = ""): TesterActivity = handset.open(TesterActivity.intent(handset.app, text))

    private fun TesterActivity.enter(text: String, sender: String = "") {
        at<EditText>(R.id.text).setText(text)
        at<EditText>(R.id.sender).setText(sender)
        click(R.id.run)
        handset.settle()
    }

    @Test
    @Config(sdk = [26, 31, 35])
    fun `any text can be tried, by all presets, and nothing is stored`() {
        val tester = tester()
        tester.enter(FRAUD, STRANGER)
        assertEquals("会这样处理：移到拦截箱", tester.text(R.id.place))
        val texts = tester.texts()
        assertEquals("照常", texts[texts.indexOf("关闭") + 1])
        assertEquals("加标签", texts[texts.indexOf("只加标签") + 1])
        assertEquals("移到拦截箱", texts[texts.indexOf("严格") + 1])
        assertEquals(emptyList<String>(), handset.stored())
    }

    @Test
    fun `a contact is never moved`() {
        val tester = tester()
        tester.toggle("联系人")
        tester.enter(FRAUD, STRANGER)
        assertEquals("会这样处理：加标签", tester.text(R.id.place))
    }

    @Test
    fun `a word says whose rules know it, and each can be turned off and on`() {
        val tester = tester("贷款")
        assertTrue("${tester.texts()}", tester.text(R.id.rules_text).contains("条规则认识"))
        val rule = handset.app.phone.filter.who("贷款").first()
        tester.toggle(rule.title.zh)
        handset.settle()
        assertTrue(handset.app.phone.filter.who("贷款").first { it.rule == rule.rule }.isOff)
        tester.tap("撤销")
        handset.settle()
        assertFalse(handset.app.phone.filter.who("贷款").any { it.isOff })
    }

    @Test
    fun `a word that nobody knows is hidden by nobody`() {
        assertTrue(tester("汛铜").text(R.id.rules_text).startsWith("没有任何"))
    }

    @Test
    fun `nothing at all is refused, ten thousand characters are not`() {
        val tester = tester()
        tester.enter("  ")
        assertEquals("先写点什么吧。", tester.at<EditText>(R.id.text).error)
        assertFalse(tester.isShown(R.id.found))
        tester.enter("🏦您的账户异常😀".repeat(1000), "10086")
        assertTrue(tester.isShown(R.id.found))
    }

    @Test
    fun `a filter that is closed is told`() {
        handset.app.phone.filter.close()
        assertTrue(tester("贷款").isShown(R.id.problem))
    }

    @Test
    fun `what was tried is there after the end of the process`() {
        val tester = handset.comeBack(tester().apply { enter(FRAUD, STRANGER) })
        assertEquals("会这样处理：移到拦截箱", tester.text(R.id.place))
    }
}

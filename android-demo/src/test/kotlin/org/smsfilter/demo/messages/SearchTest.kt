package org.smsfilter.demo.messages

import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.annotation.Config
import org.smsfilter.AndroidRunner
import org.smsfilter.demo.*
import android.text.Spanned
import android.text.style.BackgroundColorSpan
import android.widget.TextView
import org.smsfilter.demo.why.WhyActivity

@RunWith(AndroidRunner::class)
@Config(sdk = [35])
class SearchTest {
    @get:Rule
    val handset = Handset()

    @Test
    fun `words are found in the inbox and in the spam box, and marked`() {
        handset.deliver("13800138000", "ETC卡放在抽屉里了")
        handset.deliver("13900139000", FRAUD)
        val screen = handset.open<MainActivity>().let { handset.choose(it, "搜索"); handset.follow<SearchActivity>(it) }
        search(screen, "etc")
        assertEquals(2, screen.all(R.id.text).size)
        assertTrue("${screen.texts()}", screen.texts().any { it.startsWith("拦截箱 · 钓鱼") })
        val text = (screen.all(R.id.text)[1] as TextView).text as Spanned
        assertEquals(listOf("ETC"), text.getSpans(0, text.length, BackgroundColorSpan::class.java).map { "${text.subSequence(text.getSpanStart(it), text.getSpanEnd(it))}" })
        screen.tapRow(R.id.list, 1)
        assertTrue("ETC卡放在抽屉里了" in handset.follow<ThreadActivity>(screen).texts())
        screen.tapRow(R.id.list, 0)
        handset.follow<WhyActivity>(screen)
    }

    @Test
    fun `messages are found by number and by a contact's name`() {
        handset.book.names["13800138000"] = "妈妈"
        handset.deliver("8613800138000", MOTHER)
        handset.deliver("13900139000", "别的")
        val screen = handset.open<SearchActivity>()
        search(screen, "妈妈")
        assertTrue(MOTHER in screen.texts())
        assertFalse("别的" in screen.texts())
        search(screen, "1390013")
        assertTrue("别的" in screen.texts())
    }

    @Test
    fun `signs of a pattern are looked for as they are, and nothing found is said`() {
        handset.deliver("13800138000", "打了100%的折_真的")
        val screen = handset.open<SearchActivity>()
        search(screen, "0%的折_")
        assertEquals(1, screen.all(R.id.text).size)
        search(screen, "1%的")
        assertTrue("没有找到包含“1%的”的短信。" in screen.texts())
    }

    @Test
    fun `what is looked for is looked for again after the end of the process`() {
        handset.deliver("13800138000", MOTHER)
        val screen = handset.open<SearchActivity>()
        search(screen, "七点")
        assertTrue(MOTHER in handset.comeBack(screen).texts())
    }

    @Test
    fun `without the permission to read, nothing breaks`() {
        handset.deliver("13800138000", MOTHER)
        handset.deny("READ_SMS")
        assertTrue("去设置" in handset.open<SearchActivity>().texts())
    }

    private fun search(screen: SearchActivity, words: String) {
        screen.type(R.id.query, words)
        handset.settle()
    }
}

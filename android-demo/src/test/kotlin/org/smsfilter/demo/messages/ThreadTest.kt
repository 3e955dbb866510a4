package org.smsfilter.demo.messages

import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.annotation.Config
import org.smsfilter.AndroidRunner
import org.smsfilter.demo.*
import android.content.ClipboardManager
import android.content.Intent
import android.text.Spanned
import android.text.style.ClickableSpan
import android.text.Selection
import android.text.Spannable
import android.widget.TextView
import org.robolectric.Shadows.shadowOf
import org.smsfilter.Policy
import org.smsfilter.Preset
import org.smsfilter.demo.policy.OwnRuleActivity
import org.smsfilter.demo.report.ReportActivity
import org.smsfilter.demo.report.UnsubscribeActivity
import org.smsfilter.demo.why.WhyActivity

@RunWith(AndroidRunner::class)
@Config(sdk = [31, 35])
class ThreadTest {
    @get:Rule
    val handset = Handset()

    @Test
    fun `only the code of a code message is copied, and marked as sensitive`() {
        handset.deliver("106900001111", CODE)
        val screen = open("106900001111")
        screen.tap("复制验证码 482913")
        val clip = handset.app.getSystemService(ClipboardManager::class.java)!!.primaryClip!!
        assertEquals("482913", clip.getItemAt(0).text)
        assertTrue(clip.description.extras.getBoolean("android.content.extra.IS_SENSITIVE"))
    }

    @Test
    fun `a message that is no code has no chip to copy one`() {
        handset.deliver("13800138000", "验证码 482913 是他问我要的吗？我没给。")
        val screen = open("13800138000")
        assertTrue(screen.texts().none { it.startsWith("复制验证码") })
    }

    @Test
    fun `a link in a suspect message opens only after the user has read which site it is`() {
        marking()
        handset.deliver("13900139000", FRAUD)
        val screen = open("13900139000")
        link(screen)
        assertNull("nothing opens yet", shadowOf(screen).nextStartedActivity)
        assertTrue(asked, "etc-rz.example" in asked && "http://etc-rz.example/a" in asked && "钓鱼" in asked)
        handset.answer("不打开")
        assertNull(shadowOf(screen).nextStartedActivity)
        link(screen)
        handset.answer("打开")
        assertEquals("http://etc-rz.example/a", opened(screen).dataString)
    }

    @Test
    fun `a link in any other message opens in an application of the user's choice`() {
        handset.book.names["13800138000"] = "妈妈"
        handset.deliver("13800138000", "鱼吧。照着这个做：https://recipes.example.com/fish 别忘了姜。")
        val screen = open("13800138000")
        link(screen)
        assertEquals("https://recipes.example.com/fish", opened(screen).dataString)
    }

    @Test
    fun `a filtered message says so and tells why`() {
        marking()
        handset.deliver("13900139000", FRAUD)
        val screen = open("13900139000")
        screen.tap("为什么？")
        assertEquals(WhyActivity.intent(screen, 1).extras!!.getLong("message"), handset.follow<WhyActivity>(screen).intent.getLongExtra("message", -1))
    }

    @Test
    fun `each message can be copied, explained, reported, made a rule of and deleted`() {
        handset.deliver("13800138000", MOTHER)
        val screen = open("13800138000")
        screen.all(R.id.bubble)[0].performLongClick()
        assertEquals(listOf("复制全文", "为什么在这里？", "标为垃圾短信…", "举报垃圾短信", "用文字做规则…", "转发", "删除"), offered())
        handset.choose("复制全文")
        assertEquals(MOTHER, handset.app.getSystemService(ClipboardManager::class.java)!!.primaryClip!!.getItemAt(0).text)
        handset.choose("为什么在这里？")
        handset.follow<WhyActivity>(screen)
        handset.choose("举报垃圾短信")
        handset.follow<ReportActivity>(screen)
        handset.choose("转发")
        assertEquals(MOTHER, shadowOf(screen).nextStartedActivity.getStringExtra("sms_body"))
        handset.choose("删除")
        handset.answer("保留")
        assertEquals(listOf(MOTHER), handset.stored())
        handset.choose("删除")
        handset.answer("删除")
        assertEquals(emptyList<String>(), handset.stored())
        assertNull("the index forgot it", handset.app.phone.index.get(1))
        assertTrue("这里已经没有短信了。" in screen.texts())
    }

    @Test
    fun `a promotion alone can be refused from its menu`() {
        handset.deliver(PORT, ADVERT)
        handset.deliver("13800138000", MOTHER)
        open("13800138000").all(R.id.more)[0].performClick()
        assertFalse("${offered()}", "退订" in offered())
        val screen = open(PORT)
        screen.all(R.id.more)[0].performClick()
        handset.choose("退订")
        handset.follow<UnsubscribeActivity>(screen)
    }

    @Test
    fun `the words that were selected become a rule, and none do not`() {
        handset.deliver("13800138000", "周末聚餐抽奖，先到先得")
        val screen = open("13800138000")
        screen.all(R.id.more)[0].performClick()
        handset.choose("用文字做规则…")
        val words = dialog.findViewById<TextView>(R.id.words_body)!!
        handset.answer("下一步")
        assertNull(shadowOf(screen).nextStartedActivity)
        Selection.setSelection(words.text as Spannable, 4, 6)
        handset.answer("下一步")
        assertEquals("抽奖", handset.follow<OwnRuleActivity>(screen).intent.getStringExtra("words"))
    }

    @Test
    fun `with two SIMs each message says which`() {
        handset.twoSims()
        handset.deliver("13800138000", MOTHER, slot = 1)
        val screen = open("13800138000")
        assertTrue("${screen.texts()}", screen.texts().any { "卡 2 · 联通" in it && "08:05" in it || "卡 2 · 联通" in it && "8:05" in it })
    }

    @Test
    fun `what cannot be answered has no place to write`() {
        handset.deliver("13800138000", MOTHER)
        handset.sms.db.execSQL("UPDATE sms SET address = 'BANK'")
        val screen = open("BANK")
        assertTrue("这个号码不能回复短信。" in screen.texts())
        assertEquals(0, screen.all(R.id.compose_bar).size)
    }

    @Test
    fun `what was typed is there again after the end of the process, in its conversation alone`() {
        handset.deliver("13800138000", MOTHER)
        handset.deliver("13900139000", MOTHER)
        open("13800138000").type(R.id.words, "好的，我\n八点到")
        handset.end()
        assertTrue("草稿：好的，我\n八点到" in handset.open<MainActivity>().texts())
        assertTrue("好的，我\n八点到" in open("13800138000").texts())
        assertFalse("好的，我\n八点到" in open("13900139000").texts())
    }

    @Test
    fun `a conversation whose permission was taken away says so and does not break`() {
        handset.deliver("13800138000", MOTHER)
        val intent = ThreadActivity.intent(handset.app, thread("13800138000"))
        handset.deny("SEND_SMS")
        assertTrue("还没有发送短信的权限。您写的内容会保留。" in handset.open<ThreadActivity>(intent).texts())
    }

    private fun thread(address: String) =
        handset.sms.db.rawQuery("SELECT thread_id FROM sms WHERE address = ?", arrayOf(address)).use { it.moveToFirst(); it.getLong(0) }

    private fun open(address: String) = handset.open<ThreadActivity>(ThreadActivity.intent(handset.app, thread(address)))

    private fun marking() = handset.app.phone.filter.choosePolicy(Policy.preset(Preset.MARK))

    private fun link(screen: ThreadActivity) {
        val text = screen.all(R.id.text)[0] as TextView
        (text.text as Spanned).getSpans(0, text.length(), ClickableSpan::class.java).single().onClick(text)
    }

    private fun opened(screen: ThreadActivity): Intent {
        val chooser = shadowOf(screen).nextStartedActivity
        assertEquals(Intent.ACTION_CHOOSER, chooser.action)
        @Suppress("DEPRECATION")
        return chooser.getParcelableExtra<Intent>(Intent.EXTRA_INTENT)!!.also { assertEquals(Intent.ACTION_VIEW, it.action) }
    }
}

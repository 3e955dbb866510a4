package org.smsfilter.demo

import android.widget.EditText
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.annotation.Config
import org.smsfilter.Action
import org.smsfilter.AndroidRunner
import org.smsfilter.Category
import org.smsfilter.Message
import org.smsfilter.demo.policy.OwnRuleActivity

@RunWith(AndroidRunner::class)
@Config(sdk = [35])
class OwnRuleTest {
    @get:Rule
    val handset = Handset()

    private val filter get() = handset.app.phone.filter

    private fun intent(words: String = "") = OwnRuleActivity.intent(handset.app, words)

    private fun screen(words: String = ""): OwnRuleActivity = handset.open<OwnRuleActivity>(intent(words)).also { handset.pause() }

    private fun OwnRuleActivity.type(text: String) {
        at<EditText>(R.id.word).setText(text)
        handset.pause()
    }

    @Test
    @Config(sdk = [26, 31, 35])
    fun `from selected words to a rule that moves what it says it would`() {
        handset.deliver("13800138000", "周末去爬山吗？带上帐篷。")
        handset.deliver("13800138000", "明天开会。")
        val screen = screen("爬山，帐篷")
        assertEquals("会命中您最近 2 条短信中的 1 条", screen.text(R.id.hits))
        assertTrue("${screen.texts()}", "周末去爬山吗？带上帐篷。" in screen.texts())
        screen.tap("保存规则")
        handset.settle()
        handset.deliver("13800138000", "帐篷买了，去爬山！")
        assertEquals(Action.QUARANTINE, handset.app.phone.index.get(3)!!.received.action)
        screen.tap("撤销")
        handset.settle()
        handset.deliver("13800138000", "帐篷买了，去爬山！！")
        assertEquals(Action.INBOX, handset.app.phone.index.get(4)!!.received.action)
    }

    @Test
    fun `the count follows the typing, through disguises, and changes nothing`() {
        handset.deliver(STRANGER, "加 V 信 代 开 发 票")
        val screen = screen()
        assertFalse(screen.isShown(R.id.hits))
        screen.type("发票")
        assertEquals("会命中您最近 1 条短信中的 1 条", screen.text(R.id.hits))
        screen.type("发票点")
        assertEquals("会命中您最近 1 条短信中的 0 条", screen.text(R.id.hits))
        assertEquals(emptyList<Any>(), filter.rules())
    }

    @Test
    fun `a rule that could hide a code says so, and one that only lets through does not`() {
        val screen = screen()
        assertTrue("it moves unless the user says otherwise", screen.isShown(R.id.careful))
        for ((choice, isHiding) in listOf(R.id.then_inbox to false, R.id.then_silent to true, R.id.then_mark to false, R.id.then_digest to true)) {
            screen.at<android.view.View>(choice).performClick()
            assertEquals("$choice", isHiding, screen.isShown(R.id.careful))
        }
    }

    @Test
    fun `codes among the hits are warned of`() {
        handset.deliver("106900003333", "【某银行】验证码 482913，五分钟内有效，请勿告诉他人。")
        assertTrue(screen("验证码").text(R.id.problem).contains("1 条是验证码"))
    }

    @Test
    fun `what the hits are is told by the rules in use, installed ones included`() {
        handset.deliver("106900003333", "【某银行】验证码 482913，五分钟内有效，请勿告诉他人。")
        filter.install(bundle("mini.smsb"))
        assertEquals("these rules know no codes", Category.UNKNOWN, filter.receive(Message("106900003333", "【某银行】验证码 482913，五分钟内有效，请勿告诉他人。")).category)
        val screen = screen("验证码")
        assertEquals("会命中您最近 1 条短信中的 1 条", screen.text(R.id.hits))
        assertEquals("", screen.text(R.id.problem))
    }

    @Test
    fun `a word can be changed and taken away`() {
        val screen = screen("爬山 帐篷")
        screen.tap("爬山")
        assertEquals("爬山", screen.text(R.id.word))
        screen.type("露营")
        screen.tap("添加")
        handset.pause()
        screen.tap("保存规则")
        handset.settle()
        assertEquals(listOf("帐篷", "露营"), filter.rules().single().words)
    }

    @Test
    fun `what cannot be a rule is refused with the reason, before and when it is saved`() {
        val many = (1..9).joinToString(" ") { "词语$it" }
        val screen = screen(many)
        assertTrue(screen.text(R.id.problem), screen.text(R.id.problem).startsWith("不能这样设规则："))
        screen.tap("保存规则")
        handset.settle()
        assertTrue(screen.isShown(R.id.problem))
        assertEquals(emptyList<Any>(), filter.rules())
        val empty = screen()
        empty.tap("保存规则")
        assertEquals("先写一个词。", empty.at<EditText>(R.id.word).error)
    }

    @Test
    fun `a rule is deleted, and that can be undone`() {
        screen("爬山").run {
            tap("保存规则")
            handset.settle()
        }
        handset.end()
        val screen = screen()
        screen.tapLabel("删除：“爬山” → 移到拦截箱")
        handset.settle()
        assertEquals(emptyList<Any>(), filter.rules())
        screen.tap("撤销")
        handset.settle()
        assertEquals(listOf("爬山"), filter.rules().single().words)
    }

    @Test
    fun `what was begun is there after the end of the process`() {
        val begun = screen("爬山").apply {
            type("帐篷")
            tap("添加")
            type("露")
        }
        val screen = handset.comeBack(begun)
        assertTrue("${screen.texts()}", listOf("爬山", "帐篷", "露").all { it in screen.texts() })
    }
}

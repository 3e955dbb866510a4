package org.smsfilter.demo.messages

import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.annotation.Config
import org.smsfilter.AndroidRunner
import org.smsfilter.demo.*

@RunWith(AndroidRunner::class)
@Config(sdk = [35])
class CodesAndLinksTest {
    @get:Rule
    val handset = Handset()

    @Test
    fun `the code is found beside the word that announces it`() {
        val cases = mapOf(
            "【试验】您的验证码是 482913，5分钟内有效，请勿泄露。" to "482913",
            "482913（登录验证码），2026年11月21日08:05有效" to "482913",
            "【试验银行】您尾号1234的账户正在转账5000.00元，验证码：998877" to "998877",
            "G-482913 is your verification code." to "482913",
            "Your login code: BBLTQW" to "BBLTQW",
            "动态密码A7K29Q，切勿告知他人" to "A7K29Q",
            "驗證碼為 5521，10 分鐘內有效" to "5521",
            "验证码将在2026年失效" to null,
            "您的包裹 482913 已到" to null,
            "验证码稍后送达，请致电4008123123123" to null,
            "" to null,
        )
        for ((text, code) in cases) assertEquals(text, code, Codes(handset.app).find(text))
    }

    @Test
    fun `a link ends where Chinese begins and its host is what opens`() {
        val cases = mapOf(
            "点击http://etc-rz.example/a查看" to ("http://etc-rz.example/a" to "etc-rz.example"),
            "详见 t.cn/Rab12C。" to ("http://t.cn/Rab12C" to "t.cn"),
            "官网www.shop.com，欢迎" to ("http://www.shop.com" to "www.shop.com"),
            "https://icbc.com.cn@evil.example/login" to ("https://icbc.com.cn@evil.example/login" to "evil.example"),
            "(HTTPS://A.EXAMPLE/x?y=1&z=2)." to ("https://A.EXAMPLE/x?y=1&z=2" to "A.EXAMPLE"),
            "http://evil.example\\@icbc.com.cn/" to ("http://evil.example" to "evil.example"),
        )
        for ((text, link) in cases) assertEquals(text, link, Links.find(text).first().let { it.url.toString() to it.host })
        for (text in listOf("余额1200.10元", "a@b.com", "3.5.1版", "javascript:alert(1)", "No.Abc", "")) assertEquals(text, 0, Links.find(text).size)
        assertTrue(Links.find("http://xn--80ak6aa92e.com/").single().isForeign)
    }

    @Test
    fun `a number is sent to as it is meant, and what is none is refused`() {
        assertEquals("+8613800138000", Outbox.address(" +86 138-0013-8000 "))
        assertEquals("95588", Outbox.address("95588"))
        for (text in listOf("", "妈妈", "12", "1".repeat(21), "13800138000,13900139000", "1380013800a", "+")) assertNull(text, Outbox.address(text))
    }
}

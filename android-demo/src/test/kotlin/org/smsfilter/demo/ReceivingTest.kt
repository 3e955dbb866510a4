package org.smsfilter.demo

import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.annotation.Config
import org.smsfilter.Action
import org.smsfilter.AndroidRunner

@RunWith(AndroidRunner::class)
@Config(sdk = [26, 31, 35])
class ReceivingTest {
    @get:Rule
    val handset = Handset()

    @Test
    fun `a personal message is in the inbox and rings`() {
        handset.deliver("13800138000", "妈，我晚上七点到家，等我吃饭。")
        val screen = handset.open<MainActivity>()
        assertTrue("${screen.texts()}", "妈，我晚上七点到家，等我吃饭。" in screen.texts())
        assertEquals(listOf("personal"), handset.notifications.map { it.channelId })
    }

    @Test
    fun `a fraud is in the spam box and in no inbox`() {
        handset.deliver("13800138000", FRAUD)
        assertEquals(listOf(FRAUD), handset.stored())
        assertEquals(1, handset.app.phone.index.count(Action.QUARANTINE))
        val screen = handset.open<MainActivity>()
        assertTrue("还没有信息" in screen.texts())
        screen.tap("拦截箱")
        handset.settle()
        assertTrue("${screen.texts()}", FRAUD in screen.texts())
    }
}

/** What the national rules call a phishing message of a stranger. */
const val FRAUD = "【ETC】您的ETC已失效，请于今日点击 http://etc-rz.example/a 重新认证，逾期将停用。"

package org.smsfilter.demo

import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.annotation.Config
import org.smsfilter.AndroidRunner

@RunWith(AndroidRunner::class)
@Config(sdk = [35])
class ScreensTest {
    @get:Rule
    val handset = Handset()

    @Test
    fun inbox() {
        handset.deliver("13800138000", "妈，我晚上七点到家，等我吃饭。")
        handset.deliver("95588", "【工商银行】您尾号1234的卡于11月21日08:05消费35.00元，余额1200.10元。")
        handset.deliver("106900001111", "【试验商城】会员日全场五折，满200减100，退订回TD")
        handset.deliver("13900139000", FRAUD)
        val screen = handset.open<MainActivity>()
        screen.shoot("inbox")
        screen.tap("拦截箱")
        handset.settle()
        screen.shoot("spam-box")
    }
}

package org.smsfilter.demo

import android.Manifest.permission.SEND_SMS
import android.app.Activity
import android.app.PendingIntent
import android.app.job.JobScheduler
import android.content.Intent
import android.telephony.SmsManager
import android.widget.Button
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import org.robolectric.shadows.ShadowSystemClock
import org.smsfilter.AndroidRunner
import org.smsfilter.ReportState
import org.smsfilter.demo.report.LedgerActivity
import org.smsfilter.demo.report.ReportActivity
import org.smsfilter.demo.report.ReportJob
import org.smsfilter.demo.report.Reporter
import org.smsfilter.demo.report.SentReceiver
import java.time.Duration

@RunWith(AndroidRunner::class)
@Config(sdk = [26, 31, 35])
class ReportingTest {
    @get:Rule
    val handset = Handset()
    private val reports get() = handset.app.phone.index.reports
    private fun last() = reports.page().first()

    @Test
    fun `a report shows text, recipient, SIM, parts and cost, and one tap sends just that`() {
        val screen = handset.reportScreen()
        val texts = screen.texts()
        for (line in listOf("$PORT*$ADVERT", "发往：10086999", "用卡：卡 1 · 移动", "长度：1 条短信", "费用：免费（据公开资料）")) {
            assertTrue("$line in $texts", line in texts)
        }
        assertNull("nothing goes before the tap", handset.handedOver())
        screen.tap("发送举报")
        handset.settle()
        val out = checkNotNull(handset.handedOver())
        assertEquals("10086999" to listOf("$PORT*$ADVERT"), out.destinationAddress to out.parts)
        assertTrue("${screen.texts()}", "正在发送" in screen.texts())
        handset.reportSent()
        assertEquals(ReportState.SENT, last().state)
        assertTrue("${screen.texts()}", "已发送，等待答复" in screen.texts())
        assertFalse("it cannot be sent twice", "发送举报" in screen.texts())
    }

    @Test
    fun `results come back by explicit immutable intents to a receiver that nobody else reaches`() {
        handset.reportScreen().tap("发送举报")
        handset.settle()
        val result = shadowOf(checkNotNull(handset.handedOver()).sentIntents.single())
        assertEquals(SentReceiver::class.java.name, result.savedIntent.component?.className)
        assertEquals(PendingIntent.FLAG_IMMUTABLE, result.flags and PendingIntent.FLAG_IMMUTABLE)
        val receivers = handset.app.packageManager.getPackageInfo(handset.app.packageName, android.content.pm.PackageManager.GET_RECEIVERS).receivers
        assertFalse(receivers!!.single { it.name == SentReceiver::class.java.name }.exported)
    }

    @Test
    fun `the SIM that received the message sends the report`() {
        handset.sims("00", "01")
        handset.deliver(PORT, ADVERT, slot = 1)
        val screen = handset.open<ReportActivity>(ReportActivity.intent(handset.app, handset.latest()))
        assertTrue("${screen.texts()}", "用卡：卡 2 · 联通" in screen.texts())
        screen.tap("发送举报")
        handset.settle()
        assertEquals("10010", handset.handedOver(2)?.destinationAddress)
        assertNull(handset.handedOver(1))
    }

    @Test
    fun `verbatim and masked are apart, and the masked one alone has no number`() {
        val screen = handset.reportScreen("【试验商城】客服13812345678，会员日全场五折，退订回TD")
        val (verbatim, masked) = listOf(R.id.verbatim, R.id.masked).map { screen.at<android.widget.TextView>(it).text.toString() }
        assertTrue(verbatim, "13812345678" in verbatim)
        assertFalse(masked, "13812345678" in masked)
        screen.tap("分享脱敏文本")
        val chooser = shadowOf(screen).nextStartedActivity
        assertEquals(Intent.ACTION_CHOOSER, chooser.action)
        @Suppress("DEPRECATION")
        val send = chooser.getParcelableExtra<Intent>(Intent.EXTRA_INTENT)!!
        assertEquals(masked, send.getStringExtra(Intent.EXTRA_TEXT))
        assertNull("no target is chosen for the user", send.component ?: send.`package`)
    }

    @Test
    fun `a one-time code is refused until the user confirms a second time`() {
        val screen = handset.reportScreen(CODE)
        assertTrue("${screen.texts()}", screen.texts().any { "验证码" in it && "登录您的账号" in it })
        assertFalse("发送举报" in screen.texts())
        assertFalse("the code is not shown to be sent", screen.texts().any { "482913" in it })
        screen.tap("仍要举报")
        handset.settle()
        screen.tap("发送举报")
        handset.settle()
        assertEquals(listOf("$PORT*$CODE"), handset.handedOver()?.parts)
    }

    @Test
    fun `not to report a code is the first answer, and sends nothing`() {
        val screen = handset.reportScreen(CODE)
        assertTrue("${screen.texts()}", screen.texts().run { indexOf("不举报") in 0 until indexOf("仍要举报") })
        screen.tap("不举报")
        handset.settle()
        assertTrue(screen.isFinishing)
        assertEquals(emptyList<Any>(), handset.app.phone.index.reports.page())
        assertFalse("only a code is asked about like that", "不举报" in handset.reportScreen().texts())
    }

    @Test
    fun `fraud goes to 12321 by the share sheet, and counts once the user says so`() {
        val screen = handset.reportScreen(FRAUD, "13800138000")
        assertTrue("${screen.texts()}", "费用：不发短信，没有短信费" in screen.texts())
        screen.tap("分享去举报")
        handset.settle()
        assertEquals(Intent.ACTION_CHOOSER, shadowOf(screen).nextStartedActivity.action)
        assertEquals(ReportState.PREVIEWED, last().state)
        handset.end()
        val again = handset.open<ReportActivity>(ReportActivity.intent(handset.app, handset.latest()))
        again.tap("我已提交")
        handset.settle()
        assertEquals(ReportState.SENT, last().state)
        assertTrue("${again.texts()}", "您已提交" in again.texts())
        assertNull("no SMS went", handset.handedOver())
    }

    @Test
    fun `the user may choose another channel that fits, and no other operator's`() {
        val screen = handset.reportScreen(FRAUD, "13800138000")
        assertFalse("${screen.texts()}", "中国联通 10010" in screen.texts())
        screen.tap("中国移动 10086999")
        handset.settle()
        assertTrue("发往：10086999" in screen.texts())
        screen.tap("发送举报")
        handset.settle()
        assertEquals("10086999", handset.handedOver()?.destinationAddress)
    }

    @Test
    fun `what fails says so and is tried again, and can be taken back as nothing went`() {
        val screen = handset.reportScreen()
        screen.tap("发送举报")
        handset.settle()
        handset.reportSent(SmsManager.RESULT_ERROR_NO_SERVICE)
        assertTrue("${screen.texts()}", "发送失败" in screen.texts())
        handset.handOverNothing()
        screen.tap("再试一次")
        handset.settle()
        handset.reportSent(SmsManager.RESULT_ERROR_RADIO_OFF)
        assertEquals(2, last().failures)
        screen.tap("撤回举报")
        handset.settle()
        assertEquals(ReportState.UNDONE, last().state)
        assertTrue(screen.isFinishing)
    }

    @Test
    fun `a long report counts once all parts answered, and half of it is not sent again by itself`() {
        val screen = handset.reportScreen("【试验商城】" + "会员日全场五折，满200减100。".repeat(10) + "退订回TD")
        screen.tap("发送举报")
        handset.settle()
        val parts = checkNotNull(handset.handedOver()).sentIntents
        assertTrue(parts.size > 1)
        parts.dropLast(1).forEach { handset.report(it, Activity.RESULT_OK) }
        assertNotNull("it waits for the last part", last().underWay)
        handset.end()
        handset.report(parts.last(), SmsManager.RESULT_ERROR_GENERIC_FAILURE)
        assertEquals(ReportState.FAILED to true, last().let { it.state to it.partly })
    }

    @Test
    fun `what was confirmed goes out after the process ended, by the job, and once`() {
        val screen = handset.reportScreen()
        handset.deny("SEND_SMS")
        // The process ends between the user's word and the sending.
        val report = handset.app.phone.ledgers.run { begin(handset.latest(), draftReport(handset.app.phone.store.get(handset.latest())!!.message), NOW) }
        handset.app.phone.ledgers.on(report.id, org.smsfilter.ReportEvent.PREVIEWED, NOW)
        handset.app.phone.ledgers.queue(report.id, 1)
        screen.finish()
        handset.end()
        shadowOf(handset.app as android.app.Application).grantPermissions(SEND_SMS)
        Robolectric.buildService(ReportJob::class.java).create().get().onStartJob(null)
        handset.settle()
        assertEquals("10086999", handset.handedOver()?.destinationAddress)
        handset.handOverNothing()
        Robolectric.buildService(ReportJob::class.java).create().get().onStartJob(null)
        handset.settle()
        assertNull(handset.handedOver())
    }

    @Test
    fun `more reports than Android likes wait for their turn, planned on disk`() {
        val long = "【试验商城】" + "会员日全场五折，满200减100。".repeat(20) + "退订回TD"
        repeat(5) {
            handset.reportScreen("$it$long").tap("发送举报")
            handset.settle()
        }
        val waiting = reports.page().filter { it.underWay == null }
        assertTrue("some wait: ${waiting.size}", waiting.isNotEmpty())
        val jobs = checkNotNull(handset.app.getSystemService(JobScheduler::class.java)).allPendingJobs.filter { it.id == Reporter.JOB }
        assertEquals(1, jobs.size)
        assertTrue(jobs.single().isPersisted && jobs.single().minLatencyMillis <= 65_000)
        val ledger = handset.open<LedgerActivity>()
        assertTrue("${ledger.texts()}", "排队等待发送" in ledger.texts())
        // What waits can still be taken back.
        val regretted = handset.open<ReportActivity>(ReportActivity.intent(handset.app, waiting.first().message, waiting.first().id))
        regretted.tap("撤回举报")
        handset.settle()
        assertTrue("已撤回" in handset.open<LedgerActivity>().texts())
        ShadowSystemClock.advanceBy(Duration.ofSeconds(70))
        Robolectric.buildService(ReportJob::class.java).create().get().onStartJob(null)
        handset.settle()
        assertTrue("more went", reports.page().count { it.underWay == null && it.state != ReportState.UNDONE } < waiting.size - 1 || waiting.size == 1)
        assertEquals("what was taken back never goes", ReportState.UNDONE, reports.get(waiting.first().id)?.state)
    }

    @Test
    fun `7726 asks, the user confirms the second step, and its answer closes`() {
        handset.sims("00")
        shadowOf(handset.app.getSystemService(android.telephony.SubscriptionManager::class.java)).setActiveSubscriptionInfoList(
            listOf(
                org.robolectric.shadows.ShadowSubscriptionManager.SubscriptionInfoBuilder.newBuilder().setId(1).setSimSlotIndex(0)
                    .setDisplayName("Abroad").setMcc("310").setMnc("26").buildSubscriptionInfo(),
            ),
        )
        handset.deliver("13800138000", FRAUD)
        val message = handset.latest()
        handset.open<ReportActivity>(ReportActivity.intent(handset.app, message)).tap("发送举报")
        handset.settle()
        assertEquals("7726" to listOf(FRAUD), handset.handedOver()?.let { it.destinationAddress to it.parts })
        handset.reportSent()
        handset.handOverNothing()
        handset.deliver("7726", "Thanks. Please reply with the number of the sender.")
        assertNull("nothing goes by itself", handset.handedOver())
        assertEquals("told once", 1, handset.notifications.count { it.extras.getString("android.text") == "7726 在询问发送号码" })
        val ledger = handset.open<LedgerActivity>()
        assertTrue("${ledger.texts()}", "7726 在询问发送号码" in ledger.texts())
        ledger.tapRow(R.id.list, 0)
        val screen = handset.follow<ReportActivity>(ledger)
        assertEquals("13800138000", screen.at<android.widget.TextView>(R.id.verbatim).text.toString())
        screen.tap("发送第二步")
        handset.settle()
        assertEquals(listOf("13800138000"), handset.handedOver()?.parts)
        handset.reportSent()
        handset.deliver("7726", "Thank you for your report.")
        assertEquals(ReportState.ANSWERED, last().state)
    }

    @Test
    fun `without the permission, without the SIM or without the message nothing is sent and the reason is told`() {
        val screen = handset.reportScreen()
        handset.deny("SEND_SMS")
        screen.recreate()
        handset.settle()
        val denied = handset.open<ReportActivity>(ReportActivity.intent(handset.app, handset.latest()))
        assertTrue("${denied.texts()}", denied.texts().any { "请先设为默认短信应用" in it })
        assertFalse("发送举报" in denied.texts())
        shadowOf(handset.app as android.app.Application).grantPermissions(SEND_SMS)
        shadowOf(handset.app.getSystemService(android.telephony.SubscriptionManager::class.java)).setActiveSubscriptionInfoList(
            listOf(
                org.robolectric.shadows.ShadowSubscriptionManager.SubscriptionInfoBuilder.newBuilder().setId(9).setSimSlotIndex(0)
                    .setDisplayName("新卡").setMcc("460").setMnc("00").buildSubscriptionInfo(),
            ),
        )
        val gone = handset.open<ReportActivity>(ReportActivity.intent(handset.app, handset.latest()))
        gone.tap("12321 中心（短信）".takeIf { it in gone.texts() } ?: "12321 中心（网站或应用）")
        handset.settle()
        assertFalse("${gone.texts()}", "发送举报" in gone.texts())
        val none = handset.open<ReportActivity>(ReportActivity.intent(handset.app, 4711))
        assertTrue("${none.texts()}", "原短信已删除。" in none.texts())
        assertNull(handset.handedOver())
        assertEquals(emptyList<Any>(), reports.page())
    }

    @Test
    fun `a spam of the inbox that is reported counts as missed, and a moved one does not`() {
        handset.reportScreen("周末有空一起吃饭吗", "13900139000").tap("发送举报")
        handset.settle()
        val day = handset.app.phone.index.effects.between(0, Long.MAX_VALUE)
        assertEquals(1, day.sumOf { it.missed })
        handset.reportScreen(FRAUD, "13800138000").tap("分享去举报")
        handset.settle()
        assertEquals(1, handset.app.phone.index.effects.between(0, Long.MAX_VALUE).sumOf { it.missed })
    }

    @Test
    fun `the choice and the second confirmation survive a rotation`() {
        val screen = handset.reportScreen(CODE)
        screen.tap("仍要举报")
        handset.settle()
        screen.tap("12321 中心（短信）")
        handset.settle()
        val controller = Robolectric.buildActivity(ReportActivity::class.java, screen.intent)
        val state = android.os.Bundle()
        android.app.Instrumentation().callActivityOnSaveInstanceState(screen, state)
        controller.setup(state)
        handset.settle()
        val again = controller.get()
        assertTrue("${again.texts()}", "发往：12321" in again.texts())
        assertTrue(again.at<Button>(R.id.send).isShown)
        controller.close()
    }

    @Test
    fun `closed reports are cleared from the ledger, open ones stay`() {
        val screen = handset.reportScreen()
        screen.tap("发送举报")
        handset.settle()
        handset.reportSent()
        handset.reportScreen("【试验小贷】低息贷款，额度20万，回T退订", "106900002222").tap("发送举报")
        handset.settle()
        val first = reports.page().last()
        handset.app.phone.ledgers.on(first.id, org.smsfilter.ReportEvent.ANSWERED, NOW)
        handset.now += MINUTE
        val ledger = handset.open<LedgerActivity>()
        assertTrue("${ledger.texts()}", "已答复，已结束" in ledger.texts())
        handset.choose(ledger, ledger.getString(R.string.forget_closed))
        handset.agree()
        assertFalse("${ledger.texts()}", "已答复，已结束" in ledger.texts())
        assertEquals(1, reports.page().size)
    }
}

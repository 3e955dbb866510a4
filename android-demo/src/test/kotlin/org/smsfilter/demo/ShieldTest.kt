package org.smsfilter.demo

import android.Manifest.permission.READ_CONTACTS
import android.app.Activity
import android.app.NotificationManager
import android.content.Intent
import android.provider.Settings
import java.io.ByteArrayOutputStream
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import org.smsfilter.Action
import org.smsfilter.AndroidRunner
import org.smsfilter.demo.messages.Drafts
import org.smsfilter.demo.policy.PresetsActivity
import org.smsfilter.demo.report.LedgerActivity
import org.smsfilter.demo.shield.DiagnosticsActivity
import org.smsfilter.demo.shield.EffectActivity
import org.smsfilter.demo.shield.PrivacyActivity
import org.smsfilter.demo.shield.RoleActivity
import org.smsfilter.demo.shield.RulesActivity
import org.smsfilter.demo.view.WeekChart

@RunWith(AndroidRunner::class)
@Config(sdk = [26, 31, 35])
class ShieldTest {
    @get:Rule
    val handset = Handset()
    private val filter get() = handset.app.phone.filter

    private fun Activity.answer(request: Int, uri: android.net.Uri?) {
        val intent = checkNotNull(shadowOf(this).nextStartedActivityForResult) { "nothing was asked" }
        assertEquals(request, intent.requestCode)
        shadowOf(this).receiveResult(intent.intent, if (uri == null) Activity.RESULT_CANCELED else Activity.RESULT_OK, uri?.let { Intent().setData(it) })
        handset.settle()
    }

    @Test
    fun `the card is calm when all is well, and its numbers are those of the week`() {
        val screen = handset.shieldScreen()
        assertTrue("${screen.texts()}", "一切正常" in screen.texts())
        assertEquals("1", screen.at<android.widget.TextView>(R.id.caught).text.toString())
        assertTrue(screen.at<android.view.View>(R.id.numbers).contentDescription.contains("过滤 1 条"))
    }

    @Test
    fun `the card says what is missing, with the one button that mends it`() {
        val screen = handset.shieldNeedsScreen()
        assertTrue("${screen.texts()}", "默认短信应用" in screen.texts())
        screen.tap("设为默认短信应用")
        handset.follow<RoleActivity>(screen)
    }

    @Test
    fun `each row leads where it says`() {
        val screen = handset.shieldScreen()
        screen.tap("过滤强度")
        handset.follow<PresetsActivity>(screen)
        screen.tap("举报与退订记录")
        handset.follow<LedgerActivity>(screen)
        screen.tap("过滤效果")
        handset.follow<EffectActivity>(screen)
        screen.tap("规则包")
        handset.follow<RulesActivity>(screen)
        screen.tap("诊断")
        handset.follow<DiagnosticsActivity>(screen)
        screen.tap("隐私")
        handset.follow<PrivacyActivity>(screen)
    }

    @Test
    fun `a bundle from a file is installed, labelled as a trial, and still there after the process ended`() {
        val screen = handset.open<RulesActivity>()
        assertTrue("${screen.texts()}", "应用自带规则" in screen.texts())
        screen.tap("选择文件")
        screen.answer(1, handset.document(bundle("mini.smsb")))
        assertTrue("${screen.texts()}", screen.texts().any { it.startsWith("已安装：") })
        val before = filter.layers()
        assertEquals(1, before.size)
        handset.end()
        val again = handset.open<RulesActivity>()
        assertEquals(before, filter.layers())
        assertTrue("${again.texts()}", "任何人都能签名，仅供试用" in again.texts())
        assertTrue("${again.texts()}", again.texts().any { "版本：${before.single().seq}" in it && "签名密钥：${before.single().signers.first().take(12)}" in it })
    }

    @Test
    fun `what is no bundle, is damaged or too large is refused with the reason and nothing changes`() {
        val sound = bundle("mini.smsb")
        for (bytes in listOf("hello".toByteArray(), sound.copyOf().also { it[it.size / 2] = (it[it.size / 2] + 1).toByte() }, ByteArray((16 shl 20) + 1))) {
            val screen = handset.open<RulesActivity>()
            screen.tap("选择文件")
            screen.answer(1, handset.document(bytes))
            assertTrue("${screen.texts()}", screen.texts().any { it.startsWith("没有改变：") })
            assertEquals(0, filter.layers().size)
            assertTrue(screen.at<android.view.View>(R.id.install).isEnabled)
        }
        val screen = handset.open<RulesActivity>()
        screen.tap("选择文件")
        screen.answer(1, android.net.Uri.parse("content://nowhere/1"))
        assertTrue("${screen.texts()}", screen.texts().any { it.startsWith("没有改变：") })
        screen.tap("选择文件")
        screen.answer(1, null)
        assertEquals(0, filter.layers().size)
    }

    @Test
    fun `a layer is removed after a question`() {
        val screen = handset.rulesScreen()
        screen.tap("移除")
        assertEquals("nothing before the answer", 1, filter.layers().size)
        handset.agree()
        assertEquals(0, filter.layers().size)
        assertTrue("${screen.texts()}", "应用自带规则" in screen.texts())
    }

    @Test
    fun `rules that judged messages are kept for good`() {
        filter.install(bundle("mini.smsb"))
        repeat(5) {
            handset.end()
            handset.deliver("13800138000", "你好$it")
        }
        assertEquals(emptyList<String>(), filter.health(NOW).map { it.code }.filter { it == "given-up" })
        assertEquals(1, filter.layers().size)
    }

    @Test
    fun `the chart says its numbers, the table shows them, and weeks go back and forth`() {
        val screen = handset.effectScreen()
        assertTrue("${screen.texts()}", "过滤 9 条，恢复 1 条，漏过 1 条" in screen.texts())
        val words = screen.at<WeekChart>(R.id.chart).contentDescription.toString()
        assertEquals(7, words.lines().size)
        assertTrue(words, words.lines()[3].endsWith("过滤 3 条，恢复 1 条，漏过 1 条"))
        assertFalse(screen.at<android.view.View>(R.id.later).isEnabled)
        screen.tap("上一周")
        handset.settle()
        assertTrue("${screen.texts()}", "这一周没有记录。" in screen.texts())
        val state = android.os.Bundle()
        android.app.Instrumentation().callActivityOnSaveInstanceState(screen, state)
        val again = org.robolectric.Robolectric.buildActivity(EffectActivity::class.java).setup(state)
        handset.settle()
        assertTrue("the week stays", "这一周没有记录。" in again.get().texts())
        again.get().tap("下一周")
        handset.settle()
        assertTrue("过滤 9 条，恢复 1 条，漏过 1 条" in again.get().texts())
        again.close()
    }

    @Test
    fun `diagnostics tells each thing, and what mends it`() {
        handset.default(false)
        handset.deny("READ_CONTACTS")
        shadowOf(handset.app.getSystemService(NotificationManager::class.java)).setNotificationsEnabled(false)
        val screen = handset.open<DiagnosticsActivity>()
        val texts = screen.texts()
        for (title in listOf("默认短信应用", "规则", "自检", "通知", "通知类别", "通讯录", "手机卡信息", "电池优化")) assertTrue("$title in $texts", title in texts)
        assertTrue("the phone's own code protection is named", texts.any { "验证码安全保护" in it })
        assertTrue("$texts", "通知已关闭，来短信时没有提示。" in texts)
        screen.tap("打开电池设置")
        assertEquals(Settings.ACTION_IGNORE_BATTERY_OPTIMIZATION_SETTINGS, shadowOf(screen).nextStartedActivity.action)
        screen.tap("允许")
        assertEquals(READ_CONTACTS, shadowOf(screen).lastRequestedPermission.requestedPermissions.single())
    }

    @Test
    fun `the self-test shows a fraud and a harmless message with what the filter says`() {
        val screen = handset.diagnosticsScreen()
        val result = screen.at<android.widget.TextView>(R.id.test_result).text.toString()
        assertEquals(result, 2, "✓".toRegex().findAll(result).count())
        assertTrue(result, FRAUD in result)
        assertEquals("nothing is stored", 0, handset.app.phone.index.count())
    }

    @Test
    fun `wiping asks first, says what stays, and loses no message`() {
        handset.reportScreen().tap("发送举报")
        handset.deliver("13900139000", FRAUD)
        val stored = handset.stored()
        val screen = handset.open<DiagnosticsActivity>()
        screen.tap("清除过滤记录")
        assertTrue(asked, asked.startsWith("拦截箱里的短信（包括诈骗）会回到收件箱") && "保留：短信、过滤设置" in asked)
        assertNotEquals(0, handset.app.phone.index.count())
        handset.agree()
        assertEquals(0, handset.app.phone.index.count())
        assertEquals(emptyList<Any>(), handset.app.phone.index.reports.page())
        assertEquals(stored, handset.stored())
        handset.end()
        assertEquals("after a new start, too", 0, handset.app.phone.index.count(Action.QUARANTINE))
    }

    @Test
    fun `wiping leaves no draft and no opt-out under way`() {
        Drafts(handset.app)[1] = "还没写完"
        handset.unsubscribeScreen().tap("发送退订")
        handset.settle()
        handset.open<DiagnosticsActivity>().tap("清除过滤记录")
        assertTrue(asked, "草稿" in asked)
        handset.agree()
        assertEquals(emptyMap<Long, String>(), Drafts(handset.app).all())
        handset.end()
        handset.sms.db.execSQL("UPDATE sms SET type = 2 WHERE type = 4")
        handset.open<MainActivity>()
        assertEquals(emptyList<Any>(), handset.app.phone.index.consents.page().filter { it.askedAt != null })
    }

    @Test
    fun `the export says first what is in it, and writes to the chosen document`() {
        handset.deliver("13900139000", FRAUD)
        val out = ByteArrayOutputStream()
        val uri = android.net.Uri.parse("content://documents/export")
        shadowOf(handset.app.contentResolver).registerOutputStream(uri, out)
        val screen = handset.open<DiagnosticsActivity>()
        screen.tap("导出记录")
        assertTrue("不含短信内容" in asked)
        assertNull(shadowOf(screen).peekNextStartedActivityForResult())
        handset.agree()
        screen.answer(1, uri)
        assertTrue("${screen.texts()}", "已导出" in screen.texts())
        assertTrue("$out", "\"message\"" in "$out" && FRAUD !in "$out" && "13900139000" !in "$out")
    }
}

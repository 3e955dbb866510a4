package org.smsfilter.demo

import android.content.ContentProvider
import android.content.ContentValues
import android.database.Cursor
import android.net.Uri
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.annotation.Config
import org.smsfilter.AndroidRunner
import org.smsfilter.Policy
import org.smsfilter.Preset
import org.smsfilter.demo.policy.History
import org.smsfilter.demo.policy.PresetsActivity
import org.smsfilter.demo.policy.Stop

@RunWith(AndroidRunner::class)
@Config(sdk = [35])
class PresetsTest {
    @get:Rule
    val handset = Handset()

    private fun screen(): PresetsActivity = handset.open(PresetsActivity.intent(handset.app))

    private val policy get() = handset.app.phone.filter.policy()

    private fun history() {
        handset.deliver("13800138000", "妈，我晚上七点到家，等我吃饭。")
        handset.deliver("106900003333", "【某银行】验证码 482913，五分钟内有效，请勿告诉他人。")
        for (end in listOf("", "!", "!!")) handset.deliver(STRANGER, FRAUD + end)
        handset.deliver("106900001111", ADVERT)
    }

    @Test
    @Config(sdk = [26, 31, 35])
    fun `each preset is tried on the messages of this phone`() {
        history()
        val screen = screen()
        val said = screen.texts().filter { it.startsWith("在您最近的 6 条短信中：") }
        assertEquals("${screen.texts()}", 4, said.size)
        assertTrue(said[0], "会移走 3 条，没有验证码和银行通知" in said[0] && "1 条留到每日汇总" in said[0])
        assertTrue("nothing is moved when all is off", said.any { "一条也不会变动" in it })
        assertEquals("nothing is chosen by that", Policy.preset(Preset.STANDARD), policy)
    }

    @Test
    fun `examples are shown when they are asked for`() {
        history()
        val screen = screen()
        assertFalse(FRAUD in screen.texts())
        screen.tap("看看是哪些")
        assertTrue("${screen.texts()}", FRAUD in screen.texts())
    }

    @Test
    fun `a preset is chosen, and that can be undone`() {
        val screen = screen()
        screen.tap("选用“严格”")
        handset.settle()
        assertEquals(Policy.preset(Preset.STRICT), policy)
        assertTrue("正在使用" in screen.texts() && "完成" in screen.texts())
        screen.tap("撤销")
        handset.settle()
        assertEquals(Policy.preset(Preset.STANDARD), policy)
        assertFalse("完成" in screen.texts())
    }

    @Test
    fun `without messages there is nothing to try it on, and it can be chosen all the same`() {
        val screen = screen()
        assertEquals("said once", 1, screen.texts().count { it == "手机里还没有短信可以试算。" })
        screen.tap("选用“关闭”")
        handset.settle()
        assertEquals(Policy.preset(Preset.OFF), policy)
    }

    @Test
    fun `what cannot be tried or chosen is told`() {
        handset.app.phone.filter.close()
        val screen = screen()
        assertTrue("${screen.texts()}", screen.texts().any { it.startsWith("没能试算") || it.startsWith("现在没能试算") })
    }

    @Test
    fun `without the permission to read it says so, and it can be chosen all the same`() {
        history()
        Robolectric.setupContentProvider(Denied::class.java, "sms")
        val screen = screen()
        assertEquals(4, screen.texts().count { it.startsWith("没有读取短信的权限") })
        screen.tap("选用“只加标签”")
        handset.settle()
        assertEquals(Policy.preset(Preset.MARK), policy)
    }

    @Test
    fun `settings of one's own are not replaced without a word`() {
        handset.app.phone.filter.choosePolicy(Policy("mine"))
        assertTrue(screen().isShown(R.id.own))
    }

    @Test
    fun `whoever leaves is not waited for`() {
        history()
        val stop = Stop()
        val read = History(handset.app, stop).iterator()
        read.next()
        stop.ask()
        assertTrue(runCatching { read.next() }.exceptionOrNull() is Stop.Stopped)
        assertEquals("only the latest count", 2, History(handset.app, Stop(), most = 2).count())
    }

    @Test
    fun `it comes back after the end of the process`() {
        history()
        val chosen = screen().apply {
            tap("看看是哪些")
            tap("选用“严格”")
            handset.settle()
        }
        val screen = handset.comeBack(chosen)
        assertEquals(Policy.preset(Preset.STRICT), policy)
        assertTrue("${screen.texts()}", FRAUD in screen.texts() && "完成" in screen.texts())
    }
}

/** A store that may not be read. */
class Denied : ContentProvider() {
    override fun onCreate(): Boolean = true

    override fun query(uri: Uri, columns: Array<String>?, where: String?, args: Array<String>?, order: String?): Cursor =
        throw SecurityException("no READ_SMS")

    override fun insert(uri: Uri, values: ContentValues?): Uri? = null

    override fun update(uri: Uri, values: ContentValues?, where: String?, args: Array<String>?): Int = 0

    override fun delete(uri: Uri, where: String?, args: Array<String>?): Int = 0

    override fun getType(uri: Uri): String? = null
}

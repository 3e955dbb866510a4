package org.smsfilter.demo.messages

import android.app.Activity
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.Config
import org.smsfilter.AndroidRunner
import org.smsfilter.demo.Handset
import org.smsfilter.demo.shoot

/** Pictures of the screens, to be looked at. */
@RunWith(AndroidRunner::class)
@Config(sdk = [35])
class MessagesScreensTest {
    @get:Rule
    val handset = Handset()

    private val screens: Map<String, Handset.() -> Activity> = mapOf(
        "inbox" to { inboxScreen() },
        "inbox-empty" to { emptyInboxScreen() },
        "inbox-no-role" to { inboxWithoutRoleScreen() },
        "thread" to { threadScreen() },
        "thread-code" to { codeScreen() },
        "thread-suspect" to { suspectScreen() },
        "thread-unknown" to { unknownScreen() },
        "compose" to { composeScreen() },
        "search" to { searchScreen() },
        "search-nothing" to { searchScreen("没有的") },
    )

    @Test fun inbox() = shoot("inbox")

    @Test fun `inbox empty`() = shoot("inbox-empty")

    @Test fun `inbox without the role`() = shoot("inbox-no-role")

    @Test fun thread() = shoot("thread")

    @Test fun `thread with a code`() = shoot("thread-code")

    @Test fun `thread with a suspect message`() = shoot("thread-suspect")

    @Test fun `thread with something unknown`() = shoot("thread-unknown")

    @Test fun compose() = shoot("compose")

    @Test fun search() = shoot("search")

    @Test fun `search that finds nothing`() = shoot("search-nothing")

    @Test
    @Config(qualifiers = "+night")
    fun `thread by night`() = shoot("thread", "-night")

    @Test
    @Config(qualifiers = "+night")
    fun `inbox by night`() = shoot("inbox", "-night")

    @Test
    @Config(qualifiers = "w320dp-h640dp")
    fun `thread in large type on a small phone`() = shootLarge("thread")

    @Test
    @Config(qualifiers = "w320dp-h640dp")
    fun `suspect in large type on a small phone`() = shootLarge("thread-suspect")

    @Test
    @Config(qualifiers = "w320dp-h640dp")
    fun `inbox in large type on a small phone`() = shootLarge("inbox-no-role")

    @Test
    @Config(qualifiers = "w320dp-h640dp")
    fun `compose in large type on a small phone`() = shootLarge("compose")

    @Test
    @Config(qualifiers = "en-rUS-w360dp-h720dp-xhdpi")
    fun `thread in English`() = shoot("thread", "-en")

    @Test
    @Config(qualifiers = "en-rUS-w360dp-h720dp-xhdpi")
    fun `inbox in English`() = shoot("inbox-no-role", "-en")

    private fun shootLarge(name: String) {
        RuntimeEnvironment.setFontScale(2f)
        shoot(name, "-large")
    }

    private fun shoot(name: String, variant: String = "") {
        screens.getValue(name)(handset).shoot("messages/$name$variant")
    }
}

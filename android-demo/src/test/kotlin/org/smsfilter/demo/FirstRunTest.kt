package org.smsfilter.demo

import android.app.Activity
import android.app.Notification
import android.content.Intent
import android.os.Build
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import org.smsfilter.Action
import org.smsfilter.AndroidRunner
import org.smsfilter.demo.policy.PresetsActivity
import org.smsfilter.demo.receive.Arrival
import org.smsfilter.demo.shield.FirstRun
import org.smsfilter.demo.shield.PrivacyActivity
import org.smsfilter.demo.shield.Role
import org.smsfilter.demo.shield.RoleActivity

@RunWith(AndroidRunner::class)
@Config(sdk = [26, 31, 35])
class FirstRunTest {
    @get:Rule
    val handset = Handset()

    @Before
    fun new() {
        handset.app.getSharedPreferences("first_run", Activity.MODE_PRIVATE).edit().clear().commit()
        handset.default(false)
    }

    @Test
    fun `the beginning leads from privacy over the role to the presets, once`() {
        val start = handset.open<MainActivity>()
        assertTrue(start.isFinishing)
        val privacy = handset.follow<PrivacyActivity>(start)
        privacy.tap("同意并继续")
        val main = handset.follow<MainActivity>(privacy)
        val role = handset.follow<RoleActivity>(main)
        role.tap("以后再说")
        assertTrue(role.isFinishing)
        handset.end()
        // The process ended meanwhile: the next step is the next, none is asked twice.
        val second = handset.open<MainActivity>()
        handset.follow<PresetsActivity>(second)
        assertNull(shadowOf(handset.open<MainActivity>()).nextStartedActivity)
    }

    @Test
    fun `who does not agree is not filtered, and loses nothing`() {
        handset.deliver("13900139000", FRAUD)
        assertEquals(listOf(FRAUD), handset.stored())
        assertEquals(listOf(FRAUD), handset.notifications.map { it.extras.getString(Notification.EXTRA_TEXT) })
        val screen = handset.follow<PrivacyActivity>(handset.open<MainActivity>())
        assertFalse(java.io.File(handset.app.noBackupFilesDir, "smsfilter.db").exists())
        screen.tap("暂不同意")
        assertTrue(screen.isFinishing)
        assertFalse(FirstRun(handset.app).isAgreed)
    }

    @Test
    fun `what came before the agreement is never judged afterwards`() {
        handset.deliver("13900139000", FRAUD)
        handset.now += MINUTE
        FirstRun(handset.app).agreedAt = handset.now
        Arrival.start(handset.app)
        handset.settle()
        assertEquals(0, handset.app.phone.index.count())
        handset.deliver("13900139001", FRAUD)
        assertEquals(1, handset.app.phone.index.count(Action.QUARANTINE))
    }

    @Test
    fun `a message that Android delivers twice before the agreement is stored once`() {
        repeat(2) { handset.deliver("13900139000", FRAUD) }
        assertEquals(listOf(FRAUD), handset.stored())
        handset.deliver("10010", "闪信", isFlash = true)
        assertEquals("a class 0 message is shown, not stored", listOf(FRAUD), handset.stored())
        assertEquals(2, handset.notifications.size)
    }

    @Test
    fun `consent can be withdrawn, after a question`() {
        FirstRun(handset.app).finish(NOW)
        handset.deliver("13700137000", MOTHER)
        val screen = handset.open<PrivacyActivity>()
        assertTrue("${screen.texts()}", screen.texts().any { it.startsWith("您于") })
        screen.tap("撤回同意")
        assertTrue(FirstRun(handset.app).isAgreed)
        handset.agree()
        assertFalse(FirstRun(handset.app).isAgreed)
        handset.deliver("13900139000", FRAUD)
        assertEquals(listOf(MOTHER, FRAUD), handset.stored())
        handset.end()
        handset.now += MINUTE
        FirstRun(handset.app).agreedAt = handset.now
        Arrival.start(handset.app)
        handset.settle()
        assertEquals("what came meanwhile is not judged when the user agrees again", 0, handset.app.phone.index.count(Action.QUARANTINE))
        assertEquals("and told of once", listOf("personal", "personal"), handset.messageNotices.map { it.channelId })
    }

    @Test
    fun `the role is asked for in Android's own way, and a refusal is taken calmly`() {
        val screen = handset.roleScreen()
        if (Build.VERSION.SDK_INT < 29) {
            screen.tap("设为默认短信应用")
            val asked = shadowOf(screen).nextStartedActivityForResult.intent
            assertEquals("android.provider.Telephony.ACTION_CHANGE_DEFAULT", asked.action)
            assertEquals(handset.app.packageName, asked.getStringExtra("package"))
            shadowOf(screen).receiveResult(asked, Activity.RESULT_CANCELED, Intent())
            assertTrue("${screen.texts()}", screen.texts().any { it.startsWith("没有更改") })
        }
        handset.default()
        assertTrue(Role.isHeld(handset.app))
        assertTrue("已经是默认短信应用。" in handset.roleScreen().texts())
    }
}

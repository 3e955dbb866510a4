package org.smsfilter.demo

import android.app.Activity
import android.app.job.JobScheduler
import android.content.Intent
import android.net.Uri
import android.provider.Telephony.Sms
import android.view.View
import java.io.File
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.annotation.Config
import org.smsfilter.AndroidRunner
import org.smsfilter.demo.messages.ComposeActivity
import org.smsfilter.demo.messages.RespondService
import org.smsfilter.demo.messages.ThreadActivity
import org.smsfilter.demo.receive.DailyJob
import org.smsfilter.demo.receive.MmsReceiver
import org.smsfilter.demo.receive.StartReceiver
import org.smsfilter.demo.shield.FirstRun
import org.smsfilter.demo.shield.PrivacyActivity
import org.smsfilter.demo.why.WhyActivity

/** Before the user agreed, messages are stored and told of: nothing else is opened, read or judged, whoever comes in. */
@RunWith(AndroidRunner::class)
@Config(sdk = [26, 31, 35])
class ConsentTest {
    @get:Rule
    val handset = Handset()

    @Before
    fun new() {
        handset.app.getSharedPreferences("first_run", Activity.MODE_PRIVATE).edit().clear().commit()
    }

    private fun nothingIsOpened() {
        handset.settle()
        for (name in listOf("smsfilter.db", "smsfilter")) assertFalse("index and rules", File(handset.app.noBackupFilesDir, name).exists())
        assertEquals("no contact", 0, handset.book.asked)
        assertEquals("no job", 0, handset.app.getSystemService(JobScheduler::class.java)!!.allPendingJobs.size)
        assertThrows(App.NotAgreed::class.java) { handset.app.phone }
    }

    @Test
    fun `an SMS and a class 0 message are told of as they are`() {
        handset.book.names["13800138000"] = "妈妈"
        handset.deliver("13800138000", MOTHER)
        handset.deliver("13900139000", FRAUD, isFlash = true)
        assertEquals(listOf(MOTHER), handset.stored())
        assertEquals(listOf("13800138000", "闪信 · 13900139000"), handset.notifications.map { it.title }.sorted())
        nothingIsOpened()
    }

    @Test
    fun `an MMS is told of, and no SIM is read for it`() {
        handset.twoSims()
        val push = Intent("android.provider.Telephony.WAP_PUSH_DELIVER").setType("application/vnd.wap.mms-message")
        MmsReceiver().onReceive(handset.app, push.putExtra("data", byteArrayOf(0x8C.toByte(), 0x82.toByte())).putExtra("slot", 1))
        handset.settle()
        assertEquals("收到一条彩信", handset.notifications.single().title)
        assertEquals(null, handset.notifications.single().sub)
        nothingIsOpened()
    }

    @Test
    fun `what another application wants written waits behind the privacy notice, and is there after it`() {
        val asked = Intent(Intent.ACTION_SENDTO, Uri.parse("smsto:13800138000?body=x")).putExtra("sms_body", "晚上见")
        val screen = handset.open<ComposeActivity>(asked)
        assertTrue(screen.isFinishing)
        nothingIsOpened()
        val privacy = handset.follow<PrivacyActivity>(screen)
        privacy.tap("同意并继续")
        val compose = handset.follow<ComposeActivity>(privacy)
        assertTrue("${compose.texts()}", "13800138000" in compose.texts() && "晚上见" in compose.texts())
        assertFalse(compose.isFinishing)
        assertEquals("nothing is sent by that", emptyList<String>(), handset.stored(Sms.MESSAGE_TYPE_OUTBOX))
    }

    @Test
    fun `who does not agree writes nothing`() {
        val privacy = handset.follow<PrivacyActivity>(handset.open<ComposeActivity>(Intent(Intent.ACTION_SENDTO, Uri.parse("smsto:13800138000"))))
        privacy.tap("暂不同意")
        assertTrue(privacy.isFinishing)
        nothingIsOpened()
    }

    @Test
    fun `no other way in opens anything`() {
        for (screen in listOf<Activity>(handset.open<ThreadActivity>(ThreadActivity.intent(handset.app, 1)), handset.open<WhyActivity>(WhyActivity.intent(handset.app, 1)))) {
            assertTrue(screen.isFinishing)
            handset.follow<PrivacyActivity>(screen)
        }
        for (action in listOf(Intent.ACTION_BOOT_COMPLETED, Intent.ACTION_TIME_CHANGED)) StartReceiver().onReceive(handset.app, Intent(action))
        Robolectric.buildService(DailyJob::class.java).create().get().onStartJob(null)
        val answer = Intent("android.intent.action.RESPOND_VIA_MESSAGE", Uri.parse("smsto:13800138000")).putExtra(Intent.EXTRA_TEXT, "稍后回")
        Robolectric.buildService(RespondService::class.java, answer).create().startCommand(0, 1)
        nothingIsOpened()
        assertEquals(emptyList<String>(), handset.stored(Sms.MESSAGE_TYPE_OUTBOX) + handset.stored(Sms.MESSAGE_TYPE_SENT))
    }

    @Test
    fun `nothing is opened any more once consent was withdrawn`() {
        FirstRun(handset.app).finish(NOW)
        handset.deliver("13900139000", FRAUD)
        FirstRun(handset.app).agreedAt = null
        assertThrows(App.NotAgreed::class.java) { handset.app.phone }
        val thread = handset.open<ThreadActivity>(ThreadActivity.intent(handset.app, 1))
        handset.follow<PrivacyActivity>(thread)
        assertEquals(0, thread.findViewById<android.widget.ListView>(R.id.list)!!.adapter.count)
        assertEquals(View.VISIBLE, handset.open<PrivacyActivity>().findViewById<View>(R.id.agree)!!.visibility)
    }
}

package org.smsfilter.demo

import android.app.Notification
import android.app.job.JobScheduler
import android.content.Intent
import java.time.LocalTime
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import org.smsfilter.Action
import org.smsfilter.AndroidRunner
import org.smsfilter.Category
import org.smsfilter.Policy
import org.smsfilter.Preset
import org.smsfilter.demo.notices.Alerts
import org.smsfilter.demo.notices.Digest
import org.smsfilter.demo.receive.DailyJob
import org.smsfilter.demo.receive.StartReceiver

@RunWith(AndroidRunner::class)
@Config(sdk = [26, 31, 35])
class DigestTest {
    @get:Rule
    val handset = Handset()
    private val digests: List<Notification> get() = handset.shown.filter { it.notification.channelId == "digest" }.map { it.notification }

    /** In how many milliseconds Android is to start the job; `null` if it is not to. */
    private val wait: Long? get() = handset.app.getSystemService(JobScheduler::class.java)!!.getPendingJob(DailyJob.JOB)?.minLatencyMillis

    private fun run() {
        Robolectric.buildService(DailyJob::class.java).create().get().onStartJob(null)
        handset.settle()
    }

    private fun boot() {
        StartReceiver().onReceive(handset.app, Intent(Intent.ACTION_BOOT_COMPLETED))
        handset.settle()
    }

    @Test
    fun `a digest is planned for eight in the evening, without any screen`() {
        boot()
        assertEquals((11 * 60 + 55) * MINUTE, wait)
    }

    @Test
    fun `the policy says when`() {
        handset.app.phone.filter.choosePolicy(Policy.preset(Preset.STANDARD).copy(digestTimes = listOf(LocalTime.of(8, 0), LocalTime.of(12, 0))))
        boot()
        assertEquals((3 * 60 + 55) * MINUTE, wait)
    }

    @Test
    fun `the digest counts what was moved, once`() {
        boot()
        handset.now += MINUTE
        handset.deliver("13800138000", FRAUD)
        handset.deliver("13900139000", MOTHER)
        handset.now += 12 * 60 * MINUTE
        run()
        assertEquals("拦截或暂存了 1 条信息" to "疑似诈骗或违法 1 条", digests.single().title to digests.single().text)
        assertEquals("收到一条信息", digests.single().publicVersion.title)
        handset.app.getSystemService(android.app.NotificationManager::class.java)!!.cancelAll()
        handset.end()
        handset.now += 24 * 60 * MINUTE
        run()
        assertEquals(emptyList<Notification>(), digests)
        assertTrue("$wait", wait!! > 0)
    }

    @Test
    fun `what was restored is in no digest`() {
        boot()
        handset.now += MINUTE
        handset.deliver("13800138000", FRAUD)
        handset.app.phone.run { index.restore(index.page(Action.QUARANTINE).single().key.id, handset.now) }
        handset.now += 12 * 60 * MINUTE
        run()
        assertEquals(emptyList<Notification>(), digests)
    }

    @Test
    fun `a digest that was missed while the phone was off comes at once`() {
        boot()
        handset.end()
        handset.now += 3 * 24 * 60 * MINUTE
        boot()
        assertEquals(0L, wait)
    }

    @Test
    fun `what is held for the digest makes no notice before it`() {
        val policy = Policy.preset(Preset.STANDARD)
        val held = policy.copy(rows = policy.rows.map { if (it.category == Category.PROMOTION) it.copy(action = Action.DIGEST) else it })
        handset.app.phone.filter.choosePolicy(held)
        boot()
        handset.now += MINUTE
        handset.deliver("106900001111", ADVERT)
        assertEquals(1, handset.app.phone.index.count(Action.DIGEST))
        assertEquals(0, handset.messageNotices.size)
        run()
        assertEquals("推广 1 条", digests.single().text)
        assertEquals("it opens what was held", listOf(".MainActivity", ".spambox.DigestActivity"), digests.single().contentIntent.screens)
    }

    @Test
    fun `a digest of what was moved alone opens the spam box, also beside the notice of an MMS`() {
        boot()
        handset.now += MINUTE
        handset.deliver("13800138000", FRAUD)
        run()
        Alerts(handset.app).mms(-1, handset.now)
        val opened = shadowOf(digests.single().contentIntent).savedIntents.single()
        assertEquals("SPAM_BOX", opened.getStringExtra("tab"))
    }

    private fun holding() {
        val policy = Policy.preset(Preset.STANDARD)
        handset.app.phone.filter.choosePolicy(policy.copy(rows = policy.rows.map { if (it.category == Category.PROMOTION) it.copy(action = Action.DIGEST) else it }))
    }

    /** The process ends once Android's store has a message: the index does not know it. */
    private fun cutShort(text: String) {
        handset.sms.after = { if (it == "insert") throw object : Error("the process ends here") {} }
        handset.deliver("106900001111", text)
        handset.end()
        handset.sms.after = {}
    }

    @Test
    fun `a digest completes first what the end of a process cut short`() {
        holding()
        boot()
        handset.now += MINUTE
        cutShort(ADVERT)
        handset.now += 12 * 60 * MINUTE
        run()
        assertEquals("推广 1 条", digests.single().text)
    }

    @Test
    fun `what came before a digest and was judged after it is in the next one, once`() {
        holding()
        boot()
        handset.now += MINUTE
        handset.deliver("106900001111", ADVERT)
        handset.now += MINUTE
        cutShort("$ADVERT!")
        handset.now += MINUTE
        // A digest that knows nothing of it.
        Digest(handset.app).show(handset.app.phone.index)
        assertEquals("推广 1 条", digests.single().text)
        handset.app.getSystemService(android.app.NotificationManager::class.java)!!.cancelAll()
        handset.open<MainActivity>()
        assertEquals(2, handset.app.phone.index.count(Action.DIGEST))
        handset.end()
        handset.now += 24 * 60 * MINUTE
        run()
        assertEquals("推广 1 条", digests.single().text)
        handset.app.getSystemService(android.app.NotificationManager::class.java)!!.cancelAll()
        handset.now += 24 * 60 * MINUTE
        run()
        assertEquals(emptyList<Notification>(), digests)
    }

    private fun keeping(days: Int) {
        val policy = Policy.preset(Preset.STANDARD)
        handset.app.phone.filter.choosePolicy(policy.copy(retentionDays = Category.entries.filter { it.isBlocked }.associateWith { days }))
    }

    @Test
    fun `retention deletes nothing early, nothing that was restored and nothing that was let through`() {
        keeping(2)
        handset.deliver("13800138000", FRAUD)
        handset.deliver("13900139000", "$FRAUD!")
        handset.deliver("13700137000", MOTHER)
        handset.app.phone.index.restore(2, handset.now)
        handset.now += 2 * 24 * 60 * MINUTE - 1
        run()
        assertEquals(listOf(FRAUD, "$FRAUD!", MOTHER), handset.stored())
        handset.now += 1
        handset.end()
        run()
        assertEquals(listOf("$FRAUD!", MOTHER), handset.stored())
        handset.now += 365L * 24 * 60 * MINUTE
        run()
        assertEquals(listOf("$FRAUD!", MOTHER), handset.stored())
    }

    @Test
    fun `without the role nothing is deleted, and what was moved stays hidden`() {
        keeping(1)
        handset.deliver("13800138000", FRAUD)
        handset.now += 2 * 24 * 60 * MINUTE
        handset.default(false)
        handset.sms.isWritable = false
        run()
        assertEquals(1 to listOf(FRAUD), handset.app.phone.index.count(Action.QUARANTINE) to handset.stored())
        handset.default()
        handset.sms.isWritable = true
        run()
        assertEquals(0 to emptyList<String>(), handset.app.phone.index.count(Action.QUARANTINE) to handset.stored())
    }

    @Test
    fun `what retention no longer keeps is deleted with its notice`() {
        val policy = Policy.preset(Preset.STANDARD)
        handset.app.phone.filter.choosePolicy(policy.copy(retentionDays = Category.entries.filter { it.isBlocked }.associateWith { 1 }))
        handset.deliver("13800138000", FRAUD)
        assertEquals(1, handset.messageNotices.size)
        handset.now += 2 * 24 * 60 * MINUTE
        run()
        assertEquals(emptyList<String>(), handset.stored())
        assertEquals(0, handset.messageNotices.size)
    }

    @Test
    fun `a broadcast of another kind starts nothing`() {
        StartReceiver().onReceive(handset.app, Intent("android.intent.action.OTHER"))
        handset.settle()
        assertEquals(null, wait)
    }
}

package org.smsfilter.demo

import android.database.sqlite.SQLiteDatabase
import java.io.File
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.annotation.Config
import org.smsfilter.Action
import org.smsfilter.AndroidRunner
import org.smsfilter.OnDecided

/** Whatever fails on the way of a message, and wherever the process ends: nothing is lost, nothing doubled. */
@RunWith(AndroidRunner::class)
@Config(sdk = [26, 31, 35])
class FaultTest {
    @get:Rule
    val handset = Handset()

    /** What ends a process: nothing in the application catches it. */
    private class End : Error("the process ends here")

    private class Point(val name: String, val isDeliveredAgain: Boolean = false, val set: FaultTest.() -> Unit)

    private val points = listOf(
        Point("Android's store fails") { handset.sms.before = { if (it == "insert") error("the disk is full") } },
        Point("the process ends before the message is stored", isDeliveredAgain = true) { handset.sms.before = { if (it == "insert") throw End() } },
        Point("the process ends once it is stored") { handset.sms.after = { if (it == "insert") throw End() } },
        Point("the process ends once it is stored, and Android delivers it again", isDeliveredAgain = true) { handset.sms.after = { if (it == "insert") throw End() } },
        Point("the index takes no row") { trigger("BEFORE INSERT ON message") },
        Point("the index cannot note that the user was told") { trigger("BEFORE UPDATE OF notified ON message") },
        Point("the notification fails") { handset.app.decided = { OnDecided { _, _, _ -> error("no notification") } } },
        Point("the process ends before the notification") { handset.app.decided = { OnDecided { _, _, _ -> throw End() } } },
        Point("the process ends after the notification") {
            handset.app.decided = { real -> OnDecided { id, message, received -> real.onDecided(id, message, received); throw End() } }
        },
        Point("the process ends while a moved message is marked as read") { handset.sms.before = { if (it == "update") throw End() } },
    )

    private fun index() = SQLiteDatabase.openDatabase(File(handset.app.noBackupFilesDir, "smsfilter.db").path, null, SQLiteDatabase.OPEN_READWRITE)

    private fun trigger(on: String) {
        handset.app.phone
        index().use { it.execSQL("CREATE TRIGGER fault $on BEGIN SELECT RAISE(ABORT, 'fault'); END") }
    }

    private fun mend() {
        handset.sms.before = {}
        handset.sms.after = {}
        handset.app.decided = { it }
        index().use { it.execSQL("DROP TRIGGER IF EXISTS fault") }
    }

    private fun check(text: String, isMoved: Boolean, next: Handset.() -> Unit) {
        for ((at, point) in points.withIndex()) {
            val body = "$text$at"
            handset.end()
            point.set(this)
            handset.deliver(SENDER, body)
            handset.end()
            mend()
            if (point.isDeliveredAgain) handset.deliver(SENDER, body)
            handset.next()
            handset.settle()
            val what = "${point.name}, then"
            assertEquals("$what how often it is stored", 1, handset.stored().count { it == body })
            assertEquals("$what where it is told of", listOf(if (isMoved) "moved" else "personal"), handset.messageNotices.filter { it.text == body }.map { it.channelId })
            assertEquals("$what how many were moved", if (isMoved) at + 1 else 0, handset.app.phone.index.count(Action.QUARANTINE))
            assertEquals("$what is kept apart", emptyList<String>(), File(handset.app.noBackupFilesDir, "unstored").list().orEmpty().toList())
            assertEquals("$what is told of twice", emptyList<String>(), handset.shown.mapNotNull { it.tag }.filter { it.startsWith("unstored") })
            handset.now += MINUTE
        }
    }

    @Test
    fun `a personal message is there once, after the application is opened`() = check(MOTHER, isMoved = false) { open<MainActivity>() }

    @Test
    fun `a personal message is there once, after the next message arrived`() = check(MOTHER, isMoved = false) { deliver("10010", "【试验运营商】您本月已用流量3GB。") }

    @Test
    fun `a fraud is moved once, after the application is opened`() = check(FRAUD, isMoved = true) { open<MainActivity>() }

    @Test
    fun `a message that Android does not store is shown at once`() {
        handset.sms.before = { if (it == "insert") error("the disk is full") }
        handset.deliver(SENDER, MOTHER)
        assertEquals(listOf(MOTHER), handset.shown.map { it.notification.text })
        assertEquals("暂未存入短信库，稍后会再试", handset.shown.single().notification.sub)
    }

    @Test
    fun `without rules a message is in the inbox and rings, once`() {
        handset.app.phone.filter.close()
        handset.deliver(SENDER, FRAUD)
        handset.end()
        handset.open<MainActivity>()
        assertEquals(listOf(FRAUD), handset.stored())
        assertEquals(listOf("personal"), handset.messageNotices.map { it.channelId })
    }

    @Test
    fun `an index of a later version costs no message`() {
        handset.app.phone
        handset.end()
        index().use { it.version = 999 }
        handset.deliver(SENDER, MOTHER)
        assertEquals(listOf(MOTHER), handset.stored())
        assertEquals(listOf(MOTHER), handset.messageNotices.map { it.text })
    }

    @Test
    fun `a notice that failed is completed by the next message of the same process`() {
        var fails = true
        handset.app.decided = { real -> OnDecided { id, message, received -> if (fails) error("no notification") else real.onDecided(id, message, received) } }
        handset.deliver(SENDER, MOTHER)
        fails = false
        handset.deliver(SENDER, "到了。")
        assertEquals(listOf(MOTHER, "到了。").sorted(), handset.messageNotices.map { it.text }.sorted())
    }

    private companion object {
        const val SENDER = "13800138000"
    }
}

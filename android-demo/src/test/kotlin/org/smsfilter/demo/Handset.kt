package org.smsfilter.demo

import android.app.Activity
import android.app.Application
import android.app.Notification
import android.app.NotificationManager
import android.content.Intent
import android.os.Bundle
import android.os.Looper
import android.provider.Telephony.Sms
import android.provider.Telephony.Sms.Intents
import java.io.File
import java.util.TimeZone
import org.junit.rules.ExternalResource
import org.robolectric.Robolectric
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.android.controller.ActivityController
import org.robolectric.shadows.ShadowSubscriptionManager
import org.robolectric.shadows.ShadowTelephony
import org.smsfilter.demo.receive.SmsReceiver
import org.smsfilter.demo.shield.FirstRun

/** 2026-11-21 08:05 in China. */
const val NOW = 1_795_219_500_000L
const val MINUTE = 60_000L

/**
 * A phone with this application as its default one: Android's store of SMS in a file, an address book, the real library. A
 * test delivers messages and looks at what a user would see.
 */
class Handset : ExternalResource() {
    val app: App get() = RuntimeEnvironment.getApplication() as App
    lateinit var sms: SmsStore
    lateinit var book: AddressBook
    private val screens = ArrayList<ActivityController<*>>()

    /** What the clock shows; a test may move it. */
    var now = NOW

    override fun before() {
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Shanghai"))
        app.clock = { now }
        FirstRun(app).finish(NOW)
        sms = Robolectric.setupContentProvider(SmsStore::class.java, "sms").open(File(app.filesDir, "mmssms.db"))
        Robolectric.setupContentProvider(SmsStore::class.java, SmsStore.THREADS).db = sms.db
        book = Robolectric.setupContentProvider(AddressBook::class.java, "com.android.contacts")
        ShadowTelephony.ShadowSms.setDefaultSmsPackage(app.packageName)
        ShadowSubscriptionManager.setDefaultSmsSubscriptionId(1)
        handOverNothing()
        shadowOf(app as Application).grantPermissions(
            "android.permission.BROADCAST_SMS", "android.permission.BROADCAST_WAP_PUSH", "android.permission.SEND_RESPOND_VIA_MESSAGE",
            "android.permission.READ_SMS", "android.permission.SEND_SMS", "android.permission.RECEIVE_SMS",
            "android.permission.READ_CONTACTS", "android.permission.READ_PHONE_STATE", "android.permission.POST_NOTIFICATIONS",
        )
    }

    override fun after() {
        screens.forEach { it.close() }
        settle()
        app.end()
        sms.db.close()
    }

    /** Waits until nothing is under way any more, in the background or on the main thread. */
    fun settle() {
        val looper = shadowOf(Looper.getMainLooper())
        do {
            looper.idle()
            if (!app.background.isIdle) Thread.sleep(1)
        } while (!app.background.isIdle || !looper.isIdle)
    }

    /** A message arrives, as Android announces it. */
    fun deliver(sender: String, text: String, slot: Int = 0, isFlash: Boolean = false) {
        announce(sender, text, slot, isFlash)
        settle()
    }

    /** The same, and the test does not wait. */
    fun announce(sender: String, text: String, slot: Int = 0, isFlash: Boolean = false) {
        val parts = text.chunked(67).map { pdu(sender, it, if (isFlash) 0x18 else 0x08) }
        val intent = Intent(Intents.SMS_DELIVER_ACTION).putExtra("pdus", parts.toTypedArray()).putExtra("format", "3gpp")
            .putExtra("slot", slot).putExtra("subscription", slot + 1)
        SmsReceiver().onReceive(app, intent)
    }

    /** The process ends; what is on disk stays. */
    fun end() {
        settle()
        screens.forEach { it.close() }
        screens.clear()
        settle()
        app.end()
    }

    /** Opens a screen and waits for what it shows. */
    fun <T : Activity> open(type: Class<T>, intent: Intent? = null): T {
        val controller = Robolectric.buildActivity(type, intent)
        screens += controller
        controller.setup()
        settle()
        return controller.get()
    }

    inline fun <reified T : Activity> open(intent: Intent? = null): T = open(T::class.java, intent)

    /** The process ends behind a screen that was left, and Android brings the screen back from what it saved. */
    fun <T : Activity> comeBack(screen: T): T {
        val saved = Bundle()
        screens.single { it.get() === screen }.run { pause().stop().saveInstanceState(saved) }
        end()
        val controller = Robolectric.buildActivity(screen.javaClass, screen.intent)
        screens += controller
        controller.setup(saved)
        settle()
        return controller.get()
    }

    /** Follows the way to the screen that was asked for last; its name says which it has to be. */
    inline fun <reified T : Activity> follow(from: Activity): T {
        val intent = checkNotNull(shadowOf(from).nextStartedActivity) { "no screen was asked for" }
        check(intent.component?.className == T::class.java.name) { "expected ${T::class.java.simpleName}, got ${intent.component?.shortClassName}" }
        return open(intent)
    }

    /** What the provider has, by row id: texts of a folder. */
    fun stored(folder: Int = Sms.MESSAGE_TYPE_INBOX): List<String> =
        sms.db.rawQuery("SELECT body FROM sms WHERE type = $folder ORDER BY _id", null).use { row -> List(row.count) { row.moveToNext(); row.getString(0) } }

    /** The row id of the latest message. */
    fun latest(): Long = sms.db.rawQuery("SELECT max(_id) FROM sms WHERE type = 1", null).use { it.moveToFirst(); it.getLong(0) }

    val notifications: List<Notification>
        get() = shadowOf(app.getSystemService(NotificationManager::class.java)).allNotifications

    companion object {
        /** A 3GPP SMS-DELIVER of one UCS-2 part. */
        fun pdu(number: String, text: String, coding: Int): ByteArray {
            val digits = number.padEnd((number.length + 1) / 2 * 2, 'F')
            val address = digits.chunked(2).map { it.reversed().toInt(16).toByte() }
            val body = text.toByteArray(Charsets.UTF_16BE)
            val time = byteArrayOf(0x62, 0x11, 0x12, 0x80.toByte(), 0x50, 0x00, 0x23)
            return byteArrayOf(0x00, 0x04, number.length.toByte(), 0x81.toByte()) + address + byteArrayOf(0x00, coding.toByte()) + time +
                body.size.toByte() + body
        }
    }
}

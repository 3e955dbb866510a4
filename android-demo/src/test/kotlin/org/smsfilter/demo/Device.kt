package org.smsfilter.demo

import android.app.Activity
import android.app.Application
import android.app.PendingIntent
import android.app.role.RoleManager
import android.content.Intent
import android.net.Uri
import android.os.Build
import android.os.Bundle
import android.telephony.SubscriptionManager
import java.io.ByteArrayInputStream
import java.io.File
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.ShadowRoleManager
import org.robolectric.shadows.ShadowSmsManager
import org.robolectric.shadows.ShadowSubscriptionManager.SubscriptionInfoBuilder
import org.robolectric.shadows.ShadowTelephony
import org.smsfilter.demo.messages.Outbox
import org.smsfilter.demo.shield.Role

// What is around the application: its permissions and role, SIM cards, the network, documents.

fun Handset.deny(vararg permissions: String): Unit =
    shadowOf(app as Application).denyPermissions(*permissions.map { "android.permission.$it" }.toTypedArray())

/** The user made this the default application, or another. */
fun Handset.default(isDefault: Boolean = true) {
    ShadowTelephony.ShadowSms.setDefaultSmsPackage(if (isDefault) app.packageName else "com.example.other")
    if (Build.VERSION.SDK_INT < 29) return
    val roles: ShadowRoleManager = shadowOf(app.getSystemService(RoleManager::class.java))
    if (isDefault) roles.addHeldRole(RoleManager.ROLE_SMS) else if (Role.isHeld(app)) roles.removeHeldRole(RoleManager.ROLE_SMS)
}

/** The phone has these SIM cards, from the first slot on, by MNC of China: their subscription ids are 1, 2. */
fun Handset.sims(vararg mnc: String) {
    val cards = mnc.mapIndexed { slot, operator ->
        SubscriptionInfoBuilder.newBuilder().setId(slot + 1).setSimSlotIndex(slot).setDisplayName(if (operator == "01") "联通" else "移动")
            .setMcc("460").setMnc(operator).buildSubscriptionInfo()
    }
    shadowOf(app.getSystemService(SubscriptionManager::class.java)).setActiveSubscriptionInfoList(cards)
}

fun Handset.twoSims(): Unit = sims("00", "01")

/** What was handed to Android last for sending, by SIM. */
fun Handset.handedOver(subscription: Int = SubscriptionManager.getDefaultSmsSubscriptionId()): ShadowSmsManager.TextMultipartParams? =
    shadowOf(Outbox.manager(app, subscription)).lastSentMultipartTextMessageParams

/** Nothing was handed over yet: Android's service outlives a test. */
fun Handset.handOverNothing(): Unit =
    listOf(1, 2).forEach { shadowOf(Outbox.manager(app, it)).clearLastSentMultipartTextMessageParams() }

/** Android says what became of a part. */
fun Handset.report(part: PendingIntent, result: Int, filledIn: Bundle? = null) {
    val intent = Intent(shadowOf(part).savedIntent)
    if (filledIn != null && !shadowOf(part).isImmutable) intent.putExtras(filledIn)
    app.sendOrderedBroadcast(intent, null, null, null, result, null, null)
    settle()
}

/** Android says of all parts that were handed over last what became of them. */
fun Handset.reportSent(result: Int = Activity.RESULT_OK): Unit = checkNotNull(handedOver()).sentIntents.forEach { report(it, result) }

/** What the network says of a delivery: an SMS-STATUS-REPORT. */
fun delivery(status: Int): Bundle {
    val time = byteArrayOf(0x62, 0x11, 0x12, 0x80.toByte(), 0x50, 0x00, 0x23)
    val number = byteArrayOf(11, 0x81.toByte(), 0x31, 0x08, 0x10, 0x83.toByte(), 0x00, 0xF0.toByte())
    return Bundle().apply {
        putByteArray("pdu", byteArrayOf(0x00, 0x02, 0x01) + number + time + time + status.toByte())
        putString("format", "3gpp")
    }
}

/** A bundle that the core's tests wrote: `mini.smsb`, a base of its own, or `city.smsb`, an addition to it. */
fun bundle(name: String): ByteArray = File(System.getProperty("smsfilter.target"), name).readBytes()

/** A document that the user chose. */
fun Handset.document(bytes: ByteArray): Uri {
    val uri = Uri.parse("content://documents/${bytes.size}")
    shadowOf(app.contentResolver).registerInputStreamSupplier(uri) { ByteArrayInputStream(bytes) }
    return uri
}

package org.smsfilter.demo

import android.app.Activity
import android.app.AlertDialog
import android.app.Application
import android.app.PendingIntent
import android.content.Intent
import android.os.Bundle
import android.telephony.SubscriptionManager
import android.view.Menu
import android.view.MenuItem
import android.view.View
import android.view.ViewGroup
import android.widget.EditText
import android.widget.TextView
import android.widget.Toolbar
import com.android.internal.view.menu.MenuItemImpl
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.ShadowAlertDialog
import org.robolectric.shadows.ShadowPopupMenu
import org.robolectric.shadows.ShadowSmsManager
import org.robolectric.shadows.ShadowSubscriptionManager.SubscriptionInfoBuilder
import org.smsfilter.demo.messages.Outbox

/** All views that satisfy a condition and can be seen, in order. */
fun View.all(condition: (View) -> Boolean): List<View> = when {
    visibility != View.VISIBLE -> emptyList()
    this is ViewGroup -> listOf(this).filter(condition) + (0 until childCount).flatMap { getChildAt(it).all(condition) }
    else -> listOf(this).filter(condition)
}

/** The rows' views of an id, from top to bottom. */
fun Activity.all(id: Int): List<View> = window.decorView.all { it.id == id }

/** Writes into a field. */
fun Activity.type(field: Int, text: String): Unit = findViewById<EditText>(field)!!.setText(text)

/** What the menu that was opened last offers. */
fun offered(): List<String> = items(checkNotNull(ShadowPopupMenu.getLatestPopupMenu()).menu).map { it.title.toString() }

/** Chooses from the menu that was opened last. */
fun Handset.choose(title: String): Unit = choose(checkNotNull(ShadowPopupMenu.getLatestPopupMenu()).menu, title)

/** Chooses from the menu of a screen's bar. */
fun Handset.choose(screen: Activity, title: String): Unit = choose(screen.findViewById<Toolbar>(R.id.toolbar)!!.menu, title)

private fun Handset.choose(menu: Menu, title: String) {
    val item = checkNotNull(items(menu).find { it.title == title }) { "no «$title» in ${items(menu).map { it.title }}" }
    check((item as MenuItemImpl).invoke())
    settle()
}

private fun items(menu: Menu): List<MenuItem> = (0 until menu.size()).map(menu::getItem)

/** The dialog that asks last. */
val dialog: AlertDialog get() = checkNotNull(ShadowAlertDialog.getLatestAlertDialog()?.takeIf { it.isShowing }) { "nothing is asked" }

/** What it says. */
val asked: String get() = "${dialog.findViewById<TextView>(android.R.id.message)!!.text}"

/** Answers the dialog that asks last. */
fun Handset.answer(text: String) {
    val buttons = listOf(AlertDialog.BUTTON_POSITIVE, AlertDialog.BUTTON_NEGATIVE).map(dialog::getButton)
    checkNotNull(buttons.find { it.text == text }) { "no «$text» in ${buttons.map { it.text }}" }.performClick()
    settle()
}

/** What was handed to Android last for sending, by SIM. */
fun Handset.handedOver(subscription: Int = SubscriptionManager.getDefaultSmsSubscriptionId()): ShadowSmsManager.TextMultipartParams? =
    shadowOf(Outbox.manager(app, subscription)).lastSentMultipartTextMessageParams

/** Nothing was handed over yet: Android's service outlives a test. */
fun Handset.handOverNothing(): Unit =
    listOf(1, 2).forEach { shadowOf(Outbox.manager(app, it)).clearLastSentMultipartTextMessageParams() }

/** Android says what became of a part. */
fun Handset.report(part: PendingIntent, result: Int, filledIn: Bundle? = null) {
    val intent = Intent(shadowOf(part).savedIntent)
    if (filledIn != null && part.let(::shadowOf).let { !it.isImmutable }) intent.putExtras(filledIn)
    app.sendOrderedBroadcast(intent, null, null, null, result, null, null)
    settle()
}

/** What the network says of a delivery: an SMS-STATUS-REPORT. */
fun delivery(status: Int): Bundle {
    val time = byteArrayOf(0x62, 0x11, 0x12, 0x80.toByte(), 0x50, 0x00, 0x23)
    val number = byteArrayOf(11, 0x81.toByte(), 0x31, 0x08, 0x10, 0x83.toByte(), 0x00, 0xF0.toByte())
    return Bundle().apply {
        putByteArray("pdu", byteArrayOf(0x00, 0x02, 0x01) + number + time + time + status.toByte())
        putString("format", "3gpp")
    }
}

/** Two SIMs are in the phone, with the subscription ids 1 and 2. */
fun Handset.twoSims() {
    val sims = listOf("移动", "联通").mapIndexed { slot, name ->
        SubscriptionInfoBuilder.newBuilder().setId(slot + 1).setSimSlotIndex(slot).setDisplayName(name).buildSubscriptionInfo()
    }
    shadowOf(app.getSystemService(SubscriptionManager::class.java)).setActiveSubscriptionInfos(*sims.toTypedArray())
}

fun Handset.deny(permission: String): Unit = shadowOf(app as Application).denyPermissions("android.permission.$permission")

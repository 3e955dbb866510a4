package org.smsfilter.demo

import android.app.Activity
import android.app.AlertDialog
import android.app.Dialog
import android.app.TimePickerDialog
import android.content.Intent
import android.view.Menu
import android.view.MenuItem
import android.view.View
import android.view.ViewGroup
import android.widget.CompoundButton
import android.widget.EditText
import android.widget.ListView
import android.widget.TextView
import android.widget.Toolbar
import com.android.internal.view.menu.MenuItemImpl
import java.util.concurrent.TimeUnit
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.ShadowDialog
import org.robolectric.shadows.ShadowPopupMenu
import org.robolectric.shadows.ShadowToast
import org.smsfilter.demo.policy.ChangeActivity

// What a user sees on a screen, and does with it.

/** All views that satisfy a condition and can be seen, in order. */
fun View.all(condition: (View) -> Boolean = { true }): List<View> = when {
    visibility != View.VISIBLE -> emptyList()
    this is ViewGroup -> listOf(this).filter(condition) + (0 until childCount).flatMap { getChildAt(it).all(condition) }
    else -> listOf(this).filter(condition)
}

/** The views of an id, from top to bottom. */
fun Activity.all(id: Int): List<View> = window.decorView.all { it.id == id }

/** All texts that can be seen, in order. */
fun View.texts(): List<String> = all { it is TextView }.map { (it as TextView).text.toString() }.filter { it.isNotEmpty() }

fun Activity.texts(): List<String> = window.decorView.texts()

/** A view that has to be there. */
fun <T : View> Activity.at(id: Int): T = checkNotNull(findViewById(id)) { "the screen lacks a view" }

fun Activity.text(id: Int): String = at<TextView>(id).text.toString()

fun Activity.isShown(id: Int): Boolean = at<View>(id).visibility == View.VISIBLE

/** The view that shows a text, or a parent of it that takes a tap, is tapped. */
fun Activity.tap(text: String) {
    val found = checkNotNull(window.decorView.all { it is TextView && it.text.toString() == text }.firstOrNull()) { "nothing shows «$text»: ${texts()}" }
    check(generateSequence(found) { it.parent as? View }.any { it.isClickable && it.performClick() }) { "nothing happens at «$text»" }
}

/** The view that a user of TalkBack knows by this label is tapped. */
fun Activity.tapLabel(label: String) {
    val found = checkNotNull(window.decorView.all { it.contentDescription?.toString() == label }.firstOrNull()) { "nothing is labelled «$label»" }
    check(found.performClick())
}

fun Activity.click(id: Int) {
    check(at<View>(id).performClick()) { "nothing happens there" }
}

/** A switch or a choice is tapped. */
fun Activity.toggle(text: String) {
    val found = window.decorView.all { it is CompoundButton && it.text.toString() == text }.firstOrNull()
    // It says nothing of whether it was handled: it toggles by itself.
    checkNotNull(found) { "nothing shows «$text»: ${texts()}" }.performClick()
}

/** The row of a list at a place is tapped. */
fun Activity.tapRow(list: Int, position: Int) {
    val view = at<ListView>(list)
    check(view.performItemClick(view.getChildAt(position), position, view.adapter.getItemId(position)))
}

/** Writes into a field. */
fun Activity.type(field: Int, text: String): Unit = at<EditText>(field).setText(text)

/** What the menu that was opened last offers. */
fun offered(): List<String> = items(checkNotNull(ShadowPopupMenu.getLatestPopupMenu()).menu).map { it.title.toString() }

/** Chooses from the menu that was opened last. */
fun Handset.choose(title: String): Unit = choose(checkNotNull(ShadowPopupMenu.getLatestPopupMenu()).menu, title)

/** Chooses from the menu of a screen's bar. */
fun Handset.choose(screen: Activity, title: String): Unit = choose(screen.at<Toolbar>(R.id.toolbar).menu, title)

private fun Handset.choose(menu: Menu, title: String) {
    val item = checkNotNull(items(menu).find { it.title.toString() == title }) { "no «$title» in ${items(menu).map { it.title }}" }
    check((item as MenuItemImpl).invoke())
    settle()
}

private fun items(menu: Menu): List<MenuItem> = (0 until menu.size()).map(menu::getItem)

/** What asks last. */
val question: Dialog get() = checkNotNull(ShadowDialog.getLatestDialog()?.takeIf { it.isShowing }) { "nothing is asked" }

/** The same, made by Android: most are. */
val dialog: AlertDialog get() = question as AlertDialog

/** What it says. */
val asked: String get() = "${dialog.findViewById<TextView>(android.R.id.message)!!.text}"

/** Answers the dialog that asks last. */
fun Handset.answer(text: String) {
    val buttons = listOf(AlertDialog.BUTTON_POSITIVE, AlertDialog.BUTTON_NEGATIVE).map(dialog::getButton)
    checkNotNull(buttons.find { it.text == text }) { "no «$text» in ${buttons.map { it.text }}" }.performClick()
    settle()
}

/** Says yes to it, whatever yes is called. */
fun Handset.agree() {
    check(dialog.getButton(AlertDialog.BUTTON_POSITIVE).performClick())
    settle()
}

fun Handset.refuse() {
    check(dialog.getButton(AlertDialog.BUTTON_NEGATIVE).performClick())
    settle()
}

/** Picks one of the items that it offers. */
fun Handset.pick(item: Int) {
    dialog.listView.run { performItemClick(getChildAt(item), item, item.toLong()) }
    settle()
}

fun Handset.pick(item: String) {
    val items = dialog.listView.adapter.run { List(count, ::getItem) }
    pick(items.indexOf(item).also { check(it >= 0) { "no «$item» in $items" } })
}

/** Answers a dialog that asks for a time. */
fun Handset.setTime(hour: Int, minute: Int) {
    (dialog as TimePickerDialog).updateTime(hour, minute)
    agree()
}

fun toast(): String? = ShadowToast.getTextOfLatestToast()

/** Lets the user pause for a moment. */
fun Handset.pause() {
    shadowOf(android.os.Looper.getMainLooper()).idleFor(1, TimeUnit.SECONDS)
    settle()
}

/** The preview that a change leads to. */
fun Handset.preview(from: Activity): ChangeActivity = follow(from)

/** Saves a change, and brings its result back to where it was asked for. */
fun Handset.save(change: ChangeActivity, from: Activity) {
    change.click(R.id.save)
    settle()
    check(change.isFinishing) { "not saved: ${change.texts()}" }
    shadowOf(change).run { giveBack(from, change.intent, resultCode, resultIntent) }
}

/** Android comes back to a screen with what it asked another for. */
private fun Handset.giveBack(to: Activity, asked: Intent, code: Int, result: Intent?) {
    shadowOf(to).receiveResult(asked, code, result)
    generateSequence<Class<*>>(to.javaClass) { it.superclass }
        .firstNotNullOf { type -> type.declaredMethods.find { it.name == "onResume" && it.parameterCount == 0 } }
        .apply { isAccessible = true }
        .invoke(to)
    settle()
}

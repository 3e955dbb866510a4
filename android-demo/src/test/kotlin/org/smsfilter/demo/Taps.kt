package org.smsfilter.demo

import android.app.Activity
import android.app.AlertDialog
import android.app.TimePickerDialog
import android.content.DialogInterface
import android.content.Intent
import android.os.Bundle
import android.view.View
import android.view.ViewGroup
import android.widget.CompoundButton
import android.widget.TextView
import java.util.concurrent.TimeUnit
import org.robolectric.Robolectric
import org.robolectric.Shadows.shadowOf
import org.robolectric.android.controller.ActivityController
import org.robolectric.shadows.ShadowDialog
import org.robolectric.shadows.ShadowToast
import org.smsfilter.demo.policy.ChangeActivity

/** The latest of the user's dialogs. */
fun dialog(): AlertDialog = ShadowDialog.getLatestDialog() as AlertDialog

/** Chooses an item of the latest dialog. */
fun choose(item: Int) {
    val list = dialog().listView
    list.performItemClick(null, item, item.toLong())
}

fun press(button: Int = DialogInterface.BUTTON_POSITIVE): Boolean = dialog().getButton(button).performClick()

/** Answers a dialog that asks for a time. */
fun setTime(hour: Int, minute: Int) {
    val picker = ShadowDialog.getLatestDialog() as TimePickerDialog
    picker.updateTime(hour, minute)
    picker.getButton(DialogInterface.BUTTON_POSITIVE).performClick()
}

fun <T : View> Activity.at(id: Int): T = checkNotNull(findViewById(id)) { "the screen lacks a view" }

fun Activity.click(id: Int) {
    check(at<View>(id).performClick()) { "nothing happens there" }
}

/** A switch or a choice is tapped. */
fun Activity.toggle(text: String) {
    fun find(view: View): View? = when {
        view is CompoundButton && view.text.toString() == text -> view
        view is ViewGroup -> (0 until view.childCount).firstNotNullOfOrNull { find(view.getChildAt(it)) }
        else -> null
    }
    // It says nothing of whether it was handled: it toggles by itself.
    checkNotNull(find(window.decorView)) { "nothing shows «$text»: ${texts()}" }.performClick()
}

fun Activity.text(id: Int): String = at<TextView>(id).text.toString()

fun Activity.isShown(id: Int): Boolean = at<View>(id).visibility == View.VISIBLE

/** The view that a user of TalkBack knows by this label is tapped. */
fun Activity.tapLabel(label: String) {
    fun find(view: View): View? = when {
        view.visibility != View.VISIBLE -> null
        view.contentDescription?.toString() == label -> view
        view is ViewGroup -> (0 until view.childCount).firstNotNullOfOrNull { find(view.getChildAt(it)) }
        else -> null
    }
    check(checkNotNull(find(window.decorView)) { "nothing is labelled «$label»" }.performClick())
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
    val shadow = shadowOf(change)
    check(change.isFinishing) { "not saved: ${change.texts()}" }
    shadowOf(from).receiveResult(change.intent, shadow.resultCode, shadow.resultIntent)
    // Android comes back to the screen below.
    generateSequence<Class<*>>(from.javaClass) { it.superclass }
        .firstNotNullOf { type -> type.declaredMethods.find { it.name == "onResume" && it.parameterCount == 0 } }
        .apply { isAccessible = true }
        .invoke(from)
    settle()
}

/** Android ends the process behind a screen and brings the screen back from its saved state. */
fun <T : Activity> Handset.bringBack(type: Class<T>, intent: Intent, use: (T) -> Unit): T {
    val controller: ActivityController<T> = Robolectric.buildActivity(type, intent)
    controller.setup()
    settle()
    use(controller.get())
    settle()
    val state = Bundle()
    controller.saveInstanceState(state).pause().stop()
    settle()
    app.end()
    val again: ActivityController<T> = Robolectric.buildActivity(type, intent)
    again.setup(state)
    settle()
    return again.get()
}

inline fun <reified T : Activity> Handset.bringBack(intent: Intent, noinline use: (T) -> Unit = {}): T = bringBack(T::class.java, intent, use)

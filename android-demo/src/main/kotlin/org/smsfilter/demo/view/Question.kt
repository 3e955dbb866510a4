package org.smsfilter.demo.view

import android.app.Activity
import android.app.AlertDialog
import android.app.Dialog
import android.os.Bundle

/** What [Screen.ask] is to ask, by a name of the screen's own, with what the dialog is made of. */
fun asking(name: String, fill: Bundle.() -> Unit = {}): Bundle = Bundle().apply {
    putString(ASKS, name)
    fill()
}

/** The name that [asking] gave. */
val Bundle.asks: String get() = getString(ASKS).orEmpty()

/** A question before what cannot be taken back: for [Screen.question]. */
fun Activity.question(title: CharSequence?, text: CharSequence, yes: CharSequence, no: CharSequence = getString(android.R.string.cancel), act: () -> Unit): Dialog =
    AlertDialog.Builder(this).apply { title?.let(::setWholeTitle) }.setMessage(text).setNegativeButton(no, null).setPositiveButton(yes) { _, _ -> act() }.create()

private const val ASKS = "asks"

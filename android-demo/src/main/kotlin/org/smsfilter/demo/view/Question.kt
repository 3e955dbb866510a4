package org.smsfilter.demo.view

import android.app.Activity
import android.app.AlertDialog
import android.app.Dialog
import android.os.Bundle
import org.smsfilter.demo.R

/** What [Screen.ask] is to ask, by a name of the screen's own, with what the dialog is made of. */
fun asking(name: String, fill: Bundle.() -> Unit = {}): Bundle = Bundle().apply {
    putString(ASKS, name)
    fill()
}

/** The name that [asking] gave. */
val Bundle.asks: String get() = getString(ASKS).orEmpty()

/**
 * A question before what cannot be taken back: for [Screen.question]. Short answers stand beside each other at any size of letters.
 *
 * @param isDanger whether yes deletes something
 */
fun Activity.question(
    title: CharSequence?, text: CharSequence, yes: CharSequence, no: CharSequence = getString(android.R.string.cancel), isDanger: Boolean = false, act: () -> Unit,
): Dialog = AlertDialog.Builder(this).apply { title?.let(::setWholeTitle) }.setMessage(text).setNegativeButton(no, null).setPositiveButton(yes) { _, _ -> act() }.create()
    .apply { if (isDanger) setOnShowListener { warnOfYes() } }

/** Shows yes in the colour of what deletes. */
fun AlertDialog.warnOfYes(): Unit = getButton(AlertDialog.BUTTON_POSITIVE).setTextColor(context.getColor(R.color.danger))

private const val ASKS = "asks"

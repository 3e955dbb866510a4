package org.smsfilter.demo.view

import android.app.Activity
import android.app.AlertDialog

/** Asks before what cannot be taken back. */
fun Activity.confirm(title: CharSequence, text: CharSequence, yes: CharSequence, no: CharSequence = getString(android.R.string.cancel), act: () -> Unit) {
    AlertDialog.Builder(this).setWholeTitle(title).setMessage(text).setNegativeButton(no, null).setPositiveButton(yes) { _, _ -> act() }.show()
}

package org.smsfilter.demo.view

import android.app.AlertDialog
import android.view.LayoutInflater
import android.widget.TextView
import org.smsfilter.demo.R

/** A title that is never cut: Android's own has two lines at most. */
fun AlertDialog.Builder.setWholeTitle(title: CharSequence): AlertDialog.Builder {
    val view = LayoutInflater.from(context).inflate(R.layout.dialog_title, null) as TextView
    return setCustomTitle(view.apply { text = title })
}

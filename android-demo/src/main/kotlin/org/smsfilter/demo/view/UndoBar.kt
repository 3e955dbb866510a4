package org.smsfilter.demo.view

import android.app.Activity
import android.view.View
import android.widget.Button
import android.widget.TextView
import org.smsfilter.demo.R

/** A bar at the foot of a screen that says what was done and takes it back. It stays until the next one or until it is used. */
object UndoBar {
    fun show(screen: Activity, text: CharSequence, undo: () -> Unit) {
        val bar = screen.findViewById<View>(R.id.undo_bar) ?: return
        bar.view<TextView>(R.id.undo_text).text = text
        bar.view<Button>(R.id.undo).setOnClickListener {
            bar.isPresent = false
            undo()
        }
        bar.isPresent = true
        bar.announceForAccessibility(text)
    }
}

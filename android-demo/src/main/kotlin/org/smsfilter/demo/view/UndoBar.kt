package org.smsfilter.demo.view

import android.os.Bundle
import android.view.View
import android.widget.Button
import android.widget.TextView
import org.smsfilter.demo.R

/**
 * A bar at the foot of a screen that says what was done and takes it back. It stays until the next one, until it is used or closed, also
 * when the screen is turned and when the process ends.
 */
class UndoBar(private val screen: Screen) {
    /** What can be taken back: the words, and the way that [Screen.undo] is given. */
    private var offer: Bundle? = null

    fun show(text: CharSequence, way: Bundle) {
        show(Bundle().apply { putCharSequence(TEXT, text); putBundle(WAY, way) })
        screen.findViewById<View>(R.id.undo_bar)?.announceForAccessibility(text)
    }

    fun close() {
        offer = null
        screen.findViewById<View>(R.id.undo_bar)?.isPresent = false
    }

    fun save(state: Bundle): Unit = state.putBundle(OFFER, offer)

    fun restore(state: Bundle): Unit = state.getBundle(OFFER)?.let(::show) ?: Unit

    private fun show(offer: Bundle) {
        val bar = screen.findViewById<View>(R.id.undo_bar) ?: return
        this.offer = offer
        bar.view<TextView>(R.id.undo_text).text = offer.getCharSequence(TEXT)
        bar.view<Button>(R.id.undo).setOnClickListener {
            close()
            offer.getBundle(WAY)?.let(screen::undo)
        }
        bar.view<View>(R.id.undo_close).setOnClickListener { close() }
        bar.isPresent = true
    }

    private companion object {
        const val OFFER = "undo"
        const val TEXT = "text"
        const val WAY = "way"
    }
}

package org.smsfilter.demo.view

import android.app.Dialog
import android.os.Bundle

/**
 * The dialog that a screen asks with. It is asked again, with what was filled in, when the screen was turned and when the process ended:
 * [Screen.question] makes it of what is saved, and of nothing else.
 */
class Questions(private val screen: Screen) {
    private var asked: Bundle? = null
    private var dialog: Dialog? = null

    /** @param filled what was filled in before */
    fun ask(what: Bundle, filled: Bundle? = null) {
        val dialog = screen.question(what) ?: return
        this.dialog = dialog
        asked = what
        if (filled == null) dialog.show() else dialog.onRestoreInstanceState(filled)
    }

    fun save(state: Bundle) {
        val dialog = dialog?.takeIf { it.isShowing } ?: return
        state.putBundle(ASKED, asked)
        state.putBundle(FILLED, dialog.onSaveInstanceState())
    }

    fun restore(state: Bundle): Unit = state.getBundle(ASKED)?.let { ask(it, state.getBundle(FILLED)) } ?: Unit

    /** The screen goes: its dialog must not outlive it. */
    fun close() {
        dialog?.dismiss()
        dialog = null
    }

    private companion object {
        const val ASKED = "asked"
        const val FILLED = "filled"
    }
}

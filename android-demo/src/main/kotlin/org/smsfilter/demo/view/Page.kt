package org.smsfilter.demo.view

import android.app.Dialog
import android.os.Bundle
import android.view.Menu

/** One of the places of the main screen. */
interface Page {
    /** Shows what is there now. */
    fun refresh()

    /** Adds what can be done with all of it. */
    fun menu(menu: Menu) = Unit

    /** Keeps what the user chose beyond the end of the process. */
    fun save(state: Bundle) = Unit

    /** Takes up what [save] kept. Called before the first [refresh]. */
    fun restore(state: Bundle) = Unit

    /** Takes back what this page offered with [Screen.offerUndo]. */
    fun undo(way: Bundle) = Unit

    /** Makes the dialog that this page asked for. */
    fun question(what: Bundle): Dialog? = null

    /** Whether the user went into something that [back] leaves; a page that changes it calls [org.smsfilter.demo.MainActivity.pageChanged]. */
    val isInside: Boolean get() = false

    /** Goes back within the page. */
    fun back() = Unit
}

package org.smsfilter.demo.view

import android.view.Menu

/** One of the places of the main screen. */
interface Page {
    /** Shows what is there now. */
    fun refresh()

    /** Adds what can be done with all of it. */
    fun menu(menu: Menu) = Unit
}

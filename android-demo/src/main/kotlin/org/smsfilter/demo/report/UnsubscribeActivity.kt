package org.smsfilter.demo.report

import android.content.Context
import android.content.Intent
import org.smsfilter.demo.view.Screen

/** How further promotions of a sender are refused: what word goes where, and only once the user says so. */
class UnsubscribeActivity : Screen() {
    companion object {
        private const val MESSAGE = "message"

        /** @param message its row id in the store */
        fun intent(context: Context, message: Long): Intent = Intent(context, UnsubscribeActivity::class.java).putExtra(MESSAGE, message)
    }
}

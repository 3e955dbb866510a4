package org.smsfilter.demo.report

import android.content.Context
import android.content.Intent
import org.smsfilter.demo.view.Screen

/** A report before it is sent: to whom, what exactly, what it costs. */
class ReportActivity : Screen() {
    companion object {
        private const val MESSAGE = "message"

        /** @param message its row id in the store */
        fun intent(context: Context, message: Long): Intent = Intent(context, ReportActivity::class.java).putExtra(MESSAGE, message)
    }
}

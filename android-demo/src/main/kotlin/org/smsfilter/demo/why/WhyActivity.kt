package org.smsfilter.demo.why

import android.content.Context
import android.content.Intent
import org.smsfilter.demo.view.Screen

/** Why one message is where it is, and what can be done about it. */
class WhyActivity : Screen() {
    companion object {
        private const val MESSAGE = "message"

        /** @param message its row id in the store */
        fun intent(context: Context, message: Long): Intent = Intent(context, WhyActivity::class.java).putExtra(MESSAGE, message)
    }
}

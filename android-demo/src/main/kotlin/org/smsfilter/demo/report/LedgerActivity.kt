package org.smsfilter.demo.report

import android.content.Context
import android.content.Intent
import org.smsfilter.demo.view.Screen

/** Reports and refusals, and how far each is. */
class LedgerActivity : Screen() {
    companion object {
        fun intent(context: Context): Intent = Intent(context, LedgerActivity::class.java)
    }
}

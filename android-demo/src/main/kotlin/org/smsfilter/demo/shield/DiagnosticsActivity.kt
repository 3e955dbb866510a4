package org.smsfilter.demo.shield

import android.content.Context
import android.content.Intent
import org.smsfilter.demo.view.Screen

/** Whether the phone lets the filter work, and what to do where not. */
class DiagnosticsActivity : Screen() {
    companion object {
        fun intent(context: Context): Intent = Intent(context, DiagnosticsActivity::class.java)
    }
}

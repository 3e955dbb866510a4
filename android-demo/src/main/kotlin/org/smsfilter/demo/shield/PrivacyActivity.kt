package org.smsfilter.demo.shield

import android.content.Context
import android.content.Intent
import org.smsfilter.demo.view.Screen

/** What is stored and what never leaves the phone, before first use and after. */
class PrivacyActivity : Screen() {
    companion object {
        fun intent(context: Context): Intent = Intent(context, PrivacyActivity::class.java)
    }
}

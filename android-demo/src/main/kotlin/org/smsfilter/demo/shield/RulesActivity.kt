package org.smsfilter.demo.shield

import android.content.Context
import android.content.Intent
import org.smsfilter.demo.view.Screen

/** The installed rules: whose, how old, how sound. */
class RulesActivity : Screen() {
    companion object {
        fun intent(context: Context): Intent = Intent(context, RulesActivity::class.java)
    }
}

package org.smsfilter.demo.policy

import android.content.Context
import android.content.Intent
import org.smsfilter.demo.view.Screen

/** The policy in words, to be changed. */
class PolicyActivity : Screen() {
    companion object {
        fun intent(context: Context): Intent = Intent(context, PolicyActivity::class.java)
    }
}

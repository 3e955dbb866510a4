package org.smsfilter.demo.spambox

import android.content.Context
import android.content.Intent
import org.smsfilter.demo.view.Screen

/** Promotions that were held back for once a day, by sender. */
class DigestActivity : Screen() {
    companion object {
        fun intent(context: Context): Intent = Intent(context, DigestActivity::class.java)
    }
}

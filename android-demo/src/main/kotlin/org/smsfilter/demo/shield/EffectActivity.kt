package org.smsfilter.demo.shield

import android.content.Context
import android.content.Intent
import org.smsfilter.demo.view.Screen

/** What the filter did, in numbers. */
class EffectActivity : Screen() {
    companion object {
        fun intent(context: Context): Intent = Intent(context, EffectActivity::class.java)
    }
}

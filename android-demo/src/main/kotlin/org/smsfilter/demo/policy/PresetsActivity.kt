package org.smsfilter.demo.policy

import android.content.Context
import android.content.Intent
import org.smsfilter.demo.view.Screen

/** The four presets, each tried on the messages of this phone before it is chosen. */
class PresetsActivity : Screen() {
    companion object {
        fun intent(context: Context): Intent = Intent(context, PresetsActivity::class.java)
    }
}

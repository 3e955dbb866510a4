package org.smsfilter.demo.why

import android.content.Context
import android.content.Intent
import org.smsfilter.demo.view.Screen

/** A place to try any text against the rules in use. */
class TesterActivity : Screen() {
    companion object {
        private const val TEXT = "text"

        fun intent(context: Context, text: String = ""): Intent = Intent(context, TesterActivity::class.java).putExtra(TEXT, text)
    }
}

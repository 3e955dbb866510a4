package org.smsfilter.demo.policy

import android.content.Context
import android.content.Intent
import org.smsfilter.demo.view.Screen

/** A rule of the user's own, with the messages that it would have hit. */
class OwnRuleActivity : Screen() {
    companion object {
        private const val WORDS = "words"

        fun intent(context: Context, words: String = ""): Intent = Intent(context, OwnRuleActivity::class.java).putExtra(WORDS, words)
    }
}

package org.smsfilter.demo.shield

import android.content.ActivityNotFoundException
import android.content.Context
import android.content.Intent
import android.os.Bundle
import android.view.View
import android.widget.TextView
import org.smsfilter.demo.R
import org.smsfilter.demo.view.Screen
import org.smsfilter.demo.view.isPresent

/** Why this wants to be the default application for SMS, before Android asks. */
class RoleActivity : Screen() {
    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        show(R.layout.role, getString(R.string.role_title))
        view<View>(R.id.ask).setOnClickListener { ask() }
        view<View>(R.id.later).setOnClickListener { finish() }
    }

    override fun onResume() {
        super.onResume()
        if (!Role.isHeld(this)) return
        // Granted, here or in Android's settings.
        for (asking in intArrayOf(R.id.ask, R.id.why, R.id.why_text)) view<View>(asking).isPresent = false
        view<TextView>(R.id.answer).setText(R.string.role_held)
        view<View>(R.id.answer).isPresent = true
        view<TextView>(R.id.later).setText(R.string.go_on)
    }

    private fun ask() {
        try {
            startActivityForResult(Role.ask(this) ?: return say(R.string.role_impossible), ASK)
        } catch (e: ActivityNotFoundException) {
            say(R.string.role_impossible)
        }
    }

    @Deprecated("the framework's own; AndroidX is not used")
    override fun onActivityResult(request: Int, result: Int, data: Intent?) {
        if (request != ASK) return
        if (Role.isHeld(this)) finish() else say(R.string.role_refused)
    }

    private fun say(text: Int) {
        view<TextView>(R.id.answer).setText(text)
        view<View>(R.id.answer).isPresent = true
    }

    companion object {
        private const val ASK = 1

        fun intent(context: Context): Intent = Intent(context, RoleActivity::class.java)
    }
}

package org.smsfilter.demo.shield

import android.app.Dialog
import android.content.Context
import android.content.Intent
import android.os.Bundle
import android.view.View
import android.widget.Button
import android.widget.TextView
import org.smsfilter.demo.MainActivity
import org.smsfilter.demo.R
import org.smsfilter.demo.now
import org.smsfilter.demo.view.Screen
import org.smsfilter.demo.view.asking
import org.smsfilter.demo.view.isPresent
import org.smsfilter.demo.view.longTime
import org.smsfilter.demo.view.question

/** What is stored and what never leaves the phone, before first use and after. */
class PrivacyActivity : Screen() {
    private val firstRun by lazy { FirstRun(this) }

    override val needsConsent: Boolean get() = false

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        show(R.layout.privacy, getString(R.string.privacy), isRoot = !firstRun.isAgreed)
        view<View>(R.id.agree).setOnClickListener {
            firstRun.agreedAt = now
            @Suppress("DEPRECATION") // What replaces it is in Android 13 and later alone.
            startActivity(intent.getParcelableExtra(AFTER) ?: MainActivity.intent(this))
            finish()
        }
        view<View>(R.id.decline).setOnClickListener { if (firstRun.isAgreed) ask(asking(WITHDRAW)) else finishAffinity() }
    }

    override fun onResume() {
        super.onResume()
        val agreed = firstRun.agreedAt
        view<View>(R.id.agree).isPresent = agreed == null
        view<Button>(R.id.decline).setText(if (agreed == null) R.string.privacy_decline else R.string.privacy_withdraw)
        view<TextView>(R.id.agreed).text = agreed?.let { getString(R.string.privacy_agreed, longTime(it)) } ?: getString(R.string.privacy_not_agreed)
    }

    override fun question(what: Bundle): Dialog = question(
        getString(R.string.privacy_withdraw), getString(R.string.privacy_withdraw_text), getString(R.string.privacy_withdraw_yes), isDanger = true,
    ) {
        firstRun.agreedAt = null
        finishAffinity()
    }

    companion object {
        private const val AFTER = "after"
        private const val WITHDRAW = "withdraw"

        /** @param after the screen to which agreeing leads; `null`: the main one */
        fun intent(context: Context, after: Intent? = null): Intent = Intent(context, PrivacyActivity::class.java).putExtra(AFTER, after)
    }
}

package org.smsfilter.demo.shield

import android.app.AlertDialog
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
import org.smsfilter.demo.view.isPresent
import org.smsfilter.demo.view.longTime

/** What is stored and what never leaves the phone, before first use and after. */
class PrivacyActivity : Screen() {
    private val firstRun by lazy { FirstRun(this) }

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        show(R.layout.privacy, getString(R.string.privacy), isRoot = !firstRun.isAgreed)
        view<View>(R.id.agree).setOnClickListener {
            firstRun.agreedAt = now
            startActivity(MainActivity.intent(this))
            finish()
        }
        view<View>(R.id.decline).setOnClickListener { if (firstRun.isAgreed) withdraw() else finishAffinity() }
    }

    override fun onResume() {
        super.onResume()
        val agreed = firstRun.agreedAt
        view<View>(R.id.agree).isPresent = agreed == null
        view<Button>(R.id.decline).setText(if (agreed == null) R.string.privacy_decline else R.string.privacy_withdraw)
        view<TextView>(R.id.agreed).text = agreed?.let { getString(R.string.privacy_agreed, longTime(it)) } ?: getString(R.string.privacy_not_agreed)
    }

    private fun withdraw() {
        AlertDialog.Builder(this).setTitle(R.string.privacy_withdraw).setMessage(R.string.privacy_withdraw_text)
            .setPositiveButton(R.string.privacy_withdraw) { _, _ ->
                firstRun.agreedAt = null
                finishAffinity()
            }
            .setNegativeButton(android.R.string.cancel, null).show()
    }

    companion object {
        fun intent(context: Context): Intent = Intent(context, PrivacyActivity::class.java)
    }
}

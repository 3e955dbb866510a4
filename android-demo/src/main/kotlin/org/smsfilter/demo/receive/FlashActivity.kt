package org.smsfilter.demo.receive

import android.app.Activity
import android.content.ClipData
import android.content.ClipboardManager
import android.content.Context
import android.content.Intent
import android.os.Build
import android.os.Bundle
import android.os.PersistableBundle
import android.view.View
import android.widget.TextView
import android.widget.Toast
import org.smsfilter.demo.R
import org.smsfilter.demo.view.Tone
import org.smsfilter.demo.view.chip
import org.smsfilter.demo.view.isPresent
import org.smsfilter.demo.view.view

/** A class 0 message. It is in no store: what is closed is gone. No link in it can be opened from here. */
class FlashActivity : Activity() {
    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        setContentView(R.layout.flash)
        show()
    }

    override fun onNewIntent(intent: Intent) {
        super.onNewIntent(intent)
        setIntent(intent)
        show()
    }

    private fun show() {
        val isSuspect = intent.getBooleanExtra(SUSPECT, false)
        title = getString(R.string.notice_flash)
        window.decorView.view<TextView>(R.id.flash_label).chip(if (isSuspect) getString(R.string.channel_suspect) else null, Tone.DANGER)
        window.decorView.view<TextView>(R.id.flash_sender).text = intent.getStringExtra(SENDER)
        window.decorView.view<TextView>(R.id.flash_text).text = intent.getStringExtra(TEXT)
        for (advice in intArrayOf(R.id.flash_advice, R.id.fraud_hint)) window.decorView.view<View>(advice).isPresent = isSuspect
        window.decorView.view<View>(R.id.flash_copy).setOnClickListener { copy() }
        window.decorView.view<View>(R.id.flash_close).setOnClickListener { finish() }
    }

    /** It may be a code: it is hidden in the clipboard's preview from Android 13 on. */
    private fun copy() {
        val clip = ClipData.newPlainText(getString(R.string.notice_flash), intent.getStringExtra(TEXT))
        clip.description.extras = PersistableBundle().apply { putBoolean(SENSITIVE, true) }
        checkNotNull(getSystemService(ClipboardManager::class.java)).setPrimaryClip(clip)
        // Android 13 shows by itself what was copied.
        if (Build.VERSION.SDK_INT < 33) Toast.makeText(this, R.string.letter_copied, Toast.LENGTH_SHORT).show()
    }

    companion object {
        /** `ClipDescription.EXTRA_IS_SENSITIVE` of Android 13. */
        private const val SENSITIVE = "android.content.extra.IS_SENSITIVE"
        private const val SENDER = "sender"
        private const val TEXT = "text"
        private const val SUSPECT = "suspect"

        /** @param isSuspect whether the rules call it a suspected fraud */
        fun intent(context: Context, sender: String, text: String, isSuspect: Boolean): Intent =
            Intent(context, FlashActivity::class.java).putExtra(SENDER, sender).putExtra(TEXT, text).putExtra(SUSPECT, isSuspect)
    }
}

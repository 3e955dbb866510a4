package org.smsfilter.demo.messages

import android.content.Context
import android.content.Intent
import android.net.Uri
import android.os.Bundle
import org.smsfilter.demo.R
import org.smsfilter.demo.view.Screen

/** A new message; other applications come here with SENDTO. */
class ComposeActivity : Screen() {
    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        show(R.layout.compose, getString(R.string.compose))
    }

    companion object {
        fun intent(context: Context, to: String = "", text: String = ""): Intent =
            Intent(Intent.ACTION_SENDTO, Uri.fromParts("smsto", to, null), context, ComposeActivity::class.java).putExtra("sms_body", text)
    }
}

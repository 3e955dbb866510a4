package org.smsfilter.demo.view

import android.Manifest.permission.READ_SMS
import android.Manifest.permission.SEND_SMS
import android.content.Context
import android.content.pm.PackageManager.PERMISSION_GRANTED
import android.provider.Telephony.Sms
import android.view.View
import android.widget.Button
import android.widget.TextView
import org.smsfilter.demo.R
import org.smsfilter.demo.shield.DiagnosticsActivity

/** What this application lacks to be what the user expects of it, the gravest first. */
enum class Lack(val text: Int) {
    READING(R.string.lack_reading),
    ROLE(R.string.lack_role),
    SENDING(R.string.lack_sending),
}

/** The gravest lack; `null` if there is none. */
fun Context.lack(): Lack? = when {
    checkSelfPermission(READ_SMS) != PERMISSION_GRANTED -> Lack.READING
    Sms.getDefaultSmsPackage(this) != packageName -> Lack.ROLE
    checkSelfPermission(SEND_SMS) != PERMISSION_GRANTED -> Lack.SENDING
    else -> null
}

/** Says in the banner of a screen what is lacking, with the one button that mends it; nothing lacking, no banner. */
fun View.showLack() {
    val lack = context.lack()
    isPresent = lack != null
    if (lack == null) return
    view<TextView>(R.id.banner_text).setText(lack.text)
    view<Button>(R.id.banner_mend).setOnClickListener { context.startActivity(DiagnosticsActivity.intent(context)) }
}

package org.smsfilter.demo.spambox

import android.app.Activity
import android.app.Dialog
import android.view.Gravity
import android.view.ViewGroup.LayoutParams
import android.view.Window
import android.widget.Button
import android.widget.TextView
import android.widget.Toast
import org.smsfilter.IndexEntry
import org.smsfilter.Known
import org.smsfilter.demo.R
import org.smsfilter.demo.app
import org.smsfilter.demo.messages.StoredSms
import org.smsfilter.demo.now
import org.smsfilter.demo.policy.OwnRuleActivity
import org.smsfilter.demo.report.ReportActivity
import org.smsfilter.demo.view.isPresent
import org.smsfilter.demo.view.longTime
import org.smsfilter.demo.view.view
import org.smsfilter.demo.why.message

/**
 * Asks whether a message that came through is spam. Nothing is counted before the user says so: there is no way back from that.
 *
 * @param id its row id in the store
 * @param done called when it was counted
 */
fun markSpam(screen: Activity, id: Long, done: () -> Unit = {}): Unit = screen.app.background.load(
    screen,
    {
        screen.app.phone.run {
            mailbox.get(listOf(id))[id]?.let { sms -> Missed(sms, index.get(sms.key), filter.consentKey(message(sms, Known.NONE, null))?.signature) }
        }
    },
    { failed(screen) },
) { if (it == null) Toast.makeText(screen, R.string.spam_gone, Toast.LENGTH_LONG).show() else ask(screen, it, done) }

/** @property signature a word to begin a rule with */
private class Missed(val sms: StoredSms, val entry: IndexEntry?, val signature: String?)

private fun ask(screen: Activity, missed: Missed, done: () -> Unit) {
    val before = missed.entry?.missedAt
    val mayCount = missed.entry != null && before == null
    val dialog = Dialog(screen)
    dialog.requestWindowFeature(Window.FEATURE_NO_TITLE)
    dialog.setContentView(R.layout.mark_spam)
    dialog.window?.run {
        setGravity(Gravity.BOTTOM)
        setBackgroundDrawableResource(R.drawable.card)
        setLayout(LayoutParams.MATCH_PARENT, LayoutParams.WRAP_CONTENT)
    }
    val view = checkNotNull(dialog.window).decorView
    view.view<TextView>(R.id.spam_title).setText(if (before == null) R.string.spam_title else R.string.spam_again_title)
    view.view<TextView>(R.id.spam_text).text = when {
        before != null -> screen.getString(R.string.spam_again_text, screen.longTime(before))
        mayCount -> screen.getString(R.string.spam_text)
        else -> screen.getString(R.string.spam_old_text)
    }
    val count = { then: () -> Unit ->
        dialog.dismiss()
        screen.app.background.load(screen, { mayCount && screen.app.phone.index.miss(missed.sms.id, screen.now) }, { failed(screen) }) { isNew ->
            if (isNew) Toast.makeText(screen, R.string.spam_counted, Toast.LENGTH_LONG).show()
            if (isNew) done()
            then()
        }
    }
    view.view<Button>(R.id.spam_count).run {
        isPresent = mayCount
        setOnClickListener { count {} }
    }
    view.view<Button>(R.id.spam_report).run {
        setText(if (mayCount) R.string.spam_report else R.string.spam_report_only)
        setOnClickListener { count { screen.startActivity(ReportActivity.intent(screen, missed.sms.id)) } }
    }
    view.view<Button>(R.id.spam_rule).run {
        setText(if (mayCount) R.string.spam_rule else R.string.spam_rule_only)
        setOnClickListener { count { screen.startActivity(OwnRuleActivity.intent(screen, missed.signature.orEmpty())) } }
    }
    view.view<Button>(R.id.spam_no).setOnClickListener { dialog.dismiss() }
    dialog.show()
}

private fun failed(screen: Activity): Unit = Toast.makeText(screen, R.string.box_not_done, Toast.LENGTH_LONG).show()

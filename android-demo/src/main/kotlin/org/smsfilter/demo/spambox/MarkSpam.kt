package org.smsfilter.demo.spambox

import android.app.Dialog
import android.os.Bundle
import android.view.Gravity
import android.view.ViewGroup.LayoutParams
import android.view.Window
import android.widget.Button
import android.widget.TextView
import android.widget.Toast
import org.smsfilter.Known
import org.smsfilter.demo.R
import org.smsfilter.demo.app
import org.smsfilter.demo.now
import org.smsfilter.demo.policy.OwnRuleActivity
import org.smsfilter.demo.report.ReportActivity
import org.smsfilter.demo.view.Screen
import org.smsfilter.demo.view.asking
import org.smsfilter.demo.view.isPresent
import org.smsfilter.demo.view.longTime
import org.smsfilter.demo.view.view
import org.smsfilter.demo.why.message

/** The name of the question of [markSpam]. */
const val SPAM = "spam"

/**
 * Asks whether a message that came through is spam. Nothing is counted before the user says so: there is no way back from that.
 *
 * @param screen makes the dialog with [spamQuestion]
 * @param id its row id in the store
 */
fun markSpam(screen: Screen, id: Long): Unit = screen.work.load(
    screen,
    {
        screen.app.phone.run {
            mailbox.get(listOf(id))[id]?.let { sms ->
                val entry = index.get(sms.key)
                asking(SPAM) {
                    putLong(ID, id)
                    putBoolean(KNOWN, entry != null)
                    entry?.missedAt?.let { putLong(BEFORE, it) }
                    putString(SIGNATURE, filter.consentKey(message(sms, Known.NONE, null))?.signature)
                }
            }
        }
    },
    { failed(screen) },
) { if (it == null) Toast.makeText(screen, R.string.spam_gone, Toast.LENGTH_LONG).show() else screen.ask(it) }

/** The dialog that [markSpam] asks for. */
fun spamQuestion(screen: Screen, what: Bundle): Dialog {
    val id = what.getLong(ID)
    val before = if (what.containsKey(BEFORE)) what.getLong(BEFORE) else null
    val mayCount = what.getBoolean(KNOWN) && before == null
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
        screen.work.load(screen, { mayCount && screen.app.phone.index.miss(id, screen.now) }, { failed(screen) }) { isNew ->
            if (isNew) Toast.makeText(screen, R.string.spam_counted, Toast.LENGTH_LONG).show()
            then()
        }
    }
    view.view<Button>(R.id.spam_count).run {
        isPresent = mayCount
        setOnClickListener { count {} }
    }
    view.view<Button>(R.id.spam_report).run {
        setText(if (mayCount) R.string.spam_report else R.string.spam_report_only)
        setOnClickListener { count { screen.startActivity(ReportActivity.intent(screen, id)) } }
    }
    view.view<Button>(R.id.spam_rule).run {
        setText(if (mayCount) R.string.spam_rule else R.string.spam_rule_only)
        // The signature is a word to begin a rule with.
        setOnClickListener { count { screen.startActivity(OwnRuleActivity.intent(screen, what.getString(SIGNATURE).orEmpty())) } }
    }
    view.view<Button>(R.id.spam_no).setOnClickListener { dialog.dismiss() }
    return dialog
}

private fun failed(screen: Screen): Unit = Toast.makeText(screen, R.string.box_not_done, Toast.LENGTH_LONG).show()

private const val ID = "id"
private const val KNOWN = "known"
private const val BEFORE = "before"
private const val SIGNATURE = "signature"

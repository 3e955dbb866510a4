package org.smsfilter.demo.messages

import android.app.AlertDialog
import android.content.ClipData
import android.content.ClipboardManager
import android.content.Intent
import android.os.Build
import android.os.PersistableBundle
import android.view.View
import android.widget.PopupMenu
import android.widget.TextView
import android.widget.Toast
import org.smsfilter.demo.R
import org.smsfilter.demo.app
import org.smsfilter.demo.policy.OwnRuleActivity
import org.smsfilter.demo.report.ReportActivity
import org.smsfilter.demo.view.confirm
import org.smsfilter.demo.view.view
import org.smsfilter.demo.why.WhyActivity

/** What can be done with a message of a conversation. */
class LetterActions(private val screen: ThreadActivity) {
    /** All of it, behind the dots of a message and behind a long press. */
    fun show(at: View, bubble: Bubble) {
        val menu = PopupMenu(screen, at)
        fun add(title: CharSequence, act: () -> Unit) = menu.menu.add(title).setOnMenuItemClickListener { act().let { true } }
        fun add(title: Int, act: () -> Unit) = add(screen.getString(title), act)
        if (bubble.sending?.mayRetry == true) add(R.string.send_again) { retry(bubble) }
        add(R.string.letter_copy) { copy(bubble.sms.body, isSensitive = bubble.code != null) }
        bubble.code?.let { code -> add(screen.getString(R.string.code_copy, code)) { copyCode(code) } }
        bubble.links.distinctBy { it.url }.forEach { add(screen.getString(R.string.link_of, it.host)) { open(bubble, it) } }
        if (bubble.sending == null) {
            add(R.string.letter_why_menu) { screen.startActivity(WhyActivity.intent(screen, bubble.sms.id)) }
            add(R.string.letter_report) { screen.startActivity(ReportActivity.intent(screen, bubble.sms.id)) }
            add(R.string.letter_rule) { rule(bubble.sms.body) }
        }
        add(R.string.letter_forward) { screen.startActivity(ComposeActivity.intent(screen, text = bubble.sms.body)) }
        add(R.string.letter_delete) { delete(bubble) }
        menu.show()
    }

    fun copyCode(code: String): Unit = copy(code, isSensitive = true)

    /** A code is hidden in the clipboard's preview from Android 13 on; earlier versions leave the mark aside. */
    private fun copy(text: String, isSensitive: Boolean) {
        val clip = ClipData.newPlainText(screen.getString(if (isSensitive) R.string.letter_code else R.string.app_name), text)
        if (isSensitive) clip.description.extras = PersistableBundle().apply { putBoolean(SENSITIVE, true) }
        checkNotNull(screen.getSystemService(ClipboardManager::class.java)).setPrimaryClip(clip)
        // Android 13 shows by itself what was copied.
        if (Build.VERSION.SDK_INT < 33) Toast.makeText(screen, R.string.letter_copied, Toast.LENGTH_SHORT).show()
    }

    /** Opens a link in an application of the user's choice; one in a suspect message after the user has read what opens. */
    fun open(bubble: Bubble, link: Link) {
        val entry = bubble.letter.entry
        if (entry?.isSuspect != true) return browse(link)
        val label = screen.label(entry)
        val text = listOfNotNull(
            if (label == null) screen.getString(R.string.link_text_suspect) else screen.getString(R.string.link_text_labelled, label),
            screen.getString(R.string.link_site, link.host),
            screen.getString(R.string.link_whole, link.url.toString()),
            if (link.isForeign) screen.getString(R.string.link_foreign) else null,
            screen.getString(R.string.link_advice),
        ).joinToString("\n\n")
        AlertDialog.Builder(screen).setTitle(R.string.link_title).setMessage(text)
            .setPositiveButton(R.string.link_leave, null).setNegativeButton(R.string.link_open) { _, _ -> browse(link) }.show()
    }

    private fun browse(link: Link) {
        val view = Intent(Intent.ACTION_VIEW, link.url).addCategory(Intent.CATEGORY_BROWSABLE)
        screen.startActivity(Intent.createChooser(view, screen.getString(R.string.link_with)))
    }

    /** Sends again; what may have been sent already, only if the user knows that. */
    fun retry(bubble: Bubble) {
        if (bubble.sending == Sending.FAILED) return again(bubble)
        screen.confirm(screen.getString(R.string.send_again_title), screen.getString(R.string.send_again_text), screen.getString(R.string.send_again)) { again(bubble) }
    }

    private fun again(bubble: Bubble): Unit = screen.change { app.phone.outbox.retry(bubble.sms) }

    private fun delete(bubble: Bubble): Unit = screen.confirm(
        screen.getString(R.string.letter_delete_title), screen.getString(R.string.letter_delete_text),
        screen.getString(R.string.letter_delete), screen.getString(R.string.letter_keep),
    ) { screen.change { app.phone.mailbox.delete(listOf(bubble.sms.key)) } }

    /** Lets the user select words for a rule. */
    private fun rule(body: String) {
        val view = screen.layoutInflater.inflate(R.layout.words, null)
        val words = view.view<TextView>(R.id.words_body)
        words.text = body
        val dialog = AlertDialog.Builder(screen).setTitle(R.string.words_title).setView(view)
            .setNegativeButton(android.R.string.cancel, null).setPositiveButton(R.string.words_rule, null).show()
        // It stays open until something is selected.
        dialog.getButton(AlertDialog.BUTTON_POSITIVE).setOnClickListener {
            val (from, to) = words.selectionStart to words.selectionEnd
            val selected = if (from < 0 || to < 0) "" else words.text.substring(minOf(from, to), maxOf(from, to)).trim()
            if (selected.isEmpty()) {
                Toast.makeText(screen, R.string.words_none, Toast.LENGTH_SHORT).show()
            } else {
                dialog.dismiss()
                screen.startActivity(OwnRuleActivity.intent(screen, selected))
            }
        }
    }

    private companion object {
        /** `ClipDescription.EXTRA_IS_SENSITIVE` of Android 13. */
        const val SENSITIVE = "android.content.extra.IS_SENSITIVE"
    }
}

package org.smsfilter.demo.messages

import android.app.AlertDialog
import android.app.Dialog
import android.content.ClipData
import android.content.ClipboardManager
import android.content.Intent
import android.net.Uri
import android.os.Build
import android.os.Bundle
import android.os.PersistableBundle
import android.view.View
import android.widget.PopupMenu
import android.widget.TextView
import android.widget.Toast
import org.smsfilter.Category
import org.smsfilter.demo.R
import org.smsfilter.demo.app
import org.smsfilter.demo.policy.OwnRuleActivity
import org.smsfilter.demo.report.ReportActivity
import org.smsfilter.demo.report.UnsubscribeActivity
import org.smsfilter.demo.spambox.SPAM
import org.smsfilter.demo.spambox.keys
import org.smsfilter.demo.spambox.markSpam
import org.smsfilter.demo.spambox.putKeys
import org.smsfilter.demo.spambox.spamQuestion
import org.smsfilter.demo.view.asking
import org.smsfilter.demo.view.asks
import org.smsfilter.demo.view.question
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
            if (bubble.letter.entry?.isMoved != true) add(R.string.letter_spam) { markSpam(screen, bubble.sms.id) }
            if (bubble.letter.entry?.received?.category == Category.PROMOTION) add(R.string.unsubscribe) { screen.startActivity(UnsubscribeActivity.intent(screen, bubble.sms.id)) }
            add(R.string.letter_report) { screen.startActivity(ReportActivity.intent(screen, bubble.sms.id)) }
            add(R.string.letter_rule) { screen.ask(asking(RULE) { putString(BODY, bubble.sms.body) }) }
        }
        add(R.string.letter_forward) { screen.startActivity(ComposeActivity.intent(screen, text = bubble.sms.body)) }
        add(R.string.letter_delete) { screen.ask(asking(DELETE) { putKeys(listOf(bubble.sms.key)) }) }
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
        if (entry?.isSuspect != true) return browse(link.url)
        val label = screen.label(entry)
        val text = listOfNotNull(
            if (label == null) screen.getString(R.string.link_text_suspect) else screen.getString(R.string.link_text_labelled, label),
            screen.getString(R.string.link_site, link.host),
            screen.getString(R.string.link_whole, link.url.toString()),
            if (link.isForeign) screen.getString(R.string.link_foreign) else null,
            screen.getString(R.string.link_advice),
        ).joinToString("\n\n")
        screen.ask(asking(LINK) { putString(URL, link.url.toString()); putString(BODY, text) })
    }

    private fun browse(url: Uri) {
        val view = Intent(Intent.ACTION_VIEW, url).addCategory(Intent.CATEGORY_BROWSABLE)
        screen.startActivity(Intent.createChooser(view, screen.getString(R.string.link_with)))
    }

    /** Sends again; what may have been sent already, only if the user knows that. */
    fun retry(bubble: Bubble) {
        if (bubble.sending == Sending.FAILED) again(bubble.sms.id) else screen.ask(asking(AGAIN) { putLong(ID, bubble.sms.id) })
    }

    private fun again(id: Long): Unit = screen.change { app.phone.run { mailbox.get(listOf(id))[id]?.let(outbox::retry) } }

    /** Makes the dialog that was asked for here. */
    fun question(what: Bundle): Dialog? = when (what.asks) {
        LINK -> link(what)
        RULE -> rule(what)
        SPAM -> spamQuestion(screen, what)
        DELETE -> screen.question(
            screen.getString(R.string.letter_delete_title), screen.getString(R.string.letter_delete_text),
            screen.getString(R.string.letter_delete), screen.getString(R.string.letter_keep), isDanger = true,
        ) { screen.change { app.phone.mailbox.delete(what.keys()) } }
        AGAIN -> screen.question(
            screen.getString(R.string.send_again_title), screen.getString(R.string.send_again_text), screen.getString(R.string.send_again),
        ) { again(what.getLong(ID)) }
        else -> null
    }

    private fun link(what: Bundle): Dialog = screen.question(
        screen.getString(R.string.link_title), what.getString(BODY).orEmpty(), screen.getString(R.string.link_open), screen.getString(R.string.link_leave), isDanger = true,
    ) { browse(Uri.parse(what.getString(URL))) }

    /** Lets the user select words for a rule. */
    private fun rule(what: Bundle): Dialog {
        val view = screen.layoutInflater.inflate(R.layout.words, null)
        val words = view.view<TextView>(R.id.words_body)
        words.text = what.getString(BODY)
        val dialog = AlertDialog.Builder(screen).setTitle(R.string.words_title).setView(view)
            .setNegativeButton(android.R.string.cancel, null).setPositiveButton(R.string.words_rule, null).create()
        // It stays open until something is selected.
        dialog.setOnShowListener { dialog.getButton(AlertDialog.BUTTON_POSITIVE).setOnClickListener { if (rule(words)) dialog.dismiss() } }
        return dialog
    }

    private fun rule(words: TextView): Boolean {
        val (from, to) = words.selectionStart to words.selectionEnd
        val selected = if (from < 0 || to < 0) "" else words.text.substring(minOf(from, to), maxOf(from, to)).trim()
        if (selected.isEmpty()) {
            Toast.makeText(screen, R.string.words_none, Toast.LENGTH_SHORT).show()
        } else {
            screen.startActivity(OwnRuleActivity.intent(screen, selected))
        }
        return selected.isNotEmpty()
    }

    private companion object {
        const val LINK = "link"
        const val RULE = "rule"
        const val DELETE = "delete"
        const val AGAIN = "again"
        const val URL = "url"
        const val BODY = "body"
        const val ID = "id"

        /** `ClipDescription.EXTRA_IS_SENSITIVE` of Android 13. */
        const val SENSITIVE = "android.content.extra.IS_SENSITIVE"
    }
}

package org.smsfilter.demo.why

import android.app.AlertDialog
import android.content.ClipData
import android.content.ClipboardManager
import android.content.Context
import android.content.Intent
import android.os.Bundle
import android.view.View
import android.widget.Button
import android.widget.TextView
import android.widget.Toast
import org.smsfilter.Policy
import org.smsfilter.demo.R
import org.smsfilter.demo.app
import org.smsfilter.demo.now
import org.smsfilter.demo.policy.OwnRuleActivity
import org.smsfilter.demo.report.ReportActivity
import org.smsfilter.demo.view.Screen
import org.smsfilter.demo.view.Tone
import org.smsfilter.demo.view.UndoBar
import org.smsfilter.demo.view.chip
import org.smsfilter.demo.view.isPresent
import org.smsfilter.demo.view.longTime
import org.smsfilter.demo.view.refusal

/** Why one message is where it is, and what can be done about it. */
class WhyActivity : Screen() {
    private val id get() = intent.getLongExtra(MESSAGE, -1)
    private val changes by lazy { Changes(app.phone) }
    private lateinit var evidence: EvidenceView

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        show(R.layout.why, getString(R.string.why_title))
        evidence = EvidenceView(view(R.id.found)) { publisher, rule, off, title ->
            val text = getString(if (off) R.string.why_turned_off else R.string.why_turned_on, title)
            change(text, { changes.turn(publisher, rule, off) }) { changes.turn(publisher, rule, !off) }
        }
    }

    override fun onResume() {
        super.onResume()
        refresh()
    }

    private fun refresh(): Unit = work.load(this, { app.phone.file(id) }, { missing(R.string.why_unreadable_title, R.string.why_unreadable_text) }) {
        if (it == null) missing(R.string.why_gone_title, R.string.why_gone_text) else bind(it)
    }

    private fun missing(title: Int, text: Int) {
        view<View>(R.id.found).isPresent = false
        view<View>(R.id.missing).isPresent = true
        view<TextView>(R.id.missing_title).setText(title)
        view<TextView>(R.id.missing_text).setText(text)
    }

    private fun bind(filed: Filed) {
        val (verdict, decision) = filed.findings.judgement
        val entry = filed.entry
        val received = entry?.received
        view<View>(R.id.missing).isPresent = false
        view<View>(R.id.found).isPresent = true
        val category = received?.takeIf { it.failure == null }?.category ?: verdict.category
        view<TextView>(R.id.chip).chip(received?.takeIf { it.failure == null }?.let(::kind) ?: kind(verdict), Tone.of(category))
        view<TextView>(R.id.place).text = (entry?.let(::place) ?: listOf(getString(R.string.why_in_inbox, longTime(filed.sms.date)))).joinToString("\n")
        view<TextView>(R.id.sentences).text = sentences(filed.findings).joinToString("\n")
        val now = getString(R.string.why_changed, listOf(kind(verdict), name(decision.action)).joinToString(" → "))
        view<TextView>(R.id.note).apply {
            text = when {
                received == null -> getString(R.string.why_not_asked)
                received.failure != null -> getString(R.string.why_failed)
                received.category != verdict.category || received.action != decision.action -> now
                else -> ""
            }
            isPresent = text.isNotEmpty()
        }
        view<TextView>(R.id.from).text = getString(
            R.string.why_from, filed.name ?: filed.sms.address.ifEmpty { getString(R.string.no_sender) }, longTime(filed.sms.date),
        )
        tip(verdict).let { tip ->
            view<View>(R.id.tip_card).isPresent = tip != null
            view<TextView>(R.id.tip).text = tip
        }
        evidence.show(filed.findings)
        actions(filed)
    }

    private fun actions(filed: Filed) {
        val entry = filed.entry
        action(R.id.restore, entry?.isHidden == true) {
            if (entry != null) change(getString(R.string.why_restored), { changes.restore(entry, now) }) { changes.hide(entry) }
        }
        action(R.id.allow_sender, filed.sms.address.isNotEmpty()) {
            allow(filed, getString(R.string.why_allowed_sender)) { changes.allow(sender = filed.sms.address) }
        }
        // Only of a 106 port: anybody else may write any name in 【】.
        val signature = filed.key?.signature
        action(R.id.allow_signature, signature != null) {
            allow(filed, getString(R.string.why_allowed_signature, signature)) { changes.allow(signature = signature) }
        }
        if (signature != null) view<Button>(R.id.allow_signature).text = getString(R.string.why_allow_signature, signature)
        action(R.id.report, filed.sms.isReceived) { startActivity(ReportActivity.intent(this, filed.sms.id)) }
        action(R.id.make_rule, filed.sms.body.isNotBlank()) { startActivity(OwnRuleActivity.intent(this, selected(filed.sms.body))) }
        action(R.id.receipt, true) {
            work.load(this, { app.phone.filter.receipt(filed.findings.message) }, ::failed, ::copy)
        }
    }

    private fun action(id: Int, isThere: Boolean, act: () -> Unit): Unit = view<Button>(id).run {
        isPresent = isThere
        setOnClickListener { act() }
    }

    /** What the user selected of the text, or nothing: then the rule begins empty. */
    private fun selected(body: String): String = view<TextView>(R.id.body).run {
        val (start, end) = minOf(selectionStart, selectionEnd) to maxOf(selectionStart, selectionEnd)
        if (start in 0 until end && end <= body.length) body.substring(start, end) else ""
    }

    /** Allows what looks fine at once, and asks before what does not. */
    private fun allow(filed: Filed, done: String, allow: () -> Policy) {
        var old: Policy? = null
        val go = { change(done, { old = allow() }) { old?.let(app.phone.filter::choosePolicy) } }
        val verdict = filed.findings.judgement.verdict
        if (!verdict.category.isBlocked) return go()
        AlertDialog.Builder(this)
            .setTitle(R.string.why_allow_sure_title)
            .setMessage(getString(R.string.why_allow_sure_text, kind(verdict)))
            .setPositiveButton(R.string.why_allow_yes) { _, _ -> go() }
            .setNegativeButton(R.string.why_allow_no, null)
            .show()
    }

    /** Like [undoable], but says why it could not be done. */
    private fun change(text: String, change: () -> Unit, undo: () -> Unit): Unit = work.load(this, change, ::failed) {
        refresh()
        UndoBar.show(this, text) { work.load(this, undo, ::failed) { refresh() } }
    }

    private fun failed(e: Exception) {
        val why = refusal(e)?.let { getString(R.string.why_refused, it) } ?: getString(R.string.why_refused_plain)
        Toast.makeText(this, why, Toast.LENGTH_LONG).show()
    }

    private fun copy(receipt: String) {
        getSystemService(ClipboardManager::class.java)?.setPrimaryClip(ClipData.newPlainText(getString(R.string.why_receipt), receipt))
        Toast.makeText(this, R.string.why_receipt_copied, Toast.LENGTH_LONG).show()
    }

    companion object {
        private const val MESSAGE = "message"

        /** @param message its row id in the store */
        fun intent(context: Context, message: Long): Intent = Intent(context, WhyActivity::class.java).putExtra(MESSAGE, message)
    }
}

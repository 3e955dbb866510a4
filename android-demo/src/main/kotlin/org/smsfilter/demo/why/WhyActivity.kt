package org.smsfilter.demo.why

import android.app.Dialog
import android.content.ClipData
import android.content.ClipboardManager
import android.content.Context
import android.content.Intent
import android.os.Bundle
import android.view.View
import android.widget.Button
import android.widget.TextView
import android.widget.Toast
import org.smsfilter.Category
import org.smsfilter.demo.R
import org.smsfilter.demo.app
import org.smsfilter.demo.now
import org.smsfilter.demo.policy.OwnRuleActivity
import org.smsfilter.demo.report.ReportActivity
import org.smsfilter.demo.report.UnsubscribeActivity
import org.smsfilter.demo.view.Screen
import org.smsfilter.demo.view.Tone
import org.smsfilter.demo.view.chip
import org.smsfilter.demo.view.isPresent
import org.smsfilter.demo.view.longTime
import org.smsfilter.demo.view.question
import org.smsfilter.demo.view.refusal

/** Why one message is where it is, and what can be done about it. */
class WhyActivity : Screen() {
    private val id get() = intent.getLongExtra(MESSAGE, -1)
    private val changes by lazy { Changes(app) }
    private lateinit var evidence: EvidenceView

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        show(R.layout.why, getString(R.string.why_title))
        evidence = EvidenceView(view(R.id.found)) { publisher, rule, off, title ->
            val text = getString(if (off) R.string.why_turned_off else R.string.why_turned_on, title)
            change(text) { changes.turn(publisher, rule, off) }
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
        val isOther = received != null && received.failure == null && (received.category != verdict.category || received.subcategory != verdict.subcategory || received.action != decision.action)
        view<View>(R.id.missing).isPresent = false
        view<View>(R.id.found).isPresent = true
        val category = received?.takeIf { it.failure == null }?.category ?: verdict.category
        view<TextView>(R.id.chip).chip(received?.takeIf { it.failure == null }?.let(::kind) ?: kind(verdict), Tone.of(category))
        val place = entry?.let(::place) ?: listOf(getString(R.string.why_in_inbox, longTime(filed.sms.date)))
        view<TextView>(R.id.place).text = place.first()
        val why = if (received != null && isOther) sentences(filed.findings, received) else sentences(filed.findings)
        view<TextView>(R.id.sentences).text = (why + place.drop(1)).joinToString("\n")
        val now = getString(R.string.why_changed, listOf(kind(verdict), name(decision.action)).joinToString(" → "))
        view<TextView>(R.id.note).apply {
            text = when {
                received == null -> getString(R.string.why_not_asked)
                received.failure != null -> getString(R.string.why_failed)
                isOther -> now
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
        actions(filed, category)
    }

    /** @param category what the message is called here */
    private fun actions(filed: Filed, category: Category) {
        val entry = filed.entry
        val isBad = category.isBlocked && filed.sms.isReceived
        view<Button>(R.id.restore).run {
            setBackgroundResource(if (isBad) R.drawable.action_quiet else R.drawable.action)
            setTextColor(getColor(if (isBad) R.color.accent else R.color.on_accent))
        }
        view<View>(R.id.first).isPresent = isBad || entry?.isHidden == true
        for ((id, isThere) in listOf(R.id.report_first to isBad, R.id.report to !isBad)) {
            action(id, isThere && filed.sms.isReceived) { startActivity(ReportActivity.intent(this, filed.sms.id)) }
        }
        action(R.id.unsubscribe, category == Category.PROMOTION && filed.sms.isReceived) { startActivity(UnsubscribeActivity.intent(this, filed.sms.id)) }
        action(R.id.restore, entry?.isHidden == true) {
            if (entry != null) change(getString(R.string.why_restored)) { changes.restore(entry.key, now) }
        }
        action(R.id.allow_sender, filed.sms.address.isNotEmpty()) {
            allow(filed, signature = null)
        }
        // Only of a 106 port: anybody else may write any name in 【】.
        val signature = filed.key?.signature
        action(R.id.allow_signature, signature != null) {
            allow(filed, signature)
        }
        if (signature != null) view<Button>(R.id.allow_signature).text = getString(R.string.why_allow_signature, signature)
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
    private fun allow(filed: Filed, signature: String?) {
        val verdict = filed.findings.judgement.verdict
        val what = Bundle().apply {
            putString(SENDER, filed.sms.address)
            putString(SIGNATURE, signature)
            putString(KIND, kindInSentence(verdict))
        }
        if (verdict.category.isBlocked) ask(what) else allow(what)
    }

    override fun question(what: Bundle): Dialog = question(
        getString(R.string.why_allow_sure_title), getString(R.string.why_allow_sure_text, what.getString(KIND)),
        getString(R.string.why_allow_yes), getString(R.string.why_allow_no),
    ) { allow(what) }

    private fun allow(what: Bundle) {
        val signature = what.getString(SIGNATURE)
        val done = signature?.let { getString(R.string.why_allowed_signature, it) } ?: getString(R.string.why_allowed_sender)
        change(done) { changes.allow(sender = what.getString(SENDER).takeIf { signature == null }, signature = signature) }
    }

    /** Does something, says so, and offers to take it back. */
    private fun change(text: String, change: () -> Bundle): Unit = work.load(this, change, ::failed) { way ->
        refresh()
        offerUndo(text, way)
    }

    override fun undo(way: Bundle): Unit = work.load(this, { changes.undo(way) }, ::failed) { refresh() }

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
        private const val SENDER = "sender"
        private const val SIGNATURE = "signature"
        private const val KIND = "kind"

        /** @param message its row id in the store */
        fun intent(context: Context, message: Long): Intent = Intent(context, WhyActivity::class.java).putExtra(MESSAGE, message)
    }
}

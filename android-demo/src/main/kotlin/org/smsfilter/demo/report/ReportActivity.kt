package org.smsfilter.demo.report

import android.content.Context
import android.content.Intent
import android.os.Bundle
import android.view.View
import android.widget.Button
import android.widget.RadioButton
import android.widget.RadioGroup
import android.widget.TextView
import org.smsfilter.ReportDraft
import org.smsfilter.ReportEvent
import org.smsfilter.SmsFilterException
import org.smsfilter.Step
import org.smsfilter.demo.R
import org.smsfilter.demo.app
import org.smsfilter.demo.now
import org.smsfilter.demo.shield.RoleActivity
import org.smsfilter.demo.view.Screen
import org.smsfilter.demo.view.Tone
import org.smsfilter.demo.view.chip
import org.smsfilter.demo.view.isPresent
import org.smsfilter.demo.view.longTime
import org.smsfilter.demo.view.words

/** A report before it is sent: to whom, what exactly, what it costs. And after that: how far it is. */
class ReportActivity : Screen() {
    private val message get() = intent.getLongExtra(MESSAGE, -1)
    private val report get() = intent.getLongExtra(REPORT, -1).takeIf { it >= 0 }
    private val changed: () -> Unit = { load() }

    /** The user confirmed a second time that a one-time code is to be reported. */
    private var overrideCode = false
    private var channel: String? = null
    private var sheet: Sheet? = null

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        overrideCode = state?.getBoolean(OVERRIDE) ?: false
        channel = state?.getString(CHANNEL)
        show(R.layout.report, getString(R.string.report))
        view<View>(R.id.override_code).setOnClickListener {
            overrideCode = true
            load()
        }
        view<View>(R.id.code_keep).setOnClickListener { finish() }
        view<View>(R.id.role).setOnClickListener { startActivity(RoleActivity.intent(this)) }
        view<View>(R.id.ledger).setOnClickListener { startActivity(LedgerActivity.intent(this)) }
        view<View>(R.id.share_masked).setOnClickListener { sheet?.let { share(it.masked.text, R.string.share_masked) } }
        view<View>(R.id.undo_report).setOnClickListener { move(ReportEvent.UNDONE) }
        view<View>(R.id.answered).setOnClickListener { move(ReportEvent.ANSWERED) }
        view<View>(R.id.submitted).setOnClickListener { move(ReportEvent.SHARED) }
        view<View>(R.id.send).setOnClickListener { confirm() }
    }

    override fun onSaveInstanceState(state: Bundle) {
        super.onSaveInstanceState(state)
        state.putBoolean(OVERRIDE, overrideCode)
        state.putString(CHANNEL, channel)
    }

    override fun onResume() {
        super.onResume()
        Reporter.watching += changed
        load()
    }

    override fun onPause() {
        super.onPause()
        Reporter.watching -= changed
    }

    private fun load() = work.load(this, { Sheet.of(this, message, report, overrideCode) }, { refuse(getString(R.string.failed)) }) { bind(it) }

    private fun bind(sheet: Sheet?) {
        this.sheet = sheet
        view<View>(R.id.waiting).isPresent = false
        if (sheet == null) return refuse(getString(R.string.message_gone))
        sheet.refused?.let { return if (it.code == CODE) refuse(getString(R.string.code_text), isCode = true) else refuse(words(it)) }
        val draft = sheet.drafts.find { it.channelId == channel } ?: sheet.drafts.first()
        refuse(null)
        standing(sheet)
        choices(sheet, draft)
        preview(sheet, draft, sheet.step(draft))
        view<View>(R.id.masked_card).isPresent = true
        view<TextView>(R.id.masked).text = sheet.masked.text
        view<View>(R.id.fraud_hint).isPresent = sheet.isFraud
    }

    /** Says why nothing can be reported; with the one-time code's second question, if that is why. */
    private fun refuse(text: String?, isCode: Boolean = false) {
        view<View>(R.id.waiting).isPresent = false
        view<View>(R.id.refusal_card).isPresent = text != null
        view<TextView>(R.id.refusal_title).setText(if (isCode) R.string.code_title else R.string.refusal_title)
        view<TextView>(R.id.refusal).text = text
        for (answer in intArrayOf(R.id.code_keep, R.id.override_code)) view<View>(answer).isPresent = isCode
        if (text == null) return
        for (card in intArrayOf(R.id.state_card, R.id.channels_card, R.id.verbatim_card, R.id.masked_card, R.id.fraud_hint)) view<View>(card).isPresent = false
    }

    private fun standing(sheet: Sheet) {
        val report = sheet.report
        view<View>(R.id.state_card).isPresent = report != null
        if (report == null) return
        val standing = Standing.of(report, sheet.isQueued)
        view<TextView>(R.id.state).chip(Channels.name(this, report.channel), standing.tone)
        view<TextView>(R.id.state_text).text = getString(standing.text)
        val (at, what) = report.answeredAt?.let { it to R.string.time_answered } ?: report.sentAt?.let { it to R.string.time_sent }
            ?: (report.draftedAt to R.string.time_begun)
        view<TextView>(R.id.state_time).text = getString(what, longTime(at))
        view<View>(R.id.undo_report).isPresent = standing.canUndo
        view<View>(R.id.answered).isPresent = standing.canClose
        view<View>(R.id.submitted).isPresent = report.channel == Channels.SHARE && standing.canUndo
    }

    private fun choices(sheet: Sheet, chosen: ReportDraft) {
        view<View>(R.id.channels_card).isPresent = sheet.report == null
        val group = view<RadioGroup>(R.id.channels)
        group.removeAllViews()
        for ((i, draft) in sheet.drafts.withIndex()) {
            val button = layoutInflater.inflate(R.layout.radio, group, false) as RadioButton
            button.id = FIRST + i
            button.text = Channels.name(this, draft.channelId)
            button.setOnClickListener {
                channel = draft.channelId
                bind(sheet)
            }
            group.addView(button)
        }
        group.check(FIRST + sheet.drafts.indexOf(chosen))
        group.jumpDrawablesToCurrentState()
        note(R.id.channel_note, Channels.note(this, chosen.channelId))
    }

    private fun preview(sheet: Sheet, draft: ReportDraft, step: Step) {
        val parts = sheet.parts(step)
        val isShare = step.to == null
        view<View>(R.id.verbatim_card).isPresent = true
        fact(R.id.to, R.string.fact_to, step.to ?: getString(R.string.to_share))
        fact(R.id.sim, R.string.fact_sim, if (isShare) null else sheet.line.name)
        fact(R.id.parts, R.string.fact_parts, if (isShare) null else resources.getQuantityString(R.plurals.parts, parts, parts))
        fact(R.id.cost, R.string.fact_cost, Channels.cost(this, draft.channelId, parts))
        view<TextView>(R.id.verbatim).text = step.text
        note(R.id.step_note, if (draft.steps.size > 1) getString(R.string.step_of, sheet.index(draft) + 1, draft.steps.size) else null)
        note(R.id.condition, step.condition?.takeIf { sheet.report?.asked != true }?.let { words(it) })
        note(R.id.confirmation, draft.confirmation?.let { words(it) })
        note(R.id.evidence, draft.evidence?.let { getString(if (isShare) R.string.evidence_in else R.string.evidence_beside, words(it)) })
        val act = sheet.report?.let { Standing.of(it, sheet.isQueued).act } ?: (if (isShare) R.string.share_report else R.string.send_report).takeIf { sheet.report == null }
        val isHeld = !isShare && (!Line.maySend(this) || sheet.line.isGone)
        view<View>(R.id.role).isPresent = act != null && !isShare && !Line.maySend(this)
        note(R.id.held, if (act == null || !isHeld) null else getString(if (sheet.line.isGone) R.string.held_sim else R.string.held_permission))
        val send = view<Button>(R.id.send)
        send.isPresent = act != null && !isHeld
        send.isEnabled = true
        act?.let { send.text = getString(it) }
    }

    private fun fact(id: Int, name: Int, value: String?) = note(id, value?.let { getString(R.string.fact, getString(name), it) })

    private fun note(id: Int, text: String?) {
        val view = view<TextView>(id)
        view.isPresent = text != null
        view.text = text
    }

    /** The one tap: what is on the screen now is what goes. */
    private fun confirm() {
        val sheet = sheet ?: return
        val draft = sheet.drafts.find { it.channelId == channel } ?: sheet.drafts.firstOrNull() ?: return
        val step = sheet.step(draft)
        view<Button>(R.id.send).isEnabled = false
        work.load(this, {
            val report = Sheet.confirm(this, message, draft, sheet.report)
            if (step.to != null) Reporter(this).queue(report.id, sheet.parts(step))
        }, ::tell) {
            load()
            if (step.to == null) share(step.text, R.string.share_report)
        }
    }

    private fun move(event: ReportEvent) {
        val report = sheet?.report?.id ?: return
        work.load(this, { app.phone.ledgers.on(report, event, now) }, ::tell) {
            if (event == ReportEvent.UNDONE) finish() else load()
        }
    }

    private fun tell(e: Exception) {
        android.widget.Toast.makeText(this, if (e is SmsFilterException) words(e) else getString(R.string.failed), android.widget.Toast.LENGTH_LONG).show()
        load()
    }

    /** The user chooses the application; none is proposed. */
    private fun share(text: String, title: Int) {
        val send = Intent(Intent.ACTION_SEND).setType("text/plain").putExtra(Intent.EXTRA_TEXT, text)
        startActivity(Intent.createChooser(send, getString(title)))
    }

    companion object {
        private const val MESSAGE = "message"
        private const val REPORT = "report"
        private const val OVERRIDE = "override"
        private const val CHANNEL = "channel"
        private const val CODE = "report.one-time-code"
        private const val FIRST = 1

        /** @param message its row id in the store */
        fun intent(context: Context, message: Long): Intent = Intent(context, ReportActivity::class.java).putExtra(MESSAGE, message)

        /** A report that was begun. */
        fun intent(context: Context, message: Long, report: Long): Intent = intent(context, message).putExtra(REPORT, report)
    }
}

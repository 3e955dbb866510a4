package org.smsfilter.demo.policy

import android.app.Dialog
import android.content.Context
import android.content.Intent
import android.os.Bundle
import android.view.View
import android.view.ViewGroup
import android.widget.CheckBox
import android.widget.EditText
import android.widget.TextView
import java.time.LocalTime
import org.smsfilter.Action
import org.smsfilter.Policy
import org.smsfilter.demo.R
import org.smsfilter.demo.app
import org.smsfilter.demo.view.asking
import org.smsfilter.demo.view.asks
import org.smsfilter.demo.view.isPresent
import org.smsfilter.demo.view.listed
import org.smsfilter.demo.view.refusal
import org.smsfilter.demo.why.name

/** One exception of the policy: when it holds, and what happens then. */
class ExceptionActivity : PolicyScreen() {
    private val at get() = intent.getIntExtra(AT, -1)

    /** What has no field of its own; `null` until it was read. */
    private var draft: Policy.Exception? = null

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        show(R.layout.exception, getString(if (at < 0) R.string.exception_new else R.string.exception_title))
        view<View>(R.id.more).setOnClickListener { showRule() }
        view<View>(R.id.go_on).setOnClickListener { goOn() }
        // As a policy of its own, that the one form serves.
        state?.getString(DRAFT)?.let { draft = PolicyJson.read(it).exceptions.single() }
    }

    override fun onSaveInstanceState(state: Bundle) {
        super.onSaveInstanceState(state)
        draft?.let { state.putString(DRAFT, PolicyJson.write(Policy("", exceptions = listOf(it)))) }
    }

    override fun refresh() {
        if (draft != null) return bind()
        work.load(this, { app.phone.filter.policy().exceptions.getOrNull(at) }, ::refused) { stored ->
            draft = stored ?: Policy.Exception(Action.INBOX)
            field(R.id.sender).setText(stored?.sender)
            field(R.id.signature).setText(stored?.signature)
            field(R.id.rule).setText(stored?.rule)
            view<CheckBox>(R.id.over_floor).isChecked = stored?.isOverFloor ?: false
            bind()
        }
    }

    /** The id of a rule is for who knows it. */
    private fun showRule() {
        view<View>(R.id.more).isPresent = false
        view<View>(R.id.rule_form).isPresent = true
    }

    private fun bind() {
        if (field(R.id.rule).said() != null) showRule()
        val now = draft ?: return
        val sim = now.simSlot?.let { getString(R.string.sim_slot, it + 1) } ?: getString(R.string.exception_sim_any)
        val dates = now.dates?.let { getString(R.string.policy_offered_dates, text(it.from), text(it.until)) } ?: getString(R.string.exception_dates_any)
        val times = listed(now.week.map { text(it) }).ifEmpty { getString(R.string.exception_time_any) }
        view<ViewGroup>(R.id.settings).show(
            listOf(
                Setting(getString(R.string.exception_sim), sim, tap = { ask(asking(SIM)) }),
                Setting(getString(R.string.exception_dates), dates, tap = { ask(asking(DATES)) }, remove = { edit { copy(dates = null) } }.takeIf { now.dates != null }),
                Setting(getString(R.string.exception_time), times, tap = { ask(asking(WEEK)) }, remove = { edit { copy(week = emptyList()) } }.takeIf { now.week.isNotEmpty() }),
                Setting(getString(R.string.exception_then), name(now.action), tap = { ask(asking(ACTION)) }),
            ),
        )
    }

    private fun edit(edit: Policy.Exception.() -> Policy.Exception) {
        draft = draft?.edit()
        bind()
    }

    override fun question(what: Bundle): Dialog? = when (what.asks) {
        SIM -> simDialog()
        DATES -> datesDialog(what) { edit { copy(dates = it) } }
        WEEK -> windowDialog(what, LocalTime.of(22, 0) to LocalTime.of(8, 0)) { edit { copy(week = week + it) } }
        ACTION -> actionDialog(getString(R.string.exception_then), draft?.action) { edit { copy(action = it) } }
        else -> null
    }

    private fun simDialog(): Dialog {
        val slots = (listOf(0, 1) + listOfNotNull(draft?.simSlot)).distinct()
        val names = listOf(getString(R.string.exception_sim_any)) + slots.map { getString(R.string.sim_slot, it + 1) }
        return choiceDialog(getString(R.string.exception_sim), names, slots.indexOf(draft?.simSlot) + 1) { which ->
            edit { copy(simSlot = slots.getOrNull(which - 1)) }
        }
    }

    private fun goOn() {
        val exception = (draft ?: return).copy(
            sender = field(R.id.sender).said(), signature = field(R.id.signature).said(), rule = field(R.id.rule).said(),
            isOverFloor = view<CheckBox>(R.id.over_floor).isChecked,
        )
        val make = {
            val old = app.phone.filter.policy()
            val all = if (at in old.exceptions.indices) old.exceptions.toMutableList().apply { set(at, exception) } else old.exceptions + exception
            // Says what is wrong with it before anything is shown.
            old.copy(exceptions = all).also { it.describe() }
        }
        work.load(this, make, ::problem) {
            view<View>(R.id.problem).isPresent = false
            propose(it)
        }
    }

    private fun problem(e: Exception): Unit = view<TextView>(R.id.problem).run {
        isPresent = true
        text = refusal(e) ?: getString(R.string.why_refused_plain)
    }

    override fun saved(old: Policy, data: Intent?) {
        setResult(RESULT_OK, data)
        finish()
    }

    private fun field(id: Int): EditText = view(id)

    private fun EditText.said(): String? = text.toString().trim().ifEmpty { null }

    companion object {
        private const val AT = "at"
        private const val DRAFT = "draft"
        private const val SIM = "sim"
        private const val DATES = "dates"
        private const val WEEK = "week"
        private const val ACTION = "action"

        /** @param at which one is changed, from 0; −1: a new one */
        fun intent(context: Context, at: Int): Intent = Intent(context, ExceptionActivity::class.java).putExtra(AT, at)
    }
}

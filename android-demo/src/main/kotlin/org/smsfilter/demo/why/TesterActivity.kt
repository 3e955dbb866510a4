package org.smsfilter.demo.why

import android.content.Context
import android.content.Intent
import android.os.Bundle
import android.view.View
import android.view.ViewGroup
import android.widget.Button
import android.widget.EditText
import android.widget.RadioGroup
import android.widget.Switch
import android.widget.TextView
import org.smsfilter.Action
import org.smsfilter.Known
import org.smsfilter.Message
import org.smsfilter.Preset
import org.smsfilter.RuleName
import org.smsfilter.demo.R
import org.smsfilter.demo.app
import org.smsfilter.demo.now
import org.smsfilter.demo.policy.name
import org.smsfilter.demo.view.Screen
import org.smsfilter.demo.view.Tone
import org.smsfilter.demo.view.chip
import org.smsfilter.demo.view.fill
import org.smsfilter.demo.view.isPresent
import org.smsfilter.demo.view.refusal
import org.smsfilter.demo.view.view
import org.smsfilter.demo.view.words

/** A place to try any text against the rules in use. */
class TesterActivity : Screen() {
    private lateinit var evidence: EvidenceView
    private lateinit var field: EditText
    private var isTried = false

    /** Whether the user asked for all rules: a long text touches many. */
    private var isAll = false

    private class Tried(val findings: Findings, val presets: List<Pair<Preset, Action>>)

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        show(R.layout.tester, getString(R.string.tester_title))
        evidence = EvidenceView(view(R.id.found), ::turn)
        for (absent in listOf(R.id.from, R.id.select_hint)) view<View>(absent).isPresent = false
        field = view(R.id.text)
        view<View>(R.id.run).setOnClickListener { run() }
        if (state == null) field.setText(intent.getStringExtra(TEXT))
        isTried = state?.getBoolean(TRIED) ?: field.text.isNotBlank()
    }

    override fun onPostCreate(state: Bundle?) {
        super.onPostCreate(state)
        if (isTried) run()
    }

    override fun onSaveInstanceState(state: Bundle) {
        super.onSaveInstanceState(state)
        state.putBoolean(TRIED, isTried)
    }

    private fun run() {
        val text = field.text.toString()
        if (text.isBlank()) {
            field.error = getString(R.string.tester_empty)
            return
        }
        isTried = true
        val message = Message(view<EditText>(R.id.sender).text.toString().trim(), text, now, utcOffsetMinutes(now), known = known())
        work.load(this, { app.phone.run { Tried(find(message), Preset.entries.map { it to filter.decide(message, it).decision.action }) } }, ::failed, ::bind)
    }

    private fun known() = when (view<RadioGroup>(R.id.known).checkedRadioButtonId) {
        R.id.known_contact -> Known.CONTACT
        R.id.known_replied -> Known.REPLIED
        else -> Known.NONE
    }

    private fun failed(e: Exception) {
        view<View>(R.id.found).isPresent = false
        view<TextView>(R.id.problem).apply {
            isPresent = true
            text = refusal(e)?.let { getString(R.string.tester_failed, it) } ?: getString(R.string.why_refused_plain)
        }
    }

    private fun bind(tried: Tried) {
        val (verdict, decision) = tried.findings.judgement
        view<View>(R.id.problem).isPresent = false
        view<View>(R.id.found).isPresent = true
        view<TextView>(R.id.chip).chip(kind(verdict), Tone.of(verdict.category))
        view<TextView>(R.id.place).text = getString(R.string.tester_result, name(decision.action))
        view<TextView>(R.id.sentences).text = sentences(tried.findings).joinToString("\n")
        view<ViewGroup>(R.id.presets).fill(R.layout.row_preset, tried.presets) { (preset, action) ->
            view<TextView>(R.id.title).text = context.name(preset)
            view<TextView>(R.id.chip).chip(context.name(action), tone(action))
        }
        evidence.show(tried.findings)
        // Those that counted come first.
        val counted = tried.findings.reasons.mapTo(HashSet()) { it.publisher to it.rule }
        rules(tried.findings.rules.sortedBy { it.publisher to it.rule !in counted })
    }

    private fun rules(rules: List<RuleName>) {
        view<TextView>(R.id.rules_text).text = if (rules.isEmpty()) {
            getString(R.string.tester_rules_none)
        } else {
            resources.getQuantityString(R.plurals.tester_rules_some, rules.size, rules.size)
        }
        val shown = if (isAll) rules else rules.take(FEW)
        view<Button>(R.id.rules_all).apply {
            isPresent = shown.size < rules.size
            text = resources.getQuantityString(R.plurals.tester_rules_all, rules.size, rules.size)
            setOnClickListener {
                isAll = true
                rules(rules)
            }
        }
        view<ViewGroup>(R.id.rules).fill(R.layout.row_rule, shown) { rule ->
            val name = context.words(rule.title)
            view<Switch>(R.id.rule).apply {
                text = name
                isChecked = !rule.isOff
                setOnCheckedChangeListener { _, isOn -> turn(rule.publisher, rule.rule, !isOn, name) }
            }
            val state = context.getString(if (rule.isOff) R.string.tester_off else R.string.tester_on)
            view<TextView>(R.id.publisher).text = context.getString(R.string.why_by, context.publisher(rule.publisher), state)
        }
    }

    private fun turn(publisher: String, rule: String, off: Boolean, title: String) {
        val changes = Changes(app)
        val text = getString(if (off) R.string.why_turned_off else R.string.why_turned_on, title)
        work.load(this, { changes.turn(publisher, rule, off) }, ::failed) { way ->
            run()
            offerUndo(text, way)
        }
    }

    override fun undo(way: Bundle): Unit = work.load(this, { Changes(app).undo(way) }, ::failed) { run() }

    companion object {
        private const val TEXT = "text"
        private const val TRIED = "tried"
        private const val FEW = 6

        fun intent(context: Context, text: String = ""): Intent = Intent(context, TesterActivity::class.java).putExtra(TEXT, text)

        private fun tone(action: Action) = when (action) {
            Action.QUARANTINE -> Tone.DANGER
            Action.DIGEST, Action.SILENT -> Tone.WARN
            Action.MARK -> Tone.INFO
            Action.INBOX -> Tone.CALM
        }
    }
}

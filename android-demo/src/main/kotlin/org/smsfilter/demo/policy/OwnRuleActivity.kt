package org.smsfilter.demo.policy

import android.content.Context
import android.content.Intent
import android.os.Bundle
import android.os.Handler
import android.os.Looper
import android.text.Editable
import android.text.TextWatcher
import android.view.View
import android.view.ViewGroup
import android.widget.Button
import android.widget.EditText
import android.widget.RadioButton
import android.widget.RadioGroup
import android.widget.TextView
import android.widget.Toast
import org.smsfilter.Action
import org.smsfilter.Message
import org.smsfilter.OwnRule
import org.smsfilter.demo.R
import org.smsfilter.demo.app
import org.smsfilter.demo.view.Screen
import org.smsfilter.demo.view.fill
import org.smsfilter.demo.view.isPresent
import org.smsfilter.demo.view.listed
import org.smsfilter.demo.view.refusal
import org.smsfilter.demo.view.view
import org.smsfilter.demo.why.name

/** A rule of the user's own, with the messages that it would have hit. */
class OwnRuleActivity : Screen() {
    private val words = ArrayList<String>()
    private lateinit var field: EditText
    private lateinit var actions: RadioGroup
    private val later = Handler(Looper.getMainLooper())
    private var stop = Stop()

    /** Read once, by the thread of the trials: each letter typed counts anew. */
    private var history: List<Message>? = null

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        show(R.layout.own_rule, getString(R.string.own_title))
        field = view(R.id.word)
        actions = view(R.id.actions)
        for (action in Action.entries.asReversed()) {
            val choice = layoutInflater.inflate(R.layout.choice, actions, false) as RadioButton
            choice.id = IDS[action.ordinal]
            choice.text = explained(action)
            actions.addView(choice)
        }
        // It may be set back by Android to what the user chose before.
        actions.setOnCheckedChangeListener { _, _ -> view<View>(R.id.careful).isPresent = chosen() > Action.MARK }
        actions.check(IDS[Action.QUARANTINE.ordinal])
        words += state?.getStringArrayList(WORDS) ?: split(intent.getStringExtra(WORDS).orEmpty())
        view<View>(R.id.add).setOnClickListener { add() }
        view<View>(R.id.save).setOnClickListener { save() }
        field.addTextChangedListener(object : TextWatcher {
            override fun beforeTextChanged(text: CharSequence?, start: Int, count: Int, after: Int) = Unit
            override fun onTextChanged(text: CharSequence?, start: Int, before: Int, count: Int) = Unit
            override fun afterTextChanged(text: Editable?) = recount()
        })
    }

    override fun onStart() {
        super.onStart()
        chips()
        rules()
    }

    override fun onStop() {
        super.onStop()
        later.removeCallbacksAndMessages(null)
        stop.ask()
    }

    override fun onSaveInstanceState(state: Bundle) {
        super.onSaveInstanceState(state)
        state.putStringArrayList(WORDS, words)
    }

    /** The words of the rule: the chips, and what stands in the field. */
    private fun all(): List<String> = (words + field.text.toString().trim()).filter { it.isNotEmpty() }.distinct()

    private fun add() {
        words.addAll(split(field.text.toString()).filter { it !in words })
        field.text.clear()
        chips()
    }

    private fun chips() {
        view<ViewGroup>(R.id.chips).fill(R.layout.chip_word, words.toList()) { word ->
            (this as Button).text = word
            contentDescription = context.getString(R.string.own_edit, word)
            setOnClickListener {
                val rest = field.text.toString()
                words.remove(word)
                if (rest.isNotBlank()) words += rest.trim()
                field.setText(word)
                field.setSelection(word.length)
                chips()
            }
        }
        view<View>(R.id.edit_hint).isPresent = words.isNotEmpty()
        recount()
    }

    /** Counts once the typing pauses. */
    private fun recount() {
        stop.ask()
        later.removeCallbacksAndMessages(null)
        if (all().isEmpty()) return said("")
        later.postDelayed(::count, PAUSE)
    }

    private fun count() {
        val asked = Stop().also { stop = it }
        val all = all()
        said(getString(R.string.own_counting))
        val count = { Hits.count(this, history ?: History(this, asked).toList().also { history = it }, all, asked) }
        work.trial(this, count, { if (!asked.isAsked) problem(it) }) { if (!asked.isAsked) show(it) }
    }

    private fun show(hits: Hits) {
        val careful = if (hits.urgent > 0) resources.getQuantityString(R.plurals.own_hits_codes, hits.urgent, hits.urgent) else ""
        val said = if (hits.of == 0) getString(R.string.trial_none) else resources.getQuantityString(R.plurals.own_hits, hits.hits, hits.hits, hits.of)
        said(said, careful, hits.examples)
    }

    private fun said(text: String, problem: String = "", examples: List<String> = emptyList()) {
        view<TextView>(R.id.hits).apply {
            this.text = text
            isPresent = text.isNotEmpty()
        }
        view<TextView>(R.id.problem).apply {
            this.text = problem
            isPresent = problem.isNotEmpty()
        }
        view<ViewGroup>(R.id.examples).fill(R.layout.row_hit, examples) { (this as TextView).text = it }
    }

    private fun problem(e: Exception) {
        val why = refusal(e)?.let { getString(R.string.own_refused, it) }
        said("", why ?: getString(if (e is SecurityException) R.string.trial_denied else R.string.trial_failed_plain))
    }

    private fun chosen() = Action.entries[IDS.indexOf(actions.checkedRadioButtonId)]

    private fun save() {
        val all = all()
        if (all.isEmpty()) {
            field.error = getString(R.string.own_empty)
            return
        }
        val action = chosen()
        val change = { app.phone.filter.run { rules().let { old -> OwnRule(free(old), all, action).also { setRules(old + it) } } } }
        work.load(this, change, ::problem) { new ->
            words.clear()
            field.text.clear()
            chips()
            done(R.string.own_saved, new, NOWHERE)
        }
    }

    private fun delete(rule: OwnRule) {
        val change = { app.phone.filter.run { rules().let { old -> old.indexOf(rule).also { setRules(old - rule) } } } }
        work.load(this, change, ::refused) { at -> done(R.string.own_deleted, rule, at) }
    }

    /** @param at where the rule was before; [NOWHERE] if it is new */
    private fun done(text: Int, rule: OwnRule, at: Int) {
        rules()
        val way = Bundle().apply {
            putString(ID, rule.id)
            putStringArrayList(WORDS, ArrayList(rule.words))
            putString(ACTION, rule.action.name)
            putInt(AT, at)
        }
        offerUndo(getString(text), way)
    }

    override fun undo(way: Bundle) {
        val rule = OwnRule(way.getString(ID).orEmpty(), way.getStringArrayList(WORDS).orEmpty(), Action.valueOf(way.getString(ACTION).orEmpty()))
        val at = way.getInt(AT, NOWHERE)
        val change = { app.phone.filter.run { (rules() - rule).let { rest -> setRules(if (at < 0) rest else rest.toMutableList().apply { add(minOf(at, size), rule) }) } } }
        work.load(this, change, ::refused) { rules() }
    }

    private fun refused(e: Exception) {
        Toast.makeText(this, refusal(e) ?: getString(R.string.why_refused_plain), Toast.LENGTH_LONG).show()
    }

    private fun rules(): Unit = work.load(this, { app.phone.filter.rules() }, ::refused) { rules ->
        view<View>(R.id.list_empty).isPresent = rules.isEmpty()
        view<ViewGroup>(R.id.rules).show(
            rules.map { rule ->
                val words = listed(rule.words.map { getString(R.string.why_quote, it) })
                Setting(getString(R.string.own_words, words, name(rule.action)), remove = { delete(rule) })
            },
        )
    }

    companion object {
        private const val WORDS = "words"
        private const val ID = "id"
        private const val ACTION = "action"
        private const val AT = "at"
        private const val NOWHERE = -1
        private const val PAUSE = 300L
        private val IDS = listOf(R.id.then_inbox, R.id.then_mark, R.id.then_silent, R.id.then_digest, R.id.then_quarantine)

        fun intent(context: Context, words: String = ""): Intent = Intent(context, OwnRuleActivity::class.java).putExtra(WORDS, words)

        /** The words of a selected text: what stands between spaces and marks. */
        fun split(text: String): List<String> = text.split(BETWEEN).filter { it.isNotBlank() }.distinct()

        private val BETWEEN = Regex("[\\s\\p{Punct}，。！？；：、（）【】《》“”‘’…—～]+")

        /** An id that no rule has. */
        private fun free(rules: List<OwnRule>): String {
            val taken = rules.mapTo(HashSet()) { it.id }
            return generateSequence(rules.size + 1) { it + 1 }.map { "own-$it" }.first { it !in taken }
        }
    }
}

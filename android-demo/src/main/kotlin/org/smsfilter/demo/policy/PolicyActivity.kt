package org.smsfilter.demo.policy

import android.app.AlertDialog
import android.app.Dialog
import android.content.Context
import android.content.Intent
import android.os.Bundle
import android.view.View
import android.view.ViewGroup
import android.widget.Button
import android.widget.EditText
import android.widget.TextView
import java.time.LocalTime
import org.smsfilter.Action
import org.smsfilter.Category
import org.smsfilter.OfferedPolicy
import org.smsfilter.Policy
import org.smsfilter.Text
import org.smsfilter.demo.R
import org.smsfilter.demo.app
import org.smsfilter.demo.now
import org.smsfilter.demo.view.asking
import org.smsfilter.demo.view.asks
import org.smsfilter.demo.view.day
import org.smsfilter.demo.view.fill
import org.smsfilter.demo.view.isPresent
import org.smsfilter.demo.view.listed
import org.smsfilter.demo.view.view
import org.smsfilter.demo.view.words
import org.smsfilter.demo.why.TesterActivity
import org.smsfilter.demo.why.name

/** The policy in words, to be changed. */
class PolicyActivity : PolicyScreen() {
    /**
     * @property says what it says, a sentence each
     * @property offered what came with the rules
     */
    private class Shown(val policy: Policy, val says: List<Text>, val offered: List<OfferedPolicy>)

    private var isAll = false

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        show(R.layout.policy, getString(R.string.policy_title))
        tap(R.id.presets) { startActivity(PresetsActivity.intent(this)) }
        tap(R.id.own_rules) { startActivity(OwnRuleActivity.intent(this)) }
        tap(R.id.tester) { startActivity(TesterActivity.intent(this)) }
        tap(R.id.exception_add) { startException(-1) }
    }

    override fun refresh(): Unit = work.load(this, {
        val filter = app.phone.filter
        filter.policy().let { Shown(it, it.describe(), filter.offered()) }
    }, { says(listOf(Text(getString(R.string.policy_unreadable), getString(R.string.policy_unreadable)))) }, ::bind)

    private fun bind(shown: Shown) {
        val policy = shown.policy
        says(shown.says)
        list(R.id.matrix, CATEGORIES.map { category ->
            Setting(name(category), summary(policy, category), tap = { startActivity(CategoryActivity.intent(this, category)) })
        })
        // An overlay is taken off below, as one.
        val overlays = shown.offered.filter { it.isOverlay && policy.has(it.policy) }.flatMapTo(HashSet()) { it.policy.rows }
        val finer = policy.finer.filter { it !in overlays }.map { row -> Setting(text(row), remove = { propose(policy.copy(rows = policy.rows - row)) }) }
        view<View>(R.id.finer_title).isPresent = finer.isNotEmpty()
        list(R.id.finer, finer)
        exceptions(shown)
        list(R.id.quiet, policy.quietHours.map { window -> Setting(text(window), remove = { propose(policy.copy(quietHours = policy.quietHours - window)) }) })
        tap(R.id.quiet_add) { ask(asking(QUIET)) }
        digest(policy)
        list(R.id.retention, CATEGORIES.filter { policy.mayMove(it) }.map { category ->
            val days = policy.retentionDays[category]
            val text = days?.let { resources.getQuantityString(R.plurals.policy_days_kept, it, it) } ?: getString(R.string.policy_forever)
            Setting(name(category), text, tap = { ask(asking(RETENTION) { putString(CATEGORY, category.name); putString(DAYS, days?.toString()) }) })
        })
        offered(shown)
    }

    /** Whether messages of a category can be in the spam box, or have a limit there. */
    private fun Policy.mayMove(category: Category): Boolean = category.isSpam || category in retentionDays ||
        rows.any { it.category == category && it.action == Action.QUARANTINE } || exceptions.any { it.action == Action.QUARANTINE }

    /** The first sentences, and all of them when they are asked for. */
    private fun says(all: List<Text>) {
        val shown = if (isAll) all else all.take(FEW)
        view<ViewGroup>(R.id.sentences).fill(R.layout.row_sentence, shown) { (this as TextView).text = context.words(it) }
        view<Button>(R.id.says_all).apply {
            isPresent = shown.size < all.size
            text = resources.getQuantityString(R.plurals.policy_says_all, all.size, all.size)
            setOnClickListener {
                isAll = true
                says(all)
            }
        }
    }

    /** Which action for whom: senders of one action together. */
    private fun summary(policy: Policy, category: Category): String {
        val actions = CategoryActivity.ORDER.groupBy { text(policy.action(category, it)) }
        return actions.entries.joinToString("\n") { (action, from) ->
            val whom = if (from.size == CategoryActivity.ORDER.size) getString(R.string.policy_all) else listed(from.map { name(it) })
            getString(R.string.policy_cell, whom.beginning(), action)
        }
    }

    private fun exceptions(shown: Shown) {
        val policy = shown.policy
        // Their sentences stand between those of the matrix and those of the times, and begin with their number.
        val says = policy.exceptions.indices.map { at -> shown.says.find { it.en.startsWith("Exception ${at + 1}:") } }
        list(R.id.exceptions, policy.exceptions.mapIndexed { at, exception ->
            val title = says[at]?.let { words(it) } ?: name(exception.action)
            Setting(
                title,
                tap = { startException(at) },
                up = { propose(policy.moved(at, -1)) }.takeIf { at > 0 },
                down = { propose(policy.moved(at, 1)) }.takeIf { at < policy.exceptions.lastIndex },
                remove = { propose(policy.copy(exceptions = policy.exceptions.filterIndexed { other, _ -> other != at })) },
            )
        })
    }

    @Suppress("DEPRECATION") // there is no other without AndroidX
    private fun startException(at: Int) = startActivityForResult(ExceptionActivity.intent(this, at), EXCEPTION)

    @Deprecated("Deprecated in Java")
    override fun onActivityResult(request: Int, result: Int, data: Intent?) {
        @Suppress("DEPRECATION")
        super.onActivityResult(if (request == EXCEPTION) CHANGE else request, result, data)
    }

    private fun digest(policy: Policy) {
        val times = policy.digestTimes
        list(R.id.digest, times.map { time -> Setting(time.toString(), remove = { propose(policy.copy(digestTimes = times - time)) }) })
        view<View>(R.id.digest_default).isPresent = times.isEmpty()
        tap(R.id.digest_add) { ask(asking(DIGEST)) }
    }

    override fun question(what: Bundle): Dialog? = when (what.asks) {
        QUIET -> windowDialog(what, LocalTime.of(23, 0) to LocalTime.of(7, 0)) { change { copy(quietHours = quietHours + it) } }
        DIGEST -> timeDialog(R.string.policy_digest_add, LocalTime.of(20, 0)) { change { copy(digestTimes = (digestTimes + it).distinct().sorted()) } }
        RETENTION -> retentionDialog(Category.valueOf(what.getString(CATEGORY).orEmpty()), what.getString(DAYS))
        else -> null
    }

    private fun retentionDialog(category: Category, now: String?): Dialog {
        val form = layoutInflater.inflate(R.layout.days, null)
        val field = form.view<EditText>(R.id.days)
        field.setText(now)
        return AlertDialog.Builder(this).setTitle(name(category)).setMessage(R.string.policy_retention_text).setView(form)
            .setPositiveButton(R.string.policy_next) { _, _ ->
                val text = field.text.toString().trim()
                // What is too long to be a number is too many days as well: the library says so.
                val days = if (text.isEmpty()) null else text.toIntOrNull() ?: Int.MAX_VALUE
                change { copy(retentionDays = if (days == null) retentionDays - category else retentionDays + (category to days)) }
            }
            .setNegativeButton(R.string.policy_cancel, null)
            .create()
    }

    private fun offered(shown: Shown) {
        view<View>(R.id.offered_title).isPresent = shown.offered.isNotEmpty()
        view<ViewGroup>(R.id.offered).fill(R.layout.row_rule, shown.offered) { offer ->
            val isOn = if (offer.isOverlay) shown.policy.has(offer.policy) else shown.policy.copy(name = offer.policy.name) == offer.policy
            view<android.widget.Switch>(R.id.rule).apply {
                text = context.words(offer.title)
                isChecked = isOn
                setOnClickListener {
                    // Nothing is in force before it is saved.
                    isChecked = isOn
                    switch(shown.policy, offer, !isOn)
                }
            }
            view<TextView>(R.id.publisher).apply {
                text = dates(offer)
                isPresent = text.isNotEmpty()
            }
        }
    }

    private fun switch(policy: Policy, offer: OfferedPolicy, isOn: Boolean) {
        when {
            offer.isOverlay && isOn -> work.load(this, { policy + offer.policy }, ::refused, ::propose)
            offer.isOverlay -> propose(policy.without(offer.policy))
            isOn -> propose(offer.policy)
        }
    }

    private fun dates(offer: OfferedPolicy): String {
        val dates = offer.policy.rows.mapNotNull { it.dates }
        val (from, until) = (dates.minOfOrNull { it.from } ?: return "") to dates.maxOf { it.until }
        return getString(if (until < day(now)) R.string.policy_offered_over else R.string.policy_offered_dates, text(from), text(until))
    }

    private fun list(id: Int, settings: List<Setting>): Unit = view<ViewGroup>(id).show(settings)

    private fun tap(id: Int, act: () -> Unit): Unit = view<View>(id).setOnClickListener { act() }

    companion object {
        private const val EXCEPTION = 2
        private const val QUIET = "quiet"
        private const val DIGEST = "digest"
        private const val RETENTION = "retention"
        private const val CATEGORY = "category"
        private const val DAYS = "days"
        private const val FEW = 3

        /** The ones that people care for first. */
        private val CATEGORIES = listOf(
            Category.PROMOTION, Category.FRAUD, Category.PHISHING, Category.ILLEGAL, Category.UNKNOWN, Category.SERVICE, Category.PUBLIC,
            Category.CODE, Category.PERSONAL,
        )

        fun intent(context: Context): Intent = Intent(context, PolicyActivity::class.java)
    }
}

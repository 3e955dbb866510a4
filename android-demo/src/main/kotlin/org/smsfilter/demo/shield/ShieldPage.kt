package org.smsfilter.demo.shield

import android.content.Intent
import android.view.View
import android.widget.Button
import android.widget.TextView
import org.smsfilter.demo.MainActivity
import org.smsfilter.demo.R
import org.smsfilter.demo.policy.OwnRuleActivity
import org.smsfilter.demo.policy.PolicyActivity
import org.smsfilter.demo.policy.PresetsActivity
import org.smsfilter.demo.report.LedgerActivity
import org.smsfilter.demo.view.Page
import org.smsfilter.demo.view.Tone
import org.smsfilter.demo.view.chip
import org.smsfilter.demo.view.isPresent
import org.smsfilter.demo.view.view
import org.smsfilter.demo.why.TesterActivity

/** What governs the filter: whether it works, what it did, and the ways to policy, rules and reports. */
class ShieldPage(private val screen: MainActivity, private val page: View) : Page {
    init {
        way(R.id.way_presets) { PresetsActivity.intent(screen) }
        way(R.id.way_policy) { PolicyActivity.intent(screen) }
        way(R.id.way_own) { OwnRuleActivity.intent(screen) }
        way(R.id.way_tester) { TesterActivity.intent(screen) }
        way(R.id.way_reports) { LedgerActivity.intent(screen) }
        way(R.id.way_rules) { RulesActivity.intent(screen) }
        way(R.id.way_effect) { EffectActivity.intent(screen) }
        way(R.id.numbers) { EffectActivity.intent(screen) }
        way(R.id.way_diagnostics) { DiagnosticsActivity.intent(screen) }
        way(R.id.way_privacy) { PrivacyActivity.intent(screen) }
    }

    private fun way(row: Int, to: () -> Intent) = page.view<View>(row).setOnClickListener { screen.startActivity(to()) }

    override fun refresh() = screen.work.load(screen, { Checkup(screen).first() to Week.of(screen) }, { bind(null, null, isBroken = true) }) { (first, week) ->
        bind(first, week)
    }

    private fun bind(first: Finding?, week: Week?, isBroken: Boolean = false) {
        val isGood = first == null && !isBroken
        page.view<TextView>(R.id.status_mark).chip(
            screen.getString(if (isGood) R.string.finding_good else first?.mark ?: R.string.finding_urgent), if (isGood) Tone.GOOD else first?.tone ?: Tone.DANGER,
        )
        page.view<TextView>(R.id.status_title).text = if (isGood) screen.getString(R.string.status_good) else first?.title ?: screen.getString(R.string.failed)
        page.view<TextView>(R.id.status_text).text = if (isGood) screen.getString(R.string.status_good_text) else first?.text ?: screen.getString(R.string.status_broken)
        val mend = page.view<Button>(R.id.status_mend)
        mend.isPresent = first?.mend != null
        first?.mend?.let { what ->
            mend.setText(what.label)
            mend.setOnClickListener { Mending(screen).start(what) }
        }
        page.view<TextView>(R.id.caught).text = week?.let { "${it.caught}" }
        page.view<TextView>(R.id.restored).text = week?.let { "${it.restored}" }
        page.view<TextView>(R.id.missed).text = week?.let { "${it.missed}" }
        page.view<View>(R.id.numbers).contentDescription = week?.let { screen.getString(R.string.week_words, it.caught, it.restored, it.missed) }
    }
}

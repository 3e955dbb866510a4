package org.smsfilter.demo.shield

import android.content.Context
import android.content.Intent
import android.os.Bundle
import android.text.format.DateFormat
import android.view.View
import android.widget.LinearLayout
import android.widget.TextView
import java.time.format.DateTimeFormatter
import java.time.format.FormatStyle
import java.time.format.TextStyle
import org.smsfilter.demo.R
import org.smsfilter.demo.view.Screen
import org.smsfilter.demo.view.WeekChart
import org.smsfilter.demo.view.isLargeText
import org.smsfilter.demo.view.isPresent
import org.smsfilter.demo.view.view

/** What the filter did, in numbers. */
class EffectActivity : Screen() {
    /** How many weeks ago the week ended that is shown. */
    private var back = 0

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        back = state?.getInt(BACK) ?: 0
        show(R.layout.effect, getString(R.string.effect))
        view<View>(R.id.head).isPresent = !isLargeText
        view<View>(R.id.earlier).setOnClickListener { go(back + 1) }
        view<View>(R.id.later).setOnClickListener { go(back - 1) }
    }

    override fun onResume() {
        super.onResume()
        go(back)
    }

    override fun onSaveInstanceState(state: Bundle) {
        super.onSaveInstanceState(state)
        state.putInt(BACK, back)
    }

    private fun go(to: Int) {
        back = to
        work.load(this, { Week.of(this, to) }) { bind(it) }
    }

    private fun bind(week: Week) {
        val locale = resources.configuration.locales[0]
        val date = DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(locale)
        view<TextView>(R.id.span).text = getString(R.string.week_span, date.format(week.days.first().day), date.format(week.days.last().day))
        view<View>(R.id.later).run {
            isEnabled = back > 0
            alpha = if (isEnabled) 1f else FAINT
        }
        view<TextView>(R.id.sum).text = resources.getString(R.string.week_sum, week.caught, week.restored, week.missed)
        view<View>(R.id.nothing).isPresent = week.caught + week.missed + week.restored == 0
        val label = { day: DayCount -> day.day.dayOfWeek.getDisplayName(TextStyle.NARROW, locale) }
        val words = week.days.joinToString("\n") { getString(R.string.day_words, date.format(it.day), it.caught, it.restored, it.missed) }
        view<WeekChart>(R.id.chart).show(week.days.map { WeekChart.Bars(label(it), listOf(it.caught, it.restored, it.missed)) }, words)
        val table = view<LinearLayout>(R.id.table)
        table.removeViews(1, table.childCount - 1)
        // The week above says the year, and the days go as in the picture.
        val dayFormat = DateTimeFormatter.ofPattern(DateFormat.getBestDateTimePattern(locale, "MMMd"), locale)
        for (day in week.days) {
            val row = layoutInflater.inflate(R.layout.row_effect, table, false)
            row.view<TextView>(R.id.day).text = dayFormat.format(day.day)
            row.view<TextView>(R.id.caught).text = "%d".format(locale, day.caught)
            row.view<TextView>(R.id.restored).text = "%d".format(locale, day.restored)
            row.view<TextView>(R.id.missed).text = "%d".format(locale, day.missed)
            if (isLargeText) sentence(row, day, dayFormat.format(day.day))
            row.contentDescription = getString(R.string.day_words, date.format(day.day), day.caught, day.restored, day.missed)
            table.addView(row)
        }
    }

    /** Columns would be too narrow. */
    private fun sentence(row: View, day: DayCount, date: String) {
        row.view<TextView>(R.id.day).text = getString(R.string.day_words, date, day.caught, day.restored, day.missed)
        for (number in intArrayOf(R.id.caught, R.id.restored, R.id.missed)) row.view<View>(number).isPresent = false
    }

    companion object {
        private const val BACK = "back"
        private const val FAINT = 0.4f

        fun intent(context: Context): Intent = Intent(context, EffectActivity::class.java)
    }
}

package org.smsfilter.demo.policy

import android.content.Context
import java.time.DayOfWeek
import java.time.LocalDate
import java.time.LocalTime
import java.time.format.DateTimeFormatter
import java.time.format.FormatStyle
import java.time.format.TextStyle
import org.smsfilter.Action
import org.smsfilter.Policy
import org.smsfilter.Preset
import org.smsfilter.demo.R
import org.smsfilter.demo.view.listed
import org.smsfilter.demo.why.name
import org.smsfilter.demo.why.subcategory

/** What a preset is called. */
fun Context.name(preset: Preset): String = getString(
    when (preset) {
        Preset.OFF -> R.string.preset_off
        Preset.MARK -> R.string.preset_mark
        Preset.STANDARD -> R.string.preset_standard
        Preset.STRICT -> R.string.preset_strict
    },
)

/** What a preset does, in a sentence. */
fun Context.text(preset: Preset): String = getString(
    when (preset) {
        Preset.OFF -> R.string.preset_off_text
        Preset.MARK -> R.string.preset_mark_text
        Preset.STANDARD -> R.string.preset_standard_text
        Preset.STRICT -> R.string.preset_strict_text
    },
)

/** What an action means, in a sentence. */
fun Context.text(action: Action): String = getString(
    when (action) {
        Action.INBOX -> R.string.action_inbox_text
        Action.MARK -> R.string.action_mark_text
        Action.SILENT -> R.string.action_silent_text
        Action.DIGEST -> R.string.action_digest_text
        Action.QUARANTINE -> R.string.action_quarantine_text
    },
)

fun Context.text(window: Policy.Window): String {
    val isNext = window.to <= window.from && window.to != LocalTime.MIDNIGHT
    val time = getString(if (isNext) R.string.policy_window_next else R.string.policy_window, window.from.toString(), window.to.toString())
    return getString(R.string.policy_when, text(window.days), time)
}

/** Days of the week, such as Mon, Tue. */
fun Context.text(days: Set<DayOfWeek>): String =
    if (days.size == DayOfWeek.values().size) getString(R.string.policy_every_day) else listed(days.sorted().map(::text))

fun Context.text(day: DayOfWeek): String = day.getDisplayName(TextStyle.SHORT, resources.configuration.locales[0])

fun Context.text(day: LocalDate): String =
    day.format(DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(resources.configuration.locales[0]))

/** What a row of the matrix says. */
fun Context.text(row: Policy.Row): String {
    val kind = listOfNotNull(name(row.category), row.subcategory?.let { subcategory(row.category, it) ?: it }).joinToString(" · ")
    val says = getString(R.string.policy_row, kind, name(row.relation), name(row.action))
    val dates = row.dates ?: return says
    return getString(R.string.policy_row_dates, says, text(dates.from), text(dates.until))
}

/** As a line begins: languages with small and great letters have a great one there. */
fun String.beginning(): String = replaceFirstChar { it.titlecase() }

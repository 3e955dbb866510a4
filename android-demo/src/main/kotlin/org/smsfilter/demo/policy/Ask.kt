package org.smsfilter.demo.policy

import android.app.AlertDialog
import android.app.DatePickerDialog
import android.app.Dialog
import android.app.TimePickerDialog
import android.content.Context
import android.os.Bundle
import android.text.SpannableStringBuilder
import android.text.Spanned
import android.text.style.ForegroundColorSpan
import android.text.style.RelativeSizeSpan
import java.time.DayOfWeek
import java.time.LocalDate
import java.time.LocalTime
import org.smsfilter.Action
import org.smsfilter.Policy
import org.smsfilter.demo.R
import org.smsfilter.demo.now
import org.smsfilter.demo.view.Screen
import org.smsfilter.demo.view.day
import org.smsfilter.demo.view.setWholeTitle
import org.smsfilter.demo.why.name

/** Which action, each with what it means. */
fun Context.actionDialog(title: CharSequence, now: Action?, answer: (Action) -> Unit): Dialog =
    choiceDialog(title, Action.entries.map { explained(it) }, now?.ordinal ?: -1) { answer(Action.entries[it]) }

/** An action with what it means below it. */
fun Context.explained(action: Action): CharSequence {
    val text = SpannableStringBuilder(name(action)).append('\n')
    val start = text.length
    text.append(text(action))
    text.setSpan(RelativeSizeSpan(SMALL), start, text.length, Spanned.SPAN_EXCLUSIVE_EXCLUSIVE)
    text.setSpan(ForegroundColorSpan(getColor(R.color.ink_soft)), start, text.length, Spanned.SPAN_EXCLUSIVE_EXCLUSIVE)
    return text
}

/** One of some things. */
fun Context.choiceDialog(title: CharSequence, items: List<CharSequence>, now: Int, answer: (Int) -> Unit): Dialog =
    AlertDialog.Builder(this).setWholeTitle(title)
        .setSingleChoiceItems(items.toTypedArray(), now) { dialog, which ->
            dialog.dismiss()
            answer(which)
        }
        .setNegativeButton(R.string.policy_cancel, null)
        .create()

fun Context.timeDialog(title: Int, now: LocalTime, answer: (LocalTime) -> Unit): Dialog =
    TimePickerDialog(this, { _, hour, minute -> answer(LocalTime.of(hour, minute)) }, now.hour, now.minute, true).apply { setTitle(title) }

fun Context.dateDialog(title: Int, now: LocalDate, answer: (LocalDate) -> Unit): Dialog =
    DatePickerDialog(this, { _, year, month, day -> answer(LocalDate.of(year, month + 1, day)) }, now.year, now.monthValue - 1, now.dayOfMonth)
        .apply { setTitle(title) }

/**
 * A time of the week, in three questions one after the other: when it begins, when it ends, on which days.
 *
 * @param what has what was answered so far
 * @param usual when it begins and ends unless the user says otherwise
 */
fun Screen.windowDialog(what: Bundle, usual: Pair<LocalTime, LocalTime>, answer: (Policy.Window) -> Unit): Dialog {
    val (from, to) = what.getString(FROM) to what.getString(TO)
    return when {
        from == null -> timeDialog(R.string.policy_quiet_from, usual.first) { ask(Bundle(what).apply { putString(FROM, "$it") }) }
        to == null -> timeDialog(R.string.policy_quiet_to, usual.second) { ask(Bundle(what).apply { putString(TO, "$it") }) }
        else -> daysDialog(what) { days -> answer(Policy.Window(LocalTime.parse(from), LocalTime.parse(to), days)) }
    }
}

/** Days of the week. None is an answer, too: the library says what is wrong with it. */
private fun Context.daysDialog(what: Bundle, answer: (Set<DayOfWeek>) -> Unit): Dialog {
    val days = DayOfWeek.values()
    val chosen = what.getBooleanArray(DAYS) ?: BooleanArray(days.size) { true }.also { what.putBooleanArray(DAYS, it) }
    return AlertDialog.Builder(this).setTitle(R.string.policy_days)
        // What is kept of the question is this very array.
        .setMultiChoiceItems(days.map { text(it) }.toTypedArray(), chosen) { _, which, isChosen -> chosen[which] = isChosen }
        .setPositiveButton(R.string.policy_next) { _, _ -> answer(days.filterTo(LinkedHashSet()) { chosen[it.ordinal] }) }
        .setNegativeButton(R.string.policy_cancel, null)
        .create()
}

/** Days of the calendar, in two questions: the first and the last. */
fun Screen.datesDialog(what: Bundle, answer: (Policy.Dates) -> Unit): Dialog {
    val from = what.getString(FROM)?.let(LocalDate::parse)
        ?: return dateDialog(R.string.exception_from, day(now)) { ask(Bundle(what).apply { putString(FROM, "$it") }) }
    return dateDialog(R.string.exception_until, from) { answer(Policy.Dates(from, it)) }
}

private const val FROM = "from"
private const val TO = "to"
private const val DAYS = "days"
private const val SMALL = 0.85f

package org.smsfilter.demo.policy

import android.app.AlertDialog
import android.app.DatePickerDialog
import android.app.TimePickerDialog
import android.content.Context
import android.text.SpannableStringBuilder
import android.text.Spanned
import android.text.style.ForegroundColorSpan
import android.text.style.RelativeSizeSpan
import java.time.DayOfWeek
import java.time.LocalDate
import java.time.LocalTime
import org.smsfilter.Action
import org.smsfilter.demo.R
import org.smsfilter.demo.view.setWholeTitle
import org.smsfilter.demo.why.name

/** Asks which action, each with what it means. */
fun Context.askAction(title: CharSequence, now: Action?, answer: (Action) -> Unit) {
    val items = Action.entries.map { explained(it) }.toTypedArray<CharSequence>()
    AlertDialog.Builder(this).setWholeTitle(title)
        .setSingleChoiceItems(items, now?.ordinal ?: -1) { dialog, which ->
            dialog.dismiss()
            answer(Action.entries[which])
        }
        .setNegativeButton(R.string.policy_cancel, null)
        .show()
}

/** An action with what it means below it. */
fun Context.explained(action: Action): CharSequence {
    val text = SpannableStringBuilder(name(action)).append('\n')
    val start = text.length
    text.append(text(action))
    text.setSpan(RelativeSizeSpan(SMALL), start, text.length, Spanned.SPAN_EXCLUSIVE_EXCLUSIVE)
    text.setSpan(ForegroundColorSpan(getColor(R.color.ink_soft)), start, text.length, Spanned.SPAN_EXCLUSIVE_EXCLUSIVE)
    return text
}

/** Asks for one of some things. */
fun Context.ask(title: Int, items: List<String>, now: Int, answer: (Int) -> Unit) {
    AlertDialog.Builder(this).setWholeTitle(getString(title))
        .setSingleChoiceItems(items.toTypedArray(), now) { dialog, which ->
            dialog.dismiss()
            answer(which)
        }
        .setNegativeButton(R.string.policy_cancel, null)
        .show()
}

fun Context.askTime(title: Int, now: LocalTime, answer: (LocalTime) -> Unit) {
    TimePickerDialog(this, { _, hour, minute -> answer(LocalTime.of(hour, minute)) }, now.hour, now.minute, true)
        .apply { setTitle(title) }
        .show()
}

fun Context.askDate(title: Int, now: LocalDate, answer: (LocalDate) -> Unit) {
    DatePickerDialog(this, { _, year, month, day -> answer(LocalDate.of(year, month + 1, day)) }, now.year, now.monthValue - 1, now.dayOfMonth)
        .apply { setTitle(title) }
        .show()
}

/** Asks for days of the week. None is an answer, too: the library says what is wrong with it. */
fun Context.askDays(answer: (Set<DayOfWeek>) -> Unit) {
    val days = DayOfWeek.values()
    val chosen = BooleanArray(days.size) { true }
    AlertDialog.Builder(this).setTitle(R.string.policy_days)
        .setMultiChoiceItems(days.map { text(it) }.toTypedArray(), chosen) { _, which, isChosen -> chosen[which] = isChosen }
        .setPositiveButton(R.string.policy_next) { _, _ -> answer(days.filterTo(LinkedHashSet()) { chosen[it.ordinal] }) }
        .setNegativeButton(R.string.policy_cancel, null)
        .show()
}

private const val SMALL = 0.85f

package org.smsfilter.demo.spambox

import android.content.Context
import android.os.Bundle
import android.view.View
import android.view.accessibility.AccessibilityNodeInfo
import android.view.accessibility.AccessibilityNodeInfo.AccessibilityAction
import android.widget.Button
import android.widget.CheckBox
import android.widget.TextView
import java.time.temporal.ChronoUnit
import org.smsfilter.IndexEntry
import org.smsfilter.demo.R
import org.smsfilter.demo.now
import org.smsfilter.demo.view.Tone
import org.smsfilter.demo.view.chip
import org.smsfilter.demo.view.day
import org.smsfilter.demo.view.isPresent
import org.smsfilter.demo.view.shortTime
import org.smsfilter.demo.view.view
import org.smsfilter.demo.why.kind

/** How the box shows a message, and what a row of it can be asked to do. */
class MovedRow(private val selection: Selection, private val open: (Moved) -> Unit, private val restore: (Moved) -> Unit) {
    fun bind(row: View, moved: Moved) {
        val context = row.context
        val (name, time) = context.sender(moved) to context.shortTime(moved.sms.date)
        val (kind, kept) = context.kind(moved.entry.received) to context.retention(moved.entry)
        row.view<TextView>(R.id.name).text = name
        row.view<TextView>(R.id.time).text = time
        row.view<TextView>(R.id.text).text = moved.sms.body
        row.view<TextView>(R.id.chip).chip(kind, Tone.of(moved.entry.received.category))
        row.view<TextView>(R.id.why).text = moved.why
        row.view<TextView>(R.id.kept).text = kept
        row.contentDescription = context.getString(R.string.box_sentence, name, moved.sms.body, time, moved.why, kept)
        val isSelected = moved.key in selection
        row.view<CheckBox>(R.id.check).apply {
            isPresent = selection.isOn
            isChecked = isSelected
            // A row that is used again is of another message: nothing of it moves.
            jumpDrawablesToCurrentState()
        }
        row.view<Button>(R.id.restore).apply {
            isPresent = !selection.isOn
            contentDescription = context.getString(R.string.box_restore_of, name)
            setOnClickListener { restore(moved) }
        }
        row.translationX = 0f
        row.alpha = 1f
        row.setOnClickListener { if (selection.isOn) selection.toggle(moved.key) else open(moved) }
        row.setOnLongClickListener { selection.begin(moved.key).let { true } }
        row.setOnTouchListener(Swipe({ !selection.isOn }) { restore(moved) })
        row.accessibilityDelegate = Speech(isSelected, moved)
    }

    /** What swipe and long press do, for who does neither. */
    private inner class Speech(private val isSelected: Boolean, private val moved: Moved) : View.AccessibilityDelegate() {
        override fun onInitializeAccessibilityNodeInfo(row: View, info: AccessibilityNodeInfo) {
            super.onInitializeAccessibilityNodeInfo(row, info)
            if (selection.isOn) {
                info.isCheckable = true
                info.isChecked = isSelected
            } else {
                info.addAction(AccessibilityAction(R.id.box_do_restore, row.context.getString(R.string.box_restore)))
                info.addAction(AccessibilityAction(R.id.box_do_select, row.context.getString(R.string.box_select)))
            }
        }

        override fun performAccessibilityAction(row: View, action: Int, arguments: Bundle?): Boolean {
            when (action) {
                R.id.box_do_restore -> restore(moved)
                R.id.box_do_select -> selection.begin(moved.key)
                else -> return super.performAccessibilityAction(row, action, arguments)
            }
            return true
        }
    }
}

/** Who sent a message. */
fun Context.sender(moved: Moved): String = moved.name ?: moved.sms.address.ifEmpty { getString(R.string.no_sender) }

/** How long a message stays in the box. */
fun Context.retention(entry: IndexEntry): String {
    val until = entry.until ?: return getString(R.string.box_kept)
    val days = ChronoUnit.DAYS.between(day(now), day(until)).coerceAtLeast(0).toInt()
    return if (days == 0) getString(R.string.box_kept_today) else resources.getQuantityString(R.plurals.box_kept_days, days, days)
}

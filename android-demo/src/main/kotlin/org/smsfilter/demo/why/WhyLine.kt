package org.smsfilter.demo.why

import android.content.Context
import org.smsfilter.IndexEntry
import org.smsfilter.Received
import org.smsfilter.Relation
import org.smsfilter.demo.R

/** Why a message is where it is, in one line of a list. Quick, and without JNA. */
fun Context.whyLine(entry: IndexEntry): CharSequence {
    val why = whyLine(entry.received)
    return if (entry.restoredAt == null) why else getString(R.string.why_line_restored, why)
}

/** The same before there is an entry. */
fun Context.whyLine(received: Received): String {
    if (received.failure != null) return getString(R.string.why_line_failed)
    val (isFloored, what) = Because.of(received.row)
    val kind = kind(received)
    return when (what) {
        is Because.Own -> getString(R.string.why_line_own)
        is Because.Exception -> getString(R.string.why_line_exception, what.number)
        is Because.Cell -> when {
            isFloored && what.relation.isClose -> getString(R.string.why_line_close, kindInSentence(received), name(what.relation))
            isFloored -> getString(R.string.why_line_floor, kind)
            else -> getString(R.string.why_line_cell, kindInSentence(received), name(what.relation))
        }
        Because.Nothing -> if (received.category == org.smsfilter.Category.UNKNOWN) getString(R.string.why_line_nothing) else getString(R.string.why_line_fine, kind)
    }
}

/** Whether nothing of such a sender is ever moved by rules. */
val Relation.isClose: Boolean get() = this == Relation.CONTACT || this == Relation.REPLIED

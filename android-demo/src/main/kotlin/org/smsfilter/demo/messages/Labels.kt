package org.smsfilter.demo.messages

import android.content.Context
import android.widget.TextView
import org.smsfilter.Action
import org.smsfilter.Flag
import org.smsfilter.IndexEntry
import org.smsfilter.Received
import org.smsfilter.demo.view.Tone
import org.smsfilter.demo.view.chip
import org.smsfilter.demo.why.kind

/** What the filter calls a message that it did not let pass as any other; `null` if there is nothing to say, or the user took it back. */
fun Context.label(entry: IndexEntry?): String? =
    entry?.takeIf { it.received.action != Action.INBOX && it.restoredAt == null }?.let { kind(it.received) }

fun TextView.chip(entry: IndexEntry?): Unit = chip(context.label(entry), entry?.received?.category?.let(Tone::of) ?: Tone.CALM)

/** Whether the filter took it out of the inbox, or held it for the digest, and the user did not take it back. */
val IndexEntry.isMoved: Boolean get() = received.action >= Action.DIGEST && restoredAt == null

/** Whether nobody should follow a link in it without a second thought. */
val IndexEntry.isSuspect: Boolean get() = received.isSuspect

/** The same, before the index knows it. */
val Received.isSuspect: Boolean get() = category.isBlocked || action == Action.MARK || Flag.SPOOF_SUSPECTED in flags

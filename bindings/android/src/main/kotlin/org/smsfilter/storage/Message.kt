package org.smsfilter.storage

import android.database.Cursor
import org.smsfilter.Action
import org.smsfilter.Category
import org.smsfilter.Failure
import org.smsfilter.Flag
import org.smsfilter.IndexEntry
import org.smsfilter.MessageKey
import org.smsfilter.Received
import org.smsfilter.wireName

/** The constant of a stored name; `null` for one that a later version of the library stored. */
internal inline fun <reified E : Enum<E>> constant(name: String): E? = enumValues<E>().find { wireName(it) == name }

/** Flags as bits, in the order of their declaration, then quiet hours: as on the receive path. */
internal fun flagBits(received: Received): Int =
    received.flags.fold(if (received.isQuiet) QUIET else 0) { bits, flag -> bits or (1 shl flag.ordinal) }

private val QUIET = 1 shl Flag.entries.size

private const val DAY = 86_400_000L

/** A row of the table `message`. A name that is not known leaves the message in the inbox. */
internal fun entry(row: Cursor): IndexEntry = IndexEntry(
    key = MessageKey(row.long("id"), row.long("received_at")),
    received = Received(
        category = constant<Category>(row.text("category")) ?: Category.UNKNOWN,
        number = row.int("subcategory"),
        score = row.int("score"),
        points = row.int("points"),
        flags = Flag.entries.filterTo(LinkedHashSet()) { row.int("flags") shr it.ordinal and 1 == 1 },
        action = constant<Action>(row.text("action")) ?: Action.INBOX,
        failure = row.textOrNull("failure")?.let { constant<Failure>(it) },
        row = row.textOrNull("policy_row") ?: "default",
        isQuiet = row.int("flags") and QUIET != 0,
        keepDays = row.longOrNull("until")?.let { ((it - row.long("received_at")) / DAY).toInt() },
    ),
    until = row.longOrNull("until"),
    restoredAt = row.longOrNull("restored_at"),
    missedAt = row.longOrNull("missed_at"),
    isNotified = row.flag("notified"),
)

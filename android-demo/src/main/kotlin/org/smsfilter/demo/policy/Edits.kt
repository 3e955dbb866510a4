package org.smsfilter.demo.policy

import org.smsfilter.Action
import org.smsfilter.Category
import org.smsfilter.Policy
import org.smsfilter.Relation

/** The rows of every day and of the whole category, those that need the highest score first. */
fun Policy.cell(category: Category, relation: Relation): List<Policy.Row> =
    rows.filter { it.isPlain && it.category == category && it.relation == relation }.sortedByDescending { it.minScore }

/** What the matrix has beside its cells: rows for a subcategory or for some days. */
val Policy.finer: List<Policy.Row> get() = rows.filter { !it.isPlain }

/** The policy with one action for a cell, from the score on from which the cell did anything before. */
fun Policy.with(category: Category, relation: Relation, action: Action): Policy {
    val before = cell(category, relation)
    val score = before.minOfOrNull { it.minScore } ?: if (category == Category.UNKNOWN) 0 else HALF
    // Nothing in a cell is the inbox; a row that says so would be one more to read.
    val row = if (action == Action.INBOX) emptyList() else listOf(Policy.Row(category, relation, action, score))
    return copy(rows = rows - before.toSet() + row)
}

/** Whether all rows of an overlay are in force. */
fun Policy.has(overlay: Policy): Boolean = overlay.rows.isNotEmpty() && rows.containsAll(overlay.rows)

fun Policy.without(overlay: Policy): Policy = copy(rows = rows - overlay.rows.toSet())

/** The exceptions with one of them a place further up (−1) or down (1); as they are if there is no such place. */
fun Policy.moved(exception: Int, by: Int): Policy {
    val to = exception + by
    if (exception !in exceptions.indices || to !in exceptions.indices) return this
    return copy(exceptions = exceptions.toMutableList().apply { add(to, removeAt(exception)) })
}

/** What happens to a cell: the action, and the milder one below the score that it needs, if there is one. */
class CellAction(val action: Action, val score: Int, val otherwise: Action?)

fun Policy.action(category: Category, relation: Relation): CellAction {
    val rows = cell(category, relation)
    val first = rows.firstOrNull() ?: return CellAction(Action.INBOX, 0, null)
    return CellAction(first.action, first.minScore, rows.getOrNull(1)?.action?.takeIf { it != first.action })
}

private val Policy.Row.isPlain get() = subcategory == null && dates == null

private const val HALF = 500

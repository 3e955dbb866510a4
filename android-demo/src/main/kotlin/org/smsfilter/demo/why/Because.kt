package org.smsfilter.demo.why

import org.smsfilter.Relation

/**
 * What decided, as the name of a policy's row says it.
 *
 * @property isFloored it asked for more, and the floor kept the message in the inbox
 */
data class Because(val isFloored: Boolean, val what: What) {
    sealed class What

    /** A rule of the user's own. */
    data class Own(val id: String) : What()

    /** @property number counted from 1 */
    data class Exception(val number: Int) : What()

    /** A cell of the matrix. */
    data class Cell(val relation: Relation) : What()

    /** Nothing names the message: it is in the inbox. */
    data object Nothing : What()

    companion object {
        /** @param row as `Decision.row` has it */
        fun of(row: String): Because {
            val isFloored = row.startsWith(FLOOR)
            val name = row.removePrefix(FLOOR)
            val relation = Relation.entries.find { it.wire == name.substringAfterLast('/', "") }
            val what = when {
                name.startsWith(OWN) -> Own(name.removePrefix(OWN))
                name.startsWith(EXCEPTION) -> Exception(name.removePrefix(EXCEPTION).toIntOrNull() ?: 0)
                relation != null -> Cell(relation)
                else -> Nothing
            }
            return Because(isFloored, what)
        }

        private const val FLOOR = "floor:"
        private const val OWN = "user:"
        private const val EXCEPTION = "exception:"
        private val Relation.wire get() = name.lowercase().replace('_', '-')
    }
}

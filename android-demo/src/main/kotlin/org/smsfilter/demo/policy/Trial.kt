package org.smsfilter.demo.policy

import android.content.Context
import org.smsfilter.Action
import org.smsfilter.Policy
import org.smsfilter.Preview
import org.smsfilter.demo.R
import org.smsfilter.demo.app
import org.smsfilter.demo.messages.StoredSms

/**
 * What a change of policy would have done to the messages of this phone.
 *
 * @property examples a few of them by where they would go
 */
class Trial(val preview: Preview, val examples: Map<Action, List<StoredSms>>) {
    /** How many would go somewhere, and what of them nobody wants to miss. */
    private fun to(action: Action) = preview.moved.filter { it.to == action }

    /** In sentences. */
    fun say(context: Context): List<String> {
        val plural = { id: Int, some: Int -> context.resources.getQuantityString(id, some, some) }
        if (preview.messages == 0) return listOf(context.getString(R.string.trial_none))
        val said = ORDER.mapNotNull { (action, words) ->
            val some = to(action)
            val what = some.sumOf { it.messages }.takeIf { it > 0 }?.let { plural(words, it) } ?: return@mapNotNull null
            if (action == Action.QUARANTINE) (listOf(what) + missed(context, some.sumOf { it.codes }, some.sumOf { it.bank })).joinToString(context.getString(R.string.trial_comma)) else what
        }
        return listOf(plural(R.plurals.trial_of, preview.messages)) + said.ifEmpty { listOf(context.getString(R.string.trial_nothing)) }
    }

    /** What nobody wants to miss: as many as there are, or that there is none. */
    private fun missed(context: Context, codes: Int, bank: Int): List<String> = listOfNotNull(
        if (codes > 0) context.getString(R.string.trial_codes, codes) else null,
        if (bank > 0) context.getString(R.string.trial_bank, bank) else null,
    ).ifEmpty { listOf(context.getString(R.string.trial_kept)) }

    /** What the user should be warned of: fraud that would be let go. */
    fun warn(context: Context): String? = preview.moved.sumOf { it.blocked }.takeIf { it > 0 }
        ?.let { context.resources.getQuantityString(R.plurals.trial_released, it, it) }

    companion object {
        private const val EXAMPLES = 3
        private val ORDER = listOf(
            Action.QUARANTINE to R.plurals.trial_quarantine,
            Action.DIGEST to R.plurals.trial_digest,
            Action.SILENT to R.plurals.trial_silent,
            Action.MARK to R.plurals.trial_mark,
            Action.INBOX to R.plurals.trial_inbox,
        )

        /**
         * Goes through the history: not for the main thread.
         *
         * @param change the policy before and after
         */
        fun of(context: Context, change: Pair<Policy, Policy>, stop: Stop, progress: (Int, Int) -> Unit): Trial {
            val phone = context.app.phone
            val history = History(context, stop, progress = progress)
            val preview = phone.filter.preview(history, change.first, change.second)
            // Of each reason one, then of each another: so that none hides the others.
            val positions = preview.moved.groupBy { it.to }.mapValues { (_, some) ->
                (0 until EXAMPLES).flatMap { at -> some.mapNotNull { it.examples.getOrNull(at) } }.take(EXAMPLES)
            }
            val stored = phone.mailbox.get(positions.values.flatten().map(history::id))
            return Trial(preview, positions.mapValues { (_, some) -> some.mapNotNull { stored[history.id(it)] } })
        }
    }
}

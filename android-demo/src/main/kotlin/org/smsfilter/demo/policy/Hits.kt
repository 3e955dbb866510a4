package org.smsfilter.demo.policy

import android.content.Context
import java.io.File
import org.smsfilter.Action
import org.smsfilter.Config
import org.smsfilter.Message
import org.smsfilter.OwnRule
import org.smsfilter.SmsFilter
import org.smsfilter.demo.app
import org.smsfilter.demo.why.isUrgent

/**
 * What a rule of the user's own would have hit.
 *
 * @property of how many messages were tried
 * @property urgent codes and notices of banks among them
 * @property examples the latest texts that it hits
 */
class Hits(val of: Int, val hits: Int, val urgent: Int, val examples: List<String>) {
    companion object {
        private const val EXAMPLES = 3
        private const val ID = "trial"

        /**
         * Counts by the real matching, disguises undone. The library tries no rule beside those in use, so a filter of its own has this rule
         * alone, and what arrives meanwhile is judged as before; a rule of the user's own stands above all published ones, so that its hits
         * do not depend on these. What the hits are is asked of the rules in use, installed ones included. Not for the main thread.
         *
         * @throws org.smsfilter.SmsFilterException for words that cannot be a rule
         */
        fun count(context: Context, history: List<Message>, words: List<String>, stop: Stop): Hits = open(context).use { filter ->
            filter.setRules(listOf(OwnRule(ID, words, Action.QUARANTINE)))
            var (hits, urgent) = 0 to 0
            val examples = ArrayList<String>()
            for (message in history) {
                if (stop.isAsked) throw Stop.Stopped()
                if (filter.receive(message).row != "user:$ID") continue
                hits++
                if (context.app.phone.filter.receive(message).isUrgent) urgent++
                if (examples.size < EXAMPLES) examples += message.body
            }
            Hits(history.size, hits, urgent, examples)
        }

        /** The rules of the application in a directory of their own, beside those in use. */
        private fun open(context: Context): SmsFilter {
            val image = context.assets.open("smsfilter/national.smsi").use { it.readBytes() }
            return SmsFilter.open(Config(File(context.cacheDir, "own-rule-trial"), image, { ByteArray(0) }))
        }
    }
}

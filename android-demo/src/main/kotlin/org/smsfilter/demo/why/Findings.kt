package org.smsfilter.demo.why

import java.util.TimeZone
import org.smsfilter.ConsentKey
import org.smsfilter.IndexEntry
import org.smsfilter.Judgement
import org.smsfilter.Known
import org.smsfilter.Message
import org.smsfilter.OwnRule
import org.smsfilter.RuleName
import org.smsfilter.Sim
import org.smsfilter.Span
import org.smsfilter.Text
import org.smsfilter.demo.Phone
import org.smsfilter.demo.messages.StoredSms

/**
 * Evidence of one rule.
 *
 * @property title what the rule is called; `null` if the library does not say
 * @property share of the strongest evidence, 0 to 1
 */
class Evidence(val rule: String, val publisher: String, val title: Text?, val points: Int, val share: Float, val spans: List<Span>) {
    /** A rule that can be turned off: neither the model nor the user's own. */
    val isPublished: Boolean get() = !rule.startsWith('@') && publisher != "user"
}

/**
 * What a message is now, and why.
 *
 * @property reasons the strongest first; those against it have negative points
 * @property rules the published rules that know words of the text
 */
class Findings(val message: Message, val judgement: Judgement, val reasons: List<Evidence>, val rules: List<RuleName>, val own: List<OwnRule>) {
    val supporting: List<Evidence> get() = reasons.filter { it.points > 0 }
    val opposing: List<Evidence> get() = reasons.filter { it.points < 0 }
    val off: List<RuleName> get() = rules.filter { it.isOff }
}

/**
 * A stored message with all that can be said of it.
 *
 * @property entry what was decided when it came; `null` if nobody asked
 * @property name of a contact
 * @property key whose promise it is about: a signature that can be allowed
 */
class Filed(val sms: StoredSms, val entry: IndexEntry?, val name: String?, val key: ConsentKey?, val findings: Findings)

/** What the rules in use find. Loads JNA, and takes its time: not for the main thread. */
fun Phone.find(message: Message): Findings {
    val rules = filter.who(message.body)
    val titles = rules.associate { it.publisher to it.rule to it.title }
    val reasons = filter.explain(message).filter { it.rule != BIAS && it.points != 0 }.groupBy { it.publisher to it.rule }
    val points = reasons.mapValues { (_, some) -> some.sumOf { it.points } }
    val most = points.values.maxOfOrNull { kotlin.math.abs(it) }?.coerceAtLeast(1) ?: 1
    val evidence = reasons.map { (name, some) ->
        val (publisher, rule) = name
        val sum = points.getValue(name)
        Evidence(rule, publisher, titles[name], sum, kotlin.math.abs(sum).toFloat() / most, some.flatMap { it.spans })
    }
    return Findings(message, filter.decide(message), evidence.sortedByDescending { kotlin.math.abs(it.points) }, rules, filter.rules())
}

/** All that can be said of a stored message; `null` if it is gone. */
fun Phone.file(id: Long): Filed? {
    val sms = mailbox.get(listOf(id))[id] ?: return null
    val message = message(sms, people.relation(sms.address), sims.of(sms.subscription)?.let(sims::withOperator))
    return Filed(sms, index.get(sms.key), people.name(sms.address), filter.consentKey(message), find(message))
}

/** A stored message as the filter reads it. */
fun message(sms: StoredSms, known: Known, sim: Sim?): Message = Message(sms.address, sms.body, sms.date, utcOffsetMinutes(sms.date), sim, known)

/** The phone's offset from UTC at a time, milliseconds since 1970 UTC. */
fun utcOffsetMinutes(at: Long): Int = TimeZone.getDefault().getOffset(at) / 60_000

private const val BIAS = "@bias"

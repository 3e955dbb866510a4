package org.smsfilter.demo.messages

import org.smsfilter.Category
import org.smsfilter.demo.Phone
import org.smsfilter.demo.view.day

/**
 * A message with all that its row shows.
 *
 * @property isFirstOfDay whether the day stands above it
 * @property sending how far it is; `null` if it was received
 * @property sim which SIM it came to or left from; `null` where there is one
 * @property code what can be copied of a one-time code message
 */
class Bubble(val letter: Letter, val isFirstOfDay: Boolean, val sending: Sending?, val sim: String?, val code: String?, val links: List<Link>) {
    val sms: StoredSms get() = letter.sms

    companion object {
        /** @param sim the name of a SIM by subscription id; `null` for none */
        fun of(letters: List<Letter>, phone: Phone, sim: (Int) -> String?): List<Bubble> = letters.mapIndexed { at, letter ->
            val sms = letter.sms
            Bubble(
                letter,
                isFirstOfDay = at == 0 || day(letters[at - 1].sms.date) != day(sms.date),
                sending = if (sms.isReceived) null else phone.outbox.state(sms),
                sim = sim(sms.subscription),
                code = if (letter.entry?.received?.category == Category.CODE) Codes.find(sms.body) else null,
                links = Links.find(sms.body),
            )
        }
    }
}

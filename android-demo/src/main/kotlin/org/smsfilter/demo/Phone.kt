package org.smsfilter.demo

import android.content.Context
import java.util.concurrent.atomic.AtomicBoolean
import org.smsfilter.Config
import org.smsfilter.Index
import org.smsfilter.Ledgers
import org.smsfilter.Receiver
import org.smsfilter.SmsFilter
import org.smsfilter.TelephonyMessages
import org.smsfilter.Trust
import org.smsfilter.demo.messages.Mailbox
import org.smsfilter.demo.messages.Outbox
import org.smsfilter.demo.messages.People
import org.smsfilter.demo.messages.SimCards
import org.smsfilter.demo.notices.Notices

/**
 * What a process opens once, and how it hangs together: a message goes from [receiver] through [filter] and [index] to
 * [notices]; screens read from [mailbox] and [index].
 *
 * @param now milliseconds since 1970 UTC: on the first start, older messages stay as they are
 */
class Phone(context: Context, now: Long) : AutoCloseable {
    val filter: SmsFilter = SmsFilter.open(Config.of(context, Trust.development()))
    val index: Index = Index.open(context, now)
    val people = People(context)
    val sims = SimCards(context)
    val mailbox: Mailbox = Mailbox(context.contentResolver, index) { notices.read(it) }
    val outbox = Outbox(context)
    val notices: Notices = Notices(context, people, sims, mailbox, index)

    /** Where the library keeps messages: Android's own store. */
    val store = TelephonyMessages(context.contentResolver, sims::of)

    val receiver = Receiver(
        store,
        index,
        { filter.receive(it.copy(known = people.relation(it.sender), sim = it.sim?.let(sims::withOperator))) },
        context.app.decided(notices),
    )

    /** Whether what the process before this one left open was completed. */
    val isReplayed = AtomicBoolean()

    /** Loads JNA: not on the way of a message. */
    val ledgers: Ledgers by lazy { Ledgers(filter, index) }

    override fun close() {
        index.close()
        filter.close()
    }
}

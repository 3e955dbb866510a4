package org.smsfilter.demo.receive

import android.content.Context
import org.smsfilter.Delivery
import org.smsfilter.demo.app
import org.smsfilter.demo.now
import org.smsfilter.demo.report.Reporter
import org.smsfilter.demo.shield.FirstRun

/** What happens when a message arrives, and at the start of a process that may have been cut short. */
object Arrival {
    /** Stores, judges, remembers and tells of a message; then, with the user served, brings it into the ledgers. */
    fun of(context: Context, delivery: Delivery) {
        if (!FirstRun(context).isAgreed) return Unjudged.store(context, delivery)
        val phone = context.app.phone
        val received = phone.receiver.receive(delivery)
        if (delivery.isFlash) phone.notices.flash(delivery.message, received)
        later(context)
    }

    /** Completes what the end of a process left open. */
    fun replay(context: Context) {
        if (!FirstRun(context).isAgreed) return
        context.app.phone.receiver.replay(context.now)
        context.app.background.run { context.app.phone.filter.rebuild() }
        later(context)
    }

    /** The ledgers load JNA, which a message must not wait for. */
    private fun later(context: Context): Unit = context.app.background.run {
        context.app.phone.run {
            ledgers.resume(store)
            Reporter(context).tellAsked()
            // Whoever came as far as this had a good start: new rules are kept.
            filter.prove()
        }
    }
}

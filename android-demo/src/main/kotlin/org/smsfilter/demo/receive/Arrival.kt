package org.smsfilter.demo.receive

import android.content.Context
import org.smsfilter.Delivery
import org.smsfilter.demo.Phone
import org.smsfilter.demo.app
import org.smsfilter.demo.notices.Alerts
import org.smsfilter.demo.now
import org.smsfilter.demo.report.OptOuts
import org.smsfilter.demo.report.Reporter
import org.smsfilter.demo.shield.FirstRun

/**
 * What happens when a message arrives, and at the start of a process that may have been cut short.
 *
 * Before the user agreed to the privacy notice, and after that was withdrawn, there is neither rule nor index: [App.phone][org.smsfilter.demo.App.phone]
 * opens nothing. What a default application for SMS owes its user happens all the same: an SMS is stored in Android's store and told of with
 * sender and text, a class 0 message is shown, and that an MMS waits is said. No contact and no SIM is looked up for it, and nothing is noted of it,
 * so that it is never judged afterwards.
 */
object Arrival {
    /** Stores, judges, remembers and tells of a message; then, with the user served, brings it into the ledgers. */
    fun of(context: Context, delivery: Delivery) {
        if (!FirstRun(context).isAgreed) return rescue(context, delivery, isFinal = true)
        val phone = try {
            context.app.phone
        } catch (e: Exception) {
            rescue(context, delivery)
            throw e
        } catch (e: LinkageError) {
            // A native library that does not load must not cost a message.
            return rescue(context, delivery)
        }
        try {
            val received = phone.receiver.receive(delivery)
            if (delivery.isFlash) Alerts(context).flash(delivery.message, received)
        } catch (e: Exception) {
            // Whoever comes next completes what is stored.
            phone.isReplayed.set(false)
            if (!isStored(phone, delivery)) rescue(context, delivery)
            throw e
        }
        start(context)
    }

    /** Once a process: completes what the one before left open, and plans what comes once a day. */
    fun start(context: Context) {
        if (!FirstRun(context).isAgreed) return
        context.app.background.run {
            complete(context)
            // The ledgers load JNA, which a message must not wait for.
            context.app.phone.run { ledgers.resume(store) }
            OptOuts(context).settle()
            Reporter(context).tellAsked()
            // Whoever came as far as this had a good start: new rules are kept.
            context.app.phone.filter.prove()
        }
    }

    /** Judges and tells of what the process before this one left open, once a process, and plans the next digest. Waits for the disk. */
    fun complete(context: Context) {
        val phone = context.app.phone
        if (!phone.isReplayed.compareAndSet(false, true)) return
        try {
            replay(context)
            DailyJob.plan(context)
            phone.filter.rebuild()
        } catch (e: Exception) {
            phone.isReplayed.set(false)
            throw e
        }
    }

    private fun replay(context: Context) {
        val phone = context.app.phone
        val unstored = Unstored(context)
        for ((name, delivery) in unstored.all()) {
            phone.receiver.receive(delivery)
            unstored.forget(name)
            Alerts(context).stored(name)
        }
        phone.receiver.replay(context.now)
    }

    private fun isStored(phone: Phone, delivery: Delivery): Boolean = try {
        !delivery.isFlash && phone.store.find(delivery) != null
    } catch (_: RuntimeException) {
        false
    }

    /**
     * No rule reads it, as the user did not agree or something failed: it is stored, or kept until it can be, and the user told.
     *
     * @param isFinal whether nobody completes it afterwards
     */
    private fun rescue(context: Context, delivery: Delivery, isFinal: Boolean = false) {
        try {
            Unjudged.store(context, delivery, isFinal)
        } catch (e: RuntimeException) {
            Alerts(context).unstored(Unstored(context).keep(delivery), delivery.message)
        }
    }
}

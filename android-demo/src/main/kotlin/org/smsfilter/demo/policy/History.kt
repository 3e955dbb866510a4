package org.smsfilter.demo.policy

import android.content.Context
import android.provider.Telephony.Sms
import org.smsfilter.Message
import org.smsfilter.Sim
import org.smsfilter.demo.app
import org.smsfilter.demo.why.utcOffsetMinutes

/** That somebody left who waited for something long. */
class Stop {
    @Volatile
    var isAsked = false
        private set

    fun ask() {
        isAsked = true
    }

    class Stopped : RuntimeException("stopped")
}

/**
 * The latest messages of this phone, read from Android's store as they are asked for, the latest first.
 *
 * @param stop looked at between messages: [Stop.Stopped] is thrown then
 * @param progress told now and then how many of how many were read
 */
class History(
    private val context: Context,
    private val stop: Stop,
    private val most: Int = MOST,
    private val progress: (Int, Int) -> Unit = { _, _ -> },
) : Iterable<Message> {
    private val ids = ArrayList<Long>()
    private val sims = HashMap<Int, Sim?>()

    /** The row id of the message at a position of the last reading. */
    fun id(position: Int): Long = ids[position]

    override fun iterator(): Iterator<Message> = iterator {
        ids.clear()
        val known = context.app.phone.people.relations()
        val rows = context.contentResolver.query(Sms.Inbox.CONTENT_URI, COLUMNS, null, null, "${Sms.DATE} DESC, ${Sms._ID} DESC LIMIT $most")
        checkNotNull(rows) { "expected rows from the SMS provider, found none to ask" }.use {
            val total = minOf(it.count, most)
            while (ids.size < total && it.moveToNext()) {
                if (stop.isAsked) throw Stop.Stopped()
                if (ids.size % STEP == 0) progress(ids.size, total)
                ids += it.getLong(0)
                val (address, date) = it.getString(1).orEmpty() to it.getLong(3)
                yield(Message(address, it.getString(2).orEmpty(), date, utcOffsetMinutes(date), sim(it.getInt(4)), known(address)))
            }
            progress(total, total)
        }
    }

    private fun sim(subscription: Int) = sims.getOrPut(subscription) { context.app.phone.sims.of(subscription) }

    private companion object {
        const val MOST = 10_000
        const val STEP = 250
        val COLUMNS = arrayOf(Sms._ID, Sms.ADDRESS, Sms.BODY, Sms.DATE, Sms.SUBSCRIPTION_ID)
    }
}

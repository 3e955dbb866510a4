package org.smsfilter.demo.report

import android.content.Context
import android.provider.Telephony.Sms
import org.json.JSONObject
import org.smsfilter.ConsentEvent
import org.smsfilter.ConsentKey
import org.smsfilter.MessageKey
import org.smsfilter.OptOutOffer
import org.smsfilter.demo.app
import org.smsfilter.demo.messages.Outbox
import org.smsfilter.demo.messages.StoredSms

/**
 * Opt-outs between the user's tap and Android's word that they were sent: only then is a sender on record as asked to stop. What is under
 * way is on disk; whatever ends the process, [settle] goes on. All methods wait for the disk.
 */
class OptOuts(private val context: Context) {
    private val kept = context.getSharedPreferences("opt_outs", Context.MODE_PRIVATE)
    private val phone get() = context.app.phone

    /**
     * An opt-out under way.
     *
     * @property sms the row that is sent, in Android's store
     * @property key whose promise it will be
     */
    private class Open(val sms: StoredSms, val key: ConsentKey)

    /** The message with which a sender is asked to stop, as long as Android has not said that it was sent; `null` if there is none. */
    fun underWay(key: ConsentKey): StoredSms? = open().find { it.key == key }?.sms

    /**
     * Sends the word of an offer, or sends it again where that failed.
     *
     * @param message the advert's row id in the store
     */
    fun send(message: MessageKey, offer: OptOutOffer.Reply, subscription: Int) {
        // Twice tapped is once sent: what is under way is known here, and what was sent in the ledger.
        if (phone.index.consents.get(offer.key)?.askedAt != null) return
        val before = underWay(offer.key)
        if (before != null) return phone.outbox.retry(before).let { }
        phone.outbox.send(offer.to, offer.say, subscription) { row ->
            val note = JSONObject().put("message", message.id).put("at", message.receivedAt).put("to", Outbox.address(offer.to)).put("say", offer.say)
            kept.edit().putString("${row.id}", note.toString()).commit()
        }
    }

    /** Puts on record what was sent meanwhile, and forgets what was deleted. */
    fun settle() {
        for ((sms, key) in open().map { it.sms to it.key }) {
            if (sms.type != Sms.MESSAGE_TYPE_SENT) continue
            // The time of the attempt: it may be heard of much later.
            if (phone.index.consents.get(key)?.askedAt == null) phone.ledgers.on(key, ConsentEvent.ASKED_TO_STOP, sms.date)
            kept.edit().remove("${sms.id}").commit()
        }
    }

    /** Forgets what is under way: the ledgers were wiped. */
    fun wipe() {
        kept.edit().clear().commit()
    }

    /** A row id is given out again once its message is deleted: what a row says tells whether it is still the same. */
    private fun open(): List<Open> {
        val notes = kept.all.mapNotNull { (id, note) -> id.toLongOrNull()?.let { it to JSONObject("$note") } }.toMap()
        // Most messages that are sent are none: nothing is opened for them.
        if (notes.isEmpty()) return emptyList()
        val rows = phone.mailbox.get(notes.keys)
        val open = notes.mapNotNull { (id, note) ->
            val sms = rows[id]?.takeIf { !it.isReceived && it.address == note.getString("to") && it.body == note.getString("say") }
            val advert = MessageKey(note.getLong("message"), note.getLong("at"))
            val key = phone.store.get(advert.id)?.takeIf { it.key == advert }?.message?.let(phone.filter::consentKey)
            if (sms == null || key == null) null else Open(sms, key)
        }
        val gone = notes.keys - open.map { it.sms.id }.toSet()
        if (gone.isNotEmpty()) kept.edit().apply { gone.forEach { remove("$it") } }.commit()
        return open
    }
}

package org.smsfilter.demo.report

import android.content.ClipData
import android.content.ClipboardManager
import android.content.Context
import android.content.Intent
import android.os.Bundle
import android.view.View
import android.widget.Button
import android.widget.TextView
import org.smsfilter.Category
import org.smsfilter.ConsentEntry
import org.smsfilter.ConsentEvent
import org.smsfilter.MessageKey
import org.smsfilter.OptOutOffer
import org.smsfilter.SmsFilterException
import org.smsfilter.demo.R
import org.smsfilter.demo.app
import org.smsfilter.demo.messages.Sending
import org.smsfilter.demo.messages.onSmsChange
import org.smsfilter.demo.now
import org.smsfilter.demo.view.Screen
import org.smsfilter.demo.view.isPresent
import org.smsfilter.demo.view.longTime
import org.smsfilter.demo.view.words

/** How further promotions of a sender are refused: what word goes where, and only once the user says so. */
class UnsubscribeActivity : Screen() {
    private val message get() = intent.getLongExtra(MESSAGE, -1)
    private var shown: Shown? = null

    /**
     * @property offer `null` if none is safe; [reason] says why
     * @property said what the sender was told before
     * @property sending how far the opt-out is that is under way; `null` if there is none
     */
    private class Shown(val message: MessageKey, val offer: OptOutOffer?, val reason: Int, val said: ConsentEntry?, val sending: Sending?, val line: Line)

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        show(R.layout.unsubscribe, getString(R.string.unsubscribe))
        view<View>(R.id.send).setOnClickListener { send() }
        view<View>(R.id.done_by_link).setOnClickListener { (shown?.offer)?.let(::asked) }
        view<View>(R.id.copy_link).setOnClickListener { (shown?.offer as? OptOutOffer.Link)?.let { copy(it.address) } }
        view<View>(R.id.report_instead).setOnClickListener { startActivity(ReportActivity.intent(this, message)) }
        view<View>(R.id.promises).setOnClickListener { startActivity(LedgerActivity.promises(this)) }
        view<View>(R.id.content).onSmsChange(::load)
    }

    override fun onResume() {
        super.onResume()
        load()
    }

    private fun load() = work.load(this, ::read, { refuse(R.string.failed) }) { bind(it) }

    private fun read(): Shown? {
        val phone = app.phone
        val stored = phone.store.get(message) ?: return null
        val optOuts = OptOuts(this).apply { settle() }
        val offer = phone.filter.offer(stored.message)
        val key = phone.filter.consentKey(stored.message)
        val category = phone.filter.classify(stored.message).category
        val reason = when {
            category.isBlocked -> R.string.no_offer_fraud
            key == null -> R.string.no_offer_unsigned
            category != Category.PROMOTION -> R.string.no_offer_no_advert
            else -> R.string.no_offer_no_way
        }
        val subscription = phone.mailbox.get(listOf(message))[message]?.subscription ?: -1
        val said = key?.let(phone.index.consents::get)?.takeIf { it.askedAt != null }
        return Shown(stored.key, offer, reason, said, key?.let(optOuts::underWay)?.let(phone.outbox::state), Line.of(this, subscription))
    }

    private fun bind(shown: Shown?) {
        this.shown = shown
        val offer = shown?.offer
        view<View>(R.id.offer_card).isPresent = offer != null
        view<View>(R.id.said_card).isPresent = shown?.said != null
        view<TextView>(R.id.said).text = shown?.said?.askedAt?.let { getString(R.string.already_asked, longTime(it)) }
        when {
            shown == null -> return refuse(R.string.message_gone)
            offer == null -> return refuse(shown.reason)
        }
        view<View>(R.id.refusal_card).isPresent = false
        val isReply = offer is OptOutOffer.Reply
        view<TextView>(R.id.way).text = when (offer!!) {
            is OptOutOffer.Reply -> listOf(
                getString(R.string.fact, getString(R.string.fact_say), offer.say),
                getString(R.string.fact, getString(R.string.fact_to), offer.to),
                getString(R.string.fact, getString(R.string.fact_sim), shown.line.name),
                getString(R.string.fact, getString(R.string.fact_cost), resources.getQuantityString(R.plurals.cost_tariff, 1, 1)),
            ).joinToString("\n")
            is OptOutOffer.Link -> offer.address
        }
        view<TextView>(R.id.way_note).setText(if (isReply) R.string.reply_note else R.string.link_note)
        val isAsked = shown.said != null
        val held = when {
            shown.sending == Sending.UNDER_WAY -> R.string.opt_out_under_way
            shown.line.isGone -> R.string.held_sim
            !Line.maySend(this) -> R.string.held_permission
            else -> null
        }
        // One that failed, or of which nothing was heard since the process ended, may be sent again.
        view<View>(R.id.send).isPresent = isReply && !isAsked && held == null
        view<Button>(R.id.send).isEnabled = true
        val note = held ?: R.string.opt_out_not_sent.takeIf { shown.sending != null }
        view<TextView>(R.id.held).run {
            isPresent = isReply && !isAsked && note != null
            note?.let(::setText)
        }
        view<View>(R.id.copy_link).isPresent = !isReply
        view<View>(R.id.done_by_link).isPresent = !isReply && !isAsked
    }

    private fun refuse(reason: Int) {
        view<View>(R.id.refusal_card).isPresent = true
        view<TextView>(R.id.refusal).setText(reason)
    }

    private fun send() {
        val shown = shown ?: return
        val offer = shown.offer as? OptOutOffer.Reply ?: return
        view<Button>(R.id.send).isEnabled = false
        work.load(this, { OptOuts(this).send(shown.message, offer, shown.line.subscription) }, ::tell) { load() }
    }

    /** The user says that the link was used. */
    private fun asked(offer: OptOutOffer) = work.load(this, { app.phone.ledgers.on(offer.key, ConsentEvent.ASKED_TO_STOP, now) }, ::tell) { load() }

    private fun copy(address: String) {
        getSystemService(ClipboardManager::class.java)?.setPrimaryClip(ClipData.newPlainText(getString(R.string.unsubscribe), address))
        android.widget.Toast.makeText(this, R.string.copied, android.widget.Toast.LENGTH_SHORT).show()
    }

    private fun tell(e: Exception) {
        android.widget.Toast.makeText(this, if (e is SmsFilterException) words(e) else getString(R.string.failed), android.widget.Toast.LENGTH_LONG).show()
        load()
    }

    companion object {
        private const val MESSAGE = "message"

        /** @param message its row id in the store */
        fun intent(context: Context, message: Long): Intent = Intent(context, UnsubscribeActivity::class.java).putExtra(MESSAGE, message)
    }
}

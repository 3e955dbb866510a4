package org.smsfilter.demo.report

import android.app.AlertDialog
import android.app.Dialog
import android.os.Bundle
import android.view.View
import android.widget.TextView
import android.widget.Toast
import org.smsfilter.ConsentEntry
import org.smsfilter.ConsentEvent
import org.smsfilter.ConsentState
import org.smsfilter.SmsFilterException
import org.smsfilter.demo.R
import org.smsfilter.demo.app
import org.smsfilter.demo.now
import org.smsfilter.demo.view.Rows
import org.smsfilter.demo.view.Tone
import org.smsfilter.demo.view.asking
import org.smsfilter.demo.view.asks
import org.smsfilter.demo.view.chip
import org.smsfilter.demo.view.longTime
import org.smsfilter.demo.view.question
import org.smsfilter.demo.view.view
import org.smsfilter.demo.view.words

/** What senders were told, and whether they keep to it. */
class PromiseRows(private val screen: LedgerActivity, private val changed: () -> Unit) {
    val rows = Rows<ConsentEntry>(R.layout.row_report, { it.key.hashCode().toLong() }) { bind(it) }

    fun load(): Unit = screen.work.load(screen, {
        screen.app.phone.index.consents.page(limit = MOST).sortedBy { it.state != ConsentState.BROKE_THE_PROMISE }
    }) { rows.items = it }

    private fun View.bind(entry: ConsentEntry) {
        val (text, tone) = state(entry)
        view<TextView>(R.id.name).text = context.getString(R.string.promise_name, entry.key.signature, entry.key.port)
        view<TextView>(R.id.time).text = null
        view<TextView>(R.id.text).text = lines(entry)
        view<TextView>(R.id.text).maxLines = Int.MAX_VALUE
        view<TextView>(R.id.chip).chip(context.getString(text), tone)
        view<View>(R.id.act).visibility = if (entry.brokenAt != null) View.VISIBLE else View.GONE
        view<TextView>(R.id.act).setText(R.string.act_evidence)
    }

    private fun state(entry: ConsentEntry): Pair<Int, Tone> = when (entry.state) {
        ConsentState.UNKNOWN -> R.string.promise_unknown to Tone.CALM
        ConsentState.CONSENTED -> R.string.promise_consented to Tone.GOOD
        ConsentState.ASKED_TO_STOP -> R.string.promise_asked to Tone.INFO
        ConsentState.STOPPED -> R.string.promise_stopped to Tone.GOOD
        ConsentState.BROKE_THE_PROMISE -> R.string.promise_broken to Tone.DANGER
    }

    private fun lines(entry: ConsentEntry): String = listOfNotNull(
        entry.askedAt?.let { screen.getString(R.string.promise_asked_at, screen.longTime(it)) },
        entry.confirmedAt?.let { screen.getString(R.string.promise_confirmed_at, screen.longTime(it)) },
        entry.brokenAt?.let { screen.getString(R.string.promise_broken_at, screen.longTime(it.latest)) },
    ).joinToString("\n").ifEmpty { screen.getString(R.string.promise_nothing) }

    /** All that can be done about one of them. */
    fun open(position: Int) {
        val entry = rows.items[position]
        val acts = listOfNotNull(
            if (entry.brokenAt != null) R.string.report_evidence to { evidence(entry) } else null,
            if (entry.state == ConsentState.ASKED_TO_STOP) R.string.promise_confirm to { on(entry, ConsentEvent.CONFIRMED) } else null,
            if (entry.askedAt != null) R.string.promise_revoke to { ask(REVOKE, entry) } else null,
            R.string.promise_forget to { ask(FORGET, entry) },
        )
        AlertDialog.Builder(screen).setTitle(screen.getString(R.string.promise_name, entry.key.signature, entry.key.port))
            .setItems(Array<CharSequence>(acts.size) { screen.getString(acts[it].first) }) { _, which -> acts[which].second() }
            .setNegativeButton(android.R.string.cancel, null).show()
    }

    private fun ask(what: String, entry: ConsentEntry): Unit = screen.ask(asking(what) {
        putString(SIGNATURE, entry.key.signature)
        putString(PORT, entry.key.port)
    })

    /** Makes the dialog that was asked for here. */
    fun question(what: Bundle): Dialog? = when (what.asks) {
        REVOKE -> sure(R.string.promise_revoke_text) { of(what)?.let { screen.app.phone.ledgers.on(it.key, ConsentEvent.REVOKED, screen.now) } }
        FORGET -> sure(R.string.promise_forget_text) { of(what)?.let { screen.app.phone.index.consents.forget(it.key) } }
        else -> null
    }

    private fun sure(text: Int, act: () -> Unit): Dialog = screen.question(null, screen.getString(text), screen.getString(R.string.sure), isDanger = true) { change(act) }

    private fun of(what: Bundle): ConsentEntry? = screen.app.phone.index.consents.page(limit = MOST)
        .find { it.key.signature == what.getString(SIGNATURE) && it.key.port == what.getString(PORT) }

    private fun on(entry: ConsentEntry, event: ConsentEvent) = change { screen.app.phone.ledgers.on(entry.key, event, screen.now) }

    private fun change(act: () -> Unit) = screen.work.load(screen, act, { tell(if (it is SmsFilterException) screen.words(it) else screen.getString(R.string.failed)) }) { changed() }

    /** The message that broke the promise is reported, with the dates beside it. */
    private fun evidence(entry: ConsentEntry) {
        val at = entry.brokenAt?.latest ?: return
        screen.work.load(screen, {
            val store = screen.app.phone.store
            store.since(at).takeWhile { it.receivedAt == at }.firstOrNull { screen.app.phone.filter.consentKey(store.get(it.id)!!.message) == entry.key }
        }) { key ->
            if (key == null) tell(screen.getString(R.string.message_gone)) else screen.startActivity(ReportActivity.intent(screen, key.id))
        }
    }

    private fun tell(text: String) = Toast.makeText(screen, text, Toast.LENGTH_LONG).show()

    private companion object {
        const val MOST = 500
        const val REVOKE = "revoke"
        const val FORGET = "forget"
        const val SIGNATURE = "signature"
        const val PORT = "port"
    }
}

package org.smsfilter.demo.messages

import android.os.Bundle
import android.telephony.SmsMessage
import android.telephony.SubscriptionInfo
import android.text.Editable
import android.text.TextWatcher
import android.view.View
import android.widget.EditText
import android.widget.PopupMenu
import android.widget.TextView
import org.smsfilter.demo.R
import org.smsfilter.demo.view.isLargeText
import org.smsfilter.demo.view.isPresent
import org.smsfilter.demo.view.view

/** Where a message is written: how many SMS it is, which SIM sends it. [send] gets the text and the SIM's subscription id. */
class ComposeBar(private val bar: View, private val send: (String, Int) -> Unit) {
    private val words = bar.view<EditText>(R.id.words)
    private val count = bar.view<TextView>(R.id.count)
    private val button = bar.view<View>(R.id.send)
    private val sim = bar.view<TextView>(R.id.sim)
    private var sims = emptyList<SubscriptionInfo>()

    /** Which SIM sends; −1: the one that the user chose for SMS. */
    private var subscription = -1

    /** Whether a message is being stored: none other is sent until then. */
    var isBusy = false
        set(value) {
            field = value
            words.isEnabled = !value
            count()
        }

    var text: String
        get() = words.text.toString()
        set(value) {
            words.setText(value)
            words.setSelection(value.length)
        }

    init {
        // Some of the conversation stays in sight.
        if (bar.context.isLargeText) words.maxLines = LARGE_LINES
        words.addTextChangedListener(object : TextWatcher {
            override fun beforeTextChanged(text: CharSequence?, start: Int, count: Int, after: Int) = Unit

            override fun onTextChanged(text: CharSequence?, start: Int, before: Int, count: Int) = Unit

            override fun afterTextChanged(text: Editable) = count()
        })
        button.setOnClickListener { send(text, subscription) }
        sim.setOnClickListener { choose() }
        count()
    }

    /** Lets the user choose among several SIMs; [usual] is taken where none was chosen. */
    fun offer(sims: List<SubscriptionInfo>, usual: Int) {
        this.sims = sims
        if (sims.none { it.subscriptionId == subscription }) {
            subscription = (sims.find { it.subscriptionId == usual } ?: sims.firstOrNull())?.subscriptionId ?: -1
        }
        sim.isPresent = sims.size > 1
        sims.find { it.subscriptionId == subscription }?.let { sim.text = bar.context.getString(R.string.sim_with, bar.context.title(it)) }
    }

    fun save(state: Bundle): Unit = state.putInt(SIM, subscription)

    fun restore(state: Bundle) {
        subscription = state.getInt(SIM, -1)
    }

    private fun choose() {
        val menu = PopupMenu(bar.context, sim)
        for (one in sims) {
            menu.menu.add(bar.context.title(one)).setOnMenuItemClickListener {
                subscription = one.subscriptionId
                offer(sims, subscription).let { true }
            }
        }
        menu.show()
    }

    private fun count() {
        val text = text
        button.isEnabled = text.isNotBlank() && !isBusy
        button.alpha = if (button.isEnabled) 1f else DIM
        count.isPresent = text.isNotEmpty()
        if (text.isEmpty()) return
        val (parts, used, left) = SmsMessage.calculateLength(text, false)
        count.text = if (parts == 1) {
            bar.context.getString(R.string.count_units, used, used + left)
        } else {
            bar.resources.getQuantityString(R.plurals.count_parts, parts, parts, used, used + left)
        }
    }

    private companion object {
        const val SIM = "sim"
        const val DIM = 0.4f
        const val LARGE_LINES = 3
    }
}

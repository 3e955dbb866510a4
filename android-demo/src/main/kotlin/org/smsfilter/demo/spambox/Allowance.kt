package org.smsfilter.demo.spambox

import android.view.View
import android.view.ViewGroup
import android.widget.Button
import android.widget.TextView
import org.smsfilter.Policy
import org.smsfilter.demo.MainActivity
import org.smsfilter.demo.R
import org.smsfilter.demo.view.UndoBar
import org.smsfilter.demo.view.confirm
import org.smsfilter.demo.view.fill
import org.smsfilter.demo.view.isPresent
import org.smsfilter.demo.view.view
import org.smsfilter.demo.why.kind

/** Asks after a restore whether the like of it shall come through from now on. */
class Allowance(private val screen: MainActivity, private val card: View, private val box: Box, private val failed: (Exception) -> Unit) {
    init {
        card.view<View>(R.id.allow_no).setOnClickListener { hide() }
    }

    fun hide() {
        card.isPresent = false
    }

    /** Offers what can be allowed of a message; nothing, if nobody could be named. */
    fun offer(moved: Moved): Unit = screen.work.load(screen, { box.allowable(moved) }) { offers ->
        card.isPresent = offers.isNotEmpty()
        card.view<TextView>(R.id.allow_text).text = screen.getString(R.string.box_allow_text, screen.sender(moved))
        card.view<ViewGroup>(R.id.allow_offers).fill(R.layout.box_offer, offers) { offer ->
            (this as Button).text = offer.signature?.let { context.getString(R.string.why_allow_signature, it) } ?: context.getString(R.string.why_allow_sender)
            setOnClickListener { ask(moved, offer) }
        }
    }

    /** Allows what looks fine at once, and asks before what does not. */
    private fun ask(moved: Moved, offer: Policy.Exception) {
        if (!moved.entry.received.category.isBlocked) return allow(offer)
        val text = screen.getString(R.string.why_allow_sure_text, screen.kind(moved.entry.received))
        screen.confirm(
            screen.getString(R.string.why_allow_sure_title), text, screen.getString(R.string.why_allow_yes), screen.getString(R.string.why_allow_no),
        ) { allow(offer) }
    }

    private fun allow(offer: Policy.Exception): Unit = screen.work.load(screen, { box.allow(offer) }, failed) { isNew ->
        hide()
        val done = offer.signature?.let { screen.getString(R.string.why_allowed_signature, it) } ?: screen.getString(R.string.why_allowed_sender)
        // What was allowed before stays allowed.
        UndoBar.show(screen, done) { if (isNew) screen.work.load(screen, { box.undoAllow(offer) }, failed) {} }
    }
}

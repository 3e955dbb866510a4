package org.smsfilter.demo.spambox

import android.os.Bundle
import android.view.View
import android.view.ViewGroup
import android.widget.Button
import android.widget.TextView
import org.smsfilter.Policy
import org.smsfilter.demo.MainActivity
import org.smsfilter.demo.R
import org.smsfilter.demo.policy.PolicyJson
import org.smsfilter.demo.view.fill
import org.smsfilter.demo.view.isPresent
import org.smsfilter.demo.view.view

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
            setOnClickListener { allow(offer) }
        }
    }

    private fun allow(offer: Policy.Exception): Unit = screen.work.load(screen, { box.allow(offer) }, failed) { isNew ->
        hide()
        val done = offer.signature?.let { screen.getString(R.string.why_allowed_signature, it) } ?: screen.getString(R.string.why_allowed_sender)
        // What was allowed before stays allowed.
        screen.offerUndo(done, bundle(offer).apply { putBoolean(NEW, isNew) })
    }

    /** Takes back what was allowed; gives whether [way] is about that. Waits for the disk. */
    fun undo(way: Bundle): Boolean {
        if (way.getString(EXCEPTION) == null) return false
        if (way.getBoolean(NEW)) box.undoAllow(exception(way))
        return true
    }

    /** As a policy of its own, that the one form serves. */
    private fun bundle(offer: Policy.Exception) = Bundle().apply { putString(EXCEPTION, PolicyJson.write(Policy("", exceptions = listOf(offer)))) }

    private fun exception(of: Bundle) = PolicyJson.read(of.getString(EXCEPTION).orEmpty()).exceptions.single()

    private companion object {
        const val EXCEPTION = "exception"
        const val NEW = "new"
    }
}

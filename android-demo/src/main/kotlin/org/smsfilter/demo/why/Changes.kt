package org.smsfilter.demo.why

import org.smsfilter.Action
import org.smsfilter.IndexEntry
import org.smsfilter.Policy
import org.smsfilter.demo.App
import org.smsfilter.demo.Phone

/** What can be done about one message, each with its way back. They wait for the disk. */
class Changes(private val app: App) {
    private val phone: Phone get() = app.phone

    /** Puts an exception before all others; gives the policy to go back to. */
    fun allow(sender: String? = null, signature: String? = null): Policy {
        val old = phone.filter.policy()
        val allowed = Policy.Exception(Action.INBOX, sender = sender, signature = signature)
        if (allowed !in old.exceptions) phone.filter.choosePolicy(old.copy(exceptions = listOf(allowed) + old.exceptions))
        return old
    }

    fun restore(entry: IndexEntry, now: Long) {
        phone.index.restore(entry.key.id, now)
    }

    /** Hides a message again that was restored. */
    fun hide(entry: IndexEntry) {
        if (phone.index.undoRestore(entry.key.id)) phone.store.hide(entry.key)
    }

    fun turn(publisher: String, rule: String, off: Boolean): Unit =
        if (off) phone.filter.turnOff(publisher, rule) else phone.filter.turnOn(publisher, rule)
}

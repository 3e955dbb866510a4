package org.smsfilter.demo.why

import android.os.Bundle
import org.smsfilter.Action
import org.smsfilter.MessageKey
import org.smsfilter.Policy
import org.smsfilter.demo.App
import org.smsfilter.demo.Phone
import org.smsfilter.demo.policy.PolicyJson
import org.smsfilter.demo.spambox.keys
import org.smsfilter.demo.spambox.putKeys

/** What can be done about one message. Each gives its way back, that [undo] takes, also in a later process. They wait for the disk. */
class Changes(private val app: App) {
    private val phone: Phone get() = app.phone

    /** Puts an exception before all others. */
    fun allow(sender: String? = null, signature: String? = null): Bundle {
        val old = phone.filter.policy()
        val allowed = Policy.Exception(Action.INBOX, sender = sender, signature = signature)
        if (allowed !in old.exceptions) phone.filter.choosePolicy(old.copy(exceptions = listOf(allowed) + old.exceptions))
        return Bundle().apply { putString(POLICY, PolicyJson.write(old)) }
    }

    fun restore(key: MessageKey, now: Long): Bundle {
        phone.index.restore(key.id, now)
        return Bundle().apply { putKeys(listOf(key)) }
    }

    fun turn(publisher: String, rule: String, off: Boolean): Bundle {
        if (off) phone.filter.turnOff(publisher, rule) else phone.filter.turnOn(publisher, rule)
        return Bundle().apply {
            putString(PUBLISHER, publisher)
            putString(RULE, rule)
            putBoolean(OFF, !off)
        }
    }

    fun undo(way: Bundle) {
        way.getString(POLICY)?.let { phone.filter.choosePolicy(PolicyJson.read(it)) }
        way.getString(RULE)?.let { turn(way.getString(PUBLISHER).orEmpty(), it, way.getBoolean(OFF)) }
        // Hides a message again that was restored; its row id may be another's since.
        for (key in way.keys()) if (phone.index.get(key) != null && phone.index.undoRestore(key.id)) phone.store.hide(key)
    }

    private companion object {
        const val POLICY = "policy"
        const val PUBLISHER = "publisher"
        const val RULE = "rule"
        const val OFF = "off"
    }
}

package org.smsfilter.demo.spambox

import android.os.Bundle
import org.smsfilter.MessageKey

/** The messages that the user picks, one by one or all. */
class Selection(private val changed: () -> Unit) {
    private val picked = LinkedHashSet<MessageKey>()

    /** Whether the user is picking: a tap on a row then picks it. */
    var isOn = false
        private set

    val keys: List<MessageKey> get() = picked.toList()
    val size: Int get() = picked.size

    operator fun contains(key: MessageKey): Boolean = key in picked

    /** @param key the first, if it is known */
    fun begin(key: MessageKey? = null) {
        isOn = true
        if (key != null) picked += key
        changed()
    }

    fun toggle(key: MessageKey) {
        if (!picked.remove(key)) picked += key
        changed()
    }

    /** Picks all, or none if all are picked. */
    fun toggleAll(keys: Collection<MessageKey>) {
        if (picked.containsAll(keys)) picked.clear() else picked += keys
        changed()
    }

    fun end() {
        isOn = false
        picked.clear()
        changed()
    }

    /** Drops what can no longer be seen: nothing is done to a message that the user does not see picked. */
    fun keepOnly(keys: Collection<MessageKey>) {
        picked.retainAll(keys.toSet())
    }

    fun save(state: Bundle) {
        state.putBoolean(ON, isOn)
        state.putKeys(picked)
    }

    fun restore(state: Bundle) {
        isOn = state.getBoolean(ON)
        picked += state.keys()
    }

    private companion object {
        const val ON = "picking"
    }
}

private const val IDS = "ids"
private const val TIMES = "times"

/** Keeps messages in saved state or in an intent. */
fun Bundle.putKeys(keys: Collection<MessageKey>) {
    putLongArray(IDS, keys.map { it.id }.toLongArray())
    putLongArray(TIMES, keys.map { it.receivedAt }.toLongArray())
}

fun Bundle.keys(): List<MessageKey> {
    val (ids, times) = getLongArray(IDS) to getLongArray(TIMES)
    return if (ids == null || times == null) emptyList() else ids.zip(times) { id, at -> MessageKey(id, at) }
}

package org.smsfilter.demo.messages

import android.content.Context

/** What was typed and not sent, by conversation. It waits for the disk, and is in no backup. */
class Drafts(context: Context) {
    private val store = context.getSharedPreferences("drafts", Context.MODE_PRIVATE)

    operator fun get(thread: Long): String = store.getString("$thread", null).orEmpty()

    operator fun set(thread: Long, text: String) {
        if (get(thread) == text) return
        store.edit().apply { if (text.isBlank()) remove("$thread") else putString("$thread", text) }.apply()
    }

    fun all(): Map<Long, String> = store.all.entries.mapNotNull { (thread, text) -> thread.toLongOrNull()?.let { it to "$text" } }.toMap()

    /** Forgets all of them. */
    fun wipe() {
        store.edit().clear().commit()
    }

    companion object {
        /** The conversation of a message that has none yet. */
        const val NEW = -1L
    }
}

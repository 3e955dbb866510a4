package org.smsfilter

import android.net.Uri
import java.io.File
import org.robolectric.Robolectric
import org.robolectric.RuntimeEnvironment

/** Texts decide for themselves: what says 坏 is quarantined, the rest is personal. */
val byText = Judge { if ('坏' in it.body) received() else received(Category.PERSONAL, Action.INBOX) }

/** The message number [n]: every third is bad, and each came a minute after the one before. */
fun delivery(n: Int, body: String = if (n % 3 == 0) "坏消息 $n" else "好消息 $n"): Delivery =
    Delivery(Message("10690000${n % 7}", body, NOW + n * MINUTE, 480, Sim(0)), NOW + n * MINUTE - 5_000, 1)

/**
 * A phone as far as messages are concerned: the provider's file and the index's, both in [dir], and a receiver over them.
 * Another phone over the same directory is the same one after the end of the process.
 *
 * @param step is told of each step before it is taken, and of those of the store and of the judge also after it
 */
class Phone(val dir: File, judge: Judge = byText, retention: Retention = Retention { it.keepDays }, private val step: (String) -> Unit = {}) :
    AutoCloseable {
    val provider: SmsProvider = Robolectric.setupContentProvider(SmsProvider::class.java, "sms").open(File(dir, "mmssms.db"))
    val messages = TelephonyMessages(RuntimeEnvironment.getApplication().contentResolver)
    val index: Index = Index.open(RuntimeEnvironment.getApplication(), File(dir, "smsfilter.db"), NOW, step)

    /** Row ids in the order in which the application was told of them. */
    val told = ArrayList<Long>()
    private val decided = OnDecided { id, _, _ ->
        step("callback")
        told += id
        step("after callback")
    }
    val receiver = Receiver(Stepping(messages), index, { around("judge") { judge.judge(it) } }, decided, retention)

    /** Row ids, texts and whether read and seen, as any application sees them. */
    fun stored(): List<Stored> =
        provider.query(Uri.parse("content://sms/inbox"), null, null, null, "_id").use { row ->
            List(row.count) {
                row.moveToNext()
                val text = { name: String -> row.getString(row.getColumnIndexOrThrow(name)) }
                Stored(text("_id").toLong(), text("body"), text("read") == "1", text("seen") == "1")
            }
        }

    data class Stored(val id: Long, val body: String, val isRead: Boolean, val isSeen: Boolean)

    override fun close() {
        index.close()
        provider.db.close()
    }

    private fun <T> around(name: String, body: () -> T): T {
        step(name)
        return body().also { step("after $name") }
    }

    private inner class Stepping(private val store: MessageStore) : MessageStore {
        override fun find(delivery: Delivery) = around("find") { store.find(delivery) }

        override fun insert(delivery: Delivery) = around("insert") { store.insert(delivery) }

        override fun get(id: Long) = around("get") { store.get(id) }

        override fun since(time: Long) = around("since") { store.since(time) }

        override fun hide(key: MessageKey) = around("hide") { store.hide(key) }

        override fun delete(key: MessageKey) = around("delete") { store.delete(key) }
    }
}

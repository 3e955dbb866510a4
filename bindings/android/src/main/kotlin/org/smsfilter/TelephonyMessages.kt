package org.smsfilter

import android.content.ContentResolver
import android.content.ContentUris
import android.content.ContentValues
import android.database.Cursor
import android.provider.Telephony.Sms
import org.smsfilter.storage.flag
import org.smsfilter.storage.int
import org.smsfilter.storage.long
import org.smsfilter.storage.textOrNull

/** The SIM that has a subscription id; `null` if that is unknown. Asking Android for it may need a permission. */
public fun interface Sims {
    public fun of(subscription: Int): Sim?
}

/**
 * The inbox of Android's SMS provider. Only the default SMS application can write to it.
 *
 * @param sims says which SIM a stored message came to: the provider knows its subscription id alone
 */
public class TelephonyMessages @JvmOverloads constructor(
    private val resolver: ContentResolver,
    private val sims: Sims = Sims { null },
) : MessageStore {
    override fun find(delivery: Delivery): StoredMessage? {
        val (time, at) = if (delivery.sentAt == null) Sms.DATE to delivery.message.receivedAt else Sms.DATE_SENT to delivery.sentAt
        return stored(
            "$time = ? AND ${Sms.SUBSCRIPTION_ID} = ? AND ${Sms.ADDRESS} = ? AND ${Sms.BODY} = ?",
            "$at", "${delivery.subscription}", delivery.message.sender, delivery.message.body,
        )
    }

    override fun insert(delivery: Delivery): Long {
        val row = ContentValues().apply {
            put(Sms.ADDRESS, delivery.message.sender)
            put(Sms.BODY, delivery.message.body)
            put(Sms.DATE, delivery.message.receivedAt)
            put(Sms.DATE_SENT, delivery.sentAt ?: 0)
            put(Sms.SUBSCRIPTION_ID, delivery.subscription)
            put(Sms.READ, 0)
            put(Sms.SEEN, 0)
        }
        val uri = resolver.insert(Sms.Inbox.CONTENT_URI, row)
        // Android answers with the row 0 to an application that is not the default one, and stores nothing.
        val id = uri?.let(ContentUris::parseId) ?: 0
        check(id > 0) { "expected the SMS provider to store a message, but it did not; is this the default SMS application?" }
        return id
    }

    override fun get(id: Long): StoredMessage? = stored("${Sms._ID} = ?", "$id")

    override fun since(time: Long): List<MessageKey> =
        query(arrayOf(Sms._ID, Sms.DATE), "${Sms.DATE} >= ?", arrayOf("$time"), ::key)

    override fun hide(key: MessageKey) {
        val row = ContentValues().apply {
            put(Sms.READ, 1)
            put(Sms.SEEN, 1)
        }
        resolver.update(Sms.CONTENT_URI, row, THIS, args(key))
    }

    override fun delete(key: MessageKey) {
        resolver.delete(Sms.CONTENT_URI, THIS, args(key))
    }

    private fun stored(where: String, vararg args: String): StoredMessage? =
        query(COLUMNS, where, arrayOf(*args)) { row ->
            val key = key(row)
            val message = Message(
                row.textOrNull(Sms.ADDRESS).orEmpty(),
                row.textOrNull(Sms.BODY).orEmpty(),
                key.receivedAt,
                utcOffsetMinutes(key.receivedAt),
                sims.of(row.int(Sms.SUBSCRIPTION_ID)),
            )
            StoredMessage(key, message, row.flag(Sms.SEEN))
        }.firstOrNull()

    private fun <T> query(columns: Array<String>, where: String, args: Array<String>, read: (Cursor) -> T): List<T> {
        val rows = resolver.query(Sms.Inbox.CONTENT_URI, columns, where, args, "${Sms.DATE}, ${Sms._ID}")
        checkNotNull(rows) { "expected rows from the SMS provider, found none to ask; is it there?" }
        return rows.use { List(it.count) { _ -> it.moveToNext(); read(it) } }
    }

    private fun key(row: Cursor) = MessageKey(row.long(Sms._ID), row.long(Sms.DATE))

    private companion object {
        val COLUMNS = arrayOf(Sms._ID, Sms.ADDRESS, Sms.BODY, Sms.DATE, Sms.SUBSCRIPTION_ID, Sms.SEEN)
        const val THIS = "${Sms._ID} = ? AND ${Sms.DATE} = ?"

        fun args(key: MessageKey) = arrayOf("${key.id}", "${key.receivedAt}")
    }
}

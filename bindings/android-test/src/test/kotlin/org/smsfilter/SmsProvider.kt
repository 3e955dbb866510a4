package org.smsfilter

import android.content.ContentProvider
import android.content.ContentUris
import android.content.ContentValues
import android.database.Cursor
import android.database.sqlite.SQLiteDatabase
import android.net.Uri
import android.provider.BaseColumns
import java.io.File

/**
 * A small SMS provider over SQLite on disk: the columns that [TelephonyMessages] needs, and row ids that are given out again
 * once the newest rows are deleted, as in Android's own table.
 */
class SmsProvider : ContentProvider() {
    lateinit var db: SQLiteDatabase

    override fun onCreate(): Boolean = true

    fun open(file: File): SmsProvider = apply {
        db = SQLiteDatabase.openOrCreateDatabase(file, null)
        db.execSQL(
            """CREATE TABLE IF NOT EXISTS sms (_id INTEGER PRIMARY KEY, type INTEGER, address TEXT, body TEXT, date INTEGER,
                date_sent INTEGER, sub_id INTEGER, read INTEGER, seen INTEGER)""",
        )
    }

    override fun insert(uri: Uri, values: ContentValues?): Uri {
        check(uri.lastPathSegment == "inbox") { "only an inbox is here" }
        return ContentUris.withAppendedId(Uri.parse("content://sms"), db.insertOrThrow("sms", null, ContentValues(values).apply { put("type", 1) }))
    }

    override fun query(uri: Uri, columns: Array<String>?, where: String?, args: Array<String>?, order: String?): Cursor {
        val inbox = if (uri.lastPathSegment == "inbox") "type = 1" else "1"
        return db.query("sms", columns, "$inbox AND (${where ?: "1"})", args, null, null, order ?: BaseColumns._ID)
    }

    override fun update(uri: Uri, values: ContentValues?, where: String?, args: Array<String>?): Int = db.update("sms", values, where, args)

    override fun delete(uri: Uri, where: String?, args: Array<String>?): Int = db.delete("sms", where, args)

    override fun getType(uri: Uri): String? = null
}

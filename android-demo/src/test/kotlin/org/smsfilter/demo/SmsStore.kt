package org.smsfilter.demo

import android.content.ContentProvider
import android.content.ContentUris
import android.content.ContentValues
import android.content.UriMatcher
import android.database.Cursor
import android.database.CursorWrapper
import android.database.MatrixCursor
import android.database.sqlite.SQLiteDatabase
import android.net.Uri
import android.provider.Telephony.Sms
import java.io.File

/**
 * Android's store of SMS as an application sees it, over SQLite on disk: the folders, one conversation for a number, row ids that
 * are given out again once the newest rows are deleted.
 */
class SmsStore : ContentProvider() {
    lateinit var db: SQLiteDatabase

    /** Whether this application is the default one: to another, Android writes nothing, and says so by numbers alone. */
    var isWritable = true

    /** What was asked for since [asked] was cleared: columns, and how many rows were read. */
    class Asked(val columns: List<String>) {
        @Volatile
        var rows = 0

        /** How many rows the answer has, whether they were read or not. */
        @Volatile
        var answered = 0
    }

    val asked = java.util.concurrent.CopyOnWriteArrayList<Asked>()

    /** Called before and after each change with its name, such as `insert`: a test lets it fail there. */
    var before: (String) -> Unit = {}
    var after: (String) -> Unit = {}

    override fun onCreate(): Boolean = true

    fun open(file: File): SmsStore = apply {
        file.parentFile?.mkdirs()
        db = SQLiteDatabase.openOrCreateDatabase(file, null)
        db.execSQL(
            """CREATE TABLE IF NOT EXISTS sms (_id INTEGER PRIMARY KEY, thread_id INTEGER, address TEXT, body TEXT, date INTEGER,
                date_sent INTEGER DEFAULT 0, type INTEGER, read INTEGER DEFAULT 0, seen INTEGER DEFAULT 0, status INTEGER DEFAULT -1,
                sub_id INTEGER DEFAULT -1, error_code INTEGER DEFAULT 0, creator TEXT)""",
        )
        db.execSQL("CREATE TABLE IF NOT EXISTS thread (_id INTEGER PRIMARY KEY, address TEXT UNIQUE)")
        db.execSQL("CREATE INDEX IF NOT EXISTS sms_by_thread ON sms (thread_id, date)")
    }

    private fun thread(address: String): Long {
        val row = ContentValues().apply { put("address", address) }
        db.insertWithOnConflict("thread", null, row, SQLiteDatabase.CONFLICT_IGNORE)
        return db.rawQuery("SELECT _id FROM thread WHERE address = ?", arrayOf(address)).use { it.moveToFirst(); it.getLong(0) }
    }

    override fun insert(uri: Uri, values: ContentValues?): Uri {
        if (!isWritable) return uri.buildUpon().appendPath("0").build()
        val row = ContentValues(values)
        folder(uri)?.let { row.put(Sms.TYPE, it) }
        if (!row.containsKey(Sms.THREAD_ID)) row.put(Sms.THREAD_ID, thread(row.getAsString(Sms.ADDRESS).orEmpty()))
        before("insert")
        return ContentUris.withAppendedId(Sms.CONTENT_URI, db.insertOrThrow("sms", null, row)).also { changed(1) }.also { after("insert") }
    }

    override fun query(uri: Uri, columns: Array<String>?, where: String?, args: Array<String>?, order: String?): Cursor {
        if (uri.authority == THREADS) {
            return MatrixCursor(arrayOf("_id")).apply { addRow(arrayOf(thread(uri.getQueryParameters("recipient").joinToString(",")))) }
        }
        val asking = Asked(columns.orEmpty().toList()).also(asked::add)
        val answer = db.query("sms", columns, within(uri, where), args, null, null, order ?: "date DESC")
        asking.answered = answer.count
        return object : CursorWrapper(answer) {
            override fun moveToNext(): Boolean = super.moveToNext().also { if (it) asking.rows++ }
        }
    }

    override fun update(uri: Uri, values: ContentValues?, where: String?, args: Array<String>?): Int {
        before("update")
        val rows = if (isWritable) changed(db.update("sms", values, within(uri, where), args)) else 0
        return rows.also { after("update") }
    }

    override fun delete(uri: Uri, where: String?, args: Array<String>?): Int =
        if (isWritable) changed(db.delete("sms", within(uri, where), args)) else 0

    private fun changed(rows: Int): Int {
        if (rows > 0) context?.contentResolver?.notifyChange(Sms.CONTENT_URI, null)
        return rows
    }

    override fun getType(uri: Uri): String? = null

    private fun within(uri: Uri, where: String?): String {
        val folder = folder(uri)?.let { "type = $it" }
        val row = uri.lastPathSegment?.toLongOrNull()?.let { "_id = $it" }
        return listOfNotNull(folder, row, where?.let { "($it)" }).ifEmpty { listOf("1") }.joinToString(" AND ")
    }

    private fun folder(uri: Uri): Int? = FOLDERS.match(uri).takeIf { it > 0 }

    companion object {
        const val THREADS = "mms-sms"
        private val FOLDERS = UriMatcher(UriMatcher.NO_MATCH).apply {
            addURI("sms", "inbox", Sms.MESSAGE_TYPE_INBOX)
            addURI("sms", "sent", Sms.MESSAGE_TYPE_SENT)
            addURI("sms", "draft", Sms.MESSAGE_TYPE_DRAFT)
            addURI("sms", "outbox", Sms.MESSAGE_TYPE_OUTBOX)
        }
    }
}

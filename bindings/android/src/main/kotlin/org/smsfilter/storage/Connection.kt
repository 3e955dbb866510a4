package org.smsfilter.storage

import android.database.Cursor
import android.database.sqlite.SQLiteDatabase
import android.database.sqlite.SQLiteStatement

/**
 * The one way to the database.
 *
 * @param before sees each statement before it runs; where it throws, the statement does not run
 */
internal class Connection(private val db: SQLiteDatabase, private val before: (String) -> Unit) {
    /** The rows of a query. SQLite compares the arguments, which travel as text, by the type of the column. */
    fun <T> rows(sql: String, vararg args: Any, read: (Cursor) -> T): List<T> {
        before(sql)
        return db.rawQuery(sql, Array(args.size) { args[it].toString() }).use { cursor ->
            List(cursor.count) {
                cursor.moveToNext()
                read(cursor)
            }
        }
    }

    /** Runs a statement that changes rows, and says how many. */
    fun change(sql: String, vararg args: Any?): Int = compiled(sql, args).use { it.executeUpdateDelete() }

    /** Runs a statement that adds a row, and returns its id. */
    fun insert(sql: String, vararg args: Any?): Long = compiled(sql, args).use { it.executeInsert() }

    /** Runs a statement that neither takes nor returns anything. */
    fun run(sql: String) {
        before(sql)
        db.execSQL(sql)
    }

    /** All of [body] or nothing. Readers go on beside it. */
    inline fun <T> transaction(body: () -> T): T {
        begin()
        try {
            return body().also { commit() }
        } finally {
            db.endTransaction()
        }
    }

    fun begin() {
        before("BEGIN")
        db.beginTransactionNonExclusive()
    }

    fun commit() {
        before("COMMIT")
        db.setTransactionSuccessful()
    }

    private fun compiled(sql: String, args: Array<out Any?>): SQLiteStatement {
        before(sql)
        val statement = db.compileStatement(sql)
        for ((at, value) in args.withIndex()) {
            when (value) {
                null -> statement.bindNull(at + 1)
                is String -> statement.bindString(at + 1, value)
                is Boolean -> statement.bindLong(at + 1, if (value) 1 else 0)
                is Number -> statement.bindLong(at + 1, value.toLong())
                else -> error("no column holds a ${value.javaClass.simpleName}")
            }
        }
        return statement
    }
}

internal fun Cursor.long(column: String): Long = getLong(getColumnIndexOrThrow(column))

internal fun Cursor.int(column: String): Int = getInt(getColumnIndexOrThrow(column))

internal fun Cursor.flag(column: String): Boolean = int(column) != 0

internal fun Cursor.text(column: String): String = getString(getColumnIndexOrThrow(column))

internal fun Cursor.longOrNull(column: String): Long? =
    getColumnIndexOrThrow(column).let { if (isNull(it)) null else getLong(it) }

internal fun Cursor.textOrNull(column: String): String? = getString(getColumnIndexOrThrow(column))

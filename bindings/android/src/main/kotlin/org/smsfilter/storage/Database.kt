package org.smsfilter.storage

import android.content.Context
import android.database.sqlite.SQLiteDatabase
import android.database.sqlite.SQLiteOpenHelper
import java.io.File
import org.smsfilter.SmsFilterException

/**
 * Opens the file and brings it to the present version. [SQLiteOpenHelper] runs creation and upgrade in one transaction
 * with the version's number: whatever happens, the file is of the old version or of the new one.
 *
 * @param now from when on messages are the filter's, if the file is new
 * @param before sees each statement before it runs, those of migrations included
 */
internal class Database(context: Context, file: File, private val now: Long, val before: (String) -> Unit) :
    SQLiteOpenHelper(context, file.path, null, Schema.VERSION) {
    init {
        setWriteAheadLoggingEnabled(true)
    }

    /** Whether opening the file changed its tables. */
    var isMigrated: Boolean = false
        private set

    override fun onConfigure(db: SQLiteDatabase) {
        // What the user took back must outlive a flat battery, too. It costs one flush a commit.
        db.execSQL("PRAGMA synchronous = FULL")
    }

    override fun onCreate(db: SQLiteDatabase): Unit = onUpgrade(db, 0, Schema.VERSION)

    override fun onUpgrade(db: SQLiteDatabase, oldVersion: Int, newVersion: Int) {
        val connection = Connection(db, before)
        Schema.statements(oldVersion, newVersion, now).forEach(connection::run)
        isMigrated = true
    }

    override fun onDowngrade(db: SQLiteDatabase, oldVersion: Int, newVersion: Int): Unit = throw SmsFilterException(
        "index.newer",
        "短信索引由更新的版本（$oldVersion）写入，本版本只能读到 $newVersion；请升级应用，或删除索引后重新开始",
        "expected an index of version $newVersion or older, found $oldVersion; update the application, or delete the index and begin anew",
        null,
    )
}

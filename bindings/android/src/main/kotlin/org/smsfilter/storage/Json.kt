package org.smsfilter.storage

import android.database.Cursor
import android.util.JsonWriter
import java.io.StringWriter

/** Writes a table as JSON lines: the table's name, then each column as it is stored. */
internal fun writeJson(db: Connection, table: String, out: Appendable) {
    db.rows("SELECT * FROM $table") { row -> out.append(line(table, row)).append('\n') }
}

private fun line(table: String, row: Cursor): String {
    val line = StringWriter()
    JsonWriter(line).use { json ->
        json.beginObject().name("table").value(table)
        for (at in 0 until row.columnCount) {
            json.name(row.getColumnName(at))
            when (row.getType(at)) {
                Cursor.FIELD_TYPE_NULL -> json.nullValue()
                Cursor.FIELD_TYPE_INTEGER -> json.value(row.getLong(at))
                else -> json.value(row.getString(at))
            }
        }
        json.endObject()
    }
    return line.toString()
}

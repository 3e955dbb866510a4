package org.smsfilter

import android.database.sqlite.SQLiteDatabase
import java.io.File
import org.junit.Assert.assertEquals
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.Config
import org.smsfilter.storage.Schema

/** From each older version, whose dump is in the test resources, to the present one. */
@RunWith(AndroidRunner::class)
@Config(sdk = [26, 35])
class MigrationTest {
    private val app = RuntimeEnvironment.getApplication()
    private val old = 1 until Schema.VERSION

    /** A file of an older version, as the library of that time wrote it. */
    private fun dumped(version: Int): File {
        val file = File(app.cacheDir, "v$version-${System.nanoTime()}.db")
        val dump = javaClass.getResource("/index/v$version.sql")!!.readText()
        SQLiteDatabase.openOrCreateDatabase(file, null).use { db ->
            dump.split(";\n").filter { it.isNotBlank() }.forEach(db::execSQL)
            db.version = version
        }
        return file
    }

    /** Everything that is in a file: its version, its tables and indices, and all rows. */
    private fun content(file: File): List<String> = SQLiteDatabase.openDatabase(file.path, null, SQLiteDatabase.OPEN_READWRITE).use { db ->
        fun rows(sql: String) = db.rawQuery(sql, null).use { row ->
            List(row.count) { row.moveToNext(); (0 until row.columnCount).joinToString("|") { "${row.getString(it)}" } }
        }
        val tables = rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'android_%' ORDER BY name")
        listOf("version ${db.version}") + shape(db) + tables.flatMap { table -> rows("SELECT * FROM $table").map { "$table|$it" } }
    }

    private fun shape(db: SQLiteDatabase): List<String> =
        db.rawQuery("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'android_%' AND sql IS NOT NULL ORDER BY name", null).use { row ->
            List(row.count) { row.moveToNext(); "${row.getString(0)} ${row.getString(1).replace(Regex("\\s+"), " ")}" }
        }

    @Test
    fun `the messages of version 1 keep their decisions, are counted, and nobody is told of them again`() {
        Index.open(app, dumped(1), NOW).use { index ->
            val entries = index.page()
            assertEquals(listOf(9L, 4L, 3L, 2L, 1L), entries.map { it.key.id })
            val phishing = index.get(1)!!
            assertEquals(Received(Category.PHISHING, 3, 991, 130, setOf(Flag.NO_SIGNATURE, Flag.SPOOF_SUSPECTED), Action.QUARANTINE, null, "phishing × unknown-mobile", false, 30), phishing.received)
            assertEquals(NOW - 9 * DAY to NOW + 21 * DAY, phishing.key.receivedAt to phishing.until)
            assertTrue(phishing.isHidden)
            assertEquals(Failure.MEMORY, index.get(4)!!.received.failure)
            assertEquals(emptyList<IndexEntry>(), index.unnotified())
            assertEquals(listOf(1, 1, 1), index.effects.between(0, Long.MAX_VALUE).map { it.caught })
            assertEquals("the filter's messages begin with the first", NOW - 9 * DAY, index.since)
            assertTrue(index.restore(1, NOW))
        }
    }

    @Test
    fun `the ledgers of version 2 stay as they are, nothing is under way, and only what was not told of is to be noted`() {
        Index.open(app, dumped(2), NOW).use { index ->
            assertEquals(listOf(5L to null, 2L to null, 1L to null), index.reports.page().map { it.id to it.underWay })
            val asked = ReportEntry(2, 1, "gsma-7726", ReportState.SENT, 2, 1, null, true, 0, false, 1_794_442_060_000, 1_794_442_070_000, null, 3)
            assertEquals(asked, index.reports.get(2))
            val broken = ConsentEntry.Broken(1_794_801_100_000, 1_794_901_100_000)
            val promise = ConsentEntry(ConsentKey("试验商城", "10690000000000"), ConsentState.BROKE_THE_PROMISE, 1_794_441_900_000, 1_794_441_960_000, broken, 4)
            assertEquals(promise, index.consents.get(promise.key))
            assertEquals(listOf("试验书店", "试验商城"), index.signatures.all().map { it.signature })
            assertEquals(emptyList<MessageKey>(), index.unnoted())
            val late = index.unnotified().single().key
            index.markNotified(late)
            assertEquals(listOf(late), index.unnoted())
        }
    }

    @Test
    fun `every old version becomes what a new file is`() {
        val new = File(app.cacheDir, "new.db")
        Index.open(app, new, NOW).close()
        for (version in old) {
            val file = dumped(version)
            Index.open(app, file, NOW).close()
            assertEquals("version ${Schema.VERSION}", content(file).first())
            val shape = { it: File -> SQLiteDatabase.openDatabase(it.path, null, 0).use(::shape) }
            assertEquals(shape(new), shape(file))
        }
    }

    @Test
    fun `an exception at any statement leaves the old version, whole, and the next opening completes`() = atEachStatement { version, n ->
        val file = dumped(version)
        val before = content(file)
        var statements = 0
        assertThrows(Fault::class.java) { Index.open(app, file, NOW) { if (++statements == n) throw Fault() } }
        assertEquals("statement $n", before, content(file))
        Index.open(app, file, NOW).use { assertEquals(5, it.count()) }
    }

    @Test
    fun `the end of the process at any statement leaves the old version, whole, and the next opening completes`() = atEachStatement { version, n ->
        val file = dumped(version)
        val before = content(file)
        val image = File(app.cacheDir, "image-${System.nanoTime()}").apply { mkdirs() }
        var statements = 0
        Index.open(app, file, NOW) { if (++statements == n) crashImage(file.parentFile!!, image) { it.name.startsWith(file.name) } }.close()
        val left = File(image, file.name)
        assertEquals("statement $n", before, content(left))
        Index.open(app, left, NOW).close()
        assertEquals(content(file), content(left))
    }

    private fun atEachStatement(check: (version: Int, statement: Int) -> Unit) {
        for (version in old) {
            val statements = Schema.statements(version, Schema.VERSION, NOW).size
            assertTrue(statements > 5)
            for (n in 1..statements) check(version, n)
        }
    }
}

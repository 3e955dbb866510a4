package org.smsfilter

import android.database.sqlite.SQLiteDatabase
import java.io.File
import org.json.JSONObject
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.Config

@RunWith(AndroidRunner::class)
@Config(sdk = [26, 35])
class IndexTest {
    private val app = RuntimeEnvironment.getApplication()
    private val file get() = File(app.noBackupFilesDir, "smsfilter.db")
    private var index = Index.open(app, NOW)

    @After
    fun close() = index.close()

    private fun key(id: Long) = MessageKey(id, NOW + id * MINUTE)

    private fun reopen() {
        index.close()
        index = Index.open(app, NOW)
    }

    private fun raw(sql: String): List<String> = SQLiteDatabase.openDatabase(file.path, null, SQLiteDatabase.OPEN_READWRITE).use { db ->
        db.rawQuery(sql, null).use { row -> List(row.count) { row.moveToNext(); row.getString(0) } }
    }

    @Test
    fun `what was put is there again after the file was closed, field by field`() {
        val all = Category.entries.flatMap { category -> Action.entries.map { received(category, it) } } +
            Failure.entries.map { received(Category.UNKNOWN, Action.INBOX, it) }.mapIndexed { n, received ->
                received.copy(row = "row $n", isQuiet = n % 2 == 0, keepDays = n.takeIf { n % 3 == 0 })
            }
        val put = all.mapIndexed { n, received -> index.put(key(n + 1L), received, 480) }
        reopen()
        assertEquals(all, put.map { it.received })
        assertEquals(put, put.map { index.get(it.key) })
        assertEquals(put, put.map { index.get(it.key.id) })
        assertEquals(put.associateBy { it.key.id }, index.get((0L..2000L).toList()))
        assertEquals(put.map { it.received.keepDays?.let { days -> it.key.receivedAt + days * DAY } }, put.map { it.until })
        assertEquals(put.filter { it.received.action == Action.QUARANTINE }, put.filter { it.isHidden })
    }

    @Test
    fun `a message is put and counted once, and its first decision holds`() {
        val first = index.put(key(1), received())
        assertEquals(first, index.put(key(1), received(Category.PERSONAL, Action.INBOX)))
        assertEquals(listOf(1), index.effects.between(0, Long.MAX_VALUE).map { it.caught })
    }

    @Test
    fun `a row id that was given out again is another message`() {
        index.put(key(1), received())
        val later = MessageKey(1, NOW + DAY)
        assertNull(index.get(later))
        assertFalse(index.put(later, received(Category.CODE, Action.INBOX)).isHidden)
        assertEquals(listOf(later), index.page().map { it.key })
        index.forget(key(1))
        assertEquals("the old message is forgotten, not the new one", later, index.get(1)?.key)
    }

    @Test
    fun `pages and counts are those of a list that is sorted and filtered by hand`() {
        // Every other minute is shared by two messages, so that the row id decides their order.
        val all = (1L..120L).map { id ->
            val received = received(Category.entries[(id * 7 % 9).toInt()], Action.entries[(id * 3 % 5).toInt()])
            index.put(MessageKey(id, NOW + id / 2 * MINUTE), received)
        }
        index.restore(8, NOW)
        for (action in Action.entries + null) for (category in Category.entries + null) {
            val want = all.filter { action == null || it.received.action == action && it.key.id != 8L }
                .filter { category == null || it.received.category == category }.map { it.key }.reversed()
            val pages = generateSequence(index.page(action, category, limit = 7)) { page ->
                page.lastOrNull()?.let { index.page(action, category, it.key, 7) }
            }.takeWhile { it.isNotEmpty() }
            assertEquals("$action $category", want, pages.flatten().map { it.key }.toList())
            assertEquals(want.size, index.count(action, category))
        }
    }

    @Test
    fun `a restored message is in the inbox for good and counted once`() {
        for (action in Action.entries) index.put(key(action.ordinal + 1L), received(action = action), 480)
        val restored = Action.entries.filter { index.restore(it.ordinal + 1L, NOW) }
        assertEquals(listOf(Action.DIGEST, Action.QUARANTINE), restored)
        assertFalse(index.restore(5, NOW + 1) || index.restore(99, NOW))
        reopen()
        assertEquals(NOW, index.get(5)?.restoredAt)
        assertFalse(index.get(5)!!.isHidden)
        assertEquals(0, index.count(Action.QUARANTINE))
        assertEquals(2, index.effects.between(0, Long.MAX_VALUE).sumOf { it.restored })
    }

    @Test
    fun `a restore that is undone counts no more, and the message is where it was`() {
        for (action in Action.entries) index.put(key(action.ordinal + 1L), received(action = action).copy(keepDays = 30), 480)
        val before = Action.entries.map { index.get(it.ordinal + 1L) }
        assertEquals("nothing was restored", emptyList<Action>(), Action.entries.filter { index.undoRestore(it.ordinal + 1L) })
        assertFalse(index.undoRestore(99))
        for (action in Action.entries) index.restore(action.ordinal + 1L, NOW)
        assertEquals(listOf(Action.DIGEST, Action.QUARANTINE), Action.entries.filter { index.undoRestore(it.ordinal + 1L) })
        assertFalse("once is enough", index.undoRestore(5))
        reopen()
        assertEquals(before, Action.entries.map { index.get(it.ordinal + 1L) })
        val effects = index.effects.between(0, Long.MAX_VALUE)
        assertEquals(4 to 0, effects.sumOf { it.caught } to effects.sumOf { it.restored })
        assertEquals("retention deletes it when it would have", listOf(5L), index.expired(before[4]!!.until!!).map { it.key.id })
        assertTrue(index.restore(5, NOW + 1))
        assertEquals(1, index.effects.between(0, Long.MAX_VALUE).sumOf { it.restored })
    }

    @Test
    fun `a missed message is counted once where it came`() {
        index.put(key(1), received(Category.UNKNOWN, Action.INBOX), 480)
        assertEquals(listOf(true, false, false), listOf(index.miss(1, NOW), index.miss(1, NOW), index.miss(2, NOW)))
        val day = (NOW + 480 * MINUTE) / DAY
        assertEquals(listOf(Effect(day, Category.UNKNOWN, Action.INBOX, 0, 0, 1)), index.effects.between(day, day))
    }

    @Test
    fun `a message counts on the receiver's day`() {
        val midnight = MessageKey(1, 20_000 * DAY)
        index.put(midnight, received(), utcOffsetMinutes = -1)
        index.put(midnight.copy(id = 2), received(), utcOffsetMinutes = 0)
        index.put(MessageKey(3, -1), received())
        assertEquals(listOf(-1L, 19_999L, 20_000L), index.effects.between(-1, 20_000).map { it.day })
        assertEquals(listOf(19_999L), index.effects.between(0, 19_999).map { it.day })
    }

    @Test
    fun `only what is in quarantine and was not restored expires, and not before its time`() {
        for (action in Action.entries) index.put(key(action.ordinal + 1L), received(action = action).copy(keepDays = 30))
        index.put(key(6), received())
        index.put(key(7), received().copy(keepDays = 30))
        index.restore(7, NOW)
        val until = index.get(5)!!.until!!
        assertEquals(emptyList<IndexEntry>(), index.expired(until - 1))
        assertEquals(listOf(5L), index.expired(until).map { it.key.id })
        assertEquals(listOf(5L), index.expired(Long.MAX_VALUE).map { it.key.id })
    }

    @Test
    fun `a name that a later version stored leaves the message in the inbox`() {
        index.put(key(1), received())
        raw("UPDATE message SET action = 'shredder', category = 'telepathy'")
        val entry = index.get(1)!!
        assertEquals(Category.UNKNOWN to Action.INBOX, entry.received.category to entry.received.action)
        assertFalse(entry.isHidden)
    }

    @Test
    fun `the log is written ahead and flushed at each commit`() {
        index.put(key(1), received())
        assertEquals(listOf("wal"), raw("PRAGMA journal_mode"))
        assertTrue(File("${file.path}-wal").length() > 0)
        // In a transaction, so that it is the connection that writes.
        assertEquals(listOf(2), index.db.transaction { index.db.rows("PRAGMA synchronous") { it.getInt(0) } })
    }

    @Test
    fun `an index of a later version is refused with both sentences, and can be deleted`() {
        index.close()
        raw("PRAGMA user_version = 99")
        val refused = assertThrows(SmsFilterException::class.java) { Index.open(app, NOW) }
        assertEquals("index.newer", refused.code)
        assertTrue("99" in refused.zh && "99" in refused.en && refused.zh.any { it in '一'..'龥' })
        assertTrue(Index.delete(app))
        index = Index.open(app, NOW)
        assertEquals(0, index.count())
    }

    @Test
    fun `the index lies where Android makes no backup`() {
        assertTrue(file.exists())
        assertEquals(emptyList<String>(), app.databaseList().toList())
    }

    @Test
    fun `a wiped index holds nothing, nor do its files`() {
        index.put(key(1), received().copy(row = "a-row-to-look-for"))
        index.signatures.put(SignatureEntry("试验书店", 1, NOW), 9)
        index.consents.put(ConsentEntry(ConsentKey("试验书店", "10690000000000")))
        index.reports.draft(1, "china-mobile", 1, NOW)
        val bytes = { file.parentFile!!.listFiles()!!.joinToString("") { String(it.readBytes(), Charsets.UTF_8) } }
        assertTrue("a-row-to-look-for" in bytes() && "试验书店" in bytes() && "china-mobile" in bytes())
        index.wipe(NOW + DAY)
        assertFalse("a-row-to-look-for" in bytes() || "试验书店" in bytes() || "10690000000000" in bytes() || "china-mobile" in bytes())
        assertEquals(0, index.count() + index.effects.between(0, Long.MAX_VALUE).size + index.reports.page().size)
        assertEquals(NOW + DAY, index.since)
    }

    @Test
    fun `every row is exported as a line of JSON`() {
        index.put(key(1), received().copy(row = "fraud × unknown-mobile", keepDays = 30), 480)
        index.reports.draft(1, "gsma-7726", 2, NOW)
        index.reports.queue(1, 3)
        index.consents.put(ConsentEntry(ConsentKey("试验\"书店", "1069"), ConsentState.STOPPED, 1, 2))
        index.signatures.put(SignatureEntry("试验书店", 3, NOW), 9)
        val lines = StringBuilder().also(index::export).lines().filter { it.isNotEmpty() }.map { JSONObject(it) }
        assertEquals(listOf("message", "report", "dispatch", "consent", "first_seen", "effect"), lines.map { it.getString("table") })
        assertEquals("fraud" to NOW + MINUTE, lines[0].getString("category") to lines[0].getLong("received_at"))
        assertTrue(lines[0].isNull("restored_at"))
        assertEquals("试验\"书店" to "stopped", lines[3].getString("signature") to lines[3].getString("state"))
    }
}

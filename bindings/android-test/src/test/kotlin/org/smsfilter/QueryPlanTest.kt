package org.smsfilter

import java.io.File
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.Config

@RunWith(AndroidRunner::class)
@Config(sdk = [26, 35])
class QueryPlanTest {
    @Test
    fun `no statement looks at more rows than it needs, nor sorts them`() {
        val seen = LinkedHashSet<String>()
        val file = File(RuntimeEnvironment.getApplication().cacheDir, "plans.db")
        Index.open(RuntimeEnvironment.getApplication(), file, NOW).close()
        Index.open(RuntimeEnvironment.getApplication(), file, NOW) { seen += it }.use { index ->
            everything(index)
            val statements = seen.filter { it.substringBefore(' ') in setOf("SELECT", "UPDATE", "DELETE", "INSERT") }
            assertTrue("${statements.size}", statements.size > 25)
            for (statement in statements) {
                val plan = index.db.rows("EXPLAIN QUERY PLAN $statement", *Array(statement.count { it == '?' }) { "0" }) { it.getString(3) }
                val slow = plan.filter { it.startsWith("SCAN") || "TEMP B-TREE" in it }
                // The one row of the origin, what is wanted all, and the signatures beyond their bound: of these the index alone.
                val whole = setOf(
                    "SELECT since FROM origin",
                    "SELECT * FROM first_seen ORDER BY signature",
                    "SELECT * FROM dispatch ORDER BY id",
                    "DELETE FROM first_seen WHERE signature IN (SELECT signature FROM first_seen ORDER BY last_at DESC LIMIT -1 OFFSET ?)",
                )
                assertEquals(statement, emptyList<String>(), slow.filter { "TEMP B-TREE" in it })
                assertEquals(statement, if (statement in whole) slow else emptyList<String>(), slow)
            }
        }
    }

    private fun everything(index: Index) {
        index.since
        val key = MessageKey(1, NOW)
        index.put(key, received())
        for (action in listOf(null, Action.QUARANTINE)) for (category in listOf(null, Category.FRAUD)) {
            index.count(action, category)
            for (after in listOf(null, key)) index.page(action, category, after)
        }
        index.get(listOf(1L, 2L))
        index.expired(NOW)
        index.unnotified()
        index.markNotified(key)
        index.unnoted()
        index.noted(key)
        index.markNoted(key, true)
        index.restore(1, NOW)
        index.miss(1, NOW)
        index.forget(key)
        index.effects.between(0, 1)
        val report = index.reports.draft(1, "china-mobile", 1, NOW)
        index.reports.put(report)
        index.reports.get(1)
        index.reports.of(1)
        for (after in listOf(null, report)) index.reports.page(after)
        index.reports.open("china-mobile")
        index.reports.underWay(1)
        index.reports.queue(1, 1)
        for (dispatch in index.reports.dispatches()) {
            index.reports.handed(dispatch, 1)
            index.reports.drop(dispatch)
        }
        index.reports.forget(NOW)
        val consent = ConsentEntry(ConsentKey("试验", "1069"))
        index.consents.put(consent)
        index.consents.get(consent.key)
        for (after in listOf(null, consent.key)) index.consents.page(after)
        index.consents.forget(consent.key)
        index.signatures.put(SignatureEntry("试验", 1, NOW), 1)
        index.signatures.get("试验")
        index.signatures.all()
    }
}

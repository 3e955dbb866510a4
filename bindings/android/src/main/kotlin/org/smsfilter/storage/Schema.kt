package org.smsfilter.storage

/**
 * The tables, version by version. A step is never edited once it was released: a change is a further step, with a dump of
 * the version before it among the tests. A new database takes the same steps as an old one, so there is one way to each
 * version.
 *
 * Names are stored as in rules and reports (`phishing`, `quarantine`), times as milliseconds since 1970 UTC unless said otherwise.
 */
internal object Schema {
    /** The tables that [wipe][org.smsfilter.Index.wipe] empties and [export][org.smsfilter.Index.export] writes. */
    val TABLES = listOf("message", "report", "dispatch", "consent", "first_seen", "effect")

    private val MESSAGES = listOf(
        """CREATE TABLE message (
            id INTEGER PRIMARY KEY,
            received_at INTEGER NOT NULL,
            category TEXT NOT NULL,
            subcategory INTEGER NOT NULL,
            score INTEGER NOT NULL,
            points INTEGER NOT NULL,
            flags INTEGER NOT NULL,
            failure TEXT,
            action TEXT NOT NULL,
            policy_row TEXT,
            until INTEGER
        )""",
        "CREATE INDEX message_by_time ON message (received_at)",
    )

    private fun ledgers(now: Long) = listOf(
        // The receiver's day, counted from 1970.
        "ALTER TABLE message ADD COLUMN day INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE message ADD COLUMN restored_at INTEGER",
        "ALTER TABLE message ADD COLUMN missed_at INTEGER",
        "ALTER TABLE message ADD COLUMN notified INTEGER NOT NULL DEFAULT 0",
        // Version 1 kept no offset, and told of each message before it went on.
        "UPDATE message SET day = received_at / 86400000, notified = 1",
        "CREATE INDEX message_by_action ON message (action, received_at) WHERE restored_at IS NULL",
        "CREATE INDEX message_by_category ON message (category, received_at)",
        "CREATE INDEX message_by_until ON message (until) WHERE action = 'quarantine' AND restored_at IS NULL",
        "CREATE INDEX message_by_notified ON message (notified, received_at) WHERE notified = 0",
        // Mirrors smsfilter::report::ledger::Entry. AUTOINCREMENT: the id of a forgotten report names no other.
        """CREATE TABLE report (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            message INTEGER NOT NULL,
            channel TEXT NOT NULL,
            state TEXT NOT NULL,
            steps INTEGER NOT NULL,
            sent INTEGER NOT NULL,
            asked INTEGER NOT NULL,
            failures INTEGER NOT NULL,
            partly INTEGER NOT NULL,
            drafted_at INTEGER NOT NULL,
            sent_at INTEGER,
            answered_at INTEGER,
            last INTEGER
        )""",
        "CREATE INDEX report_by_message ON report (message)",
        "CREATE INDEX report_by_time ON report (drafted_at)",
        // Mirrors smsfilter::consent::Promise under its Key.
        """CREATE TABLE consent (
            signature TEXT NOT NULL,
            port TEXT NOT NULL,
            state TEXT NOT NULL,
            asked_at INTEGER,
            confirmed_at INTEGER,
            broken_first_at INTEGER,
            broken_last_at INTEGER,
            last INTEGER,
            PRIMARY KEY (signature, port)
        ) WITHOUT ROWID""",
        // Mirrors smsfilter::consent::first_seen::Seen under its name.
        """CREATE TABLE first_seen (
            signature TEXT NOT NULL PRIMARY KEY,
            kinds INTEGER NOT NULL,
            last_at INTEGER NOT NULL
        ) WITHOUT ROWID""",
        """CREATE TABLE effect (
            day INTEGER NOT NULL,
            category TEXT NOT NULL,
            action TEXT NOT NULL,
            caught INTEGER NOT NULL,
            restored INTEGER NOT NULL,
            missed INTEGER NOT NULL,
            PRIMARY KEY (day, category, action)
        ) WITHOUT ROWID""",
        """INSERT INTO effect SELECT day, category, action, count(*), 0, 0 FROM message
            WHERE action <> 'inbox' GROUP BY day, category, action""",
        // One row: from when on messages are the filter's. What came before was never judged, and is not to be.
        "CREATE TABLE origin (since INTEGER NOT NULL)",
        "INSERT INTO origin SELECT coalesce(min(received_at), $now) FROM message",
    )

    private val DECISIONS = listOf(
        "ALTER TABLE message ADD COLUMN noted INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE message ADD COLUMN new_kind INTEGER NOT NULL DEFAULT 0",
        // Version 2 told of messages and brought none into the ledgers: those are past.
        "UPDATE message SET noted = notified",
        "CREATE INDEX message_by_noted ON message (noted, received_at) WHERE noted = 0 AND notified = 1",
        // The dispatch whose outcome is not known.
        "ALTER TABLE report ADD COLUMN under_way INTEGER",
        "CREATE INDEX report_under_way ON report (under_way) WHERE under_way IS NOT NULL",
        "CREATE INDEX report_by_channel ON report (channel, drafted_at)",
        "CREATE INDEX first_seen_by_time ON first_seen (last_at)",
        // AUTOINCREMENT: an outcome that comes late is of no other dispatch. Times are since the phone started.
        """CREATE TABLE dispatch (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            report INTEGER NOT NULL,
            parts INTEGER NOT NULL,
            at INTEGER
        )""",
    )

    /** The statements of each step: the first makes version 1 of nothing, the next version 2 of that. */
    private val STEPS: List<(now: Long) -> List<String>> = listOf({ MESSAGES }, ::ledgers, { DECISIONS })

    val VERSION = STEPS.size

    /** What leads from one version to another. The caller runs all of it in one transaction, with the version's number. */
    fun statements(from: Int, to: Int, now: Long): List<String> = STEPS.subList(from, to).flatMap { it(now) }
}

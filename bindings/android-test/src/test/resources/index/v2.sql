CREATE TABLE message (
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
        , day INTEGER NOT NULL DEFAULT 0, restored_at INTEGER, missed_at INTEGER, notified INTEGER NOT NULL DEFAULT 0);
CREATE INDEX message_by_time ON message (received_at);
CREATE INDEX message_by_action ON message (action, received_at) WHERE restored_at IS NULL;
CREATE INDEX message_by_category ON message (category, received_at);
CREATE INDEX message_by_until ON message (until) WHERE action = 'quarantine' AND restored_at IS NULL;
CREATE INDEX message_by_notified ON message (notified, received_at) WHERE notified = 0;
CREATE TABLE report (
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
        );
CREATE INDEX report_by_message ON report (message);
CREATE INDEX report_by_time ON report (drafted_at);
CREATE TABLE consent (
            signature TEXT NOT NULL,
            port TEXT NOT NULL,
            state TEXT NOT NULL,
            asked_at INTEGER,
            confirmed_at INTEGER,
            broken_first_at INTEGER,
            broken_last_at INTEGER,
            last INTEGER,
            PRIMARY KEY (signature, port)
        ) WITHOUT ROWID;
CREATE TABLE first_seen (
            signature TEXT NOT NULL PRIMARY KEY,
            kinds INTEGER NOT NULL,
            last_at INTEGER NOT NULL
        ) WITHOUT ROWID;
CREATE TABLE effect (
            day INTEGER NOT NULL,
            category TEXT NOT NULL,
            action TEXT NOT NULL,
            caught INTEGER NOT NULL,
            restored INTEGER NOT NULL,
            missed INTEGER NOT NULL,
            PRIMARY KEY (day, category, action)
        ) WITHOUT ROWID;
CREATE TABLE origin (since INTEGER NOT NULL);
INSERT INTO message VALUES (1, 1794441900000, 'phishing', 3, 991, 130, 10, NULL, 'quarantine', 'phishing × unknown-mobile', 1797033900000, 20768, 1794528300000, NULL, 1);
INSERT INTO message VALUES (2, 1794528300000, 'promotion', 1, 870, 61, 1, NULL, 'digest', NULL, NULL, 20769, NULL, NULL, 1);
INSERT INTO message VALUES (3, 1794614700000, 'code', 0, 998, 99, 0, NULL, 'inbox', 'floor', NULL, 20770, NULL, NULL, 1);
INSERT INTO message VALUES (4, 1794701100000, 'unknown', 0, 0, 0, 0, 'memory', 'inbox', NULL, NULL, 20771, NULL, 1794787500000, 1);
INSERT INTO message VALUES (9, 1795133100000, 'fraud', 2, 930, 88, 18, NULL, 'quarantine', 'fraud × unknown-mobile', 1797725100000, 20776, NULL, NULL, 0);
INSERT INTO report VALUES (1, 1, 'china-mobile', 'answered', 1, 1, 0, 0, 0, 1794441960000, 1794441990000, 1794442000000, 3);
INSERT INTO report VALUES (2, 1, 'gsma-7726', 'sent', 2, 1, 1, 0, 0, 1794442060000, 1794442070000, NULL, 3);
INSERT INTO report VALUES (5, 9, '12321-share', 'drafted', 1, 0, 0, 0, 0, 1795133160000, NULL, NULL, NULL);
INSERT INTO consent VALUES ('试验书店', '10690000000001', 'asked-to-stop', 1795133100000, NULL, NULL, NULL, 1);
INSERT INTO consent VALUES ('试验商城', '10690000000000', 'broke-the-promise', 1794441900000, 1794441960000, 1794801100000, 1794901100000, 4);
INSERT INTO first_seen VALUES ('试验书店', 33554434, 1795133100000);
INSERT INTO first_seen VALUES ('试验商城', 33554432, 1794901100000);
INSERT INTO effect VALUES (20768, 'phishing', 'quarantine', 1, 1, 0);
INSERT INTO effect VALUES (20769, 'promotion', 'digest', 1, 0, 0);
INSERT INTO effect VALUES (20771, 'unknown', 'inbox', 0, 0, 1);
INSERT INTO effect VALUES (20776, 'fraud', 'quarantine', 1, 0, 0);
INSERT INTO origin VALUES (1794441900000);

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
        );
CREATE INDEX message_by_time ON message (received_at);
INSERT INTO message VALUES (1, 1794441900000, 'phishing', 3, 991, 130, 10, NULL, 'quarantine', 'phishing × unknown-mobile', 1797033900000);
INSERT INTO message VALUES (2, 1794528300000, 'promotion', 1, 870, 61, 1, NULL, 'digest', NULL, NULL);
INSERT INTO message VALUES (3, 1794614700000, 'code', 0, 998, 99, 0, NULL, 'inbox', 'floor', NULL);
INSERT INTO message VALUES (4, 1794701100000, 'unknown', 0, 0, 0, 0, 'memory', 'inbox', NULL, NULL);
INSERT INTO message VALUES (9, 1795133100000, 'fraud', 2, 930, 88, 2, NULL, 'quarantine', NULL, NULL);

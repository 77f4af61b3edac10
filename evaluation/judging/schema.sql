CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE queries (
    ordinal INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    text TEXT NOT NULL,
    kind TEXT NOT NULL,
    answer TEXT
) STRICT;
CREATE TABLE passages (id TEXT PRIMARY KEY, content TEXT NOT NULL) STRICT;
CREATE TABLE pooled (
    query TEXT NOT NULL REFERENCES queries (id),
    passage TEXT NOT NULL REFERENCES passages (id),
    found_by TEXT NOT NULL,
    added TEXT NOT NULL,
    PRIMARY KEY (query, passage)
) STRICT;
CREATE TABLE judges (name TEXT PRIMARY KEY, folded TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE events (
    id TEXT PRIMARY KEY,
    judge TEXT NOT NULL REFERENCES judges (name),
    query TEXT NOT NULL REFERENCES queries (id),
    passage TEXT NOT NULL,
    at TEXT NOT NULL,
    field TEXT NOT NULL CHECK (field IN ('grade', 'note', 'span', 'status')),
    value TEXT NOT NULL,
    undoes TEXT
) STRICT;
CREATE INDEX events_by_judge ON events (judge, query, at);
CREATE TABLE settlements (
    id TEXT PRIMARY KEY,
    made_by TEXT NOT NULL,
    query TEXT NOT NULL REFERENCES queries (id),
    passage TEXT NOT NULL REFERENCES passages (id),
    at TEXT NOT NULL,
    grade INTEGER CHECK (grade BETWEEN 0 AND 2),
    note TEXT NOT NULL
) STRICT;

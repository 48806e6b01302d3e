-- Work that is owed: written in the transaction that makes it necessary, deleted in the one that completes it.
CREATE TABLE job (
    id           TEXT COLLATE "C" PRIMARY KEY,
    key          TEXT COLLATE "C" UNIQUE,         -- at most one job of a key
    kind         TEXT COLLATE "C" NOT NULL,
    payload      TEXT NOT NULL,                   -- JSON
    due_at       BIGINT NOT NULL,                 -- while leased: when the lease ends
    again_at     BIGINT,                          -- when to do it once more, as was asked while it was being done
    leased_by    TEXT COLLATE "C",
    leased_until BIGINT NOT NULL DEFAULT 0,
    attempts     INTEGER NOT NULL DEFAULT 0,
    last_error   TEXT,
    dead         BOOLEAN NOT NULL DEFAULT FALSE   -- past its last attempt
);

CREATE INDEX job_by_due_time ON job (due_at, id) WHERE NOT dead;

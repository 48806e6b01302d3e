-- Who did what, one row for each record.
CREATE TABLE trail_event (
    id            TEXT COLLATE "C" PRIMARY KEY,   -- eventID
    account       TEXT COLLATE "C" NOT NULL,      -- recipientAccountId
    region        TEXT COLLATE "C" NOT NULL,
    at            BIGINT NOT NULL,                -- when it was asked for
    recorded_at   BIGINT NOT NULL,
    name          TEXT COLLATE "C" NOT NULL,
    source        TEXT COLLATE "C" NOT NULL,
    read_only     BOOLEAN NOT NULL,
    username      TEXT COLLATE "C",
    access_key_id TEXT COLLATE "C",
    resources     TEXT NOT NULL,                  -- lines of a type, a space and a name
    record        BYTEA NOT NULL,                 -- JSON
    file          TEXT COLLATE "C"                -- the file it was exported to
);

-- A look-up asks for one attribute, newest first.
CREATE INDEX trail_event_by_time ON trail_event (account, region, at, id);
CREATE INDEX trail_event_by_name ON trail_event (account, region, name, at, id);
CREATE INDEX trail_event_by_source ON trail_event (account, region, source, at, id);
CREATE INDEX trail_event_by_read_only ON trail_event (account, region, read_only, at, id);
CREATE INDEX trail_event_by_username ON trail_event (account, region, username, at, id);
CREATE INDEX trail_event_by_key ON trail_event (account, region, access_key_id, at, id);

-- What is not exported yet, and what is in a file.
CREATE INDEX trail_event_waiting ON trail_event (account, region, recorded_at, id) WHERE file IS NULL;
CREATE INDEX trail_event_by_file ON trail_event (file, recorded_at, id) WHERE file IS NOT NULL;

CREATE TABLE trail_resource (
    event_id TEXT COLLATE "C" NOT NULL,
    account  TEXT COLLATE "C" NOT NULL,
    region   TEXT COLLATE "C" NOT NULL,
    type     TEXT COLLATE "C" NOT NULL,
    name     TEXT COLLATE "C" NOT NULL,
    at       BIGINT NOT NULL
);
CREATE INDEX trail_resource_by_name ON trail_resource (account, region, name, at, event_id);
CREATE INDEX trail_resource_by_type ON trail_resource (account, region, type, at, event_id);

-- The key that signs digests.
CREATE TABLE trail_key (
    id         INTEGER PRIMARY KEY,               -- 1: there is one
    public_key BYTEA NOT NULL,                    -- PKCS #1
    secret     BYTEA NOT NULL,                    -- sealed by the keyring, PKCS #8
    created_at BIGINT NOT NULL
);

-- Files of records, each named before it is written, so that a run that was killed writes the same file again.
CREATE TABLE trail_file (
    path      TEXT COLLATE "C" PRIMARY KEY,       -- below the folder
    account   TEXT COLLATE "C" NOT NULL,
    region    TEXT COLLATE "C" NOT NULL,
    oldest_at BIGINT NOT NULL,
    newest_at BIGINT NOT NULL,
    hash      TEXT,                               -- SHA-256 of the file; null until it is written
    digest    BIGINT                              -- the number of the digest that names it
);
CREATE INDEX trail_file_by_digest ON trail_file (account, region, digest, path);

-- The last digest of each chain.
CREATE TABLE trail_digest (
    account   TEXT COLLATE "C" NOT NULL,
    region    TEXT COLLATE "C" NOT NULL,
    number    BIGINT NOT NULL,                    -- from 1
    path      TEXT NOT NULL,                      -- below the folder
    content   BYTEA NOT NULL,                     -- the file before it is compressed
    hash      TEXT NOT NULL,                      -- SHA-256 of the file
    signature TEXT NOT NULL,
    end_at    BIGINT NOT NULL,
    PRIMARY KEY (account, region)
);

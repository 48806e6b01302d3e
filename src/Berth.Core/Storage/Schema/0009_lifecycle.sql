-- The lifecycle policy of a repository, minified, its rules by priority.
CREATE TABLE lifecycle_policy (
    repository_id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    id            TEXT COLLATE "C" NOT NULL,  -- the same until the policy is deleted
    version       INTEGER NOT NULL,           -- one more with each other document
    document      TEXT NOT NULL,
    evaluated_at  BIGINT                      -- when this document's last run had finished
);

-- The lifecycle policy of a repository, minified, its rules by priority.
CREATE TABLE lifecycle_policy (
    repository_id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    id            TEXT COLLATE "C" NOT NULL,  -- the same until the policy is deleted
    version       INTEGER NOT NULL,           -- one more with each other document
    document      TEXT NOT NULL,
    evaluated_at  BIGINT                      -- when this document's last run had finished
);

-- What a policy decided at a moment: to be done (purpose 'run'), or to be looked at ('preview').
CREATE TABLE lifecycle_plan (
    id            TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    repository_id TEXT COLLATE "C" NOT NULL,
    purpose       TEXT COLLATE "C" NOT NULL,
    status        TEXT COLLATE "C" NOT NULL,  -- IN_PROGRESS while it is made, then COMPLETE; of a preview also FAILED, EXPIRED
    document      TEXT NOT NULL,              -- as it was given
    policy_id     TEXT COLLATE "C",           -- of a run: which policy, in which version
    version       INTEGER,
    made_at       BIGINT NOT NULL,
    expiring      INTEGER NOT NULL DEFAULT 0,
    transitioning INTEGER NOT NULL DEFAULT 0,
    UNIQUE (repository_id, purpose)
);

CREATE TABLE lifecycle_result (
    plan_id       TEXT COLLATE "C" NOT NULL,
    position      INTEGER NOT NULL,
    digest        TEXT COLLATE "C" NOT NULL,
    tags          TEXT NOT NULL,              -- separated by blanks
    tagged        BOOLEAN NOT NULL,
    pushed_at     BIGINT NOT NULL,
    mark          BIGINT NOT NULL,            -- changes when the image is no more what was decided on
    status        TEXT COLLATE "C" NOT NULL,
    action        TEXT COLLATE "C" NOT NULL,  -- EXPIRE, TRANSITION
    rule_priority INTEGER NOT NULL,
    PRIMARY KEY (plan_id, position)
);
CREATE INDEX lifecycle_result_by_digest ON lifecycle_result (plan_id, digest);
CREATE INDEX lifecycle_result_by_tagged ON lifecycle_result (plan_id, tagged, position);

-- IAM: who is there, and what they may do. Ids are IAM's own (AIDA..., AROA...) and are never used twice, so that whoever
-- comes back under an old name is somebody else.
CREATE TABLE iam_entity (
    id          TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    account     TEXT COLLATE "C" NOT NULL,
    kind        TEXT COLLATE "C" NOT NULL,     -- user, group, role, instance-profile, policy, oidc-provider
    name        TEXT COLLATE "C" NOT NULL,
    name_key    TEXT COLLATE "C" NOT NULL,     -- in lower case: names that differ by case only are one name
    path        TEXT COLLATE "C" NOT NULL,
    arn         TEXT COLLATE "C" NOT NULL UNIQUE,
    description TEXT,
    boundary    TEXT COLLATE "C",              -- the ARN of a managed policy
    created_at  BIGINT NOT NULL
);
CREATE UNIQUE INDEX iam_entity_by_name ON iam_entity (account, kind, name_key);
CREATE INDEX iam_entity_by_boundary ON iam_entity (boundary, id) WHERE boundary IS NOT NULL;

CREATE TABLE iam_tag (
    entity_id TEXT COLLATE "C" NOT NULL,
    name_key  TEXT COLLATE "C" NOT NULL,       -- the key in lower case: IAM's tag keys do not differ by case
    name      TEXT NOT NULL,
    value     TEXT NOT NULL,
    PRIMARY KEY (entity_id, name_key)
);

CREATE TABLE iam_inline_policy (
    entity_id TEXT COLLATE "C" NOT NULL,
    name      TEXT COLLATE "C" NOT NULL,
    document  TEXT NOT NULL,
    PRIMARY KEY (entity_id, name)
);

-- Policies of AWS are attached by their ARNs as those of accounts are; they have no rows of their own.
CREATE TABLE iam_attachment (
    entity_id  TEXT COLLATE "C" NOT NULL,
    policy_arn TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (entity_id, policy_arn)
);
CREATE INDEX iam_attachment_by_policy ON iam_attachment (policy_arn, entity_id);

CREATE TABLE iam_membership (
    user_id  TEXT COLLATE "C" NOT NULL,
    group_id TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (user_id, group_id)
);
CREATE INDEX iam_membership_by_group ON iam_membership (group_id, user_id);

CREATE TABLE iam_role (
    id               TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    trust            TEXT NOT NULL,            -- the document, its principals as ids
    max_session      INTEGER NOT NULL,         -- seconds
    last_used_at     BIGINT,
    last_used_region TEXT
);

CREATE TABLE iam_profile_role (
    profile_id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    role_id    TEXT COLLATE "C" NOT NULL
);
CREATE INDEX iam_profile_by_role ON iam_profile_role (role_id, profile_id);

-- Machines that are handed the role of their instance profile. An id is never used twice: the sessions of a machine that was
-- revoked do not come back when it is registered again under its instance id.
CREATE TABLE machine (
    id              TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    account         TEXT COLLATE "C" NOT NULL,
    instance_id     TEXT COLLATE "C" NOT NULL UNIQUE,  -- i-...
    region          TEXT COLLATE "C" NOT NULL,
    private_address TEXT,
    profile_id      TEXT COLLATE "C" NOT NULL,
    secret_mac      BYTEA NOT NULL,                    -- of the secret, under a key of the keyring
    certificate     TEXT COLLATE "C",                  -- SHA-256 of its DER form, lower-case hex
    created_at      BIGINT NOT NULL
);
CREATE UNIQUE INDEX machine_by_secret ON machine (secret_mac);
CREATE UNIQUE INDEX machine_by_certificate ON machine (certificate) WHERE certificate IS NOT NULL;
CREATE INDEX machine_by_account ON machine (account, region, instance_id);

CREATE TABLE iam_policy (
    id              TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    default_version INTEGER NOT NULL,
    latest_version  INTEGER NOT NULL,          -- also counts versions that were deleted: no number is used twice
    updated_at      BIGINT NOT NULL
);

CREATE TABLE iam_policy_version (
    policy_id  TEXT COLLATE "C" NOT NULL,
    version    INTEGER NOT NULL,
    document   TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (policy_id, version)
);

CREATE TABLE iam_oidc_provider (
    id          TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    url         TEXT NOT NULL,                 -- as tokens name their issuer; without the scheme it is the entity's name
    client_ids  TEXT NOT NULL,                 -- JSON, in the order they were added
    thumbprints TEXT NOT NULL                  -- JSON
);

-- When and where a key was last good. Apart from the key: it is written far more often, and losing it loses nothing.
CREATE TABLE access_key_use (
    id      TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    used_at BIGINT NOT NULL,
    service TEXT NOT NULL,
    region  TEXT NOT NULL
);
CREATE INDEX access_key_by_user ON access_key (user_id, created_at, id);

ALTER TABLE account ADD COLUMN name TEXT;
ALTER TABLE account ADD COLUMN email TEXT;
ALTER TABLE account ADD COLUMN alias TEXT COLLATE "C";
CREATE UNIQUE INDEX account_by_alias ON account (alias) WHERE alias IS NOT NULL;

-- What became of requests for accounts, which are asked for by their ids afterwards.
CREATE TABLE account_creation (
    id         TEXT COLLATE "C" NOT NULL PRIMARY KEY,  -- car-...
    name       TEXT NOT NULL,
    account    TEXT COLLATE "C",               -- the account that was made
    failure    TEXT,                           -- or why none was
    created_at BIGINT NOT NULL
);

-- Policies of resources: their principals as ids, so that a name that comes back is not meant.
CREATE TABLE repository_policy (
    repository_id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    document      TEXT NOT NULL
);

CREATE TABLE registry_policy (
    account  TEXT COLLATE "C" NOT NULL,
    region   TEXT COLLATE "C" NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (account, region)
);

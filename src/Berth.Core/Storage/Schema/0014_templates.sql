-- What repositories that nobody creates by name are made like.
CREATE TABLE creation_template (
    account           TEXT COLLATE "C" NOT NULL,
    region            TEXT COLLATE "C" NOT NULL,
    prefix            TEXT COLLATE "C" NOT NULL,   -- without a slash at its end; ROOT for every repository
    description       TEXT,
    applied_for       TEXT NOT NULL,               -- JSON
    tag_mutability    TEXT NOT NULL,
    exclusion_filters TEXT NOT NULL,               -- JSON
    resource_tags     TEXT NOT NULL,               -- JSON
    repository_policy TEXT,                        -- its principals as ids
    lifecycle_policy  TEXT,                        -- as it was given
    role_arn          TEXT COLLATE "C",
    created_at        BIGINT NOT NULL,
    updated_at        BIGINT NOT NULL,
    PRIMARY KEY (account, region, prefix)
);

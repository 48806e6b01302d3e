-- What an account has set for its registry in a Region; what it has not set has no row.
CREATE TABLE account_setting (
    account TEXT COLLATE "C" NOT NULL,
    region  TEXT COLLATE "C" NOT NULL,
    name    TEXT COLLATE "C" NOT NULL,
    value   TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (account, region, name)
);

-- Users and roles, by their ARNs, whose pulls from a registry leave no time behind.
CREATE TABLE pull_time_exclusion (
    account       TEXT COLLATE "C" NOT NULL,
    region        TEXT COLLATE "C" NOT NULL,
    principal_arn TEXT COLLATE "C" NOT NULL,
    created_at    BIGINT NOT NULL,
    PRIMARY KEY (account, region, principal_arn)
);

-- So that a page of tagged images passes over no others, of which there may be many.
CREATE INDEX image_tagged_of_any_status ON image (repository_id, digest) WHERE tag_count > 0;

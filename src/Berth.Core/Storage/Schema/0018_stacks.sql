-- Stacks, as CloudFormation has them.
CREATE TABLE stack (
    id               TEXT COLLATE "C" NOT NULL PRIMARY KEY,  -- its ARN
    account          TEXT COLLATE "C" NOT NULL,
    region           TEXT COLLATE "C" NOT NULL,
    name             TEXT COLLATE "C" NOT NULL,
    live_name        TEXT COLLATE "C",                       -- the name until the stack is deleted
    status           TEXT COLLATE "C" NOT NULL,
    status_reason    TEXT,
    parent_id        TEXT COLLATE "C",
    root_id          TEXT COLLATE "C",
    source           TEXT NOT NULL,                          -- JSON: template, parameters, tags, capabilities
    former           TEXT,                                   -- JSON: the same, before the last update
    operation        TEXT NOT NULL,                          -- JSON: what is being done, or was done last
    caller           BYTEA,                                  -- sealed: on whose behalf
    outputs          TEXT NOT NULL,                          -- JSON
    protected        BOOLEAN NOT NULL DEFAULT FALSE,
    change_set_id    TEXT COLLATE "C",
    created_at       BIGINT NOT NULL,
    updated_at       BIGINT,
    deleted_at       BIGINT,
    UNIQUE (account, region, live_name)
);
CREATE INDEX stack_by_parent ON stack (parent_id);

-- What a resource has become. One that was replaced has two rows until the old one is removed.
CREATE TABLE stack_resource (
    stack_id    TEXT COLLATE "C" NOT NULL,
    logical_id  TEXT COLLATE "C" NOT NULL,
    suffix      TEXT COLLATE "C" NOT NULL,  -- what its generated name ends with
    type        TEXT COLLATE "C" NOT NULL,
    physical_id TEXT COLLATE "C",
    status      TEXT COLLATE "C" NOT NULL,
    reason      TEXT,
    step        TEXT COLLATE "C",           -- CREATE, UPDATE, DELETE: begun, and not known to have ended
    made_in     BIGINT NOT NULL,            -- the number of the operation
    retired_in  BIGINT,                     -- the number of the operation that wants it gone
    begun_at    BIGINT NOT NULL,
    changed_at  BIGINT NOT NULL,
    detail      TEXT NOT NULL,              -- JSON: properties, attributes, what it needs, policies
    PRIMARY KEY (stack_id, logical_id, suffix)
);
CREATE INDEX stack_resource_by_physical_id ON stack_resource (physical_id);

CREATE TABLE stack_event (
    stack_id    TEXT COLLATE "C" NOT NULL,
    number      BIGINT NOT NULL,
    id          TEXT COLLATE "C" NOT NULL,
    logical_id  TEXT COLLATE "C" NOT NULL,
    physical_id TEXT COLLATE "C",
    type        TEXT COLLATE "C" NOT NULL,
    status      TEXT COLLATE "C" NOT NULL,
    reason      TEXT,
    properties  TEXT,
    token       TEXT,
    happened_at BIGINT NOT NULL,
    PRIMARY KEY (stack_id, number)
);

CREATE TABLE stack_change_set (
    id          TEXT COLLATE "C" NOT NULL PRIMARY KEY,  -- its ARN
    stack_id    TEXT COLLATE "C" NOT NULL,
    name        TEXT COLLATE "C" NOT NULL,
    status      TEXT COLLATE "C" NOT NULL,
    reason      TEXT,
    execution   TEXT COLLATE "C" NOT NULL,
    description TEXT,
    source      TEXT NOT NULL,                          -- JSON, as of a stack
    detail      TEXT NOT NULL,                          -- JSON: changes and what was asked besides
    created_at  BIGINT NOT NULL,
    UNIQUE (stack_id, name)
);

CREATE TABLE stack_export (
    account  TEXT COLLATE "C" NOT NULL,
    region   TEXT COLLATE "C" NOT NULL,
    name     TEXT COLLATE "C" NOT NULL,
    value    TEXT NOT NULL,
    stack_id TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (account, region, name)
);
CREATE INDEX stack_export_by_stack ON stack_export (stack_id);

CREATE TABLE stack_import (
    account  TEXT COLLATE "C" NOT NULL,
    region   TEXT COLLATE "C" NOT NULL,
    name     TEXT COLLATE "C" NOT NULL,
    stack_id TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (account, region, name, stack_id)
);
CREATE INDEX stack_import_by_stack ON stack_import (stack_id);

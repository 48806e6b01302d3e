-- A registry is an account in a Region. The counter spares a count of rows at every creation.
CREATE TABLE registry (
    account          TEXT COLLATE "C" NOT NULL,
    region           TEXT COLLATE "C" NOT NULL,
    repository_count INTEGER NOT NULL,
    PRIMARY KEY (account, region)
);

-- A deleted repository keeps its row until the purge job has taken its contents apart; its name is free at once.
CREATE TABLE repository (
    id                TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    account           TEXT COLLATE "C" NOT NULL,
    region            TEXT COLLATE "C" NOT NULL,
    name              TEXT COLLATE "C" NOT NULL,
    created_at        BIGINT NOT NULL,
    deleted_at        BIGINT,
    tag_mutability    TEXT NOT NULL,
    exclusion_filters TEXT NOT NULL,
    scan_on_push      BOOLEAN NOT NULL,
    scope             TEXT COLLATE "C" NOT NULL,
    image_count       INTEGER NOT NULL
);
CREATE UNIQUE INDEX repository_by_name ON repository (account, region, name) WHERE deleted_at IS NULL;

CREATE TABLE resource_tag (
    repository_id TEXT COLLATE "C" NOT NULL,
    key           TEXT COLLATE "C" NOT NULL,
    value         TEXT NOT NULL,
    PRIMARY KEY (repository_id, key)
);

-- What listings and rules need of an image. The manifest's bytes lie apart, so that a page of images stays small.
CREATE TABLE image (
    repository_id TEXT COLLATE "C" NOT NULL,
    digest        TEXT COLLATE "C" NOT NULL,
    media_type    TEXT NOT NULL,
    artifact_type TEXT,
    config_type   TEXT,
    annotations   TEXT,
    subject       TEXT COLLATE "C",
    manifest_size BIGINT NOT NULL,
    size          BIGINT NOT NULL,
    tag_count     INTEGER NOT NULL,
    pushed_at     BIGINT NOT NULL,
    PRIMARY KEY (repository_id, digest)
);
CREATE INDEX image_untagged ON image (repository_id, digest) WHERE tag_count = 0;
CREATE INDEX image_by_subject ON image (repository_id, subject, digest) WHERE subject IS NOT NULL;

CREATE TABLE manifest (
    repository_id TEXT COLLATE "C" NOT NULL,
    digest        TEXT COLLATE "C" NOT NULL,
    content       BYTEA NOT NULL,
    PRIMARY KEY (repository_id, digest)
);

CREATE TABLE tag (
    repository_id TEXT COLLATE "C" NOT NULL,
    name          TEXT COLLATE "C" NOT NULL,
    digest        TEXT COLLATE "C" NOT NULL,
    created_at    BIGINT NOT NULL,
    moved_at      BIGINT NOT NULL,
    PRIMARY KEY (repository_id, name)
);
CREATE INDEX tag_by_digest ON tag (repository_id, digest, name);

-- What an image's manifest points at: its configuration and layers ('blob'), or the images of an index ('image').
CREATE TABLE descriptor (
    repository_id TEXT COLLATE "C" NOT NULL,
    image         TEXT COLLATE "C" NOT NULL,
    target        TEXT COLLATE "C" NOT NULL,
    role          TEXT COLLATE "C" NOT NULL,
    media_type    TEXT NOT NULL,
    PRIMARY KEY (repository_id, image, target, role)
);
CREATE INDEX descriptor_by_target ON descriptor (repository_id, target, role, image);

-- Stored bytes, once per digest under one key. INVARIANT: orphaned_at is set exactly while no layer points at the blob.
CREATE TABLE blob (
    scope       TEXT COLLATE "C" NOT NULL,
    digest      TEXT COLLATE "C" NOT NULL,
    id          TEXT COLLATE "C" NOT NULL UNIQUE,
    size        BIGINT NOT NULL,
    wrapped_key BYTEA NOT NULL,
    stored_at   BIGINT NOT NULL,
    orphaned_at BIGINT,
    PRIMARY KEY (scope, digest)
);
CREATE INDEX blob_orphaned ON blob (orphaned_at) WHERE orphaned_at IS NOT NULL;

-- A blob as a repository has it. INVARIANT: unreferenced_at is null exactly while a descriptor of the same repository
-- points at the layer; from that moment on the collector's grace period runs.
CREATE TABLE layer (
    repository_id   TEXT COLLATE "C" NOT NULL,
    digest          TEXT COLLATE "C" NOT NULL,
    scope           TEXT COLLATE "C" NOT NULL,
    size            BIGINT NOT NULL,
    unreferenced_at BIGINT,
    PRIMARY KEY (repository_id, digest)
);
CREATE INDEX layer_by_blob ON layer (scope, digest);
CREATE INDEX layer_unreferenced ON layer (unreferenced_at) WHERE unreferenced_at IS NOT NULL;

-- An upload session. Bytes up to received are acknowledged: whole segments lie in the staged object, the rest in tail.
CREATE TABLE upload (
    id            TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    repository_id TEXT COLLATE "C" NOT NULL,
    touched_at    BIGINT NOT NULL,
    received      BIGINT NOT NULL,
    staged_id     TEXT COLLATE "C",
    wrapped_key   BYTEA,
    tail          BYTEA,
    last_part     BIGINT NOT NULL,
    small_part    BOOLEAN NOT NULL
);
CREATE INDEX upload_by_touch ON upload (touched_at);
CREATE INDEX upload_by_repository ON upload (repository_id);
CREATE INDEX upload_by_staged ON upload (staged_id) WHERE staged_id IS NOT NULL;

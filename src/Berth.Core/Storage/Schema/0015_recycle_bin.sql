-- An image that was deleted and can be taken back: all that its rows held.
CREATE TABLE recycled_image (
    repository_id TEXT COLLATE "C" NOT NULL,
    digest        TEXT COLLATE "C" NOT NULL,
    deleted_at    BIGINT NOT NULL,
    deleted_by    TEXT COLLATE "C" NOT NULL,  -- API, LIFECYCLE
    rule_priority INTEGER,                    -- of the lifecycle policy's rule that took it
    media_type    TEXT NOT NULL,
    artifact_type TEXT,
    subject       TEXT COLLATE "C",
    size          BIGINT NOT NULL,
    pushed_at     BIGINT NOT NULL,
    status        TEXT COLLATE "C" NOT NULL,
    archived_at   BIGINT,
    activated_at  BIGINT,
    pulled_at     BIGINT,
    tags          TEXT NOT NULL,              -- a JSON array
    sparse        BOOLEAN NOT NULL,           -- whether an image that it lists was absent already
    content       BYTEA NOT NULL,
    PRIMARY KEY (repository_id, digest)
);
CREATE INDEX recycled_image_by_time ON recycled_image (repository_id, deleted_at, digest);
CREATE INDEX recycled_image_by_age ON recycled_image (deleted_at);
CREATE INDEX recycled_image_by_subject ON recycled_image (repository_id, subject, deleted_at) WHERE subject IS NOT NULL;

-- What it points at: images, and those blobs that the repository had when it was deleted.
CREATE TABLE recycled_descriptor (
    repository_id TEXT COLLATE "C" NOT NULL,
    image         TEXT COLLATE "C" NOT NULL,
    target        TEXT COLLATE "C" NOT NULL,
    role          TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (repository_id, image, target, role)
);
CREATE INDEX recycled_descriptor_by_target ON recycled_descriptor (repository_id, target, role, image);

-- INVARIANT: a layer is held exactly while a recycled image of the same repository points at it. It is not collected then,
-- nor deleted by a client; unreferenced_at says no more and no less than before.
ALTER TABLE layer ADD COLUMN held BOOLEAN NOT NULL DEFAULT FALSE;
DROP INDEX layer_unreferenced;
CREATE INDEX layer_unreferenced ON layer (unreferenced_at) WHERE unreferenced_at IS NOT NULL AND NOT held;

-- Where the bytes lie. A blob that may lie in the wrong class is looked at when review_at has come; spare_id is another
-- object that may exist of it: one that a move is making, or with a dash before it one that is only to be deleted.
ALTER TABLE blob ADD COLUMN storage_class TEXT COLLATE "C" NOT NULL DEFAULT 'STANDARD';  -- STANDARD, ARCHIVE
ALTER TABLE blob ADD COLUMN review_at BIGINT;
ALTER TABLE blob ADD COLUMN spare_id TEXT COLLATE "C";
CREATE INDEX blob_to_review ON blob (review_at) WHERE review_at IS NOT NULL;
CREATE INDEX blob_archived ON blob (scope, digest) WHERE storage_class <> 'STANDARD';

-- INVARIANT: a layer is archived exactly while descriptors point at it and all of them are of archived images.
ALTER TABLE layer ADD COLUMN archived BOOLEAN NOT NULL DEFAULT FALSE;
DROP INDEX layer_by_blob;
CREATE INDEX layer_by_blob ON layer (scope, digest, archived);

-- INVARIANT: a descriptor is archived exactly while the image it is of is.
ALTER TABLE descriptor ADD COLUMN archived BOOLEAN NOT NULL DEFAULT FALSE;
DROP INDEX descriptor_by_target;
CREATE INDEX descriptor_by_target ON descriptor (repository_id, target, role, archived, image);

-- INVARIANT: a tag is active exactly while its image is.
ALTER TABLE tag ADD COLUMN active BOOLEAN NOT NULL DEFAULT TRUE;
CREATE INDEX tag_active ON tag (repository_id, name) WHERE active;

-- Unique, since a planner that knows that a digest comes once keeps to the order of the index for its tags.
DROP INDEX image_by_status;
CREATE UNIQUE INDEX image_by_status ON image (repository_id, status, digest);
CREATE UNIQUE INDEX image_tagged ON image (repository_id, status, digest) WHERE tag_count > 0;
CREATE INDEX image_untagged_by_status ON image (repository_id, status, digest) WHERE tag_count = 0;
CREATE INDEX image_by_subject_status ON image (repository_id, subject, status, digest) WHERE subject IS NOT NULL;
CREATE INDEX image_activating ON image (repository_id, digest) WHERE status = 'ACTIVATING';

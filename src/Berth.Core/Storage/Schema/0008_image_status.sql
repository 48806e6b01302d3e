-- Where the bytes of an image are, and when it was last of use.
ALTER TABLE image ADD COLUMN status TEXT COLLATE "C" NOT NULL DEFAULT 'ACTIVE';  -- ACTIVE, ARCHIVED, ACTIVATING
ALTER TABLE image ADD COLUMN archived_at BIGINT;   -- last
ALTER TABLE image ADD COLUMN activated_at BIGINT;  -- last brought back out of the archive
ALTER TABLE image ADD COLUMN pulled_at BIGINT;     -- last, as far as it is recorded
CREATE INDEX image_by_status ON image (repository_id, status, digest);

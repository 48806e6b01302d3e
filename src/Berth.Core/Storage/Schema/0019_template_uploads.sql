-- Where templates are uploaded to that are too long for a call, or are nested: what stands in for the buckets of S3.
CREATE TABLE template_bucket (
    name       TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    account    TEXT COLLATE "C" NOT NULL,
    region     TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX template_bucket_account ON template_bucket (account, name);

CREATE TABLE template_object (
    bucket     TEXT COLLATE "C" NOT NULL REFERENCES template_bucket (name),
    key        TEXT COLLATE "C" NOT NULL,
    body       BYTEA NOT NULL,
    size       BIGINT NOT NULL,
    etag       TEXT NOT NULL,                      -- MD5 in lower-case hex, as S3 has it
    media_type TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (bucket, key)
);

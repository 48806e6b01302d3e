-- Which role the pods of a cluster are handed, by the service account they run under. An id is never used twice.
CREATE TABLE pod_association (
    id              TEXT COLLATE "C" NOT NULL PRIMARY KEY,  -- a-...
    account         TEXT COLLATE "C" NOT NULL,
    region          TEXT COLLATE "C" NOT NULL,
    cluster         TEXT NOT NULL,
    issuer          TEXT COLLATE "C" NOT NULL,              -- as the cluster's tokens name it
    namespace       TEXT COLLATE "C" NOT NULL,
    service_account TEXT COLLATE "C" NOT NULL,
    role_arn        TEXT NOT NULL,
    created_at      BIGINT NOT NULL,
    UNIQUE (account, region, issuer, namespace, service_account)
);
CREATE INDEX pod_association_by_account ON pod_association (account, region, id);

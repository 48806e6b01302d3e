-- Who may sign requests.
CREATE TABLE account (
    id         TEXT COLLATE "C" PRIMARY KEY,   -- twelve digits
    created_at BIGINT NOT NULL
);

CREATE TABLE access_key (
    id         TEXT COLLATE "C" PRIMARY KEY,   -- AKIA...
    account    TEXT COLLATE "C" NOT NULL REFERENCES account (id),
    principal  TEXT COLLATE "C" NOT NULL,      -- ARN
    user_id    TEXT NOT NULL,                  -- the principal's, as GetCallerIdentity answers it
    secret     BYTEA NOT NULL,                 -- sealed by the keyring, bound to id and principal
    created_at BIGINT NOT NULL,
    active     BOOLEAN NOT NULL
);

CREATE INDEX access_key_by_principal ON access_key (principal, created_at, id);

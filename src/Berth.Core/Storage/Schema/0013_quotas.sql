-- What an account may have or do other than the deployment's defaults; names as in Registry/Quota.cs.
CREATE TABLE account_quota (
    account TEXT COLLATE "C" NOT NULL,
    name    TEXT COLLATE "C" NOT NULL,
    value   BIGINT NOT NULL,
    PRIMARY KEY (account, name)
);

-- The accounts whose registries are reached through VPC endpoints only.
CREATE TABLE doors_only (
    account TEXT COLLATE "C" NOT NULL PRIMARY KEY
);

-- The accounts whose registries are reached through VPC endpoints only.
CREATE TABLE doors_only (
    account TEXT COLLATE "C" NOT NULL PRIMARY KEY
);

-- Every request asks for the endpoints of all accounts, which are few among many other things.
CREATE INDEX network_object_endpoint ON network_object (id) WHERE kind = 'vpc-endpoint';

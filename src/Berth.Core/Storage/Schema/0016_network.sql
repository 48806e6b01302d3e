-- What a network is made of: VPCs, subnets, gateways, security groups, instances, endpoints... What they have alike has columns,
-- what only one kind has is in its body.
CREATE TABLE network_object (
    id           TEXT COLLATE "C" NOT NULL PRIMARY KEY,   -- vpc-..., never used twice
    account      TEXT COLLATE "C" NOT NULL,
    region       TEXT COLLATE "C" NOT NULL,
    kind         TEXT COLLATE "C" NOT NULL,               -- as in ARNs: vpc, subnet, ...
    vpc_id       TEXT COLLATE "C" REFERENCES network_object (id),
    parent_id    TEXT COLLATE "C" REFERENCES network_object (id),  -- what it is part of, and goes with
    client_token TEXT COLLATE "C",
    created_at   BIGINT NOT NULL,
    gone_at      BIGINT,                                  -- of what is over: until when it is still shown
    body         TEXT NOT NULL                            -- JSON
);
CREATE UNIQUE INDEX network_object_by_home ON network_object (account, region, kind, id);
CREATE INDEX network_object_by_vpc ON network_object (vpc_id, kind, id) WHERE vpc_id IS NOT NULL;
CREATE INDEX network_object_by_parent ON network_object (parent_id, kind, id) WHERE parent_id IS NOT NULL;
CREATE INDEX network_object_by_token ON network_object (account, region, kind, client_token, id) WHERE client_token IS NOT NULL;
CREATE INDEX network_object_gone ON network_object (account, region, gone_at, id) WHERE gone_at IS NOT NULL;

-- What refers to what. The database itself refuses to delete what something refers to.
CREATE TABLE network_reference (
    referrer_id TEXT COLLATE "C" NOT NULL REFERENCES network_object (id) ON DELETE CASCADE,
    target_id   TEXT COLLATE "C" NOT NULL REFERENCES network_object (id),
    PRIMARY KEY (referrer_id, target_id)
);
CREATE INDEX network_reference_by_target ON network_reference (target_id, referrer_id);

CREATE TABLE network_tag (
    object_id TEXT COLLATE "C" NOT NULL REFERENCES network_object (id) ON DELETE CASCADE,
    tag_key   TEXT COLLATE "C" NOT NULL,
    tag_value TEXT COLLATE "C" NOT NULL,
    account   TEXT COLLATE "C" NOT NULL,                  -- of the object
    region    TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (object_id, tag_key)
);
CREATE INDEX network_tag_by_home ON network_tag (account, region, object_id, tag_key);

-- Addresses of subnets that are taken. No two network interfaces have the same one.
CREATE TABLE network_address (
    subnet_id TEXT COLLATE "C" NOT NULL REFERENCES network_object (id),
    address   BIGINT NOT NULL,
    owner_id  TEXT COLLATE "C" NOT NULL REFERENCES network_object (id) ON DELETE CASCADE,
    PRIMARY KEY (subnet_id, address)
);
CREATE INDEX network_address_by_owner ON network_address (owner_id);

-- The VPC of a machine that is an instance.
ALTER TABLE machine ADD COLUMN vpc_id TEXT COLLATE "C";

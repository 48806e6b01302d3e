-- Policies that limit whole accounts. A target is the organization's root or an account.
CREATE TABLE organization_policy (
    id          TEXT COLLATE "C" NOT NULL PRIMARY KEY,   -- p-...
    type        TEXT COLLATE "C" NOT NULL,
    name        TEXT COLLATE "C" NOT NULL,
    description TEXT NOT NULL,
    document    TEXT NOT NULL,
    UNIQUE (type, name)
);

CREATE TABLE organization_attachment (
    target_id TEXT COLLATE "C" NOT NULL,
    policy_id TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (target_id, policy_id)
);
CREATE INDEX organization_attachment_by_policy ON organization_attachment (policy_id, target_id);

-- AWS's policies that allow everything are attached everywhere from the start; here is where they were taken off.
CREATE TABLE organization_detachment (
    target_id TEXT COLLATE "C" NOT NULL,
    policy_id TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (target_id, policy_id)
);

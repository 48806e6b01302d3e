-- One row: text sealed under the keyring of the deployment, by which a wrong keyring is known before it seals anything.
CREATE TABLE keyring_mark (
    id   INTEGER NOT NULL PRIMARY KEY,
    mark BYTEA NOT NULL
);

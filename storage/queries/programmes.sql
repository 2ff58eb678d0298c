-- name: programme_newest^
-- The programme in force.
SELECT id, name, digest, body, applied_at FROM programmes ORDER BY id DESC LIMIT 1;

-- name: programme_add<!
-- A programme, or another version of it, is in force from now on.
INSERT INTO programmes (name, digest, body, applied_at) VALUES (:name, :digest, :body, :applied_at);

-- name: programme_before^
-- What was in force before another version.
SELECT id, name, digest, body, applied_at FROM programmes WHERE id < :id ORDER BY id DESC LIMIT 1;

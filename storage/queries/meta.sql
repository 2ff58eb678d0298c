-- name: meta_get$
-- One fact by its name.
SELECT value FROM meta WHERE name = :name;

-- name: meta_forget!
-- A fact that holds no more.
DELETE FROM meta WHERE name = :name;

-- name: meta_put!
-- Store one fact.
INSERT INTO meta (name, value) VALUES (:name, :value)
ON CONFLICT (name) DO UPDATE SET value = excluded.value;

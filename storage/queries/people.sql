-- name: unit_get^
-- A unit by its id.
SELECT id, parent_id, name, path FROM units WHERE id = :id;

-- name: unit_at$
-- The id of the unit with a path.
SELECT id FROM units WHERE path = :path;

-- name: units_all
-- The whole tree, parents first.
SELECT id, parent_id, name, path FROM units ORDER BY path;

-- name: units_called
-- Units by what people call them.
SELECT id, parent_id, name, path FROM units
WHERE lower(name) = lower(:name) OR lower(path) = lower(:name) ORDER BY path;

-- name: unit_add<!
-- A new unit.
INSERT INTO units (parent_id, name, path) VALUES (:parent_id, :name, :path);

-- name: units_within
-- A unit and all below it.
WITH RECURSIVE below (id) AS (
  SELECT id FROM units WHERE id = :id
  UNION ALL
  SELECT units.id FROM units JOIN below ON units.parent_id = below.id
)
SELECT id FROM below;

-- name: person_get^
-- A person by id.
SELECT p.id, p.code, p.name, p.unit_id, u.name AS unit, p.level, p.title, p.role, p.user_id, p.added_at, p.joined_at,
  p.left_at
FROM people p JOIN units u ON u.id = p.unit_id WHERE p.id = :id;

-- name: person_by_user^
-- Whoever joined with a Telegram account.
SELECT p.id, p.code, p.name, p.unit_id, u.name AS unit, p.level, p.title, p.role, p.user_id, p.added_at, p.joined_at,
  p.left_at
FROM people p JOIN units u ON u.id = p.unit_id WHERE p.user_id = :user_id AND p.left_at IS NULL;

-- name: person_by_code^
-- Whoever has a code of the roster.
SELECT p.id, p.code, p.name, p.unit_id, u.name AS unit, p.level, p.title, p.role, p.user_id, p.added_at, p.joined_at,
  p.left_at
FROM people p JOIN units u ON u.id = p.unit_id WHERE lower(p.code) = lower(:code);

-- name: people_all
-- The whole roster.
SELECT p.id, p.code, p.name, p.unit_id, u.name AS unit, p.level, p.title, p.role, p.user_id, p.added_at, p.joined_at,
  p.left_at
FROM people p JOIN units u ON u.id = p.unit_id WHERE p.left_at IS NULL ORDER BY u.path, p.name, p.id;

-- name: person_put$
-- A new entry of the roster, or a newer version of one.
INSERT INTO people (code, name, unit_id, level, title, role, added_at)
VALUES (:code, :name, :unit_id, :level, :title, :role, :added_at)
ON CONFLICT (code) DO UPDATE
SET name = excluded.name, unit_id = excluded.unit_id, level = excluded.level, title = excluded.title,
  role = excluded.role, left_at = NULL
RETURNING id;

-- name: person_part!
-- A Telegram account stands for nobody any more.
UPDATE people SET user_id = NULL WHERE user_id = :user_id;

-- name: person_join!
-- A person has joined.
UPDATE people SET user_id = :user_id, joined_at = coalesce(joined_at, :joined_at) WHERE id = :id;

-- name: person_leave!
-- A person has left.
UPDATE people SET left_at = :left_at WHERE id = :id;

-- name: person_role!
-- Another role.
UPDATE people SET role = :role WHERE id = :id;

-- name: people_ever
-- The whole roster with those who have left.
SELECT p.id, p.code, p.name, p.unit_id, u.name AS unit, p.level, p.title, p.role, p.user_id, p.added_at, p.joined_at,
  p.left_at
FROM people p JOIN units u ON u.id = p.unit_id ORDER BY u.path, p.name, p.id;

-- name: person_revise!
-- An entry says something else, and whoever had left is back.
UPDATE people SET name = :name, unit_id = :unit_id, level = :level, title = :title, role = :role, left_at = NULL
WHERE id = :id;

-- name: person_release!
-- A person's Telegram account is nobody's any more; since when they belong stays.
UPDATE people SET user_id = NULL WHERE id = :id;

-- name: person_return!
-- Somebody who had left is back.
UPDATE people SET left_at = NULL WHERE id = :id;

-- name: people_called
-- Whoever has a name or a code.
SELECT p.id, p.code, p.name, p.unit_id, u.name AS unit, p.level, p.title, p.role, p.user_id, p.added_at, p.joined_at,
  p.left_at
FROM people p JOIN units u ON u.id = p.unit_id
WHERE p.left_at IS NULL AND (p.name = :name OR lower(p.code) = lower(:name)) ORDER BY u.path, p.name, p.id;

-- name: unit_is_whole$
-- Whether a unit is the only one at the top.
SELECT (SELECT count(*) FROM units WHERE parent_id IS NULL) = 1
  AND (SELECT count(*) FROM units WHERE parent_id IS NULL AND id = :id) = 1;

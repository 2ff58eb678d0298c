-- name: visit_add^
-- Somebody notes a visit, once a message.
INSERT INTO visits (update_id, person_id, unit_id, day, duty, text, photo, made_at)
VALUES (:update_id, :person_id, :unit_id, :day, '', :text, :photo, :made_at)
ON CONFLICT (update_id) DO NOTHING RETURNING id;

-- name: visit_get^
-- One visit.
SELECT v.id, v.person_id, p.name, p.user_id, v.unit_id, u.name AS unit, u.path AS unit_path, v.day, v.duty, v.text, v.photo, v.made_at
FROM visits v JOIN people p ON p.id = v.person_id JOIN units u ON u.id = v.unit_id WHERE v.id = :id;

-- name: visit_duty!
-- Which regular duty a visit was.
UPDATE visits SET duty = :duty WHERE id = :id;

-- name: visits_between
-- The visits of some days, the newest first.
SELECT v.id, v.person_id, p.name, p.user_id, v.unit_id, u.name AS unit, u.path AS unit_path, v.day, v.duty, v.text, v.photo, v.made_at
FROM visits v JOIN people p ON p.id = v.person_id JOIN units u ON u.id = v.unit_id
WHERE v.day BETWEEN :first AND :last ORDER BY v.id DESC;

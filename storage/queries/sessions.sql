-- name: session_add$
-- A session is planned; nothing happens if there is one with the key.
INSERT INTO sessions (key, series, topic, title, form, lecturer, place, unit_id, audience, starts_at, ends_at, state,
                      material, capacity, created_by, created_at)
VALUES (:key, :series, :topic, :title, :form, :lecturer, :place, :unit_id, :audience, :starts_at, :ends_at, 'planned',
        :material, :capacity, :created_by, :created_at)
ON CONFLICT (key) DO NOTHING
RETURNING id;

-- name: session_get^
-- One session.
SELECT id, key, series, topic, title, form, lecturer, place, unit_id, audience, starts_at, ends_at, state, material,
       reason, capacity, created_by, created_at
FROM sessions WHERE id = :id;

-- name: session_keyed^
-- The session that there may be only one of.
SELECT id, key, series, topic, title, form, lecturer, place, unit_id, audience, starts_at, ends_at, state, material,
       reason, capacity, created_by, created_at
FROM sessions WHERE key = :key;

-- name: sessions_between
-- Everything that begins within a time, whatever became of it, in order.
SELECT id, key, series, topic, title, form, lecturer, place, unit_id, audience, starts_at, ends_at, state, material,
       reason, capacity, created_by, created_at
FROM sessions WHERE starts_at >= :first AND starts_at < :last ORDER BY starts_at, id;

-- name: session_state!
-- What became of a session.
UPDATE sessions SET state = :state, reason = :reason WHERE id = :id;

-- name: session_change!
-- A session as it is planned now.
UPDATE sessions
SET series = :series, topic = :topic, title = :title, form = :form, lecturer = :lecturer, place = :place,
    audience = :audience, starts_at = :starts_at, ends_at = :ends_at, material = :material, capacity = :capacity
WHERE id = :id;

-- name: session_add$
-- A session is planned; nothing happens if there is one with the key.
INSERT INTO sessions (key, series, topic, title, form, lecturer, place, unit_id, audience, starts_at, ends_at, state,
                      material, sign_up, capacity, told_at, created_by, created_at)
VALUES (:key, :series, :topic, :title, :form, :lecturer, :place, :unit_id, :audience, :starts_at, :ends_at, 'planned',
        :material, :sign_up, :capacity, :told_at, :created_by, :created_at)
ON CONFLICT (key) DO NOTHING
RETURNING id;

-- name: session_get^
-- One session.
SELECT id, key, series, topic, title, form, lecturer, place, unit_id, audience, starts_at, ends_at, state, material,
       reason, sign_up, capacity, told_at, created_by, created_at
FROM sessions WHERE id = :id;

-- name: session_keyed^
-- The session that there may be only one of.
SELECT id, key, series, topic, title, form, lecturer, place, unit_id, audience, starts_at, ends_at, state, material,
       reason, sign_up, capacity, told_at, created_by, created_at
FROM sessions WHERE key = :key;

-- name: sessions_between
-- Everything that begins within a time, whatever became of it, in order.
SELECT id, key, series, topic, title, form, lecturer, place, unit_id, audience, starts_at, ends_at, state, material,
       reason, sign_up, capacity, told_at, created_by, created_at
FROM sessions WHERE starts_at >= :first AND starts_at < :last ORDER BY starts_at, id;

-- name: sessions_untold
-- What is planned and has been told to nobody yet.
SELECT id, key, series, topic, title, form, lecturer, place, unit_id, audience, starts_at, ends_at, state, material,
       reason, sign_up, capacity, told_at, created_by, created_at
FROM sessions WHERE state = 'planned' AND told_at IS NULL AND starts_at > :now ORDER BY starts_at, id;

-- name: session_told!
-- The people concerned know of a session.
UPDATE sessions SET told_at = :told_at WHERE id = :id;

-- name: session_state!
-- What became of a session.
UPDATE sessions SET state = :state, reason = :reason WHERE id = :id;

-- name: session_change!
-- A session as it is planned now.
UPDATE sessions
SET series = :series, topic = :topic, title = :title, form = :form, lecturer = :lecturer, place = :place,
    audience = :audience, starts_at = :starts_at, ends_at = :ends_at, material = :material, sign_up = :sign_up,
    capacity = :capacity
WHERE id = :id;

-- name: session_change_note!
-- What was changed about a session.
INSERT INTO session_changes (session_id, what, before, after, author_id, at)
VALUES (:session_id, :what, :before, :after, :author_id, :at);

-- name: session_touched$
-- How often somebody (not the programme itself) changed a session.
SELECT COUNT(*) FROM session_changes WHERE session_id = :session_id AND author_id IS NOT NULL;

-- name: session_lecturers_clear!
-- The lecturers of a session are named anew.
DELETE FROM session_lecturers WHERE session_id = :session_id;

-- name: session_lecturer_add!
-- Somebody on the roster lectures.
INSERT INTO session_lecturers (session_id, person_id) VALUES (:session_id, :person_id)
ON CONFLICT (session_id, person_id) DO NOTHING;

-- name: session_lecturers
-- Who of the roster lectures.
SELECT person_id FROM session_lecturers WHERE session_id = :session_id ORDER BY person_id;

-- name: session_seat_put!
-- Somebody signs up (again): from now on they stand where this moment puts them.
INSERT INTO session_seats (session_id, person_id, state, asked_at) VALUES (:session_id, :person_id, :state, :asked_at)
ON CONFLICT (session_id, person_id) DO UPDATE SET state = excluded.state, asked_at = excluded.asked_at;

-- name: session_seat_state!
-- A seat is given up, or somebody comes up from the waiting list.
UPDATE session_seats SET state = :state WHERE session_id = :session_id AND person_id = :person_id;

-- name: session_seats
-- Everybody who has signed up and not left again, the first first.
SELECT person_id, state, asked_at FROM session_seats
WHERE session_id = :session_id AND state <> 'left' ORDER BY asked_at, id;

-- name: speech_add<!
-- Somebody spoke; it counts once "confirmed_by" says who saw it.
INSERT INTO speeches (session_id, person_id, unit_id, topic, noted_by, noted_at, confirmed_by)
VALUES (:session_id, :person_id, :unit_id, :topic, :noted_by, :noted_at, :confirmed_by);

-- name: speech_get^
-- One speech.
SELECT id, session_id, person_id, unit_id, topic, noted_by, noted_at, confirmed_by, withdrawn_at
FROM speeches WHERE id = :id;

-- name: speeches_of
-- Every speech of a session that was not withdrawn, in order.
SELECT id, session_id, person_id, unit_id, topic, noted_by, noted_at, confirmed_by, withdrawn_at
FROM speeches WHERE session_id = :session_id AND withdrawn_at IS NULL ORDER BY id;

-- name: speech_confirm!
-- An organiser saw it.
UPDATE speeches SET confirmed_by = :confirmed_by WHERE id = :id AND confirmed_by IS NULL AND withdrawn_at IS NULL;

-- name: speech_withdraw!
-- It was not one.
UPDATE speeches SET withdrawn_at = :at WHERE id = :id AND withdrawn_at IS NULL;

-- name: session_present
-- Who was there, by name: what the register says now.
SELECT p.id, p.name FROM attendances a JOIN people p ON p.id = a.person_id
WHERE a.session_id = :session_id AND a.status IN ('present', 'late') ORDER BY p.name, p.id;

-- name: figures_attended
-- Held sessions, attendances (present, late, make-up) and people, by what is asked for; of a unit's people if ":path"
-- is not empty, and then only the sessions that the unit gave or that they came to.
SELECT CASE :by WHEN 'series' THEN s.series WHEN 'topic' THEN s.topic WHEN 'form' THEN s.form
                WHEN 'unit' THEN CAST(a.unit_id AS TEXT) WHEN 'session' THEN CAST(s.id AS TEXT) ELSE '' END AS part,
       COUNT(DISTINCT s.id) AS sessions, COUNT(a.person_id) AS attendances, COUNT(DISTINCT a.person_id) AS people
FROM sessions s
LEFT JOIN units su ON su.id = s.unit_id
LEFT JOIN (
  SELECT att.session_id, att.person_id, att.unit_id FROM attendances att JOIN units au ON au.id = att.unit_id
  WHERE att.status IN ('present', 'late', 'make_up')
    AND (:path = '' OR au.path = :path OR substr(au.path, 1, length(:path) + 1) = :path || '/')
) a ON a.session_id = s.id
WHERE s.state = 'held' AND s.starts_at >= :first AND s.starts_at < :last
  AND (:path = '' OR a.person_id IS NOT NULL OR su.path = :path
       OR substr(su.path, 1, length(:path) + 1) = :path || '/')
GROUP BY part ORDER BY part;

-- name: figures_spoken
-- Speeches that count and how many people gave them, in held sessions, by what is asked for.
SELECT CASE :by WHEN 'series' THEN s.series WHEN 'topic' THEN s.topic WHEN 'form' THEN s.form
                WHEN 'unit' THEN CAST(v.unit_id AS TEXT) WHEN 'session' THEN CAST(s.id AS TEXT) ELSE '' END AS part,
       COUNT(v.id) AS speeches, COUNT(DISTINCT v.person_id) AS speakers
FROM speeches v JOIN sessions s ON s.id = v.session_id JOIN units vu ON vu.id = v.unit_id
WHERE s.state = 'held' AND s.starts_at >= :first AND s.starts_at < :last
  AND v.confirmed_by IS NOT NULL AND v.withdrawn_at IS NULL
  AND (:path = '' OR vu.path = :path OR substr(vu.path, 1, length(:path) + 1) = :path || '/')
GROUP BY part ORDER BY part;

-- name: figures_lines
-- Who attended which held session, and who spoke how often in it: for groups of people that no column names (cohorts).
SELECT s.id AS session_id, a.person_id, 'attended' AS what
FROM sessions s JOIN attendances a ON a.session_id = s.id
WHERE s.state = 'held' AND s.starts_at >= :first AND s.starts_at < :last
  AND a.status IN ('present', 'late', 'make_up')
UNION ALL
SELECT s.id, v.person_id, 'spoke' FROM sessions s JOIN speeches v ON v.session_id = s.id
WHERE s.state = 'held' AND s.starts_at >= :first AND s.starts_at < :last
  AND v.confirmed_by IS NOT NULL AND v.withdrawn_at IS NULL;

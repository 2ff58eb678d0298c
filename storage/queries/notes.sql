-- name: note_put$
-- A note is handed in, or a better version of one that nobody has picked yet.
INSERT INTO notes (session_id, person_id, unit_id, body, file_id, day, made_at, changed_at)
VALUES (:session_id, :person_id, :unit_id, :body, :file_id, :day, :now, :now)
ON CONFLICT (session_id, person_id) DO UPDATE
SET body = excluded.body, file_id = excluded.file_id, changed_at = excluded.changed_at
WHERE notes.picked_at IS NULL
RETURNING id;

-- name: note_get^
-- One note.
SELECT id, session_id, person_id, unit_id, body, file_id, day, made_at, changed_at, picked_at, picked_by, picker, consent,
       posted_at
FROM notes WHERE id = :id;

-- name: note_of^
-- The note of a person on a session.
SELECT id, session_id, person_id, unit_id, body, file_id, day, made_at, changed_at, picked_at, picked_by, picker, consent,
       posted_at
FROM notes WHERE session_id = :session_id AND person_id = :person_id;

-- name: notes_between
-- Every note of some days, the newest first.
SELECT id, session_id, person_id, unit_id, body, file_id, day, made_at, changed_at, picked_at, picked_by, picker, consent,
       posted_at
FROM notes WHERE day BETWEEN :first AND :last ORDER BY made_at DESC, id DESC;

-- name: note_pick!
-- A good one is picked, once.
UPDATE notes SET picked_at = :now, picked_by = :by, picker = :picker, consent = 'asked'
WHERE id = :id AND picked_at IS NULL;

-- name: note_consent!
-- The author's answer, once.
UPDATE notes SET consent = :consent, posted_at = :posted_at WHERE id = :id AND consent = 'asked';
